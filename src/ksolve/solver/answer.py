"""What a search is asked, what it shows on the way, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule
from ksolve.text import Text


class Verdict(StrEnum):
    """The four answers, never mixed up."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"

    @property
    def text(self) -> Text:
        """The verdict for people."""
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.OPTIMAL: Text("最良(証明済み)", "optimal (proven)"),
    Verdict.FEASIBLE: Text("予定あり(最良かは未証明)", "feasible (not proven optimal)"),
    Verdict.INFEASIBLE: Text("成り立たない(二つの方法で証明済み)", "infeasible (proven twice)"),
    Verdict.UNKNOWN: Text("不明(時間内に答えが出ませんでした)", "unknown (no answer within the limit)"),
}


class Step(StrEnum):
    """What a search does in turn.

    Usual places with every wish at its least; any schedule; the same with families placed a few at a time;
    a few of those dated anew who pay; the weekdays that the linear relaxation uses; all tiers together;
    each tier by itself.
    """

    PATTERNS = "patterns"
    ANY = "any"
    FITTING = "fitting"
    REARRANGING = "rearranging"
    RELAXATION = "relaxation"
    SWEEP = "sweep"
    TIERS = "tiers"


@dataclass(frozen=True, slots=True)
class Tuning:
    """Parameters of a run that change its way, and what it may leave unproven, never what is true.

    `gap` is the part of a cost that need not be proven necessary: 0.02 is two in a hundred.
    `fixed` keeps to the hints of a model, `first_only` ends with the first solution, `most_work` ends by
    the solver's own count of its work, which no other program on the machine disturbs.
    `reproducible` measures time by the solver's own count of its work and takes its workers in turn,
    so that the same search is made again; it is slower.
    """

    workers: int = 2
    seed: int = 0
    subsolvers: tuple[str, ...] = ("max_lp",)
    light_presolve: bool = True
    first_only: bool = False
    fixed: bool = False
    gap: float = 0.0
    most_work: float = inf
    reproducible: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """How long to search, in seconds of wall time, how, and the most bytes of memory (None: what is free).

    `steps` leaves steps of the search out.
    """

    limit_s: float = 60.0
    tuning: Tuning = field(default_factory=Tuning)
    memory: int | None = None
    steps: tuple[Step, ...] = tuple(Step)


class Source(StrEnum):
    """What proves a bound: each wish alone, some series by themselves, the whole relaxed, or its search."""

    WISHES = "wishes"
    SERIES = "series"
    RELAXATION = "relaxation"
    SEARCH = "search"

    @property
    def text(self) -> Text:
        """What proves it, for people."""
        return _SOURCES[self]


_SOURCES = {
    Source.WISHES: Text("希望一つずつの最小から", "from the least of each wish"),
    Source.SERIES: Text("一部の系列だけを調べて", "from some series by themselves"),
    Source.RELAXATION: Text("全体を緩めた計算から", "from the linear relaxation of the whole"),
    Source.SEARCH: Text("全体の探索から", "from the search of the whole"),
}


@dataclass(frozen=True, slots=True)
class TierValue:
    """The cost reached in a tier, and a proven lower bound of it given the tiers before."""

    tier: Tier
    value: int
    bound: int
    source: Source = field(default=Source.SEARCH, compare=False)

    @property
    def proven(self) -> bool:
        """Whether no schedule does better."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Progress:
    """A better schedule after `seconds`; `running` is the tier that is being minimised, if one is.

    Where it is not `counted` what it costs is not known yet, and there are no `tiers`.
    """

    seconds: float
    schedule: Schedule
    tiers: tuple[TierValue, ...]
    running: Tier | None
    bound: float
    counted: bool = True


Watch = Callable[[Progress], None]
"""Called with each better schedule."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a search. A schedule that is not `counted` has no `tiers`, as in `Progress`."""

    verdict: Verdict
    schedule: Schedule | None
    tiers: tuple[TierValue, ...]
    seconds: float
    interrupted: bool
    worked_s: float = field(default=0.0, compare=False)
    """What the runs of one model took by the solver's own count."""
    counted: bool = True
    lost: int = field(default=0, compare=False)
    """How many parts were given up because their process died twice; they keep what was found of them."""
    names: TierValue | None = None
    """What the wishes about people cost, and at least for these dates; None: nothing is said of them."""
    together: bool = False
    """Whether it is about all plans that share: this one may have a schedule, but not beside the others."""

    @property
    def text(self) -> Text:
        """The verdict for people: what is left out, and whether an interrupt or the limit left it open."""
        short = next((tier for tier in self.tiers if tier.tier is Tier.SHORTAGE and tier.value), None)
        if short:
            return (_LEAST if short.proven else _PARTIAL).fill(short=short.value, bound=short.bound)
        if self.interrupted and self.verdict not in (Verdict.OPTIMAL, Verdict.INFEASIBLE):
            return _BEFORE if self.schedule is None else _SO_FAR
        return _NOT_TOGETHER if self.together else self.verdict.text

    @property
    def full_text(self) -> Text:
        """The verdict with the tiers of which it is said, or the first that is open."""
        lost = _LOST.fill(lost=self.lost) if self.lost else Text("", "")
        return self.text + self._of_tiers + lost

    @property
    def cost_texts(self) -> tuple[Text, ...]:
        """What each tier costs, its proven bound and where that is from; at last who is named."""
        told = [
            (_PROVEN_BY if tier.bound else _TIER).fill(
                name=tier.tier.text, value=tier.value, bound=tier.bound, by=tier.source.text
            )
            for tier in self.tiers
        ]
        return (*told, *self.names_texts)

    @property
    def names_texts(self) -> tuple[Text, ...]:
        """What the wishes about people cost, and whether other names on these dates might cost less."""
        if self.names is None:
            return ()
        template = _NAMES_LEAST if self.names.proven else _NAMES_OPEN
        return (template.fill(value=self.names.value, bound=self.names.bound),)

    @property
    def _of_tiers(self) -> Text:
        if self.verdict is Verdict.OPTIMAL and self.tiers:
            names = [tier.tier.text for tier in self.tiers]
            return _PROVEN.fill(tiers=Text(" > ".join(n.ja for n in names), " > ".join(n.en for n in names)))
        is_open = next((tier for tier in self.tiers if not tier.proven), None)
        return _OPEN.fill(tier=is_open.tier.text) if is_open and self.schedule else Text("", "")


_BEFORE = Text("中断(予定が見つかる前に止めました)", "interrupted (before any schedule was found)")
_NOT_TOGETHER = Text("ほかの計画と合わせると成り立たない", "infeasible together with the other plans")
_LEAST = Text(
    "一部だけの予定(不足{short}。これより少なくできないことは証明済み)",
    "a part of the plan ({short} short, proven least)",
)
_PARTIAL = Text(
    "一部だけの予定(不足{short}。{bound}までは減らせるかもしれません)",
    "a part of the plan ({short} short, not proven least: at least {bound})",
)
_PROVEN = Text("。この順の各段で: {tiers}", "; in each tier, in this order: {tiers}")
_OPEN = Text("。未証明なのは「{tier}」から", "; open from this tier on: {tier}")
_TIER = Text("{name}: {value} (証明された下限 {bound})", "{name}: {value} (proven bound {bound})")
_PROVEN_BY = Text(
    "{name}: {value} (証明された下限 {bound}。{by})", "{name}: {value} (proven bound {bound}, {by})"
)
_NAMES_LEAST = Text(
    "担当: {value} (この日時では最小と証明済み)", "people: {value} (proven least for these dates)"
)
_NAMES_OPEN = Text(
    "担当: {value} (最小かは未証明。この日時での下限 {bound})",
    "people: {value} (not proven least: bound {bound} for these dates)",
)
_LOST = Text(
    "。{lost}か所は探索が二度止められたため、途中までの結果です",
    "; the search of {lost} parts was killed twice: they are as far as they had come",
)
_SO_FAR = Text(
    "中断(止めた時点の最良の予定、最良かは未証明)",
    "interrupted (the best schedule so far, not proven optimal)",
)
