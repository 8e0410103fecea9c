"""Whom the usual wishes concern, from the section *Wishes* in docs/plan.md, in a plan that states no rules.

Of every series and every wish it is said whether it is concerned, or that the page leaves it open. What the
parameters of a wish are (how many a month, where what has no mark is expected) is left to the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from oracle.days import months
from oracle.of_counts import asked_least, asked_most, months_held, told
from oracle.plan import Plan, Rule, Series
from oracle.view import View

NAMES = (
    "quiet_days",
    "usual_place",
    "weekly_rhythm",
    "even_pace",
    "mid_month",
    "even_visits",
    "level_weeks",
    "level_load",
    "same_staff",
    "share_work",
)
"""The wishes of the table."""
WEIGHED_AS = {"steady_pattern": "usual_place"}
"""What keeps one start where a usual place is not asked for, and whose weight it has."""
PLACED = ("usual_place", "weekly_rhythm", "even_pace", "mid_month", "even_visits")
"""What a guest leaves to its host."""
FEW, OFTEN = 3, 3
"""So few sessions a year, and so many a month."""


@dataclass(frozen=True)
class Window:
    """So many sessions in some months: a mark, which is wished, or a window, which must hold."""

    months: tuple[int, ...]
    sessions: int
    is_mark: bool

    @property
    def is_dense(self) -> bool:
        """Whether it is one of visits: four or more, and more than three a month."""
        return self.sessions > FEW and self.sessions > OFTEN * len(self.months)


@dataclass(frozen=True)
class Asked:
    """What is asked of one series, or of groups that meet one after the other together."""

    plan: Plan
    family: tuple[str, ...]
    node: Mapping[str, Any]

    @cached_property
    def number(self) -> int:
        """The fewest sessions that the frequency asks for in this year."""
        return sum(asked_least(self.plan, rule) for rule in self._told)

    @cached_property
    def most(self) -> int:
        """The most that it allows."""
        return sum(asked_most(self.plan, rule) for rule in self._told)

    @cached_property
    def _told(self) -> list[Rule]:
        found = [told(View(self.plan, Rule("", {}, (name,)), ())) for name in self.family]
        return [rule for rules in found for rule in rules]

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """Its marks and windows."""
        return tuple(
            Window(months(one), 1, key == "marks")
            if isinstance(one, str)
            else Window(months(one["months"]), int(one.get("sessions", 1)), key == "marks")
            for key in ("marks", "windows")
            for one in self.node.get(key, ())
        )

    @cached_property
    def whole(self) -> Window | None:
        """The window in which all of them are."""
        return next((one for one in self.windows if one.sessions >= self.number), None)

    @cached_property
    def months(self) -> tuple[int, ...]:
        """The months with an open day on which it may be held, in the window where all are in one."""
        open_ = months_held(View(self.plan, Rule("", {}, self.family), ()))
        return tuple(month for month in open_ if self.whole is None or month in self.whole.months)

    @property
    def a_month(self) -> Fraction:
        """How many there are in one of its months."""
        return Fraction(self.number, max(1, len(self.months)))

    @property
    def is_often(self) -> bool:
        """Whether it meets more than three times a month."""
        return self.a_month > OFTEN

    @property
    def is_course(self) -> bool:
        """Whether it meets once a month or more while it lasts."""
        return self.a_month >= 1 or self.says_months

    @property
    def names_days(self) -> bool:
        """Whether the frequency names the days."""
        return str(self.node["frequency"]).startswith("毎月第")

    @property
    def says_months(self) -> bool:
        """Whether the frequency says how many there are in each month or week."""
        return str(self.node["frequency"]).startswith(("月", "週", "毎月"))

    @property
    def is_paced(self) -> bool | None:
        """Whether it goes evenly over its months; None: the page leaves it open."""
        if self.number < 2 or self.is_often or self.says_months:
            return False
        if not self.windows or (self.whole and len(self.windows) == 1):
            return True
        marked = {month for one in self.windows for month in one.months}
        is_plain = all(one.sessions == len(one.months) == 1 and one.is_mark for one in self.windows)
        left, others = self.number - len(self.windows), set(self.months) - marked
        if not is_plain or len(others) < left <= FEW:
            return None
        return 1 <= left <= FEW


def concerned(plan: Plan) -> Iterator[tuple[str, str, bool | None]]:
    """Yield each wish with each series, and whether it is concerned: None where that is left open."""
    for programme in plan.given["programmes"]:
        for part in programme.get("components") or [{}]:
            common = {key: programme[key] for key in ("session", "months", "in_turn") if key in programme}
            node = {**common, **part} if part else programme
            mine = [one for one in plan.series.values() if _is_of(one, programme["id"], part.get("id", ""))]
            turns = [tuple(one.id for one in mine)] if mine[0].in_turn else [(one.id,) for one in mine]
            for family in turns:
                asked = Asked(plan, family, node)
                wishes = dict(_wishes(asked, mine[0]))
                follows = _follows(node, asked)
                for name in family:
                    for wish in NAMES:
                        is_meant = False if follows and wish in PLACED else wishes[wish]
                        yield wish, name, is_meant


def _is_of(series: Series, programme: str, component: str) -> bool:
    is_counted = not series.id.endswith("-reserve")
    return is_counted and (series.programme, series.component) == (programme, component)


def _follows(node: Mapping[str, Any], asked: Asked) -> bool:
    """Whether half of its sessions or more are held with a host, which must be."""
    bond = node.get("together")
    if bond is None or "tier" in bond:
        return False
    return 2 * int(bond.get("sessions", asked.number)) >= asked.number


def _wishes(asked: Asked, series: Series) -> Iterator[tuple[str, bool | None]]:
    number, is_free = asked.number, not asked.names_days
    pools = series.kind.get("staff", {})
    sizes = {pool: sum(unit.pool == pool for unit in asked.plan.units.values()) for pool in pools}
    dense = [one.is_dense for one in asked.windows]
    yield "quiet_days", is_free
    yield (
        "usual_place",
        is_free and not asked.is_often and (number > FEW or (number == FEW and asked.is_course)),
    )
    yield "weekly_rhythm", is_free and asked.is_often
    yield "even_pace", is_free and asked.is_paced
    yield "mid_month", is_free and number <= FEW
    yield "even_visits", any(dense)
    yield "level_weeks", None if any(dense) else True
    yield "level_load", None  # it is left out where no day could have more
    yield "same_staff", bool(pools) and asked.most > 1
    yield "share_work", any(size > 1 for size in sizes.values())
