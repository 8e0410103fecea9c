"""A problem: the rules of one year of one centre, each with the series that it binds. Frozen data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from ksolve.findings import Place
from ksolve.problem.data import Series, Setting, Tier
from ksolve.problem.rule import Rule
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Posted:
    """A rule with the series it binds (a Binding); `who` names them for people.

    `tier` None makes it hard; else each unit of breach costs `weight` in that tier, and no schedule may
    have more than `most` units of breach (None: any number).
    """

    rule: Rule
    series: tuple[Series, ...]
    who: str
    tier: Tier | None = None
    weight: int = 1
    place: Place | None = None
    why: str = ""
    most: int | None = None


@dataclass(frozen=True)
class Problem(Setting):
    """Everything that a solver, or a checker, has to know about one year of one centre."""

    rules: tuple[Posted, ...]
    assumed: tuple[str, ...] = ()
    """What is assumed of rooms, staff and counts."""
    tentative: tuple[Text, ...] = ()
    """Days that others have not settled yet (external calendars)."""

    @property
    def hard(self) -> Problem:
        """The same problem without its preferences; what those permit (to share a room) costs nothing."""
        free = (replace(p, tier=Tier.LEVEL, weight=0) for p in self.rules if p.tier and p.rule.permits)
        return replace(self, rules=(*(p for p in self.rules if p.tier is None), *free))

    @property
    def to_date(self) -> Problem:
        """The problem of dates alone: without what is asked of the names of people, which come after them."""
        return replace(self, rules=tuple(posted for posted in self.rules if not posted.rule.after_dating))

    @cached_property
    def guests(self) -> frozenset[str]:
        """The series whose sessions follow those of another, their host, by their ids."""
        return frozenset(posted.series[0].id for posted in self.rules if posted.rule.permits)

    @cached_property
    def hosts(self) -> dict[str, frozenset[str]]:
        """The series that each series may share room and staff with, by their ids."""
        shared = [posted for posted in self.rules if posted.rule.shares]
        return {
            guest: frozenset(posted.series[1].id for posted in shared if posted.series[0].id == guest)
            for guest in {posted.series[0].id for posted in shared}
        }
