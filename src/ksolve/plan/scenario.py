"""Scenarios: a list of changes to a plan, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ksolve.plan.loading import validate_scenario
from ksolve.plan.schema import Programme
from ksolve.problem import Within
from ksolve.rules.catalogue import PlannedRule
from ksolve.spelling import (
    LISTED,
    ClockField,
    ClosedField,
    DaysField,
    FrequencyField,
    MonthsField,
    Node,
    WeekdaysField,
    WeeklyField,
    listed,
)


class _Change(Node):
    why: str = Field(description="the reason, in the planner's words")


class CloseRoom(_Change):
    """A room cannot be used on some days."""

    do: Literal["close_room"]
    room: str
    days: DaysField
    count: int | None = Field(None, ge=1, description="how many of its kind; null: all")


class Absent(_Change):
    """Members of a staff pool are away on some days."""

    do: Literal["absent"]
    staff: str
    days: DaysField
    count: int | None = Field(None, ge=1, description="how many are away; null: all")
    member: str | None = Field(None, description="the name of the one who is away, where it has members")


class Close(_Change):
    """The whole centre is closed on some days, which may recur (毎月第3木曜日)."""

    do: Literal["close"]
    days: ClosedField


class Open(_Change):
    """The centre opens on days on which it is closed, with its usual hours."""

    do: Literal["open"]
    days: DaysField


class Present(_Change):
    """A room or staff pool is there after all on days of its absence."""

    do: Literal["present"]
    of: str = Field(description="the id of the room or staff pool")
    days: DaysField


class Relax(_Change):
    """A rule that a plan or programme states holds with another number, or not at all."""

    do: Literal["relax"]
    rule: str = Field(description="the rule's name; together, windows and in_months are a programme's own")
    programme: str | None = Field(
        None,
        description="whose rule: its id or name, or programme.component; null: a rule of the plan itself",
    )
    which: int = Field(1, ge=1, description="which of the rules of that name, in their order")
    days: int | None = Field(None, ge=1, description="its days from now on")
    sessions: int | None = Field(None, ge=1, description="its sessions from now on")
    minutes: int | None = Field(None, ge=1, description="its minutes from now on")
    hours: int | None = Field(None, ge=1, description="its hours from now on")
    difference: int | None = Field(None, ge=0, description="its difference from now on")
    months: MonthsField | None = Field(None, description="its months from now on")
    dates: Annotated[tuple[DaysField, ...], LISTED] = Field(
        (), description="the dates of on_dates, off_dates or in_dates from now on"
    )


RELAXED = ("days", "sessions", "minutes", "hours", "difference", "months")
"""What `relax` may change of a rule; dates are its `days`."""


class Capacity(_Change):
    """A room or staff pool has another number of units."""

    do: Literal["capacity"]
    of: str = Field(description="the id of the room or staff pool")
    count: int = Field(ge=1, le=999)


class SetSession(_Change):
    """Sessions of a kind may be held on other weekdays, begin at other times, or take other rooms."""

    do: Literal["session"]
    of: str = Field(description="the id of the kind of session")
    weekdays: WeekdaysField | None = Field(None, description="its weekdays from now on")
    starts: Annotated[tuple[ClockField, ...], LISTED] = Field((), description="its starts from now on")
    rooms: Annotated[tuple[str, ...], LISTED] = Field(
        (), description="its rooms from now on, any one of which will do"
    )
    people: int | None = Field(None, ge=1, description="people expected from now on")
    per_day: int | None = Field(None, ge=1, description="most sessions of one series in a day from now on")


class Hours(_Change):
    """A room, a staff pool, one of its shifts or one of its members is there at other hours."""

    do: Literal["hours"]
    of: str = Field(description="the id of the room or staff pool")
    shift: int | None = Field(None, ge=1, description="which of its shifts, in their order")
    member: str | None = Field(None, description="the name of the member, where it has members")
    weekly: WeeklyField = Field(description="weekdays to hours from now on")


class More(_Change):
    """Further units of a room or staff pool at some times: a borrowed room, a substitute."""

    do: Literal["more"]
    of: str = Field(description="the id of the room or staff pool")
    count: int = Field(1, ge=1, le=999, description="how many more")
    weekly: WeeklyField | None = Field(None, description="weekdays to hours; null: the opening hours")
    days: Annotated[tuple[DaysField, ...], LISTED] = Field(
        (), description="the only days on which they are there; empty: all"
    )


class SetAudience(_Change):
    """Sessions for an audience are kept apart less strictly, or more."""

    do: Literal["audience"]
    of: str = Field(description="the id of the audience")
    apart: Within = Field(description="what two of their sessions must not share from now on")


class SetFrequency(_Change):
    """A programme or component has another frequency."""

    do: Literal["frequency"]
    programme: str = Field(
        description="its id, name, or a part of it that no other has; or programme.component"
    )
    frequency: FrequencyField


class Remove(_Change):
    """A programme is not held."""

    do: Literal["remove"]
    programme: str


class Add(_Change):
    """A new programme is held."""

    do: Literal["add"]
    programme: Programme


class AddRules(_Change):
    """More rules hold: a pinned date, a gap, a limit."""

    do: Literal["rules"]
    rules: Annotated[
        tuple[PlannedRule, ...],
        BeforeValidator(listed, json_schema_input_type=PlannedRule | list[PlannedRule]),
    ] = Field(min_length=1)


Change = Annotated[
    CloseRoom
    | Absent
    | Close
    | Open
    | Present
    | Relax
    | Capacity
    | SetSession
    | Hours
    | More
    | SetAudience
    | SetFrequency
    | Remove
    | Add
    | AddRules,
    Field(discriminator="do"),
]


class Scenario(Node):
    """An overlay on a plan."""

    schema_version: Literal["1"] = Field(alias="schema")
    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    title: str
    why: str = ""
    changes: tuple[Change, ...] = Field(min_length=1)


def load_scenario(path: Path) -> Scenario:
    """Return the scenario of a YAML file. Raises PlanError with all its faults."""
    return validate_scenario(path, Scenario)


def combined(scenarios: Sequence[Scenario]) -> Scenario:
    """Return several scenarios as one that makes all their changes, in order."""
    first, *others = scenarios
    if not others:
        return first
    told = {
        "id": "+".join(one.id for one in scenarios),
        "title": " + ".join(one.title for one in scenarios),
        "changes": tuple(change for one in scenarios for change in one.changes),
    }
    return first.model_copy(update=told)
