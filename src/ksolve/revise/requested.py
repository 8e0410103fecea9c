"""What a revision is asked for, from its files: schedules, wishes, history; every fault in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ksolve.calendar import day_text
from ksolve.checker import check
from ksolve.checker.belonging import OTHER_PLAN
from ksolve.clock import clock
from ksolve.errors import PlanError, fault
from ksolve.findings import Finding, Place
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.revise.by_hand import by_hand
from ksolve.revise.keeping import Asked
from ksolve.revise.wish_rows import read_wishes
from ksolve.revise.wishes import Asking, Wish, WishKind, understood
from ksolve.schedules import read_schedule
from ksolve.schedules.naming import find_day
from ksolve.text import Text


@dataclass(frozen=True)
class Files:
    """The files that a revision rests on besides the plan."""

    schedule: Path
    scenarios: tuple[Path, ...] = ()
    wishes: Path | None = None
    printed: Path | None = None
    previous: Path | None = None

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file that is read besides the plan's."""
        return (self.schedule, *self.read, *((self.previous,) if self.previous else ()))

    @property
    def read(self) -> tuple[Path, ...]:
        """The files that are told in the record beside the schedule."""
        return (*self.scenarios, *(path for path in (self.wishes, self.printed) if path))


def asked_of(
    problem: Problem,
    files: Files,
    since: str,
    given: Mapping[str, Sequence[str] | None],
    notice: int,
    refused: Callable[[Iterable[Wish], Problem, date | None], Iterable[Finding]],
    askings: Sequence[Asking] | None = None,
) -> tuple[Schedule, Asked]:
    """Return the schedule to keep to and what is asked.

    `since` is the day before which all is history, `given` are wishes as they are written, by their kind;
    `refused` says which of them no schedule can meet. `askings` are the wishes where they are read already.
    Raises PlanError with every fault of all of them.
    """
    faults: list[Finding] = []
    history: date | None = None
    try:
        history = find_day(since, problem.year) if since else None
    except PlanError as error:
        faults += error.findings
    if askings is None:
        try:
            askings = askings_of(given, files.wishes)
        except PlanError as error:
            faults += error.findings
    base = _read(problem, files.schedule, faults)
    kept = _read(problem, files.printed, faults) if files.printed else None
    wished: tuple[Wish, ...] = ()
    if base is not None:
        try:
            wished = understood(askings or (), problem, kept or base)
        except PlanError as error:
            faults += error.findings
    faults += refused(wished, problem, history)
    if base is not None and kept is not None:
        base, hand_made = by_hand(kept, base, problem, str(files.schedule), history)
        wished = (*wished, *hand_made)  # what of these cannot hold is said, and what can be done instead
    if faults or base is None:
        raise PlanError(faults)
    return base, Asked(wished, history, notice)


def askings_of(given: Mapping[str, Sequence[str] | None], table: Path | None) -> tuple[Asking, ...]:
    """Return the wishes of a command line and of a table, as they are written. Raises PlanError."""
    said = (Asking(WishKind(kind), text) for kind, texts in given.items() for text in texts or ())
    return (*said, *(read_wishes(table) if table else ()))


def _read(problem: Problem, path: Path, faults: list[Finding]) -> Schedule | None:
    """Read a schedule of this plan and year; what it names that the plan does not have is a fault."""
    try:
        schedule = read_schedule(path, problem)
    except PlanError as error:
        faults += error.findings
        return None
    found = check(replace(problem, rules=()), schedule, str(path))
    if found and found[0].rule == OTHER_PLAN:
        faults.append(found[0])
        return None
    faults += [one for one in found if one.rule in _UNUSABLE]
    faults += _twice(schedule, str(path))
    year = problem.year
    outside = [session for session in schedule.sessions if session.day not in year]
    if outside:
        text = _OTHER_YEAR.fill(count=len(outside), first=outside[0].day, year=year)
        faults.append(fault("another-year", text, None))
    return schedule


def _twice(schedule: Schedule, file: str) -> Iterator[Finding]:
    """Yield a fault for each session at whose date and start its series has another."""
    there: set[tuple[str, date, int]] = set()
    for session in schedule.sessions:
        key = (session.series, session.day, session.start)
        if key in there:
            values = {"series": session.series, "day": day_text(session.day), "start": clock(session.start)}
            place = Place(file, session.line) if session.line else None
            yield fault("twice-at-once", _TWICE.fill(**values), place, _ONE)
        there.add(key)


_UNUSABLE = ("unknown-series", "duplicate-session", "contradicting-cell")
"""What makes it unclear which session of a file is meant; all else is what one revises for."""


_TWICE = Text("{series} の回が {day} {start} に二つあります", "{series} has two sessions on {day} at {start}")
_ONE = Text(
    "どちらかを別の日時にするか、行を消してください",
    "give one of them another date or start, or leave the row out",
)
_OTHER_YEAR = Text(
    "{count}回が計画の年度({year})の外にあります(最初は {first})。別の年度の予定ではありませんか",
    "{count} sessions lie outside the plan's year ({year}), the first on {first}: is it another year's?",
)
