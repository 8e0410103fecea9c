"""A count for each month or week, and the marks: 月2回 with ○ in eleven months, 毎週木 under each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ksolve.calendar import MONTHS
from ksolve.frequency import Frequency, Months, Per, Term, months_of
from ksolve.frequency.algebra import in_months, summed, without
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.signs import is_number, says_how_often
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
    twice in each of the other months, and 毎週火曜 with ←→ over July and August in these alone.
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
    """Return how often the cells of the months say (毎週木 or 第3土 under 4月, 下旬, ○).

    Nothing else may say it, but for a bare count that they make up.
    """
    placing = [mark for mark in marks if mark.is_placing]
    if when.days or not placing or any(mark.readings or not mark.months for mark in placing):
        return when
    months: dict[Frequency, list[int]] = {}
    thirds: list[Frequency] = []
    for mark in placing:
        meaning = _said_in(mark)
        if meaning is None:
            return when
        if meaning.terms[0].within:
            thirds.append(meaning)
        else:
            months.setdefault(meaning.meaning, []).extend(mark.months)
    if all(mark.kind is MarkKind.CIRCLE for mark in placing):
        return when
    frequency = summed([*(in_months(said, named_months(held)) for said, held in months.items()), *thirds])
    if not agrees(when, frequency):
        return when
    first = placing[0]
    found = "」「".join(dict.fromkeys(mark.text for mark in placing))
    findings.say("frequency-in-months", line, first.column, found=found, count=frequency.year_count)
    return when.said_in_cells(frequency, first.column - 1)


def on_weekdays(
    when: HowOften, marks: Sequence[Mark], total: int | None, line: int, findings: Findings
) -> HowOften:
    """Return a row of a bare weekday (曜日: 火) with the count that its months or its total state.

    A weekday alone is every week only where nothing else in the row says how often.
    """
    stated, pieces = when.frequency, when.pieces
    bare = len(pieces) == 1 and pieces[0].said.startswith("毎週") and "週" not in pieces[0].text
    if not bare or stated is None or when.days:
        return when
    placing = [mark for mark in marks if mark.is_placing]
    counts = [mark for mark in placing if is_number(mark.text) and mark.kind is MarkKind.CIRCLE]
    held = sum(mark.sessions for mark in placing)
    count = total if total is not None else held if counts and counts == placing else 0
    if not count or count in stated.year_count or (placing and held != count):
        return when
    meaning = meaning_of(f"年{count}回 {pieces[0].said}")
    if meaning is None:
        return when
    findings.say("weekday-with-count", line, when.column + 1, found=pieces[0].text, count=count)
    return replace(when, text=meaning.text, frequency=meaning)


def _said_in(mark: Mark) -> Frequency | None:
    """Return the sessions in the months of a cell: 第3土, 月2回, a third of its month, or so many ○."""
    if mark.kind is MarkKind.CIRCLE and len(mark.months) == 1:
        return meaning_of(f"月{mark.sessions}回")
    if mark.kind is not MarkKind.LABEL:
        return None
    if len(mark.months) == 1 and _THIRD.fullmatch(mark.text):
        return meaning_of(f"{mark.months[0]}月{mark.text}")
    meaning = meaning_of(mark.text) if says_how_often(mark.text) else None
    return meaning if meaning and _is_pace(meaning) else None


_THIRD = re.compile("[上中下初]旬")


def agrees(when: HowOften, meaning: Frequency) -> bool:
    """Whether a row states nothing of how often it is held, or a bare count that its months make up.

    月1回 is once in each month that says when.
    """
    stated = when.frequency
    if not when.pieces and not when.days:
        return True
    if stated is None or when.days or stated.is_service or not stated.terms:
        return False
    bare = all(
        not (term.pattern or term.months or term.within or term.dates or term.days or term.without)
        for term in stated.terms
    )
    held = {month for term in meaning.terms for month in months_of(term)}
    if _is_pace(stated) and len(held) >= _FEWEST:
        stated = in_months(stated, Months(tuple(month for month in MONTHS if month in held), each=True))
    return bare and meaning.year_count.low in stated.year_count


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
    """Return the months with a ○ or under an arrow, in order; none where a mark says more, or is not sure."""
    placing = [mark for mark in marks if mark.kind is not MarkKind.NONE]
    plain = all(_is_circle(mark) or _is_whole_arrow(mark) for mark in placing)
    months = {month for mark in placing for month in mark.months} if plain else set()
    return tuple(month for month in MONTHS if month in months)


def _is_circle(mark: Mark) -> bool:
    one = mark.sessions == 1 and len(mark.months) == 1
    return mark.kind is MarkKind.CIRCLE and one and not mark.readings


def _is_whole_arrow(mark: Mark) -> bool:
    return mark.kind is MarkKind.ARROW and mark.is_whole and not mark.readings


def in_months_of(frequency: Frequency | None, months: Sequence[int]) -> int | None:
    """Return how many sessions a pace (毎週火曜, 月2回) has at least in some months, None if it is none."""
    if frequency is None or not _is_pace(frequency):
        return None
    return in_months(frequency, named_months(tuple(months))).year_count.low


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
