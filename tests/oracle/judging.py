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


OF_EACH = frozenset(
    {
        *("opening", "in_months", "in_dates", "month_days", "weekdays", "start_times", "off_dates"),
        *("external_dates", "beside_closures", "needs", "capacity", "held_in", "led_by"),
        *("turnaround", "travel"),
    }
)
"""Rules on single dates, rooms and staff: they do not bind what was held."""
DEMANDS = frozenset(
    {"count", "fixed_pattern", "rhythm", "month_runs", "on_dates", "windows", "together", "pinned", "reserve"}
)
"""Rules that ask for sessions; what the past lacks of them nobody can hold any more."""


def broken_by_what_comes(plan: Plan, held: Sequence[Held]) -> set[str]:
    """The names of the rules that sessions break which are still to be held, beside what was (`as_held`).

    Gaps and limits count what was held; they are broken where they are broken further than by that alone.
    """
    before = max(rule.args["before"] for rule in plan.rules if rule.name == "as_held")
    past, coming = ([one for one in held if (one.day < before) is was] for was in (True, False))
    found = set()
    for rule in plan.rules:
        if rule.tier != "hard" or not rule.series or rule.name in DEMANDS:
            continue
        asked = SENTENCES[rule.name]
        if rule.name == "as_held":
            is_broken = asked(View(plan, rule, held)) > 0
        elif rule.name in OF_EACH:
            is_broken = asked(View(plan, rule, coming)) > 0
        else:
            is_broken = asked(View(plan, rule, held)) > asked(View(plan, rule, past))
        found |= {rule.name} if is_broken else set()
    return found | ({"held-with"} if any(_astray(plan, one, held) for one in coming) else set())


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
