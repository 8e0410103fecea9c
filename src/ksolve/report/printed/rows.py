"""What the printed table of a schedule holds: the rows, headings and columns of the one it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ksolve.calendar import MONTHS, WEEKDAYS, find_fiscal_years, month_position
from ksolve.plan import Programme
from ksolve.problem.schedule import Session
from ksolve.published import MarkKind, PublishedRow
from ksolve.report.printed.content import NEW, content_of
from ksolve.report.view import Line, View
from ksolve.rules.windows import Window

ALL_YEAR, CIRCLE, FROM, TO, BETWEEN = "↓", "○", "←", "→", "―"
COLUMNS = ("区分", "事業名", "事業内容", "実施回数")
"""The first columns of the layout; the reader finds them by these words."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One programme: its first cells, its further columns, the twelve months from April, and its sessions."""

    key: str
    cells: tuple[str, str, str, str]
    more: tuple[str, ...]
    months: tuple[str, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """The rows under one heading, which is empty where the table has none."""

    heading: str
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole printed table: its title, the names of further columns (対象, 会場), and its tables."""

    title: str
    more: tuple[str, ...]
    tables: tuple[PrintedTable, ...]


def printed(view: View, *, dates: bool = False) -> Printed:
    """Return a schedule as its printed table: same rows, same order, same columns.

    ○ stands in a month with a session (○3 with three), ← … → over a window of the plan with all sessions
    in it, ↓ for a service and where the table that the plan was read from has it. A label of the plan
    (第10期 第5回) stands in its month; what that table says in a cell (第10期 第3回, 開始) stays where it is
    of the same year, and a programme that it does not have is 新規. With `dates` the month cells hold
    days instead: 9(火)・23(木).
    """
    year, title = view.plan.year, view.plan.title
    programmes = {programme.id: programme for programme in view.plan.programmes}
    rows = {key: _published_row(view, programme) for key, programme in programmes.items()}
    more = tuple(dict.fromkeys(name for row in rows.values() if row for name in _further(row)))
    tables = tuple(
        PrintedTable(
            group.heading if group.heading != title else "",
            tuple(
                _row(view, line, parts, programmes[line.key], more, dates=dates)
                for line, parts in _programmes(group.lines)
            ),
        )
        for group in view.groups
    )
    return Printed(title if find_fiscal_years(title) else f"{year} {title}", more, tables)


def _published_row(view: View, programme: Programme) -> PublishedRow | None:
    """Return the row that a programme was read from."""
    at = programme.published
    return view.published.row(at.line) if view.published and at else None


def _programmes(lines: Sequence[Line]) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    """Yield each programme with its components."""
    for index, line in enumerate(lines):
        if not line.is_component:
            parts = [part for part in lines[index + 1 :] if part.is_component]
            following = next((n for n, part in enumerate(lines[index + 1 :]) if not part.is_component), None)
            yield line, tuple(parts[:following])


def _row(
    view: View, line: Line, parts: Sequence[Line], programme: Programme, more: Sequence[str], *, dates: bool
) -> PrintedRow:
    row = _published_row(view, programme)
    is_of_year = bool(row and view.published and view.published.year in (None, view.plan.year))
    further = _further(row) if row else {}
    if dates and not line.is_service:
        months = [_days(sessions) for sessions in line.months]
    else:
        spans = () if dates else (*programme.marks, *programme.windows)
        months = _marks(line, spans, row, keeps_labels=is_of_year)
    at = programme.published
    is_new = row.is_new and is_of_year if row else bool(view.published and at and not at.line)
    name = f"{NEW}{line.name}" if is_new else line.name
    frequency = line.frequency
    if row and row.frequency and programme.frequency and row.frequency.meaning == programme.frequency.meaning:
        frequency = row.frequency_text
    spare = [one.reserved.ja for one in (line, *parts) if one.reserves]
    content = " ".join([content_of(row, parts), *spare]).strip()
    cells = (line.category, name, content, frequency)
    return PrintedRow(
        line.key, cells, tuple(further.get(column, "") for column in more), tuple(months), line.dated
    )


def _further(row: PublishedRow) -> Mapping[str, str]:
    """Return what a row says in other columns, by their headings."""
    named = {"対象": row.audience, "会場": row.place, "施設": row.facility}
    named["定員"] = str(row.people) if row.people else ""
    return {heading: text for heading, text in (*named.items(), *row.remarks) if text}


def _days(sessions: Sequence[Session]) -> str:
    days = [session.day for session in sessions]
    return "・".join(f"{day.day}({WEEKDAYS[day.weekday()]})" for day in days)


def _marks(line: Line, spans: Sequence[Window], row: PublishedRow | None, *, keeps_labels: bool) -> list[str]:
    """Return the signs of twelve months: arrows over windows that stand alone, circles elsewhere."""
    is_all_year = any(mark.kind is MarkKind.ALL_YEAR for mark in row.marks) if row else False
    if line.is_service or (is_all_year and not spans):
        cells = [ALL_YEAR, *[""] * 11]
    else:
        cells = [_circles(len(sessions)) for sessions in line.months]
        for places in _arrows(spans):
            if any(line.months[place] for place in places):
                cells[places[0]], cells[places[-1]] = FROM, TO
                for place in places[1:-1]:
                    cells[place] = BETWEEN
    for window in spans:
        if window.label:
            cells[month_position(window.months.values[0])] = window.label
    for mark in row.marks if row and keeps_labels else ():
        place = month_position(mark.months[0]) if len(mark.months) == 1 else -1
        is_start = mark.kind is MarkKind.START
        is_held = mark.kind is MarkKind.LABEL and place >= 0 and (line.months[place] or line.is_service)
        if place >= 0 and (is_start or is_held):
            cells[place] = mark.text
    return cells


def _circles(sessions: int) -> str:
    return "" if not sessions else CIRCLE if sessions == 1 else f"{CIRCLE}{sessions}"


def _arrows(spans: Sequence[Window]) -> Iterator[list[int]]:
    """Yield the months, as places in the year, of windows of several months that meet no other."""
    places = [sorted(month_position(month) for month in window.months.values) for window in spans]
    for index, mine in enumerate(places):
        others = {place for n, other in enumerate(places) if n != index for place in other}
        is_run = mine[-1] - mine[0] == len(mine) - 1
        if len(mine) > 1 and is_run and not others & set(mine):
            yield mine


MONTH_NAMES = tuple(f"{month}月" for month in MONTHS)
