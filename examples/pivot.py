"""From a plan to a table of hours (python examples/pivot.py).

A plan is dated, then counted by whatever one asks: programmes by month, rooms by weekday, the hours that
staff are taken against those that they are there.
"""

from __future__ import annotations

from pathlib import Path

from ksolve import api
from ksolve.solver import Options

PLAN = Path(__file__).with_name("centre.yaml")


def main() -> None:
    """Print three tables."""
    case = api.prepare(PLAN)  # raises PlanError with every fault of the file, each with its line
    answer = api.solve(case.problem, Options(limit_s=10))
    print(f"{answer.verdict}: {len(answer.schedule.sessions)} sessions\n")

    plan, problem, schedule = case.plan, case.problem, answer.schedule
    print(api.frames.pivot(plan, problem, schedule, ["programme", "month"], "sessions"), "\n")
    print(api.frames.pivot(plan, problem, schedule, ["room", "weekday"], "hours"), "\n")

    sessions = api.frames.sessions(plan, problem, schedule)  # one row a session: from here it is pandas
    print(sessions.groupby(["staff", "weekday"], observed=True)["hours"].sum().unstack(fill_value=0))


if __name__ == "__main__":
    main()
