"""Why a session is not on another date: what forbids it, or what it would cost and who would move."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from ksolve.calendar import YearlyDay, day_text, span_of_days
from ksolve.checker import check, costs
from ksolve.explain.days import Obstacle, obstacles, restrictions
from ksolve.explain.placing import Placing, place
from ksolve.problem import Posted, Problem, Series, Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.revise import keeping
from ksolve.rules.few_moves import FewMoves
from ksolve.rules.on_dates import OnDates
from ksolve.solver import Answer, Options, Progress, TierValue, Verdict
from ksolve.solver.search.interrupting import listening
from ksolve.text import Text
from ksolve.verified import DisagreementError, solve
from ksolve.whatif import Difference, compare


class Outcome(StrEnum):
    """What can be said of a session and a date."""

    THERE = "there"
    FORBIDDEN = "forbidden"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class WhyNot:
    """What stands between a session and a date.

    FORBIDDEN: `forbidden` names, for each start, every rule that no schedule could keep with it.
    POSSIBLE: `schedule` holds, `moves` is the number of its sessions that are not where the base
    has them with a proven lower bound, `proven` the tiers whose cost is proven least among the
    schedules with that number of moves in which only the same series move. IMPOSSIBLE: two solver
    runs prove that no schedule has the session there. BLOCKED and UNKNOWN: `in_the_way` names what
    is there now; whether others could make room was not asked (BLOCKED), or not found out within
    the limit (UNKNOWN).
    """

    outcome: Outcome
    session: Session
    day: date
    start: int | None
    forbidden: Mapping[int, tuple[Obstacle, ...]] = field(default_factory=dict)
    in_the_way: Mapping[int, tuple[Obstacle, ...]] = field(default_factory=dict)
    schedule: Schedule | None = None
    moves: TierValue | None = None
    difference: Difference | None = None
    before: Mapping[Tier, int] = field(default_factory=dict)
    after: Mapping[Tier, int] = field(default_factory=dict)
    proven: frozenset[Tier] = frozenset()
    interrupted: bool = False


@dataclass(frozen=True)
class Question:
    """A schedule that keeps every hard rule of a problem, one of its sessions, and where it might be."""

    problem: Problem
    base: Schedule
    session: Session
    day: date
    start: int | None = None

    @property
    def series(self) -> Series:
        """The series of the session."""
        return next(one for one in self.problem.series if one.id == self.session.series)

    @property
    def starts(self) -> tuple[int, ...]:
        """The starts that are asked about."""
        return self.series.starts if self.start is None else (self.start,)


Told = Callable[[Text], None]
"""Called with a line on what is being done."""


def why_not(question: Question, limit_s: float, tell: Told, *, others: bool = True) -> WhyNot:
    """Answer from the rules on one session alone, then with it moved alone, then with others moved too.

    Sessions of a series are interchangeable until dated: the question is whether any session of
    the series can be at the date. `others` False leaves the search with others moved out.
    """
    began = time.monotonic()
    forbidden = forbidden_by(question)
    if all(forbidden.values()):
        return _answer(question, Outcome.FORBIDDEN, forbidden=forbidden)
    held = question.base.of_series([question.series])
    if any(s.day == question.day and question.start in (None, s.start) for s in held):
        return _answer(question, Outcome.THERE)
    starts = [start for start, why in forbidden.items() if not why]
    placed = moved_alone(question, question.session, starts)
    alone = {one.start: one.in_the_way for one in placed if one.schedule is None}
    in_the_way = {start: forbidden[start] or alone.get(start, ()) for start in question.starts}
    in_the_way = {start: found for start, found in in_the_way.items() if found}
    holding = [one for one in placed if one.schedule is not None]
    if not holding:
        near_by = sorted(held, key=lambda s: abs((s.day - question.day).days))[:_NEIGHBOURS]
        tried = (one for session in near_by for one in moved_alone(question, session, starts))
        holding = [one for one in tried if one.schedule is not None]
    if holding:
        best = min(holding, key=lambda one: (tuple(one.costs.values()), one.start))
        return _possible(question, best.schedule, TierValue(Tier.CHANGES, 1, 1), (), in_the_way)
    if not others:
        return _answer(question, Outcome.BLOCKED, in_the_way=in_the_way)
    tell(_SEARCHING)
    return _with_others(question, limit_s - (time.monotonic() - began), tell, in_the_way)


def forbidden_only(question: Question) -> WhyNot | None:
    """Return what forbids the session whatever else is held: no schedule is needed. None if nothing does."""
    forbidden = forbidden_by(question)
    if not all(forbidden.values()):
        return None
    return _answer(question, Outcome.FORBIDDEN, forbidden=forbidden)


def why_not_month(
    question: Question, month: tuple[date, date], limit_s: float, tell: Told
) -> Iterator[WhyNot]:
    """Answer for each day of a month; days that need others to move are asked while time is left.

    Those are yielded as BLOCKED where the limit or an interrupt came first.
    """
    began = time.monotonic()
    days = span_of_days(*month)
    with listening() as stop:
        quick = [why_not(replace(question, day=day), 0, tell, others=False) for day in days]
        for place_of, found in enumerate(quick):
            left_s = limit_s - (time.monotonic() - began)
            blocked = sum(other.outcome is Outcome.BLOCKED for other in quick[place_of:])
            if found.outcome is not Outcome.BLOCKED or left_s <= 0 or stop.asked:
                yield found
                continue
            tell(_DAY.fill(day=day_text(found.day)))
            share_s = max(min(left_s, _LEAST_S), left_s / blocked)
            yield _with_others(replace(question, day=found.day), share_s, tell, found.in_the_way)


_LEAST_S = 3.0
"""Less time than this finds nothing on a plan of a whole centre."""
_NEIGHBOURS = 2
"""So many sessions of the series, those nearest to the date, are tried besides the one asked about."""


def forbidden_by(question: Question) -> dict[int, tuple[Obstacle, ...]]:
    """Return, for each start, all that forbids the session there whatever else is held."""
    series, problem = question.series, question.problem
    own = restrictions(series, problem)
    number = question.session.number
    return {
        start: tuple(obstacles(series, question.day, start, problem, own, number))
        for start in question.starts
    }


def moved_alone(question: Question, session: Session, starts: list[int]) -> list[Placing]:
    """Move only one session of the series to each start that is not forbidden."""
    return [place(question.problem, question.base, session, question.day, start) for start in starts]


def _with_others(
    question: Question, limit_s: float, tell: Told, in_the_way: Mapping[int, tuple[Obstacle, ...]]
) -> WhyNot:
    """Find the fewest moves with the session pinned, then the least cost among as few moves."""
    began = time.monotonic()
    if limit_s <= 0:
        return _answer(question, Outcome.UNKNOWN, in_the_way=in_the_way)
    fewest = solve(_fewest_moves(question), Options(limit_s), _watch(tell), question.base)
    if fewest.schedule is None:
        impossible = fewest.verdict is Verdict.INFEASIBLE
        outcome = Outcome.IMPOSSIBLE if impossible else Outcome.UNKNOWN
        return _answer(question, outcome, in_the_way=in_the_way, interrupted=fewest.interrupted)
    least = max(1, fewest.tiers[0].bound)  # the base has no session there: something has to change
    moves = replace(fewest.tiers[0], bound=least)
    left_s = limit_s - (time.monotonic() - began)
    if left_s > 0 and not fewest.interrupted and any(p.tier is not None for p in question.problem.rules):
        tell(_CHEAPER)
        local = _least_cost(question, fewest.schedule)
        better = solve(local, Options(left_s), _watch(tell), fewest.schedule)
        if better.schedule is not None and better.tiers[0].value <= moves.value:
            moves = replace(moves, value=better.tiers[0].value)
            return _possible(question, better.schedule, moves, _proven(better), in_the_way)
    return _possible(question, fewest.schedule, moves, (), in_the_way, interrupted=fewest.interrupted)


def _proven(answer: Answer) -> tuple[Tier, ...]:
    """Return the tiers whose cost is least: proven, and so are all before them."""
    proven: list[Tier] = []
    for one in answer.tiers:
        if not one.proven:
            break
        proven.append(one.tier)
    return tuple(proven)


def _pin(question: Question) -> Posted:
    day = question.day
    named = YearlyDay(day.month, day.day, day.year)
    series = question.series
    return Posted(OnDates(days=((named, named),), start=question.start), (series,), series.name)


def _fewest_moves(question: Question) -> Problem:
    """Return the hard rules and the pin, with the number of moves as the only cost."""
    problem = keeping(question.problem, question.base)
    stay = [posted for posted in problem.rules if isinstance(posted.rule, FewMoves)]
    hard = question.problem.hard.rules
    return replace(problem, rules=(*hard, _pin(question), *(replace(p, tier=Tier.CHANGES) for p in stay)))


def _least_cost(question: Question, found: Schedule) -> Problem:
    """Return the whole problem with the pin, for the series that a schedule moves; all others stay.

    The number of moves comes before all other costs.
    """
    base = question.base
    moved = {one.id for one in question.problem.series if _times(base, one) != _times(found, one)}
    added = keeping(question.problem, base).rules[len(question.problem.rules) :]
    stay = tuple(
        replace(posted, tier=Tier.SHORTAGE if posted.series[0].id in moved else None)
        if isinstance(posted.rule, FewMoves)
        else posted
        for posted in added
    )
    return replace(question.problem, rules=(*question.problem.rules, _pin(question), *stay))


def _times(schedule: Schedule, series: Series) -> set[tuple[date, int]]:
    return {(session.day, session.start) for session in schedule.of_series([series])}


def _watch(tell: Told) -> Callable[[Progress], None]:
    shown = [-1]

    def watch(progress: Progress) -> None:
        moves = progress.tiers[0]
        if moves.value != shown[0]:
            shown[0] = moves.value
            tell(_SO_FAR.fill(seconds=f"{progress.seconds:.1f}", moves=moves.value))

    return watch


def _answer(
    question: Question,
    outcome: Outcome,
    *,
    forbidden: Mapping[int, tuple[Obstacle, ...]] | None = None,
    in_the_way: Mapping[int, tuple[Obstacle, ...]] | None = None,
    interrupted: bool = False,
) -> WhyNot:
    return WhyNot(
        outcome,
        question.session,
        question.day,
        question.start,
        forbidden or {},
        in_the_way or {},
        interrupted=interrupted,
    )


def _possible(
    question: Question,
    schedule: Schedule | None,
    moves: TierValue,
    proven: tuple[Tier, ...],
    in_the_way: Mapping[int, tuple[Obstacle, ...]],
    *,
    interrupted: bool = False,
) -> WhyNot:
    after = schedule or question.base
    findings = check(question.problem, after)
    if findings:
        raise DisagreementError(question.problem, after, findings)
    return WhyNot(
        Outcome.POSSIBLE,
        question.session,
        question.day,
        question.start,
        in_the_way=in_the_way,
        schedule=after,
        moves=moves,
        difference=compare(question.base, after),
        before=costs(question.problem, question.base),
        after=costs(question.problem, after),
        proven=frozenset(proven),
        interrupted=interrupted,
    )


_SEARCHING = Text(
    "この回だけでは移せません。ほかの回も動かす案を探します…",
    "Not by moving this session alone; searching with others moved too ...",
)
_CHEAPER = Text("同じ数の変更で減点の少ない案を探します…", "Searching for less cost with as few moves ...")
_SO_FAR = Text("{seconds}秒 変わる回 {moves}", "{seconds} s, {moves} sessions change")
_DAY = Text("{day} を調べています…", "Looking at {day} ...")
