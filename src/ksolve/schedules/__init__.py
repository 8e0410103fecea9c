"""A schedule from a file that a person, a calendar or this program wrote."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import count, filterfalse
from pathlib import Path
from typing import TypeVar

from ksolve.calendar import WEEKDAYS, FiscalYear, parse_date, parse_day
from ksolve.clock import DAY_MINUTES, parse_clock
from ksolve.errors import PlanError, fault
from ksolve.findings import Finding
from ksolve.letters import narrow
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Schedule, Session
from ksolve.schedules.contradictions import contradictions, out_of_order
from ksolve.schedules.filling import filled
from ksolve.schedules.filling import said as said_of
from ksolve.schedules.headers import headers_of
from ksolve.schedules.lines import Line
from ksolve.schedules.matching import SHARED_OUT, Names, shared_out
from ksolve.schedules.source import read_source
from ksolve.schedules.year_sheet import differences
from ksolve.text import Text

T = TypeVar("T")
_DIGITS = 9
"""The longest number that is read as one."""
_EXCEL_ZERO = date(1899, 12, 30)
"""Excel counts the days of its dates from here; a bare number of five digits is such a count."""
_SECOND = 1 / 60

__all__ = ["read_schedule"]


def read_schedule(path: Path, problem: Problem, columns: Sequence[str] = (), sheet: str = "") -> Schedule:
    """Read a schedule from CSV, tab-separated text, xlsx or ICS.

    `columns` are ``ours=theirs`` for columns with names of their own; `sheet` names the sheet of a
    book. A session is known by its series, else by the name of its programme. A start, a length, rooms
    and staff that the file leaves out are filled in where the plan allows one way or any, and the
    schedule's `notes` say so. What the plan does not have, and cells that contradict one another, are
    kept for the checker to report. Raises PlanError with the place of every cell that cannot be read.
    """
    lines, year = read_source(path, headers_of(columns), sheet)
    reading = _Reading(problem)
    sessions = [reading.session(line) for line in lines]
    if reading.faults:
        raise PlanError(reading.faults)
    schedule = reading.schedule(sessions, lines)
    said = tuple(differences(year, schedule.sessions, problem))
    return replace(schedule, contradictions=(*schedule.contradictions, *said))


@dataclass
class _Reading:
    """What is known while the lines of a file are read."""

    problem: Problem
    faults: list[Finding] = field(default_factory=list)
    choices: dict[int, Sequence[Series]] = field(default_factory=dict)
    ends: list[Mapping[str, int]] = field(default_factory=list)
    lengths: int = 0
    starts: int = 0
    serials: int = 0

    def __post_init__(self) -> None:
        self.names = Names(self.problem)
        self._year = self.problem.year

    def _date(self, text: str) -> date:
        plain = narrow(text).strip()
        if not re.fullmatch(r"\d{5}", plain):
            return _date(text, self._year)
        self.serials += 1
        return _EXCEL_ZERO + timedelta(days=int(plain))

    def session(self, line: Line) -> Session:
        """Return the session of a line; what cannot be read is added to the faults."""
        owners = self._owners(line)
        if len(owners) > 1:
            self.choices[len(self.ends)] = owners
        owner = owners[0] if owners else None
        start, ends = self._times(line, owner)
        length = self._read(line, "minutes", _positive, 0) if line.cells.get("minutes") else 0
        self.ends.append(ends)
        minutes = length or max(0, next(iter(ends.values()), 0) - start)
        if not minutes and owner:
            self.lengths += 1
            minutes = owner.minutes
        return Session(
            series=owner.id if owner else line.cells.get("series") or line.cells.get("name", ""),
            number=self._number(line),
            day=self._day(line),
            start=start,
            minutes=minutes,
            rooms=_listed(line.cells.get("room", "")),
            staff=_listed(line.cells.get("staff", "")),
            held_with=line.cells.get("held_with", ""),
            uid=line.cells.get("uid", ""),
            line=line.line,
        )

    def _owners(self, line: Line) -> Sequence[Series]:
        """Return the series that a line may belong to: by its series, its session's id, or its name."""
        stated = line.cells.get("series") or line.cells.get("session", "").partition("#")[0]
        if stated:
            owner = self.names.by_id.get(stated)
            return (owner,) if owner else self.names.of(stated)
        name = line.cells.get("name", "")
        if not name:
            self.faults.append(fault("unreadable-cell", _NAMELESS, line.at("name")))
        return self.names.of(name)

    def _times(self, line: Line, owner: Series | None) -> tuple[int, Mapping[str, int]]:
        """Return the start in minutes after midnight, and the end by the columns that tell it."""
        text = line.cells.get("start", "")
        first, dash, last = _span(text)
        if not text and owner and len(owner.starts) == 1:
            self.starts += 1
            return owner.starts[0], dict(self._end(line))
        if not text:
            self.faults.append(fault("missing-start", _NO_START, line.at("start"), _WRITE_START))
            return 0, {}
        start = self._parse(line, "start", first, _clock, 0)
        ends = dict(self._end(line))
        if dash and last:
            half = first[:2] if first.startswith(("午前", "午後")) and "午" not in last else ""
            ends["start"] = self._parse(line, "start", half + last, _clock, 0)
        return start, ends

    def _end(self, line: Line) -> Iterator[tuple[str, int]]:
        if line.cells.get("end"):
            yield "end", self._read(line, "end", _clock, 0)

    def _day(self, line: Line) -> date:
        day = self._read(line, "date", self._date, date.min)
        last = line.cells.get("last_day")
        if last and self._read(line, "last_day", self._date, day) != day:
            self.faults.append(fault("several-days", _DAYS, line.at("last_day"), _ONE_EACH))
        return day

    def _number(self, line: Line) -> int:
        """Return the number of a line, or the one within its id; 0 for none."""
        text = line.cells.get("number", "")
        if text:
            return self._parse(line, "number", text, _ordinal, 0)
        _, _, number = line.cells.get("session", "").partition("#")
        return int(number) if number.isdecimal() and len(number) <= _DIGITS else 0

    def _read(self, line: Line, key: str, parse: Callable[[str], T], default: T) -> T:
        return self._parse(line, key, line.cells.get(key, ""), parse, default)

    def _parse(self, line: Line, key: str, text: str, parse: Callable[[str], T], default: T) -> T:
        try:
            return parse(text)
        except ValueError:
            found = line.cells.get(key, "")
            said = (_CELL.fill(found=found) if found else _EMPTY) + _WANTED[key]
            self.faults.append(fault("unreadable-cell", said, line.at(key)))
            return default

    def schedule(self, sessions: Sequence[Session], lines: Sequence[Line]) -> Schedule:
        """Return the schedule with what its lines contradict, and what was filled in."""
        owners = self.names.by_id
        given = shared_out(sessions, self.choices)
        said: list[Finding] = []
        for place, (line, session, ends) in enumerate(zip(lines, given, self.ends, strict=True)):
            owner = owners.get(session.series)
            by_name = owner is not None and line.cells.get("series") != owner.id
            cells = {**line.cells, "name": ""} if by_name or place in self.choices else line.cells
            said += contradictions(cells, session, ends, owner, line.at)
        by_id = {session.id: line for line, session in zip(lines, given, strict=True)}
        numbered = [session for session in given if session.number]
        said += out_of_order(numbered, owners, lambda name: by_id[name].at("number"))
        done = filled(list(_numbered(given)), self.problem, lambda n: lines[n].place)
        notes = [*self._notes(), *said_of(done)]
        return replace(Schedule.of(done.sessions), contradictions=(*said, *done.lacking), notes=tuple(notes))

    def _notes(self) -> Iterator[Text]:
        if self.choices:
            yield SHARED_OUT.fill(count=len(self.choices))
        if self.starts:
            yield _STARTS.fill(count=self.starts)
        if self.serials:
            yield _SERIALS.fill(count=self.serials)
        if self.lengths:
            yield _LENGTHS.fill(count=self.lengths)


@lru_cache(maxsize=4096)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;；]", text) if part.strip())


@lru_cache(maxsize=4096)
def _span(text: str) -> tuple[str, str, str]:
    """Part 9:30～11:30 into its start, a dash, and its end; the last two are empty where it has none."""
    first, dash, last = _DASH.sub("~", narrow(text)).partition("~")
    return first.strip(), dash, last.strip()


_DASH = re.compile(r"\s*(?:~|(?<=[\d分半時])-)\s*")


@lru_cache(maxsize=4096)
def _date(text: str, year: FiscalYear) -> date:
    """Return a date; one without its year is in the plan's. A weekday beside it must be its own."""
    plain = re.sub(r"[ T]\d?\d:\d\d(:\d\d)?$", "", narrow(text).strip())
    found = re.fullmatch(r"(.*?)\s*\((.)(?:曜日?)?(?:[・,].*)?\)", plain)
    plain, weekday = (found[1], found[2]) if found else (plain, "")
    has_year = not re.fullmatch(r"\d{1,2}(?:/\d{1,2}|月\d{1,2}日)", plain)
    day = parse_date(plain) if has_year else parse_day(plain).within(year)
    if weekday and weekday in WEEKDAYS and weekday != WEEKDAYS[day.weekday()]:
        raise ValueError(text)
    return day


@lru_cache(maxsize=4096)
def _clock(text: str) -> int:
    """Return a time of day in minutes; spreadsheets write 9:30 as 9:30:00, or with its date."""
    plain = narrow(text).strip()
    if re.fullmatch(r"0?\.\d+|0", plain):  # a part of a day, as Excel keeps times
        minutes = float(plain) * DAY_MINUTES
        if abs(minutes - round(minutes)) > _SECOND:
            raise ValueError(text)
        return round(minutes)
    return parse_clock(re.sub(r"(?<=\d:\d\d):00$", "", re.sub(r"^\d{4}-\d\d-\d\d[ T](?=\d)", "", plain)))


@lru_cache(maxsize=4096)
def _ordinal(text: str) -> int:
    return _positive(re.sub(r"^第|回$", "", text.strip()))


def _positive(text: str) -> int:
    number = int(text) if len(text) <= _DIGITS else 0
    if number < 1:
        raise ValueError(text)
    return number


def _numbered(sessions: Sequence[Session]) -> Iterator[Session]:
    """Keep the numbers of the file; sessions without one get the next free numbers in date order."""
    used: dict[str, set[int]] = defaultdict(set)
    for session in sessions:
        used[session.series].add(session.number)
    free = {series: filterfalse(taken.__contains__, count(1)) for series, taken in used.items()}
    order = sorted(
        (n for n, session in enumerate(sessions) if not session.number),
        key=lambda n: (sessions[n].series, sessions[n].day, sessions[n].start),
    )
    numbers = {n: next(free[sessions[n].series]) for n in order}
    for place, session in enumerate(sessions):
        yield session if session.number else replace(session, number=numbers[place])


_NAMELESS = Text("事業(または系列)が書かれていません", "names neither a series nor a programme")
_DAYS = Text("何日も続く回です", "the session lasts several days")
_ONE_EACH = Text("1日ごとに1行で書いてください", "write one line for each date")
_NO_START = Text("開始時刻がありません", "the start is missing")
_WRITE_START = Text(
    "計画で時刻が一つに決まっている事業のほかは、開始の列に 9:30 の形で書いてください",
    "write it as 9:30 in the column 開始 (start); only a programme with one start can do without",
)
_STARTS = Text(
    "開始時刻のない{count}回は、計画の時刻(一つだけのもの)で調べました",
    "{count} sessions without a start are taken at the only start of their programme",
)
_SERIALS = Text(
    "日付の欄の5桁の数{count}件は、Excel の日付の通し番号として読みました",
    "{count} numbers of five digits are read as the days that Excel counts for dates",
)
_LENGTHS = Text(
    "終了時刻のない{count}回は、計画の長さで調べました",
    "{count} sessions without an end are taken to last as long as the plan says",
)
_CELL = Text("「{found}」が読めません。", "{found!r} cannot be read:")
_EMPTY = Text("空です。", "it is empty:")
_NUMBER = Text("1以上の整数を書いてください", "write a whole number of at least 1")
_CLOCK = Text("9:30 の形で書いてください", "write it as 9:30")
_DATE = Text(
    "実在する日付を年から書いてください(2024-10-12、令和6年10月12日)。曜日を添えるならその日の曜日です",
    "write a date that exists, with its year: 2024-10-12; a weekday beside it must be that of the date",
)
_WANTED = {
    "date": _DATE,
    "last_day": _DATE,
    "start": _CLOCK,
    "end": _CLOCK,
    "minutes": _NUMBER,
    "number": _NUMBER,
}
