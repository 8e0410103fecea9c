"""The tidy table of a schedule: one row a session, the same columns in CSV and in the データ sheet."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, filterfalse
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ksolve.calendar import WEEKDAYS, parse_date
from ksolve.clock import clock, parse_clock
from ksolve.errors import PlanError, fault
from ksolve.files import csv_bytes, read_text, unguarded
from ksolve.findings import Finding, Place
from ksolve.problem import Problem, Series
from ksolve.redundant import contradictions, out_of_order
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
_DIGITS = 9
"""The longest number that is read as one."""


def rows_of(schedule: Schedule, problem: Problem) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each session, in the order of COLUMNS."""
    owners = {series.id: series for series in problem.series}
    for session in schedule.sessions:
        yield tuple(column.cell(session, owners[session.series]) for column in COLUMNS)


def schedule_csv(schedule: Schedule, problem: Problem) -> bytes:
    """Return a schedule as CSV in UTF-8 with a byte order mark, as Excel wants it."""
    return csv_bytes([[column.key for column in COLUMNS], *rows_of(schedule, problem)])


def frame(schedule: Schedule, problem: Problem) -> pd.DataFrame:
    """Return a schedule as a data frame: the columns of COLUMNS, dates and numbers as such."""
    import pandas as pd  # 330 ms, and only analysts want it

    table = pd.DataFrame(rows_of(schedule, problem), columns=[column.key for column in COLUMNS])
    table["date"] = pd.to_datetime(table["date"])
    return table.astype({"number": int, "minutes": int})


def read_schedule(path: Path, problem: Problem) -> Schedule:
    """Read a schedule from CSV, with the keys of COLUMNS or their labels as its header.

    A series that the plan does not have, and cells that contradict one another, are kept for
    the checker to report. Raises PlanError with the line and column of every cell that cannot
    be read.
    """
    text = read_text(path)
    if not text.strip():
        raise PlanError([fault("empty-file", _EMPTY, Place(str(path)))])
    rows = _rows(text, path)
    _, header = next(rows, (1, []))
    places = _places(header)
    missing = [key for key in _REQUIRED if key not in places]
    if missing:
        wanted = ", ".join(missing)
        raise PlanError([fault("missing-column", _MISSING.fill(wanted=wanted), Place(str(path), 1))])
    read = [_Row(dict(_cells(cells, places)), places, Place(str(path), line), []) for line, cells in rows]
    return _schedule(read, {series.id: series for series in problem.series})


def _rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold text, each with its line. Raises PlanError where CSV stops making sense."""
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in rows:
            if rows.line_num == 1 or any(cell.strip() for cell in cells):
                yield rows.line_num, cells
    except csv.Error as error:
        said = _ROW.fill(detail=error)
        raise PlanError([fault("unreadable-row", said, Place(str(path), rows.line_num))]) from error


def _schedule(rows: list[_Row], owners: Mapping[str, Series]) -> Schedule:
    """Return the schedule of some rows with what they contradict. Raises PlanError with their faults."""
    sessions = [row.session(owners) for row in rows]
    faults = [found for row in rows for found in row.faults]
    if faults:
        raise PlanError(faults)
    said: list[Finding] = []
    for row, session in zip(rows, sessions, strict=True):
        said += contradictions(row.cells, session, row.end(), owners.get(session.series), row.at)
    at = {session.id: row.at("number") for row, session in zip(rows, sessions, strict=True)}
    said += out_of_order([session for session in sessions if session.number], owners, at.__getitem__)
    return replace(Schedule.of(_numbered(sessions)), contradictions=tuple(said))


def _places(header: list[str]) -> dict[str, int]:
    names = {
        name: column.key for column in COLUMNS for name in (column.key, column.label.ja, column.label.en)
    }
    return {names[cell.strip()]: index for index, cell in enumerate(header) if cell.strip() in names}


def _cells(cells: list[str], places: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for key, index in places.items():
        yield key, unguarded(cells[index].strip()) if index < len(cells) else ""


@dataclass(frozen=True)
class _Row:
    """One line of a schedule file; what cannot be read is added to the faults."""

    cells: Mapping[str, str]
    places: Mapping[str, int]
    place: Place
    faults: list[Finding]

    def session(self, owners: Mapping[str, Series]) -> Session:
        series = self.cells["series"]
        start = self.read("start", _clock, 0)
        length = self.read("minutes", _positive, 0) if self.cells.get("minutes") else 0
        owner = owners.get(series)
        return Session(
            series=series,
            number=self._number(),
            day=self.read("date", _date, date.min),
            start=start,
            minutes=length or max(0, self.end() - start) or (owner.minutes if owner else 0),
            room=self.cells.get("room", ""),
            staff=tuple(part.strip() for part in self.cells.get("staff", "").split(";") if part.strip()),
            held_with=self.cells.get("held_with", ""),
            line=self.place.line,
        )

    def end(self) -> int:
        """Return the end of the row in minutes after midnight, 0 where it has none."""
        return self.read("end", _clock, 0) if self.cells.get("end") else 0

    def _number(self) -> int:
        """Return the number of the row, or the one within its id; 0 for none."""
        if self.cells.get("number"):
            return self.read("number", _positive, 0)
        _, _, number = self.cells.get("session", "").partition("#")
        return int(number) if number.isdecimal() and len(number) <= _DIGITS else 0

    def at(self, key: str) -> Place:
        """Return where the cell of a column stands, or the row where the file has no such column."""
        column = self.places[key] + 1 if key in self.places else 0
        return Place(self.place.file, self.place.line, column)

    def read(self, key: str, parse: Callable[[str], T], default: T) -> T:
        try:
            return parse(self.cells[key])
        except ValueError:
            text = _CELL.fill(found=self.cells[key]) + _WANTED[key]
            self.faults.append(fault("unreadable-cell", text, self.at(key)))
            return default


def _clock(text: str) -> int:
    """Return a time of day in minutes; spreadsheets write 9:30 as 9:30:00."""
    return parse_clock(re.sub(r"(?<=\d:\d\d):00$", "", unicodedata.normalize("NFKC", text)))


def _positive(text: str) -> int:
    number = int(text) if len(text) <= _DIGITS else 0
    if number < 1:
        raise ValueError(text)
    return number


def _date(text: str) -> date:
    """Return a date with its year; spreadsheets may write midnight behind it."""
    return parse_date(re.sub(r"[ T]0?0:00(:00)?$", "", text))


def _numbered(sessions: list[Session]) -> Iterator[Session]:
    """Keep the numbers of the file; sessions without one get the next free numbers in date order."""
    used: dict[str, set[int]] = defaultdict(set)
    for session in sessions:
        used[session.series].add(session.number)
    free = {series: filterfalse(taken.__contains__, count(1)) for series, taken in used.items()}
    for session in sorted(sessions, key=lambda s: (s.series, s.day, s.start)):
        yield replace(session, number=session.number or next(free[session.series]))


_EMPTY = Text("ファイルに文字がありません", "the file holds no text")
_MISSING = Text("列「{wanted}」がありません", "the columns {wanted} are missing")
_ROW = Text(
    'CSVの行として読めません。引用符(")の閉じ忘れか、13万文字を超える欄がないか見てください ({detail})',
    "cannot be read as a row of CSV: look for a quotation mark left open, or a cell of over"
    " 130,000 characters ({detail})",
)
_CELL = Text("「{found}」が読めません。", "{found!r} cannot be read:")
_NUMBER = Text("1以上の整数を書いてください", "write a whole number of at least 1")
_CLOCK = Text("9:30 の形で書いてください", "write it as 9:30")
_WANTED = {
    "date": Text(
        "実在する日付を年から書いてください(2024-10-12、令和6年10月12日)",
        "write a date that exists, with its year: 2024-10-12",
    ),
    "start": _CLOCK,
    "end": _CLOCK,
    "minutes": _NUMBER,
    "number": _NUMBER,
}
