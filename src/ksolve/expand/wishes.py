"""Wishes about families of series: those that a plan writes, and the usual ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from ksolve.calendar import Calendar
from ksolve.expand.asked_of_year import weekdays_of
from ksolve.expand.decided_days import (
    MONTHLY,
    PAIR,
    RUNS_ON,
    SELDOM,
    Written,
    in_window,
    is_dated,
    is_guest,
    said,
    says_days,
    windows_of_visits,
)
from ksolve.expand.families import Family, families_of
from ksolve.expand.linked import linked
from ksolve.expand.series import Part
from ksolve.expand.wishes_of_pace import wishes_of_pace
from ksolve.frequency import Months, Per
from ksolve.plan.schema import Plan
from ksolve.problem import Posted, Series
from ksolve.problem.periods import days_of_months
from ksolve.problem.rule import Rule
from ksolve.rules.even_visits import EvenVisits
from ksolve.rules.habit import Habit
from ksolve.rules.level_load import LevelLoad
from ksolve.rules.level_weeks import LevelWeeks
from ksolve.rules.mid_month import MidMonth
from ksolve.rules.quiet_days import QuietDays
from ksolve.rules.same_staff import SameStaff
from ksolve.rules.share_work import ShareWork
from ksolve.rules.steady_pattern import SteadyPattern
from ksolve.rules.usual_place import UsualPlace
from ksolve.rules.weekly_rhythm import WeeklyRhythm


def of_families(
    rule: Rule, parts: Iterable[Part], calendar: Calendar, among: Iterable[Part]
) -> Iterator[Posted]:
    """Post a habit that a planner wrote on each family, with the family's own counts where it names none."""
    for family in families_of(parts, calendar, among):
        if isinstance(rule, Habit | UsualPlace | WeeklyRhythm):
            yield _posted(_for_family(rule, family, calendar), [family])
        else:
            yield _posted(rule, [family])


def usual_wishes(plan: Plan, parts: tuple[Part, ...], calendar: Calendar) -> Iterator[Posted]:
    """Yield the usual wishes of a plan, but for what it decides already, in the order of their names."""
    weights = plan.usual_wishes
    families = families_of(parts, calendar)
    written = {one.id: names for part in parts for one, names in _written_names(part, plan)}
    wishes = (
        *_quiet_days(plan, families, written),
        *_habits(families, written, calendar),
        *_starts(families, written),
        *wishes_of_pace(families, written),
        *_seldom(families, written),
        *_visits(parts, families, written),
        *_levels(parts, families, written, calendar),
        *_people(plan, families, written),
    )
    for wish, members in wishes:
        weight = getattr(weights, _WEIGHED_AS.get(wish.name, wish.name))
        if weight:
            yield _posted(wish.model_copy(update={"weight": weight * wish.weight}), members)


_WEIGHED_AS = {"steady_pattern": "usual_place", "max_gap": "weekly_rhythm", "windows": "even_pace"}
"""What is left of a usual place, of a weekly rhythm, of a pace, where these do not fit the family."""


Wished = tuple[Rule, Sequence[Family]]
"""A wish and the families that it binds; its weight is that beside others of its kind."""


def _posted(rule: Rule, families: Sequence[Family]) -> Posted:
    first = families[0]
    series = tuple(series for family in families for series in family.series)
    who = first.name if len(families) == 1 else "・".join(f.name for f in families[:_MANY])
    place = rule.place or first.part.node.place
    return Posted(
        rule,
        series,
        who if len(families) < _MANY else "全事業",
        rule.effective_tier,
        rule.weight,
        place,
        rule.why,
    )


_MANY = 4
"""From this many families on, a wish that binds them together is not named after each."""


def _quiet_days(plan: Plan, families: Iterable[Family], written: Written) -> Iterator[Wished]:
    """Avoid the calendar's quiet days where the days are not fixed; one wish for each weight."""
    by_weight = defaultdict(list)
    for avoided in plan.resources.calendar.quiet:
        by_weight[avoided.weight].append(avoided.days)
    for family in families:
        if is_dated(family) or {"quiet_days", "on_dates"} & said(written, family.series):
            continue
        for weight, days in sorted(by_weight.items()):
            yield QuietDays(days=tuple(days), weight=weight), [family]


def _habits(families: Iterable[Family], written: Written, calendar: Calendar) -> Iterator[Wished]:
    """Ask a usual place or a weekly rhythm of each family that has one to keep; visits may have weekdays."""
    for family in map(in_window, families):
        if not _has_habit(family) or says_days(written, family) or is_dated(family) or is_guest(family):
            continue
        is_weekly = family.monthly > MONTHLY or family.term.pace is not None
        wish = WeeklyRhythm() if is_weekly else UsualPlace()
        yield _for_family(wish, family, calendar), [family]


def _has_habit(family: Family) -> bool:
    """Whether there are sessions enough to learn when they are; of a course in a month or a few, three."""
    return family.size >= SELDOM or (family.size > PAIR and family.monthly >= 1)


def _starts(families: Iterable[Family], written: Written) -> Iterator[Wished]:
    """Ask for one start, or one weekday and start, where no usual place says it.

    That is one start for days that are given and for every weekday of a weekly rhythm, and one weekday as
    well for a course of two in a month or two, to which the same people come.
    """
    for family in map(in_window, families):
        if says_days(written, family) or is_guest(family) or family.size < PAIR:
            continue
        is_seldom = not (_has_habit(family) or is_dated(family))
        is_course = is_seldom and family.monthly >= 1
        has_several_starts = len(family.part.kind.starts) > 1 and family.part.kind.per_day == 1
        if is_course:
            yield SteadyPattern(), [family]
        elif has_several_starts and (is_dated(family) or family.monthly > MONTHLY):
            yield SteadyPattern(weekdays=False), [family]


def _for_family(rule: Habit | UsualPlace | WeeklyRhythm, family: Family, calendar: Calendar) -> Rule:
    """Return a habit with the numbers that it does not name, taken from the frequency."""
    counted = {"sessions": rule.sessions or family.sessions.low}
    if isinstance(rule, Habit):
        return rule.model_copy(update=counted)
    if isinstance(rule, UsualPlace):
        own = min(3, max(1, int(family.monthly + 0.5)))
        return rule.model_copy(update={**counted, "per_month": rule.per_month or own})
    slots = rule.slots or _slots(family, calendar)
    months = rule.months if "months" in rule.model_fields_set else family.months
    return rule.model_copy(update={**counted, "slots": slots, "months": months})


def _slots(family: Family, calendar: Calendar) -> int:
    """Return the fewest weekdays whose open days, together, are enough for the sessions of a family."""
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


def _seldom(families: Iterable[Family], written: Written) -> Iterator[Wished]:
    """Keep what is held seldom away from the ends of its month, unless its days follow another's."""
    for family in families:
        is_free = not (is_dated(family) or is_guest(family) or family.term.within)
        if family.size < SELDOM and is_free and not {"mid_month", "on_dates"} & said(written, family.series):
            yield MidMonth(), [family]


def _visits(parts: Iterable[Part], families: Sequence[Family], written: Written) -> Iterator[Wished]:
    """Fill windows of many sessions evenly: each row, and all rows of the same months together."""
    for centre in linked(parts):
        found: dict[Months, list[tuple[Part, int]]] = defaultdict(list)
        for part in centre:
            for window in windows_of_visits(part) if not all(map(is_guest, _of([part], families))) else ():
                if not ({"even_visits"} | RUNS_ON) & said(written, part.all_series):
                    found[window.months].append((part, window.sessions))
        for months, rows in found.items():
            for some in [*([row] for row in rows), *([rows] if len(rows) > 1 else [])]:
                visited = [part for part, _ in some]
                days = weekdays_of(visited)
                wish = EvenVisits(sessions=sum(count for _, count in some), months=months, weekdays=days)
                yield wish, _of(visited, families)


def _levels(
    parts: Iterable[Part], families: Sequence[Family], written: Written, calendar: Calendar
) -> Iterator[Wished]:
    """Level the weeks of each centre but for visits, and its days with them."""
    usual = sum(calendar.is_usual(day) for day in calendar.year.days)
    for centre in linked(parts):
        mine = _of(centre, families)
        steady = [family for family in mine if not any(windows_of_visits(family.part))]
        names = {name for part in centre for name in said(written, part.all_series)}
        weekly, daily = (sum(family.most for family in some) for some in (steady, mine))
        if weekly and "level_weeks" not in names:
            yield LevelWeeks(sessions=weekly), steady
        most = max(2, -(-2 * daily // max(1, usual)))
        if "level_load" not in names and sum(f.part.kind.per_day * len(f.series) for f in mine) > most:
            yield LevelLoad(sessions=most), mine


def _people(plan: Plan, families: Sequence[Family], written: Written) -> Iterator[Wished]:
    """Keep the people of each family, and share out the work of each pool that has several members."""
    for family in families:
        if family.part.kind.staff and family.most > 1 and "same_staff" not in said(written, family.series):
            yield SameStaff(by_weekday=in_window(family).monthly > MONTHLY), [family]
    for pool in plan.resources.staff:
        mine = [family for family in families if pool.id in family.part.kind.staff]
        free = [family for family in mine if not {"share_work", "fair_share"} & said(written, family.series)]
        if free and len(pool.units) > 1:
            yield ShareWork(of=pool.id), free


def _of(parts: Iterable[Part], families: Iterable[Family]) -> list[Family]:
    ids = {part.id for part in parts}
    return [family for family in families if family.part.id in ids]


def _written_names(part: Part, plan: Plan) -> Iterator[tuple[Series, Collection[str]]]:
    """Yield each series with the rules that a planner wrote for it: within its part, by name, for all."""
    mine = {one.id for one in part.all_series}
    names: dict[str, set[str]] = {one: set() for one in mine}
    for rule in part.node.rules:
        for one in mine & set(rule.programmes) or mine:
            names[one] |= _says(rule)
    for rule in plan.rules:
        for_all = not (rule.programmes or rule.tags)
        bound = part if for_all else part.bound_by(rule.programmes, rule.tags)
        for series in bound.all_series if bound else ():
            names[series.id] |= _says(rule)
    yield from ((one, names[one.id]) for one in part.all_series)


def _says(rule: Rule) -> set[str]:
    """Return what a written rule decides: a habit with a month for each of its days leaves nothing open."""
    is_seldom = isinstance(rule, Habit) and rule.is_of_months
    return {rule.name, *(_OF_MONTHS if is_seldom else ())}


_OF_MONTHS = ("usual_place", "even_pace", "mid_month")
"""Wishes that days such as 7月の第2土 10:00 and 10月の第4金 10:00 would contradict."""
