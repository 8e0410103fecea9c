"""The parts of a plan that hold sessions, and their series."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ksolve.calendar import FiscalYear, days_within
from ksolve.frequency import Frequency, Months, Term
from ksolve.plan.centre import SessionKind
from ksolve.plan.groups import group_suffix, part_id, part_name, series_suffix
from ksolve.plan.schema import Component, Plan, Programme
from ksolve.problem import Need, Series


@dataclass(frozen=True, slots=True)
class Part:
    """A programme or component that holds sessions, with its kind of session and its series.

    `series` has one tuple for each term of the frequency, with one series for each group;
    an open component (the remainder) has one series and no term.
    """

    node: Component
    programme: Programme
    kind: SessionKind
    terms: tuple[Term, ...]
    series: tuple[tuple[Series, ...], ...]
    whole: bool = True
    """Whether these are all its series, not only the groups that a rule names."""

    @property
    def id(self) -> str:
        """``programme`` or ``programme.component``, as references name it."""
        return part_id(self.programme, self.node)

    @property
    def name(self) -> str:
        """The part's name for people: 育児教室 エンジェル教室; of some groups, their names."""
        if not self.whole:
            return "・".join(series.name for series in self.all_series)
        return part_name(self.programme, self.node)

    @property
    def all_series(self) -> tuple[Series, ...]:
        """Every series of the part."""
        return tuple(series for group in self.series for series in group)

    @property
    def reserves(self) -> tuple[tuple[Series, Series], ...]:
        """Each series with that of its reserve dates, where it has any."""
        if not self.node.reserve:
            return ()
        return tuple((series, _reserve(series)) for series in self.all_series)

    @property
    def tags(self) -> frozenset[str]:
        """The part's tags and its programme's."""
        return frozenset((*self.node.tags, *self.programme.tags))

    def is_named_by(self, programmes: Collection[str], tags: Collection[str]) -> bool:
        """Whether a rule with these programmes and tags names the part; one with neither names nobody."""
        return self.id in programmes or self.programme.id in programmes or not self.tags.isdisjoint(tags)

    def bound_by(self, programmes: Collection[str], tags: Collection[str]) -> Part | None:
        """Return what a rule with these programmes and tags binds of the part: all, some groups, or nothing.

        A group is named by the id of its series.
        """
        if self.is_named_by(programmes, tags):
            return self
        kept = [tuple(one for one in group if one.id in programmes) for group in self.series]
        if not any(kept):
            return None
        terms = tuple(
            replace(term, groups=len(group)) for term, group in zip(self.terms, kept, strict=False) if group
        )
        return replace(self, terms=terms, series=tuple(filter(None, kept)), whole=False)


def _reserve(series: Series) -> Series:
    return replace(
        series,
        id=f"{series.id}-reserve",
        name=f"{series.name} 予備日",
        published_line=0,
        reserve_of=series.id,
    )


def parts_of(plan: Plan) -> tuple[Part, ...]:
    """Return every part of the plan that holds sessions, in plan order.

    A part whose kind of session is missing or unknown is left out; `faults.py` reports it.
    """
    kinds = {kind.id: kind for kind in plan.resources.sessions}
    found = (_part(programme, node, kinds, plan.year) for programme, node in countable_nodes(plan))
    return tuple(part for part in found if part)


def countable_nodes(plan: Plan) -> Iterator[tuple[Programme, Component]]:
    """Yield each programme or component whose sessions are to be dated.

    A programme with components leaves the dating to them; its frequency bounds their sum, and its months,
    audiences and turns are theirs as well.
    """
    for programme in plan.programmes:
        parts = tuple(_within(programme, component) for component in programme.components)
        nodes: tuple[Component, ...] = parts or (programme,)
        for node in nodes:
            if node.remainder or (node.frequency and not node.frequency.is_service):
                yield programme, node


def _within(programme: Programme, node: Component) -> Component:
    months = node.months or programme.months
    if node.months and programme.months:
        both = tuple(month for month in node.months.values if month in programme.months.values)
        months = Months(both) if both else node.months
    audiences = tuple(dict.fromkeys((*node.audiences, *programme.audiences)))
    in_turn = node.in_turn or programme.in_turn
    update = {"months": months, "audiences": audiences, "in_turn": in_turn}
    return node.model_copy(update={**update, "reserve": node.reserve or programme.reserve})


def _part(
    programme: Programme, node: Component, kinds: dict[str, SessionKind], year: FiscalYear
) -> Part | None:
    kind = kinds.get(node.session or programme.session or "")
    if kind is None:
        return None
    frequency: Frequency | None = node.frequency
    terms = frequency.terms if frequency and not node.remainder else ()
    groups = [term.groups for term in terms] or [1]
    opened = days_within(dict.fromkeys((*programme.opened, *node.opened)), year)
    series = tuple(
        tuple(
            replace(_series(programme, node, kind, terms, number, group, count), opened=opened)
            for group in range(1, count + 1)
        )
        for number, count in enumerate(groups, start=1)
    )
    return Part(node, programme, kind, terms, series)


def _series(
    programme: Programme,
    node: Component,
    kind: SessionKind,
    terms: tuple[Term, ...],
    number: int,
    group: int,
    groups: int,
) -> Series:
    hours = terms[number - 1].hours if terms else None
    starts = (hours[0],) if hours else kind.starts
    minutes = hours[1] - hours[0] if hours and hours[1] > hours[0] else kind.minutes
    suffix = series_suffix(number, len(terms), group, groups)
    alone = 0 if kind.more_rooms else kind.people
    room = Need("room", kind.rooms, features=frozenset(kind.features), seats=alone)
    rooms = ((room,) if kind.rooms else ()) + tuple(Need("room", pools) for pools in kind.more_rooms)
    staff = tuple(
        Need("staff", (pool,), amount, frozenset(kind.skills.get(pool, ())))
        for pool, amount in sorted(kind.staff.items())
    )
    return Series(
        id=part_id(programme, node) + suffix,
        programme=programme.id,
        name=part_name(programme, node) + group_suffix(group, groups),
        minutes=minutes,
        starts=tuple(sorted(starts)),
        needs=rooms + staff,
        audiences=frozenset((*kind.audiences, *node.audiences)),
        published_line=programme.published.line if programme.published else 0,
        component="" if node is programme else node.id,
        part="" if node is programme else node.name,
        place=node.place,
        site=kind.site,
        people=kind.people - alone,
    )
