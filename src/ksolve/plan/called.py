"""The programme that a scenario means: by its id, its name, or a part of it that no other has."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from ksolve.errors import PlanError, fault
from ksolve.letters import meant
from ksolve.plan.scenario import Relax, Remove, Scenario, SetFrequency
from ksolve.plan.schema import Component, Plan
from ksolve.text import Text


def by_ids(plan: Plan, scenario: Scenario) -> Scenario:
    """Return the scenario with its programmes named by their ids, as far as the plan has them.

    Raises PlanError with every name that several programmes share.
    """
    faults = []
    changes: list[Any] = []
    for change in scenario.changes:
        made: Any = change
        if isinstance(change, (Relax, Remove, SetFrequency)) and change.programme:
            found = list(dict.fromkeys(_ids(plan, change.programme)))
            if len(found) > 1:
                text = _UNCLEAR.fill(name=change.programme)
                remedy = _WHICH.fill(ids="、".join(found))
                faults.append(fault("unclear-programme", text, change.at("programme"), remedy))
            elif found:
                made = change.model_copy(update={"programme": found[0]})
        changes.append(made)
    if faults:
        raise PlanError(faults)
    return scenario.model_copy(update={"changes": tuple(changes)})


def _ids(plan: Plan, name: str) -> Iterable[str]:
    """Return the ids (programme.component for a component) that a name may mean."""
    whole, _, part = name.partition(".")
    if any(node.id == whole for node in plan.programmes):
        return [name]
    own = [*_of(plan.programmes, whole)]
    if part:
        nodes = [node for node in plan.programmes if node.id in own]
        return [f"{node.id}.{one}" for node in nodes for one in _of(node.components, part)]
    parts = ((f"{node.id}.{one}" for one in _of(node.components, name)) for node in plan.programmes)
    return own or chain.from_iterable(parts)


def _of(nodes: Iterable[Component], name: str) -> Iterable[str]:
    """Return the ids of the nodes of that name, or with it in theirs."""
    known = tuple(nodes)
    if any(node.id == name for node in known):
        return [name]
    names = meant(name, (node.name for node in known))
    return [node.id for node in known if node.name in names]


_UNCLEAR = Text("「{name}」を名前に含む事業がいくつもあります", "{name} is part of several programmes' names")
_WHICH = Text("どれかの id を書いてください: {ids}", "write the id of one of these: {ids}")
