"""Wishes for a folder of plans: each is for the plan that has its programme, or for the one it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ksolve.cli.folders.folder import Folder, FolderPlan
from ksolve.cli.folders.folder_beside import Standing
from ksolve.errors import PlanError, fault
from ksolve.findings import Finding
from ksolve.letters import name_key, narrow
from ksolve.revise.wishes import Asking, understood
from ksolve.text import Text


def shared_out(
    askings: Sequence[Asking], folder: Folder, standing: Standing
) -> dict[str, tuple[Asking, ...]]:
    """Return the wishes of each plan: a wish is for the plan that has its programme, or that it names.

    Raises PlanError with the wishes for a programme that no plan has, or that several have.
    """
    found: dict[str, list[Asking]] = {plan.name: [] for plan in folder.plans}
    faults: list[Finding] = []
    for asking in askings:
        name, slash, rest = narrow(asking.text).partition("/")
        named = [plan for plan in folder.plans if slash and name_key(plan.name) == name_key(name.strip())]
        mine = replace(asking, text=rest.strip()) if named else asking
        said = {plan.name: _unknown(mine, plan, standing) for plan in named or folder.plans}
        knowing = [plan for plan, unknown in said.items() if not unknown]
        if len(knowing) == 1:
            found[knowing[0]].append(mine)
        elif knowing:
            text = _SEVERAL.fill(text=asking.text, plans="、".join(knowing))
            faults.append(
                fault("several-plans", text, asking.at, _NAME.fill(plan=knowing[0], text=mine.text))
            )
        else:
            faults.append(next((one for one in said.values() if one and one.remedy), None) or _any(said))
    if faults:
        raise PlanError(faults)
    return {name: tuple(mine) for name, mine in found.items()}


def _any(said: Mapping[str, Finding | None]) -> Finding:
    return next(one for one in said.values() if one)


def _unknown(asking: Asking, plan: FolderPlan, standing: Standing) -> Finding | None:
    """Return that a plan does not have the programme of a wish; what else is wrong with it is for later."""
    try:
        understood([asking], plan.case.problem, standing.schedules[plan.name])
    except PlanError as error:
        return next((one for one in error.findings if one.rule == "unknown-programme"), None)
    return None


_SEVERAL = Text(
    "希望「{text}」の事業は、いくつもの計画にあります: {plans}",
    "the programme of the wish {text} is in several plans: {plans}",
)
_NAME = Text("{plan}/{text} のように、計画の名前を付けてください", "name the plan: {plan}/{text}")
