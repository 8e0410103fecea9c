"""A schedule as iCalendar: one event a session; its UID survives the next version, and is no other year's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from icalendar import Event

from ksolve.problem import Series
from ksolve.problem.identity import identified
from ksolve.problem.schedule import Session
from ksolve.report.calendar_file import Published, calendar_file, timed_event, updated
from ksolve.report.view import View
from ksolve.schedules.tidy import UNIT_SEPARATOR


def schedule_ics(view: View, last: Published | None = None) -> bytes:
    """Return the schedule as an .ics file; the same schedule always gives the same bytes.

    Calendars take a changed event only where its SEQUENCE is higher, and keep one that merely vanished
    (docs/decisions/0017): what differs from the file published last has its SEQUENCE raised and the
    time of the update, what is gone is cancelled, and all else stays to the byte. Raises PlanError
    where the file published last is no calendar.
    """
    return _file(view, (event for event, _ in _events(view, last)))


def changes_ics(view: View, last: Published) -> bytes:
    """Return only the events that are new, changed or cancelled against the file published last."""
    return _file(view, (event for event, is_new in _events(view, last) if is_new))


def _file(view: View, events: Iterable[Event]) -> bytes:
    return calendar_file(view.plan.title, events, view.warning[0] if view.warning else None)


def _events(view: View, last: Published | None) -> Iterator[tuple[Event, bool]]:
    sessions = identified(view.schedule, view.problem).sessions
    return updated((_event(view, session) for session in sessions), last, view.plan.year)


def _event(view: View, session: Session) -> Event:
    series = view.series[session.series]
    event = timed_event(f"{session.uid}.ksolve", session.day, session.start, session.end)
    number = "" if series.reserve_of else f" 第{session.number}回"
    event.add("summary", f"{series.name}{number}")
    if series.reserve_of:
        event.add("status", "TENTATIVE")
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
