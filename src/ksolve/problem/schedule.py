"""A schedule: dated sessions, numbered within their series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from ksolve.calendar import WEEKDAYS_EN, show_day
from ksolve.clock import clock
from ksolve.findings import Finding
from ksolve.problem.data import Series
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Session:
    """One occurrence of a series.

    `start` is in minutes after midnight. `rooms` and `staff` name units; a session held
    together with another names that one in `held_with` and shares its rooms and staff.
    `line` is the line of the schedule file it was read from, 0 for none. `uid` is what makes it the
    same session when it moves or is numbered anew (ksolve.identity); empty until it is written.
    """

    series: str
    number: int
    day: date
    start: int
    minutes: int
    rooms: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    held_with: str = ""
    line: int = 0
    uid: str = field(default="", compare=False)

    @property
    def id(self) -> str:
        """``series#number``, unique within a schedule."""
        return f"{self.series}#{self.number}"

    @property
    def units(self) -> tuple[str, ...]:
        """The rooms and members of staff that the session names."""
        return (*self.rooms, *self.staff)

    @property
    def end(self) -> int:
        """The minute after midnight at which the session is over."""
        return self.start + self.minutes

    def overlaps(self, other: Session) -> bool:
        """Tell whether two sessions share a moment."""
        return self.day == other.day and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Schedule:
    """Sessions in order of date, start and series.

    `contradictions` are what the file that it was read from says twice, and differently; `notes`
    what was filled in that it leaves out.
    """

    sessions: tuple[Session, ...]
    contradictions: tuple[Finding, ...] = ()
    notes: tuple[Text, ...] = ()

    @classmethod
    def of(cls, sessions: Iterable[Session]) -> Schedule:
        """Return a schedule of sessions in any order."""
        return cls(tuple(sorted(sessions, key=lambda s: (s.day, s.start, s.series, s.number))))

    @cached_property
    def by_series(self) -> dict[str, tuple[Session, ...]]:
        """The sessions of each series, in date order."""
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.sessions:
            found[session.series].append(session)
        return {name: tuple(sorted(held, key=lambda s: (s.day, s.start))) for name, held in found.items()}

    def of_series(self, series: Sequence[Series]) -> tuple[Session, ...]:
        """Return the sessions of some series, in date order."""
        if len(series) == 1:
            return self.by_series.get(series[0].id, ())
        sessions = [session for one in series for session in self.by_series.get(one.id, ())]
        return tuple(sorted(sessions, key=lambda s: (s.day, s.start, s.series)))

    @cached_property
    def by_id(self) -> dict[str, Session]:
        """Each session by its id."""
        return {session.id: session for session in self.sessions}


def numbered(sessions: Iterable[Session]) -> Schedule:
    """Return a schedule whose sessions carry 1, 2, ... in date order within each series."""
    counts: dict[str, int] = defaultdict(int)
    done: list[Session] = []
    for session in Schedule.of(sessions).sessions:
        counts[session.series] += 1
        done.append(replace(session, number=counts[session.series]))
    return Schedule.of(done)


def label(session: Session, series: Series | None) -> Text:
    """Return a session as people call it: ``専門相談 第3回 2024-06-12(水) 10:00``."""
    name = series.name if series else session.series
    day = session.day
    if series and series.reserve_of:
        return Text(
            f"{name} {show_day(day)} {clock(session.start)}",
            f"{name} {day.isoformat()}({WEEKDAYS_EN[day.weekday()]}) {clock(session.start)}",
        )
    return Text(
        f"{name} 第{session.number}回 {show_day(day)} {clock(session.start)}",
        f"{name} #{session.number} {day.isoformat()}({WEEKDAYS_EN[day.weekday()]}) {clock(session.start)}",
    )
