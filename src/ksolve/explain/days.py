"""What takes the days of a period away from one series, one reason after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ksolve.clock import covers
from ksolve.findings import Place
from ksolve.problem import Need, Posted, Problem, Series
from ksolve.problem.case import Case
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.needs import suitable
from ksolve.text import Text, plain


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
    own = (p for p in problem.rules if p.rule.blamed and p.tier is None and series in p.series)
    return tuple(sorted(own, key=lambda posted: posted.rule.blamed.turn if posted.rule.blamed else 0))


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
            why = posted.rule.blamed.text if posted.rule.blamed else posted.rule.title
            yield Obstacle(why, breach.text, posted.rule.name, posted.place)
    for need in series.needs:
        lack = _lack(need, session, problem)
        if lack and series.id not in problem.hosts:
            place = next((r.place for pool in need.pools for r in problem.of_pool(pool)), None)
            yield Obstacle(lack, lack, "needs", place)


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
