"""Windows that may overlap: which of them are bounded together, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

Days = frozenset[date]


def clusters(windows: Sequence[Days]) -> list[list[int]]:
    """Return the indexes of windows that overlap, directly or through others, group by group."""
    groups: list[list[int]] = []
    for index, days in enumerate(windows):
        touching = [group for group in groups if any(days & windows[other] for other in group)]
        groups = [group for group in groups if group not in touching]
        groups.append(sorted([index, *(other for group in touching for other in group)]))
    return sorted(groups)


def is_stretch(days: Days) -> bool:
    """Tell whether dates follow on one another without a gap."""
    return max(days) - min(days) == timedelta(days=len(days) - 1)


def hall_sets(windows: Sequence[Days], members: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield the sets of overlapping stretches whose joint demand must fit into their union.

    By Hall's theorem, bounding the windows within each interval is enough for an assignment of
    sessions to windows to exist (convex bipartite graphs, Glover 1967).
    """
    seen: set[tuple[int, ...]] = set()
    firsts = sorted({min(windows[index]) for index in members})
    lasts = sorted({max(windows[index]) for index in members})
    for first in firsts:
        for last in lasts:
            inside = tuple(i for i in members if first <= min(windows[i]) and max(windows[i]) <= last)
            if inside and inside not in seen:
                seen.add(inside)
                yield inside


def atoms(windows: Sequence[Days], members: Sequence[int]) -> dict[tuple[int, ...], list[date]]:
    """Return the dates of some windows by which of the windows they lie in."""
    found: dict[tuple[int, ...], list[date]] = {}
    for day in sorted(frozenset[date]().union(*(windows[index] for index in members))):
        found.setdefault(tuple(index for index in members if day in windows[index]), []).append(day)
    return found
