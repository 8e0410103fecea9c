"""The changes of a scenario to the centre: its calendar, rooms, staff, audiences and kinds of sessions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ksolve.errors import PlanError, fault, nearest
from ksolve.plan.centre import Absence, Closure, Extra, StaffPool
from ksolve.plan.changing import NOTHING, changed, with_resources
from ksolve.plan.scenario import (
    Absent,
    Capacity,
    Close,
    CloseRoom,
    Hours,
    More,
    Open,
    Present,
    SetAudience,
    SetSession,
)
from ksolve.plan.schema import Plan
from ksolve.spelling import Node
from ksolve.text import Text


def _absence(change: CloseRoom | Absent) -> Absence:
    return Absence(days=change.days, count=change.count, why=change.why, **_places(change))


def _places(change: Node) -> dict[str, Any]:
    """A fault of what a scenario brings in stands in the scenario."""
    return {"__place__": change.place, "__places__": change.places}


def _close_room(plan: Plan, change: CloseRoom) -> Plan:
    closed = _absence(change)
    rooms = changed(
        plan.resources.rooms,
        change.room,
        lambda room: room.model_copy(update={"closed": (*room.closed, closed)}),
        change,
        "room",
    )
    return with_resources(plan, rooms=rooms)


def _absent(plan: Plan, change: Absent) -> Plan:
    def away(pool: StaffPool) -> StaffPool:
        if change.member is None:
            return pool.model_copy(update={"absent": (*pool.absent, _absence(change))})
        if change.count is not None:
            raise PlanError([fault("contradicting-keys", _ONE, change.at("member"))])
        members = list(pool.members)
        at = _part(members, change)
        gone = members[at].model_copy(update={"absent": (*members[at].absent, change.days)})
        return pool.model_copy(update={"members": (*members[:at], gone, *members[at + 1 :])})

    staff = changed(plan.resources.staff, change.staff, away, change, "staff")
    return with_resources(plan, staff=staff)


_ONE = Text(
    "member と count は一緒に書けません。member はその一人です",
    "member is one person: write no count beside it",
)


def _close(plan: Plan, change: Close) -> Plan:
    calendar = plan.resources.calendar
    closure = Closure(days=change.days, why=change.why, **_places(change))
    closed = calendar.model_copy(update={"closed": (*calendar.closed, closure)})
    return with_resources(plan, calendar=closed)


def _open(plan: Plan, change: Open) -> Plan:
    calendar = plan.resources.calendar
    return with_resources(
        plan, calendar=calendar.model_copy(update={"opened": (*calendar.opened, change.days)})
    )


def _present(plan: Plan, change: Present) -> Plan:
    def there(item: Any) -> Any:
        return item.model_copy(update={"present": (*item.present, change.days)})

    return _of_pool(plan, change, there)


def _of_pool(plan: Plan, change: _Pooled, make: Callable[[Any], Any]) -> Plan:
    """Change the room or staff pool that `of` names."""
    key = "rooms" if change.of in {room.id for room in plan.resources.rooms} else "staff"
    return with_resources(plan, **{key: changed(getattr(plan.resources, key), change.of, make, change, "of")})


def _capacity(plan: Plan, change: Capacity) -> Plan:
    def resized(item: Any) -> Any:
        if isinstance(item, StaffPool) and (item.shifts or item.members):
            raise PlanError([fault("shifts", _SHIFTS.fill(pool=item.name), change.at("of"))])
        return item.model_copy(update={"count": change.count})

    return _of_pool(plan, change, resized)


def _more(plan: Plan, change: More) -> Plan:
    extra = Extra(count=change.count, weekly=change.weekly, days=change.days, **_places(change))
    return _of_pool(plan, change, lambda item: item.model_copy(update={"more": (*item.more, extra)}))


def _hours(plan: Plan, change: Hours) -> Plan:
    def at_hours(item: Any) -> Any:
        told = {"weekly": change.weekly}
        if change.shift is not None or change.member is not None:
            key = "shifts" if change.shift is not None else "members"
            parts = list(getattr(item, key, ()))
            at = _part(parts, change)
            parts[at] = parts[at].model_copy(update=told)
            return item.model_copy(update={key: tuple(parts)})
        if getattr(item, "shifts", ()):
            raise PlanError([fault("shifts", _WHICH.fill(pool=item.name), change.at("of"))])
        return item.model_copy(update=told)

    return _of_pool(plan, change, at_hours)


def _part(parts: Sequence[Any], change: Hours | Absent) -> int:
    """Return the index of the shift or member that a change names. Raises PlanError when there is none."""
    if isinstance(change, Hours) and change.member is None:
        known = [str(number) for number in range(1, len(parts) + 1)]
        wanted, key = str(change.shift), "shift"
    else:
        known = [member.name for member in parts]
        wanted, key = change.member or "", "member"
    if wanted not in known:
        text = NOTHING.fill(name=wanted)
        raise PlanError([fault("unknown-target", text, change.at(key), nearest(wanted, known))])
    return known.index(wanted)


def _audience(plan: Plan, change: SetAudience) -> Plan:
    told = {"apart": change.apart}
    audiences = changed(
        plan.resources.audiences, change.of, lambda item: item.model_copy(update=told), change, "of"
    )
    return with_resources(plan, audiences=audiences)


def _session(plan: Plan, change: SetSession) -> Plan:
    keys = ("weekdays", "starts", "rooms", "people", "per_day")
    told = {key: value for key in keys if (value := getattr(change, key))}
    sessions = changed(
        plan.resources.sessions, change.of, lambda kind: kind.model_copy(update=told), change, "of"
    )
    return with_resources(plan, sessions=sessions)


_Pooled = Capacity | Hours | More | Present
OF_CENTRE: dict[type[Any], Callable[[Plan, Any], Plan]] = {
    CloseRoom: _close_room,
    Absent: _absent,
    Close: _close,
    Open: _open,
    Present: _present,
    Capacity: _capacity,
    SetSession: _session,
    Hours: _hours,
    More: _more,
    SetAudience: _audience,
}

_SHIFTS = Text(
    "「{pool}」は勤務の組(shifts)や名前(members)で人数が決まっているので capacity では変えられません",
    "{pool} has shifts or members, so its number cannot be changed by capacity",
)
_WHICH = Text(
    "「{pool}」には勤務の組(shifts)があります。shift にその番号を書いてください",
    "{pool} has shifts: say in shift which of them",
)
