"""How many sessions a conflict asks for at least, of whom, and on which days they could be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ksolve.explain.days import days_open
from ksolve.frequency import Months
from ksolve.problem import Posted, Problem, Series
from ksolve.problem.case import Demand as Asked
from ksolve.text import Text


@dataclass(frozen=True)
class Demand:
    """At least `low` sessions of some series, in sum, on days of a period."""

    who: str
    series: tuple[Series, ...]
    period: tuple[date, ...]
    low: int

    @cached_property
    def days(self) -> frozenset[date]:
        """The days of the period."""
        return frozenset(self.period)

    def adds_to(self, other: Demand) -> bool:
        """Tell whether no session can count for both, so that the two may be summed."""
        shared = {series.id for series in self.series} & {series.id for series in other.series}
        return not shared or not self.days & other.days

    @property
    def when(self) -> Text:
        """The period as people call it: 9月に, in Sep; a day by its date; nothing for a year."""
        months = tuple(dict.fromkeys(day.month for day in self.period))
        if len(self.period) == 1:
            day = self.period[0]
            return Text(f"{day.month}/{day.day}に", f" on {day.month}/{day.day}")
        if len(self.period) <= 7:
            first = self.period[0]
            return Text(f"{first.month}/{first.day}の週に", f" in the week of {first.month}/{first.day}")
        if len(months) == 12:
            return Text("", "")
        named = Months(months)
        return Text(f"{named}に", f" in {named.english}")


class Openings:
    """The days and starts that are open to one session of each series by itself."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._known: dict[str, dict[date, tuple[int, ...]]] = {}
        self._caps: dict[str, int] = {}

    def of(self, series: Series) -> dict[date, tuple[int, ...]]:
        """Return the starts of each open day of the year."""
        if series.id not in self._known:
            self._known[series.id] = days_open(series, self.problem.year.days, self.problem)[0]
        return self._known[series.id]

    def most(self, series: Series, day: date) -> int:
        """Return how many sessions of a series a day could hold: one for each start, up to its limit."""
        return min(len(self.of(series).get(day, ())), self._cap(series))

    def _cap(self, series: Series) -> int:
        if series.id not in self._caps:
            limits = (
                bound.most
                for posted in self.problem.rules
                if posted.tier is None and series in posted.series
                for bound in posted.rule.bounds(posted, self.problem)
                if bound.per == "day" and series in bound.series
            )
            self._caps[series.id] = min(limits, default=len(series.starts))
        return self._caps[series.id]


def demands(posted: Iterable[Posted], problem: Problem) -> list[Demand]:
    """Return what hard rules ask for; guests are left out, who share their host's room and staff."""
    hard = [one for one in posted if one.tier is None]
    found = [_named(one, asked) for one in hard for asked in one.rule.demands(one, problem)]
    return [d for d in found if d.low > 0 and problem.guests.isdisjoint(series.id for series in d.series)]


def _named(posted: Posted, asked: Asked) -> Demand:
    who = posted.who if asked.series == posted.series else asked.series[0].name
    return Demand(who, asked.series, asked.days, asked.low)


def listed_days(days: Sequence[date]) -> Text:
    """Return a few days one by one, many by their months."""
    if 0 < len(days) <= _FEW:
        shown = [f"{day.month}/{day.day}" for day in sorted(days)]
        return Text("・".join(shown), ", ".join(shown))
    months = Months(tuple({day.month for day in days}))
    return Text(f"{months}の{len(days)}日", f"{len(days)} days in {months.english}") if days else _NO_DAY


_FEW = 6
_NO_DAY = Text("0日", "no day")
