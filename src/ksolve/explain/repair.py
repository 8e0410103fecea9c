"""A way out of a conflict: changes of a scenario, what they cost, and how large they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ksolve.text import Text

Change = dict[str, Any]
WHY = "成り立たない計画の解決策 / a way out"
"""The reason that a scenario of repairs gives."""


@dataclass(frozen=True)
class Repair:
    """Changes of a scenario that resolve one conflict; `size` ranks them, the smallest first.

    `cost` says in words what is given up. A session less, or a day more, has a size of about 10.
    """

    text: Text
    cost: Text
    changes: tuple[Change, ...]
    size: int


@dataclass(frozen=True)
class Steps:
    """Ever larger changes of one kind; the smallest that suffices is looked for.

    `spare` ones are tried only where nothing else of their kind suffices.
    """

    of: Callable[[int], Repair | None]
    most: int
    spare: bool = False

    @property
    def size(self) -> int:
        """The size of the smallest change."""
        first = self.of(1) if self.most else None
        return first.size if first else 0


@dataclass(frozen=True)
class Either:
    """Changes of one kind, of which one will do: the first that suffices is taken."""

    repairs: tuple[Repair, ...]
    spare: bool = False

    @property
    def size(self) -> int:
        """The size of the change that is tried first."""
        return self.repairs[0].size if self.repairs else 0


Way = Steps | Either


def once(repair: Repair) -> Steps:
    """Return the one step of a repair that has no size."""
    return Steps(lambda _step: repair, 1)


def drop(text: Text, told: Change) -> Steps:
    """Return the repair that leaves a rule out."""
    cost = Text("この規則は守られなくなる", "the rule is not kept any more")
    return once(Repair(text, cost, ({"do": "relax", **told, "why": WHY},), 100))
