"""月1回×5か月: sessions in each of so many consecutive months, group after group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from ksolve.calendar import MONTHS, month_position
from ksolve.frequency import EVERY_MONTH, Range
from ksolve.problem import Binding, Setting
from ksolve.problem.case import Breach, Case, Demand
from ksolve.problem.periods import days_of_months
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.verbs import Verbs
from ksolve.spelling import MonthsField, misspelled
from ksolve.text import Text, counted


class MonthRuns(Rule):
    """Each group meets in `length` consecutive months and in no other.

    Which months is left open unless `months` narrows it; months that it leaves out (8月を除く) are
    passed over. With `in_turn`, a group begins after the last month of the group before it. One
    unit of breach is one session missing or extra.
    """

    title: ClassVar[Text] = Text("続く月", "Runs of months")
    japanese: ClassVar[str] = (
        "各グループは、続く何か月かに毎月行い、ほかの月には行いません。どの月かは、months "
        "で絞らなければ自由で、除いた月(8月を除く)は飛ばします。in_turn なら、"
        "前のグループの最後の月が過ぎてから始めます。違反の一単位は、足りないか余分な1回です。"
    )
    example: ClassVar[str] = "{rule: month_runs, length: 5, in_turn: true, programmes: group}"

    chapter: ClassVar[Chapter] = Chapter.COUNTS
    does: ClassVar[Does] = "demands"
    joint: ClassVar[bool] = True

    rule: Literal["month_runs"] = "month_runs"
    low: int = Field(
        1, ge=1, description="続く月それぞれの最小の回数 / fewest sessions in each month of the run"
    )
    high: int = Field(
        1, ge=1, description="続く月それぞれの最大の回数 / most sessions in each month of the run"
    )
    length: int = Field(ge=1, le=12, description="続く月の数 / how many consecutive months", examples=[5])
    months: MonthsField = Field(
        EVERY_MONTH, description="続く月をこの中から選ぶ / the months within which the run lies"
    )
    in_turn: bool = Field(default=False, description="グループを順に行う / one group after the other")

    @model_validator(mode="after")
    def _possible(self) -> MonthRuns:
        if self.high < self.low:
            raise misspelled(_REVERSED)
        if self.length > len(self.months.values):
            raise misspelled(_TOO_LONG.fill(length=self.length, months=self.months))
        return self

    @property
    def sentence(self) -> Text:
        """The run, and whether groups take turns."""
        count = Range(self.low, self.high)
        turn = Text("、グループは順に", ", one group after the other") if self.in_turn else Text("", "")
        return Text(
            f"連続する{self.length}か月に毎月{count}回{turn.ja}",
            f"{counted(count.english, 'session')} a month in {self.length} consecutive months{turn.en}",
        )

    def demands(self, posted: Binding, problem: Setting) -> Iterator[Demand]:
        """The fewest of each month of a run."""
        days = days_of_months(self.months.values, problem.year)
        yield from (Demand(series.name, (series,), days, self.low * self.length) for series in posted.series)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Choose for each group the first month of its run."""
        months = [days_of_months((month,), model.problem.year) for month in self.months.values]
        model.runs(posted, posted.series, months, self.length, (self.low, self.high), in_turn=self.in_turn)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Count each group's sessions by month, and compare the groups' first and last months."""
        before = -1
        for series in posted.series:
            sessions = case.within.of_series([series])
            by_month = Counter(month_position(session.day.month) for session in sessions)
            wrong = self._wrong_months(by_month)
            if wrong:
                yield Breach(
                    _RUN.fill(who=series.name, found=_listed(by_month), rule=self.sentence), sessions, wrong
                )
            if self.in_turn and by_month and min(by_month) <= before:
                yield Breach(_TURN.fill(who=series.name), sessions)
            before = max([before, *by_month])

    def _wrong_months(self, by_month: Counter[int]) -> int:
        """Return by how many sessions the counts differ from those of the nearest run."""
        places = sorted(month_position(month) for month in self.months.values)
        runs = [places[start : start + self.length] for start in range(len(places))]
        whole = [run for run in runs if len(run) == self.length]
        return min((self._difference(by_month, run) for run in whole), default=1)

    def _difference(self, by_month: Counter[int], run: list[int]) -> int:
        inside = sum(max(0, self.low - by_month[place], by_month[place] - self.high) for place in run)
        return inside + sum(count for place, count in by_month.items() if place not in run)


def _listed(by_month: Counter[int]) -> str:
    return "・".join(f"{MONTHS[place]}月{count}回" for place, count in sorted(by_month.items())) or "0回"


_REVERSED = Text("最大(high)が最小(low)より小さくなっています", "high is below low")
_TOO_LONG = Text("{months} に {length}か月はありません", "there are not {length} months in {months}")
_RUN = Text("{who}: {found} (規則: {rule})", "{who}: {found} (wanted: {rule})")
_TURN = Text(
    "{who}: 前のグループが終わる前に始まります", "{who}: begins before the group before it has ended"
)
