"""What a planner wants of most programmes, as placeholders in a plan drafted from a table."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ksolve.frequency import Term, count_of_year, read_frequency
from ksolve.text import Lang, Text

MONTHLY, SPREAD = "monthly", "spread"
_MOST_MONTHLY = 24
"""More sessions than two a month meet too often for one weekday and start."""
_FEWEST_MONTHLY = 6
_FEWEST_SPREAD = 3


def habits(frequency: str, *, has_marks: bool) -> list[str]:
    """Return the tags of a programme: whether it keeps to a weekday, and whether to spread it over the year.

    Neither where the frequency names days itself. Marks and months spread it as the table says.
    """
    terms = read_frequency(frequency).terms if frequency else ()
    if len(terms) != 1 or terms[0].count is None or terms[0].pattern:
        return []
    sessions = _each(terms[0])
    found = [MONTHLY] if _FEWEST_MONTHLY <= sessions <= _MOST_MONTHLY else []
    if _FEWEST_SPREAD <= sessions <= _MOST_MONTHLY and terms[0].months is None and not has_marks:
        found.append(SPREAD)
    return found


def _each(term: Term) -> int:
    """Return how many sessions each group has in a year."""
    return count_of_year(term).low // term.groups


def rules_for(tags: Collection[str], lang: Lang) -> Iterator[str]:
    """Yield the rules of a plan whose programmes have these tags."""
    if not tags:
        return
    yield ""
    yield f"# {_WISHES(lang)}"
    yield "rules:"
    if MONTHLY in tags:
        yield f'  - {{rule: steady_pattern, tags: {MONTHLY}, why: "{_STEADY(lang)}"}}'
    if SPREAD in tags:
        yield f'  - {{rule: even_pace, tags: {SPREAD}, why: "{_EVEN(lang)}"}}'


_WISHES = Text(
    "次の希望も仮のものです(守れなくても予定はできます)。消しても書き足してもかまいません: ksolve rules",
    "These wishes are placeholders too (a schedule may break them). Delete or add to them: ksolve rules",
)
_STEADY = Text(
    "曜日と時刻を覚えてもらえるように(仮)", "so that people remember the weekday and the hour (assumed)"
)
_EVEN = Text("一年の中で偏らないように(仮)", "so that they do not crowd in one part of the year (assumed)")
