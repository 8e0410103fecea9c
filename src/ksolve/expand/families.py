"""Families: the series of a component that meet one after the other, and so have one rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ksolve.calendar import Calendar
from ksolve.expand.asked_of_year import asked_of_part, asked_of_programme, months_of_parts
from ksolve.expand.frequencies import asked_of_year, months_held
from ksolve.expand.series import Part
from ksolve.frequency import Months, Per, Range, Term
from ksolve.problem import Series


@dataclass(frozen=True, slots=True)
class Family:
    """One or more series with one rhythm; `sessions` of them a year, in `met` of their `months`.

    `met` is below the number of `months` where a frequency leaves months out: 月1回×5か月, 隔月.
    """

    part: Part
    term: Term
    series: tuple[Series, ...]
    sessions: Range
    months: Months
    met: int

    @property
    def name(self) -> str:
        """The family's name for people."""
        return self.series[0].name if len(self.series) == 1 else self.part.name

    @property
    def monthly(self) -> float:
        """How many sessions a month has that has any."""
        return self.size / max(1, self.met)

    @property
    def most(self) -> int:
        """The most sessions that a year has, as far as any number is stated."""
        return max(self.sessions.low, self.sessions.high or 0)

    @property
    def size(self) -> int:
        """How many sessions a year has; at least, where a range is stated."""
        return self.sessions.low or self.sessions.high or 0


def families_of(
    parts: Iterable[Part], calendar: Calendar, among: Iterable[Part] | None = None
) -> tuple[Family, ...]:
    """Return the families of the parts, in their order.

    `among` are all parts of the plan, where these are not all: what a remainder takes depends on the others.
    """
    found = list(parts)
    all_parts = found if among is None else list(among)
    return tuple(family for part in found for family in _families(part, all_parts, calendar))


def _families(part: Part, parts: list[Part], calendar: Calendar) -> Iterator[Family]:
    if not part.terms:
        months = months_of_parts([part], calendar)
        yield Family(
            part, Term(), part.all_series, _remainder(part, parts, calendar), months, len(months.values)
        )
    for term, series in zip(part.terms, part.series, strict=False):
        together = part.node.in_turn
        counted = term if together else replace(term, groups=1)
        own = calendar.opening(series[0].opened)
        for group in [series] if together else [(one,) for one in series]:
            sessions = asked_of_year(counted, part.node, part.kind.weekdays, own)
            months = Months(months_held(counted, part.node, part.kind.weekdays, own))
            yield Family(part, term, group, sessions, months, _met(counted, len(months.values)))


def _met(term: Term, months: int) -> int:
    """Return in how many of its months a family meets, as far as the words say."""
    met = term.periods * term.groups or months
    if term.per is Per.MONTH:
        met = 1 if term.months and term.months.either else -(-met // term.every)
    return min(met, months)


def _remainder(part: Part, parts: Iterable[Part], calendar: Calendar) -> Range:
    """Return what the other components leave of the programme's frequency."""
    programme = part.programme
    mine = [other for other in parts if other.programme is programme and not other.node.optional]
    whole = asked_of_programme(programme, mine, calendar)
    taken = sum((asked_of_part(other, calendar) for other in mine if other.id != part.id), Range(0, 0))
    low = 0 if taken.high is None else max(0, whole.low - taken.high)
    return Range(low, None if whole.high is None else max(low, whole.high - taken.low))
