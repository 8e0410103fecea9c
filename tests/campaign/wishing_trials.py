"""A plan that states no wishes, or weighs the usual ones: whom they concern, and the least they cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from campaign.outcome import REFUSED, WRONG, Outcome, agreed
from campaign.tiny_plans import tiny_plan
from campaign.tiny_trials import judged, write
from campaign.wished_plans import wished_plan
from ksolve import api
from ksolve.errors import PlanError
from ksolve.frequency.values import Months
from ksolve.problem import Posted, Problem, Tier
from ksolve.problem import rule as program
from oracle import usual
from oracle.days import NAMES as WEEKDAYS
from oracle.plan import Plan, Rule

ASKED = {*usual.NAMES, *usual.WEIGHED_AS}


def wishing_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Try the plans of a seed: the wishes that they get, and of the tiny one the optimum, and schedules."""
    yield "whom", _whom(wished_plan(Random(f"{seed} whom")), folder)
    chance = Random(f"{seed} wishes")
    given = without_wishes(chance, tiny_plan(Random(seed)))
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError:
        yield "wishes", Outcome(REFUSED)
        return
    plan = Plan(given)
    wrong = "; ".join(_astray(plan, problem))
    if wrong:
        yield "wishes", Outcome(WRONG, wrong)
        return
    plan.rules += [as_rule(plan, posted) for posted in problem.rules if posted.rule.name in ASKED]
    yield from judged("wishes", chance, plan, problem)


def _whom(given: dict[str, Any], folder: Path) -> Outcome:
    """Hold the wishes that a plan of a year gets against whom the page says that they concern."""
    try:
        problem = api.prepare(write(folder, given)).problem
    except PlanError:
        return Outcome(REFUSED)
    wrong = "; ".join(_astray(Plan(given), problem))
    return agreed(not wrong, f"{wrong}: {given['programmes']}")


def without_wishes(chance: Random, plan: dict[str, Any]) -> dict[str, Any]:
    """Return a plan with the usual wishes, or with some of them weighed or off, that states none of them.

    Some of its programmes are held more often, so that a usual place is asked for.
    """
    stated = {key: value for key, value in plan.items() if key != "wishes"}
    how = chance.choice(["nothing", "usual", "weighed", "weighed"])
    if how == "usual":
        stated["wishes"] = "usual"
    if how == "weighed":
        names = chance.sample(usual.NAMES, chance.randint(1, 5))
        stated["wishes"] = {name: chance.choice([0, 0, 2, 3]) for name in names}
    for programme in stated["programmes"]:
        if chance.random() < 0.3 and programme.get("frequency") == "年3回":
            programme["frequency"] = chance.choice(["年4回", "年5回"])
        elif chance.random() < 0.15 and not {"components", "marks", "windows", "months"} & set(programme):
            _in_window(chance, programme, sorted({day.month for day in Plan(plan).open_days}))
    is_bare = how == "nothing" or chance.random() < 0.7  # a plan that states a wish has no others
    for node in _with_rules(stated):
        node["rules"] = (
            [] if is_bare else [rule for rule in node.get("rules", ()) if rule["rule"] not in ASKED]
        )
    return stated


def _in_window(chance: Random, programme: dict[str, Any], opened: list[int]) -> None:
    """Let a programme be a course, a round of visits, or one with a mark."""
    month = f"{chance.choice(opened)}月"
    number = chance.choice([2, 3, 4])
    windows = chance.choice([[{"months": month, "sessions": number}], [month]])
    programme |= {"frequency": f"年{number}回", chance.choice(["marks", "windows"]): windows}


def _with_rules(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Where a plan states rules: at its top, within programmes and within components."""
    programmes = plan["programmes"]
    return [plan, *programmes, *(part for one in programmes for part in one.get("components", ()))]


def _rules(plan: dict[str, Any]) -> list[Any]:
    return [rule for node in _with_rules(plan) for rule in node.get("rules", ())]


def _astray(plan: Plan, problem: Problem) -> Iterator[str]:
    """Yield what is wrong with the wishes that a plan got."""
    weights = plan.given.get("wishes", "usual")
    weights = {} if isinstance(weights, str) else weights
    posted = [one for one in problem.rules if one.rule.name in ASKED]
    for one in posted:
        weight = weights.get(usual.WEIGHED_AS.get(one.rule.name, one.rule.name), 1)
        if one.weight != weight or one.tier is None:
            yield f"{one.rule.name} weighs {one.weight}, told {weight}"
    got = {(_meant(one), series.id) for one in problem.rules for series in one.series}
    for name, series, is_meant in usual.concerned(plan) if not _rules(dict(plan.given)) else ():
        if weights.get(name, 1) and is_meant is not None and is_meant != ((name, series) in got):
            yield f"{series} has {'no' if is_meant else 'a'} {name}"


def _meant(posted: Posted) -> str:
    """The wish that a rule stands for: windows of what has no mark are its pace."""
    is_pace = posted.rule.name == "windows" and posted.tier is Tier.SPREAD
    return "even_pace" if is_pace else posted.rule.name


def as_rule(plan: Plan, posted: Posted) -> Rule:
    """Return a wish of the program's as the oracle reads it: sentence, parameters, and whom it binds."""
    common = {*program.Rule.model_fields, "rule"}
    args = {
        name: _told(getattr(posted.rule, name))
        for name in type(posted.rule).model_fields
        if name not in common and getattr(posted.rule, name) is not None
    }
    if posted.rule.name == "quiet_days":
        args["days"] = [day.isoformat() for day in sorted(plan.quiet)]
    series = tuple(one.id for one in posted.series)
    tier = posted.tier.name.lower() if posted.tier else "hard"
    return Rule(posted.rule.name, args, series, tier, posted.weight)


def _told(value: Any) -> Any:
    """A value of a parameter as a plan writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Months):
        return "・".join(f"{month}月" for month in value.values)
    if isinstance(value, frozenset):
        return "".join(WEEKDAYS[number] for number in sorted(value))
    return value.value if hasattr(value, "value") else value
