"""Deadlines as a calendar of their own: an all-day entry each, which keeps nobody busy."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from ksolve.problem import Problem
from ksolve.problem.identity import identified
from ksolve.problem.schedule import Schedule
from ksolve.report.deadlines.dates import Deadline
from ksolve.text import Lang, Text


def deadlines_ics(
    found: Sequence[Deadline], title: str, problem: Problem, schedule: Schedule, lang: Lang
) -> bytes:
    """Return the deadlines as an .ics file; the same schedule always gives the same bytes.

    The UID of an entry is made of what is due and of its first session, so that it survives the next
    version. Calendars that people import take no tasks (VTODO), so each is an entry of a day.
    """
    known = {session.id: session.uid for session in identified(schedule, problem).sessions}
    calendar = Calendar()
    calendar.add("prodid", "-//ksolve//ksolve//JA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _NAME.fill(title=title)(lang))
    for one in found:
        first = one.sessions[0]
        key = hashlib.sha256(one.lead.what.encode()).hexdigest()[:8]
        days = "・".join(f"{session.day.month}/{session.day.day}" for session in one.sessions)
        event = Event()
        event.add("uid", f"{known.get(first.id, first.id)}.{key}.deadline.ksolve")
        event.add("dtstamp", datetime(problem.year.start, 4, 1, tzinfo=UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("summary", f"{_DUE(lang)}{one.lead.what} {one.who}")
        lines = (f"{days} ({one.lead.due.text})", one.note(lang), one.lead.why)
        event.add("description", "\n".join(line for line in lines if line))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


_NAME = Text("{title} 締切", "{title}: deadlines")
_DUE = Text("【締切】", "Due: ")
