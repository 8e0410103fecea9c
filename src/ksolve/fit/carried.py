"""A draft against last year's table: carried over, changed, dropped or new, and never a broken promise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ksolve.plan import Plan
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.published import PublishedPlan
from ksolve.text import Text


class Carried(Enum):
    """What has become of a row of last year's table, or of none."""

    OVER = Text("継続", "carried over")
    CHANGED = Text("変更", "changed")
    DROPPED = Text("廃止", "dropped")
    NEW = Text("新規", "new")

    @property
    def text(self) -> Text:
        """The word for people."""
        return self.value


@dataclass(frozen=True, slots=True)
class Added:
    """A programme that last year's table does not have, with its frequency and the sessions dated."""

    name: str
    frequency: str
    dated: int


def added(published: PublishedPlan, plan: Plan, problem: Problem, schedule: Schedule) -> tuple[Added, ...]:
    """Return the programmes of a plan that have no row in the table."""
    found = []
    for programme in plan.programmes:
        ref = programme.published
        if ref and ref.line and published.row(ref.line):
            continue
        series = [one for one in problem.counted if one.programme == programme.id]
        text = programme.frequency.text if programme.frequency else ""
        found.append(Added(programme.name, text, len(schedule.of_series(series))))
    return tuple(found)
