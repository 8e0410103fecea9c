"""The tidy table of a schedule: one row a session, the same columns in CSV and in the データ sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from ksolve.calendar import WEEKDAYS
from ksolve.clock import clock
from ksolve.files.separated import csv_bytes
from ksolve.problem import Problem, Series
from ksolve.problem.identity import identified
from ksolve.problem.schedule import Schedule, Session
from ksolve.text import Text

UNIT_SEPARATOR = "; "
YEAR_KEY = "ksolve"
"""Heads the hidden column of the year's table in a book that says which programme a row is."""
OTHERS_KEY = "external"
"""Stands in that column beside what others hold, which is no session."""
T = TypeVar("T")


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
    Column("room", Text("部屋", "room"), lambda s, _: UNIT_SEPARATOR.join(s.rooms)),
    Column("staff", Text("職員", "staff"), lambda s, _: UNIT_SEPARATOR.join(s.staff)),
    Column("held_with", Text("併せて実施", "held with"), lambda s, _: s.held_with),
    Column("uid", Text("識別子", "uid"), lambda s, _: s.uid),
    Column("published_line", Text("公表表の行", "published line"), lambda _, o: str(o.published_line or "")),
)


def rows_of(schedule: Schedule, problem: Problem) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each session, in the order of COLUMNS."""
    owners = {series.id: series for series in problem.series}
    for session in identified(schedule, problem).sessions:
        yield tuple(column.cell(session, owners[session.series]) for column in COLUMNS)


def schedule_csv(schedule: Schedule, problem: Problem) -> bytes:
    """Return a schedule as CSV in UTF-8 with a byte order mark, as Excel wants it."""
    return csv_bytes([[column.key for column in COLUMNS], *rows_of(schedule, problem)])
