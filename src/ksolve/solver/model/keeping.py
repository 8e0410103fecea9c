"""Verbs of habits: the place in the month, or the weekdays, that series choose and keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, product

from ortools.sat.python import cp_model

from ksolve.problem import Binding, Series
from ksolve.problem.patterns import Cell, Place
from ksolve.solver.model.core import Core
from ksolve.solver.model.posting import PREFERRING, stated_at

Slot = tuple[int, int]
"""A weekday, and a start in minutes after midnight."""
_On = dict[tuple[str, Cell], list[cp_model.IntVar]]
"""What keeps a session of a series on a date and start: any of these."""
Total = cp_model.LinearExpr.sum


class Keeping(Core):
    """Chosen places and slots, and what is off them."""

    @stated_at(PREFERRING)
    def keep_place(
        self,
        by: Binding,
        series: Sequence[Series],
        places: Mapping[Slot, Sequence[Place]],
    ) -> None:
        """Choose one place; off it costs one, and one more off its weekday or start."""
        there = self._slots(series)
        if not there:
            return
        # what was held may lie at a start that is no place: then any place will do, as all is off it
        slots = [slot for slot in there if slot in places] or list(places)[:1]
        on: _On = defaultdict(list)
        is_usual = {slot: self.cp.new_bool_var("") for slot in slots}
        for slot, chosen in is_usual.items():
            usual = [self.cp.new_bool_var("") for _ in places[slot]]
            self.cp.add(Total(usual) == chosen)
            for is_kept, place in zip(usual, places[slot], strict=True):
                for one, day in product(series, place.dates):
                    on[one.id, (day, slot[1])].append(is_kept)
                for closed, instead in place.instead:
                    for cell, stands in self._standing_in(series, is_kept, slot[1], closed, instead):
                        on[cell].append(stands)
        self.cp.add_exactly_one(is_usual.values())
        for one in series:
            for month, cells in groupby(self.at[one.id].items(), key=lambda item: item[0][0].month):
                held = dict(cells)
                most = min(len(held), self.caps.get((one.id, month), len(held)))
                off = [self._unless(on[one.id, cell], variable) for cell, variable in held.items()]
                self.cp.add(Total(off) <= self.cost(by, most))
                self._cost_off_slots(by, held, is_usual, most)

    def _standing_in(
        self,
        series: Sequence[Series],
        is_kept: cp_model.IntVar,
        start: int,
        closed: date,
        instead: Iterable[date],
    ) -> Iterator[tuple[tuple[str, Cell], cp_model.IntVar]]:
        """Yield the sessions that may stand in for a closed date of a place, each with whether it does.

        Where the series have one session in the month at most, any of them does if the place is kept.
        """
        days = [(day, start) for day in instead]
        cells = [(one.id, cell) for one in series for cell in days if cell in self.at[one.id]]
        there = self.on_at(series, [closed], start)
        if len(cells) + len(there) <= 1 or self._has_one(series, closed.month):
            yield from ((cell, is_kept) for cell in cells)
            return
        standing = [self.cp.new_bool_var("") for _ in cells]
        self.cp.add(Total(standing) <= is_kept)
        for held in there:
            self.cp.add(Total(standing) + held <= 1)
        yield from zip(cells, standing, strict=True)

    def _has_one(self, series: Iterable[Series], month: int) -> bool:
        """Whether some series have one session in a month at most, all together."""
        caps = [self.caps.get((one.id, month)) for one in series]
        return None not in caps and sum(filter(None, caps)) <= 1

    def _unless(self, kept: Sequence[cp_model.IntVar], held: cp_model.IntVar) -> cp_model.IntVar:
        """Return a boolean that is true if a session is held at a place that is not kept."""
        if not kept:
            return held
        off = self.cp.new_bool_var("")
        self.cp.add(held <= Total(list(kept)) + off)
        return off

    def _cost_off_slots(
        self,
        by: Binding,
        held: Mapping[Cell, cp_model.IntVar],
        kept: Mapping[Slot, cp_model.IntVar],
        most: int,
    ) -> None:
        """Cost the sessions of a month that are at no chosen weekday and start.

        One bound for all dates of a slot in the month is tighter in the relaxation than one for each.
        """
        by_slot: dict[Slot, list[cp_model.IntVar]] = defaultdict(list)
        for (day, start), variable in held.items():
            by_slot[day.weekday(), start].append(variable)
        off: list[cp_model.IntVar] = []
        for slot, variables in sorted(by_slot.items()):
            there = min(most, len(variables))
            off.append(self.cp.new_int_var(0, there, ""))
            self.cp.add(Total(variables) <= there * kept.get(slot, 0) + off[-1])
        self.cp.add(Total(off) <= self.cost(by, most))

    def _slots(self, series: Iterable[Series]) -> list[Slot]:
        """Return the weekdays and starts at which any of the series has a candidate."""
        return sorted({(day.weekday(), start) for one in series for day, start in self.at[one.id]})

    @stated_at(PREFERRING)
    def keep_slots(
        self, by: Binding, series: Sequence[Series], count: int, weeks: Sequence[Mapping[date, bool]]
    ) -> None:
        """Choose so many weekdays, each with its start; off them costs one, and so does lacking a second."""
        starts = sorted({start for one in series for start in one.starts})
        chosen = {(n, start): self.cp.new_bool_var("") for n in range(7) for start in starts}
        weekdays = [[chosen[n, start] for start in starts] for n in range(7)]
        for of_day in weekdays:
            self.cp.add_at_most_one(of_day)
        self.cp.add(Total(list(chosen.values())) == count)
        for week in weeks:
            held = {
                (one.id, cell): variable
                for one in series
                for day in week
                for cell, variable in self._on_day(one, day)
            }
            off = [
                self._unless([chosen[day.weekday(), start]], variable)
                for (_, (day, start)), variable in held.items()
            ]
            closed = [x for day, is_usual in week.items() if not is_usual for x in weekdays[day.weekday()]]
            self.cp.add(Total(off) <= Total(closed) + self.cost(by, len(off)))
            usual = [x for day, is_usual in week.items() if is_usual for x in weekdays[day.weekday()]]
            lacking = self.cost(by, min(count, sum(week.values())) - 1)
            self.cp.add(Total(list(held.values())) + lacking >= Total(usual) - 1)

    def _on_day(self, series: Series, day: date) -> list[tuple[Cell, cp_model.IntVar]]:
        cells = ((day, start) for start in series.starts)
        return [(cell, self.at[series.id][cell]) for cell in cells if cell in self.at[series.id]]
