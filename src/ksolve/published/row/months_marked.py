"""A count for each month or week, and the marks: 月2回 with ○ in eleven months, 毎週木 under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ksolve.calendar import MONTHS
from ksolve.frequency import Frequency, Months, Per, Term, months_of
from ksolve.frequency.algebra import in_months, summed, without
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.signs import says_how_often
from ksolve.published.layout.columns import Columns
from ksolve.published.row.how_often import HowOften
from ksolve.published.rows import Mark, MarkKind

_FEWEST = 2
"""So many months must be marked: a single ○ beside 月1回 rather contradicts it."""
_FEW = 3
"""Up to so many months are named as left out (8月を除く), else those that are marked."""


def in_marked_months(
    when: HowOften, marks: Sequence[Mark], columns: Columns, line: int, findings: Findings
) -> HowOften:
    """Return what a row says with the months of its pace narrowed to those that are marked.

    Where a table has a column for each month, 月2回 with ○ in all of them but August is held
    twice in each of the other months.
    """
    frequency = when.frequency
    marked = _marked(marks)
    if frequency is None or len(marked) < _FEWEST or not _is_pace(frequency):
        return when
    labelled = {months[0] for months in columns.months.values() if len(months) == 1}
    empty = [month for month in MONTHS if month not in marked]
    if not empty or labelled != set(MONTHS):
        return when
    if len(empty) <= _FEW:
        narrowed = without(frequency, Months(tuple(empty)))
    else:
        narrowed = in_months(frequency, Months(marked, each=True))
    values = {"found": when.text, "marked": len(marked), "count": narrowed.year_count}
    findings.say("months-by-marks", line, when.column + 1, **values)
    return replace(when, frequency=narrowed)


def by_month_cells(when: HowOften, marks: Sequence[Mark], line: int, findings: Findings) -> HowOften:
    """Return how often the cells of the months say (毎週木 under 4月), where nothing else says it."""
    placing = [mark for mark in marks if mark.is_placing]
    if when.pieces or when.days or not placing or any(mark.readings or not mark.months for mark in placing):
        return when
    months: dict[Frequency, list[int]] = {}
    for mark in placing:
        is_said = mark.kind is MarkKind.LABEL and says_how_often(mark.text)
        meaning = meaning_of(mark.text) if is_said else None
        if meaning is None or not _is_pace(meaning):
            return when
        months.setdefault(meaning.meaning, []).extend(mark.months)
    frequency = summed(in_months(said, named_months(held)) for said, held in months.items())
    first = placing[0]
    found = "」「".join(dict.fromkeys(mark.text for mark in placing))
    findings.say("frequency-in-months", line, first.column, found=found, count=frequency.year_count)
    return replace(when, text=frequency.text, frequency=frequency, column=first.column - 1, is_in_cells=True)


def named_months(months: Sequence[int]) -> Months:
    """Return months as a span (4月～8月), or named one by one where they are no run."""
    run = MONTHS[MONTHS.index(months[0]) :][: len(months)]
    return Months(tuple(months), each=len(months) == 1 or tuple(months) != run)


def is_marked_pace(frequency: Frequency | None, marks: Sequence[Mark]) -> bool:
    """Tell whether the marks of a row name just the months in which its pace is kept."""
    if frequency is None or not frequency.terms or not all(map(_is_paced, frequency.terms)):
        return False
    kept = {month for term in frequency.terms for month in months_of(term)}
    return set(_marked(marks)) == kept


def _marked(marks: Sequence[Mark]) -> tuple[int, ...]:
    """Return the months with a ○, in their order; none where any mark says more, or is not sure."""
    placing = [mark for mark in marks if mark.kind is not MarkKind.NONE]
    plain = all(
        mark.kind is MarkKind.CIRCLE and mark.sessions == 1 and len(mark.months) == 1 and not mark.readings
        for mark in placing
    )
    months = {month for mark in placing for month in mark.months} if plain else set()
    return tuple(month for month in MONTHS if month in months)


def _is_pace(frequency: Frequency) -> bool:
    """Whether a frequency is nothing but a count for each month or week of the whole year."""
    if len(frequency.terms) != 1 or not _is_paced(frequency.terms[0]) or not _is_all_year(frequency):
        return False
    return frequency.meaning == Frequency("", frequency.terms)


def _is_all_year(frequency: Frequency) -> bool:
    return all(len(months_of(term)) == len(MONTHS) and not term.without for term in frequency.terms)


def _is_paced(term: Term) -> bool:
    regular = term.per in (Per.MONTH, Per.WEEK) and term.every == 1 and not term.periods
    return regular and term.count is not None and not (term.within or term.dates or term.days)
