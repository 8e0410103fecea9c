"""予備日: a second date that is held free for each session."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import day_text
from ksolve.problem import Binding
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class Reserve(Rule):
    """After each session come its reserve dates, before the next session and within `within` days.

    It follows from `reserve:` of a programme. Reserve dates take room and staff as the session does, and
    count as no sessions. One unit of breach is one reserve date that is missing, or one too many.
    """

    title: ClassVar[Text] = Text("予備日", "Reserve dates")
    japanese: ClassVar[str] = (
        "各回の後、次の回より前の、決めた日数以内に予備日を置きます。事業の reserve から生じます。"
        "予備日には回と同じ部屋と職員を空けておき、回数には数えません。"
        "違反の一単位は、足りない、または余分な予備日1日です。"
    )
    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "relates"
    joint: ClassVar[bool] = True
    always_hard: ClassVar[bool] = True

    rule: Literal["reserve"] = "reserve"
    dates: int = Field(1, ge=1, le=3, description="1回につき何日 / dates for each session")
    within: int = Field(
        14, ge=1, le=90, description="回から予備日までの最大の日数 / most days to the last one"
    )

    @property
    def sentence(self) -> Text:
        """How many dates, and how soon."""
        return Text(
            f"各回の後{self.within}日以内に予備日{self.dates}日",
            f"{self.dates} reserve date(s) within {self.within} days after each session",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """Let the reserve dates stand by the sessions."""
        first, spare = posted.series
        model.stand_by(posted, first, spare, self.dates, self.within)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Give each reserve date to the last session before it, and look at what each session has."""
        first, spare = posted.series
        sessions = case.within.of_series([first])
        left = list(case.within.of_series([spare]))
        for number, session in enumerate(sessions):
            following = sessions[number + 1].day if number + 1 < len(sessions) else None
            mine = [one for one in left if session.day < one.day and (not following or one.day < following)]
            left = [one for one in left if one not in mine]
            last = session.day + timedelta(days=self.within)
            there = [one for one in mine if one.day <= last]
            lacking = self.dates - len(there)
            if lacking > 0:
                text = _LACKS.fill(session=case.label(session), last=day_text(last), lacking=lacking)
                yield Breach(text, (session,), lacking)
            left += [one for one in mine if one not in there[: self.dates]]
        for one in left:
            yield Breach(_ALONE.fill(session=case.label(one), rule=self.sentence), (one,))


_LACKS = Text(
    "{session}: {last} までの予備日が{lacking}日足りません",
    "{session}: {lacking} reserve date(s) missing by {last}",
)
_ALONE = Text(
    "{session}: どの回の予備日でもありません (規則: {rule})",
    "{session}: the reserve date of no session (wanted: {rule})",
)
