"""A plan of a folder beside the schedules of the others: what these take of shared pools is not there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ksolve.checker import check
from ksolve.checker.across import Told, clashes
from ksolve.cli.folders.folder import Folder, schedule_of
from ksolve.errors import PlanError
from ksolve.findings import Finding
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.problem.taken import left_beside
from ksolve.schedules import read_schedule


@dataclass
class Standing:
    """The schedules of a folder's plans as they stand now, by the name of each plan."""

    folder: Folder
    schedules: dict[str, Schedule]

    @classmethod
    def read(cls, folder: Folder, source: Path) -> Standing:
        """Read the schedule of each plan from a folder. Raises PlanError with those that cannot be read."""
        found: dict[str, Schedule] = {}
        faults: list[Finding] = []
        for plan in folder.plans:
            try:
                found[plan.name] = read_schedule(schedule_of(source, plan.name), plan.case.problem)
            except PlanError as error:
                faults += error.findings
        if faults:
            raise PlanError(faults)
        return cls(folder, found)

    def breaches(self, source: Path) -> dict[str, tuple[Finding, ...]]:
        """Return what each schedule, read from a folder, breaks, or takes of what a plan before has."""
        told = [
            Told(plan.name, plan.case.problem, self.schedules[plan.name], schedule_of(source, plan.name))
            for plan in self.folder.plans
        ]
        across = list(clashes(told, self.folder.shared))
        return {
            one.name: (
                *check(one.problem, one.schedule, str(one.file)),
                *(found for found in across if found.place and found.place.file == str(one.file)),
            )
            for one in told
        }

    def beside(self, name: str, problem: Problem, without: Collection[str] = ()) -> Problem:
        """Return a plan's problem with what the other plans leave of the shared pools.

        Those of `without` are not reckoned with.
        """
        away = {name, *without}
        others: Mapping[str, Schedule] = {n: one for n, one in self.schedules.items() if n not in away}
        taken = [session for schedule in others.values() for session in schedule.sessions]
        resources = (
            part
            for one in problem.resources
            for part in (left_beside([one], taken) if one.pool in self.folder.shared else (one,))
        )
        return replace(problem, resources=tuple(resources))
