"""A calendar in iCalendar as people have it: made, and updated so that their clients take what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from ksolve.calendar import FiscalYear
from ksolve.errors import PlanError, fault
from ksolve.text import Text

_TOKYO = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True, slots=True)
class Published:
    """The calendar file that was published last, and the time at which it is updated.

    `deadlines` is that of the deadlines beside it, where there was one.
    """

    ics: bytes
    stamp: datetime
    deadlines: bytes | None = None


def calendar_file(name: str, events: Iterable[Event], warning: Text | None = None) -> bytes:
    """Return events as an .ics file with a name, and with what warns of it."""
    calendar = Calendar()
    calendar.add("prodid", "-//ksolve//ksolve//JA")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    if warning:
        calendar.add("x-wr-caldesc", warning.ja)
    calendar.add_component(_timezone())
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def updated(
    events: Iterable[Event], last: Published | None, year: FiscalYear
) -> Iterator[tuple[Event, bool]]:
    """Yield each event, those that are cancelled last, and whether it differs from what was published.

    Raises PlanError where the file published last is no calendar.
    """
    stamp = last.stamp if last else first_stamp(year)
    known = _published(last.ics) if last else {}
    for event in events:
        before = known.pop(str(event["uid"]), None)
        is_new = before is None or _content(before) != _content(event)
        yield _stamped(event, before, stamp, is_new=is_new), is_new
    for before in known.values():
        is_new = str(before.get("status", "")) != "CANCELLED"
        if is_new:
            _raise(before, stamp)
            before["status"] = vText("CANCELLED")
        yield before, is_new


def _published(data: bytes) -> dict[str, Event]:
    try:
        calendar = Calendar.from_ical(data)
    except ValueError as error:
        raise PlanError([fault("broken-file", _BROKEN, None)]) from error
    events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    return {str(event["uid"]): event for event in events if "uid" in event}


_CONTENT = ("dtstart", "dtend", "summary", "location", "description", "categories", "status")


def _content(event: Event) -> list[object]:
    """Return what people see of an event, as it is written."""
    return [event[key].to_ical() for key in _CONTENT if key in event]


def _stamped(event: Event, before: Event | None, stamp: datetime, *, is_new: bool) -> Event:
    """Give an event the number of its version and the time of it; an unchanged one keeps what it had."""
    if before is None:
        event.add("sequence", 0)
        event.add("dtstamp", stamp)
        return event
    for key in ("sequence", "dtstamp", "last-modified"):
        if key in before:
            event[key] = before[key]
    if is_new:
        _raise(event, stamp)
    return event


def _raise(event: Event, stamp: datetime) -> None:
    version = int(event.pop("sequence", 0))
    event.add("sequence", version + 1)
    for key in ("dtstamp", "last-modified"):
        event.pop(key, None)
        event.add(key, stamp)


def timed_event(uid: str, day: date, start: int, end: int) -> Event:
    """Return an event on a day in Japan, from and to minutes after midnight."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=_TOKYO)
    event = Event()
    event.add("uid", uid)
    event.add("dtstart", midnight + timedelta(minutes=start))
    event.add("dtend", midnight + timedelta(minutes=end))
    return event


def first_stamp(year: FiscalYear) -> datetime:
    """Return the time that an event bears which was never updated: fixed, so that bytes repeat."""
    return datetime(year.start, 4, 1, tzinfo=UTC)


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


_BROKEN = Text("前回のカレンダー(ICS)として読めません", "the calendar published last cannot be read (ICS)")
