"""Dates in a plan that its year does not have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ksolve.calendar import FiscalYear, YearlyDay
from ksolve.errors import fault
from ksolve.findings import Finding
from ksolve.plan.centre import Resources, Room, StaffPool
from ksolve.plan.schema import Plan, rules_in
from ksolve.rules.catalogue import PlannedRule
from ksolve.rules.count import Count
from ksolve.rules.fixed_pattern import FixedPattern
from ksolve.rules.held_in import HeldIn
from ksolve.rules.in_dates import InDates
from ksolve.rules.off_dates import OffDates
from ksolve.rules.on_dates import OnDates
from ksolve.rules.rhythm import Rhythm
from ksolve.spelling import Node
from ksolve.text import Text

Days = tuple[YearlyDay, YearlyDay]
Stated = tuple[Node, str, Days]


def date_faults(plan: Plan) -> list[Finding]:
    """Return a fault for each day that does not exist, lies outside the year, or ends before it begins."""
    stated = [found for stretch in _stated(plan) if (found := _fault(*stretch, plan.year))]
    return [*stated, *_never_closed(plan)]


def _never_closed(plan: Plan) -> Iterator[Finding]:
    """A closure that recurs on no day of the year, or on one that does not exist (2/29)."""
    calendar = plan.resources.calendar
    for closure in calendar.closed:
        try:
            days = closure.days.within(plan.year) if closure.days.recurring else plan.year.days
        except ValueError:
            days = ()
        if not days:
            place = closure.at("days") or calendar.at("closed")
            yield fault("no-such-day", _NONE.fill(days=closure.days.text, year=plan.year), place)


def _stated(plan: Plan) -> Iterator[Stated]:
    """Yield every stretch of days in a plan, with the mapping that states it and its key there."""
    calendar = plan.resources.calendar
    yield from ((closure, "days", closure.days.days) for closure in calendar.closed if closure.days.days)
    yield from ((season, "days", days) for season in calendar.seasons for days in season.days)
    yield from ((calendar, "opened", days) for days in calendar.opened)
    yield from ((quiet, "days", quiet.days) for quiet in calendar.quiet)
    nodes = (node for programme in plan.programmes for node in (programme, *programme.components))
    yield from ((node, "opened", days) for node in nodes for days in node.opened)
    entries = (entry for external in plan.resources.external for entry in external.dates)
    yield from ((entry, "days", entry.days.days) for entry in entries if entry.days.days)
    yield from _of_pools(plan.resources)
    for rule in rules_in(plan):
        yield from ((rule, "days", days) for days in _of_rule(rule))


def _of_rule(rule: PlannedRule) -> Iterator[Days]:
    """Yield the stretches of days that a rule names."""
    if isinstance(rule, InDates | OnDates | OffDates | Count | HeldIn):
        yield from rule.days
    elif isinstance(rule, FixedPattern | Rhythm):
        yield from (*rule.off, *rule.within, *rule.without)
    if isinstance(rule, Rhythm) and rule.since:
        yield rule.since


def _of_pools(centre: Resources) -> Iterator[Stated]:
    """Yield the days on which rooms and members are there, or are not."""
    pools: tuple[Room | StaffPool, ...] = (*centre.rooms, *centre.staff)
    for pool in pools:
        yield from ((pool, "present", days) for days in pool.present)
        yield from ((extra, "days", days) for extra in pool.more for days in extra.days)
    for member in (member for pool in centre.staff for member in pool.members):
        yield from ((member, "absent", days) for days in member.absent)
        yield from ((member, "available", days) for days in member.available)
    for absences in (*(room.closed for room in centre.rooms), *(pool.absent for pool in centre.staff)):
        yield from ((absence, "days", absence.days) for absence in absences)


def _fault(node: Node, key: str, days: Days, year: FiscalYear) -> Finding | None:
    try:
        first, last = (day.within(year) for day in days)
    except ValueError:
        return fault("no-such-day", _NONE.fill(days=_shown(days), year=year), node.at(key))
    if first > last:
        return fault("days-reversed", _REVERSED.fill(days=_shown(days)), node.at(key), _TURN)
    if not _touches(first, last, year):
        return fault("date-outside-year", _OUTSIDE.fill(days=_shown(days), year=year), node.at(key))
    return None


def _touches(first: date, last: date, year: FiscalYear) -> bool:
    return first <= year.last and last >= year.first


def _shown(days: Days) -> str:
    first, last = days
    return str(first) if first == last else f"{first}〜{last}"


_NONE = Text("{days} は{year}にありません", "{year} has no {days}")
_REVERSED = Text("{days} は終わりが始まりより前です", "{days} ends before it begins")
_TURN = Text(
    "年をまたぐ期間は 12/29〜1/3 のように書けます", "a stretch over the new year is written 12/29〜1/3"
)
_OUTSIDE = Text("{days} は{year}の外です", "{days} lies outside {year}")
