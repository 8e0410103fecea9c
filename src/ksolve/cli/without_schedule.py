"""What `solve` says where there is no schedule: the verdict, what does not add up, and the ways out."""

from __future__ import annotations

from dataclasses import replace

from ksolve.api import Prepared
from ksolve.cli.console import print_findings, put, say
from ksolve.cli.explained import lines
from ksolve.cli.machine import printed
from ksolve.cli.machine_solved import solved
from ksolve.cli.run import no_answer
from ksolve.errors import Exit
from ksolve.explain import shortages
from ksolve.explain.counting import Tally
from ksolve.explain.explanation import explain
from ksolve.findings import Finding, Severity
from ksolve.solver import Answer, Options, Verdict
from ksolve.solver.search.heavy import weight
from ksolve.text import Lang, Text

VERDICT = Text("判定: {verdict} ({seconds}秒)", "verdict: {verdict} ({seconds} s)")


def told_without_schedule(
    case: Prepared, answer: Answer, options: Options, lang: Lang, counted: Tally | None, form: str, hint: Text
) -> Exit:
    """Say that there is no schedule, and why, as far as that is known; return the exit status."""
    if form == "json":
        by_counting = (Finding("infeasible", Severity.ERROR, counted.text, None),) if counted else ()
        found = (*by_counting, *_lacking(case, answer, options, counted))
        put(printed(solved(case, answer, no_answer(answer), found, (), lang)))
    else:
        _explain(case, answer, options, lang, counted, hint)
    return no_answer(answer)


def _explain(
    case: Prepared, answer: Answer, options: Options, lang: Lang, counted: Tally | None, hint: Text
) -> None:
    """Say the verdict, and for an infeasible plan which programmes and months do not add up.

    What is left of the limit is for that; where counting decides about a large plan, it says enough.
    """
    verdict = _COUNTED if counted else answer.text
    say(VERDICT.fill(verdict=verdict, seconds=f"{answer.seconds:.1f}"), lang)
    if counted:
        say(counted.text, lang)
    if counted and weight(case.problem) > _LIGHT:
        say(hint, lang)
    elif answer.verdict is Verdict.INFEASIBLE:
        found = _lacking(case, answer, options, counted)
        if any(finding.rule == "shortage" for finding in found):
            say(_SHORT, lang)
        print_findings(found, lang)
        short = explain(case.plan, min(_left_s(answer, options), _SHORT_S), wanted=0)
        for line in (*lines(case, short, ways=False), hint) if short.conflicts else ():
            say(line, lang)
        say(_PART, lang)


def _lacking(case: Prepared, answer: Answer, options: Options, counted: Tally | None) -> tuple[Finding, ...]:
    """Return what a plan lacks that is proven not to hold, as far as the rest of the limit shows it."""
    if answer.verdict is not Verdict.INFEASIBLE or (counted and weight(case.problem) > _LIGHT):
        return ()
    return shortages(case.problem, replace(options, limit_s=_left_s(answer, options)))


def _left_s(answer: Answer, options: Options) -> float:
    return max(_LEAST_S, options.limit_s - answer.seconds)


_SHORT_S = 10.0
_LEAST_S = 2.0
_LIGHT = 80_000
"""The weight of a plan up to which it is also searched for the fewest sessions that it lacks."""


_COUNTED = Text("成り立たない(二通りに数えて証明済み)", "infeasible (proven by counting, in two ways)")
_SHORT = Text(
    "できるだけ多くの回を入れても、次が足りません。",
    "With as many sessions as possible dated, this is still missing:",
)
_PART = Text(
    "--partial を付けると、入れられない回を除いた予定を作ります。",
    "With --partial, a schedule is made that leaves out what does not fit.",
)
