"""Arithmetic that a reader can redo: the fewest programmes that need more than there is, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from ksolve.explain.conflict import Conflict
from ksolve.explain.days import days_left
from ksolve.explain.demands import Openings, demands, listed_days, when
from ksolve.explain.elements import Subject
from ksolve.explain.supplies import Present, Supply, held_in, spelled, supplies
from ksolve.problem import Posted, Problem, Series
from ksolve.problem.case import Demand
from ksolve.text import Text, counted


@dataclass(frozen=True)
class Tally:
    """`needs` is a lower bound of what must be held, `has` an upper bound of what could be.

    `programmes` are those that need it, on `days` days.
    """

    text: Text
    needs: int
    has: int
    programmes: tuple[str, ...] = ()
    days: int = 0

    @property
    def decides(self) -> bool:
        """Whether it alone shows that the plan cannot be held."""
        return self.needs > self.has

    @property
    def size(self) -> tuple[int, int]:
        """The fewest programmes come first, then the fewest days."""
        return len(self.programmes), self.days


def tallies(subject: Subject, conflict: Conflict) -> tuple[Tally, ...]:
    """Return the countings of a conflict: the smallest that decides, then what is enough by itself.

    No solver is used. The days of a programme are those on which one session of it could be held. What is
    needed is a lower bound and what there is an upper bound, so that what decides is proved (Hall 1935).
    """
    posted = [rule for element in conflict.elements for rule in subject.posted(element)]
    counting = _Counting(subject.problem, posted)
    deciding = sorted((t for t in counting.all() if t.decides), key=lambda tally: tally.size)
    alone = sorted(counting.tightest(), key=lambda tally: tally.has - tally.needs)
    if not deciding:
        return (*counting.whole(), *alone)[:_MOST_SHOWN]
    first = deciding[0]
    others = [
        t for t in alone if t.programmes != first.programmes and set(t.programmes) <= set(first.programmes)
    ]
    return (first, *others)[:_MOST_SHOWN]


def deciding(problem: Problem, posted: Sequence[Posted]) -> Tally | None:
    """Return a counting that alone shows that some rules cannot be kept together, None without one."""
    counting = _Counting(problem, posted)
    alone = (counting.alone(demand) for demand in counting.demands if counting.is_short(demand))
    shared = (tally for supply in counting.supplies for tally in counting.narrowed(supply))
    return next(chain(alone, shared), None)


_MOST_SHOWN = 6
_MOST_DAYS = 30_000
"""So many days are counted through, shared by the supplies; then the sets are narrowed down instead."""
_Set = frozenset[int]


class _Counting:
    """The demands of some rules held against each thing that bounds them."""

    def __init__(self, problem: Problem, posted: Sequence[Posted]) -> None:
        self.problem = problem
        self.posted = posted
        self.openings = Openings(problem)
        self.demands = demands(posted, problem)
        series = {one.id: one for demand in self.demands for one in demand.series}
        self.supplies = list(supplies(posted, list(series.values()), problem))

    def all(self) -> Iterator[Tally]:
        """Yield every counting: each demand by itself, then the smallest sets for each supply."""
        for demand in self.demands:
            yield self.alone(demand)
            yield from self.with_gap(demand)
        for supply in self.supplies:
            yield from self._smallest(supply, _MOST_DAYS // len(self.supplies))

    def tightest(self) -> list[Tally]:
        """Return for each programme the demand that leaves least."""
        found: dict[str, Tally] = {}
        for tally in map(self.alone, self.demands):
            key = tally.programmes[0]
            if key not in found or tally.has - tally.needs < found[key].has - found[key].needs:
                found[key] = tally
        return list(found.values())

    def whole(self) -> Iterator[Tally]:
        """Yield for each supply all demands that may be summed, where they are of several programmes."""
        for supply in self.supplies:
            chosen = self._summable(supply)
            if len({demand.who for demand in chosen}) > 1:
                yield self._together(supply, chosen)

    def _summable(self, supply: Supply) -> list[Demand]:
        """Return demands of a supply of which no two may count the same session, the largest first."""
        chosen: list[Demand] = []
        for demand in sorted(self._of(supply), key=lambda one: -one.low):
            if all(demand.adds_to(other) for other in chosen):
                chosen.append(demand)
        return chosen

    def alone(self, demand: Demand) -> Tally:
        """One demand against the days of its period."""
        counts = self._alone(demand)
        has = sum(value * number for value, number in counts.items())
        steps = self._taken(demand)
        days = Text(str(len(demand.period)), counted(len(demand.period), "day"))
        texts = {"who": demand.who, "when": when(demand), "days": days, "needs": demand.low}
        left = {"left": len(self._open(demand)), "each": _each(counts), "has": has}
        text = (_ALONE if steps.ja else _ALL_DAYS).fill(**texts, **left, steps=steps)
        return Tally(text, demand.low, has, (demand.who,), len(self._open(demand)))

    def is_short(self, demand: Demand) -> bool:
        """Whether one demand by itself decides."""
        return demand.low > sum(value * number for value, number in self._alone(demand).items())

    def _alone(self, demand: Demand) -> Counter[int]:
        """Return on how many days so many sessions of a demand could be: {2: 3} for two on each of three."""
        return Counter(
            sum(self.openings.most(one, day) for one in demand.series) for day in self._open(demand)
        )

    def with_gap(self, demand: Demand) -> Iterator[Tally]:
        """One demand of one series with a gap: the earliest possible dates, one after the other."""
        if len(demand.series) > 1:
            return
        gaps = [
            p.rule.days_apart
            for p in self.posted
            if p.rule.days_apart and p.tier is None and demand.series[0] in p.series
        ]
        dates: list[date] = []
        for day in self._open(demand) if gaps else ():
            if not dates or day >= dates[-1] + timedelta(days=max(gaps)):
                dates.append(day)
        if gaps:
            values = {"who": demand.who, "when": when(demand), "needs": demand.low, "gap": max(gaps)}
            text = _GAP.fill(**values, dates=_dates(dates), has=len(dates))
            yield Tally(text, demand.low, len(dates), (demand.who,), len(dates))

    def _open(self, demand: Demand) -> list[date]:
        return [day for day in demand.period if any(day in self.openings.of(s) for s in demand.series)]

    def _taken(self, demand: Demand) -> Text:
        if len(demand.series) > 1:
            return Text("", "")
        _, taken = days_left(demand.series[0], demand.period, self.problem)
        return Text(
            "、".join(f"{why.ja}{n}日" for why, n in taken), ", ".join(f"{n} {why.en}" for why, n in taken)
        )

    def _of(self, supply: Supply) -> list[Demand]:
        """Return the demands each of whose sessions takes from a supply."""
        return [d for d in self.demands if all(supply.amounts.get(one.id) for one in d.series)]

    def _smallest(self, supply: Supply, days: int) -> Iterator[Tally]:
        """Yield the sets of the fewest demands that decide; they meet on some day, or one would do alone.

        A set whose days fall into two parts that share no day decides only where one of them does. Where so
        many `days` do not suffice to count them all, one set is narrowed down.
        """
        mine = self._of(supply)
        open_on = [frozenset(map(supply.period, self._open(demand))) for demand in mine]
        level: set[_Set] = {frozenset([index]) for index in range(len(mine))}
        while level:
            days -= sum(len(mine[index].days) for some in level for index in some)
            if days < 0:
                yield from self.narrowed(supply)
                return
            counted_up = (
                self._together(supply, [mine[n] for n in sorted(some)]) for some in sorted(level, key=sorted)
            )
            found = [tally for tally in counted_up if tally.decides]
            if found:
                yield from found
                return
            level = {
                some | {index}
                for some in level
                for index in range(len(mine))
                if index not in some
                and any(open_on[index] & open_on[other] for other in some)
                and all(mine[index].adds_to(mine[other]) for other in some)
            }

    def narrowed(self, supply: Supply) -> Iterator[Tally]:
        """Yield a set that decides and of which none can be left out, starting from all of them."""
        some = self._summable(supply)
        tally = self._together(supply, some)
        if not tally.decides:
            return
        few = 0  # the largest demands first: so many do not decide, those of `some` do
        while len(some) - few > 1:
            half = some[: (few + len(some)) // 2]
            tried = self._together(supply, half)
            some, tally, few = (half, tried, few) if tried.decides else (some, tally, len(half))
        for demand in some.copy():
            fewer = [other for other in some if other is not demand]
            smaller = self._together(supply, fewer)
            if smaller.decides:
                some, tally = fewer, smaller
        yield tally

    def _together(self, supply: Supply, some: Sequence[Demand]) -> Tally:
        """Hold some demands together against what there is on the days that are open to them."""
        present: dict[date, dict[str, tuple[Series, tuple[int, ...]]]] = {}
        for demand in some:
            for one in demand.series:
                for day, starts in self.openings.of(one).items():
                    if day in demand.days:
                        present.setdefault(day, {})[one.id] = (one, starts)
        there: dict[date, Present] = {day: tuple(present[day].values()) for day in present}
        counts = held_in(supply, there, self.openings)
        has = sum(value * number for value, number in counts.items())
        each = [min(supply.amounts[one.id] for one in demand.series) for demand in some]
        needs = sum(demand.low * amount for demand, amount in zip(some, each, strict=True))
        parts = [_part(one, amount) for one, amount in _merged(some, each)]
        listed = Text(" + ".join(part.ja for part in parts), " + ".join(part.en for part in parts))
        text = _SHARED.fill(
            name=supply.name,
            listed=listed,
            needs=needs,
            note=supply.note,
            days=listed_days(sorted(there)),
            each=spelled(counts, supply.unit),
            has=has,
        )
        return Tally(text, needs, has, tuple(dict.fromkeys(demand.who for demand in some)), len(there))


def _merged(some: Sequence[Demand], each: Sequence[int]) -> Iterator[tuple[Demand, int]]:
    """Yield one demand for each programme, with the sum of what it needs in its periods."""
    groups: dict[tuple[str, int], list[Demand]] = {}
    for demand, amount in zip(some, each, strict=True):
        groups.setdefault((demand.who, amount), []).append(demand)
    for (who, amount), mine in groups.items():
        days = sorted({day for demand in mine for day in demand.period})
        yield Demand(who, mine[0].series, tuple(days), sum(demand.low for demand in mine)), amount


def _part(demand: Demand, amount: int) -> Text:
    """Return 朝の教室 6月に4回, with ×2 where each session takes two."""
    times = f"×{amount}" if amount > 1 else ""
    en = f" x {amount}" if amount > 1 else ""
    said = when(demand)
    return Text(f"{demand.who} {said.ja}{demand.low}回{times}", f"{demand.who} {demand.low}{said.en}{en}")


def _each(counts: Counter[int]) -> Text:
    """Return ×1回 where every day holds as many, else how many hold so many."""
    if len(counts) == 1:
        (value,) = counts
        return Text(f"×{value}回", f" x {value}")
    shown = spelled(counts, _DAY)
    return Text(f"({shown.ja})", f" ({shown.en})") if counts else Text("", "")


def _dates(dates: Sequence[date]) -> Text:
    shown = [f"{day.month}/{day.day}" for day in dates[:_DATES]]
    more = len(dates) > _DATES
    return Text(
        "・".join(shown) + ("など" if more else ""), ", ".join(shown) + (" and so on" if more else "")
    )


_DATES = 8
_DAY = Text("日", "day")
_ALONE = Text(
    "{who}: {when}{needs}回必要。{days}日のうち使えない日は {steps}、残り{left}日{each}={has}回分",
    "{who}: needs {needs}{when}. Of {days}, not usable: {steps}; {left} left{each} = {has}",
)
_ALL_DAYS = Text(
    "{who}: {when}{needs}回必要。{days}日のうち行えるのは{left}日{each}={has}回分",
    "{who}: needs {needs}{when}. Of {days} {left} can be used{each} = {has}",
)
_GAP = Text(
    "{who}: {when}{needs}回必要。{gap}日以上あけると、早い日から順に {dates} の{has}回まで",
    "{who}: needs {needs}{when}. {gap} days apart, from the earliest day on: {dates}, {has} in all",
)
_SHARED = Text(
    "{name}: {listed} で{needs}回分必要。{note}。行えるのは {days}、多くて {each}={has}回分",
    "{name}: {listed}: {needs} needed ({note}). They can be on {days}: at most {each} = {has}",
)
