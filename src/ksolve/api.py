"""The public functions: the steps of the path, for the command line, notebooks and other programs.

::

    from ksolve import api
    case = api.prepare(Path("models/koganei/r6.yaml"))
    answer = api.solve(case.problem)
    findings = api.check(case.problem, answer.schedule)

`read`, `load`, `expand`, `solve`, `check`, `fit`, `explain`, `compare`, `draft` and `read_schedule` are
imported from their modules when first used, so that checking needs no solver; so is `frames`, the module of
data frames.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ksolve.errors import PlanError
from ksolve.expand import expand as _expand
from ksolve.expand.faults import plan_faults
from ksolve.expand.scenarios import with_scenarios
from ksolve.files import beside
from ksolve.findings import Finding, Place, Severity
from ksolve.plan import Plan, load_leniently
from ksolve.plan.scenario import Scenario, load_scenario
from ksolve.problem import Problem

if TYPE_CHECKING:
    from ksolve.published import PublishedPlan


@dataclass(frozen=True)
class Prepared:
    """A plan file made ready: the plan with its scenarios, the problem, the published table."""

    plan: Plan
    problem: Problem
    published: PublishedPlan | None
    notes: tuple[Finding, ...] = ()
    """What is to be known of its external calendars."""


def prepare(path: Path, scenarios: tuple[Path, ...] = ()) -> Prepared:
    """Load a plan, lay scenarios over it, and expand it.

    Raises PlanError with every fault of the plan, its resources, its published table and
    the scenarios.
    """
    loaded = load_leniently(path)
    faults = list(loaded.faults)
    published: PublishedPlan | None = None
    plan, notes = loaded.plan, tuple[Finding, ...]()
    if plan is not None:
        plan, said = with_external(plan)
        notes = tuple(found for found in said if found.severity is not Severity.ERROR)
        faults += [found for found in said if found.severity is Severity.ERROR]
        faults += plan_faults(plan)
        try:
            published = published_of(plan, path)
        except PlanError as error:
            faults += error.findings
    if faults or plan is None:
        raise PlanError(sorted(faults, key=lambda found: found.place or Place("")))
    plan = with_scenarios(plan, load_scenarios(scenarios)) if scenarios else plan
    return Prepared(plan, _expand(plan), published, notes)


def with_external(plan: Plan) -> tuple[Plan, tuple[Finding, ...]]:
    """Return a plan with the dates of its external calendars, and what is to be said of them."""
    if not plan.resources.external:
        return plan, ()
    from ksolve.external import filled  # its readers take a tenth of a second to import

    made = filled(plan)
    return made.plan, made.findings


def load_scenarios(paths: tuple[Path, ...]) -> list[Scenario]:
    """Return the scenarios of some files. Raises PlanError with the faults of all of them."""
    faults: list[PlanError] = []
    scenarios: list[Scenario] = []
    for path in paths:
        try:
            scenarios.append(load_scenario(path))
        except PlanError as error:
            faults.append(error)
    if faults:
        raise PlanError(found for error in faults for found in error.findings)
    return scenarios


def published_of(plan: Plan, path: Path) -> PublishedPlan | None:
    """Return the published table that a plan names, None where it names none. Raises PlanError."""
    if not plan.published:
        return None
    from ksolve.published import read_published  # its readers take a tenth of a second to import

    return read_published(beside(path, plan.published), columns=plan.published_columns)


_STEPS = {
    "read": ("ksolve.published", "read_published"),
    "load": ("ksolve.plan", "load"),
    "expand": ("ksolve.expand", "expand"),
    "solve": ("ksolve.verified", "solve"),
    "check": ("ksolve.checker", "check"),
    "fit": ("ksolve.fit", "fit"),
    "explain": ("ksolve.explain", "shortages"),
    "compare": ("ksolve.whatif", "compare"),
    "draft": ("ksolve.next_year", "next_plan"),
    "read_schedule": ("ksolve.schedules", "read_schedule"),
}
"""Each step of the path, and where it lives."""


def __getattr__(name: str) -> Any:
    """Import a step, or the data frames, when they are first used."""
    if name == "frames":
        return import_module("ksolve.frames")
    if name not in _STEPS:
        raise AttributeError(f"module 'ksolve.api' has no attribute {name!r}")
    module, attribute = _STEPS[name]
    return getattr(import_module(module), attribute)
