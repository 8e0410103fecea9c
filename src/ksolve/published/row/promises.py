"""What the marks of a row promise, held against its frequency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ksolve.calendar import MONTHS
from ksolve.frequency import Months, Per, Range, Service, Term, count_of_year, months_of
from ksolve.published.cell.findings import Findings
from ksolve.published.layout.columns import Columns
from ksolve.published.row.how_often import HowOften
from ksolve.published.row.marks import note_mark
from ksolve.published.row.months_marked import in_months_of, is_marked_pace
from ksolve.published.rows import Mark, MarkKind, Promise, PublishedRow
from ksolve.text import Text


def promises_of(
    row: PublishedRow, when: HowOften, columns: Columns, shift: int, findings: Findings
) -> tuple[Promise, ...]:
    """Return the promises of a row's marks, and note where they do not fit the frequency."""
    placing = row.placing
    by_months = () if placing or row.is_service else tuple(_by_months(row, when))
    if not columns.months or not (placing or row.is_service):
        if columns.months:
            _note_count(row, by_months, columns, findings)
        return by_months or tuple(_shares(row, placing))
    if columns.parts and any(mark.months == MONTHS for mark in placing):
        return ()  # 第2週 of every month: the frequency says it all
    if _is_every_cell(row, columns, shift):
        return tuple(_every_month(row, [*placing], findings))
    for mark in row.marks if not when.is_in_cells else ():
        note_mark(mark, columns, shift, findings)
    if row.is_service:
        _note_service(row, columns, findings)
        return tuple(_promise(mark, mark.sessions) for mark in placing if mark.months != MONTHS)
    if parts := _parts(row, placing):
        _note_parts(row, parts, findings)
        return parts
    promises = tuple(_shares(row, placing))
    if not when.is_in_cells:
        _note_count(row, promises, columns, findings)
    return promises


def _promise(mark: Mark, sessions: int) -> Promise:
    return Promise(mark.months, sessions, (mark,))


def _is_every_cell(row: PublishedRow, columns: Columns, shift: int) -> bool:
    circles = sum(mark.kind is MarkKind.CIRCLE for mark in row.marks)
    return (
        not columns.parts
        and circles == columns.month_cells - shift > len(MONTHS)
        and row.count.low >= len(MONTHS)
    )


def _by_months(row: PublishedRow, when: HowOften) -> Iterator[Promise]:
    """Yield the promises of months that the frequency names in words, for a row whose marks place none."""
    for term in row.frequency.terms if row.frequency else ():
        yield from _of_term(row, term, when.column)


def _of_term(row: PublishedRow, term: Term, column: int) -> Iterator[Promise]:
    """Yield a promise for each month named, or one for a span, a choice or a part of a month."""
    if not (term.months or term.within) or term.per is Per.WEEK:
        return  # how many weeks its months have left, holidays tell
    months = months_of(term)
    count = count_of_year(term).low or 1
    apart = term.months is not None and term.months.each and count % len(months) == 0
    spans = [(month,) for month in months] if apart else [months]
    for span in spans:
        mark = Mark(MarkKind.MONTHS, row.frequency_text, row.line, column + 1, span)
        yield _promise(mark, count // len(spans))


def _shares(row: PublishedRow, placing: Sequence[Mark]) -> Iterator[Promise]:
    """Yield the sessions of each mark, one for most, and for an arrow its share of the rest.

    Of n sessions, c are on other marks and a arrows hold (n - c) / a each, at least one; what
    does not divide may fall anywhere. Where n is not stated an arrow promises one session. An arrow over
    just the months in which a pace is kept (毎週火曜, 7月～8月) promises nothing more, and of a pace for the
    whole year no more than its share.
    """
    arrows = sum(mark.kind is MarkKind.ARROW for mark in placing)
    rest = row.count.low - sum(mark.sessions for mark in placing if mark.kind is not MarkKind.ARROW)
    share = max(1, rest // arrows) if arrows and row.count.high is not None else 1
    says_all = is_marked_pace(row.frequency, row.marks)
    for mark in placing:
        if mark.kind is not MarkKind.ARROW:
            yield _promise(mark, mark.sessions)
        elif not says_all:
            paced = in_months_of(row.frequency, mark.months)
            yield _promise(mark, share if paced is None else max(1, min(share, paced)))


def _every_month(row: PublishedRow, circles: list[Mark], findings: Findings) -> Iterator[Promise]:
    """Read a row that is marked in every cell as every month, where the table has more cells than months.

    Its marks are shared out over the months in proportion, so that each belongs to one.
    """
    findings.say("every-cell-marked", row.line, circles[0].column, marks=len(circles), count=row.count)
    for position, month in enumerate(MONTHS):
        first, end = (len(circles) * n // len(MONTHS) for n in (position, position + 1))
        yield Promise((month,), row.count.low // len(MONTHS), tuple(circles[first:end]))


def _parts(row: PublishedRow, placing: Sequence[Mark]) -> tuple[Promise, ...]:
    """Give the parts of a split (全体会を2回、地区別を3回) their marks, by number.

    A part of k sessions takes k circles; the one part left takes the one arrow.
    """
    circles = tuple(mark for mark in placing if mark.kind is MarkKind.CIRCLE)
    arrows = tuple(mark for mark in placing if mark.kind is MarkKind.ARROW)
    by_circles = [(name, count) for name, count in row.parts if count == len(circles)]
    if len(row.parts) != 2 or len(arrows) != 1 or len(by_circles) != 1:
        return ()
    (name, _), (other, sessions) = sorted(row.parts, key=lambda part: part not in by_circles)
    return (
        *(Promise(mark.months, 1, (mark,), name) for mark in circles),
        Promise(arrows[0].months, sessions, arrows, other),
    )


def _note_parts(row: PublishedRow, promises: tuple[Promise, ...], findings: Findings) -> None:
    split = "・".join(f"{name}{count}回" for name, count in row.parts)
    placed = "、".join(f"{p.marks[0].text}({Months(p.months)})={p.part}" for p in promises)
    findings.say(
        "split-parts", row.line, 1, parts=split, placed=Text(f"{placed} とします", f"read as {placed}")
    )


def _note_count(
    row: PublishedRow, promises: tuple[Promise, ...], columns: Columns, findings: Findings
) -> None:
    promised = sum(promise.sessions for promise in promises)
    if promises and promised in row.count:
        return
    if row.counted_from == "marks" or row.dates or is_marked_pace(row.frequency, row.marks):
        return
    if row.count == Range(0, None) or any(mark.kind is MarkKind.ALL_YEAR for mark in row.marks):
        return
    column = columns.stated + 1
    if promises:
        findings.say("count-mismatch", row.line, column, count=row.count, marks=promised)
    else:
        findings.say("no-marks", row.line, column, count=row.count)


def _note_service(row: PublishedRow, columns: Columns, findings: Findings) -> None:
    continuous = row.frequency is not None and Service.CONTINUOUS in row.frequency.services
    arrow = any(mark.kind is MarkKind.ALL_YEAR for mark in row.marks)
    start = next((mark for mark in row.marks if mark.kind is MarkKind.START and mark.months), None)
    if continuous and not arrow:
        findings.say("missing-arrow", row.line, columns.first_month + 1)
    if start and arrow:
        findings.say(
            "start-contradicts-arrow", row.line, start.column, mark=start.text, month=start.months[0]
        )
