"""Limits on what columns want at once: each can be broken, at a cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from ortools.sat.python import cp_model

from ksolve.solver.model.columns import Column, Family, Month


@dataclass
class Limit:
    """What columns, by the indexes of their variables, add up to in a period; it recurs in some months."""

    weight: int
    amounts: Mapping[int, int]
    least: int | None = None
    most: int | None = None
    months: set[Month] = field(default_factory=set)
    times: int = 0

    def beyond(self, chosen: Collection[int]) -> bool:
        """Tell whether chosen columns break it."""
        total = sum(amount for index, amount in self.amounts.items() if index in chosen)
        return total > self.most if self.most is not None else total < (self.least or 0)


class Limits:
    """The limits on some columns, which are known by the indexes of their variables."""

    def __init__(self, columns: Mapping[int, Column]) -> None:
        self._columns = columns
        self._limits: dict[object, Limit] = {}

    def add(self, limit: Limit, days: Iterable[date]) -> None:
        """Add a limit on some dates; one that recurs, as those of every week do, is one."""
        families: dict[Family, int] = defaultdict(int)
        for index, amount in limit.amounts.items():
            family = self._columns[index].family
            families[family] = max(families[family], amount)
        if limit.most is not None and sum(a * f.chosen for f, a in families.items()) <= limit.most:
            return
        key = (limit.weight, limit.least, limit.most, tuple(sorted(limit.amounts.items())))
        kept = self._limits.setdefault(key, limit)
        kept.months |= {(day.year, day.month) for day in days}
        kept.times += 1

    def state(
        self, cp: cp_model.CpModel, variables: Mapping[int, cp_model.IntVar]
    ) -> Iterator[tuple[int, cp_model.IntVar]]:
        """State every limit, and yield what breaking it by one costs with a variable for by how much."""
        for limit in self._limits.values():
            amounts = limit.amounts
            total = cp_model.LinearExpr.weighted_sum(
                [variables[index] for index in amounts], list(amounts.values())
            )
            wanted = sum(amount for amount in amounts.values() if amount > 0)
            slack = cp.new_int_var(0, max(wanted, limit.least or 0), "")
            if limit.most is not None:
                cp.add(total <= limit.most + slack)
            else:
                cp.add(total + slack >= (limit.least or 0))
            yield limit.weight * limit.times, slack

    def broken(self, chosen: Collection[int]) -> Iterator[Limit]:
        """Yield the limits that chosen columns break."""
        return (limit for limit in self._limits.values() if limit.beyond(chosen))
