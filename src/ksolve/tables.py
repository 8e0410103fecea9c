"""The tidy table of a schedule: one row a session, the same columns in CSV and in the データ sheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ksolve.calendar import WEEKDAYS, parse_day
from ksolve.clock import clock, parse_clock
from ksolve.errors import PlanError, fault
from ksolve.files import read_text
from ksolve.findings import Finding, Place
from ksolve.problem import Problem, Series
from ksolve.schedule import Schedule, Session
from ksolve.text import Text

STAFF_SEPARATOR = "; "
T = TypeVar("T")

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in CSV, its label for people, and the text of its cell."""

    key: str
    label: Text
    cell: Callable[[Session, Series], str]


COLUMNS: tuple[Column, ...] = (
    Column("session", Text("回のID", "session"), lambda s, _: s.id),
    Column("series", Text("系列", "series"), lambda s, _: s.series),
    Column("name", Text("事業", "programme"), lambda _, o: o.name),
    Column("number", Text("第何回", "number"), lambda s, _: str(s.number)),
    Column("date", Text("日付", "date"), lambda s, _: s.day.isoformat()),
    Column("weekday", Text("曜日", "weekday"), lambda s, _: WEEKDAYS[s.day.weekday()]),
    Column("start", Text("開始", "start"), lambda s, _: clock(s.start)),
    Column("end", Text("終了", "end"), lambda s, _: clock(s.end)),
    Column("minutes", Text("分", "minutes"), lambda s, _: str(s.minutes)),
    Column("room", Text("部屋", "room"), lambda s, _: s.room),
    Column("staff", Text("職員", "staff"), lambda s, _: STAFF_SEPARATOR.join(s.staff)),
    Column("held_with", Text("併せて実施", "held with"), lambda s, _: s.held_with),
    Column("published_line", Text("公表表の行", "published line"), lambda _, o: str(o.published_line or "")),
)
_REQUIRED = ("series", "date", "start")


def rows_of(schedule: Schedule, problem: Problem) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each session, in the order of COLUMNS."""
    owners = {series.id: series for series in problem.series}
    for session in schedule.sessions:
        yield tuple(column.cell(session, owners[session.series]) for column in COLUMNS)


def schedule_csv(schedule: Schedule, problem: Problem) -> bytes:
    """Return a schedule as CSV in UTF-8 with a byte order mark, as Excel wants it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.key for column in COLUMNS)
    writer.writerows(rows_of(schedule, problem))
    return text.getvalue().encode("utf-8-sig")


def frame(schedule: Schedule, problem: Problem) -> pd.DataFrame:
    """Return a schedule as a data frame: the columns of COLUMNS, dates and numbers as such."""
    import pandas as pd  # 330 ms, and only analysts want it

    table = pd.DataFrame(rows_of(schedule, problem), columns=[column.key for column in COLUMNS])
    table["date"] = pd.to_datetime(table["date"])
    return table.astype({"number": int, "minutes": int})


def read_schedule(path: Path, problem: Problem) -> Schedule:
    """Read a schedule from CSV, with the keys of COLUMNS or their labels as its header.

    A series that the plan does not have is kept, for the checker to report. Raises PlanError
    with the line and column of every cell that cannot be read.
    """
    text = read_text(path)
    if not text.strip():
        raise PlanError([fault("empty-file", _EMPTY, Place(str(path)))])
    rows = csv.reader(io.StringIO(text, newline=""))
    header = next(rows, [])
    places = _places(header)
    missing = [key for key in _REQUIRED if key not in places]
    if missing:
        wanted = ", ".join(missing)
        raise PlanError([fault("missing-column", _MISSING.fill(wanted=wanted), Place(str(path), 1))])
    minutes = {series.id: series.minutes for series in problem.series}
    sessions: list[Session] = []
    faults: list[Finding] = []
    for cells in rows:
        if any(cell.strip() for cell in cells):
            reading = _Row(dict(_cells(cells, places)), places, Place(str(path), rows.line_num), faults)
            sessions.append(reading.session(minutes))
    if faults:
        raise PlanError(faults)
    return Schedule.of(_numbered(sessions))


def _places(header: list[str]) -> dict[str, int]:
    names = {
        name: column.key for column in COLUMNS for name in (column.key, column.label.ja, column.label.en)
    }
    return {names[cell.strip()]: index for index, cell in enumerate(header) if cell.strip() in names}


def _cells(cells: list[str], places: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for key, index in places.items():
        yield key, cells[index].strip() if index < len(cells) else ""


@dataclass(frozen=True)
class _Row:
    """One line of a schedule file; what cannot be read is added to the faults."""

    cells: Mapping[str, str]
    places: Mapping[str, int]
    place: Place
    faults: list[Finding]

    def session(self, minutes: Mapping[str, int]) -> Session:
        series = self.cells["series"]
        start = self.read("start", parse_clock, 0)
        end = self.read("end", parse_clock, 0) if self.cells.get("end") else 0
        length = self.read("minutes", int, 0) if self.cells.get("minutes") else 0
        return Session(
            series=series,
            number=self.read("number", int, 0) if self.cells.get("number") else 0,
            day=self.read("date", _date, date.min),
            start=start,
            minutes=length or max(0, end - start) or minutes.get(series, 0),
            room=self.cells.get("room", ""),
            staff=tuple(part.strip() for part in self.cells.get("staff", "").split(";") if part.strip()),
            held_with=self.cells.get("held_with", ""),
            line=self.place.line,
        )

    def read(self, key: str, parse: Callable[[str], T], default: T) -> T:
        try:
            return parse(self.cells[key])
        except ValueError:
            place = Place(self.place.file, self.place.line, self.places[key] + 1)
            self.faults.append(
                fault("unreadable-cell", _CELL.fill(found=self.cells[key]) + _WANTED[key], place)
            )
            return default


def _date(text: str) -> date:
    day = parse_day(text)
    if day.year is None:
        raise ValueError(text)
    return date(day.year, day.month, day.day)


def _numbered(sessions: list[Session]) -> Iterator[Session]:
    """Keep the numbers of the file; sessions without one get the next free numbers in date order."""
    used: dict[str, set[int]] = {}
    for session in sessions:
        used.setdefault(session.series, set()).add(session.number)
    for session in sorted(sessions, key=lambda s: (s.series, s.day, s.start)):
        number = session.number
        if not number:
            taken = used[session.series]
            number = next(n for n in range(1, len(sessions) + 2) if n not in taken)
            taken.add(number)
        yield replace(session, number=number)


_EMPTY = Text("ファイルに文字がありません", "the file holds no text")
_MISSING = Text("列「{wanted}」がありません", "the columns {wanted} are missing")
_CELL = Text("「{found}」が読めません。", "{found!r} cannot be read:")
_NUMBER = Text("整数を書いてください", "write a whole number")
_CLOCK = Text("9:30 の形で書いてください", "write it as 9:30")
_WANTED = {
    "date": Text("2024-10-12 の形で書いてください", "write it as 2024-10-12"),
    "start": _CLOCK,
    "end": _CLOCK,
    "minutes": _NUMBER,
    "number": _NUMBER,
}
