"""The best schedule of a problem: in this process, or in others that can be ended at any time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from ksolve.problem import Problem
from ksolve.problem.common import Common
from ksolve.problem.schedule import Schedule
from ksolve.solver.answer import Answer, Options, Progress, Verdict, Watch
from ksolve.solver.model.uses import Standing
from ksolve.solver.search.beside import Rounds, fitted
from ksolve.solver.search.engine import Engines, engines, searching_with
from ksolve.solver.search.heavy import HEAVY, weight
from ksolve.solver.search.interrupting import listening
from ksolve.solver.search.joining import Joined
from ksolve.solver.search.memory import refuse_too_large
from ksolve.solver.search.one_process import solve_here
from ksolve.solver.search.part_by_part import solve_in_turn
from ksolve.solver.search.parts import parts
from ksolve.solver.search.run import now
from ksolve.solver.search.sharing import sharing
from ksolve.solver.search.side_by_side import SideBySide

_ALONE_SHARE = 0.6
"""The part of the time in which plans that share are searched as if alone; the rest is for finding room."""

_AGAIN_SHARE = 0.1
"""The part of the time for whether a plan can be held at all that the limits of others refuse."""


def solve(problem: Problem, options: Options, watch: Watch, baseline: Schedule | None = None) -> Answer:
    """Return the best schedule of a problem within the time limit, and what is proven of it.

    Independent parts are searched by themselves, at most `workers` at a time, and joined: the
    verdict is infeasible when one part is, and optimal when all are. A part whose process dies is
    searched once more; after that it keeps the best schedule that it told of. Parts that only a few shared
    resources link are searched side by side once these are shared out (see `solve_in_turn`), unless there is
    a schedule to start from. `watch` sees
    complete schedules only: none until every part has one. `baseline` is a schedule to start from.
    A heavy problem is searched in a process of its own, as building its model hears no limit and no
    signal: it is ended soon after the limit, and the best schedule that it told of is kept.
    An interrupt ends the search with its best schedule; a second one raises KeyboardInterrupt.
    Raises PlanError when the memory is too small for it, or the system kills a part twice before it has
    a schedule.
    """
    problem = problem.to_date
    found = parts(problem)
    linked = sharing(problem) if len(found) == 1 and baseline is None else None
    used, processes = _places(linked.parts if linked else found, options)
    if len(found) == 1 and weight(problem) < HEAVY:
        return solve_here(problem, options, watch, baseline)
    with listening() as stop:
        if stop.asked:
            return Joined(len(found), ()).answer(0.0, interrupted=True)
        with used.open(processes) as at_work:
            if linked:
                return solve_in_turn(problem, linked, options, watch, stop, at_work)
            return SideBySide(found, options, watch, at_work, stop, baseline).run()


def solve_apart(
    problems: Sequence[Problem], options: Options, shared: Collection[str] = ()
) -> tuple[Answer, ...]:
    """Return the best schedule of each of some problems, within the time limit of all.

    They share the pools with these ids, and nothing else, and tell the units of these apart alike (see
    `told_apart_alike`, `fitted`). They are searched side by side
    like parts, each as a whole; one without a schedule does not end the others, nor one whose process dies
    twice. Who watches parts (`searching_with`) hears of each.
    Raises PlanError when the memory is too small for those that are searched at once.
    """
    found = tuple(problem.to_date for problem in problems)
    used, processes = _places(found, options)
    began = now()

    def side_by_side(
        some: Sequence[Problem], limit_s: float, standing: tuple[Standing, ...] = ()
    ) -> tuple[Answer, ...]:
        within = replace(options, limit_s=limit_s)
        with used.open(min(processes, len(some))) as at_work:
            search = SideBySide(
                tuple(some), within, _nobody, at_work, stop, apart=True, standing=(standing,) * len(some)
            )
            if not stop.asked:
                search.search_all()
            return search.each()

    with listening() as stop:
        if not shared:
            return side_by_side(found, options.limit_s)
        common = Common(tuple(map(str, range(len(found)))), found, frozenset(shared))
        limited = [common.limited(number) for number in range(len(found))]
        alone = list(side_by_side(limited, options.limit_s * _ALONE_SHARE))
        refused = [
            number
            for number, answer in enumerate(alone)
            if answer.verdict is Verdict.INFEASIBLE and len(limited[number].rules) > len(found[number].rules)
        ]
        if refused:  # perhaps for the limits of others alone
            again = side_by_side([found[n].hard for n in refused], options.limit_s * _AGAIN_SHARE)
            for number, own in zip(refused, again, strict=True):
                is_own = own.verdict is Verdict.INFEASIBLE
                alone[number] = replace(alone[number], together=not is_own)
        rounds = Rounds(side_by_side, processes, began + options.limit_s, options.tuning)
        with searching_with(watch=lambda _parts: None):  # whose places clash is no news of a whole
            return fitted(common, alone, rounds)


def _places(found: Sequence[Problem], options: Options) -> tuple[Engines, int]:
    """Return the engines to search on, and how many problems at once; see `refuse_too_large`."""
    used = engines()
    count = min(used.places or options.tuning.workers, len(found))
    memory = used.memory if options.memory is None else options.memory
    refuse_too_large(found, count, options.tuning.workers, memory)
    return used, count


def _nobody(_progress: Progress) -> None:
    """Hear of no schedule of all: problems that are apart have none."""
