"""Families: the series of a component that meet one after the other, and so have one rhythm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ksolve.expand.frequencies import allowed_months
from ksolve.expand.series import Part
from ksolve.frequency import Months, Per, Range, Term, count_of_year, hedged
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
    def size(self) -> int:
        """How many sessions a year has; at least, where a range is stated."""
        return self.sessions.low or self.sessions.high or 0


def families_of(parts: Iterable[Part]) -> tuple[Family, ...]:
    """Return the families of the parts, in their order."""
    found = list(parts)
    return tuple(family for part in found for family in _families(part, found))


def _families(part: Part, parts: list[Part]) -> Iterator[Family]:
    if not part.terms:
        whole = Term()
        yield Family(part, whole, part.all_series, _remainder(part, parts), *_months(part, whole))
    for term, series in zip(part.terms, part.series, strict=False):
        together = part.node.in_turn and term.periods
        groups = [series] if together else [(one,) for one in series]
        counted = term if together else replace(term, groups=1)
        for group in groups:
            months, met = _months(part, counted)
            yield Family(part, term, group, _count(counted, met), months, met)


def _count(term: Term, met: int) -> Range:
    if term.count is not None and term.per is Per.MONTH and not term.periods:
        return hedged(term.count, term.hedges) * met  # the plan may allow fewer months than the frequency
    return count_of_year(term)


def _months(part: Part, term: Term) -> tuple[Months, int]:
    allowed = allowed_months(term, part.node)
    met = term.periods * term.groups or len(allowed)
    if term.per is Per.MONTH:
        met = 1 if term.months and term.months.either else -(-met // term.every)
    return Months(allowed), min(met, len(allowed))


def _remainder(part: Part, parts: Iterable[Part]) -> Range:
    """Return what the other components leave of the programme's frequency."""
    frequency = part.programme.frequency
    if frequency is None or not frequency.terms:
        return Range(0, None)
    whole = frequency.year_count
    others = [
        count_of_year(term)
        for other in parts
        if other.programme is part.programme and other is not part and not other.node.optional
        for term in other.terms
    ]
    taken = sum(others, Range(0, 0))
    low = 0 if taken.high is None else max(0, whole.low - taken.high)
    return Range(low, None if whole.high is None else max(low, whole.high - taken.low))
