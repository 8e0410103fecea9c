"""Rooms and staff that several plans of a folder share, and what is not kept across these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ksolve.api import Prepared
from ksolve.errors import PlanError, fault
from ksolve.findings import Finding, Severity
from ksolve.plan.centre import Room, StaffPool
from ksolve.problem import Problem
from ksolve.text import Text


def shared_pools(cases: Mapping[Path, Prepared]) -> frozenset[str]:
    """Return the ids of the rooms and staff that two plans or more say they share.

    Raises PlanError where two plans describe one differently, or it needs time between two sessions.
    """
    faults = []
    shared = {pool: paths for pool, paths in _sharers(cases).items() if len(paths) > 1}
    for pool, (first, *others) in shared.items():
        told = _described(cases[first], pool)
        for path in others:
            node = _described(cases[path], pool)
            if node.model_dump() != told.model_dump():
                text = _DIFFERENT.fill(pool=pool, other=first)
                faults.append(fault("shared-differently", text, node.at("id"), _SAME))
        if isinstance(told, Room) and told.turnaround:
            faults.append(fault("shared-turnaround", _TURNAROUND.fill(pool=pool), told.at("turnaround")))
    if faults:
        raise PlanError(faults)
    return frozenset(shared)


def sharing_notes(cases: Mapping[Path, Prepared], shared: Collection[str]) -> Iterator[Finding]:
    """Yield what is shared with nobody, and each limit on what is shared: it is kept within its plan only."""
    for pool, paths in _sharers(cases).items():
        if pool not in shared:
            text = _ALONE.fill(pool=pool, plan=paths[0].name)
            yield Finding("shared-alone", Severity.NOTE, text, cases[paths[0]].plan.resources.at("shares"))
    for case in cases.values():
        names = set(shared) | _units(case.problem, shared)
        limits = {
            (posted.rule.name, posted.place): (set(posted.rule.units) & names)
            for posted in case.problem.rules
            if posted.rule.does == "limits" and set(posted.rule.units) & names
        }
        for (rule, place), of in limits.items():
            text = _WITHIN.fill(rule=rule, of="、".join(sorted(of)))
            yield Finding("shared-limit", Severity.NOTE, text, place, remedy=_SPLIT)


def _sharers(cases: Mapping[Path, Prepared]) -> dict[str, list[Path]]:
    """Return the plans that say they share each pool."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path, case in cases.items():
        for pool in case.plan.resources.shares:
            found[pool].append(path)
    return found


def _units(problem: Problem, pools: Collection[str]) -> set[str]:
    return {unit for one in problem.resources if one.pool in pools for unit in one.units}


def _described(case: Prepared, pool: str) -> Room | StaffPool:
    resources = case.plan.resources
    both: tuple[Room | StaffPool, ...] = (*resources.rooms, *resources.staff)
    return next(one for one in both if one.id == pool)


_DIFFERENT = Text(
    "共用の「{pool}」の書き方が {other} と違います",
    "the shared {pool} is described differently in {other}",
)
_SAME = Text(
    "共用のものは、どの計画にも同じように書いてください", "describe what is shared the same in all plans"
)
_TURNAROUND = Text(
    "「{pool}」は入れ替えの時間(turnaround)があるので、計画の間では共用できません",
    "{pool} needs time between two sessions (turnaround), which is not kept between plans",
)
_ALONE = Text(
    "「{pool}」を共用(shares)と書いた計画は {plan} だけなので、この計画だけのものとして扱います",
    "{plan} alone says that it shares {pool}, so it is taken to be its own",
)
_WITHIN = Text(
    "「{of}」は共用ですが、規則 {rule} はこの計画の中だけで数えます。ほかの計画の分は加わりません",
    "{of} is shared, but the rule {rule} counts within this plan only: what other plans take is not added",
)
_SPLIT = Text(
    "全体の上限があるときは、計画ごとの分に分けて書いてください",
    "where there is a limit for all plans together, give each plan its part of it",
)
NO_PLACE = Text(
    "{plan}: 共用の {pools} に、ほかの計画と重ならない空きが見つかりませんでした"
    "(空きがないと証明されたわけではありません)。--limit を延ばすか、共用のものを増やしてください",
    "{plan}: no place was found in the shared {pools} beside the other plans (it is not proven that there is"
    " none): raise --limit, or share more of them",
)
