"""What may go wrong in a year, as a planner writes it: what `ksolve stress` draws from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from ksolve.frequency import Months
from ksolve.spelling import LISTED, MonthsField, NameField, Node, ShareField, bare

Chance = ShareField
"""A part of all days, or of all sessions."""


class Warned(Node):
    """How often a warning (警報) is in force in some months."""

    months: MonthsField = Field(description="the months", examples=["6〜9月"])
    chance: Chance = Field(description="the chance that one begins on a day", examples=[0.03])


def _usual_warnings() -> tuple[Warned, ...]:
    chances = (((6, 7, 8, 9), 0.03), ((10,), 0.02), ((4, 5, 11), 0.005), ((12, 1, 2, 3), 0.003))
    return tuple(Warned.model_construct(months=Months(months), chance=chance) for months, chance in chances)


class Risks(Node):
    """Chances of what may go wrong; the defaults are labelled with their sources in docs/stress.md."""

    absent: Chance = Field(
        0.011,
        description=(
            "the chance that a member of staff is away on a day; 0.011: sick leave in five Japanese companies"
            " (doi:10.1097/JOM.0000000000001646)"
        ),
    )
    spell: int = Field(2, ge=1, le=60, description="days that an absence lasts; 2 is a guess")
    room: Chance = Field(
        0.001, description="the chance that a room cannot be used on a day; 0.001 is a guess"
    )
    each: Annotated[dict[NameField, Chance], BeforeValidator(bare)] = Field(
        default_factory=dict,
        description="other chances for single pools and rooms, by their ids",
        examples=[{"josanshi": 0.03, "hall": 0.01}],
    )
    late: Chance = Field(
        0.005, description="the chance that somebody from `outside` is late; 0.005 is a guess"
    )
    late_minutes: int = Field(30, ge=1, le=480, description="by how much; 30 is a guess")
    outside: Annotated[tuple[NameField, ...], LISTED] = Field(
        (),
        description="staff pools from outside, who may be late",
        examples=[["josanshi"]],
    )
    warnings: tuple[Warned, ...] = Field(
        default_factory=_usual_warnings,
        description="how often warnings (警報) begin; where none are written, a guess by month",
    )
    warning_hours: int = Field(8, ge=1, le=72, description="hours that a warning lasts; 8 is a guess")
    warning_rule: Literal["two_hours", "morning"] = Field(
        "two_hours",
        description=(
            "two_hours: no session if a warning is in force within the two hours before it; morning: none"
            " before noon if one is in force at 7:00, none after if one is at 11:00"
        ),
    )
    within: int = Field(28, ge=1, le=366, description="days within which a lost session is made up")
    assumed: bool | str = Field(default=False, description="whether this is a planning assumption")
