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

    Neither where the frequency names days itself. Marks, months, runs of months and a pace (週1回×10週)
    spread it as the table says.
    """
    terms = read_frequency(frequency).terms if frequency else ()
    if len(terms) != 1 or terms[0].count is None or _names_days(terms[0]):
        return []
    (term,) = terms
    sessions = _each(term)
    found = [MONTHLY] if _FEWEST_MONTHLY <= sessions <= _MOST_MONTHLY else []
    is_placed = has_marks or term.months or term.periods or term.pace
    if _FEWEST_SPREAD <= sessions <= _MOST_MONTHLY and not is_placed:
        found.append(SPREAD)
    return found


def _names_days(term: Term) -> bool:
    """Whether weekdays, dates or stretches of days are named: 第2火曜日, 4/10, 毎月10日."""
    return bool(term.pattern or term.dates or term.days or term.within)


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
