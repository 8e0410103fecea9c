"""People who attend several programmes are not called to two at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Audience, Binding, Setting, Within
from ksolve.problem.case import Bound, Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class AudienceApart(Rule):
    """No two sessions for the same audience at the same moment, on the same day or in the same week.

    Sessions that are held together count as one. One unit of breach is one session that begins when
    another of them runs, or that a day or week has beside its first.
    """

    title: ClassVar[Text] = Text("対象者の重なり", "Audience conflict")
    japanese: ClassVar[str] = (
        "同じ対象者の回を、同じ時刻(または同じ日・同じ週)に重ねません。併せて実施する回は一つと数えます。"
        "違反の一単位は、ほかの回の間に始まる1回、またはその日・その週の二つ目からの1回です。"
    )

    chapter: ClassVar[Chapter] = Chapter.SPACING
    does: ClassVar[Does] = "limits"
    joint: ClassVar[bool] = True

    rule: Literal["audience_apart"] = "audience_apart"
    audience: str = Field(description="対象者のid / the id of the audience")

    @property
    def sentence(self) -> Text:
        """The audience that is kept apart."""
        return Text(f"対象者 {self.audience} の回が重ならない", f"sessions for {self.audience} do not clash")

    def said(self, posted: Binding, problem: Setting) -> Text:
        """Return what the audience's sessions do not share."""
        return _SHARED[self._apart(problem.audiences).apart]

    def bounds(self, posted: Binding, problem: Setting) -> Iterator[Bound]:
        """One at a time, a day or a week."""
        audience = self._apart(problem.audiences)
        name = Text(audience.name, audience.name)
        yield Bound(audience.apart, 1, posted.series, name, _ONE[audience.apart])

    def post(self, posted: Binding, model: Verbs) -> None:
        """Allow one session at a time, a day or a week."""
        model.exclusive(posted, posted.series, per=self._apart(model.problem.audiences).apart)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Hold each event of a week, by its longest session, against those before it."""
        audience = self._apart(case.problem.audiences)
        ordered = sorted(case.sessions(posted), key=lambda s: (s.day, s.start, -s.minutes))
        for _, of_week in groupby(ordered, key=lambda s: s.day - timedelta(s.day.weekday())):
            events: list[Session] = []
            for session in of_week:
                if any(_together(session, event) for event in events):
                    continue
                others = [event for event in events if _share(event, session, audience.apart)]
                events.append(session)
                if others:
                    first = others[-1]
                    names = {"first": case.label(first), "second": case.label(session)}
                    yield Breach(_BREACH.fill(**names, who=audience.name), (first, session))

    def _apart(self, audiences: tuple[Audience, ...]) -> Audience:
        return next(audience for audience in audiences if audience.id == self.audience)


def _share(first: Session, second: Session, apart: Within) -> bool:
    """Tell whether two sessions of one week meet."""
    if apart == "week":
        return True
    return first.day == second.day and (apart == "day" or first.overlaps(second))


def _together(first: Session, second: Session) -> bool:
    """Held with one another, or both with a third."""
    hosts = {first.held_with or first.id, second.held_with or second.id}
    return len(hosts) == 1


_SHARED = {
    "moment": Text("対象者の参加する回は、同じ時刻に重ねない", "no two sessions for them at the same time"),
    "day": Text("対象者の参加する回は、同じ日に重ねない", "no two sessions for them on the same day"),
    "week": Text("対象者の参加する回は、同じ週に重ねない", "no two sessions for them in the same week"),
}
_ONE = {
    "moment": Text("同じ時刻に二つは行わない", "no two at the same time"),
    "day": Text("同じ日に二つは行わない", "no two on the same day"),
    "week": Text("同じ週に二つは行わない", "no two in the same week"),
}
_BREACH = Text(
    "{first} と {second} は、対象者({who})が同じなので重ねられません",
    "{first} and {second} clash for the same audience ({who})",
)
