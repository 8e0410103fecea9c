"""The year in the published layout, with dates in its month cells; on A3, headings on every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ksolve.calendar import MONTHS, WEEKDAYS
from ksolve.clock import clock
from ksolve.expand.external import OthersRow, rows_of_others
from ksolve.problem.schedule import Session
from ksolve.report.labels import LABELS
from ksolve.report.sheets import Formats, add_sheet, height
from ksolve.report.view import Line, View
from ksolve.schedules.tidy import COLUMNS, OTHERS_KEY, YEAR_KEY
from ksolve.text import Lang

_MANY = 6
"""Beyond this many sessions in a month the cell lists the days without weekdays."""
_BEFORE = (15, 29, 12, 5, 11)
_WIDTHS = (*_BEFORE, *(10.5,) * 12)
"""In half-width characters: together as wide as A3, so that 9 points print as 9 points."""
_COUNT, _TIME, _FIRST = 3, 4, len(_BEFORE)
_KEY = len(_WIDTHS)
_LAST = _KEY - 1


def annual_sheet(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write the sheet. Counts are formulas on the data, so that they follow what is changed there."""
    sheet = add_sheet(book, LABELS["annual"](lang), _WIDTHS)
    sheet.write(0, 0, view.plan.title, formats.title)
    sheet.merge_range(1, 0, 1, _LAST, LABELS["assumed_notice"](lang), formats.note)
    if view.warning:
        sheet.merge_range(2, 0, 2, _LAST, "\n".join(text(lang) for text in view.warning), formats.breaches)
        sheet.set_row(2, 13.5 * len(view.warning))
    labels = ("事業名称", "事業内容") if lang == "ja" else ("Category", LABELS["programme"](lang))
    head = [*labels, *(LABELS[key](lang) for key in ("frequency", "count", "time"))]
    for column, label in enumerate([*head, *(f"{month}月" for month in MONTHS)]):
        sheet.write(3, column, label, formats.head)
    sheet.write(3, _KEY, YEAR_KEY, formats.text)
    sheet.set_column(_KEY, _KEY, None, None, {"hidden": True})
    others = rows_of_others(view.plan)
    below = len(others) + 1 if others else 0
    sheet.print_area(0, 0, 4 + sum(len(group.lines) + 1 for group in view.groups) + below, _LAST)
    sheet.repeat_rows(3)
    sheet.freeze_panes(4, 2)
    row = 4
    for group in view.groups:
        if group.heading:
            sheet.merge_range(row, 0, row, _LAST, group.heading, formats.heading)
            row += 1
        for line in group.lines:
            _line(sheet, formats, row, line, _Counted(view, lang))
            row += 1
    _total(sheet, formats, row, _Counted(view, lang))
    if others:
        _others(sheet, formats, row + 1, others, lang)


def _others(sheet: Any, formats: Formats, row: int, others: Sequence[OthersRow], lang: Lang) -> None:
    """Write what others decide below all programmes, for information: the days of each calendar."""
    sheet.merge_range(row, 0, row, _LAST, LABELS["others"](lang), formats.heading)
    for number, one in enumerate(others, start=row + 1):
        days = [text(lang) for text in one.months]
        texts = ["", one.name, one.effect(lang), "", "", *days]
        sheet.set_row(number, height(texts, _WIDTHS))
        for column, text in enumerate(texts):
            sheet.write_string(number, column, text, formats.cell if column >= _FIRST else formats.name)
        sheet.write_string(number, _KEY, OTHERS_KEY, formats.text)


class _Counted:
    """Formulas that count rows of the data sheet."""

    def __init__(self, view: View, lang: Lang) -> None:
        self.view, self.lang = view, lang
        keys = [column.key for column in COLUMNS]
        self._series, self._date = (self._column(keys.index(key)) for key in ("series", "date"))

    def _column(self, index: int) -> str:
        letter = chr(ord("A") + index)
        return f"'{LABELS['data'](self.lang)}'!${letter}:${letter}"

    def of_line(self, line: Line) -> str:
        """Count the sessions of the series that a line stands for."""
        programme, _, part = line.key.partition(".")
        mine = [
            series.id
            for series in self.view.problem.counted
            if series.programme == programme and part in ("", series.component)
        ]
        listed = ",".join(f'"{name}"' for name in mine)
        return f"=SUMPRODUCT(COUNTIF({self._series},{{{listed}}}))"

    def of_month(self, month: int) -> str:
        """Count the sessions of a month."""
        first, last = self.view.problem.year.month(month)
        since = f"DATE({first.year},{first.month},1)"
        until = f"DATE({last.year},{last.month},{last.day})"
        return f'=COUNTIFS({self._date},">="&{since},{self._date},"<="&{until},{self._series},"<>*-reserve")'


def _line(sheet: Any, formats: Formats, row: int, line: Line, counted: _Counted) -> None:
    times = {(session.start, session.end) for sessions in line.months for session in sessions}
    same = "–".join(map(clock, next(iter(times)))) if len(times) == 1 else ""
    sheet.write_string(row, 0, line.category, formats.name)
    name = f"{line.name} {line.reserved(counted.lang)}".strip()
    sheet.write_string(row, 1, name, formats.component if line.is_component else formats.name)
    sheet.write_string(row, 2, line.frequency, formats.centre)
    if line.dated:
        sheet.write_formula(row, _COUNT, counted.of_line(line), formats.centre, line.dated)
    else:
        sheet.write_blank(row, _COUNT, None, formats.centre)
    sheet.write_string(row, _TIME, same, formats.centre)
    sheet.write_string(row, _KEY, line.key, formats.text)
    days = [_days(sessions, counted=line.has_components, timed=not same) for sessions in line.months]
    texts = [line.category, name, line.frequency, "", same, *days]
    sheet.set_row(row, height(texts, _WIDTHS))
    for column, text in enumerate(days, start=_FIRST):
        if line.is_service:
            sign = line.marks[column - _FIRST] or ("→" if column > _FIRST else "↓")
            sheet.write_string(row, column, sign, formats.service)
        else:
            sheet.write_string(row, column, text, formats.cell)


def _total(sheet: Any, formats: Formats, row: int, counted: _Counted) -> None:
    """Write what all programmes add up to, once, below the last of them."""
    sessions = counted.view.held
    months = Counter(session.day.month for session in sessions)
    sheet.merge_range(row, 0, row, 2, LABELS["total_row"](counted.lang), formats.heading)
    first, last = (chr(ord("A") + column) + str(row + 1) for column in (_FIRST, _LAST))
    sheet.write_formula(row, _COUNT, f"=SUM({first}:{last})", formats.centre, len(sessions))
    sheet.write_blank(row, _TIME, None, formats.centre)
    for column, month in enumerate(MONTHS, start=_FIRST):
        sheet.write_formula(row, column, counted.of_month(month), formats.centre, months[month])


def _days(sessions: Sequence[Session], *, counted: bool, timed: bool) -> str:
    """Return the days of a month's sessions: 12(水)・26(水); where there are many 1・2・3.

    Where starts differ (`timed`) they are said: 12(水)9:30, and above many days 9:30 on a line of its own.
    Many sessions whose components stand below, each with its days, are only `counted`.
    """
    if len(sessions) <= _MANY:
        return "・".join(
            f"{one.day.day}({WEEKDAYS[one.day.weekday()]}){clock(one.start) if timed else ''}"
            for one in sessions
        )
    if counted:
        return f"{len(sessions)}回"
    if not timed:
        return "・".join(str(session.day.day) for session in sessions)
    starts: dict[int, list[str]] = {}
    for session in sessions:
        starts.setdefault(session.start, []).append(str(session.day.day))
    return "\n".join(f"{clock(start)} {'・'.join(days)}" for start, days in sorted(starts.items()))
