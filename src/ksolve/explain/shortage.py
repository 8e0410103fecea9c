"""Why a plan cannot be met: the fewest sessions that have to be left out, and what is in their way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ksolve.calendar import span_of_days
from ksolve.explain.days import days_left
from ksolve.findings import Finding, Severity
from ksolve.problem import Posted, Problem, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.schedule import Schedule
from ksolve.solver import Options, Verdict, solve
from ksolve.text import Text


def shortages(problem: Problem, options: Options) -> tuple[Finding, ...]:
    """Return what is left out when as many of the demanded sessions as possible are dated.

    Each finding names the programme, the period, the sessions wanted and possible, and what
    takes the days away. Where the smallest shortage was not proven within the time limit, a
    last finding says so; where leaving sessions out does not help, it names the rules that remain.
    """
    relaxed = with_shortages(problem.hard)
    answer = solve(relaxed, options, lambda _progress: None)
    if answer.schedule is None:
        return (_OTHER if answer.verdict is Verdict.INFEASIBLE else _NO_TIME,)
    return left_out(relaxed, answer.schedule, proven=answer.verdict is Verdict.OPTIMAL)


def with_shortages(problem: Problem) -> Problem:
    """Return a problem in which sessions may be left out, as few as can be before anything else counts."""
    return replace(problem, rules=tuple(part for posted in problem.rules for part in _relaxed(posted)))


def left_out(relaxed: Problem, schedule: Schedule, *, proven: bool) -> tuple[Finding, ...]:
    """Return what a schedule of a problem `with_shortages` leaves out, empty where it is nothing.

    `proven` tells whether no schedule leaves out less.
    """
    case = Case(relaxed, schedule)
    short = [posted for posted in relaxed.rules if posted.tier is Tier.SHORTAGE]
    found = [finding for posted in short for finding in _findings(posted, case, relaxed)]
    return (*found, _SMALLEST if proven else _NOT_SMALLEST) if found else ()


def _relaxed(posted: Posted) -> Iterator[Posted]:
    """Let a demand fall short, but never go beyond what it allows."""
    if posted.tier is not None or posted.rule.does != "demands":
        yield posted
        return
    if posted.rule.without_demands:
        yield replace(posted, rule=posted.rule.without_demands)
    yield replace(posted, tier=Tier.SHORTAGE, weight=1)


def _findings(posted: Posted, case: Case, problem: Problem) -> Iterator[Finding]:
    for breach in posted.rule.check(posted, case):
        text = breach.text + _reason(posted, breach, problem)
        yield Finding("shortage", Severity.ERROR, text, posted.place, remedy=_remedy(posted))


def _reason(posted: Posted, breach: Breach, problem: Problem) -> Text:
    """Count the days of the period, and what takes them away one after the other."""
    if breach.period is None or len(posted.series) > 1:
        return Text("", "")
    left, taken = days_left(posted.series[0], span_of_days(*breach.period), problem)
    steps = Text(
        "、".join(f"{why.ja}{n}日" for why, n in taken), ", ".join(f"{n} {why.en}" for why, n in taken)
    )
    template = _REASON if taken else _ALL_DAYS
    return template.fill(days=_length(breach.period), steps=steps, left=left)


def _length(period: tuple[date, date]) -> int:
    return (period[1] - period[0]).days + 1


def _remedy(posted: Posted) -> Text | None:
    return Text(f"計画の理由: {posted.why}", f"the plan's reason: {posted.why}") if posted.why else None


_REASON = Text(
    "。{days}日のうち {steps} が使えず、残りは{left}日です",
    ". Of {days} days these cannot be used: {steps}; {left} are left",
)
_ALL_DAYS = Text(
    "。{days}日のどの日にも、その回だけなら入りますが、ほかの回や規則と重なるので足りません",
    ". One session could be on each of {days} days; other sessions and rules leave too few",
)
_OTHER = Finding(
    "shortage-total",
    Severity.ERROR,
    Text(
        "回数を減らしても成り立ちません。回数ではない規則(決まった日付、併せて実施、連続する月など)が"
        "互いに矛盾しています。それらを一つずつ外して確かめてください",
        "leaving sessions out does not help: rules other than counts (dates, sessions held together,"
        " runs of months) contradict one another; leave them out one by one",
    ),
)
_NO_TIME = Finding(
    "shortage-total",
    Severity.NOTE,
    Text(
        "時間内に理由を示せませんでした。--limit を延ばしてください",
        "no reason was found within the limit; raise --limit",
    ),
)
_SMALLEST = Finding(
    "shortage-total",
    Severity.NOTE,
    Text(
        "不足をこれより少なくできないことは証明済みです(足りない回の選び方は一例です)",
        "no schedule leaves out less than this in sum (this is one such choice)",
    ),
)
_NOT_SMALLEST = Finding(
    "shortage-total",
    Severity.NOTE,
    Text(
        "時間内に見つかった一例です。不足をもっと少なくできるかもしれません",
        "one choice found within the limit; less may have to be left out",
    ),
)
