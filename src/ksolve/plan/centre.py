"""The centre as a planner writes it: calendar, rooms, staff, audiences, kinds of sessions."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from ksolve.plan.external import ExternalCalendar
from ksolve.plan.lead_times import LeadTime
from ksolve.plan.risks import Risks
from ksolve.problem import Within
from ksolve.problem.rule import TierName, WeightField
from ksolve.spelling import (
    LISTED,
    ClockField,
    ClosedField,
    DaysField,
    IdField,
    NameField,
    Node,
    WeekdaysField,
    WeeklyField,
    bare,
    listed,
    misspelled,
)
from ksolve.text import Text


class Named(Node):
    """Whatever a reference can name."""

    id: IdField
    name: str = Field(description="the name for people")


class Closure(Node):
    """Days on which the whole centre is closed: a stretch of days, or days that recur."""

    days: ClosedField = Field(
        description="the days, each year's where no year is written",
        examples=["12/29〜1/3", "毎月第3木曜日", "祝日の翌日", "月曜日(祝日の場合は翌日)"],
    )
    why: str = Field("", description="the reason; the days themselves where none is written")
    assumed: bool | str = Field(default=False, description="whether this is a planning assumption")

    @property
    def reason(self) -> str:
        """Why, in words; where nothing is written the days as they are."""
        return self.why or self.days.text


def _closure(value: Any) -> Any:
    """Take days alone as a closure: closed: [12/29〜1/3, 毎月第3木曜日]."""
    return {"days": value} if isinstance(value, str) else value


ClosureField = Annotated[Closure, BeforeValidator(_closure, json_schema_input_type=str | Closure)]


class Season(Node):
    """Days on which other opening hours hold."""

    days: Annotated[tuple[DaysField, ...], LISTED] = Field(
        min_length=1, description="the days", examples=[["7/1〜8/31"]]
    )
    open: WeeklyField = Field(
        description="weekdays to hours; on the others the centre is closed",
        examples=[{"月-土": "9:00-19:00"}],
    )


class Quiet(Node):
    """Days that are avoided although the centre is open."""

    days: DaysField = Field(description="the days, each year's where no year is written")
    weight: WeightField = Field(1, description="what one session on such a day costs")
    why: str = ""


def _quiet(value: Any) -> Any:
    """Take days alone: quiet: [8/13〜8/16]."""
    return {"days": value} if isinstance(value, str) else value


QuietField = Annotated[Quiet, BeforeValidator(_quiet, json_schema_input_type=str | Quiet)]

QUIET_DAYS = (
    ("4/1〜4/4", "年度の初め", "the first days of the fiscal year"),
    ("4/30〜5/2", "大型連休の間", "within Golden Week"),
    ("5/7〜5/7", "大型連休の後", "after Golden Week"),
    ("8/13〜8/16", "お盆", "Obon"),
    ("12/27〜12/28", "年末", "before the turn of the year"),
    ("1/4〜1/5", "年始", "after the turn of the year"),
    ("3/28〜3/31", "年度の末", "the last days of the fiscal year"),
)
"""Days that centres avoid, with the reason in both languages; a calendar with a list has only its own."""


def _usual_quiet() -> tuple[Quiet, ...]:
    return tuple(Quiet.model_validate({"days": days, "why": why}) for days, why, _ in QUIET_DAYS)


class CalendarNode(Node):
    """Opening hours and closed days."""

    open: WeeklyField = Field(
        description="weekdays to hours", examples=[{"月-金": "9:00-12:00, 13:00-17:00", "土": "9:00-12:00"}]
    )
    seasons: tuple[Season, ...] = Field((), description="stretches of days with other opening hours")
    holidays: Literal["closed", "open"] = Field(
        "closed", description="what the centre does on national holidays"
    )
    closed: Annotated[
        tuple[ClosureField, ...],
        BeforeValidator(listed, json_schema_input_type=ClosureField | list[ClosureField]),
    ] = Field((), description="other closed days", examples=[["12/29〜1/3", "毎月第3木曜日"]])
    opened: Annotated[tuple[DaysField, ...], LISTED] = Field(
        (), description="days open in spite of all that, for every programme; see a programme's `opened`"
    )
    quiet: tuple[QuietField, ...] = Field(
        default_factory=_usual_quiet,
        description="open days that the usual wishes avoid; where none are written, those that centres avoid",
        examples=[["8/13〜8/16"]],
    )
    assumed: bool | str = Field(default=False, description="whether this is a planning assumption")


class Absence(Node):
    """Days on which a room is closed, or members of a pool are away."""

    days: DaysField = Field(description="the days, each year's where no year is written")
    count: int | None = Field(None, ge=1, description="how many are missing; null: all")
    why: str = ""


class Extra(Node):
    """Further units of a room or pool at some times only: a borrowed room, a substitute."""

    count: int = Field(1, ge=1, le=999, description="how many more")
    weekly: WeeklyField | None = Field(None, description="weekdays to hours; null: the opening hours")
    days: Annotated[tuple[DaysField, ...], LISTED] = Field(
        (), description="the only days on which they are there; empty: all", examples=[["10/1〜10/31"]]
    )


class Room(Named):
    """A room, or several of the same kind."""

    count: int = Field(1, ge=1, le=999, description="how many such rooms there are")
    seats: int | None = Field(None, ge=1, description="seats of each; null: no limit")
    features: Annotated[tuple[str, ...], LISTED] = Field(
        (), description="what it has and a session may need", examples=[["防音", "調理台"]]
    )
    weekly: WeeklyField | None = Field(None, description="weekdays to hours; null: the opening hours")
    closed: tuple[Absence, ...] = Field((), description="days on which it cannot be used")
    site: str = Field("", description="where it is, for the rule travel", examples=["本館"])
    turnaround: int = Field(
        0, ge=0, le=1440, description="minutes to clear and set up between two sessions in it", examples=[30]
    )
    present: tuple[DaysField, ...] = Field((), description="days on which it can be used in spite of that")
    more: tuple[Extra, ...] = Field((), description="further such rooms at some times only; not in `closed`")
    assumed: bool | str = Field(default=False, description="whether this is a planning assumption")

    @property
    def own_units(self) -> tuple[str, ...]:
        """The names of the rooms that are always there."""
        return unit_names(self.name, self.count)

    @property
    def units(self) -> tuple[str, ...]:
        """The name of each room, as schedules name it."""
        return (*self.own_units, *extra_names(f"{self.name}(追加)", self.more))


def extra_names(name: str, more: tuple[Extra, ...]) -> tuple[str, ...]:
    """Return the names of further units, 会議室(追加) and so on; those that are always there keep theirs."""
    count = sum(extra.count for extra in more)
    return unit_names(name, count) if count else ()


@lru_cache(maxsize=1024)
def unit_names(name: str, count: int) -> tuple[str, ...]:
    """Return 会議室, or 会議室1, 会議室2 and so on where there are several."""
    return (name,) if count == 1 else tuple(f"{name}{number}" for number in range(1, count + 1))


class Shift(Node):
    """Some members of a pool, and the weekly hours that they share."""

    count: int = Field(1, ge=1, le=999, description="how many members")
    weekly: WeeklyField = Field(description="weekdays to hours")


class Member(Node):
    """A member of staff by name."""

    name: str = Field(description="the member's name, as schedules name them", examples=["田中"])
    weekly: WeeklyField | None = Field(None, description="weekdays to hours; null: the pool's")
    absent: tuple[DaysField, ...] = Field((), description="days on which the member is away")
    available: Annotated[tuple[DaysField, ...], LISTED] = Field(
        (), description="the only days on which the member is there; empty: all", examples=[["6/12", "7/10"]]
    )
    skills: Annotated[tuple[str, ...], LISTED] = Field(
        (), description="what a session may need a member to be able to do", examples=[["手話"]]
    )


class StaffPool(Named):
    """Members of one profession."""

    count: int = Field(1, ge=1, le=999, description="how many members")
    weekly: WeeklyField | None = Field(None, description="weekdays to hours; null: the opening hours")
    shifts: tuple[Shift, ...] = Field(
        (), description="members with different hours, instead of count and weekly"
    )
    members: tuple[Member, ...] = Field((), description="the members by name, instead of count and shifts")
    absent: tuple[Absence, ...] = Field((), description="days on which members are away")
    present: tuple[DaysField, ...] = Field((), description="days on which all are there in spite of that")
    more: tuple[Extra, ...] = Field((), description="further members at some times only; not in `absent`")
    fee: int = Field(0, ge=0, description="yen for each session that a member takes: outside experts")
    assumed: bool | str = Field(default=False, description="whether this is a planning assumption")

    @property
    def own_units(self) -> tuple[str, ...]:
        """The names of the members that are always there."""
        if self.members:
            return tuple(member.name for member in self.members)
        return unit_names(self.name, sum(shift.count for shift in self.shifts) or self.count)

    @property
    def units(self) -> tuple[str, ...]:
        """The name of each member, as schedules name it."""
        return (*self.own_units, *extra_names(f"{self.name}(応援)", self.more))

    @model_validator(mode="after")
    def _one_way(self) -> StaffPool:
        if self.members and (self.shifts or self.count != 1):
            raise misspelled(_ONE_WAY)
        return self


_ONE_WAY = Text(
    "members を書いたら count と shifts は書きません", "with members, there is no count and no shifts"
)


class AudienceNode(Named):
    """People who would attend several programmes."""

    apart: Within = Field("moment", description="what two of their sessions must not share")
    tier: TierName | None = Field(
        None, description="the tier in which each session that meets another counts; null: hard"
    )
    weight: WeightField = Field(1, description="what one such session costs, if soft")
    assumed: bool | str = Field(default=False, description="whether this is a planning assumption")


class SessionKind(Named):
    """What a session takes: how long, when, where, with whom."""

    name: str = ""
    minutes: int = Field(ge=5, le=1440, description="length in minutes")
    starts: Annotated[tuple[ClockField, ...], LISTED] = Field(min_length=1, description="starts allowed")
    weekdays: WeekdaysField | None = Field(None, description="weekdays allowed; null: all")
    rooms: Annotated[tuple[NameField, ...], LISTED] = Field((), description="rooms, any one of which will do")
    more_rooms: Annotated[
        tuple[Annotated[tuple[NameField, ...], LISTED], ...],
        BeforeValidator(listed, json_schema_input_type=str | list[str | list[str]]),
    ] = Field(
        (),
        max_length=20,
        description="further rooms taken at the same time: each an id, or a list any one of which will do",
        examples=[["chorishitsu", ["kaigishitsu", "kenshushitsu"]]],
    )
    staff: Annotated[dict[NameField, Annotated[int, Field(ge=1)]], BeforeValidator(bare)] = Field(
        default_factory=dict, description="staff pool to number"
    )
    features: Annotated[tuple[str, ...], LISTED] = Field(
        (), description="features that the one of `rooms` must have", examples=[["防音"]]
    )
    skills: Annotated[dict[NameField, Annotated[tuple[str, ...], LISTED]], BeforeValidator(bare)] = Field(
        default_factory=dict,
        description="staff pool to the skills that each member taken from it must have",
        examples=[{"hoikushi": ["手話"]}],
    )
    per_day: int = Field(1, ge=1, description="most sessions of one series in a day")
    site: str = Field("", description="where it is held if it takes no room, for the rule travel")
    people: int = Field(
        0, ge=0, description="people expected; the rooms that it takes need as many seats, together"
    )
    audiences: tuple[NameField, ...] = Field((), description="audiences")
    assumed: bool | str = Field(default=False, description="whether this is a planning assumption")


class Resources(Node):
    """The centre: its calendar, rooms, staff, audiences and kinds of sessions."""

    schema_version: Literal["1"] = Field("1", alias="schema")
    assumed: str = Field("", description="if not empty: why this file is an assumption; reports say so")
    calendar: CalendarNode
    rooms: tuple[Room, ...] = ()
    staff: tuple[StaffPool, ...] = ()
    audiences: tuple[AudienceNode, ...] = ()
    sessions: tuple[SessionKind, ...] = ()
    external: tuple[ExternalCalendar, ...] = Field((), description="calendars that others keep")
    risks: Risks = Field(
        default_factory=Risks, description="what may go wrong in a year, for ksolve stress and solve --sturdy"
    )
    shares: Annotated[tuple[str, ...], LISTED] = Field(
        (),
        description="ids of rooms and staff that other plans of the same folder share, too",
        examples=["hall"],
    )
    lead_times: tuple[LeadTime, ...] = Field((), description="what is due before sessions, how long before")
