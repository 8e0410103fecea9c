"""Loads as tables with Excel's own charts: by person, by room, by week, and each day of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ksolve import frames
from ksolve.calendar import MONTHS
from ksolve.report.labels import LABELS
from ksolve.report.sheets import Formats, add_sheet
from ksolve.report.view import View
from ksolve.text import Lang

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("sessions", "hours", "available", "share")


def load_sheets(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write the sheets of loads, of days and of tiers, as far as there is anything to show."""
    if view.schedule.sessions:
        if view.problem.resources:
            _load(book, formats, view, lang)
        _days(book, formats, view, lang)
    if view.tiers:
        _tiers(book, formats, view, lang)


def _load(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write a table for people, rooms and weeks one below the other, each with its chart beside it."""
    sheet = add_sheet(book, LABELS["load"](lang), (26, 8, 10, 12, 8), wide=False)
    sheet.write_string(0, 0, LABELS["load"](lang), formats.title)
    sheet.write_string(1, 0, LABELS["load_note"](lang), formats.text)
    row = 3
    for key, chart in (("staff", "bar"), ("room", "bar"), ("week", "column")):
        table = _table(view, key)
        if len(table):
            row = _block(_Place(book, sheet, formats, lang), row, table, key, chart)


class _Place:
    """Where a table is written: the book, its sheet, how, and in which language."""

    def __init__(self, book: Any, sheet: Any, formats: Formats, lang: Lang) -> None:
        self.book, self.sheet, self.formats, self.lang = book, sheet, formats, lang


def _table(view: View, key: str) -> pd.DataFrame:
    case = view.plan, view.problem, view.schedule
    if key != "week":
        return frames.loads(*case, [key])
    table = frames.loads(*case, ["staff", "week"]).groupby("week", as_index=False)[
        ["sessions", "hours", "available"]
    ]
    return table.sum()


def _block(place: _Place, row: int, table: pd.DataFrame, key: str, kind: str) -> int:
    """Write a table with its sum and its chart, and return the row below both."""
    sheet, formats, lang = place.sheet, place.formats, place.lang
    head = [frames.DIMENSIONS[key](lang), *(frames.VALUES[name](lang) for name in _COLUMNS)]
    for column, text in enumerate(head):
        sheet.write_string(row, column, text, formats.head)
    first = row + 1
    columns = (table[name] for name in (key, "sessions", "hours", "available"))
    for number, (of, sessions, hours, there) in enumerate(zip(*columns, strict=True), start=first):
        sheet.write_string(number, 0, str(of)[:10] if key == "week" else str(of), formats.name)
        sheet.write_number(number, 1, sessions, formats.centre)
        sheet.write_number(number, 2, hours, formats.hours)
        sheet.write_number(number, 3, there, formats.hours)
        _share(sheet, number, hours, there, formats)
    last = first + len(table) - 1
    _sums(place, last + 1, first, table)
    chart = place.book.add_chart({"type": kind})
    name = LABELS["load"](lang)
    chart.add_series(
        {
            "name": f"{head[0]}: {frames.VALUES['share'](lang)}",
            "categories": [name, first, 0, last, 0],
            "values": [name, first, 4, last, 4],
            "fill": {"color": "#0072b2"},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": f"{head[0]}: {frames.VALUES['share'](lang)}", "name_font": {"size": 11}})
    if kind == "bar":
        chart.set_y_axis({"reverse": True, "interval_unit": 1})
        chart.set_x_axis({"num_format": "0%"})
    else:
        chart.set_y_axis({"num_format": "0%"})
    chart.set_size({"width": 620, "height": max(300, 18 * (len(table) + 3))} if kind == "bar" else _WIDE)
    sheet.insert_chart(row, 6, chart)
    return max(last + 4, row + 20)


_WIDE = {"width": 900, "height": 340}


def _share(sheet: Any, row: int, hours: float, available: float, formats: Formats) -> None:
    cells = f"C{row + 1}/D{row + 1}"
    value = hours / available if available else ""
    sheet.write_formula(row, 4, f'=IF(D{row + 1}>0,{cells},"")', formats.share, value)


def _sums(place: _Place, row: int, first: int, table: pd.DataFrame) -> None:
    place.sheet.write_string(row, 0, LABELS["count"](place.lang), place.formats.total)
    for column, name in ((1, "sessions"), (2, "hours"), (3, "available")):
        letter = "ABCD"[column]
        formula = f"=SUM({letter}{first + 1}:{letter}{row})"
        form = place.formats.count if name == "sessions" else place.formats.total
        place.sheet.write_formula(row, column, formula, form, float(table[name].sum()))
    _share(place.sheet, row, float(table["hours"].sum()), float(table["available"].sum()), place.formats)


def _days(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write how many sessions each day has: a row a month, coloured by Excel."""
    sheet = add_sheet(book, LABELS["days"](lang), (9, *(4.2,) * 31, 6))
    sheet.write_string(0, 0, LABELS["days"](lang), formats.title)
    head: Sequence[str] = ["", *map(str, range(1, 32)), LABELS["count"](lang)]
    for column, text in enumerate(head):
        sheet.write_string(2, column, text, formats.head)
    sheet.freeze_panes(3, 1)
    counts = Counter(session.day for session in view.held)
    for row, month in enumerate(MONTHS, start=3):
        first, last = view.plan.year.month(month)
        sheet.write_string(row, 0, f"{month}月" if lang == "ja" else f"{first:%b}", formats.centre)
        for day in range(1, last.day + 1):
            on = first.replace(day=day)
            if view.days[on].closed and not counts[on]:
                sheet.write_blank(row, day, None, formats.shut)
            else:
                sheet.write_number(row, day, counts[on], formats.centre)
        total = sum(count for on, count in counts.items() if first <= on <= last)
        sheet.write_formula(row, 32, f"=SUM(B{row + 1}:AF{row + 1})", formats.centre, total)
    scale = {"type": "2_color_scale", "min_color": "#ffffff", "max_color": "#0072b2"}
    sheet.conditional_format(3, 1, 14, 31, scale)


def _tiers(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write what each tier reached beside its proven bound."""
    name = LABELS["tiers"](lang)
    sheet = add_sheet(book, name, (30, 10, 14), wide=False)
    sheet.write_string(0, 0, name, formats.title)
    for column, key in enumerate(("tier", "left", "bound")):
        sheet.write_string(2, column, LABELS[key](lang), formats.head)
    for row, one in enumerate(view.tiers, start=3):
        sheet.write_string(row, 0, one.tier.text(lang), formats.name)
        sheet.write_number(row, 1, one.value, formats.centre)
        sheet.write_number(row, 2, one.bound, formats.centre)
    last = 2 + len(view.tiers)
    chart = book.add_chart({"type": "bar"})
    for column, (key, colour) in enumerate((("left", "#e69f00"), ("bound", "#0072b2")), start=1):
        chart.add_series(
            {
                "name": LABELS[key](lang),
                "categories": [name, 3, 0, last, 0],
                "values": [name, 3, column, last, column],
                "fill": {"color": colour},
            }
        )
    chart.set_y_axis({"reverse": True})
    chart.set_title({"name": name, "name_font": {"size": 11}})
    sheet.insert_chart(2, 4, chart)
