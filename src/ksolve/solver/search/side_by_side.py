"""Parts of a problem searched side by side, each in a place of an engine."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field, replace

from ksolve.errors import PlanError, fault
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, Options, Progress, Step, Verdict, Watch
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.engine import Engine, PartsSoFar, tell
from ksolve.solver.search.interrupting import Stop
from ksolve.solver.search.joining import Found, Joined
from ksolve.solver.search.lost import Lost
from ksolve.solver.search.messages import Task
from ksolve.solver.search.run import now

_POLL_S = 0.1
_FIRST_SHARE = 0.6
"""The part of the time limit within which every part should have its first schedule."""
FIRST = (Step.PATTERNS, Step.FITTING, Step.ANY)
"""What finds a schedule of a part: it costs as little as can be, or whatever it comes to."""
REST = (Step.FITTING, Step.REARRANGING, Step.RELAXATION, Step.SWEEP, Step.TIERS)
"""What makes the best of a part that is not proven by then: families are placed anew, as others may be."""
_PATIENCE = 4
"""How many times its share of that time a part may take: what ends a moment too early has found nothing."""
_LEAST_S = 8.0
"""The time that a part is improved for, be it more than its share: some parts well before all in vain."""
_GRACE_S = 0.5
_GRACE_SHARE = 0.03
"""How long children that were asked to end may still take, and the part of the time limit beside it.

What builds a model does not hear; what was found has been told.
"""


@dataclass
class SideBySide:
    """Parts that share nothing, searched until each is proven or the time is over.

    `found` is what they answer together; where they are `apart`, problems of their own, one that has no
    schedule does not end the others. `as_one` searches each as one model, be it made of parts itself.
    `standing` are units that are taken already, for each part. What an earlier search on the same engine left
    running is let end.
    """

    parts: tuple[Problem, ...]
    options: Options
    watch: Watch
    engine: Engine
    stop: Stop
    baseline: Schedule | None = None
    apart: bool = False
    as_one: bool = False
    standing: tuple[tuple[Standing, ...], ...] = ()
    worked_s: float = 0.0
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
    refused: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:  # noqa: D105 - see the class
        rules = (posted for part in self.parts for posted in part.rules)
        tiers = sorted({posted.tier for posted in rules if posted.tier is not None})
        self.joined = Joined(len(self.parts), tiers)
        self.processes = max(1, min(len(self.engine.idle), len(self.parts)))

    def run(self) -> Answer:
        """Find a schedule of every part before any is improved, unless all can be searched at once.

        Then all are swept before the tiers of any are minimised one by one, and again while there is time.
        What is to be repeated knows no clock, and does all of it once.
        """
        self.search_all()
        if len(self.parts) == 1 and self.answered:
            interrupted = self.answered.interrupted and self.stop.asked  # not ended for the limit alone
            return replace(self.answered, seconds=now() - self.began, interrupted=interrupted)
        answer = self.joined.answer(now() - self.began, interrupted=self.stop.asked)
        if answer.schedule is None and self.lost and not self.joined.infeasible:
            raise PlanError([fault("search-killed", next(iter(self.lost.values())).why, None)])
        return replace(answer, lost=len(self.lost))

    def search_all(self) -> None:
        """Search every part, first for any schedule where not all can be searched at once."""
        whole_s, reproducible = self.options.limit_s, self.options.tuning.reproducible
        if len(self.parts) > self.processes:
            is_all = set(self.options.steps) <= set(FIRST)
            first_s = whole_s * (1 if is_all else _FIRST_SHARE)
            self.search(FIRST, until_s=first_s)
            self.promised_s = first_s
            self.of_any_cost = dict(enumerate(self.joined.best))
            rest = (Step.FITTING, Step.REARRANGING, Step.RELAXATION, Step.SWEEP)
            if not is_all:
                self.search((*rest, Step.TIERS) if reproducible else rest, until_s=whole_s)
        else:
            self.search(self.options.steps, until_s=whole_s)
        again = len(self.parts) > 1 and not reproducible and Step.TIERS in self.options.steps
        while again and self.left_s > _LEAST_S and not self.is_over:
            self.search((Step.ANY, Step.TIERS), until_s=whole_s)

    def each(self) -> tuple[Answer, ...]:
        """Return an answer for each of the parts that are `apart`."""
        seconds = now() - self.began
        return tuple(self._answer_of(part, seconds) for part in range(len(self.parts)))

    def _answer_of(self, part: int, seconds: float) -> Answer:
        best, lost = self.joined.best[part], int(part in self.lost)
        if part in self.refused or best is None:
            verdict = Verdict.INFEASIBLE if part in self.refused else Verdict.UNKNOWN
            interrupted = self.stop.asked and verdict is Verdict.UNKNOWN
            return Answer(verdict, None, (), seconds, interrupted=interrupted, lost=lost)
        verdict = Verdict.OPTIMAL if best.proven else Verdict.FEASIBLE
        tiers = best.tiers if best.counted else ()
        interrupted = self.stop.asked and not best.proven
        return Answer(
            verdict, best.schedule, tiers, seconds, interrupted=interrupted, counted=best.counted, lost=lost
        )

    @property
    def left_s(self) -> float:
        """The time that is left."""
        return self.options.limit_s - (now() - self.began)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to find, or was interrupted."""
        return self.stop.asked or self.is_refused or not self.open_parts()

    @property
    def is_refused(self) -> bool:
        """Whether one part has no schedule, and so the whole has none."""
        return bool(self.refused) and not self.apart

    def open_parts(self) -> list[int]:
        """Return the parts that are worth a search."""
        left_out = self.refused | self.lost.keys()
        return [n for n in self.joined.open_parts(self.options.tuning.gap) if n not in left_out]

    def search(self, steps: tuple[Step, ...], *, until_s: float) -> None:
        """Search the open parts, those without a schedule first; what one leaves goes to those after it.

        Steps that the search was not asked for are left out.
        """
        improves = steps != FIRST
        steps = tuple(step for step in steps if step in self.options.steps)
        if not steps:
            return
        self.waiting = deque(sorted(self.open_parts(), key=lambda part: self.joined.best[part] is not None))
        asked = len(self.waiting)
        while (self.waiting or self.running) and not self.is_refused:
            self.hear_stop()
            while self.waiting and self.engine.idle and self.halted_at is None:
                share_s = self.share_s(until_s, asked, len(self.waiting), improves=improves)
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
            steps = REST[1:]
        options = Options(limit_s, replace(tuning, workers=workers), steps=steps)
        is_whole = (self.apart or len(self.parts) == 1) and not self.as_one
        standing = self.standing[part] if self.standing else ()
        task = Task(self.parts[part], options, known, is_whole, standing)
        self.running[self.engine.give(task)] = part

    def hear(self) -> None:
        """Take one message, and show the whole when it is better."""
        heard = self.engine.hear(_POLL_S)
        if heard is None:
            return
        place, told = heard
        if place not in self.running:
            if not isinstance(told, Progress):
                self.engine.idle.append(place)
            return
        if isinstance(told, Lost):
            self.lose(place, told)
            return
        part = self.running[place]
        better = self.joined.take(part, told)
        if isinstance(told, Answer):
            del self.running[place]
            self.engine.idle.append(place)
            self.answered = told
            self.worked_s += told.worked_s
            if told.verdict is Verdict.INFEASIBLE:
                self.refused.add(part)
        if better:
            tell(PartsSoFar(tuple(zip(self.parts, self.joined.best, strict=True))))
        progress = self.joined.progress(now() - self.began) if better and not self.apart else None
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
