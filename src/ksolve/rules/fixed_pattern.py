"""第2火曜, 毎月15日: sessions on just these days of the month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from ksolve.calendar import MONTHS, Calendar, day_text, span_of_days
from ksolve.frequency import LAST, Pattern
from ksolve.problem import Binding, Setting
from ksolve.problem.case import Breach, Case, Demand
from ksolve.problem.rule import Chapter, Does, NthField
from ksolve.problem.verbs import Verbs
from ksolve.rules.moving import Moving
from ksolve.spelling import WeekdaysField, misspelled
from ksolve.text import Text

DayOfMonthField = Annotated[int, Field(ge=1, le=31)]


class FixedPattern(Moving):
    """One session on each named weekday of the month, or day of the month, and no other.

    When that day is closed the session moves a week on (`next_week`), to the next open day
    (`next_open`), to the open day before (`previous_open`), to the next or the last working day
    (`next_workday`, `previous_workday`: from Monday to Friday, no holiday), or is left out (`skip`).
    Holidays and some weekdays may count as closed days (土・日・祝の場合は翌平日), or be left out.
    It does not leave the months, the stretches or the year: at their end it moves the other way within
    its month, and is left out where no day is open there. Two that come to fall on one day
    are one. One unit of breach is one session missing or extra.
    """

    title: ClassVar[Text] = Text("決まった曜日や日", "Fixed pattern")
    japanese: ClassVar[str] = (
        "月の決まった曜日(第2火曜など)や日(15日など)に1回ずつ行い、ほかの日には行いません。その日が休館なら、"
        "翌週へ移すか(next_week)、次の開館日へ移すか(next_open)、前の開館日へ移すか(previous_open)、"
        "次や前の平日(祝日でない月～金)へ移すか(next_workday、previous_workday)、行いません(skip)。"
        "祝日や決まった曜日を休館日と同じに扱うことも(土・日・祝の場合は翌平日)、行わない日とすることもできます。"
        "決められた月・期間や年度の外に出るときは移さず、その月の中で逆の向きへ移し、そこにも開館日がなければ行いません。"
        "移した先にすでに回があれば、合わせて1回です。違反の一単位は、"
        "足りないか余分な1回です。"
    )
    example: ClassVar[str] = (
        "{rule: fixed_pattern, weekdays: 月, nths: [3], closed: next_open, holidays: closed,"
        " programmes: sodan}"
    )
    chapter: ClassVar[Chapter] = Chapter.COUNTS
    does: ClassVar[Does] = "demands"
    says_days: ClassVar[bool] = True

    rule: Literal["fixed_pattern"] = "fixed_pattern"
    weekdays: WeekdaysField | None = Field(None, description="曜日 / the weekdays", examples=["火"])
    nths: tuple[NthField, ...] = Field(
        (),
        description="月の何番目の曜日か。-1は最終 / which of them in the month; -1: the last",
        examples=[[2]],
    )
    days: tuple[DayOfMonthField, ...] = Field(
        (), description="月の何日か(曜日の代わりに) / days of the month, instead of weekdays", examples=[[15]]
    )

    @property
    def sentence(self) -> Text:
        """The pattern."""
        if self.days:
            listed = "・".join(f"{day}日" for day in self.days)
            english = "on day " + ", ".join(map(str, self.days)) + " of the month"
        else:
            pattern = Pattern(self.weekdays or frozenset(), self.nths)
            listed, english = str(pattern), f"on {pattern.english}"
        text = Text(f"{self.months}の{listed}に行う", f"{english}, {self.months.english}")
        return text + self.exceptions

    def demands(self, posted: Binding, problem: Setting) -> Iterator[Demand]:
        """A session on each date of the pattern."""
        for series in posted.series:
            dates = self.dates(problem.calendar_of(series))
            yield from (Demand(series.name, (series,), (day,), 1) for day in dates)

    @property
    def moves_with_closures(self) -> bool:
        """A closed day moves its date."""
        return True

    def post(self, posted: Binding, model: Verbs) -> None:
        """Ask for a session on each date of the pattern and forbid all others."""
        for series in posted.series:
            calendar = model.problem.calendar_of(series)
            dates = set(self.asked(_named(self, calendar), calendar).values())
            model.forbid(posted, series, [day for day in model.problem.year.days if day not in dates])
            for day in sorted(dates):
                model.count(posted, [series], ([day], 1, 1))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Match the sessions' dates with the days counted out in each month."""
        for series in posted.series:
            left = list(case.within.of_series([series]))
            for day in self.dates(case.problem.calendar_of(series)):
                found = next((session for session in left if session.day == day), None)
                if found is None:
                    yield Breach(_MISSING.fill(who=series.name, day=day_text(day), rule=self.sentence))
                else:
                    left.remove(found)
            for session in left:
                yield Breach(_EXTRA.fill(session=case.label(session), rule=self.sentence), (session,))

    def dates(self, calendar: Calendar) -> tuple[date, ...]:
        """Return the dates of the pattern, each where a closed day moves it, as the check reads them."""
        return tuple(sorted(set(self.wanted(self._is_named, calendar).values())))

    def _is_named(self, day: date) -> bool:
        if self.days:
            return day.day in self.days
        is_last = (day + timedelta(days=7)).month != day.month
        nth = (day.day + 6) // 7
        return day.weekday() in (self.weekdays or ()) and (
            nth in self.nths or (is_last and LAST in self.nths)
        )

    @model_validator(mode="after")
    def _one_way(self) -> FixedPattern:
        if bool(self.days) == bool(self.weekdays and self.nths):
            raise misspelled(_ONE_WAY)
        return self


def _named(rule: FixedPattern, calendar: Calendar) -> Iterator[date]:
    """Yield the days of the pattern by stepping through each month's weekdays."""
    for month in MONTHS:
        first, last = calendar.year.month(month)
        if rule.days:
            yield from (first.replace(day=day) for day in rule.days if day <= last.day)
        for weekday in rule.weekdays or ():
            named = [day for day in span_of_days(first, last) if day.weekday() == weekday]
            for nth in rule.nths:
                yield from named[-1:] if nth == LAST else named[nth - 1 : nth]


_ONE_WAY = Text(
    "weekdays と nths を両方書くか、days だけを書いてください",
    "write both weekdays and nths, or days alone",
)
_MISSING = Text("{who}: {day} の回がありません (規則: {rule})", "{who}: no session on {day} (wanted: {rule})")
_EXTRA = Text(
    "{session}: 決まった日ではありません (規則: {rule})",
    "{session}: not a day of the pattern (wanted: {rule})",
)
