"""check: what is asked of a schedule, and what it breaks of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ksolve.api import Prepared
from ksolve.checker import FINDINGS, soft_findings
from ksolve.checker.known_findings import new_findings, of_rules, read_baseline
from ksolve.cli.scheduled import read_checked
from ksolve.errors import Exit, PlanError, fault, nearest
from ksolve.findings import Finding, Place, Severity
from ksolve.fit import fit
from ksolve.fit.regularity import regularity
from ksolve.problem.schedule import Schedule
from ksolve.record.beside import NAME, scenarios_beside
from ksolve.rules.catalogue import BY_NAME
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What is asked of a schedule: which rules, how much fit, and what was known before."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    min_fit: float | None
    baseline: Path | None
    soft: bool
    columns: tuple[str, ...] = ()
    sheet: str = ""

    def refuse_faults(self, *, has_schedule: bool) -> None:
        """Raise PlanError for names that are no rules, and for what asks nothing of a plan alone."""
        faults = list(_unknown_rules((*self.select, *self.ignore)))
        if not has_schedule and self != CheckOptions((), (), None, None, soft=False):
            faults.append(fault("no-schedule", _NO_SCHEDULE, None, _GIVE_SCHEDULE))
        if faults:
            raise PlanError(faults)

    def of(self, findings: Sequence[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Return the findings of the rules that are asked about, and those of them that are new."""
        chosen = of_rules(findings, self.select, self.ignore)
        known = read_baseline(self.baseline) if self.baseline else None
        return chosen, tuple(new_findings(chosen, known)) if known else chosen


def _unknown_rules(names: tuple[str, ...]) -> Iterator[Finding]:
    if not names:
        return  # the whole catalogue of rules takes time to import

    known = (*BY_NAME, *FINDINGS, _LOW_FIT)
    for name in names:
        if name not in known:
            yield fault("unknown-rule", _NO_RULE.fill(name=name), None, nearest(name, known))


@dataclass(frozen=True, slots=True)
class Looked:
    """A schedule as it was read, what it breaks of what is wanted and new, and the line that sums it up."""

    schedule: Schedule
    findings: tuple[Finding, ...]
    summary: Text

    @property
    def breaches(self) -> int:
        """How many breaches were found."""
        return sum(found.severity is Severity.ERROR for found in self.findings)

    @property
    def status(self) -> Exit:
        """The exit status: a note fails nothing."""
        fails = any(found.severity is not Severity.NOTE for found in self.findings)
        return Exit.FINDINGS if fails else Exit.OK


def looked_at(case: Prepared, scenarios: Sequence[Path], path: Path, wanted: CheckOptions) -> Looked:
    """Hold a schedule's file against its plan, made ready with the scenarios. Raises PlanError."""
    looked = _looked(case, path, wanted)
    if not looked.breaches:
        return looked
    return replace(looked, summary=looked.summary + _of_other_scenarios(path, scenarios))


def _of_other_scenarios(schedule: Path, given: Sequence[Path]) -> Text:
    """Say that a schedule was made with scenarios that it is not checked with: it may break nothing then."""
    named = {path.name for path in given}
    others = [one for one in scenarios_beside(schedule) if Path(one).name not in named]
    options = " ".join(f"-s {one}" for one in others)
    return _SCENARIOS.fill(options=options, record=NAME) if others else Text("", "")


def _looked(case: Prepared, path: Path, wanted: CheckOptions) -> Looked:
    problem = case.problem
    dated, broken = read_checked(problem, path, wanted.columns, wanted.sheet)
    notes = soft_findings(problem, dated) if wanted.soft else ()
    everything = (*broken, *_low_fit(case, dated, path, wanted.min_fit), *case.notes, *notes)
    chosen, new = wanted.of(everything)
    summary = _CHECKED.fill(
        sessions=len(dated.sessions),
        rules=sum(posted.tier is None for posted in problem.rules),
        found=sum(found.severity is Severity.ERROR for found in new),
    )
    left_out = len(everything) - len(chosen), len(chosen) - len(new)
    if any(left_out):
        summary += _LEFT_OUT.fill(ignored=left_out[0], known=left_out[1])
    for note in dated.notes:
        summary += _NOTE.fill(note=note)
    for line in regularity(problem, dated).lines if wanted.soft else ():
        summary += Text("\n", "\n") + line
    return Looked(dated, new, summary)


def _low_fit(case: Prepared, dated: Schedule, path: Path, least: float | None) -> tuple[Finding, ...]:
    """Return a finding where the fit is below the least that is wanted. Raises PlanError without a table."""
    if least is None:
        return ()
    if case.published is None:
        raise PlanError([fault("no-published-table", _UNPUBLISHED, None, _NAME_TABLE)])

    figure = fit(case.published, case.plan, case.problem, dated).figure
    if figure >= least:
        return ()
    text = _LOW.fill(figure=f"{figure:.4f}", least=f"{least:g}")
    return (Finding(_LOW_FIT, Severity.ERROR, text, Place(str(path)), remedy=_SEE_FIT),)


_SCENARIOS = Text(
    "\n{record} によれば、この予定はシナリオを重ねて作られました。同じシナリオで調べるには: {options}",
    "\nby {record} this schedule was made with scenarios: to check it with the same, add {options}",
)
_LOW_FIT = "low-fit"
_NO_RULE = Text("「{name}」という規則はありません", "there is no rule {name}")
_NO_SCHEDULE = Text(
    "--select --ignore --min-fit --baseline --soft --column --sheet は予定を調べるためのもので、"
    "予定(SCHEDULE)が必要です",
    "--select, --ignore, --min-fit, --baseline, --soft, --column and --sheet are about a schedule",
)
_GIVE_SCHEDULE = Text("予定のファイルを計画の後に書いてください", "name the schedule's file after the plan")
_UNPUBLISHED = Text(
    "計画に published(公表された表)がないので --min-fit を測れません",
    "the plan names no published table, so --min-fit cannot be measured",
)
_NAME_TABLE = Text(
    "計画に published(記入表では「公表された表」)を書くか、--min-fit を外してください",
    "name it as published (in a form: published table), or leave --min-fit out",
)
_LOW = Text(
    "公表計画との適合度 {figure} が下限 {least} に届きません",
    "the fit with the published plan, {figure}, is below {least}",
)
_SEE_FIT = Text(
    "守られていない約束と印を見るには: ksolve fit", "ksolve fit shows which promises and marks are not kept"
)
_LEFT_OUT = Text(
    "(ほかに、選ばれていない規則の指摘{ignored}件、既知の指摘{known}件)",
    "(besides, {ignored} findings of rules not selected, {known} known ones)",
)
_NOTE = Text("。{note}", "; {note}")
_CHECKED = Text(
    "{sessions}回を{rules}の規則で調べました: 違反{found}件",
    "{sessions} sessions checked against {rules} rules: {found} breaches",
)
