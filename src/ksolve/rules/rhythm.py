"""毎週, 隔週, 4週に1回: sessions each week, or each second or fourth, counted from one week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from ksolve.calendar import Calendar, day_text, show_days
from ksolve.frequency import Pattern, Range
from ksolve.problem import Binding, Setting
from ksolve.problem.case import Breach, Case, Demand
from ksolve.problem.periods import days_of_months
from ksolve.problem.rule import Chapter, Does
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Period, Verbs
from ksolve.rules.moving import Closed, Moving
from ksolve.spelling import DaysField, WeekdaysField, misspelled
from ksolve.text import Text

_WEEK = timedelta(days=7)
_MONDAY = date(2000, 1, 3)


class Rhythm(Moving):
    """One session on each of the weekdays in every `weeks` weeks, and no other: 隔週水曜日.

    The first of these weeks is that of `since`, or else may be chosen; from it on the rhythm is kept all
    year. What falls on a closed day is left out, or moves as `closed` says, and the rhythm goes on.
    Holidays and some weekdays may count as closed days, or be left out: then nothing moves to them either.
    Without `weekdays` there is one session, or `low` to `high`, on any open days of each such week; a week
    with fewer open days asks for no more than it has. With `sessions` (全20回), these are so many of the
    rhythm's days, one after the other. Two that come to fall on one day are one. One unit of breach is one
    session missing or extra, against the choice of weeks that leaves the fewest.
    """

    title: ClassVar[Text] = Text("何週間かに一度", "Rhythm of weeks")
    japanese: ClassVar[str] = (
        "weeks 週ごとに、決まった曜日に1回ずつ行い、ほかの日には行いません(隔週水曜日)。"
        "最初の週は since の日のある週、書かなければ選びます。その週から、一年を通して同じ間隔を守ります。"
        "休館日に当たる回は行わないか、closed の書き方のとおりに移し、その後の間隔は変えません。"
        "祝日や決まった曜日を休館日と同じに扱うことも、行わない日(移す先にもしない日)とすることもできます。"
        "曜日を書かなければ、その週のどの開館日でもよい1回(または low から high 回)で、"
        "開館日の少ない週にはその日数までしか求めません。"
        "sessions を書けば(全20回)、その間隔の日の、続いたその回数分だけ行います。"
        "移した先にすでに回があれば、合わせて1回です。違反の一単位は、足りないか余分な1回です(最も少なくなる週の選び方で数えます)。"
    )
    example: ClassVar[str] = "{rule: rhythm, weeks: 2, weekdays: 水, since: 4/15, programmes: kyoshitsu}"
    chapter: ClassVar[Chapter] = Chapter.COUNTS
    does: ClassVar[Does] = "demands"

    rule: Literal["rhythm"] = "rhythm"
    weeks: int = Field(2, ge=1, le=26, description="何週ごとか / weeks from one to the next", examples=[2])
    weekdays: WeekdaysField | None = Field(
        None, description="曜日。書かなければどの日でもよい / the weekdays; null: any day", examples=["水"]
    )
    low: int | None = Field(
        None,
        ge=0,
        description=(
            "その週の最小の回数。書かなければそれぞれの曜日に1回 / fewest in each such week;"
            " null: one on each of the weekdays"
        ),
    )
    high: int | None = Field(
        None,
        ge=1,
        description=(
            "その週の最大の回数。low だけなら上限なし / most in each such week; with low alone: no limit"
        ),
    )
    since: DaysField | None = Field(
        None, description="最初の日。書かなければ選ぶ / the first day; null: chosen", examples=["4/15"]
    )
    sessions: int | None = Field(
        None,
        ge=1,
        description="すべての回数。書かなければ一年中 / sessions in all; null: all year",
        examples=[20],
    )
    closed: Closed = Field("skip", description="休館日に当たったとき / what happens on a closed day")

    @property
    def sentence(self) -> Text:
        """Every how many weeks, on which weekdays, from when on."""
        pattern = Pattern(self.weekdays or frozenset())
        days = Text(str(pattern), f"on {pattern.english}") if self.weekdays else Text("", "")
        every = Text(f"{self.weeks}週ごとに", f"every {self.weeks} weeks ") if self.weeks > 1 else _WEEKLY
        since = show_days([self.since]) if self.since else ""
        begun = Text(f"{since}から", f" from {since} on") if since else Text("", "")
        total = Text(f"全{self.sessions}回", f", {self.sessions} in all") if self.sessions else Text("", "")
        text = Text(
            f"{begun.ja}{every.ja}{days.ja}に{total.ja}行う"
            if days.ja
            else f"{begun.ja}{every.ja}{total.ja}行う",
            f"{every.en}{days.en}{begun.en}{total.en}".strip(),
        )
        return text + self.exceptions

    def demands(self, posted: Binding, problem: Setting) -> Iterator[Demand]:
        """As many as the weeks with the fewest hold."""
        days = days_of_months(self.months.values, problem.year)
        for series in posted.series:
            yield Demand(series.name, (series,), days, self.asks(problem.calendar_of(series)).low)

    @property
    def moves_with_closures(self) -> bool:
        """A closed day moves its date, or leaves a week with fewer."""
        return True

    def post(self, posted: Binding, model: Verbs) -> None:
        """State each choice of weeks with its days, and forbid the days that are in none."""
        for series in posted.series:
            calendar = model.problem.calendar_of(series)
            ways = [
                way
                for beats in _choices(self, calendar)
                for way in _parts(self, _periods(self, beats, calendar))
            ]
            used = {day for periods, _ in ways for days, _, _ in periods for day in days}
            model.forbid(posted, series, [day for day in calendar.year.days if day not in used])
            model.one_of(posted, [series], ways)

    def dates(self, calendar: Calendar) -> tuple[date, ...]:
        """Return every date on which there may be a session, whichever weeks are chosen."""
        beats = [_periods(self, mondays, calendar) for mondays in _choices(self, calendar)]
        return tuple(sorted({day for periods in beats for days, _, _ in periods for day in days}))

    def asks(self, calendar: Calendar) -> Range:
        """Return how few and how many sessions the year can hold, whichever weeks are chosen."""
        counts = [
            (sum(low for _, low, _ in periods), sum(high or len(days) for days, _, high in periods))
            for beats in _choices(self, calendar)
            for periods, _ in _parts(self, _periods(self, beats, calendar))
        ]
        return Range(min(low for low, _ in counts), max(high for _, high in counts))

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Hold the sessions against each choice of weeks, and report what the best leaves."""
        for series in posted.series:
            calendar = case.problem.calendar_of(series)
            sessions = case.within.of_series([series])
            held = Counter(session.day for session in sessions)
            missing, extra, lacking = min(
                (self._left(stretch, held) for stretch in self._stretches(calendar)),
                key=lambda left: sum(amount for _, amount in left[0]) + sum(left[1].values()) + left[2],
            )
            for day, amount in missing:
                text = _MISSING.fill(who=series.name, day=day_text(day), rule=self.sentence)
                yield Breach(text, amount=amount)
            if lacking:
                text = _LACKING.fill(who=series.name, missing=lacking, rule=self.sentence)
                yield Breach(text, amount=lacking)
            yield from self._extra(sessions, extra, case)

    def _extra(self, sessions: Sequence[Session], extra: Counter[date], case: Case) -> Iterator[Breach]:
        left = Counter(extra)
        for session in reversed(sessions):
            if left[session.day]:
                left[session.day] -= 1
                yield Breach(_EXTRA.fill(session=case.label(session), rule=self.sentence), (session,))

    def _left(
        self, stretch: tuple[Sequence[tuple[date, ...]], int], held: Counter[date]
    ) -> tuple[list[tuple[date, int]], Counter[date], int]:
        """Return what is missing, what is extra, and what the year itself lacks, for one choice of weeks."""
        groups, lacking = stretch
        missing, extra = [], Counter(held)
        for days in groups:
            here = sum(held[day] for day in days)
            least = min(self._least, len(days))
            if here < least:
                missing.append((days[0], least - here))
            over = max(0, here - self._most) if self._most is not None else 0
            for day in reversed(days):
                kept = min(over, held[day])
                extra[day], over = kept, over - kept
        return missing, +extra, lacking

    @property
    def _least(self) -> int:
        return 1 if self.weekdays and self.low is None else self.low if self.low is not None else 1

    @property
    def _most(self) -> int | None:
        return 1 if self.low is None else self.high

    def _stretches(self, calendar: Calendar) -> Iterator[tuple[Sequence[tuple[date, ...]], int]]:
        """Yield the days of each choice of weeks, as the check counts them, and how many the year lacks."""
        first = self.since[0].within(calendar.year) if self.since else calendar.year.first
        for turn in range(1 if self.since else self.weeks):
            phase = (first - _MONDAY).days // 7 + turn

            def in_turn(day: date, phase: int = phase) -> bool:
                return (
                    day >= first
                    and ((day - _MONDAY).days // 7 - phase) % self.weeks == 0
                    and (self.weekdays is None or day.weekday() in self.weekdays)
                )

            groups = self._groups(in_turn, calendar)
            wanted = self.sessions if self.sessions is not None else len(groups)
            for start in range(max(1, len(groups) - wanted + 1) if not self.since else 1):
                some = groups[start : start + wanted]
                yield some, wanted - len(some)

    def _groups(self, in_turn: Callable[[date], bool], calendar: Calendar) -> list[tuple[date, ...]]:
        """Return each day that is to hold a session; without weekdays, the open days of each week."""
        if self.low is None and self.weekdays:
            return [(day,) for day in sorted(set(self.wanted(in_turn, calendar).values()))]
        weeks: dict[int, list[date]] = {}
        for day in calendar.year.days:
            if in_turn(day) and self._is_inside(day, calendar) and not self._is_left_out(day, calendar):
                weeks.setdefault((day - _MONDAY).days // 7, [])
                weeks[(day - _MONDAY).days // 7] += [] if self._is_off(day, calendar) else [day]
        return [tuple(days) for days in weeks.values() if days]

    @model_validator(mode="after")
    def _agree(self) -> Rhythm:
        if self.high is not None and (self.low is None or self.high < self.low):
            raise misspelled(_REVERSED)
        if self.sessions is not None and self.low is not None and (self.low, self.high) != (1, 1):
            raise misspelled(_TOTAL)
        return self


def _choices(rule: Rhythm, calendar: Calendar) -> Iterator[list[date]]:
    """Yield the Mondays of each choice of weeks."""
    year = calendar.year
    begin = rule.since[0].within(year) if rule.since else year.first
    first = begin - timedelta(days=begin.weekday())
    for shift in range(1 if rule.since else rule.weeks):
        mondays, monday = [], first + shift * _WEEK
        while monday <= year.last:
            mondays.append(monday)
            monday += rule.weeks * _WEEK
        yield mondays


def _periods(rule: Rhythm, mondays: Sequence[date], calendar: Calendar) -> list[Period]:
    """Return the days of some weeks that hold sessions: each by itself, or the open ones of a week."""
    begin = rule.since[0].within(calendar.year) if rule.since else calendar.year.first
    weekdays = sorted(rule.weekdays) if rule.weekdays else range(7)
    weeks = [[monday + timedelta(days=n) for n in weekdays] for monday in mondays]
    if rule.weekdays and rule.low is None:
        named = [day for week in weeks for day in week if day >= begin]
        return [((day,), 1, 1) for day in sorted(set(rule.asked(named, calendar).values()))]
    staying = rule.model_copy(update={"closed": "skip"})
    held = staying.asked([day for week in weeks for day in week if day >= begin], calendar)
    low, high = (1, 1) if rule.low is None else (rule.low, rule.high)
    found: list[Period] = []
    for week in weeks:
        days = tuple(day for day in week if day in held)
        found += [(days, min(low, len(days)), high)] if days else []
    return found


def _parts(rule: Rhythm, periods: Sequence[Period]) -> list[tuple[Sequence[Period], int]]:
    """Return the stretches of so many periods one after the other, and how many are not there."""
    if rule.sessions is None:
        return [(periods, 0)]
    lacking = rule.sessions - len(periods)
    if lacking >= 0 or rule.since:
        return [(periods[: rule.sessions], max(0, lacking))]
    return [(periods[at : at + rule.sessions], 0) for at in range(len(periods) - rule.sessions + 1)]


_WEEKLY = Text("毎週", "every week ")
_REVERSED = Text(
    "最大(high)が最小(low)より小さいか、low がありません", "high is below low, or low is missing"
)
_TOTAL = Text(
    "sessions と一緒に書けるのは low: 1, high: 1 だけです",
    "with sessions there can only be low: 1, high: 1",
)
_MISSING = Text("{who}: {day} の回がありません (規則: {rule})", "{who}: no session on {day} (wanted: {rule})")
_LACKING = Text(
    "{who}: あと{missing}回の日がありません (規則: {rule})",
    "{who}: no days for {missing} more (wanted: {rule})",
)
_EXTRA = Text(
    "{session}: 決まった間隔に合いません (規則: {rule})", "{session}: out of the rhythm (wanted: {rule})"
)
