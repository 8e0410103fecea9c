"""What takes the days of a period away from one series, one reason after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from ksolve.clock import covers
from ksolve.problem import Need, Problem, Series
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
    Weekdays,
)
from ksolve.schedule import Schedule, Session
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


def days_left(series: Series, days: Sequence[date], problem: Problem) -> tuple[int, list[tuple[Text, int]]]:
    """Return how many of the days a session of the series alone could be held on, and why not the others.

    Each lost day is counted once, under the first reason that takes away its last start.
    """
    left = 0
    reasons: Counter[Text] = Counter()
    for day in days:
        why = [_obstacle(series, day, start, problem) for start in series.starts]
        if None in why:
            left += 1
        else:
            reasons[next(reason for reason in why if reason)] += 1
    return left, reasons.most_common()


def _obstacle(series: Series, day: date, start: int, problem: Problem) -> Text | None:
    """Return the first thing in the way of a session, None where it could be held."""
    session = Session(series.id, 1, day, start, series.minutes)
    case = Case(problem, Schedule((session,)))
    for kind, why in _WHY.items():
        for posted in problem.rules:
            applies = isinstance(posted.rule, kind) and posted.tier is None and series in posted.series
            if applies and any(posted.rule.check(posted, case)):
                return why
    return next((lack for need in series.needs if (lack := _lack(need, session, problem))), None)


def _lack(need: Need, session: Session, problem: Problem) -> Text | None:
    resources = [resource for pool in need.pools for resource in problem.of_pool(pool)]
    there = [r for r in resources if covers(r.hours(session.day), session.start, session.end)]
    if sum(len(resource.units) for resource in there) >= need.amount:
        return None
    names = plain("・".join(dict.fromkeys(resource.name for resource in resources)))
    return (_NO_ROOM if need.kind == "room" else _NO_STAFF).fill(names=names)


_NO_ROOM = Text("{names}が使えない日", "without {names}")
_NO_STAFF = Text("{names}がいない日", "without {names}")
