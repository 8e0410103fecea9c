"""いつもの担当: a group keeps its people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import NameVerbs, Verbs
from ksolve.text import Text


class SameStaff(Rule):
    """The sessions of a series, or of groups in turn, have the same people of each pool.

    With `by_weekday`, each weekday and start of what meets every week has people of its own. People are
    named once the dates are settled, so this never costs a date. One unit of breach is one
    place in a session taken by somebody else than the usual ones.
    """

    title: ClassVar[Text] = Text("いつもの担当", "Same staff")
    japanese: ClassVar[str] = (
        "系列(順に行うグループは合わせて)の回を、職種ごとにいつも同じ人が受け持ちます。by_weekday なら、"
        "毎週行うものの曜日・時刻ごとに担当を決めます。名前は日時が決まった後に割り当てるので、このために日時が"
        "変わることはありません。違反の一単位は、ある回の一人分をいつもと違う人が受け持つことです。"
    )
    example: ClassVar[str] = "{rule: same_staff, programmes: oya-group}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    by_part: ClassVar[bool] = True
    joint: ClassVar[bool] = True
    after_dating: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.PEOPLE

    rule: Literal["same_staff"] = "same_staff"
    by_weekday: bool = Field(
        default=False, description="曜日と時刻ごとに / for each weekday and start by itself"
    )

    @property
    def sentence(self) -> Text:
        """Whom the sessions have."""
        if self.by_weekday:
            return Text("曜日ごとに同じ人が受け持つ", "the same people on each weekday")
        return Text("いつも同じ人が受け持つ", "the same people every time")

    def team(self, session: Session) -> tuple[int, ...]:
        """Return what the sessions with the same people have in common: nothing, or weekday and start."""
        return (session.day.weekday(), session.start) if self.by_weekday else ()

    def post(self, posted: Binding, model: Verbs) -> None:
        """People are named after dating: nothing is asked of dates."""

    def post_names(self, posted: Binding, model: NameVerbs) -> None:
        """Wish for the same people in each team."""
        model.keep_people(posted, self.team)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count who takes the sessions of each team, pool by pool; the commonest are the usual ones."""
        taken: dict[tuple[str, tuple[int, ...]], list[tuple[str, Session]]] = defaultdict(list)
        for session in case.sessions(posted):
            for name in session.staff if not session.held_with else ():
                resource = case.resource_of.get(name)
                if resource:
                    taken[resource.pool, self.team(session)].append((name, session))
        for places in taken.values():
            most = max(Counter(session.id for _, session in places).values())
            usual = {name for name, _ in Counter(name for name, _ in places).most_common(most)}
            for name, session in places:
                if name not in usual:
                    yield Breach(_BREACH.fill(session=case.label(session), name=name), (session,))


_BREACH = Text(
    "{session}: 担当の{name}はいつもと違う人です", "{session}: {name} is not one of its usual staff"
)
