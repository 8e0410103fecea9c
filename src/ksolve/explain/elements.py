"""What a plan states, one statement after the other, so that any of them can be left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from ksolve.calendar import YearlyDay, show_days
from ksolve.expand import expand
from ksolve.findings import Place
from ksolve.frequency.closures import ClosedDays
from ksolve.plan.centre import Room, StaffPool
from ksolve.plan.changing import with_resources
from ksolve.plan.schema import Plan
from ksolve.problem import Posted, Problem
from ksolve.spelling import Node
from ksolve.text import Text


@dataclass(frozen=True)
class Element:
    """A rule of one programme, or a fact of the centre, that a conflict may be made of.

    `rules` are indexes of the problem's rules; a fact has none, and `drop` returns the plan without it.
    """

    name: str
    text: Text
    place: Place | None
    rules: tuple[int, ...] = ()
    drop: Callable[[Plan], Plan] | None = field(default=None, compare=False)
    node: Node | None = field(default=None, compare=False, hash=False)
    calendar: bool = False


class Subject:
    """A plan taken apart into its elements, and the problem that any choice of them states."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.problem = expand(plan)
        self._without: dict[frozenset[Element], Problem] = {frozenset(): self.problem}

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Every rule that is hard, then every fact."""
        return (*_rule_elements(self.problem), *_facts(self.plan))

    @cached_property
    def facts(self) -> frozenset[Element]:
        """The elements that are facts of the centre."""
        return frozenset(element for element in self.elements if element.drop)

    def posted(self, element: Element) -> tuple[Posted, ...]:
        """Return the rules of an element."""
        return tuple(self.problem.rules[index] for index in element.rules)

    def programmes(self, element: Element) -> frozenset[str]:
        """Return the ids of the programmes that an element binds."""
        return frozenset(s.programme for posted in self.posted(element) for s in posted.series)

    def demands(self, element: Element) -> bool:
        """Tell whether an element asks for anything; the others only restrict."""
        return any(posted.rule.does != "limits" for posted in self.posted(element))

    def stating(self, kept: Collection[Element]) -> Problem:
        """Return the problem that states only these elements, with the series that they ask for.

        What a soft rule permits (to share a room) is permitted whatever is stated.
        """
        base = self._base(kept)
        indexes = {index for element in kept for index in element.rules}
        chosen = [posted for index, posted in enumerate(base.rules) if index in indexes or _given(posted)]
        asked = {series.id for posted in chosen if posted.rule.does != "limits" for series in posted.series}
        rules = [replace(p, series=tuple(s for s in p.series if s.id in asked)) for p in chosen]
        free = [p for p in base.hard.rules if p.tier and all(s.id in asked for s in p.series)]
        return replace(
            base,
            series=tuple(series for series in base.series if series.id in asked),
            rules=(*(posted for posted in rules if posted.series), *free),
        )

    def _base(self, kept: Collection[Element]) -> Problem:
        """Expand the plan without the facts that are not kept.

        Where a closure moves what is asked (a fixed pattern, a count for each week), leaving it
        out would ask for something else, not for less: then the calendar stays as it is.
        """
        rigid = any(posted.rule.moves_with_closures for element in kept for posted in self.posted(element))
        gone = frozenset(f for f in self.facts if f not in kept and not (rigid and f.calendar))
        if gone not in self._without:
            plan = self.plan
            for fact in gone:
                plan = fact.drop(plan) if fact.drop else plan
            self._without[gone] = expand(plan)
        return self._without[gone]


def _given(posted: Posted) -> bool:
    return posted.tier is None and posted.rule.given


def _rule_elements(problem: Problem) -> Iterator[Element]:
    """Yield one element for each rule and programme, however many groups and months it has."""
    groups: dict[tuple[str, str, Place | None], list[int]] = {}
    for index, posted in enumerate(problem.rules):
        if posted.tier is None and not posted.rule.given and not posted.rule.is_implied(posted):
            # what a kind of session says holds for each programme of that kind by itself
            programmes = {series.programme for series in posted.series}
            who = programmes.pop() if len(programmes) == 1 else ""
            groups.setdefault((posted.rule.name, who, posted.place), []).append(index)
    for (name, _, place), indexes in groups.items():
        mine = [problem.rules[index] for index in indexes]
        texts, who = dict.fromkeys(posted.rule.said(posted, problem) for posted in mine), mine[0].who
        said = Text("、".join(t.ja for t in texts), ", ".join(t.en for t in texts))
        yield Element(name, Text(f"{who}: {said.ja}", f"{who}: {said.en}"), place, tuple(indexes))


def _facts(plan: Plan) -> Iterator[Element]:
    calendar = plan.resources.calendar
    yield _calendar("open_hours", _HOURS, calendar.at("open"), {"open": _ALWAYS, "seasons": ()})
    if calendar.holidays == "closed":
        yield _calendar("holidays", _HOLIDAYS, calendar.at("holidays"), {"holidays": "open"})
    for index, closure in enumerate(calendar.closed):
        text = _CLOSED.fill(days=closure.days.text, why=closure.reason)
        yield Element("closure", text, closure.place, (), _without_closure(index), closure, calendar=True)
    for key in ("rooms", "staff"):
        for pool in getattr(plan.resources, key):
            yield from _facts_of(key, pool)


def _calendar(name: str, text: Text, place: Place | None, update: dict[str, object]) -> Element:
    def drop(plan: Plan) -> Plan:
        calendar = plan.resources.calendar.model_copy(update=update)
        return with_resources(plan, calendar=calendar)

    return Element(name, text, place, (), drop, calendar=True)


def _without_closure(index: int) -> Callable[[Plan], Plan]:
    def drop(plan: Plan) -> Plan:
        """An empty stretch in its place keeps the indexes of the others."""
        calendar = plan.resources.calendar
        closed = list(calendar.closed)
        closed[index] = closed[index].model_copy(update={"days": ClosedDays("")})
        return with_resources(plan, calendar=calendar.model_copy(update={"closed": tuple(closed)}))

    return drop


def _facts_of(key: str, pool: Room | StaffPool) -> Iterator[Element]:
    away = "closed" if isinstance(pool, Room) else "absent"
    for index, absence in enumerate(getattr(pool, away)):
        gone = _change(key, pool.id, away, index)
        template = _UNUSABLE if isinstance(pool, Room) else _AWAY
        text = template.fill(name=pool.name, days=show_days([absence.days]), why=absence.why or "-")
        yield Element("absence", text, absence.place, (), gone, absence)
    hours: dict[str, object] = {"weekly": None}
    if isinstance(pool, StaffPool) and pool.shifts:
        hours |= {"shifts": (), "count": len(pool.own_units)}
    if isinstance(pool, StaffPool) and pool.members:
        always = {"weekly": None, "absent": ()}
        hours |= {"members": tuple(member.model_copy(update=always) for member in pool.members)}
    if pool.weekly or len(hours) > 1:
        place = pool.at(next(key for key in ("weekly", "shifts", "members") if getattr(pool, key, ())))
        yield Element("hours", _SHIFT.fill(name=pool.name), place, (), _change(key, pool.id, hours), pool)
    if isinstance(pool, Room) and pool.seats is not None:
        text = _SEATS.fill(name=pool.name, seats=pool.seats)
        yield Element("seats", text, pool.at("seats"), (), _change(key, pool.id, {"seats": None}), pool)


def _change(key: str, name: str, update: dict[str, object] | str, index: int = 0) -> Callable[[Plan], Plan]:
    """Return what changes the fields of one pool, or empties one of its absences."""

    def changed(pool: Room | StaffPool) -> Room | StaffPool:
        if isinstance(update, dict):
            return pool.model_copy(update=update)
        absences = list(getattr(pool, update))
        absences[index] = absences[index].model_copy(update={"days": _NEVER})
        return pool.model_copy(update={update: tuple(absences)})

    def drop(plan: Plan) -> Plan:
        pools = getattr(plan.resources, key)
        return with_resources(
            plan, **{key: tuple(changed(pool) if pool.id == name else pool for pool in pools)}
        )

    return drop


_NEVER = (YearlyDay(1, 1, 1900), YearlyDay(1, 1, 1900))
_ALWAYS = {frozenset(range(7)): ((0, 24 * 60),)}
_HOURS = Text("開館する曜日と時間", "opening weekdays and hours")
_HOLIDAYS = Text("祝日は休館", "closed on national holidays")
_CLOSED = Text("{days} は休館({why})", "closed on {days} ({why})")
_AWAY = Text("{name}: {days} は不在({why})", "{name}: away on {days} ({why})")
_UNUSABLE = Text("{name}: {days} は使用不可({why})", "{name}: not to be used on {days} ({why})")
_SHIFT = Text("{name}: 勤務する曜日と時間", "{name}: weekdays and hours")
_SEATS = Text("{name}: 定員{seats}人", "{name}: seats for {seats}")
