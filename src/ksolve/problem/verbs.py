"""What a rule may ask of the solver: the only words that the two have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from typing import Protocol

from ksolve.problem.data import Binding, Resource, Series, Setting, Within
from ksolve.problem.patterns import Place
from ksolve.problem.schedule import Session

Period = tuple[Sequence[date], int, int | None]
"""Dates that hold from so many to so many sessions (None: no limit)."""


class Verbs(Protocol):
    """What a rule may ask of the solver. Each verb takes the rule first: it gives the softness."""

    @property
    def problem(self) -> Setting:
        """The problem that is modelled."""

    def forbid(
        self,
        by: Binding,
        series: Series,
        days: Collection[date] | None = None,
        starts: Collection[int] | None = None,
    ) -> None:
        """No session of the series on these dates and at these starts (None: at any)."""

    def count(
        self, by: Binding, series: Sequence[Series], period: Period, *, start: int | None = None
    ) -> None:
        """The dates of the period hold so many sessions of the series, together (at this start)."""

    def one_of(
        self, by: Binding, series: Sequence[Series], ways: Sequence[tuple[Sequence[Period], int]]
    ) -> None:
        """One of several ways is chosen: its periods hold their sessions, dates of the other ways none.

        The number beside a way says how many sessions its days cannot hold; a hard rule chooses no such way.
        """

    def windows(
        self, by: Binding, series: Sequence[Series], windows: Sequence[tuple[Sequence[date], int]]
    ) -> None:
        """Each window holds its number of sessions, and a session counts for one window only."""

    def spaced(self, by: Binding, series: Sequence[Series], days: int) -> None:
        """Any two sessions are at least `days` days apart."""

    def close(self, by: Binding, series: Series, days: int) -> None:
        """From each session but the last to the next there are at most `days` days."""

    def separate(
        self, by: Binding, groups: Sequence[Sequence[Series]], periods: Sequence[Sequence[date]]
    ) -> None:
        """In each period only one of the groups has sessions."""

    def follow(
        self, by: Binding, first: Sequence[Series], then: Sequence[Series], days: int, *, each: bool
    ) -> None:
        """`then` comes at least `days` days after `first`: session by session, or after all of it."""

    def stand_by(self, by: Binding, first: Series, spare: Series, dates: int, days: int) -> None:
        """After each session of `first`, within `days` days and before its next, lie `dates` of `spare`."""

    def runs(
        self,
        by: Binding,
        series: Sequence[Series],
        periods: Sequence[Sequence[date]],
        length: int,
        counts: tuple[int, int | None],
        *,
        in_turn: bool,
    ) -> None:
        """Each series meets `counts` times in each of `length` consecutive periods, else not at all."""

    def whole_runs(self, by: Binding, series: Series, runs: Sequence[Sequence[date]]) -> None:
        """The sessions make up whole runs, each with a session on each of its dates."""

    def serve(self, by: Binding, series: Series, allowed: Sequence[Sequence[Resource]]) -> None:
        """Each session takes, for each need of the series, its amount of the allowed resources."""

    def seat(self, by: Binding, series: Series, people: int) -> None:
        """The rooms that a session takes have, together, seats for so many."""

    def take(self, by: Binding, series: Series, unit: str, days: Collection[date] | None = None) -> None:
        """Each session (on these dates; None: on any) takes this room or member among what it needs."""

    def count_using(
        self, by: Binding, series: Sequence[Series], of: str, days: Collection[date], high: int
    ) -> None:
        """At most `high` sessions on these dates use a pool, or one room or member."""

    def minutes_using(
        self, by: Binding, series: Sequence[Series], unit: str, days: Collection[date], high: int
    ) -> None:
        """The sessions on these dates that take the unit have at most `high` minutes; an hour more costs."""

    def days_using(
        self, by: Binding, series: Sequence[Series], unit: str, rows: Sequence[Sequence[date]]
    ) -> None:
        """The unit is free on one date at least of each of these rows of dates."""

    def rest(self, by: Binding, series: Sequence[Series], unit: str, minutes: int) -> None:
        """A session that takes the unit begins `minutes` minutes after those of earlier days have ended."""

    def share_evenly(
        self, by: Binding, series: Sequence[Series], units: Sequence[str], difference: int
    ) -> None:
        """The numbers of sessions that take each of these units differ by at most `difference`."""

    def turn_around(self, by: Binding, series: Sequence[Series], unit: str, minutes: int) -> None:
        """Sessions that take the unit, one after the other, are at least `minutes` apart."""

    def travel(
        self, by: Binding, series: Sequence[Series], unit: str, sites: tuple[str, str], minutes: int
    ) -> None:
        """A session of the unit at the second site begins `minutes` after those at the first have ended."""

    def capacity(self, by: Binding, resource: Resource) -> None:
        """At every moment no more units of the resource are in use than are there."""

    def exclusive(self, by: Binding, series: Sequence[Series], *, per: Within, most: int = 1) -> None:
        """No more than `most` sessions of the series at the same moment, or in the same day or week."""

    def coincide(
        self, by: Binding, guest: Series, host: Series, sessions: int | None, *, shared: bool
    ) -> None:
        """`sessions` of the guest (None: all) fall on the host's dates (shared: and starts, room, staff)."""

    def prefer_units(
        self, by: Binding, series: Series, kept: Mapping[tuple[date, int], Mapping[str, int]]
    ) -> None:
        """Each session at one of these dates and starts that takes fewer units of a resource costs."""

    def hold(
        self, by: Binding, series: Series, cells: Sequence[tuple[date, int]], resources: Sequence[str]
    ) -> None:
        """One session at one of these dates and starts, or more, takes these resources.

        They are given by their ids, one as often as the session takes of it.
        """

    def settle(
        self,
        by: Binding,
        series: Series,
        before: date,
        held: Sequence[tuple[date, int, int, Sequence[str], str]],
    ) -> None:
        """Before a date the series has these sessions and no others.

        Each has its date, its start, its minutes, its units, and the id of the series that it was held
        together with.
        """

    def mode(self, by: Binding, series: Series, kept: Callable[[date], tuple[int, int]]) -> None:
        """Each session costs that is off the series' commonest start and what is `kept` of its day."""

    def keep_place(
        self,
        by: Binding,
        series: Sequence[Series],
        places: Mapping[tuple[int, int], Sequence[Place]],
    ) -> None:
        """Each session costs that is off the place that the series choose; off its weekday or start, twice.

        `places` has the places of each weekday and start. One session stands in for one closed date.
        """

    def keep_slots(
        self,
        by: Binding,
        series: Sequence[Series],
        count: int,
        weeks: Sequence[Mapping[date, bool]],
    ) -> None:
        """Each session costs that is on none of the `count` weekdays and starts that the series choose.

        `weeks` has the dates of each week, and whether each is usual. A week may have a session elsewhere
        for each of the weekdays that is not, and costs by what it lacks beyond one of those that are.
        """

    def pace(self, by: Binding, series: Sequence[Series], periods: Sequence[Period]) -> None:
        """Each period costs as much as the number of sessions up to its end lies outside its bounds."""

    def stretches(
        self,
        by: Binding,
        series: Sequence[Series],
        periods: Sequence[Sequence[date]],
        bounds: Sequence[tuple[int, int]],
    ) -> None:
        """Any periods in a row cost what they hold beyond the bounds for so many (see `bounds`)."""

    def prefer(self, by: Binding, series: Series, kept: Collection[tuple[date, int]]) -> None:
        """Each session costs that is at none of these dates and starts."""


class NameVerbs(Protocol):
    """What a wish may ask of who takes sessions that are dated already; each unit of breach costs."""

    @property
    def problem(self) -> Setting:
        """The problem that is modelled."""

    def keep_people(self, by: Binding, team: Callable[[Session], Hashable]) -> None:
        """Sessions of one team have the same members of each pool: a place that somebody else takes costs."""

    def share_out(self, by: Binding, members: Sequence[str], percent: int) -> None:
        """By the end of no month has one of the members had more than so much of an even share."""
