"""A plan of a folder beside the schedules of the others: what these take of shared pools is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ksolve.checker import check
from ksolve.checker.across import Told, beyond_limits, clashes
from ksolve.cli.folders.folder import Folder, FolderPlan, schedule_of
from ksolve.errors import PlanError
from ksolve.findings import Finding
from ksolve.problem import Problem, Resource
from ksolve.problem.common import Common
from ksolve.problem.schedule import Schedule, Session
from ksolve.problem.taken import left_beside
from ksolve.rules.turnaround import Turnaround
from ksolve.schedules import read_schedule
from ksolve.solver import Answer, Verdict
from ksolve.text import Text


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
        across = self.across(source)
        return {
            one.name: (
                *check(one.problem, one.schedule, str(one.file)),
                *(found for found in across if found.place and found.place.file == str(one.file)),
            )
            for one in self._told(source)
        }

    def across(self, source: Path) -> tuple[Finding, ...]:
        """Return what schedules in a folder break together: units taken twice, limits that count all."""
        told = self._told(source)
        return (*clashes(told, self.folder.shared), *beyond_limits(told, self.folder.shared))

    def _told(self, source: Path) -> list[Told]:
        return [
            Told(plan.name, plan.case.problem, self.schedules[plan.name], schedule_of(source, plan.name))
            for plan in self.folder.plans
            if plan.name in self.schedules
        ]

    def beside(self, name: str, problem: Problem, without: Collection[str] = ()) -> Problem:
        """Return a plan's problem with what the other plans leave of the shared pools.

        Those of `without` are not reckoned with.
        """
        away = {name, *without}
        taken = [
            session for plan in self.folder.plans if plan.name not in away for session in self._taking(plan)
        ]
        resources = (
            part
            for one in problem.resources
            for part in (left_beside([one], taken) if one.pool in self.folder.shared else (one,))
        )
        return replace(problem, resources=tuple(resources))

    def _taking(self, plan: FolderPlan) -> Iterator[Session]:
        """Yield the sessions of a plan that take something shared, for as long as nobody else may have it.

        They take nothing else: another plan may have a room of its own by the name of one here.
        """
        schedule = self.schedules.get(plan.name, Schedule(()))
        shared = [one for one in plan.case.problem.resources if one.pool in self.folder.shared]
        kept = {unit: _kept_free(one, plan.case.problem) for one in shared for unit in one.units}
        for session in schedule.sessions:
            for unit in kept.keys() & set(session.units):
                yield replace(
                    session,
                    start=session.start - kept[unit],
                    minutes=session.minutes + 2 * kept[unit],
                    rooms=(unit,),
                    staff=(),
                )


def _kept_free(resource: Resource, problem: Problem) -> int:
    """Return the minutes that each unit of a resource is kept free before and after a session."""
    names = {resource.pool, *resource.units}
    rules = (posted.rule for posted in problem.rules if posted.tier is None)
    return max((one.minutes for one in rules if isinstance(one, Turnaround) and one.of in names), default=0)


def is_in_the_way(alone: Problem, beside: Problem) -> bool:
    """Whether others take something that a plan shares: what cannot be beside them may well be elsewhere."""
    return beside.resources != alone.resources


def as_unknown(answer: Answer) -> Answer:
    """Return an answer that proves nothing: that there is none holds beside the others alone."""
    return replace(answer, verdict=Verdict.UNKNOWN) if answer.verdict is Verdict.INFEASIBLE else answer


def without_place(answer: Answer, plan: FolderPlan, folder: Folder) -> Text | None:
    """Return why a plan that shares has no schedule, where it may be for what the others take."""
    is_unknown = answer.verdict is Verdict.UNKNOWN and not answer.interrupted
    if not folder.shared or not (answer.together or is_unknown):
        return None
    text = _NOT_TOGETHER if answer.together else _NO_PLACE
    told = text.fill(plan=plan.path.name, pools="、".join(sorted(folder.shared)))
    names, problems = zip(*((one.name, one.case.problem) for one in folder.plans), strict=True)
    limits = Common(names, problems, folder.shared).limits if answer.together else ()
    for number, posted in limits:
        told += _LIMIT.fill(plan=names[number], limit=posted.rule.sentence)
    return told


_NOT_TOGETHER = Text(
    "{plan}: {pools} を共用する計画すべてを合わせると成り立ちません(二つの方法で証明済み)。"
    "共用のものを増やすか、回数を減らしてください",
    "{plan} cannot be held beside all the plans that share {pools} (proven by two runs):"
    " share more of them, or ask for fewer sessions",
)
_LIMIT = Text(
    "。すべての計画を合わせて数える上限: {limit}({plan})",
    "; a limit that counts all plans: {limit} ({plan})",
)
_NO_PLACE = Text(
    "{plan}: 共用の {pools} に、ほかの計画と重ならない空きが見つかりませんでした"
    "(空きがないと証明されたわけではありません)。--limit を延ばすか、共用のものを増やしてください",
    "{plan}: no place was found in the shared {pools} beside the other plans (it is not proven that there is"
    " none): raise --limit, or share more of them",
)
