"""Sessions stay where a baseline schedule has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Posted, Tier
from ksolve.rules.base import Breach, Case, Rule, Verbs
from ksolve.text import Text


class FewMoves(Rule):
    """Sessions keep the dates and starts of a baseline; one unit of breach is one that does not."""

    usual: ClassVar[Tier | None] = Tier.STABILITY

    rule: Literal["few_moves"] = "few_moves"
    kept: tuple[tuple[date, int], ...] = Field(
        description="the baseline's dates and starts (minutes after midnight)"
    )

    @property
    def sentence(self) -> Text:
        """How many dates are to be kept."""
        return Text(
            f"元の予定の{len(self.kept)}回の日時を動かさない",
            f"keep the {len(self.kept)} dates of the baseline",
        )

    def post(self, posted: Posted, model: Verbs) -> None:
        """Prefer the baseline's dates."""
        for series in posted.series:
            model.prefer(posted, series, self.kept)

    def check(self, posted: Posted, case: Case) -> Iterator[Breach]:
        """Look each session up in the baseline."""
        for session in case.sessions(posted):
            if all((session.day, session.start) != place for place in self.kept):
                yield Breach(_BREACH.fill(session=case.label(session)), (session,))


_BREACH = Text("{session}: 元の予定から動きました", "{session}: moved from the baseline")
