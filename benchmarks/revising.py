"""Revising: the stories of a printed calendar, and one absence in one of many centres.

Run with ``make bench``. For each story: seconds to the first schedule, to the proof that no plan
changes fewer sessions, and to the end, with the processor time of all; the number of changes. What is
wanted: each proof within 10 s on 2 cores, and one absence among 32 centres as fast as in one.
"""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from instances import instance

from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.revise import Asked, Asking, Revision, Wish, WishKind, revise, understood
from ksolve.solver import Options, Progress
from ksolve.verified import solve

LIMIT_S = 120.0
STAFF_DAY = date(2024, 6, 20)
SEPTEMBER = date(2024, 9, 10)
FORTNIGHT = [date(2024, 9, 17) + timedelta(days=n) for n in range(11)]


@dataclass
class Course:
    """When a search had its first schedule, and the proof of the fewest changes."""

    began: float
    first_s: float | None = None
    proven_s: float | None = None

    def watch(self, progress: Progress) -> None:
        """Note what a better schedule tells."""
        now = time.monotonic() - self.began
        self.first_s = self.first_s or now
        moves = next((one for one in progress.tiers if one.tier is Tier.CHANGES), None)
        if moves is not None and moves.proven and self.proven_s is None:
            self.proven_s = now


def main() -> None:
    """Print a line for each story, and all of them as JSON."""
    rows = []
    for name, story in _stories():
        rows.append({"story": name, **story()})
        print("  ".join(f"{key} {value}" for key, value in rows[-1].items()), flush=True)
    print(json.dumps(rows, ensure_ascii=False))


def _stories() -> Iterator[tuple[str, Callable[[], dict[str, object]]]]:
    problem = instance("koganei")
    printed = _printed(problem)
    closed = _away(problem, "", [STAFF_DAY])
    absent = _away(problem, "shinri", FORTNIGHT)
    yield "a day closed and a session moved", partial(_measured, closed, printed, _wished(closed, printed))
    yield (
        "September without the psychologist",
        partial(_measured, absent, printed, Asked(history=SEPTEMBER)),
    )
    yield "nothing new", partial(_measured, problem, printed, Asked())
    for count in (1, 32):
        many = instance(f"centres-{count}")
        ill = _away(many, "c1-shinri", FORTNIGHT)
        yield f"an absence in one of {count} centres", partial(_measured, ill, _printed(many), Asked())


def _printed(problem: Problem) -> Schedule:
    answer = solve(problem, Options(LIMIT_S))
    if answer.schedule is None:
        raise SystemExit(f"{problem.id}: {answer.verdict}")
    return answer.schedule


def _away(problem: Problem, pool: str, days: list[date]) -> Problem:
    """Return the problem in which a pool (empty: all rooms and pools) is not there on some days."""
    gone: dict[date, tuple[tuple[int, int], ...]] = dict.fromkeys(days, ())
    resources = (
        replace(one, exceptions={**one.exceptions, **gone}) if one.pool == pool or not pool else one
        for one in problem.resources
    )
    return replace(problem, resources=tuple(resources))


def _wished(problem: Problem, printed: Schedule) -> Asked:
    wishes: tuple[Wish, ...] = understood(
        [Asking(WishKind.MOVE, "senmon-sodan#5=7/9 9:30")], problem, printed
    )
    return Asked(wishes)


def _measured(problem: Problem, printed: Schedule, asked: Asked) -> dict[str, object]:
    course = Course(time.monotonic())
    before = _processor_s()
    revision: Revision = revise(problem, printed, asked, Options(LIMIT_S), course.watch)
    moves = revision.tier(Tier.CHANGES)
    return {
        "first_s": _shown(course.first_s),
        "proven_s": _shown(course.proven_s),
        "seconds": _shown(time.monotonic() - course.began),
        "processor_s": _shown(_processor_s() - before),
        "changes": moves.value if moves else None,
        "bound": moves.bound if moves else None,
    }


def _processor_s() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def _shown(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


if __name__ == "__main__":
    main()
