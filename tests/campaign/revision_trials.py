"""A schedule of a tiny plan, right or wrong, revised with a part of it as history: a right answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from campaign.mutations import mutated, somehow
from campaign.outcome import PASSED_OVER, REFUSED, Outcome, agreed
from campaign.tiny_plans import tiny_plan
from campaign.tiny_trials import as_held, as_schedule, show, write
from ksolve import api
from ksolve.checker import check
from ksolve.errors import PlanError
from ksolve.revise.keeping import Asked
from ksolve.revise.revising import Revision, revise
from ksolve.solver import Options, Tuning
from oracle import judging
from oracle.plan import Plan, Rule
from oracle.view import Held


def revision_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Try the plan of a seed, and a schedule of it."""
    given, chance = tiny_plan(Random(seed)), Random(f"{seed} revision")
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError:
        yield "revisions", Outcome(REFUSED)
        return
    plan = Plan(given)
    base = as_schedule(_worn(chance, mutated(chance, plan, somehow(chance, plan))))
    if len({(one.series, one.day, one.start) for one in base.sessions}) < len(base.sessions):
        yield "revisions", Outcome(PASSED_OVER)  # such a file is refused when it is read
        return
    history = chance.choice([None, *plan.open_days])
    found = revise(problem, base, Asked(history=history), Options(limit_s=10, tuning=Tuning(workers=1)))
    wrong = [*_wrong(found, history), *_broken(plan, found, history)]
    yield "revisions", agreed(not wrong, f"from {history}: {'; '.join(wrong)}")


def _worn(chance: Random, held: list[Held]) -> list[Held]:
    """Change sessions as people do by hand: longer, elsewhere, beside one that is not there, or gone."""
    ids = [one.id for one in held]
    worn = []
    for one in held:
        how = chance.choice(["long", "short", "elsewhere", "nobody", "beside", "gone", *[""] * 6])
        changes = {
            "long": replace(one, minutes=one.minutes + 60),
            "short": replace(one, minutes=30),
            "elsewhere": replace(one, rooms=("公園",), staff=("応援の人",)),
            "nobody": replace(one, host=f"{one.series}#99"),
            "beside": replace(one, host=chance.choice(ids)),
        }
        worn += [] if how == "gone" else [changes.get(how, one)]
    return worn


def _wrong(found: Revision, history: date | None) -> Iterator[str]:
    """Yield what is wrong with a revision: history is as it was, and what is to come breaks nothing."""
    schedule = found.answer.schedule
    if schedule is None or history is None:
        return
    was, held = ({one for one in s.sessions if one.day < history} for s in (found.base, schedule))
    if was != held:
        yield f"history is {held}, and was {was}"
    yield from (finding.line("en") for finding in check(found.problem, schedule))


def _broken(plan: Plan, found: Revision, history: date | None) -> Iterator[str]:
    """Yield what the oracle finds broken by what is to come."""
    if found.answer.schedule is None or history is None:
        return
    for name in plan.series:
        kept = [(one.day, one.start) for one in found.base.sessions if one.series == name]
        plan.rules.append(Rule("as_held", {"before": history, "kept": kept}, (name,)))
    broken = judging.broken_by_what_comes(plan, as_held(found.answer.schedule))
    yield from (
        f"the oracle finds {name} broken: {show(as_held(found.answer.schedule))}" for name in sorted(broken)
    )
