"""What if each room were closed in each month? (python examples/what_if_loop.py).

A scenario is made in code, laid over the plan, and dated again. Which sessions move, and where nothing
can be held any more, is printed; the plan's file stays as it is.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ksolve import api
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.revise import keeping
from ksolve.solver import Options

PLAN = Path(__file__).with_name("centre.yaml")
SCENARIO = """\
schema: 1
id: closed
title: 部屋が使えない月
why: 工事の時期を決める
changes:
  - {{do: close_room, room: {room}, days: {month}/1〜{month}/28, why: 工事}}
"""


def main() -> None:
    """Print a line for each room and month."""
    base = api.prepare(PLAN)
    before = api.solve(base.problem, Options(limit_s=10)).schedule
    with TemporaryDirectory() as folder:
        path = Path(folder) / "closed.yaml"
        for room in base.plan.resources.rooms:
            for month in (6, 8):
                path.write_text(SCENARIO.format(room=room.id, month=month), encoding="utf-8")
                print(f"{room.name} {month}月: {_said(api.prepare(PLAN, (path,)).problem, before)}")


def _said(problem: Problem, before: Schedule) -> str:
    """Date a problem again with as few sessions moved as can be, and say how many those are."""
    answer = api.solve(keeping(problem, before), Options(limit_s=10), baseline=before)
    if answer.schedule is None:
        return str(answer.verdict)  # infeasible: proven; unknown: not found in time
    difference = api.compare(before, answer.schedule)
    moved = ", ".join(f"{old.id} {old.day:%m/%d} -> {new.day:%m/%d}" for old, new in difference.moved)
    return moved or "nothing moves"


if __name__ == "__main__":
    main()
