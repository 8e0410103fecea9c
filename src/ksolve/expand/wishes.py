"""Wishes about families of series: those that a plan writes, and the usual ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ksolve.calendar import Calendar
from ksolve.expand.families import Family, families_of
from ksolve.expand.series import Part
from ksolve.frequency import Per, is_fixed
from ksolve.periods import days_of_months
from ksolve.plan.schema import Plan
from ksolve.problem import Posted
from ksolve.rules import Rule, UsualPlace, WeeklyRhythm

_SELDOM = 4
"""Fewer sessions a year have no pattern that anybody would learn."""
_MONTHLY = 3.0
"""What meets more often than this a month has weekdays, and no week of the month."""
_VISITS = 4
"""A window with as many sessions is filled at an even pace: its sessions are visits."""
_HABITS = {"usual_place", "weekly_rhythm", "steady_pattern", "habit", "fixed_pattern", "on_dates", "day_runs"}
"""Written rules that say themselves on which days a programme meets."""


def of_families(
    rule: UsualPlace | WeeklyRhythm, parts: Iterable[Part], calendar: Calendar
) -> Iterator[Posted]:
    """Post a habit that a planner wrote on each family, with the family's own counts where it names none."""
    for family in families_of(parts, calendar):
        yield _posted(_for_family(rule, family, calendar), family)


def usual_wishes(plan: Plan, parts: tuple[Part, ...], calendar: Calendar) -> Iterator[Posted]:
    """Yield the usual wishes of a plan, but for what it decides already."""
    weights = plan.usual_wishes
    for family in families_of(parts, calendar):
        if family.size < _SELDOM or _is_decided(family, plan):
            continue
        is_weekly = family.monthly > _MONTHLY or family.term.pace is not None
        wish = WeeklyRhythm if is_weekly else UsualPlace
        weight = weights.weekly_rhythm if is_weekly else weights.usual_place
        if weight:
            yield _posted(_for_family(wish(weight=weight), family, calendar), family)


def _posted(rule: Rule, family: Family) -> Posted:
    place = rule.place or family.part.node.place
    return Posted(rule, family.series, family.name, rule.effective_tier, rule.weight, place, rule.why)


def _for_family(rule: UsualPlace | WeeklyRhythm, family: Family, calendar: Calendar) -> Rule:
    """Return a habit with what it leaves to the frequency."""
    counted = {"sessions": rule.sessions or family.sessions.low}
    if isinstance(rule, UsualPlace):
        own = min(3, max(1, int(family.monthly + 0.5)))
        return rule.model_copy(update={**counted, "per_month": rule.per_month or own})
    slots = rule.slots or _slots(family, calendar)
    return rule.model_copy(update={**counted, "slots": slots, "months": family.months})


def _slots(family: Family, calendar: Calendar) -> int:
    """Return how many weekdays a family needs, were all their open days used, the best ones first."""
    if family.term.per is Per.WEEK and family.term.count:
        return max(1, min(family.term.count.low, len(family.part.kind.weekdays or range(7))))
    days = days_of_months(family.months.values, calendar.year)
    allowed = family.part.kind.weekdays or frozenset(range(7))
    usual = [day.weekday() for day in days if day.weekday() in allowed and calendar.is_usual(day)]
    left = family.size
    for slots, weekday in enumerate(sorted(set(usual), key=usual.count, reverse=True), start=1):
        left -= usual.count(weekday)
        if left <= 0:
            return slots
    return max(1, len(set(usual)))


def _is_decided(family: Family, plan: Plan) -> bool:
    """Whether dates, a pattern, a host, a window of many sessions or a written rule settle the days."""
    term, node = family.term, family.part.node
    if is_fixed(term) or term.dates or term.days or term.per is Per.DAY:
        return True
    if any(window.sessions >= _VISITS for window in (*node.marks, *node.windows)):
        return True
    if any(2 * (bond.sessions or family.size) >= family.size for bond in node.together if bond.tier is None):
        return True
    return not _HABITS.isdisjoint(_written_names(family.part, plan))


def _written_names(part: Part, plan: Plan) -> Collection[str]:
    bound = [rule for rule in plan.rules if part.is_named_by(rule.programmes, rule.tags)]
    return {rule.name for rule in (*part.node.rules, *bound)}
