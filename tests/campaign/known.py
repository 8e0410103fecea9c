"""A schedule that people know already, and the rules that stay near it, for both readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Literal

from campaign.mutations import somehow
from ksolve.problem import Posted, Problem
from ksolve.problem.rule import Rule
from ksolve.rules.few_moves import FewMoves
from ksolve.rules.keep_units import KeepUnits
from ksolve.rules.near_moves import NearMoves
from ksolve.rules.pinned import Pinned
from ksolve.rules.short_notice import ShortNotice
from oracle import plan as oracle
from oracle.view import Held


def with_known(chance: Random, plan: oracle.Plan, problem: Problem) -> Problem:
    """Give plan and problem, in one of five cases, rules about a schedule made anyhow."""
    if chance.random() < 0.8:
        return problem
    known = somehow(chance, plan)
    posted = []
    for series in problem.series:
        mine = [one for one in known if one.series == series.id]
        for theirs, rule in _rules(chance, plan, mine):
            tier = theirs.effective_tier
            posted.append(Posted(theirs, (series,), series.name, tier))
            plan.rules.append(replace(rule, series=(series.id,), tier=tier.name.lower() if tier else "hard"))
    return replace(problem, rules=(*problem.rules, *posted))


def _rules(chance: Random, plan: oracle.Plan, known: Sequence[Held]) -> Iterator[tuple[Rule, oracle.Rule]]:
    """Yield a rule for the program and the same for the oracle."""
    kept = tuple(dict.fromkeys((one.day, one.start) for one in known))
    first, last = sorted(chance.sample(plan.open_days, 2))
    if chance.random() < 0.6:
        yield FewMoves(kept=kept), oracle.Rule("few_moves", {"kept": kept}, ())
    if chance.random() < 0.3:
        days = tuple(one.day for one in known)
        yield NearMoves(kept=days), oracle.Rule("near_moves", {"kept": days}, ())
    if chance.random() < 0.3:
        args = {"first": first, "last": last, "kept": kept}
        yield ShortNotice(first=first, last=last, kept=kept), oracle.Rule("short_notice", args, ())
    kinds: tuple[Literal["room", "staff"], ...] = ("room", "staff")
    for of in kinds:
        units = {(s.day, s.start): s.rooms if of == "room" else s.staff for s in known}
        named = tuple((day, start, names) for (day, start), names in units.items() if names)
        if named and chance.random() < 0.5:
            yield KeepUnits(of=of, kept=named), oracle.Rule("keep_units", {"of": of, "kept": named}, ())
    if known and chance.random() < 0.3:
        one = chance.choice(known)
        start = chance.choice([None, one.start])
        units_named = one.units if chance.random() < 0.5 else ()
        args = {"day": one.day, "start": start, "named": units_named}
        yield Pinned(day=one.day, start=start, named=units_named), oracle.Rule("pinned", args, ())
