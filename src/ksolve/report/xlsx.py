"""A schedule as an Excel book: the annual table as published, the fit, the assumptions, the data."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from ksolve.calendar import MONTHS, WEEKDAYS
from ksolve.fit import DEFINITION, FitRow, regularity
from ksolve.problem.schedule import Session
from ksolve.report.fit_table import mark_texts, note_of, planned_text, short_date
from ksolve.report.labels import LABELS
from ksolve.report.sheets import CREATED, OPTIONS, Formats, add_sheet, height
from ksolve.report.two_years.sheet import add_years_sheet
from ksolve.report.view import Line, View
from ksolve.schedules.tidy import COLUMNS, YEAR_KEY, rows_of
from ksolve.text import Lang

_MANY = 6
"""Beyond this many sessions in a month the cell lists the days without weekdays."""
_ANNUAL_WIDTHS = (26, 36, 16, 6, *(14,) * 12)
_KEY_COLUMN = len(_ANNUAL_WIDTHS)
_FIT_WIDTHS = (6, 40, 16, 9, 9, 9, 46, 30, 64)
_RHYTHM_WIDTHS = (44, 9, 100)
_FINDING_WIDTHS = (8, 24, 62, 62, 48)
_DATA_WIDTHS = (26, 24, 44, 7, 11, 6, 7, 7, 6, 18, 40, 22, 34, 9)
"""Widths of columns in half-width characters."""
_NUMBERS = ("number", "minutes", "published_line")


def schedule_xlsx(view: View, lang: Lang) -> bytes:
    """Return the schedule as an .xlsx file; the same schedule always gives the same bytes."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, OPTIONS) as book:
        book.set_properties({"title": view.plan.title, "created": CREATED})
        formats = Formats(book)
        _annual(book, formats, view, lang)
        _fit(book, formats, view, lang)
        _regularity(book, formats, view, lang)
        if view.years:
            add_years_sheet(book, view.years, lang)
        _assumptions(book, formats, view, lang)
        _data(book, formats, view, lang)
    return data.getvalue()


def _annual(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write the table in the published layout, with dates in its month cells."""
    word = _words(lang)
    sheet = add_sheet(book, word("annual"), _ANNUAL_WIDTHS)
    sheet.write(0, 0, view.plan.title, formats.title)
    sheet.merge_range(1, 0, 1, 15, word("assumed_notice"), formats.note)
    if view.warning:
        sheet.merge_range(2, 0, 2, 15, "\n".join(text(lang) for text in view.warning), formats.breaches)
        sheet.set_row(2, 13.5 * len(view.warning))
    header = ["事業名称", "事業内容", word("frequency"), word("count")] if lang == "ja" else None
    labels = header or ["Category", word("programme"), word("frequency"), word("count")]
    for column, label in enumerate([*labels, *(f"{month}月" for month in MONTHS)]):
        sheet.write(3, column, label, formats.head)
    sheet.write(3, _KEY_COLUMN, YEAR_KEY, formats.text)
    sheet.set_column(_KEY_COLUMN, _KEY_COLUMN, None, None, {"hidden": True})
    sheet.repeat_rows(3)
    sheet.freeze_panes(4, 2)
    row = 4
    for group in view.groups:
        if group.heading:
            sheet.merge_range(row, 0, row, 15, group.heading, formats.heading)
            row += 1
        for line in group.lines:
            _annual_line(sheet, formats, row, line)
            row += 1
    _annual_total(sheet, formats, row, view, lang)


def _annual_total(sheet: Any, formats: Formats, row: int, view: View, lang: Lang) -> None:
    """Write what all programmes add up to, once, below the last of them."""
    months = Counter(session.day.month for session in view.schedule.sessions)
    sheet.merge_range(row, 0, row, 2, LABELS["total_row"](lang), formats.heading)
    sheet.write_number(row, 3, len(view.schedule.sessions), formats.centre)
    for column, month in enumerate(MONTHS, start=4):
        sheet.write_number(row, column, months[month], formats.centre)


def _annual_line(sheet: Any, formats: Formats, row: int, line: Line) -> None:
    sheet.write(row, 0, line.category, formats.name)
    sheet.write(row, _KEY_COLUMN, line.key, formats.text)
    sheet.write(row, 1, line.name, formats.component if line.is_component else formats.name)
    sheet.write(row, 2, line.frequency, formats.centre)
    if line.dated:
        sheet.write_number(row, 3, line.dated, formats.centre)
    else:
        sheet.write(row, 3, "", formats.centre)
    days = [_days(sessions, counted=line.has_components) for sessions in line.months]
    texts = [line.category, line.name, line.frequency, "", *days]
    sheet.set_row(row, height(texts, _ANNUAL_WIDTHS))
    for column, text in enumerate(days, start=4):
        if line.is_service:
            sheet.write(row, column, line.marks[column - 4] or ("→" if column > 4 else "↓"), formats.service)
        else:
            sheet.write(row, column, text, formats.cell)


def _days(sessions: Sequence[Session], *, counted: bool) -> str:
    """Return the days of a month's sessions: 12(水)・26(水); where there are many 1・2・3.

    Many sessions whose components stand below, each with its days, are only `counted`.
    """
    if len(sessions) > _MANY and counted:
        return f"{len(sessions)}回"
    if len(sessions) > _MANY:
        return "・".join(str(session.day.day) for session in sessions)
    return "・".join(f"{session.day.day}({WEEKDAYS[session.day.weekday()]})" for session in sessions)


def _fit(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write planned and dated counts, and each mark with the session that honours it."""
    if not view.fit:
        return
    word = _words(lang)
    sheet = add_sheet(book, word("fit"), _FIT_WIDTHS)
    sheet.write(0, 0, word("fit"), formats.title)
    sheet.write(1, 0, view.fit.headline(lang), formats.text)
    sheet.write(3, 0, view.fit.against(lang), formats.text)
    if not view.fit.is_of_another_year:
        sheet.merge_range(2, 0, 2, 8, DEFINITION(lang), formats.note)
        sheet.set_row(2, 30)
    keys = ("line", "programme", "frequency", "planned", "dated", "kept_marks", "marks", "outside", "note")
    for column, key in enumerate(keys):
        sheet.write(4, column, word(key), formats.head)
    sheet.repeat_rows(4)
    sheet.freeze_panes(5, 2)
    for row, fit_row in enumerate(view.fit_rows, start=5):
        _fit_line(sheet, formats, row, fit_row, lang)


def _fit_line(sheet: Any, formats: Formats, row: int, fit_row: FitRow, lang: Lang) -> None:
    marks, note = mark_texts(fit_row, lang), note_of(fit_row, lang)
    outside = " ".join(short_date(session) for session in fit_row.outside)
    verdict = formats.kept if fit_row.is_kept else formats.broken
    texts = ["", fit_row.row.name, fit_row.row.frequency_text, "", "", "", marks, outside, note]
    sheet.set_row(row, height(texts, _FIT_WIDTHS))
    sheet.write_number(row, 0, fit_row.row.line, formats.centre)
    sheet.write(row, 1, fit_row.row.name, formats.name)
    sheet.write(row, 2, fit_row.row.frequency_text, formats.centre)
    sheet.write(row, 3, planned_text(fit_row, lang), formats.centre)
    sheet.write_number(row, 4, fit_row.dated, verdict)
    sheet.write(row, 5, f"{fit_row.honoured}/{len(fit_row.marks)}" if fit_row.marks else "", verdict)
    for column, text in ((6, marks), (7, outside), (8, note)):
        sheet.write(row, column, text, formats.name)


def _regularity(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write each programme with the sentence that predicts most of its sessions."""
    if view.regularity.text is None:
        return
    word = _words(lang)
    sheet = add_sheet(book, word("regularity"), _RHYTHM_WIDTHS)
    sheet.write(0, 0, word("regularity"), formats.title)
    sheet.write(1, 0, view.regularity.text(lang), formats.text)
    sheet.merge_range(2, 0, 2, 2, regularity.DEFINITION(lang), formats.note)
    sheet.set_row(2, 60)
    for column, key in enumerate(("programme", "regularity", "rhythm")):
        sheet.write(4, column, word(key), formats.head)
    sheet.repeat_rows(4)
    for row, rhythm in enumerate(view.regularity.rhythms, start=5):
        texts = [rhythm.name, f"{float(rhythm.share):.0%}", rhythm.text(lang)]
        sheet.set_row(row, height(texts, _RHYTHM_WIDTHS))
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, formats.centre if column == 1 else formats.name)


def _assumptions(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write what is assumed, and how the published plan's contradictions were read."""
    word = _words(lang)
    sheet = add_sheet(book, word("assumptions"), _FINDING_WIDTHS)
    sheet.write(0, 0, word("assumptions"), formats.title)
    row = 2
    for text in (*view.problem.assumed, word("holiday_note")):
        sheet.merge_range(row, 0, row, 4, text, formats.note)
        row += 1
    if not view.fit:
        return
    sheet.write(row + 1, 0, word("contradictions"), formats.title)
    for column, label in enumerate((word("line"), "", word("finding"), word("resolution"), word("remedy"))):
        sheet.write(row + 2, column, label, formats.head)
    for index, finding in enumerate(view.fit.contradictions, start=row + 3):
        sheet.write_number(index, 0, finding.place.line if finding.place else 0, formats.centre)
        sheet.write(index, 1, finding.rule, formats.name)
        texts = [text(lang) if text else "" for text in (finding.text, finding.resolution, finding.remedy)]
        sheet.set_row(index, height(["", finding.rule, *texts], _FINDING_WIDTHS))
        for column, text in enumerate(texts, start=2):
            sheet.write(index, column, text, formats.name)


def _data(book: Any, formats: Formats, view: View, lang: Lang) -> None:
    """Write the tidy table: no merged cells, one row a session, real dates and numbers."""
    word = _words(lang)
    sheet = add_sheet(book, word("data"), _DATA_WIDTHS)
    for column, label in enumerate(COLUMNS):
        sheet.write(0, column, label.label(lang), formats.head)
    for row, (cells, session) in enumerate(
        zip(rows_of(view.schedule, view.problem), view.schedule.sessions, strict=True), start=1
    ):
        for column, text in enumerate(cells):
            if COLUMNS[column].key == "date":
                noon = datetime(session.day.year, session.day.month, session.day.day)  # noqa: DTZ001
                sheet.write_datetime(row, column, noon, formats.date)
            elif COLUMNS[column].key in _NUMBERS and text:
                sheet.write_number(row, column, int(text), formats.number)
            else:
                sheet.write_string(row, column, text, formats.text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(view.schedule.sessions), len(COLUMNS) - 1)
    sheet.repeat_rows(0)


def _words(lang: Lang) -> Any:
    return lambda key: LABELS[key](lang)
