"""No two sessions of a series begin at the same moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal

from ksolve.calendar import day_text
from ksolve.clock import clock
from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class DistinctStarts(Rule):
    """No two sessions of a series begin at the same moment; ×2グループ is for those that do.

    One unit of breach is one session more.
    """

    title: ClassVar[Text] = Text("同時に始めない", "Distinct starts")
    japanese: ClassVar[str] = (
        "一つの系列の回が、同じ時刻に二つ始まることはありません。同時に行うものは ×2グループ "
        "と書きます。違反の一単位は、余分な1回です。"
    )

    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "limits"
    given: ClassVar[bool] = True
    always_hard: ClassVar[bool] = True

    rule: Literal["distinct_starts"] = "distinct_starts"

    @property
    def sentence(self) -> Text:
        """The sentence has no parameters."""
        return Text("同じ時刻に二つの回を始めない", "no two sessions begin at the same moment")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Ask for nothing: the model has one boolean for each start of a series."""

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count the sessions at each start."""
        at: dict[tuple[str, date, int], list[Session]] = defaultdict(list)
        for session in case.sessions(posted):
            at[session.series, session.day, session.start].append(session)
        for (_, day, start), sessions in at.items():
            if len(sessions) > 1:
                text = _BREACH.fill(
                    who=posted.who, day=day_text(day), start=clock(start), found=len(sessions)
                )
                yield Breach(text, tuple(sessions), len(sessions) - 1)


_BREACH = Text(
    "{who}: {day} {start} に{found}回あります(同時に行うなら ×2グループ と書きます)",
    "{who}: {found} sessions on {day} at {start} (write ×2グループ for parallel ones)",
)
