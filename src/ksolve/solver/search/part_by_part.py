"""Parts that share a few resources, searched in turn: what decides about these first, then part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ksolve.problem import Problem, Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.solver.answer import Answer, Options, Progress, Source, Step, TierValue, Verdict, Watch
from ksolve.solver.model.extract import named_again
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.hubs import Hub
from ksolve.solver.search.interrupting import Stop
from ksolve.solver.search.run import now
from ksolve.solver.search.sharing import Sharing
from ksolve.solver.search.whole import solve_whole

_HUB = 0.35
"""The share of the time that is left for the first hub."""
_LEAST_S = 0.5
"""What is not worth a search."""
_BEAT_S = 5.0

Costs = tuple[TierValue, ...]


def solve_in_turn(problem: Problem, sharing: Sharing, options: Options, watch: Watch, stop: Stop) -> Answer:
    """Return the best schedule of parts that share resources, and what is proven of it.

    After a schedule of any cost, the problem of all that uses what is shared (a hub) says what of it
    each part gets; then one part after the other is searched while what the others take stands.
    Where a hub is a relaxation of the whole, its bounds are bounds. An answer without tiers has
    costs that are not counted yet. Interrupts end the search as in `solve_whole`.
    """
    search = _InTurn(problem, sharing, options, watch, stop)
    first = search.any_schedule()
    if first.schedule is None:
        return first
    for hub in sharing.hubs:
        search.share_out(hub)
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
    began: float = field(default_factory=now)
    shown_at: float = 0.0
    worked_s: float = 0.0
    held: list[tuple[Session, ...]] = field(default_factory=list)
    costs: list[Costs | None] = field(default_factory=list)
    bounds: list[Costs] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.part_of = {one.id: n for n, part in enumerate(self.sharing.parts) for one in part.series}
        shared = [resource for resource in self.problem.resources if resource.id in self.sharing.shared]
        self.resource_of = {unit: resource.id for resource in shared for unit in resource.units}
        self.tiers = sorted({posted.tier for posted in self.problem.rules if posted.tier is not None})

    @property
    def left_s(self) -> float:
        """The time that is left, by the clock, or by the work done where that is to be repeated."""
        spent_s = self.worked_s if self.options.tuning.reproducible else now() - self.began
        return self.options.limit_s - spent_s

    def share(self, part: float) -> Options:
        """Return the options of a search with a part of the time that is left."""
        return replace(self.options, limit_s=max(0.0, self.left_s * part))

    def solved(
        self,
        problem: Problem,
        options: Options,
        known: Schedule | None = None,
        standing: Sequence[Standing] = (),
    ) -> Answer:
        """Search something smaller, and count the work."""
        found = solve_whole(problem, options, self.beat, known, standing)
        self.worked_s += found.worked_s
        return found

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to find, or no time to find it."""
        return self.stop.asked or self.left_s < _LEAST_S or self.proven

    @property
    def proven(self) -> bool:
        """Whether no schedule of the whole is better."""
        return self.is_counted and all(tier.proven for tier in self.values())

    @property
    def is_counted(self) -> bool:
        """Whether the costs of every part are known."""
        return None not in self.costs

    def any_schedule(self) -> Answer:
        """Look for a schedule of any cost, without the preferences: the model is the smaller by them."""
        found = self.solved(self.problem.hard, replace(self.options, steps=(Step.ANY,)))
        if found.schedule is not None:
            can_cost = any(posted.tier is not None and posted.weight for posted in self.problem.rules)
            self.held = self.by_part(found.schedule)
            self.costs = [None if can_cost else ()] * len(self.held)
            self.show()
        return found

    def by_part(self, schedule: Schedule) -> list[tuple[Session, ...]]:
        """Return the sessions of each part."""
        held: list[list[Session]] = [[] for _ in self.sharing.parts]
        for session in schedule.sessions:
            held[self.part_of[session.series]].append(session)
        return [tuple(sessions) for sessions in held]

    def share_out(self, hub: Hub) -> None:
        """Let a hub say who takes what is shared, and search each part with what the others leave it."""
        if self.is_over:
            return
        known = self.hub_schedule(hub) if None not in self.costs else None
        options, asked = self.share(_HUB if known is None else 1.0), hub.problem
        if known is not None:
            # another round does not improve a good schedule: what lacks is the proof of each tier
            options = replace(options, steps=(Step.ANY, Step.TIERS))
            asked = self.without_spared(asked)
        found = self.solved(asked, options, known)
        if found.verdict is Verdict.INFEASIBLE or found.schedule is None:
            return
        if hub.bounds:
            self.bounds.append(found.tiers)
        cost = {tier.tier: tier.value for tier in found.tiers}
        if known is None or tuple(cost.get(tier, 0) for tier in self.tiers) < _values(self.values()):
            self.search_parts(self.by_part(found.schedule))

    def without_spared(self, hub: Problem) -> Problem:
        """Return a hub without the last tiers in which nothing costs anything: 0 needs no proof."""
        costing = [tier.tier for tier in self.added(self.costs) if tier.value]
        kept = (p for p in hub.rules if p.tier is None or p.rule.permits or p.tier <= max(costing, default=0))
        return replace(hub, rules=tuple(kept))

    def hub_schedule(self, hub: Hub) -> Schedule:
        """Return the sessions of a hub's series as they are held."""
        names = {one.id for one in hub.problem.series}
        return Schedule.of(s for sessions in self.held for s in sessions if s.series in names)

    def search_parts(self, reserved: Sequence[tuple[Session, ...]]) -> None:
        """Search every part beside what is reserved for those after it; keep all of it where it is better."""
        held, costs = list(reserved), list(self.costs)
        for number in range(len(held)):
            found = self.searched(number, held, (len(held) - number))
            if found.schedule is None:
                return
            held[number] = found.schedule.sessions
            costs[number] = found.tiers if found.counted else None
        is_better = None not in costs and _values(self.added(costs)) < _values(self.values())
        if is_better or not self.is_counted:
            self.held, self.costs = held, costs
            self.show()

    def improve(self) -> bool:
        """Search each part that costs anything once more beside all others; say whether that helped."""
        helped = False
        waiting = [n for n, costs in enumerate(self.costs) if costs is None or any(_values(costs))]
        for place, number in enumerate(waiting):
            if self.is_over:
                return False
            found = self.searched(number, self.held, len(waiting) - place)
            known = self.costs[number]
            if found.schedule is None or not found.counted:
                continue
            if known is None or _values(found.tiers) < _values(known):
                self.held[number], self.costs[number] = found.schedule.sessions, found.tiers
                helped = True
                self.show()
        return helped

    def searched(self, number: int, held: Sequence[tuple[Session, ...]], waiting: int) -> Answer:
        """Search a part while what the sessions of the others take of what is shared stands.

        It has up to twice its even share of the time, and leaves some to the last.
        """
        others = (session for n, sessions in enumerate(held) if n != number for session in sessions)
        standing = tuple(self.taken(others))
        return self.solved(self.sharing.parts[number], self.share(2 / (waiting + 1)), None, standing)

    def taken(self, sessions: Iterator[Session]) -> Iterator[Standing]:
        for session in sessions:
            for unit in session.units if not session.held_with else ():
                if unit in self.resource_of:
                    yield Standing(self.resource_of[unit], session.day, session.start, session.end)

    def added(self, costs: Sequence[Costs | None]) -> Costs:
        """Add up the costs of all parts; none where those of one are not known."""
        if None in costs:
            return ()
        reached = Counter[Tier]()
        for part in costs:
            reached.update({tier.tier: tier.value for tier in part or ()})
        return tuple(TierValue(tier, reached[tier], 0, Source.SERIES) for tier in self.tiers)

    def values(self) -> Costs:
        """Return the costs with the best that any hub proves of them."""
        costs = self.added(self.costs)
        proven = [_holding(hub, costs) for hub in self.bounds]
        return tuple(
            replace(one, bound=min(one.value, max((bounds[place] for bounds in proven), default=0)))
            for place, one in enumerate(costs)
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
        if self.held and now() - self.shown_at > _BEAT_S:
            self.show()

    @property
    def schedule(self) -> Schedule:
        """The best schedule so far."""
        return named_again(self.problem, Schedule.of(s for sessions in self.held for s in sessions))

    def answer(self) -> Answer:
        verdict = Verdict.OPTIMAL if self.proven else Verdict.FEASIBLE
        seconds = now() - self.began
        return Answer(
            verdict, self.schedule, self.values(), seconds, self.stop.asked, counted=self.is_counted
        )


def _holding(hub: Costs, costs: Costs) -> list[int]:
    """Return the bounds of a hub: one holds under no more than the hub reached in the tiers before."""
    told = {tier.tier: tier for tier in hub}
    found: list[int] = []
    holds = True
    for one in costs:
        reached = told.get(one.tier, TierValue(one.tier, 0, 0))
        found.append(reached.bound if holds else 0)
        holds = holds and one.value <= reached.value
    return found


def _values(tiers: Costs) -> tuple[int, ...]:
    return tuple(tier.value for tier in tiers)
