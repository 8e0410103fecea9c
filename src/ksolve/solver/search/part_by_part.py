"""Parts that share a few resources: who gets what first, then each part with what is lent to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.solver.answer import Answer, Options, Progress, Source, Step, TierValue, Verdict, Watch
from ksolve.solver.model.extract import named_again
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.deciding import Costs, Deciding, holding
from ksolve.solver.search.engine import Engine, PartsSoFar, searching_with, tell
from ksolve.solver.search.inline import Inline
from ksolve.solver.search.interrupting import Stop
from ksolve.solver.search.joining import Found, Joined
from ksolve.solver.search.lending import counted, decided
from ksolve.solver.search.run import now
from ksolve.solver.search.sharing import Sharing
from ksolve.solver.search.side_by_side import FIRST, REST, SideBySide
from ksolve.solver.search.taking import beside, taken, too_many

_NEAR_WORKERS = 2
"""Workers of a search of neighbourhoods: one alone has none."""
_LEAST_S = 0.5
"""What is not worth a search."""
_BEAT_S = 5.0


def solve_in_turn(
    problem: Problem,
    sharing: Sharing,
    options: Options,
    watch: Watch,
    stop: Stop,
    engine: Engine | None = None,
) -> Answer:
    """Return the best schedule of parts that share resources, and what is proven of it.

    First those who cannot do without what is shared (the cores) are dated, all of them together: so each
    part has its hours of what is shared. Then the parts are searched, as many at once as the engine has
    places, each with its own hours and those that nobody has; first with its sessions there as decided, so
    that all its other wishes can be asked for at their least. Of two that took the same, one is searched
    again. Where a part has no schedule so, any schedule of the whole is looked for. What is left of the
    time improves parts beside the others. Where cores are relaxations of the whole, their bounds are
    bounds. An answer without tiers has costs that are not counted yet. Interrupts end the search as in
    `solve_whole`; without an engine all is searched in this process.
    """
    search = _InTurn(problem, sharing, options, watch, stop, engine or Inline())
    answer = search.share_out() or search.place() or search.any_schedule()
    if answer is not None:
        return answer
    while search.improve():
        pass
    return search.answer()


@dataclass
class _InTurn:
    problem: Problem
    sharing: Sharing
    options: Options
    watch: Watch
    stop: Stop
    engine: Engine
    began: float = field(default_factory=now)
    shown_at: float = 0.0
    worked_s: float = 0.0
    best: list[Found | None] = field(default_factory=list)
    reserved: list[tuple[Session, ...]] = field(default_factory=list)
    bound: Costs = ()
    refused: set[int] = field(default_factory=set)
    fitted: set[int] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.part_of = {one.id: n for n, part in enumerate(self.sharing.parts) for one in part.series}
        self.tiers = sorted({posted.tier for posted in self.problem.rules if posted.tier is not None})
        self.best = [None] * len(self.sharing.parts)
        self.reserved = [()] * len(self.sharing.parts)
        self.places = max(1, len(self.engine.idle))
        self.deciding = Deciding(self.searched, lambda: self.left_s, lambda: self.is_over)
        self.decided: tuple[Answer, ...] = ()

    @property
    def left_s(self) -> float:
        """The time that is left, by the clock, or by the work done where that is to be repeated."""
        spent_s = self.worked_s if self.options.tuning.reproducible else now() - self.began
        return self.options.limit_s - spent_s

    def searched(
        self,
        problems: Sequence[Problem],
        share: float = 1.0,
        steps: Sequence[Step] = tuple(Step),
        standing: Sequence[tuple[Standing, ...]] = (),
        start: Schedule | None = None,
    ) -> tuple[Answer, ...]:
        """Search something smaller side by side in a share of the time that is left, and count the work.

        From a schedule to start from neighbourhoods of it are searched, unless tiers are to be proven:
        CP-SAT's own portfolio does that.
        """
        steps = tuple(step for step in steps if step in self.options.steps)
        tuning = self.options.tuning
        if start and Step.TIERS not in steps:
            tuning = replace(tuning, subsolvers=(), workers=_NEAR_WORKERS * len(problems))
        options = replace(self.options, tuning=tuning, limit_s=max(0.0, self.left_s * share), steps=steps)
        search = SideBySide(
            tuple(problems),
            options,
            self.beat,
            self.engine,
            self.stop,
            start,
            apart=True,
            as_one=True,
            standing=tuple(standing),
        )
        with searching_with(watch=lambda _parts: None):  # what is searched is not known as these parts
            search.search_all()
        self.worked_s += search.worked_s
        return search.each()

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to find, or no time to find it."""
        return self.stop.asked or self.left_s < _LEAST_S or self.proven

    @property
    def proven(self) -> bool:
        """Whether no schedule of the whole is better."""
        return self.is_counted and all(tier.proven for tier in self.values())

    @property
    def is_dated(self) -> bool:
        """Whether every part has a schedule."""
        return None not in self.best

    @property
    def is_counted(self) -> bool:
        """Whether every part has a schedule whose costs are known."""
        return all(found is not None and found.counted for found in self.best)

    def share_out(self) -> Answer | None:
        """Date the cores, so that each part has its hours of what is shared; return that it cannot be."""
        cores = self.sharing.cores
        found = self.decided = self.deciding.answers([core.problem for core in cores])
        if any(a.verdict is Verdict.INFEASIBLE and c.bounds for a, c in zip(found, cores, strict=True)):
            return self.told(Verdict.INFEASIBLE)
        schedules = [answer.schedule for answer in found if answer.schedule is not None]
        if len(schedules) < len(cores) or self.is_over:
            return None
        self.bound = self._bound(found) if all(core.bounds for core in cores) else ()
        self.reserved = self.by_part(schedules)
        return None

    def prove(self) -> None:
        """Prove more of what the dates of the cores cost."""
        if self.bound:
            self.decided = self.deciding.proven([core.problem for core in self.sharing.cores], self.decided)
            self.bound = self._bound(self.decided)

    def place(self) -> Answer | None:
        """Search every part with its hours of what is shared; say if one has no schedule at all."""
        if self.sharing.cores and not any(self.reserved):
            return None
        as_decided = any(self.reserved)
        self.search_beside(range(len(self.best)), FIRST, as_decided=as_decided)
        missing = [n for n, found in enumerate(self.best) if found is None]
        if len(missing) < len(self.best):
            self.search_beside(missing, tuple(Step))
        if as_decided and self.is_dated:
            self.prove()
            costly = [n for n in range(len(self.best)) if n not in self.fitted]
            self.search_beside(costly, REST, as_decided=True)
        for number in [n for n in missing if n in self.refused]:
            (alone,) = self.searched([self.sharing.parts[number].hard], 0.5, (Step.ANY,))
            if alone.verdict is Verdict.INFEASIBLE:
                return self.told(Verdict.INFEASIBLE)
        return None

    def search_beside(
        self, numbers: Iterable[int], steps: Sequence[Step], *, as_decided: bool = False
    ) -> bool:
        """Search parts beside what the others take, some at once; say whether any is better.

        Each has up to twice its even share of the time, and leaves some to the last. The first of those
        searched at once takes nothing that another has; who clashes with it is searched again.
        """
        waiting, helped = list(numbers), False
        while waiting and not self.is_over:
            asked, waiting = waiting[: self.places], waiting[self.places :]
            share = min(1.0, 2 * len(asked) / (len(asked) + len(asked) + len(waiting)))
            parts = (self.sharing.parts[n] for n in asked)
            if as_decided:
                parts = (decided(part, self.reserved[n]) for n, part in zip(asked, parts, strict=True))
            pairs = [beside(p, self.taken_by_others(n)) for n, p in zip(asked, parts, strict=True)]
            found = self.searched([part for part, _ in pairs], share, steps, [rest for _, rest in pairs])
            again: list[int] = []
            for number, answer in zip(asked, found, strict=True):
                if answer.verdict is Verdict.INFEASIBLE and not as_decided:
                    self.refused.add(number)
                if answer.schedule is None:
                    continue
                if self.clashes(number, answer.schedule.sessions):
                    again.append(number)
                    continue
                tiers = counted(self.sharing.parts[number], answer.schedule)
                helped |= self.keep(number, Found(answer.schedule, tiers))
                if answer.verdict is Verdict.OPTIMAL:
                    (self.fitted if as_decided else self.settled).add(number)
            waiting = [*again, *waiting]
        return helped

    def taken_by_others(self, number: int) -> list[Standing]:
        """Return what of all that is shared the other parts take."""
        others = (session for n in range(len(self.best)) if n != number for session in self.held(n))
        return list(taken(others, self.problem, self.sharing.shared))

    def clashes(self, number: int, sessions: Sequence[Session]) -> bool:
        """Whether sessions of a part take more of what is shared than the others leave."""
        mine = taken(sessions, self.problem, self.sharing.shared)
        units = {one.id: len(one.units) for one in self.problem.resources}
        return bool(too_many(Counter([*mine, *self.taken_by_others(number)]), units))

    def keep(self, number: int, found: Found) -> bool:
        """Keep a schedule of a part where it is better, and show the whole."""
        known = self.best[number]
        if known is not None and known.rank <= found.rank:
            return False
        self.best[number] = found
        tell(PartsSoFar(tuple(zip(self.sharing.parts, self.best, strict=True))))
        if self.is_dated:
            self.show()
        return True

    def by_part(self, schedules: Sequence[Schedule]) -> list[tuple[Session, ...]]:
        """Return the sessions of each part."""
        held: list[list[Session]] = [[] for _ in self.sharing.parts]
        for session in (one for schedule in schedules for one in schedule.sessions):
            held[self.part_of[session.series]].append(session)
        return [tuple(sessions) for sessions in held]

    def any_schedule(self) -> Answer | None:
        """Where a part still has none, date the whole at any cost; return that there is no schedule.

        The model is the smaller by the preferences.
        """
        if self.is_dated:
            return None
        if self.stop.asked:
            return self.told(Verdict.UNKNOWN)
        (found,) = self.searched([self.problem.hard], 1.0, (Step.ANY,))
        if found.schedule is None:
            return found
        can_cost = any(posted.tier is not None and posted.weight for posted in self.problem.rules)
        self.best = [
            Found(Schedule.of(sessions), (), counted=not can_cost)
            for sessions in self.by_part([found.schedule])
        ]
        self.show()
        return None

    def improve(self) -> bool:
        """Search each part that may be better beside the others once more; say whether that helped."""
        costly = (n for n, found in enumerate(self.best) if found and (not found.counted or any(found.rank)))
        return self.search_beside([n for n in costly if n not in self.settled], tuple(Step))

    def held(self, number: int) -> tuple[Session, ...]:
        """Return the sessions of a part as they are held, else those that it has in the cores."""
        found = self.best[number]
        return self.reserved[number] if found is None else found.schedule.sessions

    def _bound(self, found: Sequence[Answer]) -> Costs:
        """Return what all cores cost together, and what is proven of that."""
        joined = Joined(len(found), self.tiers)
        for number, answer in enumerate(found):
            joined.take(number, answer)
        return joined.answer(0.0, interrupted=False).tiers

    def values(self) -> Costs:
        """Return the costs of all parts with what the cores prove of them; none where one is not counted."""
        if not self.is_counted:
            return ()
        reached = Counter[Tier]()
        for found in self.best:
            reached.update({tier.tier: tier.value for tier in found.tiers} if found else {})
        costs = tuple(TierValue(tier, reached[tier], 0, Source.SERIES) for tier in self.tiers)
        bounds = holding(self.bound, costs)
        return tuple(
            replace(one, bound=min(one.value, bound)) for one, bound in zip(costs, bounds, strict=True)
        )

    def show(self) -> None:
        """Let the best schedule so far be seen."""
        self.shown_at = now()
        values = self.values()
        bound = float(sum(tier.bound for tier in values))
        seconds = now() - self.began
        self.watch(Progress(seconds, self.schedule, values, None, bound, counted=self.is_counted))

    def beat(self, _progress: Progress) -> None:
        """Show now and then, while something smaller is searched, that the search goes on."""
        if self.is_dated and now() - self.shown_at > _BEAT_S:
            self.show()

    @property
    def schedule(self) -> Schedule:
        """The best schedule so far."""
        sessions = (s for found in self.best if found for s in found.schedule.sessions)
        return named_again(self.problem, Schedule.of(sessions))

    def answer(self) -> Answer:
        """Return the best schedule with its verdict."""
        verdict = Verdict.OPTIMAL if self.proven else Verdict.FEASIBLE
        seconds = now() - self.began
        return Answer(
            verdict, self.schedule, self.values(), seconds, self.stop.asked, counted=self.is_counted
        )

    def told(self, verdict: Verdict) -> Answer:
        """Return a verdict without a schedule."""
        interrupted = self.stop.asked and verdict is not Verdict.INFEASIBLE
        return Answer(verdict, None, (), now() - self.began, interrupted)
