"""A plan with scenarios laid over it, ready to be expanded."""

from __future__ import annotations

from collections.abc import Iterable

from ksolve.errors import PlanError
from ksolve.expand.faults import plan_faults
from ksolve.plan.overlay import overlay
from ksolve.plan.scenario import Scenario
from ksolve.plan.schema import Plan


def with_scenarios(plan: Plan, scenarios: Iterable[Scenario]) -> Plan:
    """Return the plan with scenarios laid over it in order.

    What a scenario makes impossible (a month without an open day, too few staff) is left for
    the solver to prove. Raises PlanError for what makes no sense.
    """
    for scenario in scenarios:
        plan = overlay(plan, scenario)
    faults = [found for found in plan_faults(plan) if found.rule not in IMPOSSIBLE]
    if faults:
        raise PlanError(faults)
    return plan


IMPOSSIBLE = frozenset({"closed-window", "closed-hours", "too-few-staff", "too-few-rooms", "too-few-seats"})
"""Faults that say a plan cannot be met: an error in a plan, an answer in a what-if."""
