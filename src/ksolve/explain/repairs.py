"""Ways out of a conflict, in quantities that a planner can decide on, each proved to suffice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ksolve.errors import PlanError
from ksolve.expand.scenarios import with_scenarios
from ksolve.explain.conflict import Conflict, Judge
from ksolve.explain.demanding import fewer, more_months, other_weekdays, without_months, written
from ksolve.explain.elements import Element, Subject
from ksolve.explain.providing import capacity, opening, presence
from ksolve.explain.repair import WHY, Repair, Steps, drop, once
from ksolve.plan.scenario import Scenario
from ksolve.plan.schema import Component, Plan
from ksolve.text import Text


def scenario_of(repairs: Sequence[Repair], plan: str) -> dict[str, Any]:
    """Return what a scenario's file says to make the changes of some repairs."""
    return {
        "schema": "1",
        "id": f"{plan}-repair",
        "title": " / ".join(repair.text.ja for repair in repairs),
        "why": "ksolve explain",
        "changes": [change for repair in repairs for change in repair.changes],
    }


def repaired(plan: Plan, repairs: Sequence[Repair]) -> Plan:
    """Return the plan with the changes made. Raises PlanError where they make no sense."""
    return with_scenarios(plan, [Scenario.model_validate(scenario_of(repairs, plan.id))])


def repairs_of(subject: Subject, conflict: Conflict, judge: Judge) -> tuple[Repair, ...]:
    """Return the smallest repair of each kind after which the programmes concerned can be held.

    That they suffice for the whole plan is for the caller to prove.
    """
    found: dict[str, Repair] = {}
    for steps in _ways(subject, conflict, judge):
        repair = _smallest(subject, conflict, judge, steps)
        if repair:
            found.setdefault(repair.text.ja, repair)
    return _varied(sorted(found.values(), key=lambda repair: repair.size))


def _varied(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """Put the smallest of each kind first, so that few repairs offer a choice."""
    seen: Counter[tuple[str, str]] = Counter()
    ranked = []
    for repair in repairs:
        kind = str(repair.changes[0]["do"]), str(repair.changes[0].get("rule", ""))
        ranked.append((seen[kind], repair.size, repair))
        seen[kind] += 1
    return tuple(repair for _, _, repair in sorted(ranked, key=lambda item: item[:2]))


def _smallest(subject: Subject, conflict: Conflict, judge: Judge, steps: Steps) -> Repair | None:
    """Return the smallest sufficient step by bisection; what is not known is taken as not enough."""
    low, high, best = 1, steps.most, None
    while low <= high:
        # the first step is tried before the middle: most often it suffices
        middle = low if low == 1 and best is None and high == steps.most else (low + high) // 2
        repair = steps.of(middle)
        if repair and _suffices(subject, conflict, judge, repair):
            best, high = repair, middle - 1
        else:
            low = middle + 1
    return best


def _suffices(subject: Subject, conflict: Conflict, judge: Judge, repair: Repair) -> bool:
    try:
        other = Subject(repaired(subject.plan, [repair]))
    except (PlanError, ValueError):
        return False
    concerned = frozenset[str]().union(
        *(subject.programmes(e) for e in conflict.elements if subject.demands(e))
    )
    scope = [e for e in other.elements if e.drop or other.programmes(e) & concerned]
    scope = [e for e in scope if not other.demands(e) or other.programmes(e) <= concerned]
    return Judge(other, judge.left_s).holds(scope) is True


def _ways(subject: Subject, conflict: Conflict, judge: Judge) -> Iterator[Steps]:
    for element in conflict.elements:
        if element.name in ("closure", "holidays", "open_hours"):
            yield from opening(subject, conflict, element, judge)
        elif element.name == "absence":
            yield from presence(subject, conflict, element, judge)
        for posted in subject.posted(element)[:1]:
            yield from capacity(subject, posted)
            yield from written(subject, element, posted)
            if element.name == "weekdays":
                yield from other_weekdays(subject, element)
    for node, name, who in _nodes(subject.plan):
        mine = [e for e in conflict.elements if subject.demands(e) and _is_of(subject, e, name)]
        if mine:
            yield from fewer(node, name, who)
            yield from without_months(subject, node, name, who)
            yield from more_months(node, name, who)
            if any(e.name == "together" for e in mine):
                yield drop(
                    Text(f"{who}を併せずに実施する", f"hold {who} on its own"),
                    {"rule": "together", "programme": name},
                )
            if any(e.name == "windows" for e in mine) and node.windows:
                yield drop(
                    Text(f"{who}の期間の指定を外す", f"lift the windows of {who}"),
                    {"rule": "windows", "programme": name},
                )
            yield once(
                Repair(
                    Text(f"{who}を行わない", f"do not hold {who}"),
                    Text("事業を一つやめる", "one programme less"),
                    ({"do": "remove", "programme": name, "why": WHY},),
                    1000,
                )
            )


def _nodes(plan: Plan) -> Iterator[tuple[Component, str, str]]:
    for programme in plan.programmes:
        if not programme.components:
            yield programme, programme.id, programme.name
        for part in programme.components:
            yield part, f"{programme.id}.{part.id}", f"{programme.name} {part.name}"


def _is_of(subject: Subject, element: Element, name: str) -> bool:
    series = [s for posted in subject.posted(element) for s in posted.series]
    return any(name == (f"{s.programme}.{s.component}" if s.component else s.programme) for s in series)
