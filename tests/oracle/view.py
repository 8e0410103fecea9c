"""What a sentence looks at: the sessions of a schedule that it binds, and all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from oracle.days import period
from oracle.plan import Plan, Rule


@dataclass(frozen=True)
class Held:
    """One session; `host` is the id of the one that it is held together with."""

    series: str
    number: int
    day: date
    start: int
    minutes: int
    rooms: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    host: str = ""

    @property
    def id(self) -> str:
        return f"{self.series}#{self.number}"

    @property
    def end(self) -> int:
        return self.start + self.minutes

    @property
    def units(self) -> tuple[str, ...]:
        return (*self.rooms, *self.staff)

    @property
    def place(self) -> tuple[date, int, str, int]:
        return self.day, self.start, self.series, self.number

    def meets(self, other: Held) -> bool:
        """Whether two sessions share a moment."""
        return self.day == other.day and self.start < other.end and other.start < self.end


class View:
    """The bound sessions of a schedule in order of time, for one rule."""

    def __init__(self, plan: Plan, rule: Rule, every: Sequence[Held]) -> None:
        self.plan, self.rule, self.args = plan, rule, rule.args
        self.every = every
        bound = set(rule.series)
        self.held = sorted((one for one in every if one.series in bound), key=lambda one: one.place)

    @cached_property
    def own(self) -> Plan:
        """The plan, open as well on the days on which the centre opens for the bound series."""
        return self.plan.opened_for(self.rule.series)

    def number(self, key: str, default: int = 0) -> int:
        """A parameter that is a number."""
        return int(self.args.get(key, default))

    def flag(self, key: str) -> bool:
        """A parameter that is true or false."""
        return str(self.args.get(key, "false")).lower() == "true"

    @cached_property
    def by_id(self) -> Mapping[str, Held]:
        return {one.id: one for one in self.every}

    def each_series(self) -> Iterator[list[Held]]:
        """Yield the sessions of each series that is bound, in order of time; none for one without."""
        for name in dict.fromkeys(self.rule.series):
            yield [one for one in self.held if one.series == name]

    def event(self, one: Held) -> str:
        """The session that one is held together with, or itself: sessions held together are one."""
        return one.host or one.id

    def events(self, held: Sequence[Held] | None = None) -> list[Event]:
        """Sessions held together as one, in order of time."""
        found: dict[str, list[Held]] = defaultdict(list)
        for one in self.held if held is None else held:
            found[self.event(one)].append(one)
        merged = [
            Event(group[0].day, min(s.start for s in group), max(s.end for s in group))
            for group in found.values()
        ]
        return sorted(merged, key=lambda event: (event.day, event.start))

    def units_of(self, name: Any) -> list[str]:
        """The units that an id of a room or pool, or the name of one unit, means."""
        pool = [unit.name for unit in self.plan.units.values() if unit.pool == name]
        return pool or [unit.name for unit in self.plan.units.values() if unit.name == name]


@dataclass(frozen=True)
class Event:
    """A session, or several held together, as one."""

    day: date
    start: int
    end: int


Sentence = Callable[[View], int]
SENTENCES: dict[str, Sentence] = {}
"""Each rule of the catalogue by its name: a view in, units of breach out."""
PEOPLE: set[str] = set()
"""The rules that need to know rooms, staff and hosts; the others look at dates and starts only."""


def sentence(function: Sentence) -> Sentence:
    """Enter a rule of dates under its function's name."""
    SENTENCES[function.__name__.rstrip("_")] = function
    return function


def of_people(function: Sentence) -> Sentence:
    """Enter a rule of rooms and staff."""
    PEOPLE.add(function.__name__)
    return sentence(function)


def by_period(held: Sequence[Held], per: str) -> Mapping[object, list[Held]]:
    """Sessions by the year, half, quarter, term, month, week or day that they fall in."""
    found: dict[object, list[Held]] = defaultdict(list)
    for one in held:
        found[period(one.day, per)].append(one)
    return found


def excess(counts: Iterator[int] | Sequence[int], most: int) -> int:
    """By how much some counts are greater than they may be."""
    return sum(max(0, count - most) for count in counts)
