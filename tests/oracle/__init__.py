"""The rules of a plan in plain Python, written from docs/rules.md alone: a second reader of every sentence.

Nothing here looks into ``ksolve.rules``, the solver or the checker, and nothing of them is imported.
It takes a plan as it is written (the mapping that YAML gives), knows what the generators of
``campaign`` write and nothing more, and asks of tiny plans only.
"""
