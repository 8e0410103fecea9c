"""Why a plan cannot be met: every cause, and the ways out that were proved to suffice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from ksolve.errors import PlanError
from ksolve.expand import expand
from ksolve.explain.causes import causes
from ksolve.explain.conflict import Conflict, Judge
from ksolve.explain.elements import Subject
from ksolve.explain.others_kept import with_others_kept
from ksolve.explain.repair import Repair
from ksolve.explain.repairs import repaired, repairs_of, suffices
from ksolve.plan.schema import Plan
from ksolve.problem.schedule import Schedule
from ksolve.solver import Options, Verdict
from ksolve.solver.search.interrupting import listening
from ksolve.text import Text
from ksolve.verified import solve


@dataclass(frozen=True)
class WayOut:
    """A repair of one cause (`cause` counts from 0), with those of the other causes that it needs beside it.

    `plan` with `schedule` are the proof; without a schedule it was not proved in time that it
    suffices for the whole plan.
    """

    cause: int
    repair: Repair
    beside: tuple[Repair, ...]
    plan: Plan
    schedule: Schedule | None

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """All repairs that are made."""
        return (self.repair, *self.beside)


@dataclass
class Explanation:
    """What has been proved so far; an interrupt keeps it.

    `feasible` tells whether the plan as it stands can be held: False is said only with a
    conflict that two runs proved, None means not known.
    """

    conflicts: tuple[Conflict, ...] = ()
    ways: list[WayOut] = field(default_factory=list)
    feasible: bool | None = None
    interrupted: bool = False


Note = Callable[[Text], None]
PROVED = 5
"""So many ways out of each cause are proved for the whole plan; `--ways` asks for another number."""


def explain(plan: Plan, limit_s: float, note: Note = lambda _text: None, wanted: int = PROVED) -> Explanation:
    """Return the causes and at most `wanted` proved ways out of each, as far as the time goes."""
    with listening() as stop:
        subject = Subject(plan)
        judge = Judge(subject, limit_s)
        note(_WHOLE)
        if _whole(subject, judge):  # one question answers for a plan that can be held
            return Explanation(feasible=True, interrupted=stop.asked)
        note(_PARTS)
        result = Explanation(causes(subject, judge, note))
        if result.conflicts:
            result.feasible = False
            if wanted:
                _repair(subject, result, judge, note, wanted)
            if wanted and not any(way.schedule for way in result.ways):
                goes_on = judge.left_s > 0 and not stop.asked
                deeper = causes(subject, judge, note, deep=True) if goes_on else ()
                if deeper:  # what is known already is not given up for a search that found nothing
                    result.conflicts = deeper
                    result.ways.clear()
                    _repair(subject, result, judge, note, wanted)
        else:
            holds = judge.holds(subject.elements)
            result.feasible = holds or None
        result.interrupted = stop.asked
    return result


def _whole(subject: Subject, judge: Judge) -> bool:
    """Tell whether the whole plan was found to hold, in a part of the time that leaves enough for causes."""
    quick = replace(judge, limit_s=judge.limit_s * _WHOLE_SHARE)
    return quick.holds(subject.elements) is True


def _repair(subject: Subject, result: Explanation, judge: Judge, note: Note, wanted: int) -> None:
    note(_REPAIRS)
    offered = [_Offer(repairs_of(subject, conflict, judge)) for conflict in result.conflicts]
    concerned = frozenset[str]().union(
        *(subject.programmes(e) for c in result.conflicts for e in c.elements if subject.demands(e))
    )
    for way in _ways(subject, result.conflicts, offered, concerned, judge, wanted):
        result.ways.append(way)
        note(_WAY.fill(number=len(result.ways), text=way.repair.text))


class _Offer:
    """Repairs of one cause, looked for one after the other; the first is asked for again and again."""

    def __init__(self, repairs: Iterator[Repair]) -> None:
        self.first = next(repairs, None)
        self._others = repairs

    def __iter__(self) -> Iterator[Repair]:
        """Yield the first and the others, once."""
        return chain([self.first] if self.first else [], self._others)


def _ways(
    subject: Subject,
    conflicts: Sequence[Conflict],
    offered: Sequence[_Offer],
    concerned: frozenset[str],
    judge: Judge,
    wanted: int,
) -> Iterator[WayOut]:
    """Prove repairs in their order, with the cheapest of the other causes beside that they leave.

    Once there is a schedule, those after it are first looked for with the programmes `concerned` alone.
    """
    said: set[frozenset[str]] = set()
    for cause, repairs in enumerate(offered):
        others = [
            (conflict, offer.first)
            for conflict, offer in zip(conflicts, offered, strict=True)
            if offer is not repairs and offer.first
        ]
        baseline: Schedule | None = None
        proved = 0
        for repair in repairs:
            if proved == wanted or judge.left_s <= 0:
                break
            beside = _beside(subject, repair, others, judge)
            together = frozenset(one.text.ja for one in (repair, *beside))
            if together in said:
                continue
            said.add(together)
            try:
                plan = repaired(subject.plan, (repair, *beside))
            except (PlanError, ValueError):
                continue
            verdict, schedule = _proof(plan, judge.left_s * _PROOF_SHARE, baseline, concerned)
            if verdict is Verdict.INFEASIBLE:
                continue
            baseline = schedule or baseline
            proved += schedule is not None
            yield WayOut(cause, repair, beside, plan, schedule)


def _beside(
    subject: Subject, repair: Repair, others: Sequence[tuple[Conflict, Repair]], judge: Judge
) -> tuple[Repair, ...]:
    """Return what has to be done about the other causes where a repair does not resolve them too.

    What changes the same as the repair would undo it and is left out: the proof will tell what is needed.
    """
    made = [repair]
    changed = set(map(_changed, repair.changes))
    for conflict, first in others:
        undoes = not changed.isdisjoint(map(_changed, first.changes))
        if not undoes and not suffices(subject, conflict, judge, made):
            made.append(first)
            changed.update(map(_changed, first.changes))
    return tuple(made[1:])


def _changed(change: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a change gives another value to; one that adds to what others add has only itself."""
    if change.get("do") not in _REPLACING:
        return (repr(change),)
    target = change.get("of", change.get("programme", ""))
    return (str(change["do"]), str(target), *sorted(set(change) - {"do", "of", "programme", "why"}))


_REPLACING = ("session", "frequency", "hours", "capacity")
"""Changes of which a second one to the same takes the place of the first."""


def _proof(
    plan: Plan, limit_s: float, baseline: Schedule | None, concerned: frozenset[str]
) -> tuple[Verdict, Schedule | None]:
    """Return the verdict on a repaired plan's hard rules, with its checked schedule."""
    problem = expand(plan).hard
    beside = with_others_kept(problem, baseline, concerned, limit_s) if baseline else None
    if beside:
        return Verdict.FEASIBLE, beside
    answer = solve(problem, Options(limit_s), baseline=baseline)
    return answer.verdict, answer.schedule


_WHOLE_SHARE = 0.2
_PROOF_SHARE = 0.4
"""One proof may take this part of the time that is left: where it is hard, that of another way may not be."""
_WHOLE = Text("計画全体が成り立つかを調べています...", "asking whether the whole plan can be held …")
_PARTS = Text("矛盾を事業ごとに探しています…", "looking for conflicts, programme by programme …")
_REPAIRS = Text("解決策を探しています…", "looking for ways out …")
_WAY = Text("解決策{number}: {text}", "way out {number}: {text}")
