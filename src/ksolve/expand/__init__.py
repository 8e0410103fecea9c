"""Plan to problem: frequencies become series and rules, rooms and staff become resources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ksolve.calendar import Calendar
from ksolve.expand.asked_of_year import asked_of_part, asked_of_programme, months_of_parts
from ksolve.expand.centre import calendar_of, calendar_of_all, resources_of
from ksolve.expand.external import external_rules, tentative_dates
from ksolve.expand.frequencies import rules_of_term
from ksolve.expand.series import Part, parts_of
from ksolve.expand.wishes import of_families, usual_wishes
from ksolve.findings import Place
from ksolve.frequency import Range
from ksolve.plan.centre import Named
from ksolve.plan.groups import with_group_ids
from ksolve.plan.schema import Component, Plan, Programme
from ksolve.problem import Audience, Posted, Problem, Series
from ksolve.problem.rule import Rule
from ksolve.rules.audience_apart import AudienceApart
from ksolve.rules.beside_closures import BesideClosures
from ksolve.rules.capacity import Capacity
from ksolve.rules.count import Count
from ksolve.rules.distinct_starts import DistinctStarts
from ksolve.rules.even_pace import EvenPace
from ksolve.rules.most import Most
from ksolve.rules.needs import Needs
from ksolve.rules.off_dates import OffDates
from ksolve.rules.opening import Opening
from ksolve.rules.reserve import Reserve
from ksolve.rules.start_times import StartTimes
from ksolve.rules.together import Together
from ksolve.rules.turnaround import Turnaround
from ksolve.rules.weekdays import Weekdays
from ksolve.rules.windows import Windows


def expand(plan: Plan) -> Problem:
    """Return the problem that a plan states: its series, resources and rules.

    The plan must be free of the faults that `plan_faults` reports.
    """
    plan = with_group_ids(plan)
    calendar = calendar_of(plan)
    parts = parts_of(plan)
    return Problem(
        id=plan.id,
        title=plan.title,
        calendar=calendar,
        series=tuple(series for part in parts for series in _with_reserves(part)),
        resources=resources_of(plan, calendar_of_all(plan, calendar)),
        audiences=tuple(Audience(a.id, a.name, a.apart) for a in plan.resources.audiences),
        rules=tuple(_rules(plan, parts, calendar)),
        assumed=tuple(_assumptions(plan)),
        tentative=tuple(tentative_dates(plan)),
    )


def _with_reserves(part: Part) -> tuple[Series, ...]:
    return (*part.all_series, *(spare for _, spare in part.reserves))


def _rules(plan: Plan, parts: tuple[Part, ...], calendar: Calendar) -> Iterator[Posted]:
    by_id = {part.id: part for part in parts}
    for part in parts:
        yield from _rules_of_part(part, by_id, calendar)
    for programme in plan.programmes:
        if programme.components:
            yield from _rules_of_whole(programme, [p for p in parts if p.programme is programme], calendar)
    for rule in plan.rules:
        yield from _written(rule, _bound(rule, parts), calendar, parts)
    yield from external_rules(plan, parts)
    yield from usual_wishes(plan, parts, calendar)
    yield from _shared(plan, parts)


def _rules_of_part(part: Part, by_id: dict[str, Part], calendar: Calendar) -> Iterator[Posted]:
    """Yield what the part's kind of session, frequency, marks and own rules ask for."""
    node, kind, series = part.node, part.kind, part.all_series
    for each in _with_reserves(part):
        yield _posted(Opening(), (each,), part.name, node.place)
        for basic in (Needs(), DistinctStarts(), StartTimes(starts=each.starts)):
            yield _posted(basic, (each,), part.name, kind.place)
        yield _posted(Most(sessions=kind.per_day), (each,), part.name, kind.at("per_day"))
        if kind.weekdays is not None:
            yield _posted(Weekdays(weekdays=kind.weekdays), (each,), part.name, kind.at("weekdays"))
    yield from _reserve_dates(part)
    for term, group in zip(part.terms, part.series, strict=False):
        for asked in rules_of_term(term, group, node, kind.weekdays, calendar.year):
            yield _posted(asked.rule, asked.series, part.name, node.at("frequency"), node.why)
    yield from _windows(node, series, part.name)
    for bond in node.together:
        host = by_id[bond.host]
        together = Together(sessions=bond.sessions, shared=bond.shared, tier=bond.tier, weight=bond.weight)
        yield _posted(together, (series[0], host.all_series[0]), part.name, bond.place, bond.why)
    for written in node.rules:
        yield from _written(written, _groups_or_all(written, [part]), calendar, by_id.values())


def _reserve_dates(part: Part) -> Iterator[Posted]:
    """Yield what binds each session's reserve dates: they follow it, and keep the rules about its days."""
    wanted = part.node.reserve
    if wanted is None:
        return
    rule = Reserve(dates=wanted.dates, within=wanted.within)
    of_days = (Weekdays, StartTimes, OffDates, BesideClosures)
    kept = [one for one in _rules_of(part) if isinstance(one, of_days)]
    for series, spare in part.reserves:
        yield _posted(rule, (series, spare), part.name, part.node.at("reserve"), part.node.why)
        yield from (_posted(one, (spare,), spare.name, one.place, one.why) for one in kept)


def _rules_of(part: Part) -> tuple[Rule, ...]:
    """Return the rules that stand at a part, and at its programme."""
    whole = part.programme.rules if part.programme.components else ()
    return (*whole, *part.node.rules)


def _posted(rule: Rule, series: tuple[Series, ...], who: str, place: Place | None, why: str = "") -> Posted:
    return Posted(rule, series, who, rule.effective_tier, rule.weight, place, why)


def _rules_of_whole(programme: Programme, parts: list[Part], calendar: Calendar) -> Iterator[Posted]:
    """Yield what a programme asks of all its components together: total, marks, windows, rules."""
    yield from _total(programme, parts, calendar)
    yield from _windows(programme, tuple(s for part in parts for s in part.all_series), programme.name)
    for rule in programme.rules:
        named = rule.programmes or (programme.id,)
        bound = _groups_or_all(rule, parts)
        yield from _written(rule.model_copy(update={"programmes": named}), bound, calendar, parts)


def _windows(node: Component, series: tuple[Series, ...], who: str) -> Iterator[Posted]:
    if node.marks:
        yield _posted(Windows(windows=node.marks), series, who, node.at("marks"), node.why)
    if node.windows:
        rule = Windows(windows=node.windows, tier="hard")
        yield _posted(rule, series, who, node.at("windows"), node.why)


def _total(programme: Programme, parts: list[Part], calendar: Calendar) -> Iterator[Posted]:
    """A programme's frequency bounds the sum of its components, the optional ones left out."""
    frequency = programme.frequency
    counted = [part for part in parts if not part.node.optional]
    if not frequency or not frequency.terms or not counted:
        return
    total = asked_of_programme(programme, counted, calendar)
    series = tuple(series for part in counted for series in part.all_series)
    rule = Count(low=total.low, high=total.high)
    yield _posted(rule, series, programme.name, programme.at("frequency"), programme.why)


def _bound(rule: Rule, parts: Iterable[Part]) -> list[Part]:
    """Return the parts that a rule at the top of the plan binds: those it names, in their order, or all."""
    if not rule.programmes and not rule.tags:
        return list(parts)
    named = {name: place for place, name in enumerate(rule.programmes)}
    bound = [found for part in parts if (found := part.bound_by(rule.programmes, rule.tags))]
    last = len(named)

    def place(part: Part) -> int:
        own = min((named[one.id] for one in part.all_series if one.id in named), default=last)
        return named.get(part.id, named.get(part.programme.id, own))

    return sorted(bound, key=place)


def _groups_or_all(rule: Rule, parts: list[Part]) -> list[Part]:
    """Return the groups that a rule within a programme names of its parts; it binds these whole if none."""
    bound = [found for part in parts if (found := part.bound_by(rule.programmes, ()))]
    return bound if any(not part.whole for part in bound) else parts


def _written(rule: Rule, parts: list[Part], calendar: Calendar, among: Iterable[Part]) -> Iterator[Posted]:
    """Post a rule that a planner wrote: on all its series together, or on each by itself."""
    if isinstance(rule, EvenPace):
        yield from _paced(rule, parts, calendar)
        return
    if rule.by_part:
        yield from of_families(rule, parts, calendar, among)
        return
    if rule.joint:
        series = tuple(series for part in parts for series in part.all_series)
        who = "・".join(part.name for part in parts) if len(parts) < _MANY else "全事業"
        if series:
            yield _posted(rule, series, who, rule.place, rule.why)
        return
    for part in parts:
        for each in part.all_series:
            yield _posted(rule, (each,), each.name, rule.place, rule.why)


def _paced(rule: EvenPace, parts: list[Part], calendar: Calendar) -> Iterator[Posted]:
    """Pace each part over the year; a programme named as a whole is paced as a whole."""
    units: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        whole = part.programme.id in rule.programmes and part.programme.frequency
        units[part.programme.id if whole else part.id].append(part)
    for name, members in units.items():
        programme = members[0].programme
        is_whole = name == programme.id and programme.id in rule.programmes and programme.frequency
        asked = asked_of_part(members[0], calendar)
        if is_whole:
            asked = asked_of_programme(programme, members, calendar)
        total = Range(rule.sessions, rule.most or rule.sessions) if rule.sessions else asked
        months = rule.months or months_of_parts(members, calendar)
        series = tuple(series for part in members for series in part.all_series)
        most = max(total.low, total.high or 0)
        if most and months.values:
            paced = rule.model_copy(update={"sessions": total.low, "most": most, "months": months})
            who = programme.name if is_whole else members[0].name
            yield _posted(paced, series, who, rule.place, rule.why)


_MANY = 4
"""From this many programmes on, a rule that binds them together is not named after each."""


def _shared(plan: Plan, parts: tuple[Part, ...]) -> Iterator[Posted]:
    """Post the capacity of every pool, as a schedule may name one that nothing uses; keep audiences apart."""
    series = tuple(series for part in parts for series in _with_reserves(part))
    pools: tuple[Named, ...] = (*plan.resources.rooms, *plan.resources.staff)
    for pool in pools:
        users = tuple(s for s in series if any(pool.id in need.pools for need in s.needs))
        yield _posted(Capacity(pool=pool.id), users, pool.name, pool.place)
    for room in plan.resources.rooms:
        users = tuple(s for s in series if any(room.id in need.pools for need in s.needs))
        if users and room.turnaround:
            rule = Turnaround(of=room.id, minutes=room.turnaround)
            yield _posted(rule, users, room.name, room.at("turnaround"))
    for audience in plan.resources.audiences:
        members = tuple(s for s in series if audience.id in s.audiences)
        if members:  # one programme alone may call the same people twice on a day
            apart = AudienceApart(audience=audience.id, tier=audience.tier, weight=audience.weight)
            yield _posted(apart, members, audience.name, audience.place)


def _assumptions(plan: Plan) -> Iterator[str]:
    """Yield what the reports must call assumed: the resources as a whole, and counts."""
    if plan.resources.assumed:
        yield plan.resources.assumed
    for programme in plan.programmes:
        for node in (programme, *programme.components):
            if isinstance(node.assumed, str):
                yield f"{node.name}: {node.assumed}"
