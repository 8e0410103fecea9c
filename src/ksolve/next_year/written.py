"""What stands beside a new plan and its schedule: the lists, as CSV and in one Excel book."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter

from ksolve.files.separated import csv_bytes
from ksolve.fit.regularity import Regularity, regularity
from ksolve.next_year.counts import count_rows, fees_of, hours_of
from ksolve.next_year.habits import Habit
from ksolve.next_year.keeping import ANSWERS, BOOK
from ksolve.next_year.said import Change, Question
from ksolve.next_year.supply import places_of, weekdays_of
from ksolve.next_year.tables import (
    Table,
    changes_table,
    counts_table,
    fees_table,
    hours_table,
    places_table,
    questions_table,
    regularity_table,
    weekdays_table,
)
from ksolve.plan import Plan
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.published import PublishedPlan
from ksolve.report.sheets import CREATED, OPTIONS, Formats, add_sheet, height
from ksolve.text import Lang

FILES = (
    ANSWERS,
    "changed.csv",
    "counts.csv",
    "hours.csv",
    "fees.csv",
    "weekdays.csv",
    "usual-days.csv",
    "regularity.csv",
    BOOK,
)
"""All that may be written here."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year's plan, what it comes to, and its schedule: as it was held, or as it is dated."""

    plan: Plan
    problem: Problem
    schedule: Schedule
    published: PublishedPlan | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """What is said of a new year beside its plan: habits, changes, what is asked, and what was answered."""

    habits: Sequence[Habit]
    changes: Sequence[Change]
    asked: Sequence[Question]
    answered: Sequence[Question] = ()
    answers: Mapping[str, str] | None = None


def lists_of(before: Year, after: Year, lists: Lists, lang: Lang) -> dict[str, bytes]:
    """Return the files of lists by their names; the book has them all, with a sheet each."""
    asked = _asked(lists, lang)
    minutes = {one.id: one.minutes for one in after.problem.series}
    minutes |= {f"{one.programme}.{one.component}".rstrip("."): one.minutes for one in after.problem.series}
    fees = fees_of(after.plan, after.problem, after.schedule)
    counted = count_rows(before.plan, before.schedule, after.plan, after.published)
    places = places_of(before.plan, after.plan, lists.habits, minutes)
    tables: dict[str, Table] = {
        ANSWERS: asked,
        "changed.csv": changes_table(lists.changes, lang),
        "counts.csv": counts_table(counted, lang),
        "hours.csv": hours_table(hours_of(after.problem, after.schedule), lang),
        **({"fees.csv": fees_table(fees, lang)} if fees else {}),
        "weekdays.csv": weekdays_table(weekdays_of(before.plan, after.plan), lang),
        "usual-days.csv": places_table(places, lang),
        "regularity.csv": regularity_table(
            _regularity(before), _regularity(after), after.problem.calendar, lang
        ),
    }
    files = {name: csv_bytes(table.with_header(lang)) for name, table in tables.items()}
    return files | {BOOK: _book(after.plan.title, list(tables.values()), lang)}


def _regularity(year: Year) -> Regularity:
    return regularity(year.problem, year.schedule)


def asked_csv(lists: Lists, lang: Lang) -> bytes:
    """Return the list of what is to be decided."""
    return csv_bytes(_asked(lists, lang).with_header(lang))


def _asked(lists: Lists, lang: Lang) -> Table:
    return questions_table((*lists.asked, *lists.answered), lists.answers or {}, lang)


def _book(title: str, tables: Sequence[Table], lang: Lang) -> bytes:
    """Return the lists as an Excel book; the same lists always give the same bytes."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, OPTIONS) as book:
        book.set_properties({"title": title, "created": CREATED})
        formats = Formats(book)
        for table in tables:
            sheet = add_sheet(book, table.title(lang), table.widths)
            sheet.write_string(0, 0, f"{title} {table.title(lang)}", formats.title)
            for column, text in enumerate(table.header):
                sheet.write_string(2, column, text(lang), formats.head)
            sheet.repeat_rows(2)
            sheet.freeze_panes(3, 1)
            for number, row in enumerate(table.rows, start=3):
                sheet.set_row(number, height(row, table.widths))
                for column, cell in enumerate(row):
                    if _NUMBER.fullmatch(cell):
                        sheet.write_number(number, column, float(cell), formats.name)
                    else:
                        sheet.write_string(number, column, cell, formats.name)
            if table.rows:
                sheet.autofilter(2, 0, 2 + len(table.rows), len(table.header) - 1)
    return data.getvalue()


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
