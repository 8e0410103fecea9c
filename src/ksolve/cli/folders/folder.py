"""The plans of a folder: which there are, what they share, which scenario is about which, how all end."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from ksolve.api import Prepared, load_scenarios, prepare
from ksolve.cli.folders.pools import shared_pools, sharing_notes
from ksolve.errors import Exit, PlanError, fault
from ksolve.expand import expand
from ksolve.expand.scenarios import with_scenarios
from ksolve.findings import Finding, Place, Severity
from ksolve.plan import files_of
from ksolve.plan.scenario import Change, Scenario
from ksolve.text import Text

_WORST = (Exit.USAGE, Exit.INFEASIBLE, Exit.INTERRUPTED, Exit.UNKNOWN, Exit.FINDINGS, Exit.OK)
"""The exit statuses of plans, the one first that a folder ends with where any plan has it."""


def worst(states: Collection[Exit]) -> Exit:
    """Return the exit status of a folder whose plans would end so."""
    return next(status for status in _WORST if status in states)


@dataclass(frozen=True)
class FolderPlan:
    """A plan of a folder; `about` are the files of the scenarios that change something of it."""

    path: Path
    case: Prepared
    about: tuple[Path, ...] = ()

    @property
    def name(self) -> str:
        """What the folder of its schedule is called, and it in wishes."""
        return self.path.stem


@dataclass(frozen=True)
class Folder:
    """The plans that can be used, the ids of the pools that they share, and what is to be said.

    `faulty` are the findings of the plans that cannot be used, by the path of each.
    """

    path: Path
    plans: tuple[FolderPlan, ...]
    shared: frozenset[str]
    notes: tuple[Finding, ...]
    faulty: dict[Path, tuple[Finding, ...]]

    @property
    def files(self) -> tuple[Path, ...]:
        """All files that its plans are read from."""
        return tuple(file for plan in self.plans for file in files_of(plan.path, plan.case.plan))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The faults of plans that cannot be used, then the notes."""
        return (*(found for faults in self.faulty.values() for found in faults), *self.notes)

    @property
    def states(self) -> list[Exit]:
        """The exit statuses of the plans that cannot be used."""
        return [Exit.USAGE] if self.faulty else []


def read_folder(folder: Path, scenarios: Sequence[Path] = ()) -> Folder:
    """Read the plans of a folder, and lay over each what the scenarios say about it.

    A plan that is faulty is told of, and the others are used. Raises PlanError where none can be used, two
    have one name, two describe a shared pool differently, or a change of a scenario is about none of them.
    """
    plans: list[FolderPlan] = []
    faulty: dict[Path, tuple[Finding, ...]] = {}
    for path in _plans_in(folder):
        try:
            plans.append(FolderPlan(path, prepare(path)))
        except PlanError as error:
            faulty[path] = error.findings
    if not plans:
        found = tuple(one for faults in faulty.values() for one in faults)
        said = (_ALL_FAULTY, None) if faulty else (_NO_PLAN, _NAMED)
        raise PlanError([*found, fault("no-plan", said[0], Place(str(folder)), said[1])])
    names = [plan.name for plan in plans]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise PlanError([fault("same-name", _TWICE.fill(name=twice), Place(str(folder)))])
    for file, scenario in zip(scenarios, load_scenarios(tuple(scenarios)), strict=True):
        plans = list(overlaid(plans, scenario, file))
    cases = {plan.path: plan.case for plan in plans}
    shared = shared_pools(cases)
    return Folder(folder, tuple(plans), shared, tuple(sharing_notes(cases, shared)), faulty)


def overlaid(plans: Sequence[FolderPlan], scenario: Scenario, file: Path) -> tuple[FolderPlan, ...]:
    """Return the plans, each with the changes of a scenario (read from a file) that name something of it.

    Raises PlanError with the changes that are about none of them, or make no sense in one.
    """
    changes: list[list[Change]] = [[] for _ in plans]
    faults: list[Finding] = []
    for change in scenario.changes:
        found = [_unknown(plan, scenario, [*of, change]) for plan, of in zip(plans, changes, strict=True)]
        for of, unknown in zip(changes, found, strict=True):
            of.extend([] if unknown else [change])
        if all(found):
            said = next((one for one in found if any(f.remedy for f in one)), found[0])
            faults += (replace(one, text=_OF_NONE + one.text) for one in said)
    if faults:
        raise PlanError(faults)
    return tuple(_overlaid(plan, scenario, of, file) for plan, of in zip(plans, changes, strict=True))


def _unknown(plan: FolderPlan, scenario: Scenario, changes: Sequence[Change]) -> tuple[Finding, ...]:
    """Return what the last of some changes names that a plan does not have."""
    try:
        with_scenarios(plan.case.plan, [_of(scenario, changes)])
    except PlanError as error:
        if all(one.rule in _ELSEWHERE or one.rule.startswith("unknown-") for one in error.findings):
            return tuple(one for one in error.findings if one.rule != "other-plan")
        raise
    return ()


_ELSEWHERE = ("closed-already", "other-plan")
"""Faults of a change, besides unknown names, that may be about another plan."""


def _of(scenario: Scenario, changes: Sequence[Change]) -> Scenario:
    return scenario.model_copy(update={"changes": tuple(changes)})


def _overlaid(plan: FolderPlan, scenario: Scenario, changes: Sequence[Change], file: Path) -> FolderPlan:
    if not changes:
        return plan
    changed = with_scenarios(plan.case.plan, [_of(scenario, changes)])
    case = replace(plan.case, plan=changed, problem=expand(changed))
    return FolderPlan(plan.path, case, (*plan.about, file))


def _plans_in(folder: Path) -> Iterator[Path]:
    """Yield the YAML files of a folder that have programmes: resources and scenarios have none."""
    for path in sorted(folder.iterdir()):
        if path.suffix in (".yaml", ".yml") and path.is_file() and _has_programmes(path):
            yield path


def _has_programmes(path: Path) -> bool:
    """Whether a file is a plan; one that is no YAML may be, and loading it says what is wrong."""
    try:
        keys = {str(event.value) for event in _top_keys(path)}
    except (yaml.YAMLError, UnicodeDecodeError):
        return True
    return "programmes" in keys


def _top_keys(path: Path) -> list[yaml.ScalarNode]:
    node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.CSafeLoader)
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return [key for key, _ in pairs if isinstance(key, yaml.ScalarNode)]


def schedule_of(folder: Path, name: str) -> Path:
    """Return where a folder has the schedule of a plan: as solve writes it, else a file of its name."""
    written = folder / name / "schedule.csv"
    others = (folder / f"{name}{ending}" for ending in (".csv", ".xlsx", ".ics"))
    return next((path for path in (written, *others) if path.is_file()), written)


def unplanned(folder: Folder, schedules: Path) -> Iterator[Finding]:
    """Yield a warning for each schedule in a folder that no plan has: it is looked at by nobody."""
    known = {path.stem for path in folder.faulty} | {plan.name for plan in folder.plans}
    for path in sorted(schedules.glob("*/schedule.csv")):
        if path.parent.name not in known:
            text = _UNPLANNED.fill(name=path.parent.name, folder=folder.path)
            yield Finding("schedule-without-plan", Severity.WARNING, text, Place(str(path)))


_ALL_FAULTY = Text(
    "このフォルダには使える計画がありません", "there is no plan in this folder that can be used"
)
_NO_PLAN = Text(
    "このフォルダには計画(programmes のあるYAML)がありません",
    "there is no plan in this folder: no YAML with programmes",
)
_NAMED = Text(
    "計画のファイルか、計画のあるフォルダを指定してください", "name a plan's file, or a folder of plans"
)
_TWICE = Text(
    "{name} という名前の計画が二つあり、書き出すフォルダが重なります",
    "two plans are called {name}, and would be written to one folder",
)
_OF_NONE = Text("フォルダのどの計画にも当てはまりません: ", "this is about no plan of the folder: ")
_UNPLANNED = Text(
    "{folder} に {name} という計画がないので、この予定は調べていません",
    "{folder} has no plan called {name}: this schedule is not looked at",
)
