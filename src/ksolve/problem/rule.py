"""What every rule is: parameters, a sentence, and two independent readings of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, field_validator

from ksolve.problem.data import Binding, Resource, Series, Setting, Tier
from ksolve.problem.patterns import Cell, Pattern
from ksolve.problem.schedule import Schedule, Session, label
from ksolve.problem.verbs import Verbs
from ksolve.spelling import LISTED, Node, misspelled
from ksolve.text import Text


def _nth(value: int) -> int:
    if not value:
        raise misspelled(Text("1から5まで、または最終の -1 です", "1 to 5, or -1 for the last"))
    return value


NthField = Annotated[int, Field(ge=-1, le=5), AfterValidator(_nth)]
"""Which of a weekday in its month: 1 to 5, or -1 for the last."""


TierName = Literal["hard", "fit", "stability", "rooms", "quiet", "pattern", "spread", "level", "people"]
"""How a planner makes a rule hard, or names the tier in which its breaches count."""

WeightField = Annotated[int, Field(ge=1, le=1000)]
"""What one unit of breach of a soft rule costs."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One way in which a schedule breaks a rule.

    `amount` is what a soft rule pays for it; `period` the first and last date that it is about,
    where it is about a period.
    """

    text: Text
    sessions: tuple[Session, ...] = ()
    amount: int = 1
    period: tuple[date, date] | None = None


@dataclass(frozen=True)
class Case:
    """A schedule held against its problem: all that a check may look at."""

    problem: Setting
    schedule: Schedule

    @cached_property
    def within(self) -> Schedule:
        """The sessions of the plan's year: no others count. That there are others is for `opening` to say."""
        first, last = self.problem.year.first, self.problem.year.last
        inside = tuple(session for session in self.schedule.sessions if first <= session.day <= last)
        return self.schedule if len(inside) == len(self.schedule.sessions) else Schedule(inside)

    def sessions(self, posted: Binding) -> tuple[Session, ...]:
        """Return the sessions of the rule's series in the plan's year, in date order."""
        return self.within.of_series(posted.series)

    def label(self, session: Session) -> Text:
        """Return a session as people call it."""
        return label(session, self.series.get(session.series))

    @cached_property
    def users(self) -> dict[str, list[Session]]:
        """The sessions that use each room and member of staff, in date order; guests use their host's."""
        found: dict[str, list[Session]] = defaultdict(list)
        for session in self.schedule.sessions:
            for unit in dict.fromkeys(session.units) if not session.held_with else ():
                found[unit].append(session)
        return found

    @cached_property
    def resource_of(self) -> dict[str, Resource]:
        """The resource that each room and member of staff belongs to, by the unit's name."""
        return {unit: resource for resource in self.problem.resources for unit in resource.units}

    def taken(self, session: Session) -> tuple[str, ...]:
        """Return the rooms and members that a session names of the pools that it needs: its own.

        Who else is named beside them counts for no rule that asks who holds a session.
        """
        needed = {pool for need in self.series[session.series].needs for pool in need.pools}
        return tuple(
            unit
            for unit in session.units
            if unit in self.resource_of and self.resource_of[unit].pool in needed
        )

    @cached_property
    def series(self) -> dict[str, Series]:
        """Each series of the problem by its id."""
        return {series.id: series for series in self.problem.series}


class Rule(Node):
    """One sentence that a schedule keeps (hard) or should keep (soft).

    A rule written at the top of a plan binds the programmes or tags that it names, or all; one
    written within a programme binds that. `joint` rules bind all their series together, others
    each series on its own. `usual` is the tier in which breaches count unless `tier` says
    otherwise; None makes the rule hard. `always_hard` rules cannot be made soft.
    """

    title: ClassVar[Text]
    """What planners call it."""
    japanese: ClassVar[str]
    """The docstring in Japanese; the docstring is the English page."""
    example: ClassVar[str] = ""
    """How a planner writes it, in YAML; empty where it follows from the programmes."""
    joint: ClassVar[bool] = False
    always_hard: ClassVar[bool] = False
    permits: ClassVar[bool] = False
    """Whether the rule, even soft, permits what is else forbidden: to share a room."""
    after_dating: ClassVar[bool] = False
    """Whether the rule is only about who takes a session: people are named once the dates are settled."""
    usual: ClassVar[Tier | None] = None

    each_unit: ClassVar[bool] = False
    """Whether a pool among the rule's `units` stands for each of its rooms or members by itself."""

    programmes: Annotated[tuple[str, ...], LISTED] = Field(
        (),
        description=(
            "対象の事業のid(事業.内訳、予定に出るグループの名前も可) / ids of the programmes (or "
            "programme.component, or a group's name in the schedule) that it binds"
        ),
    )
    tags: Annotated[tuple[str, ...], LISTED] = Field(
        (),
        description="これらのタグのどれかを持つ事業が対象 / it binds the programmes with any of these tags",
    )
    tier: TierName | None = Field(
        None,
        description=(
            "hard(必ず守る)か、違反を数える段。書かなければ規則の通常の段 / hard, or the tier in which "
            "breaches are counted; null: the rule's usual one"
        ),
    )
    weight: WeightField = Field(
        1,
        description="努力目標のとき、違反の一単位の重み / what one unit of breach costs, if soft",
    )
    why: str = Field("", description="理由(計画する人の言葉で) / the reason, in the planner's words")

    @property
    def name(self) -> str:
        """The rule's one name: ``MinGap`` is ``min_gap`` everywhere."""
        return rule_name(type(self))

    @field_validator("tier")
    @classmethod
    def _may_be_soft(cls, tier: str | None) -> str | None:
        if cls.always_hard and tier not in (None, "hard"):
            raise misspelled(_ALWAYS_HARD)
        if cls.after_dating and tier not in (None, "people"):
            raise misspelled(_AFTER_DATING)
        return tier

    @property
    def effective_tier(self) -> Tier | None:
        """The tier in which breaches are counted, None where the rule is hard."""
        if self.tier is None:
            return self.usual
        return None if self.tier == "hard" else Tier[self.tier.upper()]

    @property
    def units(self) -> tuple[str, ...]:
        """Rooms and members of staff that the rule names: each must be told from the others."""
        return ()

    @property
    def sites(self) -> tuple[str, ...]:
        """Sites that the rule names: of rooms, or of kinds of sessions."""
        return ()

    @property
    def sentence(self) -> Text:
        """The rule with its parameters, in the planner's words."""
        raise NotImplementedError

    def post(self, posted: Binding, model: Verbs) -> None:
        """State the rule to the solver."""
        raise NotImplementedError

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Yield every breach of the rule in a schedule, reading nothing but its dates and names."""
        raise NotImplementedError

    @property
    def chosen(self) -> int:
        """How many of its `patterns` a family keeps at once."""
        return 1

    def patterns(
        self,
        posted: Binding,  # noqa: ARG002
        problem: Setting,  # noqa: ARG002
        cells: Mapping[str, frozenset[Cell]],  # noqa: ARG002
    ) -> tuple[Pattern, ...]:
        """Return the habits that the rule's series, one family, could keep; none where it asks for none.

        `cells` has the candidates of each series that hard rules leave, by its id.
        """
        return ()

    def least(
        self,
        posted: Binding,  # noqa: ARG002
        problem: Setting,  # noqa: ARG002
        cells: Mapping[str, frozenset[Cell]],  # noqa: ARG002
    ) -> int:
        """Return a breach, in units, that no schedule on these candidates stays below."""
        return 0


def rule_name(rule: type[Rule]) -> str:
    """Return the class name in snake case."""
    letters = [f"_{letter.lower()}" if letter.isupper() else letter for letter in rule.__name__]
    return "".join(letters).removeprefix("_")


_AFTER_DATING = Text(
    "この規則は日時が決まった後の担当についてのもので、tier は people だけです",
    "this rule is about people, who are named after dating: tier can only be people",
)
_ALWAYS_HARD = Text(
    "この規則は必ず守る規則で、tier は hard だけです", "this rule is always hard: tier can only be hard"
)
