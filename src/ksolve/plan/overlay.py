"""Plan and scenario to plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ksolve.errors import PlanError, fault
from ksolve.findings import Finding
from ksolve.plan.called import by_ids
from ksolve.plan.changing import NOTHING, changed, with_why
from ksolve.plan.overlay_centre import OF_CENTRE
from ksolve.plan.references import known_in_plan, reference_faults
from ksolve.plan.scenario import RELAXED, Add, AddRules, Relax, Remove, Scenario, SetFrequency
from ksolve.plan.schema import Plan, Programme
from ksolve.text import Text


def overlay(plan: Plan, scenario: Scenario) -> Plan:
    """Return the plan with a scenario's changes made, in order.

    Raises PlanError with every change that names nothing.
    """
    faults: list[Finding] = []
    for change in by_ids(plan, scenario).changes:
        try:
            plan = _MAKE[type(change)](plan, change)
        except PlanError as error:
            faults += error.findings
    if len(faults) > 1 and len(faults) == len(scenario.changes):
        faults.append(fault("other-plan", _OTHER.fill(plan=plan.id), scenario.place, _WHICH_PLAN))
    faults = faults or reference_faults(plan, known_in_plan(plan))
    if faults:
        raise PlanError(faults)
    return plan


def _relax(plan: Plan, change: Relax) -> Plan:
    if change.programme is None:
        return plan.model_copy(update={"rules": _relaxed(plan.rules, change)})
    programme, _, part = change.programme.partition(".")

    def relaxed(node: Any) -> Any:
        if part and isinstance(node, Programme):
            return node.model_copy(
                update={"components": changed(node.components, part, relaxed, change, "programme")}
            )
        if change.rule in ("together", "windows"):
            return node.model_copy(update={change.rule: ()})
        if change.rule == "in_months":
            return node.model_copy(update={"months": change.months})
        return node.model_copy(update={"rules": _relaxed(node.rules, change)})

    return plan.model_copy(
        update={"programmes": changed(plan.programmes, programme, relaxed, change, "programme")}
    )


def _relaxed(rules: tuple[Any, ...], change: Relax) -> tuple[Any, ...]:
    """Return the rules with the named one changed, or without it where nothing is to be changed."""
    named = [index for index, rule in enumerate(rules) if rule.name == change.rule]
    if len(named) < change.which:
        text = NOTHING.fill(name=change.rule)
        raise PlanError([fault("unknown-target", text, change.at("rule"))])
    at = named[change.which - 1]
    told = _told(change)
    # the number of days of a gap is not the dates of a pin, though both are called days
    unknown = [key for key, value in told.items() if not _is_like(getattr(rules[at], key, None), value)]
    if unknown:
        text = NOTHING.fill(name=unknown[0])
        raise PlanError([fault("unknown-target", text, change.at(unknown[0]))])
    kept = (with_why(rules[at].model_copy(update=told), change.why),) if told else ()
    return (*rules[:at], *kept, *rules[at + 1 :])


def _is_like(old: Any, new: Any) -> bool:
    """Whether a value may take the place of another: whole hours that of hours and a half."""
    return isinstance(old, type(new)) or (isinstance(old, float) and isinstance(new, int))


def _told(change: Relax) -> dict[str, Any]:
    """Return what a rule is to say from now on."""
    told = {key: value for key in RELAXED if (value := getattr(change, key)) is not None}
    return told | ({"days": change.dates} if change.dates else {})


def _frequency(plan: Plan, change: SetFrequency) -> Plan:
    programme, _, part = change.programme.partition(".")
    told = {"frequency": change.frequency, "places": {"frequency": change.at("frequency")}}

    def retimed(node: Programme) -> Programme:
        if not part:
            return with_why(node.model_copy(update=told), change.why)
        parts = changed(
            node.components,
            part,
            lambda c: with_why(c.model_copy(update=told), change.why),
            change,
            "programme",
        )
        return node.model_copy(update={"components": parts})

    programmes = changed(plan.programmes, programme, retimed, change, "programme")
    return plan.model_copy(update={"programmes": programmes})


def _remove(plan: Plan, change: Remove) -> Plan:
    programme, _, part = change.programme.partition(".")

    def without(node: Programme) -> Programme:
        changed(node.components, part, lambda c: c, change, "programme")
        left = tuple(component for component in node.components if component.id != part)
        return node.model_copy(update={"components": left})

    if part:
        programmes = changed(plan.programmes, programme, without, change, "programme")
    else:
        changed(plan.programmes, programme, lambda node: node, change, "programme")
        programmes = tuple(node for node in plan.programmes if node.id != programme)
    return plan.model_copy(update={"programmes": _unbound(programmes, change.programme)})


def _unbound(programmes: Iterable[Programme], removed: str) -> tuple[Programme, ...]:
    """Take out what was to be held together with a programme that is gone."""

    def free(node: Any) -> Any:
        bonds = tuple(
            bond for bond in node.together if bond.host != removed and not bond.host.startswith(f"{removed}.")
        )
        return node.model_copy(update={"together": bonds})

    return tuple(
        free(node).model_copy(update={"components": tuple(free(part) for part in node.components)})
        for node in programmes
    )


def _add(plan: Plan, change: Add) -> Plan:
    return plan.model_copy(update={"programmes": (*plan.programmes, with_why(change.programme, change.why))})


def _add_rules(plan: Plan, change: AddRules) -> Plan:
    rules = tuple(with_why(rule, change.why) for rule in change.rules)
    return plan.model_copy(update={"rules": (*plan.rules, *rules)})


_MAKE: dict[type[Any], Callable[[Plan, Any], Plan]] = {
    **OF_CENTRE,
    Relax: _relax,
    SetFrequency: _frequency,
    Remove: _remove,
    Add: _add,
    AddRules: _add_rules,
}

_OTHER = Text(
    "シナリオの変更は、どれもこの計画({plan})の何も指していません",
    "none of the scenario's changes names anything of this plan ({plan})",
)
_WHICH_PLAN = Text("別の計画のシナリオではないか確かめてください", "see whether it belongs to another plan")
