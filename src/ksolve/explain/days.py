"""What takes the days of a period away from one series, one reason after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ksolve.clock import covers
from ksolve.findings import Place
from ksolve.problem import Need, Posted, Problem, Series
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules import (
    BesideClosures,
    Case,
    InDates,
    InMonths,
    MonthDays,
    OffDates,
    Opening,
    Rule,
    StartTimes,
    Together,
    Weekdays,
)
from ksolve.rules.needs import suitable
from ksolve.text import Text, plain

_WHY: dict[type[Rule], Text] = {
    Opening: Text("休館", "closed"),
    Weekdays: Text("曜日が違う日", "on another weekday"),
    InMonths: Text("月が違う日", "in another month"),
    InDates: Text("期間の外の日", "outside its dates"),
    MonthDays: Text("日が違う日", "on another day of the month"),
    OffDates: Text("行わない日", "forbidden"),
    BesideClosures: Text("祝日・休館日の隣の日", "beside a closure"),
    StartTimes: Text("時刻が合わない日", "at another time"),
}
"""The rules that take a day away from one session by itself, in the order in which they are blamed."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way of a session: in short, in full, and the rule and place that say so."""

    reason: Text
    text: Text
    rule: str
    place: Place | None = None


def days_left(series: Series, days: Sequence[date], problem: Problem) -> tuple[int, list[tuple[Text, int]]]:
    """Return how many of the days a session of the series alone could be held on, and why not the others.

    Each lost day is counted once, under the first reason that takes away its last start.
    """
    left, taken = days_open(series, days, problem)
    reasons: Counter[Text] = Counter()
    for obstacle in taken.values():
        reasons[obstacle.reason] += 1
    return len(left), reasons.most_common()


def days_open(
    series: Series, days: Sequence[date], problem: Problem
) -> tuple[dict[date, tuple[int, ...]], dict[date, Obstacle]]:
    """Return the starts that each day leaves to one session alone, and what takes the other days away."""
    own = restrictions(series, problem)
    left: dict[date, tuple[int, ...]] = {}
    taken: dict[date, Obstacle] = {}
    for day in days:
        met = {start: next(obstacles(series, day, start, problem, own), None) for start in series.starts}
        starts = tuple(start for start, obstacle in met.items() if obstacle is None)
        if starts:
            left[day] = starts
        else:
            taken[day] = next(obstacle for obstacle in met.values() if obstacle)
    return left, taken


def restrictions(series: Series, problem: Problem) -> tuple[Posted, ...]:
    """Return the hard rules that take days away from one session by itself, in the order of blame."""
    return tuple(
        posted
        for kind in _WHY
        for posted in problem.rules
        if isinstance(posted.rule, kind) and posted.tier is None and series in posted.series
    )


def obstacles(
    series: Series, day: date, start: int, problem: Problem, own: Sequence[Posted], number: int = 1
) -> Iterator[Obstacle]:
    """Yield everything in the way of one session by itself, whatever else is held.

    `own` are the `restrictions` of the series. A session that may share another's room and staff
    lacks none.
    """
    session = Session(series.id, number, day, start, series.minutes)
    case = Case(problem, Schedule((session,)))
    for posted in own:
        for breach in posted.rule.check(posted, case):
            yield Obstacle(_WHY[type(posted.rule)], breach.text, posted.rule.name, posted.place)
    for need in series.needs:
        lack = _lack(need, session, problem)
        if lack and not _is_guest(series, problem):
            place = next((r.place for pool in need.pools for r in problem.of_pool(pool)), None)
            yield Obstacle(lack, lack, "needs", place)


def _is_guest(series: Series, problem: Problem) -> bool:
    return any(
        isinstance(posted.rule, Together) and posted.rule.shared and posted.series[0] == series
        for posted in problem.rules
    )


def _lack(need: Need, session: Session, problem: Problem) -> Text | None:
    resources = [resource for pool in need.pools for resource in problem.of_pool(pool)]
    able = suitable(need, problem)
    there = [r for r in able if covers(r.hours(session.day), session.start, session.end)]
    if sum(len(resource.units) for resource in there) >= need.amount:
        return None
    names = plain("・".join(dict.fromkeys(resource.name for resource in resources)))
    return (_NO_ROOM if need.kind == "room" else _NO_STAFF).fill(names=names)


_NO_ROOM = Text("{names}が使えない日", "without {names}")
_NO_STAFF = Text("{names}がいない日", "without {names}")
