"""What every rule is: parameters, a sentence, and two independent readings of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from enum import Enum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, field_validator

from ksolve.problem.case import Blame, Bound, Breach, Case, Demand, UnitLimits
from ksolve.problem.data import Binding, Setting, Tier
from ksolve.problem.patterns import Cell, Pattern
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import NameVerbs, Verbs
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


class Chapter(Enum):
    """The chapters of the catalogue, in its order."""

    DATES = Text("いつ行えるか", "When sessions may be")
    COUNTS = Text("何回行うか", "How many sessions there are")
    SPACING = Text("間隔・順序・重なり", "How sessions lie to one another")
    UNITS = Text("部屋と職員", "Rooms and staff")
    KEEPING = Text("すでにある予定を守る", "Keeping a schedule that is there")
    WISHES = Text("希望", "Wishes")


Does = Literal["demands", "limits", "relates"]
"""What a rule does.

`demands`: it asks for sessions, and is broken where there are none. `limits`: it is kept where there are
none, and bound to fewer series it asks less. `relates`: anything else, as an order or a fair share.
"""


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
    chapter: ClassVar[Chapter]
    """Where the catalogue lists it."""
    does: ClassVar[Does]
    """Whether it demands sessions, limits or relates them: `explain` leaves series out of what limits."""
    joint: ClassVar[bool] = False
    by_part: ClassVar[bool] = False
    """Whether it binds each programme or component as a whole, with all its groups."""
    says_days: ClassVar[bool] = False
    """Whether it says itself on which days a programme meets, so that no usual place is wished for."""
    always_hard: ClassVar[bool] = False
    permits: ClassVar[bool] = False
    """Whether the rule, even soft, permits what is else forbidden: to share a room."""
    after_dating: ClassVar[bool] = False
    """Whether the rule is only about who takes a session: people are named once the dates are settled."""
    usual: ClassVar[Tier | None] = None

    given: ClassVar[bool] = False
    """Whether every candidate keeps the rule by itself, so that it is never what a conflict is made of."""
    blamed: ClassVar[Blame | None] = None
    """Why a day is of no use to a session by itself, for a rule that takes days away."""
    loosened: ClassVar[tuple[str, int] | None] = None
    """The number that may be changed where a plan cannot be held, and by how much in one step."""

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
        description="これらの目印(tags)のどれかを持つ事業が対象"
        " / it binds the programmes with any of these tags",
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
        description="希望のとき、違反の一単位の重み / what one unit of breach costs, if soft",
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
    def usual_staff(self) -> tuple[str, ...]:
        """Who usually takes the sessions, by name: named again where they are free."""
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

    def post_names(self, posted: Binding, model: NameVerbs) -> None:
        """State what the rule wishes of who takes sessions, once they are dated."""

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Yield every breach of the rule in a schedule, reading nothing but its dates and names."""
        raise NotImplementedError

    def said(self, posted: Binding, problem: Setting) -> Text:
        """Return the sentence with what it rests on in the problem: how many rooms there are."""
        return self.sentence

    def is_implied(self, posted: Binding) -> bool:
        """Tell whether the rule says nothing about its series that is not so by itself."""
        return False

    @property
    def moves_with_closures(self) -> bool:
        """Whether it asks for other dates, not for fewer, where the centre closes."""
        return False

    def demands(self, posted: Binding, problem: Setting) -> Iterator[Demand]:
        """Yield the sessions that the rule asks for at least."""
        yield from ()

    @property
    def without_demands(self) -> Rule | None:
        """What the rule still forbids where sessions may be left out; None where that is nothing."""
        return None

    def bounds(self, posted: Binding, problem: Setting) -> Iterator[Bound]:
        """Yield how many sessions the rule allows in each moment, day, week or month."""
        yield from ()

    @property
    def days_apart(self) -> int:
        """So many days at least are from each session of a series to the next."""
        return 0

    def limit_units(self, posted: Binding, problem: Setting, limits: UnitLimits) -> None:
        """Note what the rule says of single rooms and members."""

    def team(self, session: Session) -> Hashable:
        """Return what sessions have in common that the same people should take; None: it says nothing."""
        return None

    @property
    def shares(self) -> bool:
        """Whether the first of its series may be held in the room, and with the staff, of the second."""
        return False

    @property
    def chosen(self) -> int:
        """How many of its `patterns` a family keeps at once."""
        return 1

    def patterns(
        self,
        posted: Binding,
        problem: Setting,
        cells: Mapping[str, frozenset[Cell]],
    ) -> tuple[Pattern, ...]:
        """Return the habits that the rule's series, one family, could keep; none where it asks for none.

        `cells` has the candidates of each series that hard rules leave, by its id.
        """
        return ()

    def least(
        self,
        posted: Binding,
        problem: Setting,
        cells: Mapping[str, frozenset[Cell]],
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
