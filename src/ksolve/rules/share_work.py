"""分担: the sessions of a pool are shared out among its members."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import MONTHS
from ksolve.problem import Binding, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import NameVerbs, Verbs
from ksolve.text import Text


class ShareWork(Rule):
    """By the end of each month nobody in a pool has had more than `percent` of an even share.

    The share is that among those who have the same hours and skills, rounded up; a session held
    together with another is its host's. People are named once the dates are settled, so this never
    costs a date; fair_share asks more, and of the dates as well. One unit of breach is one
    session too many by the end of a month.
    """

    title: ClassVar[Text] = Text("職員の分担", "Share of work")
    japanese: ClassVar[str] = (
        "どの月末までの累計でも、職種の中の一人が、均等に分けたときの percent(%)を超えて受け持たないように"
        "します(端数は切り上げ)。勤務時間と資格の同じ人どうしで分けます。併せて実施する回は相手の回として数えます。"
        "名前は日時が決まった後に割り当てるので、このために日時が変わることはありません(fair_share は"
        "日時にも求めます)。違反の一単位は、ある月末までの多すぎる1回です。"
    )
    example: ClassVar[str] = "{rule: share_work, of: hoikushi}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    joint: ClassVar[bool] = True
    after_dating: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.PEOPLE

    rule: Literal["share_work"] = "share_work"
    of: str = Field(description="職種のid / the pool", examples=["hoikushi"])
    percent: int = Field(
        125, ge=100, le=1000, description="均等な分の何%までか / up to how much of a share", examples=[125]
    )

    @property
    def sentence(self) -> Text:
        """Whose work is shared."""
        return Text(
            f"{self.of} の一人の回数は均等な分の{self.percent}%まで",
            f"{self.of}: nobody above {self.percent} % of an even share",
        )

    def post(self, posted: Binding, model: Verbs) -> None:
        """People are named after dating: nothing is asked of dates."""

    def post_names(self, posted: Binding, model: NameVerbs) -> None:
        """Wish that those with the same hours and skills share the sessions out."""
        pool = model.problem.of_pool(self.of)
        for hours, skills in dict.fromkeys((one.weekly, one.features) for one in pool):
            alike = [one.units for one in pool if (one.weekly, one.features) == (hours, skills)]
            model.share_out(posted, [unit for units in alike for unit in units], self.percent)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Add up month by month what each member has had, beside those who could have had it."""
        alike: dict[object, list[str]] = defaultdict(list)
        for resource in case.problem.of_pool(self.of):
            alike[resource.weekly, resource.features] += resource.units
        by_month: dict[int, Counter[str]] = defaultdict(Counter)
        for session in case.sessions(posted):
            by_month[session.day.month].update(session.staff if not session.held_with else ())
        for members in alike.values():
            held: Counter[str] = Counter()
            for month in MONTHS:
                held.update({name: by_month[month][name] for name in members})
                share = sum(held[name] for name in members) * self.percent
                most = -(-share // (100 * len(members)))
                for name in members:
                    if held[name] > most:
                        values = {"name": name, "month": month, "held": held[name], "most": most}
                        yield Breach(_BREACH.fill(**values), (), held[name] - most)


_BREACH = Text(
    "{name}: {month}月末までに{held}回 (分担なら{most}回まで)",
    "{name}: {held} sessions by the end of month {month} (a share is {most} at most)",
)
