"""An edition as an Excel book: a sheet for each person, room or month, A4, with filters and print titles."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN
from ksolve.clock import clock
from ksolve.report.editions.edition import About, Edition, Entry, Kind, Sheet, apart
from ksolve.report.editions.page import others_of, sheet_heading
from ksolve.report.editions.paper import weeks
from ksolve.report.editions.words import WORDS
from ksolve.report.sheets import A4, CREATED, OPTIONS, Formats, add_sheet, height
from ksolve.text import Lang

_COLUMNS: dict[Kind, tuple[str, ...]] = {
    Kind.PUBLIC: ("date", "time", "programme", "number", "room", "whom", "sign_up", "description"),
    Kind.STAFF: ("date", "time", "programme", "number", "room", "colleagues"),
    Kind.ROOM: ("date", "time", "programme", "number", "staff"),
}
_WIDTHS = {
    "date": 12,
    "time": 12,
    "programme": 34,
    "number": 6,
    "room": 18,
    "whom": 22,
    "sign_up": 22,
    "description": 34,
    "staff": 26,
    "colleagues": 24,
}
_GRID = 20.5
_ROSTER = (14.0, *[18.5] * 7)


def edition_xlsx(edition: Edition, lang: Lang) -> bytes:
    """Return an edition as an .xlsx file; the same edition always gives the same bytes."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, OPTIONS) as book:
        title = f"{edition.title} {edition.heading(lang)}"
        book.set_properties({"title": title, "created": CREATED})
        writer = _Writer(book, edition, lang)
        if edition.kind is Kind.WEEK:
            writer.roster()
        elif edition.kind is Kind.MONTH:
            writer.months()
        else:
            writer.lists()
    return data.getvalue()


class _Writer:
    """What the sheets of one book share."""

    def __init__(self, book: Any, edition: Edition, lang: Lang) -> None:
        self.book, self.edition, self.lang = book, edition, lang
        self.formats = Formats(book, lang)

    def _sheet(self, name: str, widths: Sequence[float], *, wide: bool) -> Any:
        return add_sheet(self.book, name, widths, paper=A4, wide=wide)

    def _top(self, sheet: Any, heading: str) -> int:
        """Write title, heading and notes, and return the row below them."""
        sheet.write_string(0, 0, f"{self.edition.title} {heading}", self.formats.title)
        row = 1
        if self.edition.warning:
            sheet.write_string(row, 0, self.edition.warning(self.lang), self.formats.breaches)
            row += 1
        for note in self.edition.notes:
            sheet.write_string(row, 0, note(self.lang), self.formats.text)
            row += 1
        return row

    def lists(self) -> None:
        """Write a sheet for each person or room, or the one of the public."""
        columns = self._columns()
        headings = [sheet.name or self.edition.heading(self.lang) for sheet in self.edition.sheets]
        names = sheet_names(headings)
        for name, heading, held in zip(names, headings, self.edition.sheets, strict=True):
            widths = [_WIDTHS[column] for column in columns]
            sheet = self._sheet(name, widths, wide=len(columns) > 6)
            top = self._top(sheet, heading)
            for place, column in enumerate(columns):
                sheet.write_string(top, place, WORDS[column](self.lang), self.formats.head)
            sheet.repeat_rows(top)
            sheet.freeze_panes(top + 1, 0)
            for row, entry in enumerate(held.entries, start=top + 1):
                self._line(sheet, row, entry, columns, heading)
            if held.entries:
                sheet.autofilter(top, 0, top + len(held.entries), len(columns) - 1)
        if self.edition.about:
            self._about()
        if self.edition.others and self.edition.kind is Kind.PUBLIC:
            self._others()

    def _columns(self) -> list[str]:
        """Return the columns in which anything stands."""
        optional = ("whom", "sign_up", "description")
        stated = {key for key in optional if any(getattr(entry, key) for entry in self.edition.entries)}
        return [key for key in _COLUMNS[self.edition.kind] if key not in optional or key in stated]

    def _line(self, sheet: Any, row: int, entry: Entry, columns: Sequence[str], heading: str) -> None:
        texts = [self._cell(entry, column, heading) for column in columns]
        sheet.set_row(row, height(texts, [_WIDTHS[column] for column in columns]))
        for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
            if column == "date":
                day = datetime(entry.day.year, entry.day.month, entry.day.day)  # noqa: DTZ001 - Excel's
                sheet.write_datetime(row, place, day, self.formats.day)
            elif column == "number" and entry.number:
                sheet.write_number(row, place, entry.number, self.formats.centre)
            else:
                sheet.write_string(row, place, text, self.formats.name)

    def _cell(self, entry: Entry, column: str, heading: str) -> str:
        if column == "programme":
            return self._name(entry)
        return {
            "time": f"{clock(entry.start)}–{clock(entry.end)}",
            "room": "・".join(entry.rooms),
            "staff": "・".join(entry.staff),
            "colleagues": "・".join(member for member in entry.staff if member != heading),
            "whom": entry.whom,
            "sign_up": entry.sign_up,
            "description": entry.description,
        }.get(column, "")

    def _name(self, entry: Entry) -> str:
        return f"{entry.name} [{WORDS['closed'](self.lang)}]" if entry.closed else entry.name

    def _about(self) -> None:
        """Write the programmes: what, for whom, when, where."""
        columns: dict[str, tuple[float, Callable[[About], str]]] = {
            "programme": (34, lambda about: about.name),
            "whom": (22, lambda about: about.whom),
            "description": (34, lambda about: about.description),
            "when": (36, self._when),
            "sessions": (7, lambda about: str(about.sessions or "")),
            "room": (20, lambda about: about.where),
            "sign_up": (22, lambda about: about.sign_up),
        }
        keys = [key for key, (_, say) in columns.items() if any(map(say, self.edition.about))]
        widths = [columns[key][0] for key in keys]
        sheet = self._sheet(WORDS["about"](self.lang), widths, wide=True)
        top = self._top(sheet, WORDS["about"](self.lang))
        for place, key in enumerate(keys):
            sheet.write_string(top, place, WORDS[key](self.lang), self.formats.head)
        sheet.repeat_rows(top)
        sheet.freeze_panes(top + 1, 1)
        for row, about in enumerate(self.edition.about, start=top + 1):
            texts = [columns[key][1](about) for key in keys]
            sheet.set_row(row, height(texts, widths))
            for place, (key, text) in enumerate(zip(keys, texts, strict=True)):
                if key == "sessions" and text:
                    sheet.write_number(row, place, about.sessions, self.formats.centre)
                else:
                    sheet.write_string(row, place, text, self.formats.name)

    def _others(self) -> None:
        """Write what others hold in the year, for all to know."""
        sheet = self._sheet(WORDS["others"](self.lang), (70,), wide=False)
        top = self._top(sheet, WORDS["others"](self.lang))
        firsts = sorted({day.replace(day=1) for day in self.edition.others})
        lines = [line for first in firsts for line in others_of(self.edition, first, self.lang)]
        for row, line in enumerate(lines, start=top):
            sheet.write_string(row, 0, line, self.formats.name)

    def _when(self, about: About) -> str:
        return about.when(self.lang) if about.sessions else WORDS["all_year"](self.lang)

    def months(self) -> None:
        """Write a sheet for each month: a calendar of weeks."""
        weekdays = WEEKDAYS if self.lang == "ja" else WEEKDAYS_EN
        for held in self.edition.sheets:
            if held.first is None:
                continue
            name = f"{held.first.month}月" if self.lang == "ja" else f"{held.first:%b}"
            sheet = self._sheet(name, [_GRID] * 7, wide=True)
            sheet.fit_to_pages(1, 1)
            top = self._top(sheet, sheet_heading(self.edition, held, self.lang))
            for place, weekday in enumerate(weekdays):
                sheet.write_string(top, place, weekday, self.formats.head)
            sheet.freeze_panes(top + 1, 0)
            for row, week in enumerate(weeks(held.first), start=top + 1):
                texts = [self._day(held, day) if day else "" for day in week]
                sheet.set_row(row, max(60.0, height(texts, [_GRID] * 7)))
                for place, (day, text) in enumerate(zip(week, texts, strict=True)):
                    is_shut = day in self.edition.shut
                    sheet.write_string(row, place, text, self.formats.shut if is_shut else self.formats.top)

    def _day(self, held: Sheet, day: date) -> str:
        shut = self.edition.shut.get(day)
        lines = [f"{day.day} {shut.text(self.lang)}" if shut else str(day.day)]
        lines += [f"◇{other(self.lang)}" for other in self.edition.others.get(day, ())]
        lines += [
            f"{clock(entry.start)} {self._name(entry)} {'・'.join(entry.rooms)}".rstrip()
            for entry in held.entries
            if entry.day == day
        ]
        return "\n".join(lines)

    def roster(self) -> None:
        """Write a sheet for each week, on one page: members down, days across."""
        for held in self.edition.sheets:
            sheet = self._sheet(held.name, _ROSTER, wide=True)
            sheet.fit_to_pages(1, 1)
            top = self._top(sheet, sheet_heading(self.edition, held, self.lang))
            sheet.freeze_panes(top + 1, 1)
            head = [WORDS["staff"](self.lang), *map(self._label, held.days)]
            sheet.set_row(top, height(head, _ROSTER))
            for place, text in enumerate(head):
                sheet.write_string(top, place, text, self.formats.head)
            for row, member in enumerate(self.edition.members, start=top + 1):
                mine = [entry for entry in held.entries if member in entry.staff]
                texts = [member, *(self._duty(member, day, mine) for day in held.days)]
                sheet.set_row(row, height(texts, _ROSTER))
                sheet.write_string(row, 0, member, self.formats.name)
                for place, (day, text) in enumerate(zip(held.days, texts[1:], strict=True), start=1):
                    is_shut = day in self.edition.shut
                    sheet.write_string(row, place, text, self.formats.shut if is_shut else self.formats.top)

    def _label(self, day: date) -> str:
        """Return 5/3(金) 祝日(憲法記念日)."""
        weekdays = WEEKDAYS if self.lang == "ja" else WEEKDAYS_EN
        shut = self.edition.shut.get(day)
        said = f" {shut.text(self.lang)}" if shut else ""
        said += "".join(f" ◇{other(self.lang)}" for other in self.edition.others.get(day, ()))
        return f"{day.month}/{day.day}({weekdays[day.weekday()]}){said}"

    def _duty(self, member: str, day: date, mine: Sequence[Entry]) -> str:
        held = [
            f"{clock(entry.start)}–{clock(entry.end)} {entry.name} {'・'.join(entry.rooms)}".rstrip()
            for entry in mine
            if entry.day == day
        ]
        if not held and day in self.edition.away.get(member, ()):
            return WORDS["away"](self.lang)
        return "\n".join(held)


def sheet_names(names: Iterable[str]) -> Iterator[str]:
    r"""Yield each name as Excel takes it: 31 characters, none of []:*?/\, no two alike."""
    return apart((re.sub(r"[\[\]:*?/\\]", "_", name).strip("'") for name in names), _LONGEST)


_LONGEST = 31
