"""An edition's sheet as iCalendar; an event has the same UID in every edition."""

from __future__ import annotations

from collections.abc import Sequence

from icalendar import Event

from ksolve.report.editions.edition import Edition, Entry
from ksolve.report.editions.words import WORDS
from ksolve.report.ics import calendar_file, first_stamp, timed_event
from ksolve.schedules.tidy import UNIT_SEPARATOR
from ksolve.text import Lang


def entries_ics(edition: Edition, name: str, entries: Sequence[Entry], lang: Lang) -> bytes:
    """Return sessions as an .ics file; the same sessions always give the same bytes."""
    events = (_event(edition, entry, lang) for entry in entries)
    return calendar_file(f"{edition.title} {name}", events, edition.warning)


def _event(edition: Edition, entry: Entry, lang: Lang) -> Event:
    event = timed_event(entry.uid, entry.day, entry.start, entry.end)
    number = f"第{entry.number}回" if lang == "ja" else f"#{entry.number}"
    event.add("summary", f"{entry.name} {number}")
    event.add("sequence", 0)
    event.add("dtstamp", first_stamp(edition.year))
    if entry.rooms:
        event.add("location", UNIT_SEPARATOR.join(entry.rooms))
    said = [("whom", entry.whom), ("sign_up", entry.sign_up), ("staff", "・".join(entry.staff))]
    lines = [entry.description, *(f"{WORDS[key](lang)}: {text}" for key, text in said if text)]
    if text := "\n".join(filter(None, lines)):
        event.add("description", text)
    return event
