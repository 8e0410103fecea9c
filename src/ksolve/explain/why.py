"""Why a session is where it is: the days open to it, what takes the others, what the next best cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ksolve.checker import costs
from ksolve.explain.days import Obstacle, days_open
from ksolve.explain.placing import Placing, place
from ksolve.findings import Place
from ksolve.problem import Posted, Problem, Tier
from ksolve.problem.case import Case
from ksolve.problem.schedule import Schedule, Session
from ksolve.solver.search.interrupting import listening
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Taken:
    """So many days that a reason takes away, each counted under the first reason only."""

    days: int
    reason: Text
    rule: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Preference:
    """A soft rule of the session's series: at how many of the other places it costs more, and less."""

    posted: Posted
    dearer: int
    cheaper: int


@dataclass(frozen=True)
class Why:
    """What decides where a session is.

    Of `days` in the year, `taken` by rules on the session alone leave `open_days`. With all other
    sessions where they are, `here` are the days and starts that hold besides its own, cheapest
    first; `in_the_way` counts what blocks the other open days. `complete` is False where an interrupt
    left days unasked.
    """

    session: Session
    days: int
    open_days: int
    taken: tuple[Taken, ...]
    here: tuple[Placing, ...]
    in_the_way: tuple[Taken, ...]
    costs: dict[Tier, int]
    preferences: tuple[Preference, ...]
    complete: bool = True


def why(problem: Problem, base: Schedule, session: Session, tell: Callable[[int, int], None]) -> Why:
    """Ask each day of the year, with all other sessions of a schedule that holds where they are.

    `tell` is called with the days asked so far and their number.
    """
    series = next(one for one in problem.series if one.id == session.series)
    left, taken = days_open(series, problem.year.days, problem)
    held = {(other.day, other.start) for other in base.of_series([series])}
    holding: list[Placing] = []
    blocked: dict[date, Obstacle] = {}
    complete = True
    with listening() as stop:
        for number, (day, starts) in enumerate(left.items(), start=1):
            if stop.asked:
                complete = False
                break
            asked = [start for start in starts if (day, start) not in held]
            placed = [place(problem, base, session, day, start) for start in asked]
            holding += [one for one in placed if one.schedule is not None]
            if placed and all(one.schedule is None for one in placed):
                blocked[day] = placed[0].in_the_way[0]
            tell(number, len(left))
    holding.sort(key=lambda one: (tuple(one.costs.values()), one.day, one.start))
    return Why(
        session,
        len(problem.year.days),
        len(left),
        _counted(taken),
        tuple(holding),
        _counted(blocked),
        costs(problem, base),
        tuple(_preferences(problem, base, session, holding)),
        complete,
    )


def _counted(obstacles: dict[date, Obstacle]) -> tuple[Taken, ...]:
    counts = Counter((one.reason, one.rule, one.place) for one in obstacles.values())
    return tuple(Taken(days, *key) for key, days in counts.most_common())


def _preferences(
    problem: Problem, base: Schedule, session: Session, placed: list[Placing]
) -> list[Preference]:
    """Compare what each soft rule of the series costs here and at the other places."""
    found: list[Preference] = []
    for posted in problem.rules:
        if posted.tier is None or all(one.id != session.series for one in posted.series):
            continue
        here = _cost(posted, problem, base)
        there = [_cost(posted, problem, one.schedule) for one in placed if one.schedule]
        dearer, cheaper = sum(cost > here for cost in there), sum(cost < here for cost in there)
        if dearer or cheaper:
            found.append(Preference(posted, dearer, cheaper))
    return sorted(found, key=lambda one: (one.posted.tier or 0, -one.dearer))


def _cost(posted: Posted, problem: Problem, schedule: Schedule) -> int:
    breaches = posted.rule.check(posted, Case(problem, schedule))
    return posted.weight * sum(breach.amount for breach in breaches)
