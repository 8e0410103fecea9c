"""Every independent cause of a plan that cannot be met: small parts of the plan first, then the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ksolve.explain.conflict import Conflict, Judge, conflict_among
from ksolve.explain.elements import Element, Subject
from ksolve.text import Text


def causes(
    subject: Subject, judge: Judge, note: Callable[[Text], None] = lambda _text: None, *, deep: bool = False
) -> tuple[Conflict, ...]:
    """Look for conflicts in each programme by itself, around each thing shared, then everywhere.

    It ends at the first of these stages that has a conflict, as a proved repair shows that there is no
    other cause; `deep` goes through all of them.
    What a conflict asks for is left out before the search goes on, so that conflicts are independent.
    """
    left = list(subject.elements)
    found: list[Conflict] = []
    for stage in _stages(subject):
        for part in stage:
            while conflict := _conflict(judge, [element for element in left if element in part]):
                found.append(conflict)
                note(_FOUND.fill(number=len(found), elements=len(conflict.elements)))
                left = [e for e in left if e not in conflict.elements or not subject.demands(e)]
        if found and not deep:
            break
    return tuple(found)


def _conflict(judge: Judge, scope: Sequence[Element]) -> Conflict | None:
    return conflict_among(judge, scope) if judge.holds(scope) is False else None


def _stages(subject: Subject) -> Iterator[list[frozenset[Element]]]:
    rules = [element for element in subject.elements if not element.drop]
    tied = _tied(subject, rules)
    own = {group: [e for e in rules if subject.programmes(e) & group] for group in tied}
    yield [frozenset(elements) | subject.facts for elements in own.values()]
    shared = [e for e in rules if sum(bool(subject.programmes(e) & group) for group in tied) > 1]
    around = []
    for one in shared:
        users = [e for g, mine in own.items() if g & subject.programmes(one) for e in mine]
        around.append(frozenset([*(e for e in users if e not in shared), one]) | subject.facts)
    yield around
    yield [frozenset(subject.elements)]


def _tied(subject: Subject, rules: Sequence[Element]) -> list[frozenset[str]]:
    """Return programmes in groups that no demand reaches beyond."""
    groups: list[frozenset[str]] = []
    for element in rules:
        if subject.demands(element):
            mine = subject.programmes(element)
            touching = [group for group in groups if group & mine]
            groups = [group for group in groups if not group & mine]
            groups.append(mine.union(*touching))
    return groups


_FOUND = Text(
    "原因{number}: 両立しない{elements}項目を確かめました",
    "cause {number}: a conflict of {elements} statements",
)
