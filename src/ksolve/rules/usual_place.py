"""いつもの日: one weekday and start, in the same weeks of the month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, product
from typing import ClassVar, Literal

from pydantic import Field

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN
from ksolve.clock import clock
from ksolve.problem import Binding, Setting, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.patterns import (
    WEEK,
    WEEKS_OF_MONTH,
    Cell,
    Pattern,
    is_open,
    kept_dates,
    place_of,
)
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class UsualPlace(Rule):
    """A series keeps one weekday and start, in the same weeks of every month.

    Groups that meet one after the other keep one place together. One session a month has one
    week, the first to the fourth; two have the first and third or the second and fourth, three
    the first three or the second to the fourth. Where the centre is closed, or avoids the day
    (quiet), one session on the same weekday a week later or earlier in the month stands in for it, unless
    one is held on the day itself; it stands in for one such day, and no other does. Of 21 moved
    sessions in published calendars 15 had gone there. What meets more than three times a month
    has no week of the month: see weekly_rhythm. One unit of breach is one session elsewhere, and
    one more where weekday or start differ too.
    """

    title: ClassVar[Text] = Text("いつもの日", "Usual place")
    japanese: ClassVar[str] = (
        "毎月、同じ週の同じ曜日・同じ時刻に行います(第2金曜10:00など)。順に行うグループは、合わせて一つの"
        "「いつもの日」を持ちます。月1回なら第1〜第4のどれか、月2回なら第1・第3か第2・第4、月3回なら第1〜第3か"
        "第2〜第4です。その日が休館か避けたい日(quiet)で、その日に行わないなら、同じ月の前後の週の同じ曜日の1回が"
        "代わりになります(公表された予定で動いた21回のうち、15回がそうでした)。代わりになるのは、休館か避けたい日"
        "1日につき1回、1回につき1日だけです。月に3回を超えて行うものには weekly_rhythm があります。"
        "違反の一単位は、ほかの日の1回です。曜日か時刻も違えば、もう一単位です。"
    )
    example: ClassVar[str] = "{rule: usual_place, programmes: sodan}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    says_days: ClassVar[bool] = True
    by_part: ClassVar[bool] = True
    joint: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.PATTERN

    rule: Literal["usual_place"] = "usual_place"
    per_month: int = Field(
        0,
        ge=0,
        le=len(WEEKS_OF_MONTH),
        description="1か月の回数。0なら実施回数のとおり / sessions a month; 0: as the frequency says",
        examples=[1],
    )
    sessions: int = Field(
        0,
        ge=0,
        description="一年の最小の回数。0なら実施回数のとおり / fewest in all; 0: as the frequency says",
        examples=[12],
    )

    @property
    def sentence(self) -> Text:
        """What is to stay the same."""
        return Text("毎月同じ週・曜日・時刻に行う", "the same week of the month, weekday and start")

    def post(self, posted: Binding, model: Verbs) -> None:
        """Let the family choose among all places that there are, each with its dates of the year."""
        starts = sorted({start for series in posted.series for start in series.starts})
        places = {
            (weekday, start): [
                place_of(self._kept(posted, model.problem, weekday, start, weeks)) for weeks in self._weeks
            ]
            for weekday, start in product(range(7), starts)
        }
        model.keep_place(posted, posted.series, places)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Try each weekday, start and weeks that would keep some session, and name what the best leaves."""
        sessions = case.sessions(posted)
        tried = [
            (weekday, start, weeks)
            for weekday, start in sorted({(s.day.weekday(), s.start) for s in sessions})
            for weeks in self._weeks
        ]
        options = [self._off(sessions, place, posted, case.problem) for place in tried]
        if not options:
            return
        best = min(range(len(options)), key=lambda n: sum(amount for _, amount in options[n]))
        place = _shown(*tried[best])
        for session, amount in options[best]:
            yield Breach(_BREACH.fill(session=case.label(session), place=place), (session,), amount)

    def _off(
        self,
        sessions: Sequence[Session],
        place: tuple[int, int, tuple[int, ...]],
        posted: Binding,
        problem: Setting,
    ) -> list[tuple[Session, int]]:
        """Return the sessions off a place, each with what it costs."""
        weekday, start, weeks = place
        beside = [one for one in sessions if (one.day.weekday(), one.start) == (weekday, start)]
        elsewhere = [one for one in sessions if one not in beside]
        odd = [one for one in beside if (one.day.day + 6) // 7 not in weeks]
        held = {one.day for one in beside}
        left = sorted(odd, key=lambda one: (one.day, one.series))
        for closed in self._closed(place, posted, problem):
            # in their order, and the earlier week first: nothing later could use that one
            near = (one for one in left if closed not in held and abs(one.day - closed) == WEEK)
            stands = next((one for one in near if one.day.month == closed.month), None)
            left = [one for one in left if one is not stands]
        off = [(one, 2) for one in elsewhere] + [(one, 1) for one in left]
        return sorted(off, key=lambda pair: (pair[0].day, pair[0].start, pair[0].series))

    def _closed(
        self, place: tuple[int, int, tuple[int, ...]], posted: Binding, problem: Setting
    ) -> Iterator[date]:
        """Yield the dates of a place on which the centre is closed, or which it avoids."""
        weekday, start, weeks = place
        calendar, minutes = problem.calendar, posted.series[0].minutes
        for day in calendar.year.days:
            is_named = day.weekday() == weekday and (day.day + 6) // 7 in weeks
            if is_named and (day in calendar.quiet or not is_open(day, start, minutes, calendar)):
                yield day

    def patterns(
        self, posted: Binding, problem: Setting, cells: Mapping[str, frozenset[Cell]]
    ) -> tuple[Pattern, ...]:
        """Return each weekday, start and weeks of the month that has any date, the fullest first."""
        found: list[Pattern] = []
        for weekday, start, weeks, places in self._places(posted, problem, cells):
            dates: set[date] = set()
            for place in places:
                dates |= set([day for day in place if day not in dates][:1])
            if dates:
                lacking = max(0, self.sessions - len(dates))
                found.append(Pattern(weekday, start, weeks, tuple(sorted(dates)), lacking))
        return tuple(sorted(found, key=lambda pattern: pattern.lacking))

    def least(self, posted: Binding, problem: Setting, cells: Mapping[str, frozenset[Cell]]) -> int:
        """Return the sessions less the most that any place has dates for; no two are on the same date."""
        options = self._places(posted, problem, cells)
        most = max((sum(_most(places, len(weeks))) for *_, weeks, places in options), default=0)
        return max(0, self.sessions - most)

    def _places(
        self, posted: Binding, problem: Setting, cells: Mapping[str, frozenset[Cell]]
    ) -> Iterator[tuple[int, int, tuple[int, ...], list[list[date]]]]:
        """Yield each weekday, start and weeks, and of each of its places the dates that are left to it."""
        mine = frozenset[Cell]().union(*(cells[series.id] for series in posted.series))
        for weekday, start in sorted({(day.weekday(), start) for day, start in mine}):
            for weeks in self._weeks:
                kept = self._kept(posted, problem, weekday, start, weeks)
                yield weekday, start, weeks, [[d for d in place if (d, start) in mine] for place in kept]

    @property
    def _weeks(self) -> tuple[tuple[int, ...], ...]:
        return WEEKS_OF_MONTH[max(self.per_month, 1) - 1]

    def _kept(
        self, posted: Binding, problem: Setting, weekday: int, start: int, weeks: tuple[int, ...]
    ) -> list[list[date]]:
        return kept_dates(weekday, start, weeks, posted.series[0].minutes, problem.calendar)


def _most(places: Sequence[Sequence[date]], weeks: int) -> Iterator[int]:
    """Yield how many sessions keep the places of each month at most: one each, and one on each date."""
    for at in range(0, len(places), weeks):
        of_month = [dates for dates in places[at : at + weeks] if dates]
        yield min(len(of_month), len(set(chain(*of_month))))


def _shown(weekday: int, start: int, weeks: tuple[int, ...]) -> Text:
    """Return a place as people say it: 第2・第4金曜日10:00."""
    nths = "・".join(f"第{week}" for week in weeks)
    english = " and ".join(str(week) for week in weeks)
    return Text(
        f"{nths}{WEEKDAYS[weekday]}曜日{clock(start)}",
        f"{WEEKDAYS_EN[weekday]} {clock(start)}, week {english}",
    )


_BREACH = Text("{session}: いつもの{place}と違います", "{session}: not the usual {place}")
