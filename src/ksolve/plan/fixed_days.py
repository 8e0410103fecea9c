"""Events whose names say when they are held (七夕, 夏休み, まつり): wishes, where a table does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ksolve.calendar import MONTHS, FiscalYear, YearlyDay, holidays
from ksolve.frequency import months_of
from ksolve.published import PublishedRow

_MOST_SESSIONS = 3
"""A programme with more sessions a year is not held on one day of it."""
_WEEK = timedelta(days=6)
_SUNDAY = 6
_AUGUST = 8


@dataclass(frozen=True, slots=True)
class _Event:
    """A name, and the days of a month on which it is held; one day, or a stretch of them."""

    name: re.Pattern[str]
    month: int
    first: int
    last: int


def _event(name: str, month: int, first: int, last: int = 0) -> _Event:
    return _Event(re.compile(name), month, first, last or first)


_EVENTS = (
    _event(r"七夕|たなばた", 7, 7),
    _event(r"こどもの日|子どもの日|子供の日|端午", 5, 5),
    _event(r"節分|豆まき|まめまき", 2, 3),
    _event(r"ひな祭|ひなまつり|雛祭|桃の節句", 3, 3),
    _event(r"クリスマス", 12, 24),
    _event(r"ハロウィン|ハロウィーン", 10, 31),
    _event(r"七五三", 11, 15),
    _event(r"バレンタイン", 2, 14),
    _event(r"ホワイトデー", 3, 14),
    _event(r"七草", 1, 7),
    _event(r"勤労感謝", 11, 22),
    _event(r"母の日", 5, 1, 8),  # the second Sunday is the 8th to the 14th
    _event(r"父の日", 6, 8, 15),  # the third Sunday is the 15th to the 21st
    _event(r"敬老", 9, 15, 21),
    _event(r"夏休み(?!前|明け)", 7, 21, 31),
    _event(r"夏休み(?!前|明け)", 8, 1, 25),
    _event(r"冬休み(?!前|明け)", 12, 25, 28),
    _event(r"冬休み(?!前|明け)", 1, 4, 7),
    _event(r"春休み(?!前|明け)", 3, 25, 31),
    _event(r"春休み(?!前|明け)", 4, 1, 6),
    _event(r"入園式|入学式|入所式|始業式|進級式", 4, 1, 10),
    _event(r"始業式", 9, 1, 5),
    _event(r"始業式", 1, 6, 10),
    _event(r"終業式", 7, 17, 24),
    _event(r"終業式", 12, 20, 26),
    _event(r"修了式|修業式|卒園式|卒業式|終業式", 3, 14, 26),
)


_SCHOOL_HOLIDAYS = tuple(
    (re.compile(rf"{name}(?:休み|[季期]休[業暇]|季?休(?=$|[、)]))(?!前|明け|[をは]?除|以外|は休)"), event)
    for name in "夏冬春"
    for event in _EVENTS
    if event.name.pattern.startswith(f"{name}休み")
)
"""What says in a table's words for when that sessions are in the holidays of schools."""
_WEEKEND = frozenset({5, 6})
_WORKDAYS = frozenset(range(5))
_FOR_ALL = re.compile(
    r"まつり|祭り?(?!日)|フェス|フェア|運動会|大会|演奏会|コンサート|発表会|バザー|古本市|フリーマーケット"
)
_CEREMONY = re.compile(r"入学式|卒業式|始業式|終業式|修了式|修業式")
_MORNING = re.compile(
    r"(?:入園|入所|進級|卒園|入学|卒業|始業|終業|修了|修業)式|運動会|まつり|祭り?(?!日)|フェス|大会"
)
_PREPARED = re.compile(r"委員|会議|打ち?合わ?せ|準備|反省会|説明会|研修|総会|募集|出展")
_MEETING = re.compile(
    r"(?:(?<!実行)委員会|協議会|審議会|運営会議|連絡会議?|理事会|ケース会議|検討会議?|打ち?合わ?せ会?)$"
)
_AT_SCHOOLS = re.compile(r"出前(?:授業|講座)|学校(?:等)?(?:巡回)?訪問")
_COURSE = 6
"""As many sessions for pupils are a course; a club that meets every month may do so after school."""
_PUPILS = re.compile(r"小学|中学|高校|小中|児童・生徒")
_AT_SCHOOL = re.compile(r"学校で|出前|放課後|訪問")
_CLINICS = re.compile(r"健診|検診|健康診査|予防接種|(?:児|[ヶかカケ]月|育児|発達)相談")

Stretch = tuple[date, date]
"""A first and a last day."""


def own_day(name: str) -> YearlyDay | None:
    """Return the one day of the year that a name says (節分 2/3), None where it says none."""
    found = [one for one in _EVENTS if one.name.search(name)]
    if len(found) != 1 or found[0].first != found[0].last:
        return None
    return YearlyDay(found[0].month, found[0].first)


def fixed_stretches(row: PublishedRow, year: FiscalYear) -> Iterator[tuple[Stretch, ...]]:
    """Yield the stretches of days on which a row's name has it held, each of which is a wish.

    For an event of one day they are the week up to it and then the day, unless most places are
    closed on it (a Sunday, a holiday). None where the table names dates or other months, or the
    row has many sessions. 夏休み in the words for when is such a name, whatever the count.
    """
    high = row.count.high
    if row.dates or row.is_service or row.is_publication:
        return
    terms = row.frequency.terms if row.frequency else ()
    off = [one for words, one in _SCHOOL_HOLIDAYS if words.search(row.frequency_text)]
    if off and not any(term.within for term in terms):
        yield tuple(_stretch(event, year) for event in off)
        return
    if high is None or high > _MOST_SESSIONS:
        return
    months = _months(row)
    named = [one for one in _EVENTS if one.name.search(row.name) and (not months or one.month in months)]
    held = [_stretch(event, year) for event in (named if months else named[:1])]
    if len(held) == 1 and held[0][0] == held[0][1]:
        day = held[0][0]
        yield ((day - _WEEK, day),)
        if day.weekday() == _SUNDAY or day in holidays(year):
            return
    if held:
        yield tuple(held)


def wished_weekdays(row: PublishedRow, year: FiscalYear) -> frozenset[int]:
    """Return the weekdays on which a row is wished for, by its name and audience; none: any.

    A festival and a course for pupils are at weekends; check-ups of a health centre, a school's ceremonies,
    what is done at schools and meetings from Monday to Friday. Nothing is wished where the table names days
    or, but for ceremonies, the name tells them.
    """
    terms = row.frequency.terms if row.frequency else ()
    is_told = row.dates or any(term.pattern or term.dates or term.days or term.within for term in terms)
    is_other = row.is_service or row.is_publication or row.components or row.parts
    if is_told or is_other:
        return frozenset()
    if any(named.search(row.name) for named in (_CLINICS, _CEREMONY, _MEETING, _AT_SCHOOLS)):
        return _WORKDAYS
    if any(fixed_stretches(row, year)):
        return frozenset()
    high = row.count.high
    is_event = bool(_FOR_ALL.search(row.name)) and not _PREPARED.search(row.name)
    is_in_term = set(_months(row)) != {_AUGUST}
    is_for_pupils = bool(_PUPILS.search(row.audience)) and is_in_term and not _AT_SCHOOL.search(row.name)
    is_event &= high is not None and high <= _MOST_SESSIONS
    is_for_pupils &= high is not None and high <= _COURSE
    return _WEEKEND if is_event or is_for_pupils else frozenset()


def is_in_morning(row: PublishedRow) -> bool:
    """Whether a row is a ceremony or an event of a whole day, for which the table names no hours."""
    terms = row.frequency.terms if row.frequency else ()
    has_hours = bool(row.hours) or any(term.hours for term in terms)
    high = row.count.high
    is_seldom = high is not None and high <= _MOST_SESSIONS
    is_event = bool(_MORNING.search(row.name)) and not _PREPARED.search(row.name)
    return is_event and is_seldom and not (has_hours or row.is_service or row.is_publication)


def as_days(stretches: Sequence[Stretch]) -> list[tuple[YearlyDay, YearlyDay]]:
    """Return stretches as days of any year, as plans write them."""
    return [(YearlyDay(a.month, a.day), YearlyDay(b.month, b.day)) for a, b in stretches]


def _stretch(event: _Event, year: FiscalYear) -> Stretch:
    start = date(year.start + (event.month < MONTHS[0]), event.month, event.first)
    return start, start.replace(day=event.last)


def _months(row: PublishedRow) -> tuple[int, ...]:
    """Return the months in which a row is listed or that its frequency names, none where it names all."""
    if row.months:
        return row.months.values
    terms = row.frequency.terms if row.frequency else ()
    named = {month for term in terms if term.months for month in months_of(term)}
    return tuple(named)
