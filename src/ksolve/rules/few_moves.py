"""Sessions stay where a baseline schedule has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class FewMoves(Rule):
    """Sessions keep the dates and starts of a baseline.

    One unit of breach is one session at another time, or one session fewer than the baseline has.
    """

    title: ClassVar[Text] = Text("動かす回を少なく", "Few moves")
    japanese: ClassVar[str] = (
        "元の予定の日付と開始時刻を変えません。違反の一単位は、動いた1回、または元の予定より少ない1回です。"
    )

    chapter: ClassVar[Chapter] = Chapter.KEEPING
    does: ClassVar[Does] = "relates"
    usual: ClassVar[Tier | None] = Tier.CHANGES

    rule: Literal["few_moves"] = "few_moves"
    kept: tuple[tuple[date, int], ...] = Field(
        description="元の予定の日付と開始(0時からの分)"
        " / the baseline's dates and starts (minutes after midnight)"
    )

    @property
    def sentence(self) -> Text:
        """How many dates are to be kept."""
        return Text(
            f"元の予定の{len(self.kept)}回の日時を動かさない",
            f"keep the {len(self.kept)} dates of the baseline",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Prefer the baseline's dates."""
        for series in posted.series:
            model.prefer(posted, series, self.kept)
            model.count(posted, [series], (model.problem.year.days, len(self.kept), None))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look each session up in the baseline, and count those that are gone."""
        for series in posted.series:
            sessions = case.within.of_series([series])
            for session in sessions:
                if all((session.day, session.start) != place for place in self.kept):
                    yield Breach(_BREACH.fill(session=case.label(session)), (session,))
            fewer = len(self.kept) - len(sessions)
            if fewer > 0:
                yield Breach(_FEWER.fill(who=series.name, fewer=fewer), (), fewer)


_BREACH = Text("{session}: 元の予定から動きました", "{session}: moved from the baseline")
_FEWER = Text("{who}: 元の予定より{fewer}回少なくなっています", "{who}: {fewer} fewer than in the baseline")
