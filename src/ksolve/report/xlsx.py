"""A schedule as an Excel book: the annual table as published, the fit, the assumptions, the data."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from ksolve.fit import DEFINITION, FitRow, regularity
from ksolve.report.book.annual import annual_sheet
from ksolve.report.book.load import load_sheets
from ksolve.report.deadlines.table import add_deadlines_sheet
from ksolve.report.fit_table import mark_texts, note_of, planned_text, short_date
from ksolve.report.labels import LABELS
from ksolve.report.printed.book import add_printed_sheet
from ksolve.report.sheets import CREATED, OPTIONS, Formats, add_sheet, height
from ksolve.report.two_years.sheet import add_years_sheet
from ksolve.report.view import View
from ksolve.schedules.tidy import COLUMNS, rows_of
from ksolve.text import Lang

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
        annual_sheet(book, formats, view, lang)
        add_printed_sheet(book, view, LABELS["marks_sheet"](lang))
        load_sheets(book, formats, view, lang)
        _fit(book, formats, view, lang)
        _regularity(book, formats, view, lang)
        if view.years:
            add_years_sheet(book, view.years, lang)
        if view.deadlines:
            add_deadlines_sheet(book, view.deadlines, lang)
        _assumptions(book, formats, view, lang)
        _data(book, formats, view, lang)
    return data.getvalue()


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
    sheet.freeze_panes(5, 1)
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
    tentative = (text(lang) for text in view.problem.tentative)
    for text in (*view.problem.assumed, *tentative, word("holiday_note")):
        sheet.merge_range(row, 0, row, 4, text, formats.note)
        row += 1
    if not view.fit:
        return
    sheet.write(row + 1, 0, word("contradictions"), formats.title)
    for column, label in enumerate((word("line"), "", word("finding"), word("resolution"), word("remedy"))):
        sheet.write(row + 2, column, label, formats.head)
    sheet.repeat_rows(row + 2)
    sheet.freeze_panes(row + 3, 0)
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
