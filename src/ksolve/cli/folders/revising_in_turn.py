"""The revisions of a folder's plans, one after the other beside the others, or all at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from ksolve.cli.folders.folder_beside import Standing, is_in_the_way
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.revise import Revision
from ksolve.revise.keeping import Asked
from ksolve.revise.together import Wanted, places_for_all
from ksolve.solver import Options, Verdict, Watch
from ksolve.solver.search.together import is_small

_LEAST_S = 2.0
"""What the search for the revision of one plan, or for places for all, has at least."""


class Work(Protocol):
    """What is to be done for a plan: its problem, the schedule to keep to, and what is asked."""

    @property
    def problem(self) -> Problem:
        """The plan's problem, with all that it shares."""

    @property
    def base(self) -> Schedule:
        """The schedule to keep to."""

    @property
    def asked(self) -> Asked:
        """What it is to be kept for."""

    def revised(self, problem: Problem, options: Options, watch: Watch) -> Revision:
        """Search a revision for the plan's problem, or for what others leave of it."""

    def is_done(self, revision: Revision) -> bool:
        """Whether a revision is one to be used."""


@dataclass(frozen=True)
class Done:
    """A revision that was searched, and the problem that it is one of: with what the others left of it."""

    revision: Revision
    problem: Problem


@dataclass
class InTurn:
    """What is to be done for plans, by their names, and how they and the others stand meanwhile.

    `options` are those of all searches together; `watching` returns what hears of the search for a plan.
    """

    jobs: Mapping[str, Work]
    standing: Standing
    options: Options
    watching: Callable[[str], Watch]
    done: dict[str, Done] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)

    def carry_out(self) -> dict[str, Done]:
        """Do what is asked, plan after plan; what finds no place beside the others comes again after them.

        Where that does not help, places for all are looked for at once, and each is revised beside these.
        """
        self.one_by_one(self.jobs)
        self.one_by_one(self.stuck)
        if self.stuck and len(self.jobs) > 1:
            self.all_at_once()
        return self.done

    @property
    def stuck(self) -> list[str]:
        """The plans whose revision is none that can be written."""
        found = {name: done.revision for name, done in self.done.items()}
        if len(self.jobs) < 2 or any(one.answer.interrupted for one in found.values()):
            return []
        return [name for name, one in found.items() if not self.jobs[name].is_done(one)]

    def left_s(self, plans: int) -> float:
        """The time for one of some plans that are left."""
        return max(_LEAST_S, (self.options.limit_s - (time.monotonic() - self.began)) / plans)

    def one_by_one(self, names: Iterable[str]) -> None:
        """Revise plans in turn, each beside the others as they stand by then."""
        left = list(names)
        while left:
            job, name = self.jobs[left[0]], left[0]
            problem = self.standing.beside(name, job.problem)
            options = replace(self.options, limit_s=self.left_s(len(left)))
            found = job.revised(problem, options, self.watching(name))
            self.done[name] = Done(found, problem)
            if found.answer.interrupted:
                return
            if job.is_done(found) and found.answer.schedule is not None:
                self.standing.schedules[name] = found.answer.schedule
            left.pop(0)

    def all_at_once(self) -> None:
        """Look for places for all of which something is asked; the other plans stay where they are.

        That there are none is proven where nothing of the other plans is in their way.
        """
        problems = {
            name: self.standing.beside(name, job.problem, self.jobs) for name, job in self.jobs.items()
        }
        if not is_small(problems.values()):
            return
        wanted = [Wanted(problems[name], job.base, job.asked) for name, job in self.jobs.items()]
        options = replace(self.options, limit_s=self.left_s(2))
        verdict, schedules = places_for_all(wanted, self.standing.folder.shared, options)
        before, done = dict(self.standing.schedules), dict(self.done)
        if schedules:
            self.standing.schedules |= zip(self.jobs, schedules, strict=True)
            self.one_by_one(self.jobs)
            if self.stuck:
                self.standing.schedules, self.done = before, done
        alone = [not is_in_the_way(self.jobs[name].problem, one) for name, one in problems.items()]
        if verdict is Verdict.INFEASIBLE and all(alone):
            for name in self.stuck:
                found = self.done[name].revision
                answer = replace(found.answer, verdict=verdict, schedule=None, together=True)
                self.done[name] = Done(replace(found, answer=answer), problems[name])
