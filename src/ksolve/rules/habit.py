"""Last year's habit: 第2火 10:00, and where it goes when that day is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from ksolve.calendar import Calendar
from ksolve.clock import covers
from ksolve.frequency import LAST
from ksolve.problem import Binding, Series, Setting, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.patterns import Cell
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.spelling import LISTED, MonthsField, Node, UsualDayField, listed, misspelled
from ksolve.spelling.usual_days import STEPS, Step, UsualDay, is_good, kept_after, week_of
from ksolve.text import Text

_DAY = timedelta(days=1)
_FEW = 3
"""So few sessions a year have no weekday in common that anybody would learn."""
StepsField = Annotated[
    tuple[Step, ...],
    BeforeValidator(listed, json_schema_input_type=Step | list[Step]),
    Field(min_length=1, max_length=3),
]


class Reaction(Node):
    """What becomes of a usual day that is closed, in some months."""

    months: MonthsField = Field(description="その日のある月 / the months of the day", examples=["1月"])
    closed: StepsField = Field(description="休館のとき / what becomes of it", examples=["next_open"])


class Habit(Rule):
    """Sessions fall on the usual days: a weekday and start, in weeks of the month and months where given.

    Groups that meet one after the other keep them together. Where the centre is closed (all day, or at that
    time), or avoids the day (quiet), `closed` says what was done in other years: the same weekday a week
    later (`next_week`), earlier (`previous_week`) or either (`either`), the next open day (`next_open`) or
    the one before (`previous_open`), nothing (`skip`). Of several each is tried from where the one before
    led: [next_week, next_open] is a week later, and if that is closed too the day after it. `moves` has
    what else was done in some months. What leads out of the month is as `either`. A day of every week has
    no week of the month to move to: with `either` any open day of its week makes up for it. `room` is where
    it usually is, and `staff` who usually takes it. One unit of breach is one session elsewhere, or there
    in another room.
    """

    title: ClassVar[Text] = Text("例年の習慣", "Last year's habit")
    japanese: ClassVar[str] = (
        "いつもの日(曜日と開始時刻。書かれていれば月の第何週か、どの月か)に行います。"
        "順に行うグループは合わせて守ります。"
        "その日が休館か(その時刻に開いていないときも)避けたい日(quiet)のときは、closed が例年のしかたです: "
        "同じ曜日の1週後(next_week)、"
        "1週前(previous_week)、そのどちらか(either)、次の開館日(next_open)、前の開館日(previous_open)、"
        "行わない(skip)。いくつか書くと順に試します。[next_week, next_open] は、1週後、"
        "そこも休館ならその翌開館日です。moves には、月によって違うしかたを書きます。"
        "月の外に出るときは either と同じです。毎週のものは、either ならその週のほかの開館日で補えます。"
        "room はいつもの部屋、staff はいつもの担当です。"
        "違反の一単位は、ほかの日の1回か、ほかの部屋の1回です。"
    )
    example: ClassVar[str] = "{rule: habit, days: 第2火 10:00, closed: next_week, programmes: sodan}"

    chapter: ClassVar[Chapter] = Chapter.WISHES
    does: ClassVar[Does] = "relates"
    by_part: ClassVar[bool] = True
    joint: ClassVar[bool] = True
    usual: ClassVar[Tier | None] = Tier.PATTERN

    rule: Literal["habit"] = "habit"
    days: Annotated[tuple[UsualDayField, ...], LISTED] = Field(
        min_length=1,
        description="いつもの日 / the usual days",
        examples=["第2火 10:00", "第1・第3金 13:30", "最終木 10:00", "月 10:30", "7月の第2土 10:00"],
    )
    closed: StepsField = Field(
        ("either",), description="その日が休館のとき / what becomes of a day that is closed"
    )
    moves: tuple[Reaction, ...] = Field(
        (),
        description="月によって違うとき / where that is another in some months",
        examples=[[{"months": "1月", "closed": "next_open"}]],
    )
    room: str = Field(
        "",
        description="いつもの部屋のid / the usual room, of sessions on these days",
        examples=["koza"],
    )
    staff: Annotated[tuple[str, ...], LISTED] = Field(
        (),
        description="いつもの担当の名前。空いていればその人に割り当てる(違反には数えない) / "
        "who usually takes it: named again where they are free, at no cost",
        examples=[["田中"]],
    )
    sessions: int = Field(
        0,
        ge=0,
        description="一年の最小の回数。0なら実施回数のとおり / fewest in all; 0: as the frequency says",
        examples=[12],
    )

    @property
    def is_of_months(self) -> bool:
        """Whether its days are single ones (7月の第2土 10:00), up to three of them or all of one month."""
        months = {day.months for day in self.days}
        are_single = all(len(day.months) == 1 and day.weeks for day in self.days)
        return are_single and (len(self.days) <= _FEW or len(months) == 1)

    @property
    def usual_staff(self) -> tuple[str, ...]:
        """Who usually takes it."""
        return self.staff

    @property
    def sentence(self) -> Text:
        """The habit as people say it."""
        days = Text("・".join(str(one) for one in self.days), "; ".join(one.text.en for one in self.days))
        if self.closed == ("either",) and not self.moves:
            return _USUAL.fill(days=days)
        return _WITH_REACTION.fill(days=days, moved=steps_text(self.closed), also=self._also)

    @property
    def _also(self) -> Text:
        each = [_IN_MONTHS.fill(months=_months(one), moved=steps_text(one.closed)) for one in self.moves]
        return Text("".join(text.ja for text in each), "".join(text.en for text in each))

    @model_validator(mode="after")
    def _skip_alone(self) -> Habit:
        for steps in (self.closed, *(one.closed for one in self.moves)):
            if len(steps) > 1 and {"skip", "either"} & set(steps):
                raise misspelled(_ALONE)
        return self

    def steps(self, day: date) -> tuple[Step, ...]:
        """Return what becomes of a usual day, should it be closed."""
        return next((one.closed for one in self.moves if day.month in one.months.values), self.closed)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Prefer the usual dates, each closed one where it goes."""
        for series in posted.series:
            cells = self._cells(series, model.problem.calendar_of(series))
            model.prefer(posted, series, cells)
            for resource in self._room(model.problem):
                model.prefer_units(posted, series, {cell: {resource: 1} for cell in cells})

    def _room(self, problem: Setting) -> list[str]:
        """Return the resource of the usual room; none where it is not known, or its units differ."""
        found = [one.id for one in problem.resources if one.kind == "room" and one.pool == self.room]
        return found if len(found) == 1 else []

    def _cells(self, series: Series, calendar: Calendar) -> list[Cell]:
        return [cell for place in self.days for cell in self._cells_of(place, series, calendar)]

    def _cells_of(self, place: UsualDay, series: Series, calendar: Calendar) -> Iterator[Cell]:
        fine = partial(is_good, start=place.start, minutes=series.minutes, calendar=calendar)
        for named in place.named(calendar.year):
            steps = self.steps(named)
            if place.weeks or steps != ("either",) or fine(named):
                yield from ((day, place.start) for day in kept_after(named, steps, fine))
            else:
                yield named, place.start
                yield from product(filter(calendar.is_usual, week_of(named)), series.starts)

    def least(self, posted: Binding, problem: Setting, cells: Mapping[str, frozenset[Cell]]) -> int:
        """Return the sessions less the usual dates that its series have."""
        there = sum(
            len(cells[series.id] & set(self._cells(series, problem.calendar_of(series))))
            for series in posted.series
        )
        return max(0, self.sessions - there)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Walk from each closed usual day to where it goes, and name the sessions on none of these dates."""
        for series in posted.series:
            expected = set(self._expected(series, case.problem.calendar_of(series)))
            for session in case.within.of_series([series]):
                if (session.day, session.start) not in expected:
                    yield Breach(_BREACH.fill(session=case.label(session), rule=self.sentence), (session,))
                elif self._is_elsewhere(session, case):
                    named = "・".join(session.rooms) or "-"
                    yield Breach(_ROOM.fill(session=case.label(session), rooms=named), (session,))

    def _is_elsewhere(self, session: Session, case: Case) -> bool:
        """Whether a session that is not held with another is in another room than usual."""
        rooms = {one.id: one.pool for one in case.problem.resources if one.kind == "room"}
        if not self.room or session.held_with or list(rooms.values()).count(self.room) != 1:
            return False
        return self.room not in {case.resource_of[unit].pool for unit in case.taken(session)}

    def _expected(self, series: Series, calendar: Calendar) -> Iterator[Cell]:
        """Yield the dates and starts that keep the habit, read day by day."""
        for place in self.days:
            for day in calendar.year.days:
                if not _names(place, day):
                    continue
                goes = _Walk(place.start, place.start + series.minutes, calendar)
                if not place.weeks and self.steps(day) == ("either",) and not goes.takes(day):
                    same_week = [
                        d for d in calendar.open_days if d.isocalendar()[:2] == day.isocalendar()[:2]
                    ]
                    usual = [d for d in same_week if d not in calendar.quiet]
                    yield day, place.start  # where it is only avoided, its own place is none elsewhere
                    yield from ((d, start) for d in usual for start in series.starts)
                else:
                    yield from ((other, place.start) for other in goes.from_day(day, self.steps(day)))


class _Walk:
    """The check's own reading of where a usual day goes."""

    def __init__(self, start: int, end: int, calendar: Calendar) -> None:
        self._start, self._end, self._calendar = start, end, calendar

    def from_day(self, day: date, steps: tuple[Step, ...]) -> Iterator[date]:
        """Yield the dates that are as good as the day itself."""
        if self.takes(day):
            yield day
            return
        if "skip" in steps:
            return
        at: date | None = day
        for step in steps:
            at = self._after(at, step) if at else None
            if at and self.takes(at):
                yield at
                return
        for days in (-7, 0, 7):
            beside = day + days * _DAY
            if beside.month == day.month:
                yield beside

    def _after(self, day: date, step: Step) -> date | None:
        """Return where a step leads within the month, None beyond it."""
        if step in ("next_week", "previous_week"):
            there = day + (7 if step == "next_week" else -7) * _DAY
            return there if there.month == day.month else None
        if step == "either":
            return None
        way = _DAY if step == "next_open" else -_DAY
        there = day + way
        while there.month == day.month:
            if self.takes(there):
                return there
            there += way
        return None

    def takes(self, day: date) -> bool:
        """Whether a session can be on a day."""
        hours = self._calendar.hours(day)
        return covers(hours, self._start, self._end) and day not in self._calendar.quiet


def _names(place: UsualDay, day: date) -> bool:
    """Whether a day is one of those that a usual day names."""
    if day.weekday() != place.weekday or (place.months and day.month not in place.months):
        return False
    is_last = (day + 7 * _DAY).month != day.month
    return not place.weeks or (day.day + 6) // 7 in place.weeks or (is_last and LAST in place.weeks)


def steps_text(steps: tuple[Step, ...]) -> Text:
    """Return what becomes of a closed day as people say it."""
    first, *others = (STEPS[step] for step in steps)
    return Text(
        first.ja + "".join(f"、そこも休館なら{text.ja}" for text in others),
        first.en + "".join(f", if closed too then {text.en}" for text in others),
    )


def _months(one: Reaction) -> Text:
    return Text(str(one.months), one.months.english)


_USUAL = Text("例年どおり{days}", "as usual on {days}")
_WITH_REACTION = Text(
    "例年どおり{days}(休館なら{moved}{also})", "as usual on {days} (if closed {moved}{also})"
)
_IN_MONTHS = Text("、{months}は{moved}", "; in {months} {moved}")
_ALONE = Text(
    "skip と either は、ほかのしかたと並べられません", "skip and either stand alone, with no other beside"
)
_ROOM = Text("{session}: いつもと違う部屋({rooms})です", "{session}: in another room than usual ({rooms})")
_BREACH = Text("{session}: {rule}と違います", "{session}: not {rule}")
