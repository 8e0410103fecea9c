"""A plan with scenarios laid over it, ready to be expanded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from ksolve.calendar import day_text
from ksolve.errors import PlanError, fault
from ksolve.expand.centre import calendar_of
from ksolve.expand.faults import plan_faults
from ksolve.findings import Finding
from ksolve.plan.overlay import overlay
from ksolve.plan.scenario import Close, Scenario
from ksolve.plan.schema import Plan
from ksolve.text import Text


def with_scenarios(plan: Plan, scenarios: Iterable[Scenario]) -> Plan:
    """Return the plan with scenarios laid over it in order.

    What a scenario makes impossible (a month without an open day, too few staff) is left for
    the solver to prove. Raises PlanError for what makes no sense.
    """
    faults: list[Finding] = []
    for scenario in scenarios:
        faults += _closed_already(plan, scenario)
        plan = overlay(plan, scenario)
    faults += [found for found in plan_faults(plan) if found.rule not in IMPOSSIBLE]
    if faults:
        raise PlanError(faults)
    return plan


def _closed_already(plan: Plan, scenario: Scenario) -> Iterator[Finding]:
    """Yield a fault for each closure that changes nothing, with what closes its days already."""
    calendar = calendar_of(plan)
    for change in scenario.changes:
        if isinstance(change, Close):
            days: list[date] = []
            with suppress(ValueError):  # 2/29: that the year has none is for plan_faults to say
                days = sorted(change.days.within(plan.year))
            if days and not any(calendar.hours(day) for day in days):
                why = calendar.closed.get(days[0], _WEEKDAY)
                text = _CLOSED.fill(day=day_text(days[0])) + why
                yield fault("closed-already", text, change.at("days"), _OTHER_DAY)


_CLOSED = Text("{day} はもともと休みです: ", "{day} is closed already: ")
_WEEKDAY = Text("休館の曜日", "a weekday on which the centre is closed")
_OTHER_DAY = Text(
    "日付を確かめ、不要ならこの変更を消してください",
    "see whether the date is right; else leave the change out",
)
IMPOSSIBLE = frozenset({"closed-window", "closed-hours", "too-few-staff", "too-few-rooms", "too-few-seats"})
"""Faults that say a plan cannot be met: an error in a plan, an answer in a what-if."""
