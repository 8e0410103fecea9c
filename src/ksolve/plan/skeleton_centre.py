"""The centre of a plan drafted from a table: hours, closed days, rooms and kinds of sessions, all assumed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ksolve.calendar import FiscalYear, YearlyDay, days_within, holidays, show_days
from ksolve.clock import clock
from ksolve.frequency import months_of
from ksolve.frequency.closures import parse_closed_days
from ksolve.plan.closings import closed_weekdays, closing_of, opens_on_holidays, weekdays_named
from ksolve.plan.skeleton_wishes import quiet_days
from ksolve.plan.yaml_text import one_line, quoted
from ksolve.published import PublishedPlan, PublishedRow
from ksolve.published.cell.places import WHOLE_HOUSE, Rooms, rooms_in
from ksolve.published.rows import Closure
from ksolve.text import Lang, Text

MORNING, AFTERNOON = "10:00", "13:30"
"""When sessions start in the morning and after noon, where the table names no hours."""
_ROOMS = 5
_MEMBERS = 10
_NEW_YEAR_DAYS = (YearlyDay(12, 29), YearlyDay(1, 3))
_SUNDAY = 6
_SITE = re.compile(r"(?:館|センター|園|校|公園|プラザ|支所|役場|庁舎)$")
_HALL = re.compile(r"体育館$")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What distinguishes the kinds of sessions: where they are held, and for how many people."""

    facility: str = ""
    place: str = ""
    people: int = 0
    is_issue: bool = False


def _kind(row: PublishedRow) -> _Kind:
    return _Kind(row.facility, row.place, row.people, row.is_publication)


def kinds_of(published: PublishedPlan) -> Mapping[int, str]:
    """Return the id of the kind of session of each row, by its line."""
    ids = _ids(published)
    return {row.line: ids[_kind(row)] for row in published.rows}


def _ids(published: PublishedPlan) -> dict[_Kind, str]:
    found = dict.fromkeys(_kind(row) for row in published.rows)
    ids = {_Kind(): "usual", _Kind(is_issue=True): "issue"}
    others = [kind for kind in found if kind not in ids]
    return ids | {kind: f"usual-{number}" for number, kind in enumerate(others, start=2)}


def centre(published: PublishedPlan, year: FiscalYear, lang: Lang) -> Iterator[str]:
    """Yield the resources of the plan."""
    yield f"# {_PLACEHOLDERS(lang)}"
    yield "resources:"
    yield f"  assumed: {quoted(_ASSUMED(lang))}"
    yield from _calendar(published, year, lang)
    yield from _rooms(published, lang)
    yield f"  staff: [{{id: staff, name: {_STAFF(lang)}, count: {_MEMBERS}, assumed: true}}]"
    yield "  sessions:"
    rooms = _room_ids(published)
    has_issues = any(row.is_publication for row in published.rows)
    for kind, name in _ids(published).items():
        if kind.is_issue and not has_issues:
            continue
        room = "" if kind.is_issue else _rooms_of(kind, rooms)
        people = f", people: {kind.people}" if kind.people else ""
        starts = f'["{MORNING}"]' if kind.is_issue else f'["{MORNING}", "{AFTERNOON}"]'
        weekdays = ", weekdays: 月-金" if kind.is_issue else ""
        needs = f"{weekdays}{room}{people}, staff: {{staff: 1}}, assumed: true"
        called = quoted(_name_of(kind, lang))
        yield f"    - {{id: {name}, name: {called}, minutes: 60, starts: {starts}{needs}}}"
    yield ""


def _name_of(kind: _Kind, lang: Lang) -> str:
    """Return what people call a kind of session: ふつうの回, or ふつうの回(本館 会議室 20人)."""
    told = [kind.facility, kind.place, _PEOPLE.fill(people=kind.people)(lang) if kind.people else ""]
    where = " ".join(word for word in told if word)
    return (_ISSUE if kind.is_issue else _SESSION)(lang) + (f"({where})" if where else "")


def _days_of(closure: Closure, year: FiscalYear) -> tuple[date, ...]:
    """Return the days of a closure; none for 2/29 in a year without one."""
    try:
        return tuple(parse_closed_days(closure.days).within(year))
    except ValueError:
        return ()


def closed_days(published: PublishedPlan, year: FiscalYear) -> frozenset[date]:
    """Return the days on which the place is closed in the plan that is drafted, Sundays and holidays too."""
    closed = set() if opens_on_holidays(published) else set(holidays(year))
    named = {day for one in published.closures for day in _days_of(one, year)}
    new_year = set(days_within([_NEW_YEAR_DAYS], year))
    closed |= named if named & new_year else named | new_year
    closing = closing_of(published)
    closed |= set(parse_closed_days(closing.days).within(year)) if closing and closing.days else set()
    if not _on_sundays(published):
        closed |= {day for day in year.days if day.weekday() == _SUNDAY}
    return frozenset(closed)


def _calendar(published: PublishedPlan, year: FiscalYear, lang: Lang) -> Iterator[str]:
    """Yield the hours and the closed days: those that the table names, and New Year."""
    opens, closes = _opening(published)
    weekdays = "月-日" if _on_sundays(published) else "月-土"
    closing = closing_of(published)
    yield "  calendar:"
    if closing:
        yield f"    # {closing.text(lang)}"
    yield f"    open: {{{weekdays}: {clock(opens)}-{clock(closes)}}}"
    if opens_on_holidays(published):
        yield f"    # {_HOLIDAYS(lang)}"
        yield "    holidays: open"
    else:
        yield "    holidays: closed"
    stated = [
        f"      - {{days: {quoted(one.days)}, why: {quoted(one.why)}}}"
        for one in published.closures
        if _days_of(one, year)
    ]
    if closing and closing.days:
        why = _CLOSED_AS.fill(body=closing.body)(lang)
        stated.append(f"      - {{days: {quoted(closing.days)}, why: {quoted(why)}, assumed: true}}")
    named = {day for one in published.closures for day in _days_of(one, year)}
    new_year = set(days_within([_NEW_YEAR_DAYS], year))
    if not named & new_year:
        stated.append(
            f"      - {{days: {show_days([_NEW_YEAR_DAYS])}, why: {_NEW_YEAR(lang)}, assumed: true}}"
        )
    for one in published.closures:
        if not _days_of(one, year):
            yield f"    # {_NO_SUCH_DAY.fill(days=one.days, why=one_line(one.why))(lang)}"
    yield from ["    closed:", *stated] if stated else []
    yield from quiet_days(lang)
    yield "    assumed: true"


def opened_for(row: PublishedRow, published: PublishedPlan, year: FiscalYear) -> list[date]:
    """Return the published dates of a row on which the place would be closed: it opens for it alone."""
    return sorted(set(days_of(row, year)) & closed_days(published, year))


def _on_sundays(published: PublishedPlan) -> bool:
    """Whether the place opens on Sundays: a row names them, or it is closed on another weekday instead.

    Else only published dates open them.
    """
    closing = closing_of(published)
    closed = closed_weekdays(published)
    is_closed_instead = (closing is not None and closing.is_on_monday) or (closed and _SUNDAY not in closed)
    is_named = any("日曜" in row.name for row in published.rows)
    return bool(is_closed_instead or is_named or _SUNDAY in weekdays_named(published))


def days_of(row: PublishedRow, year: FiscalYear) -> tuple[date, ...]:
    """Return the dates that a row names: those published, those of 毎月10日, and those of a short stretch."""
    days = list(row.days_in(year))
    parts = (row.frequency, *(part.frequency for part in row.components))
    for term in (term for frequency in parts if frequency for term in frequency.terms):
        is_moved = term.moved is not None or not term.holidays
        for month in months_of(term) if term.days and not is_moved else ():
            first, last = year.month(month)
            days += (first.replace(day=day) for day in term.days if day <= last.day)
        for stretch in term.within:
            within = days_within([stretch], year)
            days += within if len(within) <= _SHORT else ()
    return tuple(sorted(set(days)))


_SHORT = 7
"""A stretch of no more days than this is meant as it stands, Sundays and holidays too."""


def _opening(published: PublishedPlan) -> tuple[int, int]:
    """Return 9:00 and 17:00, or whole hours beyond them where a frequency names such times."""
    stated = [
        term.hours
        for row in published.rows
        for frequency in (row.frequency, *(part.frequency for part in row.components))
        if frequency
        for term in frequency.terms
        if term.hours
    ]
    stated += [row.hours for row in published.rows if row.hours]
    first = min([540, *(start // 60 * 60 for start, _ in stated)])
    last = max([1020, *(-(-max(end, start + 60) // 60) * 60 for start, end in stated)])
    return first, min(last, 24 * 60)


def _rooms_of(kind: _Kind, ids: Mapping[tuple[str, str], str]) -> str:
    """Return the rooms that a kind of session takes: one of some, or all of them at the same time."""
    named = rooms_in(kind.place)
    if kind.place in WHOLE_HOUSE:
        named = Rooms(tuple(room for facility, room in ids if facility == kind.facility and room))
    first, *others = [ids.get((kind.facility, name), "room") for name in named.names] or ["room"]
    if not others:
        return f", rooms: {first}"
    together = ", ".join(others)
    return (
        f", rooms: [{first}, {together}]" if named.is_any else f", rooms: {first}, more_rooms: [{together}]"
    )


def _places(published: PublishedPlan) -> Iterable[tuple[str, str]]:
    """Return each facility and each room of a place that a row names."""
    return dict.fromkeys(
        (row.facility, name)
        for row in published.rows
        if (row.facility or row.place) and row.place not in WHOLE_HOUSE
        for name in rooms_in(row.place).names
    )


def _room_ids(published: PublishedPlan) -> dict[tuple[str, str], str]:
    return {place: f"place-{number}" for number, place in enumerate(_places(published), start=1)}


def _rooms(published: PublishedPlan, lang: Lang) -> Iterator[str]:
    """Yield the rooms: one each for a named room, several for a whole building, and some without a name."""
    yield "  rooms:"
    yield f"    - {{id: room, name: {_ROOM(lang)}, count: {_ROOMS}, assumed: true}}"
    for (facility, place), name in _room_ids(published).items():
        is_site = not place or bool(_SITE.search(place) and not _HALL.search(place))
        site = facility or (place if is_site else "")
        shown = f"{facility} {place}".strip()
        count = f", count: {_ROOMS}" if is_site else ""
        at = f", site: {quoted(site)}" if site else ""
        yield f"    - {{id: {name}, name: {quoted(shown)}{count}{at}, assumed: true}}"


_SESSION = Text("ふつうの回", "a session")
_ISSUE = Text("発行", "an issue")
_PEOPLE = Text("{people}人", "{people} people")
_PLACEHOLDERS = Text(
    "部屋・職員・開館時間は仮のものです。実際のものに書き直してください。",
    "Rooms, staff and opening hours are placeholders: replace them by the real ones.",
)
_ASSUMED = Text(
    "公表された表には部屋の数・職員・開館時間がないため、すべて仮に置いたものです",
    "the table says nothing about the number of rooms, staff and opening hours: all are placeholders",
)
_HOLIDAYS = Text(
    "休館の曜日が祝日のときは別の日に休むとあるので、祝日は開館とします",
    "closed weekdays that are holidays move to another day: so holidays are open",
)
_NEW_YEAR = Text("年末年始", "New Year")
_CLOSED_AS = Text("{body}の休館日(仮)", "closed, as a {body} (assumed)")
_NO_SUCH_DAY = Text(
    "{days}({why})はこの年度にない日なので、休館日に入れていません",
    "{days} ({why}) is no day of this year, and is not among the closed ones",
)
_ROOM = Text("部屋", "room")
_STAFF = Text("職員", "staff")
