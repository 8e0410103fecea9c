"""A schedule in iCalendar: the events of our own file, or of another calendar, as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from ksolve.clock import clock
from ksolve.errors import PlanError, fault
from ksolve.findings import Finding, Place
from ksolve.identity import series_of
from ksolve.schedules.source import Line
from ksolve.tables import UNIT_SEPARATOR
from ksolve.text import Text

_TOKYO = ZoneInfo("Asia/Tokyo")
_NUMBER = re.compile(r"\s*(?:第\s*(\d{1,4})\s*回|[#＃](\d{1,4}))$")
_SUFFIX = ".ksolve"
"""What our calendars add to the uid of a session."""


def event_lines(text: str, file: str) -> list[Line]:
    """Return a line for each event that is not cancelled; what is in another time zone is told in Japan's.

    Raises PlanError where the calendar cannot be read, or an event recurs.
    """
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [event for one in calendars for event in one.walk("VEVENT")]
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise PlanError([fault("broken-file", _BROKEN, Place(file))]) from error
    begins = [
        n for n, line in enumerate(text.splitlines(), start=1) if line.strip().upper() == "BEGIN:VEVENT"
    ]
    places = [Place(file, begins[n] if n < len(begins) else 0) for n in range(len(events))]
    faults: list[Finding] = [
        fault("recurring-event", _RECURS.fill(name=str(event.get("summary", ""))), place, _SINGLE)
        for event, place in zip(events, places, strict=True)
        if "rrule" in event or "rdate" in event
    ]
    if faults:
        raise PlanError(faults)
    return [
        Line(dict(_cells(event)), place.line, place, {})
        for event, place in zip(events, places, strict=True)
        if str(event.get("status", "")).upper() != "CANCELLED"
    ]


def _cells(event: Component) -> Iterator[tuple[str, str]]:
    summary = str(event.get("summary", "")).strip()
    number = _NUMBER.search(summary)
    yield "name", summary[: number.start()] if number else summary
    yield "number", (number[1] or number[2]) if number else ""
    yield "room", str(event.get("location", "")).strip()
    yield from _times(event)
    uid = str(event.get("uid", ""))
    series = series_of(uid.removesuffix(_SUFFIX)) if uid.endswith(_SUFFIX) else ""
    if series:
        yield "series", series
        yield "uid", uid.removesuffix(_SUFFIX)
        yield from _described(str(event.get("description", "")))


def _times(event: Component) -> Iterator[tuple[str, str]]:
    """Yield date, start and end; an event of a whole day has only its date."""
    first, last = _moment(event, "dtstart"), _moment(event, "dtend")
    if isinstance(first, str):
        yield "date", first  # no date: the reading says so, with its place
    if isinstance(first, datetime):
        yield "date", _here(first).date().isoformat()
        yield "start", _clock(first)
    elif isinstance(first, date):
        yield "date", first.isoformat()
    if isinstance(last, datetime):
        yield "end", _clock(last)


def _moment(event: Component, key: str) -> date | str | None:
    """Return a property's moment, its text where that is none."""
    try:
        found: date | None = getattr(event.get(key), "dt", None)
    except (ValueError, AttributeError):
        return str(event[key])
    return found


def _here(moment: datetime) -> datetime:
    return moment.astimezone(_TOKYO) if moment.tzinfo else moment


def _clock(moment: datetime) -> str:
    here = _here(moment)
    return clock(here.hour * 60 + here.minute)


def _described(text: str) -> Iterator[tuple[str, str]]:
    """Yield what our own file says in an event's description."""
    for line in text.splitlines():
        word, _, rest = line.partition(": ")
        if word == "職員":
            yield "staff", UNIT_SEPARATOR.join(rest.split("、"))
        if word == "併せて実施":
            yield "held_with", rest.strip()


_BROKEN = Text("カレンダー(ICS)として読めません", "cannot be read as a calendar (ICS)")
_RECURS = Text("「{name}」は繰り返しの予定です", "{name} is a recurring event")
_SINGLE = Text(
    "繰り返しをやめ、1回ずつの予定にして書き出してください", "export each occurrence as an event of its own"
)
