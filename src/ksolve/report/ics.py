"""A schedule as iCalendar: one event a session; its UID survives the next version, and is no other year's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from ksolve.identity import identified
from ksolve.problem import Series
from ksolve.report.view import View
from ksolve.schedule import Session
from ksolve.tables import UNIT_SEPARATOR

_TOKYO = ZoneInfo("Asia/Tokyo")


def schedule_ics(view: View) -> bytes:
    """Return the schedule as an .ics file; the same schedule always gives the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//ksolve//ksolve//JA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", view.plan.title)
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    if view.warning:
        calendar.add("x-wr-caldesc", view.warning[0].ja)
    calendar.add_component(_timezone())
    for session in identified(view.schedule, view.problem).sessions:
        calendar.add_component(_event(view, session))
    return bytes(calendar.to_ical())


def _event(view: View, session: Session) -> Event:
    series = view.series[session.series]
    midnight = datetime(session.day.year, session.day.month, session.day.day, tzinfo=_TOKYO)
    event = Event()
    event.add("uid", f"{session.uid}.ksolve")
    # A fixed stamp keeps the bytes of an unchanged schedule; calendars compare UID and content.
    event.add("dtstamp", datetime(view.plan.year.start, 4, 1, tzinfo=UTC))
    event.add("dtstart", midnight + timedelta(minutes=session.start))
    event.add("dtend", midnight + timedelta(minutes=session.end))
    event.add("summary", f"{series.name} 第{session.number}回")
    if session.rooms:
        event.add("location", UNIT_SEPARATOR.join(session.rooms))
    lines = [*_about(view, series)]
    lines += [f"職員: {'、'.join(session.staff)}"] if session.staff else []
    lines += [f"併せて実施: {session.held_with}"] if session.held_with else []
    lines += ["部屋・職員は計画上の仮定です"] if view.problem.assumed else []
    event.add("description", "\n".join(lines))
    event.add("categories", [series.programme])
    return event


def _about(view: View, series: Series) -> Iterator[str]:
    """Yield what the plan says of a session in words: its component's, or else the programme's."""
    programme = next(one for one in view.plan.programmes if one.id == series.programme)
    part = next((one for one in programme.components if one.id == series.component), programme)
    if description := part.description or programme.description:
        yield description
    if whom := part.whom or programme.whom:
        yield f"対象: {whom}"


def _timezone() -> Timezone:
    """Japan has had one offset, +09:00, since 1951."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Tokyo")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - RFC 5545 wants local time here
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "JST")
    zone.add_component(standard)
    return zone
