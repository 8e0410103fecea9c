"""Whether the plans of a folder can be held beside one another."""

from __future__ import annotations

from pathlib import Path

from ksolve.cli.clustered import Machines
from ksolve.cli.folders.folder import Folder, FolderPlan
from ksolve.cli.folders.folder_beside import without_place
from ksolve.cli.held import by_counting, told
from ksolve.cli.progress import Loudness, telling
from ksolve.cli.stopping import stoppable
from ksolve.errors import Exit
from ksolve.findings import Finding, Place, Severity
from ksolve.solver import Answer, Options
from ksolve.text import Lang
from ksolve.verified import solve_apart


def held_together(
    folder: Folder,
    limit_s: float,
    machines: tuple[str, Path | None],
    lang: Lang,
    *,
    quiet: bool,
) -> list[tuple[Exit, tuple[Finding, ...]]]:
    """Return for each plan of a folder how the search for any schedule ended, beside those of the others.

    A plan that cannot be held alone is proven so; one for which no place is found beside the others is not.
    """
    plans = folder.plans
    counted = [by_counting(plan.case, plan.path, plan.about) for plan in plans]
    open_ = [plan for plan, found in zip(plans, counted, strict=True) if found is None]
    loudness = Loudness.of(quiet=quiet, verbose=False)
    hard = [plan.case.problem.hard for plan in open_]
    with (
        stoppable(lang),
        telling(lang, limit_s, loudness) as teller,
        Machines(*machines).used(teller.tell_parts),
    ):
        answers = iter(solve_apart(hard, Options(limit_s), folder.shared) if open_ else ())
    return [
        (Exit.INFEASIBLE, (found,)) if found else _told(plan, next(answers), limit_s, folder)
        for plan, found in zip(plans, counted, strict=True)
    ]


def _told(
    plan: FolderPlan, answer: Answer, limit_s: float, folder: Folder
) -> tuple[Exit, tuple[Finding, ...]]:
    """Return how a search ended; where several plans share, that is why it may have found nothing."""
    status, findings = told(answer, plan.path, limit_s, plan.about)
    lacking = without_place(answer, plan, folder)
    if lacking is None:
        return status, findings
    rule, severity = ("infeasible", Severity.ERROR) if answer.together else ("unknown", Severity.WARNING)
    return status, (Finding(rule, severity, lacking, Place(str(plan.path))),)
