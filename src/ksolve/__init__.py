"""Turns a published annual programme plan into a dated, checked schedule.

The public functions are in ksolve.api; the package itself has only its modules, some of which
(expand, fit, explain) are named like the step that they take.
"""
