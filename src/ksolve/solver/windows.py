"""Hall-type bounds for windows that may overlap: exact without assigning sessions to windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

Days = frozenset[date]

_MOST_SUBSETS = 12
"""Up to this many overlapping windows with gaps are bounded by all their subsets."""


def hall_sets(windows: Sequence[Days]) -> Iterator[tuple[int, ...]]:
    """Yield sets of window indexes whose joint demand must fit into their union.

    By Hall's theorem, bounding each yielded set is enough for an assignment of sessions to
    windows to exist. Windows that touch no other are yielded alone; overlapping stretches
    of consecutive dates need only the sets within each interval (convex bipartite graphs,
    Glover 1967), any others all their subsets. Raises ValueError beyond 12 of those.
    """
    for members in _clusters(windows):
        if len(members) == 1:
            yield (members[0],)
        elif all(_is_stretch(windows[index]) for index in members):
            yield from _within_intervals(windows, members)
        elif len(members) <= _MOST_SUBSETS:
            for size in range(1, len(members) + 1):
                yield from combinations(members, size)
        else:
            raise ValueError(len(members))


def _clusters(windows: Sequence[Days]) -> list[list[int]]:
    """Group windows that overlap, directly or through others."""
    clusters: list[list[int]] = []
    for index, days in enumerate(windows):
        touching = [cluster for cluster in clusters if any(days & windows[other] for other in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in touching]
        clusters.append(sorted([index, *(other for cluster in touching for other in cluster)]))
    return sorted(clusters)


def _is_stretch(days: Days) -> bool:
    return max(days) - min(days) == timedelta(days=len(days) - 1)


def _within_intervals(windows: Sequence[Days], members: Sequence[int]) -> Iterator[tuple[int, ...]]:
    seen: set[tuple[int, ...]] = set()
    firsts = sorted({min(windows[index]) for index in members})
    lasts = sorted({max(windows[index]) for index in members})
    for first in firsts:
        for last in lasts:
            inside = tuple(i for i in members if first <= min(windows[i]) and max(windows[i]) <= last)
            if inside and inside not in seen:
                seen.add(inside)
                yield inside
