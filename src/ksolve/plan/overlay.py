"""Plan and scenario to plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ksolve.errors import PlanError, fault
from ksolve.findings import Finding
from ksolve.nearest import nearest
from ksolve.plan.references import known_in_plan, reference_faults
from ksolve.plan.scenario import (
    Absent,
    Add,
    AddRules,
    Capacity,
    Change,
    Close,
    CloseRoom,
    Open,
    Present,
    Relax,
    Remove,
    Scenario,
    SetFrequency,
    SetSession,
)
from ksolve.plan.schema import Absence, Closure, Named, Plan, Programme, StaffPool
from ksolve.spelling import Node
from ksolve.text import Text

N = TypeVar("N", bound=Named)


def overlay(plan: Plan, scenario: Scenario) -> Plan:
    """Return the plan with a scenario's changes made, in order.

    Raises PlanError with every change that names nothing.
    """
    faults: list[Finding] = []
    for change in scenario.changes:
        try:
            plan = _MAKE[type(change)](plan, change)
        except PlanError as error:
            faults += error.findings
    faults = faults or reference_faults(plan, known_in_plan(plan))
    if faults:
        raise PlanError(faults)
    return plan


def _absence(change: CloseRoom | Absent) -> Absence:
    return Absence(days=change.days, count=change.count, why=change.why, **_places(change))


def _places(change: Node) -> dict[str, Any]:
    """A fault of what a scenario brings in stands in the scenario."""
    return {"__place__": change.place, "__places__": change.places}


def _close_room(plan: Plan, change: CloseRoom) -> Plan:
    closed = _absence(change)
    rooms = _changed(
        plan.resources.rooms,
        change.room,
        lambda room: room.model_copy(update={"closed": (*room.closed, closed)}),
        change,
        "room",
    )
    return _with_resources(plan, rooms=rooms)


def _absent(plan: Plan, change: Absent) -> Plan:
    away = _absence(change)
    staff = _changed(
        plan.resources.staff,
        change.staff,
        lambda pool: pool.model_copy(update={"absent": (*pool.absent, away)}),
        change,
        "staff",
    )
    return _with_resources(plan, staff=staff)


def _close(plan: Plan, change: Close) -> Plan:
    calendar = plan.resources.calendar
    closure = Closure(days=change.days, why=change.why, **_places(change))
    closed = calendar.model_copy(update={"closed": (*calendar.closed, closure)})
    return _with_resources(plan, calendar=closed)


def _open(plan: Plan, change: Open) -> Plan:
    calendar = plan.resources.calendar
    return _with_resources(
        plan, calendar=calendar.model_copy(update={"opened": (*calendar.opened, change.days)})
    )


def _present(plan: Plan, change: Present) -> Plan:
    def there(item: Any) -> Any:
        return item.model_copy(update={"present": (*item.present, change.days)})

    key = "rooms" if change.of in {room.id for room in plan.resources.rooms} else "staff"
    return _with_resources(
        plan, **{key: _changed(getattr(plan.resources, key), change.of, there, change, "of")}
    )


def _relax(plan: Plan, change: Relax) -> Plan:
    if change.programme is None:
        return plan.model_copy(update={"rules": _relaxed(plan.rules, change)})
    programme, _, part = change.programme.partition(".")

    def changed(node: Any) -> Any:
        if part and isinstance(node, Programme):
            return node.model_copy(
                update={"components": _changed(node.components, part, changed, change, "programme")}
            )
        if change.rule in ("together", "windows"):
            return node.model_copy(update={change.rule: ()})
        if change.rule == "in_months":
            return node.model_copy(update={"months": change.months})
        return node.model_copy(update={"rules": _relaxed(node.rules, change)})

    return plan.model_copy(
        update={"programmes": _changed(plan.programmes, programme, changed, change, "programme")}
    )


def _relaxed(rules: tuple[Any, ...], change: Relax) -> tuple[Any, ...]:
    """Return the rules with the named one changed, or without it where nothing is to be changed."""
    named = [index for index, rule in enumerate(rules) if rule.name == change.rule]
    if len(named) < change.which:
        text = _NOTHING.fill(name=change.rule)
        raise PlanError([fault("unknown-target", text, change.at("rule"))])
    at = named[change.which - 1]
    told = {
        key: value for key in ("days", "sessions", "months") if (value := getattr(change, key)) is not None
    }
    unknown = [key for key in told if key not in type(rules[at]).model_fields]
    if unknown:
        text = _NOTHING.fill(name=unknown[0])
        raise PlanError([fault("unknown-target", text, change.at(unknown[0]))])
    kept = (rules[at].model_copy(update=told),) if told else ()
    return (*rules[:at], *kept, *rules[at + 1 :])


def _capacity(plan: Plan, change: Capacity) -> Plan:
    def resized(item: Any) -> Any:
        if isinstance(item, StaffPool) and (item.shifts or item.members):
            raise PlanError([fault("shifts", _SHIFTS.fill(pool=item.name), change.at("of"))])
        return item.model_copy(update={"count": change.count})

    is_room = change.of in {room.id for room in plan.resources.rooms}
    if is_room:
        return _with_resources(plan, rooms=_changed(plan.resources.rooms, change.of, resized, change, "of"))
    return _with_resources(plan, staff=_changed(plan.resources.staff, change.of, resized, change, "of"))


def _session(plan: Plan, change: SetSession) -> Plan:
    told = {key: value for key in ("weekdays", "starts") if (value := getattr(change, key))}
    sessions = _changed(
        plan.resources.sessions, change.of, lambda kind: kind.model_copy(update=told), change, "of"
    )
    return _with_resources(plan, sessions=sessions)


def _frequency(plan: Plan, change: SetFrequency) -> Plan:
    programme, _, part = change.programme.partition(".")
    told = {"frequency": change.frequency, "places": {"frequency": change.at("frequency")}}

    def changed(node: Programme) -> Programme:
        if not part:
            return node.model_copy(update=told)
        parts = _changed(node.components, part, lambda c: c.model_copy(update=told), change, "programme")
        return node.model_copy(update={"components": parts})

    programmes = _changed(plan.programmes, programme, changed, change, "programme")
    return plan.model_copy(update={"programmes": programmes})


def _remove(plan: Plan, change: Remove) -> Plan:
    programme, _, part = change.programme.partition(".")

    def without(node: Programme) -> Programme:
        _changed(node.components, part, lambda c: c, change, "programme")
        left = tuple(component for component in node.components if component.id != part)
        return node.model_copy(update={"components": left})

    if part:
        programmes = _changed(plan.programmes, programme, without, change, "programme")
    else:
        _changed(plan.programmes, programme, lambda node: node, change, "programme")
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
    return plan.model_copy(update={"programmes": (*plan.programmes, change.programme)})


def _add_rules(plan: Plan, change: AddRules) -> Plan:
    return plan.model_copy(update={"rules": (*plan.rules, *change.rules)})


_MAKE: dict[type[Any], Callable[[Plan, Any], Plan]] = {
    CloseRoom: _close_room,
    Absent: _absent,
    Close: _close,
    Open: _open,
    Present: _present,
    Relax: _relax,
    Capacity: _capacity,
    SetSession: _session,
    SetFrequency: _frequency,
    Remove: _remove,
    Add: _add,
    AddRules: _add_rules,
}


def _with_resources(plan: Plan, **update: object) -> Plan:
    return plan.model_copy(update={"resources": plan.resources.model_copy(update=update)})


def _changed(
    items: tuple[N, ...],
    name: str,
    change: Callable[[N], N],
    node: Change,
    key: str,
) -> tuple[N, ...]:
    """Return the items with the named one changed. Raises PlanError when there is none."""
    known = [item.id for item in items]
    if name not in known:
        text = _NOTHING.fill(name=name)
        raise PlanError([fault("unknown-target", text, node.at(key), nearest(name, known))])
    return tuple(change(item) if item.id == name else item for item in items)


_NOTHING = Text("変更の対象「{name}」が計画にありません", "the plan has no {name} to change")
_SHIFTS = Text(
    "「{pool}」は勤務の組(shifts)や名前(members)で人数が決まっているので capacity では変えられません",
    "{pool} has shifts or members, so its number cannot be changed by capacity",
)
