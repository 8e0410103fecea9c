"""How many sessions a conflict asks for at least, of whom, and on which days they could be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ksolve.explain.days import days_open
from ksolve.frequency import Months
from ksolve.problem import Posted, Problem, Series
from ksolve.problem.case import Demand
from ksolve.text import Text


def when(demand: Demand) -> Text:
    """Return the period of a demand in words: 9月に, in Sep; a day by its date; a year by nothing."""
    months = tuple(dict.fromkeys(day.month for day in demand.period))
    first = demand.period[0]
    if len(demand.period) == 1:
        return Text(f"{first.month}/{first.day}に", f" on {first.month}/{first.day}")
    if len(demand.period) <= 7:
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
    found = [demand for one in hard for demand in one.rule.demands(one, problem)]
    return [d for d in found if d.low > 0 and problem.guests.isdisjoint(series.id for series in d.series)]


def listed_days(days: Sequence[date]) -> Text:
    """Return a few days one by one, many by their months."""
    if 0 < len(days) <= _FEW:
        shown = [f"{day.month}/{day.day}" for day in sorted(days)]
        return Text("・".join(shown), ", ".join(shown))
    months = Months(tuple({day.month for day in days}))
    return Text(f"{months}の{len(days)}日", f"{len(days)} days in {months.english}") if days else _NO_DAY


_FEW = 6
_NO_DAY = Text("0日", "no day")
