"""check of a folder: each plan with its schedule, and that none takes what another has of what they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ksolve.checker.across import Told as Held
from ksolve.checker.across import beyond_limits, clashes
from ksolve.cli.checking import CheckOptions, Looked, looked_at
from ksolve.cli.console import table
from ksolve.cli.folders.folder import Folder, FolderPlan, read_folder, schedule_of, unplanned, worst
from ksolve.cli.machine import Checked, OfFolder, PlanOut, findings_out
from ksolve.errors import Exit, PlanError, fault
from ksolve.files import is_folder
from ksolve.findings import Finding, Place, Severity
from ksolve.text import Lang, Text, plain


@dataclass(frozen=True)
class Holding:
    """How it is searched whether a plan can be held: how long, and on which machines."""

    limit_s: float
    machines: tuple[str, Path | None]
    quiet: bool


@dataclass(frozen=True)
class OfPlan:
    """How one plan of a folder ends, and what is found about it; `sessions` None: it has no schedule."""

    plan: Path
    schedule: Path | None
    status: Exit
    findings: tuple[Finding, ...] = ()
    sessions: int | None = None
    summary: Text | None = None
    is_used: bool = True


@dataclass(frozen=True)
class Told:
    """What a check says: its exit status, the findings, the sum in words; of a folder each of its plans."""

    status: Exit
    findings: tuple[Finding, ...]
    summary: Text | None
    plans: tuple[OfPlan, ...] = ()
    beside: tuple[Finding, ...] = ()
    """Those of the findings of a folder that are about no single schedule."""

    def answer(self, lang: Lang) -> Checked | OfFolder:
        """Return it for programs."""
        if not self.plans:
            return _checked(self.status, self.findings, self.summary, lang)
        plans = [
            PlanOut(
                plan=str(one.plan),
                schedule=str(one.schedule) if one.schedule else None,
                status=int(one.status),
                answer=_checked(one.status, one.findings, one.summary, lang) if one.is_used else None,
            )
            for one in self.plans
        ]
        findings = findings_out(self.beside, lang)
        return OfFolder(status=int(self.status), findings=findings, plans=plans)


def _checked(status: Exit, findings: Sequence[Finding], summary: Text | None, lang: Lang) -> Checked:
    told = summary(lang) if summary else None
    return Checked(status=int(status), summary=told, findings=findings_out(findings, lang))


def checked_folder(
    path: Path,
    schedules: Path | None,
    scenarios: tuple[Path, ...],
    wanted: CheckOptions,
    holding: Holding,
    lang: Lang,
) -> Told:
    """Check the plans of a folder against the schedules of another, or prove whether all can be held.

    Raises PlanError where the folder has no plan that can be used, or what is given is no folder.
    """
    if schedules is not None and not is_folder(schedules):
        raise PlanError([fault("no-folder", _NO_FOLDER, Place(str(schedules)), _SOLVED)])
    folder = read_folder(path, scenarios)
    if schedules is None:
        plans, said = _held(folder, holding, lang), folder.findings
    else:
        plans, across = _looked(folder, schedules, wanted)
        said = (*folder.findings, *across)
    faulty = tuple(OfPlan(one, None, Exit.USAGE, is_used=False) for one in folder.faulty)
    fails = [Exit.FINDINGS for one in said if one.severity is not Severity.NOTE]
    told = (*faulty, *plans)
    found = tuple(finding for one in told for finding in one.findings)
    status = worst([one.status for one in told] + ([] if folder.faulty else fails))
    return Told(status, (*said, *found), _table(told), told, said)


def _looked(
    folder: Folder, schedules: Path, wanted: CheckOptions
) -> tuple[tuple[OfPlan, ...], tuple[Finding, ...]]:
    """Hold each schedule against its plan; return also what is about several of them."""
    told: list[OfPlan] = []
    held: list[Held] = []
    for plan in folder.plans:
        file = schedule_of(schedules, plan.name)
        try:
            found = looked_at(plan.case, plan.about, file, wanted)
        except PlanError as error:
            told.append(OfPlan(plan.path, file, Exit.USAGE, error.findings))
            continue
        told.append(_told(plan, file, found))
        held.append(Held(plan.name, plan.case.problem, found.schedule, file))
    across = (
        *clashes(held, folder.shared),
        *beyond_limits(held, folder.shared),
        *unplanned(folder, schedules),
    )
    return tuple(told), wanted.of(across)[1]


def _told(plan: FolderPlan, file: Path, found: Looked) -> OfPlan:
    sessions = len(found.schedule.sessions)
    return OfPlan(plan.path, file, found.status, found.findings, sessions, found.summary)


def _held(folder: Folder, holding: Holding, lang: Lang) -> tuple[OfPlan, ...]:
    """Prove whether the plans can be held, all of them beside one another."""
    from ksolve.cli.folders.holding_folder import (
        held_together,
    )  # schedules are checked where no solver is installed

    found = held_together(folder, holding.limit_s, holding.machines, lang, quiet=holding.quiet)
    return tuple(
        OfPlan(plan.path, None, status, (*findings, *plan.case.notes))
        for plan, (status, findings) in zip(folder.plans, found, strict=True)
    )


def _table(told: Sequence[OfPlan]) -> Text:
    """Return a row for each plan, and a line on all."""
    drawn = {
        lang: table([[head(lang) for head in _HEADS], *(_row(one, lang) for one in told)], frozenset({1, 2}))
        for lang in _LANGS
    }
    well = sum(one.status is Exit.OK for one in told)
    whole = Text(f"{drawn['ja']}\n", f"{drawn['en']}\n")
    return whole + _SUM.fill(plans=len(told), well=well)


def _row(one: OfPlan, lang: Lang) -> Sequence[str]:
    sessions = "-" if one.sessions is None else str(one.sessions)
    errors = sum(found.severity is Severity.ERROR for found in one.findings)
    breaches = "-" if one.sessions is None else str(errors)
    verdict = _UNUSABLE if one.status is Exit.USAGE else (_VERDICTS if one.schedule else _HELD)[one.status]
    schedule = plain(one.schedule or "")
    return one.plan.name, sessions, breaches, verdict(lang), schedule(lang)


_LANGS: tuple[Lang, Lang] = ("ja", "en")
_HEADS = (
    Text("計画", "plan"),
    Text("回数", "sessions"),
    Text("違反", "breaches"),
    Text("判定", "verdict"),
    Text("予定", "schedule"),
)
_UNUSABLE = Text("読めない", "cannot be used")
_VERDICTS = {
    Exit.OK: Text("守られている", "kept"),
    Exit.FINDINGS: Text("指摘あり", "findings"),
}
_HELD = {
    Exit.OK: Text("成り立つ", "can be held"),
    Exit.INFEASIBLE: Text("成り立たない(証明済み)", "cannot be held (proven)"),
    Exit.UNKNOWN: Text("分からない", "not known"),
    Exit.INTERRUPTED: Text("中断", "interrupted"),
}
_SUM = Text("{plans}計画のうち{well}に指摘なし", "{well} of {plans} plans have no findings")
_NO_FOLDER = Text(
    "計画のフォルダは、予定のフォルダと比べて調べます",
    "a folder of plans is checked against a folder of schedules",
)
_SOLVED = Text(
    "ksolve solve 計画のフォルダ -o OUT が書いた OUT を指定してください",
    "name the OUT that ksolve solve PLANS -o OUT wrote",
)
