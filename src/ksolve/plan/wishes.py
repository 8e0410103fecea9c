"""The usual wishes: what a calendar that can be sent round has, unless its planner says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from ksolve.problem import Tier
from ksolve.problem.rule import Rule
from ksolve.spelling import Node, misspelled
from ksolve.text import Text

WishField = Annotated[int, Field(ge=0, le=1000, examples=[1])]
"""What one unit of breach of a wish costs within its tier; 0 switches it off."""


class Wishes(Node):
    """The weight of each of the usual wishes; 0 switches it off, one that is not named has 1."""

    quiet_days: WishField = Field(
        1, description="calendar の quiet の日を避ける / not on the quiet days of the calendar"
    )
    usual_place: WishField = Field(
        1, description="毎月同じ週・曜日・時刻 / the same week of the month, weekday and start"
    )
    weekly_rhythm: WishField = Field(
        1, description="毎週同じ曜日・時刻 / the same weekdays and starts every week"
    )
    even_pace: WishField = Field(
        1, description="年に何回かのものを均等に / what is held some times a year, evenly"
    )
    even_visits: WishField = Field(
        1,
        description="短い期間に多い訪問を各週に均等に / many visits of a short period, evenly over its weeks",
    )
    level_weeks: WishField = Field(
        1, description="どの週も割り当ての115%まで / no week above 115 % of its share"
    )
    same_staff: WishField = Field(
        1, description="同じ事業・グループはいつも同じ人が / a programme or group has the same people"
    )
    share_work: WishField = Field(
        1, description="職種の中で回数を分け合う / the members of a pool share its sessions"
    )
    mid_month: WishField = Field(
        1, description="年3回までのものを月の半ばに / what is held up to three times a year, in mid-month"
    )
    level_load: WishField = Field(1, description="どの日も平均の2倍まで / no day above twice the average")


NAMES = tuple(name for name in Wishes.model_fields if name not in Node.model_fields)


def _written(value: Any) -> Any:
    if value == "usual":
        return {}
    if value == "none":
        return dict.fromkeys(NAMES, "0")
    if isinstance(value, str):
        raise misspelled(_SPELLED)
    return value


_SPELLED = Text(
    "usual か none か、{usual_place: 2} のような希望ごとの重みを書いてください",
    "write usual, none, or weights by name, as {usual_place: 2}",
)


WishesField = Annotated[
    Wishes,
    BeforeValidator(_written, json_schema_input_type=Wishes | str),
]
"""``usual``, ``none``, or the weights by name."""

USUAL = Wishes()
NONE = Wishes.model_validate(_written("none"))


def wishes_beside(rules: Iterable[Rule]) -> Wishes:
    """Return the wishes of a plan that names none: the usual ones, unless its rules state wishes.

    Habits of other years state none: they say which of the usual places it is to be.
    """
    stated = any(rule.effective_tier in _OF_WISHES and rule.name != "habit" for rule in rules)
    return NONE if stated else USUAL


_OF_WISHES = (Tier.PATTERN, Tier.SPREAD, Tier.LEVEL)
