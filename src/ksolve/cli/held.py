"""Whether a plan can be held, as findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ksolve.api import Prepared
from ksolve.cli.clustered import HERE, Machines
from ksolve.cli.console import again
from ksolve.cli.progress import Loudness, telling
from ksolve.cli.run import no_answer
from ksolve.cli.stopping import stoppable
from ksolve.errors import Exit
from ksolve.explain.decided import decided
from ksolve.findings import Finding, Place, Severity
from ksolve.solver import Answer, Options
from ksolve.text import Lang, Text
from ksolve.verified import solve


def held(
    case: Prepared,
    plan: Path,
    limit: float,
    lang: Lang,
    loudness: Loudness = Loudness.NORMAL,
    machines: Machines = HERE,
    scenarios: tuple[Path, ...] = (),
) -> tuple[Exit, tuple[Finding, ...]]:
    """Prove whether the hard rules of a plan have a schedule; why not is a finding."""
    counted = by_counting(case, plan, scenarios)
    if counted:
        return Exit.INFEASIBLE, (counted,)
    with stoppable(lang), telling(lang, limit, loudness) as teller, machines.used(teller.tell_parts):
        answer = solve(case.problem.hard, Options(limit))
    return told(answer, plan, limit, scenarios)


def by_counting(case: Prepared, plan: Path, scenarios: Sequence[Path] = ()) -> Finding | None:
    """Return that a plan cannot be held, where counting shows it."""
    counted = decided(case.problem)
    return _infeasible(_COUNTED.fill(sum=counted.text), plan, scenarios) if counted else None


def told(
    answer: Answer, plan: Path, limit: float, scenarios: Sequence[Path] = ()
) -> tuple[Exit, tuple[Finding, ...]]:
    """Return how a search for any schedule ended, and the finding that says so where there is none."""
    if answer.schedule is not None:
        return Exit.OK, ()
    status = no_answer(answer)
    if status is Exit.INFEASIBLE:
        return status, (_infeasible(_CANNOT, plan, scenarios),)
    text = _STOPPED if answer.interrupted else _UNKNOWN.fill(limit=f"{limit:g}")
    return status, (Finding("unknown", Severity.WARNING, text, Place(str(plan)), remedy=_LONGER),)


def _infeasible(text: Text, plan: Path, scenarios: Sequence[Path]) -> Finding:
    remedy = _EXPLAIN.fill(command=again("explain", plan, scenarios))
    return Finding("infeasible", Severity.ERROR, text, Place(str(plan)), remedy=remedy)


_CANNOT = Text(
    "この計画は成り立ちません(二つの方法で証明済み)", "the plan cannot be held (proven by two runs)"
)
_COUNTED = Text(
    "この計画は成り立ちません(二通りに数えて証明済み)。{sum}",
    "the plan cannot be held (proven by counting, in two ways). {sum}",
)
_EXPLAIN = Text("理由と解決策を調べるには: {command}", "{command} says why, and the ways out")
_UNKNOWN = Text(
    "成り立つとも成り立たないとも、{limit}秒では分かりませんでした",
    "not known within {limit} s: neither a schedule nor a proof that there is none",
)
_STOPPED = Text(
    "中断しました。成り立つとも成り立たないとも分かっていません",
    "interrupted: whether the plan can be held is not known",
)
_LONGER = Text("--limit を延ばしてください", "raise --limit")
