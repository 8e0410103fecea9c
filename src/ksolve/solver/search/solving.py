"""The best schedule of a problem: in this process, or in others that can be ended at any time."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field, replace

from ksolve.errors import PlanError, fault
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, Options, Progress, Step, Watch
from ksolve.solver.search.child import Task
from ksolve.solver.search.engine import Engine, PartsSoFar, engines, tell
from ksolve.solver.search.heavy import HEAVY, weight
from ksolve.solver.search.interrupting import Stop, listening
from ksolve.solver.search.joining import Found, Joined
from ksolve.solver.search.lost import Lost
from ksolve.solver.search.memory import refuse_too_large
from ksolve.solver.search.one_process import solve_here
from ksolve.solver.search.parts import parts
from ksolve.solver.search.run import now

_POLL_S = 0.1
_FIRST_SHARE = 0.6
"""The part of the time limit within which every part should have its first schedule."""
_FIRST = (Step.PATTERNS, Step.ANY)
"""What finds a schedule of a part: it costs as little as can be, or whatever it comes to."""
_PATIENCE = 4
"""How many times its share of that time a part may take: what ends a moment too early has found nothing."""
_LEAST_S = 8.0
"""The time that a part is improved for, be it more than its share: some parts well before all in vain."""
_GRACE_S = 0.5
_GRACE_SHARE = 0.03
"""How long children that were asked to end may still take, and the part of the time limit beside it.

What builds a model does not hear; what was found has been told.
"""


def solve(problem: Problem, options: Options, watch: Watch, baseline: Schedule | None = None) -> Answer:
    """Return the best schedule of a problem within the time limit, and what is proven of it.

    Independent parts are searched by themselves, at most `workers` at a time, and joined: the
    verdict is infeasible when one part is, and optimal when all are. A part whose process dies is
    searched once more; after that it keeps the best schedule that it told of. Parts that only a few shared
    resources link are searched in turn, unless there is a schedule to start from. `watch` sees
    complete schedules only: none until every part has one. `baseline` is a schedule to start from.
    A heavy problem is searched in a process of its own, as building its model hears no limit and no
    signal: it is ended soon after the limit, and the best schedule that it told of is kept.
    An interrupt ends the search with its best schedule; a second one raises KeyboardInterrupt.
    Raises PlanError when the memory is too small for it, or the system kills a part twice before it has
    a schedule.
    """
    problem = problem.to_date
    found = parts(problem)
    used = engines()
    processes = min(used.places or options.tuning.workers, len(found))
    memory = used.memory if options.memory is None else options.memory
    refuse_too_large(found, processes, options.tuning.workers, memory)
    if len(found) == 1 and weight(problem) < HEAVY:
        return solve_here(problem, options, watch, baseline)
    with listening() as stop:
        if stop.asked:
            return Joined(len(found), ()).answer(0.0, interrupted=True)
        with used.open(processes) as at_work:
            return _Parts(problem, found, options, watch, at_work, stop, baseline).run()


@dataclass
class _Parts:
    problem: Problem
    parts: tuple[Problem, ...]
    options: Options
    watch: Watch
    engine: Engine
    stop: Stop
    baseline: Schedule | None
    began: float = field(default_factory=now)
    joined: Joined = field(init=False)
    running: dict[int, int] = field(default_factory=dict)
    of_any_cost: dict[int, Found | None] = field(default_factory=dict)
    promised_s: float = 0.0
    halted_at: float | None = None
    answered: Answer | None = None
    waiting: deque[int] = field(default_factory=deque)
    deaths: Counter[int] = field(default_factory=Counter)
    lost: dict[int, Lost] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tiers = sorted({posted.tier for posted in self.problem.rules if posted.tier is not None})
        self.joined = Joined(len(self.parts), tiers)
        self.processes = len(self.engine.idle)

    def run(self) -> Answer:
        """Find a schedule of every part before any is improved, unless all can be searched at once.

        Then all are swept before the tiers of any are minimised one by one, and again while there is time.
        What is to be repeated knows no clock, and does all of it once.
        """
        whole_s, reproducible = self.options.limit_s, self.options.tuning.reproducible
        if len(self.parts) > self.processes:
            first_s = whole_s * _FIRST_SHARE
            self.search(_FIRST, until_s=first_s)
            self.promised_s = first_s
            self.of_any_cost = dict(enumerate(self.joined.best))
            rest = (Step.FREEING, Step.SWEEP)
            self.search((*rest, Step.TIERS) if reproducible else rest, until_s=whole_s)
        else:
            self.search(self.options.steps, until_s=whole_s)
        if len(self.parts) == 1 and self.answered:
            interrupted = self.answered.interrupted and self.stop.asked  # not ended for the limit alone
            return replace(self.answered, seconds=now() - self.began, interrupted=interrupted)
        while not reproducible and self.left_s > _LEAST_S and not self.is_over:
            self.search((Step.ANY, Step.TIERS), until_s=whole_s)
        answer = self.joined.answer(now() - self.began, interrupted=self.stop.asked)
        if answer.schedule is None and self.lost and not self.joined.infeasible:
            raise PlanError([fault("search-killed", next(iter(self.lost.values())).why, None)])
        return replace(answer, lost=len(self.lost))

    @property
    def left_s(self) -> float:
        """The time that is left."""
        return self.options.limit_s - (now() - self.began)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to find, or was interrupted."""
        return self.stop.asked or self.joined.infeasible or not self.open_parts()

    def open_parts(self) -> list[int]:
        """Return the parts that are worth a search."""
        return [n for n in self.joined.open_parts(self.options.tuning.gap) if n not in self.lost]

    def search(self, steps: tuple[Step, ...], *, until_s: float) -> None:
        """Search the open parts, those without a schedule first; what one leaves goes to those after it."""
        self.waiting = deque(sorted(self.open_parts(), key=lambda part: self.joined.best[part] is not None))
        asked = len(self.waiting)
        while (self.waiting or self.running) and not self.joined.infeasible:
            self.hear_stop()
            while self.waiting and self.engine.idle and self.halted_at is None:
                share_s = self.share_s(until_s, asked, len(self.waiting), improves=steps != _FIRST)
                if share_s <= 0:
                    self.waiting.clear()
                    break
                self.give(self.waiting.popleft(), share_s, steps)
            if self.halted_at is not None:
                self.waiting.clear()
            if self.halted_at is not None and self.is_past_grace(self.halted_at):
                return
            self.hear()

    def is_past_grace(self, halted_at: float) -> bool:
        """Whether what was asked to end has had its time."""
        return now() - halted_at > _GRACE_S + _GRACE_SHARE * self.options.limit_s

    def share_s(self, until_s: float, asked: int, waiting: int, *, improves: bool) -> float:
        """Return the time for the next part: the same for each where the search is to be repeated."""
        if self.options.tuning.reproducible:
            return (until_s - self.promised_s) * min(1.0, self.processes / asked)
        left_s = until_s - (now() - self.began)
        share_s = left_s * self.processes / waiting
        return min(left_s, max(_LEAST_S, share_s) if improves else _PATIENCE * share_s)

    def give(self, part: int, limit_s: float, steps: tuple[Step, ...]) -> None:
        """Start the search of one part, from the best schedule of it.

        One of any cost is no start for it (docs/decisions/0013): such a part is swept first.
        """
        tuning = self.options.tuning
        workers = max(1, tuning.workers // self.processes)
        found = self.joined.best[part]
        known = found.schedule if found and found is not self.of_any_cost.get(part) else self.baseline
        if found and known is not found.schedule and Step.TIERS in steps:
            steps = (Step.FREEING, Step.SWEEP, Step.TIERS)
        options = Options(limit_s, replace(tuning, workers=workers), steps=steps)
        task = Task(self.parts[part], options, known, len(self.parts) == 1)
        self.running[self.engine.give(task)] = part

    def hear(self) -> None:
        """Take one message, and show the whole when it is better."""
        heard = self.engine.hear(_POLL_S)
        if heard is None:
            return
        place, told = heard
        if isinstance(told, Lost):
            self.lose(place, told)
            return
        better = self.joined.take(self.running[place], told)
        if isinstance(told, Answer):
            del self.running[place]
            self.engine.idle.append(place)
            self.answered = told
        if better:
            tell(PartsSoFar(tuple(zip(self.parts, self.joined.best, strict=True))))
        progress: Progress | None = self.joined.progress(now() - self.began) if better else None
        if progress:
            self.watch(progress)

    def lose(self, place: int, told: Lost) -> None:
        """Search a part once more whose process is gone; the second time, leave it as it is.

        Where no place is left, all that is open is.
        """
        part = self.running.pop(place)
        if not told.is_gone:
            self.engine.idle.append(place)
        self.deaths[part] += 1
        if not (self.engine.idle or self.running):
            self.waiting.clear()
            self.lost.update(dict.fromkeys(self.open_parts(), told))
        elif self.deaths[part] == 1 and self.halted_at is None:
            self.waiting.append(part)
        else:
            self.lost[part] = told

    def hear_stop(self) -> None:
        """Pass an interrupt on, and that the time is over."""
        self.stop.raise_if_at_once()
        is_late = self.left_s <= 0 and not self.options.tuning.reproducible
        if (self.stop.asked or is_late) and self.halted_at is None:
            self.halted_at = now()
            self.engine.halt()
