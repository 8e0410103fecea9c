"""A schedule in the layout of the published table, which `ksolve read` reads back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ksolve.calendar import MONTHS, WEEKDAYS, find_fiscal_years, month_position
from ksolve.files.separated import tsv_bytes
from ksolve.problem.schedule import Session
from ksolve.report.view import Line, View
from ksolve.rules.windows import Window

HEADER = ("区分", "事業名", "事業内容", "実施回数", *(f"{month}月" for month in MONTHS), "計")
"""The columns of the published layout; the reader finds them by these words."""

_ALL_YEAR, _CIRCLE, _FROM, _TO, _BETWEEN = "↓", "○", "←", "→", "―"


def published_tsv(view: View, *, dates: bool = False) -> bytes:
    """Return a schedule as a published table: same rows, same order, tab-separated.

    ○ stands in a month with a session (○3 with three), ← … → over a window of the plan with all
    sessions in it, ↓ for a service, and the number of sessions under 計. With `dates` the month
    cells hold days instead: 9(火)・23(木).
    """
    return tsv_bytes(published_rows(view, dates=dates))


def published_rows(view: View, *, dates: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the published table: the title, then for each heading its header and rows."""
    year = view.plan.year
    title = view.plan.title
    yield (title if find_fiscal_years(title) else f"{year} {title}",)
    programmes = {programme.id: programme for programme in view.plan.programmes}
    for group in view.groups:
        yield ()
        if group.heading and group.heading != view.plan.title:
            yield (group.heading,)
        yield HEADER
        for line, parts in _programmes(group.lines):
            programme = programmes[line.key]
            spans = () if dates else (*programme.marks, *programme.windows)
            yield _row(line, parts, spans, dates=dates)


def _programmes(lines: Sequence[Line]) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    """Yield each programme with its components."""
    for index, line in enumerate(lines):
        if not line.is_component:
            parts = [part for part in lines[index + 1 :] if part.is_component]
            following = next((n for n, part in enumerate(lines[index + 1 :]) if not part.is_component), None)
            yield line, tuple(parts[:following])


def _row(line: Line, parts: Sequence[Line], spans: Sequence[Window], *, dates: bool) -> tuple[str, ...]:
    if line.is_service:
        months: list[str] = [_ALL_YEAR, *[""] * 11]
    elif dates:
        months = [_days(sessions) for sessions in line.months]
    else:
        months = _marks(line, spans)
    total = str(line.dated) if line.dated else ""
    return (line.category, line.name, _content(parts), line.frequency, *months, total)


def _content(parts: Sequence[Line]) -> str:
    """Return the components with their frequencies as one cell, after the word 内訳."""
    if not parts:
        return ""
    named = [f"{''.join(part.name.split())}({_in_brackets(part.frequency)})" for part in parts]
    return " ".join(["内訳", *named])


def _in_brackets(frequency: str) -> str:
    """Return a frequency as one word; a colon would begin a note (10:30 becomes 10時30分)."""
    return re.sub(r"(\d{1,2})[:：](\d\d)", r"\1時\2分", "".join(frequency.split()))


def _days(sessions: Sequence[Session]) -> str:
    days = [session.day for session in sessions]
    return "・".join(f"{day.day}({WEEKDAYS[day.weekday()]})" for day in days)


def _marks(line: Line, spans: Sequence[Window]) -> list[str]:
    """Return the signs of twelve months: arrows over windows that stand alone, circles elsewhere."""
    cells = [_circles(len(sessions)) for sessions in line.months]
    for places in _arrows(spans):
        if any(line.months[place] for place in places):
            cells[places[0]], cells[places[-1]] = _FROM, _TO
            for place in places[1:-1]:
                cells[place] = _BETWEEN
    return cells


def _circles(sessions: int) -> str:
    return "" if not sessions else _CIRCLE if sessions == 1 else f"{_CIRCLE}{sessions}"


def _arrows(spans: Sequence[Window]) -> Iterator[list[int]]:
    """Yield the months, as places in the year, of windows of several months that meet no other."""
    places = [sorted(month_position(month) for month in window.months.values) for window in spans]
    for index, mine in enumerate(places):
        others = {place for n, other in enumerate(places) if n != index for place in other}
        is_run = mine[-1] - mine[0] == len(mine) - 1
        if len(mine) > 1 and is_run and not others & set(mine):
            yield mine
