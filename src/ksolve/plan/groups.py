"""What the series of a plan are called, and rules that name a single group of a programme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import Any

from ksolve.letters import name_key
from ksolve.plan.schema import Component, Plan, Programme


def part_id(programme: Programme, node: Component) -> str:
    """Return ``programme`` or ``programme.component``."""
    return programme.id if node is programme else f"{programme.id}.{node.id}"


def part_name(programme: Programme, node: Component) -> str:
    """Return 専門相談, or 育児教室 エンジェル教室."""
    return programme.name if node is programme else f"{programme.name} {node.name}"


def series_suffix(term: int, terms: int, group: int, groups: int) -> str:
    """Return what the id of a series adds to its part's: -g2 for the second group, -t1 for the first term."""
    return (f"-t{term}" if terms > 1 else "") + (f"-g{group}" if groups > 1 else "")


def group_suffix(group: int, groups: int) -> str:
    """Return what the name of a series adds to its part's."""
    return f" 第{group}グループ" if groups > 1 else ""


def group_names(plan: Plan) -> dict[str, str]:
    """Return each name by which a rule may call one group or term of a programme, with its series' id.

    These are the id and the name in ``schedule.csv``, and the name without the programme's where no
    other group has it.
    """
    found: dict[str, str] = {}
    shown: list[tuple[str, str]] = []
    for programme in plan.programmes:
        for node in programme.components or (programme,):
            for series, suffix in _series_of(programme, node):
                found[series] = series
                if suffix:
                    names = {part_name(programme, node) + suffix, node.name + suffix}
                    shown += [(name, series) for name in sorted(names)]
    times = Counter(name for name, _ in shown)
    return found | {name: series for name, series in shown if times[name] == 1}


def _series_of(programme: Programme, node: Component) -> Iterator[tuple[str, str]]:
    """Yield the id of each series of a part that has several, with what its name adds to the part's."""
    terms = node.frequency.terms if node.frequency and not node.remainder else ()
    for number, term in enumerate(terms, start=1):
        for group in range(1, min(term.groups, _MOST) + 1):
            suffix = series_suffix(number, len(terms), group, term.groups)
            if suffix:
                yield part_id(programme, node) + suffix, group_suffix(group, term.groups)


_MOST = 9_999
"""A frequency of more groups than this is a fault, and none of them is named."""


def with_group_ids(plan: Plan) -> Plan:
    """Return the plan with each group that a rule names called by its series' id."""
    called = chain(plan.rules, *(node.rules for p in plan.programmes for node in (p, *p.components)))
    if not any(rule.programmes for rule in called):
        return plan
    ids = {name_key(name): series for name, series in group_names(plan).items()}

    def told(node: Any) -> Any:
        rules = tuple(_with_ids(rule, ids) for rule in node.rules)
        same = all(one is other for one, other in zip(rules, node.rules, strict=True))
        return node if same else node.model_copy(update={"rules": rules})

    def whole(programme: Programme) -> Programme:
        parts = tuple(told(part) for part in programme.components)
        same = all(one is other for one, other in zip(parts, programme.components, strict=True))
        return told(programme if same else programme.model_copy(update={"components": parts}))  # type: ignore[no-any-return]

    return told(plan.model_copy(update={"programmes": tuple(map(whole, plan.programmes))}))  # type: ignore[no-any-return]


def _with_ids(rule: Any, ids: dict[str, str]) -> Any:
    named = tuple(ids.get(name_key(name), name) for name in rule.programmes)
    return rule if named == rule.programmes else rule.model_copy(update={"programmes": named})
