"""An edition's sheet as iCalendar; an event has the same UID in every edition."""

from __future__ import annotations

from collections.abc import Sequence

from icalendar import Event

from ksolve.report.calendar_file import Published, calendar_file, timed_event, updated
from ksolve.report.editions.edition import Edition, Entry
from ksolve.report.editions.words import WORDS
from ksolve.schedules.tidy import UNIT_SEPARATOR
from ksolve.text import Lang


def entries_ics(
    edition: Edition, name: str, entries: Sequence[Entry], lang: Lang, last: Published | None = None
) -> bytes:
    """Return sessions as an .ics file; the same sessions always give the same bytes.

    It updates the file published `last`, as schedule.ics does. What that one tells of an event which is
    gone is not told again: its programme may have been closed since. Raises PlanError where `last` is no
    calendar.
    """
    made = updated((_event(entry, lang) for entry in entries), last, edition.year)
    events = (_bare(event, lang) if "status" in event else event for event, _ in made)
    return calendar_file(f"{edition.title} {name}", events, edition.warning)


def _bare(event: Event, lang: Lang) -> Event:
    """Return a cancelled event without what it was."""
    for key in ("summary", "location", "description", "categories"):
        event.pop(key, None)
    event.add("summary", WORDS["cancelled"](lang))
    return event


def _event(entry: Entry, lang: Lang) -> Event:
    event = timed_event(entry.uid, entry.day, entry.start, entry.end)
    number = f"第{entry.number}回" if lang == "ja" else f"#{entry.number}"
    event.add("summary", f"{entry.name} {number}" if entry.number else entry.name)
    if entry.rooms:
        event.add("location", UNIT_SEPARATOR.join(entry.rooms))
    said = [("whom", entry.whom), ("sign_up", entry.sign_up), ("staff", "・".join(entry.staff))]
    lines = [entry.description, *(f"{WORDS[key](lang)}: {text}" for key, text in said if text)]
    if text := "\n".join(filter(None, lines)):
        event.add("description", text)
    return event
