"""Rooms and staff that several plans of a folder share, and what counts in one of these alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ksolve.api import Prepared
from ksolve.errors import PlanError, fault
from ksolve.findings import Finding, Severity
from ksolve.plan.centre import Room, StaffPool
from ksolve.problem import Problem
from ksolve.problem.common import counts_across
from ksolve.text import Text


def shared_pools(cases: Mapping[Path, Prepared]) -> frozenset[str]:
    """Return the ids of the rooms and staff that two plans or more say they share.

    Raises PlanError where two plans describe one differently, and where a plan has a pool of the same id and
    does not say that it is the shared one.
    """
    faults = []
    shared = {pool: paths for pool, paths in _sharers(cases).items() if len(paths) > 1}
    for pool, (first, *others) in shared.items():
        described = {path: node for path, case in cases.items() if (node := _described(case, pool))}
        told = described[first]
        for path, node in described.items():
            if path not in {first, *others}:
                text = _NOT_SAID.fill(pool=pool, other=first)
                faults.append(fault("shared-not-said", text, node.at("id"), _SAY_OR_RENAME))
            elif node.model_dump() != told.model_dump():
                text = _DIFFERENT.fill(pool=pool, other=first)
                faults.append(fault("shared-differently", text, node.at("id"), _SAME))
    if faults:
        raise PlanError(faults)
    return frozenset(shared)


def sharing_notes(cases: Mapping[Path, Prepared], shared: Collection[str]) -> Iterator[Finding]:
    """Yield what is shared with nobody, and wishes that limit what is shared: they count in one plan only."""
    for pool, paths in _sharers(cases).items():
        if pool not in shared:
            text = _ALONE.fill(pool=pool, plan=paths[0].name)
            yield Finding("shared-alone", Severity.NOTE, text, cases[paths[0]].plan.resources.at("shares"))
    for case in cases.values():
        names = set(shared) | _units(case.problem, shared)
        limits = {
            (posted.rule.name, posted.place): (set(posted.rule.units) & names)
            for posted in case.problem.rules
            if posted.tier is not None and counts_across(posted.rule, names)
        }
        for (rule, place), of in limits.items():
            text = _WITHIN.fill(rule=rule, of="、".join(sorted(of)))
            yield Finding("shared-limit", Severity.NOTE, text, place, remedy=_HARD)


def _sharers(cases: Mapping[Path, Prepared]) -> dict[str, list[Path]]:
    """Return the plans that say they share each pool."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path, case in cases.items():
        for pool in case.plan.resources.shares:
            found[pool].append(path)
    return found


def _units(problem: Problem, pools: Collection[str]) -> set[str]:
    return {unit for one in problem.resources if one.pool in pools for unit in one.units}


def _described(case: Prepared, pool: str) -> Room | StaffPool | None:
    resources = case.plan.resources
    both: tuple[Room | StaffPool, ...] = (*resources.rooms, *resources.staff)
    return next((one for one in both if one.id == pool), None)


_DIFFERENT = Text(
    "共用の「{pool}」の書き方が {other} と違います",
    "the shared {pool} is described differently in {other}",
)
_SAME = Text(
    "共用のものは、どの計画にも同じように書いてください", "describe what is shared the same in all plans"
)
_ALONE = Text(
    "「{pool}」を共用(shares)と書いた計画は {plan} だけなので、この計画だけのものとして扱います",
    "{plan} alone says that it shares {pool}, so it is taken to be its own",
)
_WITHIN = Text(
    "「{of}」は共用ですが、希望 {rule} はこの計画の中だけで数えます。ほかの計画の分は加わりません",
    "{of} is shared, but the wish {rule} counts within this plan only: what other plans take is not added",
)
_HARD = Text(
    "tier: hard にすると、すべての計画を合わせて数えます", "with tier: hard it counts all plans together"
)
_NOT_SAID = Text(
    "「{pool}」は {other} などの共用のものですが、この計画の shares にありません",
    "{pool} is shared by {other} and others, but this plan does not list it in shares",
)
_SAY_OR_RENAME = Text(
    "同じものなら shares に挙げ、この計画だけのものなら別の id にしてください",
    "list it in shares if it is the same, and give it another id if it is this plan's own",
)
