"""A schedule in iCalendar: the events of our own file, or of another calendar, as lines.

An event that ends on another day, by its end or its duration, has a last day as in a CSV of events;
one that ends at midnight ends at 24:00 of its own day. An event of a whole day has no start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from ksolve.clock import DAY_MINUTES, clock
from ksolve.errors import PlanError, fault
from ksolve.findings import Finding, Place
from ksolve.problem.identity import series_of
from ksolve.schedules.lines import Line
from ksolve.schedules.tidy import UNIT_SEPARATOR
from ksolve.text import Text

_TOKYO = ZoneInfo("Asia/Tokyo")
_NUMBER = re.compile(r"\s*(?:第\s*(\d{1,4})\s*回|[#＃](\d{1,4}))$")
_MOST = 20_000
"""So many events and their parts are read; each is some kilobytes when it is opened."""
_SUFFIX = ".ksolve"
"""What our calendars add to the uid of a session."""


def event_lines(text: str, file: str) -> list[Line]:
    """Return a line for each event that is not cancelled; what is in another time zone is told in Japan's.

    Raises PlanError where the calendar cannot be read, an event recurs, or its times cannot be told.
    """
    if text.count("BEGIN:") > _MOST:
        raise PlanError([fault("too-large", _MANY.fill(most=f"{_MOST:,}"), Place(file))])
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [event for one in calendars for event in one.walk("VEVENT")]
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise PlanError([fault("broken-file", _BROKEN, Place(file))]) from error
    begins = [
        n for n, line in enumerate(text.splitlines(), start=1) if line.strip().upper() == "BEGIN:VEVENT"
    ]
    places = [Place(file, begins[n] if n < len(begins) else 0) for n in range(len(events))]
    held = [
        (event, place)
        for event, place in zip(events, places, strict=True)
        if str(event.get("status", "")).upper() != "CANCELLED"
    ]
    faults = [found for event, place in held for found in _faults(event, place)]
    if faults:
        raise PlanError(faults)
    return [Line(dict(_cells(event)), place.line, place, {}) for event, place in held]


def _faults(event: Component, place: Place) -> Iterator[Finding]:
    """Yield what keeps the times of an event from being told."""
    name = str(event.get("summary", ""))
    if "rrule" in event or "rdate" in event:
        yield fault("recurring-event", _RECURS.fill(name=name), place, _SINGLE)
    for key in ("dtstart", "dtend"):
        zone, moment = getattr(event.get(key), "params", {}).get("TZID"), _moment(event, key)
        if zone and isinstance(moment, datetime) and moment.tzinfo is None:
            yield fault("unknown-zone", _ZONE.fill(name=name, zone=zone), place, _KNOWN_ZONE)
            return
    first, last = _moment(event, "dtstart"), _end(event)
    if isinstance(last, str):
        yield fault("unreadable-cell", _END.fill(name=name, end=last), place)
    elif isinstance(first, date) and last is not None:
        of_days = not isinstance(first, datetime)
        if of_days == isinstance(last, datetime):
            yield fault("unreadable-cell", _END.fill(name=name, end=last), place)
        elif _ends_before(first, last):
            yield fault("ends-before-start", _BEFORE.fill(name=name), place)


def _ends_before(first: date, last: date) -> bool:
    if isinstance(first, datetime) and isinstance(last, datetime):
        return _here(last) < _here(first)
    return last <= first  # the end of days is the first day after them


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
    """Yield date, start, end and last day, as far as there are any."""
    first, last = _moment(event, "dtstart"), _end(event)
    if isinstance(first, str):
        yield "date", first  # no date: the reading says so, with its place
    if isinstance(first, datetime):
        here = _here(first)
        yield "date", here.date().isoformat()
        yield "start", _clock(first)
        if isinstance(last, datetime):
            yield from _ends(here.date(), _here(last))
    elif isinstance(first, date):
        yield "date", first.isoformat()
        if isinstance(last, date):
            yield "last_day", (last - timedelta(days=1)).isoformat()


def _ends(day: date, last: datetime) -> Iterator[tuple[str, str]]:
    """Yield the end of an event that begins on a day: midnight is the end of the day before."""
    midnight = not (last.hour or last.minute) and last.date() > day
    last_day = last.date() - timedelta(days=midnight)
    yield "end", clock(DAY_MINUTES) if midnight else _clock(last)
    if last_day != day:
        yield "last_day", last_day.isoformat()


def _end(event: Component) -> date | str | None:
    """Return when an event ends, by its end or its duration; their text where neither can be read."""
    end, first = _moment(event, "dtend"), _moment(event, "dtstart")
    length = _value(event, "duration")
    if length is None or isinstance(first, str) or first is None:
        return end
    if end is not None or not isinstance(length, timedelta):
        return str(event["duration"])  # the standard allows one of the two
    return first + length


def _moment(event: Component, key: str) -> date | str | None:
    """Return a property's moment, its text where that is none."""
    found = _value(event, key)
    return found if isinstance(found, date | str | None) else str(event[key])


def _value(event: Component, key: str) -> object:
    """Return what a property says, its text where that is broken, None where it is not there."""
    try:
        return getattr(event.get(key), "dt", None)
    except (ValueError, AttributeError):
        return str(event[key])


def _here(moment: datetime) -> datetime:
    """Return a moment as the clocks in Japan show it; one without a zone is meant so."""
    return moment.astimezone(_TOKYO).replace(tzinfo=None) if moment.tzinfo else moment


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


_MANY = Text(
    "予定が{most}件を超えるため読みません",
    "it has more than {most} events and parts of such, and is not read",
)
_BROKEN = Text("カレンダー(ICS)として読めません", "cannot be read as a calendar (ICS)")
_RECURS = Text("「{name}」は繰り返しの予定です", "{name} is a recurring event")
_ZONE = Text("「{name}」の時間帯「{zone}」が分かりません", "{name}: the time zone {zone} is not known")
_KNOWN_ZONE = Text(
    "日本時間(Asia/Tokyo)で書き出すか、時間帯の定義(VTIMEZONE)を含めて書き出してください",
    "export it in Asia/Tokyo, or with the definition of the zone (VTIMEZONE)",
)
_END = Text("「{name}」の終わりが読めません({end})", "{name}: its end cannot be read ({end})")
_BEFORE = Text("「{name}」は始まる前に終わっています", "{name} ends before it starts")
_SINGLE = Text(
    "繰り返しをやめ、1回ずつの予定にして書き出してください", "export each occurrence as an event of its own"
)
