"""How good a schedule is, and how far from proof, in words that a planner uses."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ksolve.api import Prepared
from ksolve.fit import fit
from ksolve.fit.regularity import regularity
from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule
from ksolve.solver import Progress, TierValue
from ksolve.solver.search.engine import PartsSoFar
from ksolve.text import Text

_SHOWN_ONE_BY_ONE = (Tier.HISTORY, Tier.SHORTAGE, Tier.WISHES, Tier.CHANGES, Tier.NOTICE)
"""Costs of these tiers count what a planner counts: sessions, wishes, changes."""


def standing(progress: Progress, case: Prepared | None = None) -> tuple[Text, ...]:
    """Return what there is, how good it is, and what is being decided; of a case also its marks kept."""
    return (*_reached(progress, case), *_open(progress))


def parts_standing(parts: PartsSoFar) -> tuple[Text, ...]:
    """Return how many parts have a schedule, how many a proof, and how far the worst is from one."""
    gap = parts.worst_gap
    return (
        _PARTS.fill(parts=len(parts.found), dated=parts.dated),
        _PARTS_PROVEN.fill(proven=parts.proven),
        *((_WORST.fill(gap=gap),) if gap else ()),
    )


def _reached(progress: Progress, case: Prepared | None) -> Iterator[Text]:
    schedule = progress.schedule
    yield _DATED.fill(sessions=len(schedule.sessions))
    for tier in progress.tiers:
        if tier.tier in _SHOWN_ONE_BY_ONE and tier.value:
            yield _COUNT.fill(name=tier.tier.text, count=tier.value)
    if case is not None:
        yield from _published(case, schedule)
        share = regularity(case.problem, schedule).share
        if share is not None:
            yield _REGULARITY.fill(share=f"{float(100 * Fraction(share)):.0f}")


def _published(case: Prepared, schedule: Schedule) -> Iterator[Text]:
    """Yield how many of the published marks are not kept yet."""
    if case.published is None:
        return
    found = fit(case.published, case.plan, case.problem, schedule)
    marks = found.marks
    if marks.whole and not found.is_of_another_year:  # last year's marks promise nothing
        left = marks.whole - marks.kept
        yield (_MARKS_LEFT if left else _MARKS).fill(left=left, marks=marks.whole)


def _open(progress: Progress) -> Iterator[Text]:
    """Yield what is being decided and how much better it can become at most."""
    if not progress.tiers:
        yield _UNCOUNTED
        return
    tier = next((one for one in progress.tiers if not one.proven), None)
    if tier is None:
        yield _PROVEN
    else:
        yield _DECIDING.fill(name=tier.tier.text, value=tier.value, bound=tier.bound, part=_part(tier))


def _part(tier: TierValue) -> str:
    """Return how much of a cost might still be saved, in percent."""
    return f"{(tier.value - tier.bound) / tier.value:.0%}"


_PARTS = Text("{parts}部分のうち{dated}に予定があります", "{dated} of {parts} parts have a schedule")
_PARTS_PROVEN = Text("最良と証明されたもの {proven}", "{proven} are proven best")
_WORST = Text(
    "最良とまだ言えない部分では、減点をあと {gap} まで減らせるかもしれません",
    "the farthest from proof may cost {gap} less",
)
_DATED = Text("日付の決まった回 {sessions}", "{sessions} sessions are dated")
_COUNT = Text("{name} {count}", "{name}: {count}")
_MARKS_LEFT = Text(
    "まだ守られていない印 {left}/{marks}", "{left} of {marks} published marks are not kept yet"
)
_MARKS = Text("守られた印 {marks}/{marks}", "all {marks} published marks are kept")
_REGULARITY = Text("規則性 {share}%", "regularity {share} %")
_UNCOUNTED = Text("希望がどこまでかなうかはこれから", "what it costs is counted next")
_DECIDING = Text(
    "いま決めているもの「{name}」: 減点 {value}、証明された下限 {bound}(減らせても最大で {part})",
    "deciding {name}: cost {value}, proven at least {bound} ({part} can still be saved at most)",
)
_PROVEN = Text("これより良い予定はないと証明済み", "proven: no schedule is better")
