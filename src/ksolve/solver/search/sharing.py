"""Parts that only a few shared resources link, and the smaller problems of those resources.

Centres that share a psychologist are one problem, but hardly: each of them is planned by itself once it is
known which of the psychologist's hours are its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ksolve.problem import Problem
from ksolve.solver.search.hubs import Hub, cores
from ksolve.solver.search.parts import SMALL, candidates, groups_of, parts_beside, scarce, with_units

LARGE = 50_000
"""From so many candidates on, one model takes longer than its parts one after the other."""
_MOST_SHARED = 20
"""How many resources may be shared: more of them link a problem so much that its parts are none."""
_LARGEST = 2 / 3
"""The part of the candidates that one part may have."""


@dataclass(frozen=True)
class Sharing:
    """Parts of a problem, the ids of the resources that they share, and who cannot do without these."""

    parts: tuple[Problem, ...]
    shared: frozenset[str]
    cores: tuple[Hub, ...]


def sharing(problem: Problem, large: int = LARGE, small: int = SMALL) -> Sharing | None:
    """Return the parts of a large problem that few resources link; None where there are no such parts."""
    whole = candidates(problem.series, problem)
    if whole < large or any(len(names) > 1 for names in with_units(problem).values()):
        return None
    users = scarce(problem)
    shared = _linking(problem, users, small)
    if shared is None:
        return None
    return Sharing(parts_beside(problem, shared, small), shared, cores(problem, shared, small))


def _widest_first(users: Mapping[str, Collection[str]]) -> list[str]:
    """Return resources by how many others their users use: what many centres share meets most of them."""
    used: dict[str, set[str]] = defaultdict(set)
    for resource, names in users.items():
        for name in names:
            used[name].add(resource)
    met = {
        resource: len(set[str]().union(*(used[name] for name in names))) for resource, names in users.items()
    }
    return sorted(users, key=lambda resource: (-met[resource], resource))


def _linking(problem: Problem, users: Mapping[str, Sequence[str]], small: int) -> frozenset[str] | None:
    """Return resources without which a problem falls into parts, none of them in vain."""
    tried = _widest_first(users)[:_MOST_SHARED]
    for count in range(1, len(tried) + 1):
        shared = frozenset(tried[:count])
        if _fall_apart(problem, users, shared, small):
            for one in reversed(tried[:count]):
                if _fall_apart(problem, users, shared - {one}, small):
                    shared -= {one}
            return shared
    return None


def _fall_apart(
    problem: Problem, users: Mapping[str, Sequence[str]], shared: Collection[str], small: int
) -> bool:
    """Whether no group has most of the problem."""
    links = {name: series for name, series in users.items() if name not in shared}
    sizes = [candidates(group, problem) for group in groups_of(problem, links, small)]
    return max(sizes) <= sum(sizes) * _LARGEST
