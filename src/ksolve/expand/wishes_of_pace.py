"""Usual wishes for how sessions follow one another: at an even pace, between marks, in every week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from ksolve.calendar import MONTHS, month_position
from ksolve.expand.decided_days import (
    MONTHLY,
    PAIR,
    RUNS_ON,
    Written,
    in_window,
    is_course,
    is_dated,
    is_guest,
    said,
)
from ksolve.expand.families import Family
from ksolve.expand.frequencies import allowed_months
from ksolve.frequency import Months, Per
from ksolve.problem.rule import Rule
from ksolve.rules.even_pace import EvenPace
from ksolve.rules.max_gap import MaxGap
from ksolve.rules.windows import Window, Windows

_HALF_MARKED = (2, 1)
"""Of two a year one is marked: an even pace has the other half a year from it."""
_COURSE = 17
"""Up to so many sessions of every week (全10回, 毎週土曜日) are a course, which leaves no week out."""
_FEW = 3
"""As many sessions without a mark are put between those that have one; of more, each place is its own."""
_PACED = (Per.YEAR, Per.HALF, Per.QUARTER, Per.TERM)
"""Counts that leave the months open."""


def wishes_of_pace(families: Iterable[Family], written: Written) -> Iterator[tuple[Rule, Sequence[Family]]]:
    """Yield what is wished of the days between a family's sessions, unless they follow another's."""
    for family in families:
        if is_guest(family) or is_dated(family):
            continue
        names = said(written, family.series)
        if RUNS_ON & names:
            continue
        if _is_run(family):
            yield MaxGap(days=7, tier="pattern"), [family]
        if "even_pace" not in names:
            wish = _even_pace(in_window(family)) or _between_marks(family)
            yield from [(wish, [family])] if wish else []


def _is_run(family: Family) -> bool:
    """Whether a family is a course of every week: it leaves none out."""
    return family.term.pace == (1, Per.WEEK) and PAIR <= family.size <= _COURSE


def _even_pace(family: Family) -> Rule | None:
    """Spread what is held some times a year or in a window, unless its months are published.

    隔月 leaves open which months: they are counted as the calendar has them, also those that are closed.
    """
    term, size = family.term, family.sessions
    is_counted = term.per in _PACED or (term.per is Per.COURSE and is_course(family.part))
    is_class = term.pace == (1, Per.WEEK)
    every_other = term.per is Per.MONTH and term.every > 1
    is_seldom = family.monthly <= MONTHLY or is_class
    is_counted = every_other or (is_counted and term.every == 1)
    if not is_counted or _is_placed(family) or size.low < PAIR or not is_seldom:
        return None
    most = max(size.low, size.high or 0)
    months = Months(allowed_months(term, family.part.node)) if every_other else family.months
    return EvenPace(sessions=size.low, most=most, months=months, gaps=not is_class) if months.values else None


def _is_placed(family: Family) -> bool:
    """Whether the words or the marks say when a family is, but for the half of two that is not marked."""
    term, part = family.term, family.part
    marked = sum(window.sessions for window in part.node.marks)
    is_marked = marked > 0 and (family.size, marked) != _HALF_MARKED
    is_paced = term.pace is not None and (term.pace != (1, Per.WEEK) or _is_run(family))
    in_months = part.node.windows or is_marked
    either = term.months is not None and term.months.either
    return bool(term.within or term.periods or is_paced or either or (in_months and not is_course(part)))


def _between_marks(family: Family) -> Rule | None:
    """Put the few sessions of a year that have no mark where those with a mark are farthest apart.

    Of four a year, marked in June, February and March, the fourth is wanted from September to November.
    """
    part, term = family.part, family.term
    marks = part.node.marks
    free = family.size - len(marks)
    is_open = term.per is Per.YEAR and not (part.node.windows or term.months or term.pace or term.within)
    by_month = all(mark.sessions == 1 and len(mark.months.values) == 1 for mark in marks)
    if not (is_open and by_month and marks and 0 < free <= _FEW) or len(part.all_series) > 1:
        return None
    if (family.size, len(marks)) == _HALF_MARKED:
        return None
    marked = {month_position(mark.months.values[0]) for mark in marks}
    held = [month_position(month) for month in family.months.values]
    stretches = _stretches(marked, [month for month in held if month not in marked], free)
    windows = tuple(Window(months=Months(tuple(MONTHS[at] for at in stretch))) for stretch in stretches)
    return Windows(windows=windows, tier="spread") if windows else None


def _stretches(marked: set[int], others: Sequence[int], free: int) -> list[list[int]]:
    """Return the months, by their position in the year, around each of the best for the free sessions.

    The best are those whose smallest gap is the largest, then the next smallest; the first of equals.
    A month beside is as good while no gap gets smaller than that.
    """
    if len(others) < free:
        return []

    def gaps(chosen: Sequence[int]) -> list[int]:
        return sorted(b - a for a, b in pairwise(sorted((*marked, *chosen))))

    best = max(combinations(others, free), key=gaps)
    least = gaps(best)[0]
    stretches = []
    for number, at in enumerate(best):
        beside = [(*best[:number], month, *best[number + 1 :]) for month in (at - 1, at, at + 1)]
        stretches.append([c[number] for c in beside if c[number] in others and gaps(c)[0] >= least])
    return stretches
