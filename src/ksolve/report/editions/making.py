"""A view made into an edition: which sessions, on which sheets, and what of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from ksolve.calendar import MONTHS, holidays
from ksolve.expand.external import events_of_others
from ksolve.problem import Series
from ksolve.problem.identity import identified
from ksolve.problem.schedule import Schedule, Session
from ksolve.report.editions.about import told_of
from ksolve.report.editions.edition import Edition, Entry, Kind, Sheet, Shut
from ksolve.report.view import View
from ksolve.text import Text


def make_edition(view: View, kind: Kind) -> Edition:
    """Return an edition of a schedule."""
    shown = _public(view) if kind is Kind.PUBLIC else view
    edition = Edition(
        kind,
        view.plan.title,
        view.plan.year,
        tuple(_SHEETS[kind](shown)),
        notes=(_DRAFT,) if view.problem.assumed else (),
        warning=_UNFIT if view.breaches else None,
        colours={group.index: group.name for group in shown.groups if group.lines},
        shut=_shut(view, told=kind is not Kind.PUBLIC),
        others=events_of_others(view.plan, public=kind is Kind.PUBLIC),
    )
    if kind is Kind.PUBLIC:
        return replace(edition, about=tuple(told_of(shown)))
    if kind is Kind.WEEK:
        members = tuple(_units(view, "staff"))
        return replace(edition, members=members, away=_away(view))
    return edition


def _public(view: View) -> View:
    """Return a view in which nothing but the public programmes and their sessions is left."""
    programmes = tuple(
        node.model_copy(update={"components": tuple(part for part in node.components if part.public)})
        for node in view.plan.programmes
        if node.public
    )
    parts = {(node.id, part.id) for node in programmes for part in node.components}
    alone = {(node.id, "") for node in view.plan.programmes if node.public}
    series = tuple(one for one in view.problem.series if (one.programme, one.component) in parts | alone)
    kept = {one.id for one in series}
    sessions = tuple(one for one in view.schedule.sessions if one.series in kept)
    return View(
        view.plan.model_copy(update={"programmes": programmes}),
        replace(view.problem, series=series),
        Schedule(sessions),
        view.published,
    )


def _whole(view: View) -> Iterator[Sheet]:
    yield Sheet("", tuple(_entries(view, view.schedule.sessions, staff=False)))


def _of_units(kind: str) -> Callable[[View], Iterator[Sheet]]:
    def sheets(view: View) -> Iterator[Sheet]:
        for unit in _units(view, kind):
            taken = (one for one in view.schedule.sessions if unit in (one.staff + one.rooms))
            yield Sheet(unit, tuple(_entries(view, taken, staff=True)))

    return sheets


def _of_months(view: View) -> Iterator[Sheet]:
    for month in MONTHS:
        first, last = view.problem.year.month(month)
        held = (one for one in view.schedule.sessions if first <= one.day <= last)
        yield Sheet(f"{first.year}-{month:02d}", tuple(_entries(view, held, staff=False)), first)


def _of_weeks(view: View) -> Iterator[Sheet]:
    """Yield the weeks of the year, Monday first, in which the centre is open or anything is held."""
    year = view.problem.year
    monday = year.first - timedelta(days=year.first.weekday())
    while monday <= year.last:
        days = {monday + timedelta(days=n) for n in range(7)}
        held = [one for one in view.schedule.sessions if one.day in days]
        if held or any(view.problem.calendar.hours(day) for day in days if day in year):
            yield Sheet(monday.isoformat(), tuple(_entries(view, held, staff=True)), monday)
        monday += timedelta(days=7)


_SHEETS: dict[Kind, Callable[[View], Iterator[Sheet]]] = {
    Kind.PUBLIC: _whole,
    Kind.STAFF: _of_units("staff"),
    Kind.ROOM: _of_units("room"),
    Kind.MONTH: _of_months,
    Kind.WEEK: _of_weeks,
}


def _units(view: View, kind: str) -> list[str]:
    """Return the rooms or the members of staff: those of the plan, and whoever else a session names."""
    units = [unit for one in view.problem.resources if one.kind == kind for unit in one.units]
    for session in view.schedule.sessions:
        units += session.staff if kind == "staff" else session.rooms
    return list(dict.fromkeys(units))


def _entries(view: View, sessions: Iterable[Session], *, staff: bool) -> Iterator[Entry]:
    wanted = {session.id for session in sessions}
    public = {one.id for one in _public(view).problem.series}
    for session in identified(view.schedule, view.problem).sessions:
        if session.id in wanted:
            series = view.series[session.series]
            description, whom, sign_up = _words(view, series)
            yield Entry(
                session.day,
                session.start,
                session.end,
                series.name,
                0 if series.reserve_of else session.number,
                f"{session.uid}.ksolve",
                session.rooms,
                session.staff if staff else (),
                whom,
                sign_up,
                description,
                closed=series.id not in public,
                colour=view.group_of[series.programme].index,
            )


def _words(view: View, series: Series) -> tuple[str, str, str]:
    """Return what the plan says of a series: its content, for whom, how to sign up."""
    programme = next(one for one in view.plan.programmes if one.id == series.programme)
    part = next((one for one in programme.components if one.id == series.component), programme)
    return (
        part.description or programme.description,
        part.whom or programme.whom,
        part.sign_up or programme.sign_up,
    )


def _shut(view: View, *, told: bool) -> dict[date, Shut]:
    """Return the closed dates and the holidays; why a date is closed is `told` within the centre alone."""
    feasts = holidays(view.problem.year)
    found: dict[date, Shut] = {}
    for day, of in view.days.items():
        if day in feasts:
            found[day] = Shut(of.closed if of.closed and told else _HOLIDAY, is_holiday=True)
        elif of.closed:
            found[day] = Shut(of.closed if told else _CLOSED, is_holiday=False)
    return found


def _away(view: View) -> dict[str, frozenset[date]]:
    calendar = view.problem.calendar
    return {
        unit: frozenset(day for day in calendar.open_days if not resource.hours(day))
        for resource in view.problem.resources
        if resource.kind == "staff"
        for unit in resource.units
    }


_DRAFT = Text("日時・場所は案であり、変わることがあります。", "Dates and places are a draft and may change.")
_UNFIT = Text(
    "この予定は規則を守っていません。直すまで公表・配布しないでください。",
    "This schedule breaks rules of its plan. Do not publish or hand it out.",
)
_CLOSED = Text("休館日", "closed")
_HOLIDAY = Text("祝日", "holiday")
