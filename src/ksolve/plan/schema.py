"""The plan file: what a planner writes, as pydantic models."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from ksolve.plan.centre import Named, Resources
from ksolve.plan.wishes import Wishes, WishesField, wishes_beside
from ksolve.problem.rule import TierName, WeightField
from ksolve.rules.catalogue import PlannedRule
from ksolve.rules.windows import WindowField
from ksolve.spelling import (
    LISTED,
    DaysField,
    FrequencyField,
    IdField,
    MonthsField,
    NameField,
    Node,
    YearField,
    listed,
)


class TogetherNode(Node):
    """併せて実施: sessions held on another programme's dates."""

    host: str = Field(
        alias="with", description="the other programme or component: its id, or programme.component"
    )
    sessions: int | None = Field(None, ge=1, description="how many; null: all")
    shared: bool = Field(default=True, description="same start, same room, same staff")
    tier: TierName | None = Field(
        None, description="the tier in which each session not held together counts; null: hard"
    )
    weight: WeightField = Field(1, description="what one such session costs, if soft")
    why: str = ""


class PublishedRef(Node):
    """Where a programme stands in the published table."""

    line: int = Field(0, ge=0, description="its line; 0: the table does not have it (yet)")
    heading: str = Field(
        "",
        description="the heading or category it belongs under, where the table has it under another or not",
    )
    after: str = Field(
        "",
        description="the programme (its id or name) that it stands behind, where the table does not say",
        examples=["senmon-sodan"],
    )


class ReserveNode(Node):
    """予備日: dates that are held free for each session of an outdoor event."""

    dates: int = Field(1, ge=1, le=3, description="reserve dates for each session")
    within: int = Field(14, ge=1, le=90, description="most days from the session to its reserve date")


def _reserve(value: Any) -> Any:
    """Take a number alone: reserve: 1."""
    return {"dates": value} if isinstance(value, str | int) else value


class Component(Named):
    """A part of a programme with a frequency of its own."""

    description: str = Field(
        "", description="what it is, in words; reports show it", examples=["絵本の読み聞かせと手遊び"]
    )
    whom: str = Field(
        "",
        alias="for",
        description="for whom, in words; reports show it, and nothing else follows: see audiences",
        examples=["1歳児と保護者"],
    )
    sign_up: str = Field(
        "",
        description="how to sign up (申込), in words; the public edition shows it",
        examples=["前月の15日から電話で"],
    )
    public: bool = Field(
        default=True,
        description="whether the public edition shows it; false: a closed meeting, with all its components",
    )
    frequency: FrequencyField | None = None
    session: NameField | None = Field(None, description="kind of session; null: the programme's")
    marks: tuple[WindowField, ...] = Field(
        (), description="published marks: soft, in the tier of the published fit"
    )
    windows: tuple[WindowField, ...] = Field((), description="windows that must hold")
    months: MonthsField | None = Field(None, description="months in which sessions may fall")
    opened: Annotated[tuple[DaysField, ...], LISTED] = Field(
        (),
        description="days on which the centre opens for it alone though it is closed (a holiday)",
        examples=[["5/5"]],
    )
    in_turn: bool = Field(default=False, description="groups one after the other")
    together: Annotated[
        tuple[TogetherNode, ...],
        BeforeValidator(listed, json_schema_input_type=TogetherNode | list[TogetherNode]),
    ] = ()
    reserve: Annotated[
        ReserveNode | None, BeforeValidator(_reserve, json_schema_input_type=int | ReserveNode)
    ] = Field(None, description="予備日: dates held free for each session, with room and staff", examples=[1])
    audiences: tuple[NameField, ...] = Field((), description="audiences, beside those of the kind of session")
    tags: tuple[str, ...] = ()
    rules: tuple[PlannedRule, ...] = ()
    optional: bool = Field(default=False, description="not part of the frequency column's total")
    remainder: bool = Field(default=False, description="takes what the programme's frequency leaves")
    why: str = Field("", description="why it departs from the published text")
    assumed: bool | str = Field(default=False, description="whether its count is an assumption")


class Programme(Component):
    """One row of work."""

    published: PublishedRef | None = None
    components: tuple[Component, ...] = ()


class Plan(Node):
    """The whole plan of one fiscal year."""

    schema_version: Literal["1"] = Field(alias="schema")
    id: IdField
    title: str
    year: YearField
    published: str = Field("", description="the published table, relative to this file")
    published_columns: Annotated[tuple[str, ...], LISTED] = Field(
        (),
        description="what headings of that table mean, as for ksolve read --column",
        examples=[["事業=教室名"]],
    )
    resources: Resources
    programmes: tuple[Programme, ...] = Field(min_length=1)
    rules: tuple[PlannedRule, ...] = ()
    wishes: WishesField | None = Field(
        None,
        description="usual, none, or the weight of each; null: usual, unless rules state wishes",
        examples=["usual"],
    )

    @property
    def usual_wishes(self) -> Wishes:
        """The weights of the usual wishes in this plan."""
        return self.wishes or wishes_beside(rules_in(self))


def rules_in(plan: Plan) -> tuple[PlannedRule, ...]:
    """Return every rule that is written in a plan: its own, and those within programmes."""
    nodes = (node for programme in plan.programmes for node in (programme, *programme.components))
    return (*plan.rules, *(rule for node in nodes for rule in node.rules))
