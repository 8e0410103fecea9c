"""What rules are about: series of sessions, the rooms and staff they take, who attends. Frozen data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Literal, Protocol

from ksolve.calendar import Calendar, FiscalYear
from ksolve.clock import Spans
from ksolve.findings import Place
from ksolve.text import Text


class Tier(IntEnum):
    """The strict order in which preferences are met; each keeps what the one before reached.

    HISTORY to NEARNESS are for what starts from a schedule and keeps it: revisions and what-ifs.
    """

    HISTORY = 1
    SHORTAGE = 2
    WISHES = 3
    CHANGES = 4
    NOTICE = 5
    ROOMS = 6
    STAFF = 7
    NEARNESS = 8
    FIT = 9
    STABILITY = 10
    QUIET = 11
    PATTERN = 12
    SPREAD = 13
    LEVEL = 14
    PEOPLE = 15

    @property
    def text(self) -> Text:
        """The tier's name for people."""
        return _TIERS[self]


_TIERS = {
    Tier.HISTORY: Text("実施済みの回の違反", "breaches of what was held"),
    Tier.SHORTAGE: Text("不足", "shortage"),
    Tier.WISHES: Text("かなわない希望", "wishes not met"),
    Tier.CHANGES: Text("日時の変わる回", "sessions at another time"),
    Tier.NOTICE: Text("直前の変更", "changes at short notice"),
    Tier.ROOMS: Text("部屋の変わる回", "sessions in another room"),
    Tier.STAFF: Text("職員の変わる回", "sessions with other staff"),
    Tier.NEARNESS: Text("動いた週の数", "weeks by which sessions move"),
    Tier.FIT: Text("公表計画との適合", "published fit"),
    Tier.STABILITY: Text("例年の習慣", "habits of other years"),
    Tier.QUIET: Text("避けたい日", "quiet days"),
    Tier.PATTERN: Text("曜日・時刻のそろい", "steady pattern"),
    Tier.SPREAD: Text("間隔のそろい", "even spread"),
    Tier.LEVEL: Text("負荷の平準化", "level load"),
    Tier.PEOPLE: Text("担当", "people"),
}


@dataclass(frozen=True, slots=True)
class Resource:
    """Interchangeable units of one room or staff pool: the same hours, the same seats.

    `pool` is the id in the plan; a pool whose members keep different hours has several
    resources. `units` names each unit. `weekly` holds the hours of Monday to Sunday,
    `exceptions` those of single dates (empty: absent or closed). `features` are what a room has
    (防音), or what a member of staff is able to do (手話). `site` is where a room is, if told.
    """

    id: str
    pool: str
    kind: Literal["room", "staff"]
    name: str
    units: tuple[str, ...]
    weekly: tuple[Spans, ...]
    exceptions: Mapping[date, Spans] = field(default_factory=dict, hash=False)
    seats: int | None = None
    features: frozenset[str] = frozenset()
    place: Place | None = None
    site: str = ""

    def hours(self, day: date) -> Spans:
        """Return the spans of a date in which the units are there."""
        return self.exceptions.get(day, self.weekly[day.weekday()])


@dataclass(frozen=True, slots=True)
class Need:
    """`amount` units that each session takes from any of the pools, each with the features and seats."""

    kind: Literal["room", "staff"]
    pools: tuple[str, ...]
    amount: int = 1
    features: frozenset[str] = frozenset()
    seats: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """The sessions of one component and group; until dated they are interchangeable.

    `id` is ``programme``, ``programme.component`` or ``programme.component-g2``. `starts` are
    the minutes after midnight at which a session may begin, `minutes` its length. `component` and
    `part` are the id and the name of the component where the programme has several; `site` is
    where its sessions are held, if told and they take no room; `opened` are the dates on which the
    centre opens for them alone. `people` is for how many the rooms of a session together need seats,
    where it takes several; a need for one room says so itself. `reserve_of` is the series for whose
    sessions these are reserve dates (予備日), which count as no sessions.
    """

    id: str
    programme: str
    name: str
    minutes: int
    starts: tuple[int, ...]
    needs: tuple[Need, ...] = ()
    audiences: frozenset[str] = frozenset()
    published_line: int = 0
    component: str = ""
    part: str = ""
    place: Place | None = None
    site: str = ""
    opened: tuple[date, ...] = ()
    people: int = 0
    reserve_of: str = ""


Within = Literal["moment", "day", "week"]
"""What sessions do not share that are kept apart; a week begins on Monday."""


@dataclass(frozen=True, slots=True)
class Audience:
    """People who would attend several programmes; these are kept `apart` by moment, day or week."""

    id: str
    name: str
    apart: Within


class Binding(Protocol):
    """Which series a rule binds, and how much: what a rule is told when it is stated or checked.

    `who` names the series for people. `tier` None makes it hard; else each unit of breach costs `weight` in
    that tier.
    """

    @property
    def series(self) -> tuple[Series, ...]:
        """The series that are bound."""

    @property
    def who(self) -> str:
        """What people call them."""

    @property
    def tier(self) -> Tier | None:
        """Where breaches count; None: there may be none."""

    @property
    def weight(self) -> int:
        """What one unit of breach costs."""


@dataclass(frozen=True)
class Setting:
    """One year of one centre, all but its rules: what a rule may look at."""

    id: str
    title: str
    calendar: Calendar
    series: tuple[Series, ...]
    resources: tuple[Resource, ...]
    audiences: tuple[Audience, ...]

    @property
    def year(self) -> FiscalYear:
        """The fiscal year that is scheduled."""
        return self.calendar.year

    @cached_property
    def counted(self) -> tuple[Series, ...]:
        """The series whose sessions count: without reserve dates."""
        return tuple(series for series in self.series if not series.reserve_of)

    @cached_property
    def reserves(self) -> frozenset[str]:
        """The ids of the series that are reserve dates."""
        return frozenset(series.id for series in self.series if series.reserve_of)

    def calendar_of(self, *series: Series) -> Calendar:
        """Return the calendar that holds for some series: the centre's, and open on their own dates."""
        days = frozenset(day for one in series for day in one.opened)
        if days not in self._calendars:
            self._calendars[days] = self.calendar.opening(days)
        return self._calendars[days]

    @cached_property
    def _calendars(self) -> dict[frozenset[date], Calendar]:
        """The calendars that were asked for, by the dates on which they are open as well."""
        return {frozenset(): self.calendar}

    def of_pool(self, pool: str) -> tuple[Resource, ...]:
        """Return the resources that make up one room or staff pool of the plan."""
        return tuple(resource for resource in self.resources if resource.pool == pool)

    def named(self, names: Collection[str]) -> tuple[Resource, ...]:
        """Return the resources of the pools, and of the single rooms and members, that are named."""
        return tuple(
            one for one in self.resources if one.pool in names or not set(names).isdisjoint(one.units)
        )
