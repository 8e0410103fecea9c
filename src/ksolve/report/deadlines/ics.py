"""Deadlines as a calendar of their own: an all-day entry each, which keeps nobody busy."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from icalendar import Event

from ksolve.problem import Problem
from ksolve.problem.identity import identified
from ksolve.problem.schedule import Schedule
from ksolve.report.calendar_file import Published, calendar_file, updated
from ksolve.report.deadlines.dates import Deadline
from ksolve.text import Lang, Text


def deadlines_ics(
    found: Sequence[Deadline],
    title: str,
    problem: Problem,
    schedule: Schedule,
    lang: Lang,
    last: Published | None = None,
) -> bytes:
    """Return the deadlines as an .ics file; the same schedule always gives the same bytes.

    The UID of an entry is made of what is due and of its first session, so that it survives the next
    version; the deadlines published `last` are updated as schedule.ics is (docs/decisions/0017). Calendars
    that people import take no tasks (VTODO), so each is an entry of a day. Raises PlanError where the file
    published last is no calendar.
    """
    known = {session.id: session.uid for session in identified(schedule, problem).sessions}
    events = (_event(one, known.get(one.sessions[0].id, one.sessions[0].id), lang) for one in found)
    made = updated(events, last, problem.year)
    return calendar_file(_NAME.fill(title=title)(lang), (event for event, _ in made))


def _event(one: Deadline, session: str, lang: Lang) -> Event:
    key = hashlib.sha256(one.lead.what.encode()).hexdigest()[:8]
    days = "・".join(f"{session.day.month}/{session.day.day}" for session in one.sessions)
    event = Event()
    event.add("uid", f"{session}.{key}.deadline.ksolve")
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("summary", f"{_DUE(lang)}{one.lead.what} {one.who}")
    lines = (f"{days} ({one.lead.due.text})", one.note(lang), one.lead.why)
    event.add("description", "\n".join(line for line in lines if line))
    event.add("transp", "TRANSPARENT")
    return event


_NAME = Text("{title} 締切", "{title}: deadlines")
_DUE = Text("【締切】", "Due: ")
