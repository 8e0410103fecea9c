"""The answers of searches for programs: of one plan, of a revision, and of scenarios side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ksolve.api import Prepared
from ksolve.changes import Change
from ksolve.cli.machine import (
    ChangeOut,
    Compared,
    FitOut,
    OutcomeOut,
    Revised,
    SessionOut,
    Solved,
    TierOut,
    WishOut,
    findings_out,
    paths_out,
)
from ksolve.cli.revision_written import changed_of
from ksolve.errors import Exit
from ksolve.findings import Finding
from ksolve.fit import FitReport, fit
from ksolve.fit.regularity import regularity
from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.report.changed import Changed
from ksolve.report.changed.table import session_dict
from ksolve.revise import Revision
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
    return Solved(
        status=int(status),
        verdict=answer.verdict.value,
        text=answer.full_text(lang),
        seconds=round(answer.seconds, 3),
        interrupted=answer.interrupted,
        sessions=len(schedule.sessions) if schedule else 0,
        tiers=_tiers(answer.tiers, lang),
        names=next(iter(_tiers([answer.names] if answer.names else [], lang)), None),
        fit=_fit_of(case, schedule),
        regularity=_regularity(case, schedule),
        findings=findings_out(findings, lang),
        files=paths_out(paths),
    )


def revised(
    case: Prepared,
    revision: Revision,
    status: Exit,
    missed: Iterable[Finding],
    paths: Sequence[Path],
    lang: Lang,
) -> Revised:
    """Return what a revision came to; `paths` are the files written, none where it is not to be used."""
    answer, asked = revision.answer, revision.asked
    schedule = answer.schedule if paths else None
    changed, moved = changed_of(case.plan.title, revision), revision.tier(Tier.CHANGES)
    return Revised(
        status=int(status),
        verdict=answer.verdict.value,
        text=answer.full_text(lang),
        seconds=round(answer.seconds, 3),
        interrupted=answer.interrupted,
        sessions=len(schedule.sessions) if schedule else 0,
        changes=[_change(changed, one, lang) for one in changed.changes if paths],
        fewest_changes=moved.bound if moved else None,
        wishes=[
            WishOut(text=wish.line(lang), met=wish not in revision.unmet if paths else None)
            for wish in asked.wishes
        ],
        tiers=_tiers(answer.tiers, lang),
        fit=_fit_of(case, schedule),
        regularity=_regularity(case, schedule),
        findings=findings_out(missed, lang),
        broken=findings_out(revision.broken, lang),
        given_up=findings_out(revision.given_up, lang),
        files=paths_out(paths),
    )


def _change(changed: Changed, change: Change, lang: Lang) -> ChangeOut:
    return ChangeOut(
        kind=change.kind.value,
        uid=change.either.uid,
        series=change.series,
        name=changed.name(change),
        before=_session(change.before),
        after=_session(change.after),
        why=change.why(lang) if change.why else None,
    )


def _session(session: Session | None) -> SessionOut | None:
    return SessionOut.model_validate(session_dict(session)) if session else None


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


def _regularity(case: Prepared, schedule: Schedule | None) -> float | None:
    share = regularity(case.problem, schedule).share if schedule else None
    return None if share is None else round(float(share), 4)


def _fit_of(case: Prepared, schedule: Schedule | None) -> FitOut | None:
    if not case.published or not schedule:
        return None
    return _fit(fit(case.published, case.plan, case.problem, schedule))


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
