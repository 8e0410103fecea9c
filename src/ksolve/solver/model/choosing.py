"""What the compact model chooses: a column or more for each family, and where these have no room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ksolve.solver.model.columns import Column, Days, Family, Month
from ksolve.solver.model.limits import Limits

CLASH, LACKING, LOAD = 20, 10, 1
"""What it costs to want a room twice, to have no place for a session, to go beyond a level load."""


@dataclass(frozen=True)
class Chosen:
    """The columns that families take, and the months in which these have not all places."""

    columns: Mapping[Family, tuple[Column, ...]]
    tight: Mapping[Family, frozenset[Month]]

    def is_doubtful(self, family: Family) -> bool:
        """Tell whether a family lacks any date of its patterns, or a place in any month."""
        return bool(self.tight.get(family)) or any(column.missed for column in self.columns[family])


def chosen(indexes: set[int], columns: Mapping[int, Column], days: Days, limits: Limits) -> Chosen:
    """Return the columns with these indexes by family, and the months in which they have no room."""
    kept: dict[Family, list[Column]] = defaultdict(list)
    tight: dict[Family, set[Month]] = defaultdict(set)
    for index in sorted(indexes):
        column = columns[index]
        kept[column.family].append(column)
        tight[column.family] |= {(day.year, day.month) for day in column.missed}
        tight[column.family] |= days.months_without(column)
    for limit in limits.broken(indexes):
        for index in indexes & limit.amounts.keys() if limit.weight > LOAD else ():
            tight[columns[index].family] |= limit.months
    return Chosen(
        {family: tuple(mine) for family, mine in kept.items()},
        {family: frozenset(months) for family, months in tight.items()},
    )
