"""The answers of searches for programs: of one plan, and of scenarios side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ksolve.api import Prepared
from ksolve.cli.machine import Compared, FitOut, OutcomeOut, Solved, TierOut, findings_out, paths_out
from ksolve.errors import Exit
from ksolve.findings import Finding
from ksolve.fit import FitReport, fit
from ksolve.fit.regularity import regularity
from ksolve.solver import Answer, TierValue
from ksolve.text import Lang
from ksolve.whatif import Outcome


def solved(
    case: Prepared,
    answer: Answer,
    status: Exit,
    findings: Iterable[Finding],
    paths: Sequence[Path],
    lang: Lang,
) -> Solved:
    """Return what a search came to."""
    schedule = answer.schedule
    report = fit(case.published, case.plan, case.problem, schedule) if case.published and schedule else None
    share = regularity(case.problem, schedule).share if schedule else None
    return Solved(
        status=int(status),
        verdict=answer.verdict.value,
        text=answer.full_text(lang),
        seconds=round(answer.seconds, 3),
        interrupted=answer.interrupted,
        sessions=len(schedule.sessions) if schedule else 0,
        tiers=_tiers(answer.tiers, lang),
        names=next(iter(_tiers([answer.names] if answer.names else [], lang)), None),
        fit=_fit(report),
        regularity=None if share is None else round(float(share), 4),
        findings=findings_out(findings, lang),
        files=paths_out(paths),
    )


def compared(outcomes: Iterable[Outcome], faults: Iterable[Finding], lang: Lang) -> Compared:
    """Return what scenarios came to."""
    return Compared(outcomes=[_outcome(one, lang) for one in outcomes], findings=findings_out(faults, lang))


def _outcome(one: Outcome, lang: Lang) -> OutcomeOut:
    difference = one.difference
    return OutcomeOut(
        id=one.scenario.id if one.scenario else None,
        title=one.scenario.title if one.scenario else one.plan.title,
        verdict=one.answer.verdict.value,
        text=one.answer.full_text(lang),
        seconds=round(one.answer.seconds, 3),
        sessions=len(one.answer.schedule.sessions) if one.answer.schedule else None,
        fit=_fit(one.fit),
        moved=len(difference.moved) if difference else None,
        added=len(difference.added) if difference else None,
        dropped=len(difference.dropped) if difference else None,
        rehoused=len(difference.rehoused) if difference else None,
        fewest_changes=one.fewest_changes,
        tiers=_tiers(one.answer.tiers, lang),
    )


def _tiers(tiers: Iterable[TierValue], lang: Lang) -> list[TierOut]:
    return [
        TierOut(
            tier=one.tier.name.lower(),
            text=one.tier.text(lang),
            value=one.value,
            bound=one.bound,
            proven=one.proven,
        )
        for one in tiers
    ]


def _fit(report: FitReport | None) -> FitOut | None:
    if report is None:
        return None
    return FitOut(
        figure=round(report.figure, 4),
        sessions_kept=report.sessions.kept,
        sessions_promised=report.sessions.whole,
        marks_kept=report.marks.kept,
        marks=report.marks.whole,
    )
