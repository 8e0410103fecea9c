"""Wishes about families of series: those that a plan writes, and the usual ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ksolve.calendar import Calendar
from ksolve.expand.asked_of_year import weekdays_of
from ksolve.expand.families import Family, families_of
from ksolve.expand.linked import linked
from ksolve.expand.series import Part
from ksolve.frequency import Months, Per, is_fixed
from ksolve.plan.schema import Plan
from ksolve.problem import Posted, Series
from ksolve.problem.periods import days_of_months
from ksolve.problem.rule import Rule
from ksolve.rules.catalogue import BY_NAME
from ksolve.rules.even_pace import EvenPace
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
from ksolve.rules.windows import WindowField

_SELDOM = 4
"""Fewer sessions a year have no pattern that anybody would learn."""
_MONTHLY = 3.0
"""What meets more often than this a month has weekdays, and no week of the month."""
_VISITS = 4
"""A window of few months with as many sessions is filled at an even pace: its sessions are visits."""
_FEW_MONTHS = 2
"""Up to three a month in a longer window are a course (5月～9月に6回), with a usual place in its months."""
_HALF_MARKED = (2, 1)
"""Of two a year one is marked: then the other is wanted half a year from it."""
_PACED = (Per.YEAR, Per.HALF, Per.QUARTER, Per.TERM)
"""Counts that leave the months open."""


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
        *_paces(families, written),
        *_seldom(families, written),
        *_visits(parts, families, written),
        *_levels(parts, families, written, calendar),
        *_people(plan, families, written),
    )
    for wish, members in wishes:
        weight = getattr(weights, _WEIGHED_AS.get(wish.name, wish.name))
        if weight:
            yield _posted(wish.model_copy(update={"weight": weight * wish.weight}), members)


_WEIGHED_AS = {"steady_pattern": "usual_place"}
"""The wish for one start, of a programme whose days are given, is what is left of its usual place."""


Wished = tuple[Rule, Sequence[Family]]
"""A wish and the families that it binds; its weight is that beside others of its kind."""
Written = dict[str, Collection[str]]
"""The names of the rules that a planner wrote for each series, by its id."""


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
        if is_dated(family) or {"quiet_days", "on_dates"} & _said(written, family.series):
            continue
        for weight, days in sorted(by_weight.items()):
            yield QuietDays(days=tuple(days), weight=weight), [family]


def _habits(families: Iterable[Family], written: Written, calendar: Calendar) -> Iterator[Wished]:
    """Ask a usual place or a weekly rhythm of each family that has one to keep; visits may have weekdays."""
    for family in map(_in_window, families):
        says_days = any(BY_NAME[name].says_days for name in _said(written, family.series))
        if is_dated(family) and not says_days and not is_guest(family) and _has_one_start_to_keep(family):
            yield SteadyPattern(weekdays=False), [family]
        if family.size < _SELDOM or says_days or is_dated(family) or is_guest(family):
            continue
        if any(_windows_of_visits(family.part)) and family.monthly <= _MONTHLY:
            continue
        is_weekly = family.monthly > _MONTHLY or family.term.pace is not None
        wish = WeeklyRhythm() if is_weekly else UsualPlace()
        yield _for_family(wish, family, calendar), [family]


def _has_one_start_to_keep(family: Family) -> bool:
    """Whether sessions on given days may begin at several times, one a day; then one time is wanted."""
    kind = family.part.kind
    return family.size > 1 and len(kind.starts) > 1 and kind.per_day == 1


def _in_window(family: Family) -> Family:
    """Return a family whose sessions are all in one window as one that meets in its months only."""
    windows = _windows(family.part)
    if len(windows) != 1 or windows[0].sessions != family.size or family.size < _SELDOM:
        return family
    months = windows[0].months
    return replace(family, months=months, met=len(months.values))


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


def _paces(families: Iterable[Family], written: Written) -> Iterator[Wished]:
    """Spread what is held some times a year, unless its months are published or follow another's.

    A course is spread over the months of its window.
    """
    for family in map(_in_window, families):
        term, node, size = family.term, family.part.node, family.sessions
        marked = sum(window.sessions for window in node.marks)
        is_marked = marked > 0 and (size.low, marked) != _HALF_MARKED
        in_months = node.windows or term.months or is_marked
        is_course = _is_course(family.part)
        placed = term.within or term.periods or term.pace or (in_months and not is_course)
        is_counted = term.per in _PACED or (is_course and term.per is Per.COURSE)
        is_open = is_counted and term.every == 1 and not placed
        follows = is_dated(family) or is_guest(family)
        if not is_open or follows or "even_pace" in _said(written, family.series):
            continue
        if size.low >= 2 and family.monthly <= _MONTHLY and family.months.values:
            most = max(size.low, size.high or 0)
            yield EvenPace(sessions=size.low, most=most, months=family.months, gaps=True), [family]


def _seldom(families: Iterable[Family], written: Written) -> Iterator[Wished]:
    """Keep what is held seldom away from the ends of its month, unless its days follow another's."""
    for family in families:
        is_free = not (is_dated(family) or is_guest(family) or family.term.within)
        if (
            family.size < _SELDOM
            and is_free
            and not {"mid_month", "on_dates"} & _said(written, family.series)
        ):
            yield MidMonth(), [family]


def _visits(parts: Iterable[Part], families: Sequence[Family], written: Written) -> Iterator[Wished]:
    """Fill windows of many sessions evenly: each row, and all rows of the same months together."""
    for centre in linked(parts):
        found: dict[Months, list[tuple[Part, int]]] = defaultdict(list)
        for part in centre:
            for window in _windows_of_visits(part):
                if "even_visits" not in _said(written, part.all_series):
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
        steady = [family for family in mine if not any(_windows_of_visits(family.part))]
        names = {name for part in centre for name in _said(written, part.all_series)}
        weekly, daily = (sum(family.most for family in some) for some in (steady, mine))
        if weekly and "level_weeks" not in names:
            yield LevelWeeks(sessions=weekly), steady
        most = max(2, -(-2 * daily // max(1, usual)))
        if "level_load" not in names and sum(f.part.kind.per_day * len(f.series) for f in mine) > most:
            yield LevelLoad(sessions=most), mine


def _people(plan: Plan, families: Sequence[Family], written: Written) -> Iterator[Wished]:
    """Keep the people of each family, and share out the work of each pool that has several members."""
    for family in families:
        if family.part.kind.staff and family.most > 1 and "same_staff" not in _said(written, family.series):
            yield SameStaff(by_weekday=_in_window(family).monthly > _MONTHLY), [family]
    for pool in plan.resources.staff:
        mine = [family for family in families if pool.id in family.part.kind.staff]
        free = [family for family in mine if not {"share_work", "fair_share"} & _said(written, family.series)]
        if free and len(pool.units) > 1:
            yield ShareWork(of=pool.id), free


def _of(parts: Iterable[Part], families: Iterable[Family]) -> list[Family]:
    ids = {part.id for part in parts}
    return [family for family in families if family.part.id in ids]


def is_dated(family: Family) -> bool:
    """Whether the frequency names the days itself: 毎月第2火曜日, 4/10, 毎月10日, 毎日."""
    term = family.term
    return bool(is_fixed(term) or term.dates or term.days or term.per is Per.DAY)


def is_guest(family: Family) -> bool:
    """Whether half of the sessions or more follow another programme's."""
    hard = [bond for bond in family.part.node.together if bond.tier is None]
    return any(2 * (bond.sessions or family.size) >= family.size for bond in hard)


def _windows(part: Part) -> tuple[WindowField, ...]:
    return (*part.node.marks, *part.node.windows)


def _windows_of_visits(part: Part) -> Iterator[WindowField]:
    return (window for window in _windows(part) if is_of_visits(window))


def is_of_visits(window: WindowField) -> bool:
    """Whether a window of few months has so many sessions that they are visits, with no rhythm."""
    months = len(window.months.values)
    return window.sessions >= _VISITS and (months <= _FEW_MONTHS or window.sessions > _MONTHLY * months)


def _is_course(part: Part) -> bool:
    """Whether all that is marked is one long window with some sessions a month: 5月～9月に6回."""
    windows = _windows(part)
    return len(windows) == 1 and windows[0].sessions >= _SELDOM and not is_of_visits(windows[0])


def _said(written: Written, series: Iterable[Series]) -> set[str]:
    """Return the names of the rules that a planner wrote for all of some series."""
    return set.intersection(*(set(written[one.id]) for one in series))


def _written_names(part: Part, plan: Plan) -> Iterator[tuple[Series, Collection[str]]]:
    """Yield each series with the rules that a planner wrote for it: within its part, by name, for all."""
    mine = {one.id for one in part.all_series}
    names: dict[str, set[str]] = {one: set() for one in mine}
    for rule in part.node.rules:
        for one in mine & set(rule.programmes) or mine:
            names[one].add(rule.name)
    for rule in plan.rules:
        for_all = not (rule.programmes or rule.tags)
        bound = part if for_all else part.bound_by(rule.programmes, rule.tags)
        for series in bound.all_series if bound else ():
            names[series.id].add(rule.name)
    yield from ((one, names[one.id]) for one in part.all_series)
