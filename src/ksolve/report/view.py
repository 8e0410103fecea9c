"""The one view of a schedule that every report draws: rows, months, days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from ksolve.calendar import MONTHS, WEEKDAYS, WEEKDAYS_EN, month_position
from ksolve.expand.asked_of_year import asked_of_part, asked_of_programme
from ksolve.expand.external import events_of_others
from ksolve.expand.series import Part, parts_of
from ksolve.findings import Finding, Severity
from ksolve.fit import FitReport, FitRow
from ksolve.fit.carried import Carried
from ksolve.fit.regularity import Regularity, regularity
from ksolve.frequency import Range
from ksolve.plan import Component, Plan, Programme
from ksolve.problem import Problem, Series, Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.published import MarkKind, PublishedPlan
from ksolve.report.arranged import Heading, arranged
from ksolve.report.calendar_file import Published
from ksolve.report.deadlines import Deadline, deadlines
from ksolve.report.two_years import TwoYears, Year, side_by_side
from ksolve.text import Text, plain

FIRST = 8
"""So many breaches are named on top of a report."""
_NAMED = 2
"""So many categories name a group that has no heading."""
RESERVE = " 予備日"
"""What the name of a reserve date ends with."""
SHORT = 14
"""A name of up to this many characters is shown whole in a calendar."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the annual table: a programme, or one of its components.

    `months` holds for each month of the fiscal year the sessions in it; `marks` the published
    signs of that month. `planned` is None for a service, and where no frequency is known.
    """

    key: str
    name: str
    category: str
    frequency: str
    planned: Range | None
    months: tuple[tuple[Session, ...], ...]
    marks: tuple[str, ...]
    is_component: bool = False
    has_components: bool = False
    published_line: int = 0
    why: str = ""
    assumed: str = ""
    description: str = ""
    whom: str = ""
    reserves: tuple[Session, ...] = ()

    @property
    def reserved(self) -> Text:
        """Its reserve dates: 予備日 10/19(土)・10/26(土); nothing where there are none."""
        if not self.reserves:
            return plain("")
        days = [one.day for one in self.reserves]
        return Text(
            "予備日 " + "・".join(f"{day.month}/{day.day}({WEEKDAYS[day.weekday()]})" for day in days),
            "reserve " + ", ".join(f"{day.month}/{day.day}({WEEKDAYS_EN[day.weekday()]})" for day in days),
        )

    @property
    def dated(self) -> int:
        """Sessions that have a date."""
        return sum(len(sessions) for sessions in self.months)

    @property
    def is_service(self) -> bool:
        """Whether it is held all the year without dates, and not merely without a known frequency."""
        return self.planned is None and not self.dated and bool(self.frequency)

    @property
    def is_unplanned(self) -> bool:
        """Whether no frequency is known, so that it has no sessions yet."""
        return not (self.frequency or self.dated or self.is_component)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines under one heading; `index` chooses its colour and glyph."""

    heading: str
    index: int
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """What a legend calls it: the heading, else the first categories (or programmes) of its lines."""
        if self.heading:
            return self.heading
        found = list(dict.fromkeys(line.category for line in self.lines if line.category))
        found = found or [line.name for line in self.lines]
        return "・".join(found[:_NAMED]) + ("ほか" if len(found) > _NAMED else "")


@dataclass(frozen=True, slots=True)
class Day:
    """One date of the calendar, with the reason if it is closed, its sessions, and what others hold then.

    `begins` is set where something of others is there that was not on the day before.
    """

    date: date
    closed: Text | None
    is_holiday: bool
    sessions: tuple[Session, ...]
    others: tuple[Text, ...] = ()
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """What a tier of preferences costs in a schedule, and the least that any schedule costs in it."""

    tier: Tier
    value: int
    bound: int


@dataclass(frozen=True)
class View:
    """Everything a report shows.

    `verdict` and `tiers` are empty for a schedule whose making is not known; `findings` are what the
    checker has to say of it. `last` is the calendar that was published last, which the new one updates;
    `last_year` what was held in the year before, for the views beside it.
    """

    plan: Plan
    problem: Problem
    schedule: Schedule
    published: PublishedPlan | None = None
    fit: FitReport | None = None
    verdict: tuple[Text, ...] = ()
    findings: tuple[Finding, ...] = ()
    last: Published | None = None
    tiers: tuple[Reached, ...] = ()
    last_year: Year | None = None

    @cached_property
    def years(self) -> TwoYears | None:
        """Last year and this one side by side, where it is known what was held."""
        return side_by_side(self.last_year, Year(self.problem, self.schedule)) if self.last_year else None

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """What is due before the sessions, by the lead times of the resources."""
        return deadlines(self.plan, self.problem, self.schedule)

    @cached_property
    def regularity(self) -> Regularity:
        """How regular the schedule is."""
        return regularity(self.problem, self.schedule)

    @cached_property
    def breaches(self) -> tuple[Finding, ...]:
        """The findings that make the schedule unfit for use."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    @property
    def warning(self) -> tuple[Text, ...]:
        """What stands in red on top: how many breaches, the first ones, and how many more."""
        if not self.breaches:
            return ()
        first = tuple(found.text for found in self.breaches[:FIRST])
        more = len(self.breaches) - len(first)
        rest = (_MORE.fill(more=more),) if more else ()
        return (_BROKEN.fill(found=len(self.breaches)), *first, *rest)

    @cached_property
    def series(self) -> dict[str, Series]:
        """Each series by its id."""
        return {series.id: series for series in self.problem.series}

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The annual table: the headings of the published one, or one group where there is none."""
        return tuple(
            Group(heading.name, index, tuple(self._lines(heading)))
            for index, heading in enumerate(arranged(self.plan, self.published))
        )

    def _lines(self, heading: Heading) -> Iterator[Line]:
        for programme in heading.programmes:
            yield self._line(programme, programme, heading.categories[programme.id])
            for part in programme.components:
                yield self._line(programme, part)

    def _line(self, programme: Programme, node: Component, category: str = "") -> Line:
        whole = node is programme
        series = [
            one
            for one in self.problem.counted
            if one.programme == programme.id and (whole or one.component == node.id)
        ]
        sessions = self.schedule.of_series(series)
        ids = {one.id for one in series}
        spare = self.schedule.of_series([one for one in self.problem.series if one.reserve_of in ids])
        row = self.published.row(programme.published.line) if self.published and programme.published else None
        marks = ["" for _ in MONTHS]
        for mark in row.marks if row and whole else ():
            if self._is_of_last_year and mark.kind in (MarkKind.START, MarkKind.LABEL):
                continue
            for month in mark.months if mark.kind is not MarkKind.ALL_YEAR else MONTHS[:1]:
                marks[month_position(month)] = mark.text
        for window in node.marks:
            if window.label:
                marks[month_position(window.months.values[0])] = window.label
        return Line(
            key=programme.id if whole else f"{programme.id}.{node.id}",
            name=node.name,
            category=category,
            frequency=node.frequency.text if node.frequency else "",
            planned=self._planned(programme, node),
            months=tuple(tuple(s for s in sessions if s.day.month == month) for month in MONTHS),
            marks=tuple(marks),
            is_component=not whole,
            has_components=whole and bool(programme.components),
            published_line=programme.published.line if programme.published and whole else 0,
            why=node.why,
            assumed=node.assumed if isinstance(node.assumed, str) else "",
            description=node.description,
            whom=node.whom,
            reserves=spare if not (whole and programme.components) else (),
        )

    @cached_property
    def held(self) -> tuple[Session, ...]:
        """The sessions that count: without reserve dates."""
        spare = self.problem.reserves
        return tuple(one for one in self.schedule.sessions if one.series not in spare)

    @property
    def _is_of_last_year(self) -> bool:
        """Whether the published table is that of another year, whose words say nothing of this one."""
        return self.published is not None and self.published.year not in (None, self.plan.year)

    def _planned(self, programme: Programme, node: Component) -> Range | None:
        """Return how many sessions of a line this year asks for, as its frequency says."""
        if node.frequency is None or not node.frequency.terms:
            return None
        parts = [part for part in self._parts if part.programme is programme]
        mine = next((part for part in parts if part.node is node), None)
        if mine:
            return asked_of_part(mine, self.problem.calendar)
        return asked_of_programme(programme, parts, self.problem.calendar)

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        return parts_of(self.plan)

    @cached_property
    def group_of(self) -> dict[str, Group]:
        """The group of each programme id."""
        return {line.key: group for group in self.groups for line in group.lines}

    @cached_property
    def days(self) -> dict[date, Day]:
        """Every date of the year."""
        sessions: dict[date, list[Session]] = {}
        for session in self.schedule.sessions:
            sessions.setdefault(session.day, []).append(session)
        calendar = self.problem.calendar
        holidays, others = _holidays(self.problem), events_of_others(self.plan)
        return {
            day: Day(
                day,
                calendar.closed.get(day) or (None if calendar.hours(day) else _CLOSED_WEEKDAY),
                day in holidays,
                tuple(sessions.get(day, ())),
                others.get(day, ()),
                bool(set(others.get(day, ())) - set(others.get(day - timedelta(days=1), ()))),
            )
            for day in calendar.year.days
        }

    def weeks(self, month: int) -> Iterator[list[Day | None]]:
        """Yield the weeks of a month, Monday first; None for days of other months."""
        first, last = self.problem.year.month(month)
        monday = first - timedelta(days=first.weekday())
        while monday <= last:
            week = [monday + timedelta(days=n) for n in range(7)]
            yield [self.days[day] if first <= day <= last else None for day in week]
            monday += timedelta(days=7)

    def short_name(self, session: Session) -> str:
        """Return a name that fits into a calendar: the component, without long brackets."""
        series = self.series[session.series]
        name = series.part or series.name
        group = re.search(r"第\d+グループ$", series.name)
        if len(name) > SHORT:
            name = re.sub(r"\([^()]*\)", "", name) or name
        name = name.removesuffix(RESERVE)
        name = f"{name} {group[0]}" if group else name
        return f"{name}{RESERVE}" if series.reserve_of else name

    @cached_property
    def fit_rows(self) -> tuple[FitRow, ...]:
        """The rows of the fit report that promise anything or hold sessions."""
        rows = self.fit.rows if self.fit else ()
        dropped = Carried.DROPPED
        return tuple(r for r in rows if r.promised or r.marks or r.dated or r.carried is dropped)


def _holidays(problem: Problem) -> frozenset[date]:
    from ksolve.calendar import holidays

    return frozenset(holidays(problem.year))


_BROKEN = Text(
    "この予定は計画の規則を守っていません: 違反{found}件。直すまで公表・配布しないでください。",
    "This schedule does not keep the rules of its plan: {found} breaches. Do not publish it as it is.",
)
_MORE = Text("ほか{more}件", "and {more} more")
_CLOSED_WEEKDAY = Text("休館日", "closed")
