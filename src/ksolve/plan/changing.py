"""What the changes of a scenario have in common: they replace one named item by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from ksolve.errors import PlanError, fault, nearest
from ksolve.plan.centre import Named
from ksolve.plan.schema import Component, Plan
from ksolve.problem.rule import Rule
from ksolve.spelling import Node
from ksolve.text import Text

N = TypeVar("N", bound=Named)
W = TypeVar("W", bound="Reasoned")
Reasoned = Component | Rule


def with_resources(plan: Plan, **update: object) -> Plan:
    """Return the plan with parts of its centre replaced."""
    return plan.model_copy(update={"resources": plan.resources.model_copy(update=update)})


def with_why(node: W, why: str) -> W:
    """Return a programme or rule with the reason of a change, where it states none of its own."""
    told = {} if node.why else {"why": why}
    return cast("W", node.model_copy(update=told))


def changed(
    items: tuple[N, ...],
    name: str,
    change: Callable[[N], N],
    node: Node,
    key: str,
) -> tuple[N, ...]:
    """Return the items with the named one changed. Raises PlanError when there is none."""
    known = [item.id for item in items]
    if name not in known:
        text = NOTHING.fill(name=name)
        raise PlanError([fault("unknown-target", text, node.at(key), nearest(name, known))])
    return tuple(change(item) if item.id == name else item for item in items)


NOTHING = Text("変更の対象「{name}」が計画にありません", "the plan has no {name} to change")
