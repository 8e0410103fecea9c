"""One schedule against one plan: what is broken, and what the wishes cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from oracle import of_changes, of_counts, of_days, of_naming, of_people, of_wishes
from oracle.plan import TIERS, Plan, Rule
from oracle.view import SENTENCES, Held, View

MODULES = (of_changes, of_counts, of_days, of_naming, of_people, of_wishes)
"""Where the sentences stand."""
KNOWN = frozenset(SENTENCES)
"""The names of the rules that the oracle knows."""


def broken(plan: Plan, held: Sequence[Held]) -> set[str]:
    """The names of the hard rules that a schedule breaks."""
    found = {
        rule.name
        for rule in plan.rules
        if rule.tier == "hard" and rule.series and SENTENCES[rule.name](View(plan, rule, held))
    }
    return found | ({"held-with"} if any(_astray(plan, one, held) for one in held) else set())


def _astray(plan: Plan, one: Held, held: Sequence[Held]) -> bool:
    """Whether a session names a host that it cannot be held together with."""
    if not one.host:
        return False
    hosts = [rule.series[1] for rule in plan.rules if _is_shared(rule) and rule.series[0] == one.series]
    return not any(
        of_people.shares(View(plan, Rule("", {}, ()), held), one, host)
        and not any(other.id == one.host and other.host for other in held)
        for host in hosts
    )


def costs(plan: Plan, held: Sequence[Held]) -> dict[str, int]:
    """What each tier costs, in the order of tiers."""
    found: Counter[str] = Counter()
    for rule in plan.rules:
        if rule.tier != "hard" and rule.series:
            found[rule.tier] += rule.weight * SENTENCES[rule.name](View(plan, rule, held))
    return {tier: found[tier] for tier in TIERS if tier in plan.tiers}


def _is_shared(rule: Rule) -> bool:
    return rule.name == "together" and str(rule.args.get("shared", "true")).lower() == "true"
