"""Which session a person means: 専門相談#3, 専門相談 第3回, 専門相談@6/5; and which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from ksolve.calendar import FiscalYear, day_text, parse_date, parse_day
from ksolve.clock import parse_clock
from ksolve.errors import PlanError, fault
from ksolve.letters import meant, name_key, narrow
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Schedule, Session, label
from ksolve.spelling.absent_days import absent_day
from ksolve.text import Text

_NUMBERED = re.compile(r"(?P<name>.+?)\s*(?:#\s*(?P<number>\d{1,6})|第\s*(?P<nth>\d{1,6})\s*回)")
_DATED = re.compile(r"(?P<name>.+?)(?:\s*@\s*|\s+)(?P<day>\S+?)(?:\s+(?P<start>\S+))?")
_NEARS = 5
"""So many names that are near are told."""
_LISTED = 40
"""So many names are listed where none is near."""
_SESSIONS = 10
"""So many sessions are listed where a name fits several, or none."""


def find_session(text: str, problem: Problem, schedule: Schedule) -> Session:
    """Return the session that a text names by its programme (or series) and its number or date.

    The programme is named by id or name, with component and group where there are several. Raises
    PlanError where the name, the number or the date is unknown or fits several sessions, with what
    there is.
    """
    plain = _plain(text)
    numbered = _NUMBERED.fullmatch(plain)
    if numbered:
        owners = find_series(numbered["name"], problem)
        number = int(numbered["number"] or numbered["nth"])
        found = [s for s in schedule.of_series(owners) if s.number == number]
        return _only(found, owners, text, schedule)
    dated = _DATED.fullmatch(plain)
    if dated is None:
        owners = find_series(plain, problem)
        return _only(schedule.of_series(owners), owners, text, schedule)
    owners = find_series(dated["name"], problem)
    day = find_day(dated["day"], problem.year)
    start = find_start(dated["start"]) if dated["start"] else None
    found = [s for s in schedule.of_series(owners) if s.day == day and start in (None, s.start)]
    return _only(found, owners, text, schedule)


def find_day(text: str, year: FiscalYear) -> date:
    """Return 2024-06-12, 6/12, 6月12日(水) or 令和6年6月12日 as a date of the year. Raises PlanError."""
    plain = re.sub(r"\s*\(?[月火水木金土日]曜?日?\)$", "", _plain(text))
    try:
        day = _day(plain, year)
    except ValueError:
        found = absent_day(plain) or _DAY.fill(text=text)
        raise PlanError([fault("unreadable-day", found, None)]) from None
    if day not in year:
        text_out = _OUTSIDE.fill(day=day_text(day), first=year.first, last=year.last)
        raise PlanError([fault("date-outside-year", text_out, None)])
    return day


def _day(text: str, year: FiscalYear) -> date:
    try:
        return parse_date(text)
    except ValueError:
        return parse_day(text).within(year)


def find_month(text: str, year: FiscalYear) -> tuple[date, date]:
    """Return the first and last date of 2024-06, 2024年6月, 令和6年6月, 6月 or 6. Raises PlanError."""
    plain = _plain(text)
    bare = re.fullmatch(r"(1[0-2]|0?[1-9])月?", plain)
    if bare:
        return year.month(int(bare[1]))
    joint = "" if plain.endswith("月") else next((mark for mark in "-/." if mark in plain), "-")
    try:
        day = parse_date(f"{plain}{joint}1{'' if joint else '日'}")
    except ValueError:
        raise PlanError([fault("unreadable-month", _MONTH.fill(text=text), None)]) from None
    if day not in year:
        text_out = _OUTSIDE.fill(day=f"{day:%Y-%m}", first=year.first, last=year.last)
        raise PlanError([fault("date-outside-year", text_out, None)])
    return year.month(day.month)


def find_start(text: str) -> int:
    """Return 10:00, 10時半 or 午後1時 in minutes after midnight. Raises PlanError."""
    try:
        return parse_clock(text)
    except ValueError:
        raise PlanError([fault("unreadable-start", _START.fill(text=text), None)]) from None


def find_series(name: str, problem: Problem) -> tuple[Series, ...]:
    """Return the series of a name: those whose own it is, else those of a component or programme.

    A part of the name is enough where one programme, or else one component, has it. Raises PlanError
    with the names that are near, or that have this part.
    """
    wanted = _key(name)
    for exact in (True, False):
        found = tuple(
            one for one in problem.series if wanted in map(_key, _own(one) if exact else _shared(one))
        )
        if found:
            return found
    found = _by_part(name, problem)
    if found:
        return found
    names = {_key(each): each for one in problem.series for each in (*_own(one), *_shared(one))}
    near = get_close_matches(wanted, names, n=_NEARS, cutoff=0.4)
    shown = [names[key] for key in near] or [one.name for one in problem.series[:_LISTED]]
    remedy = (_NEAR if near else _KNOWN).fill(names="、".join(shown))
    raise PlanError([fault("unknown-programme", _PROGRAMME.fill(name=name), None, remedy)])


def _by_part(name: str, problem: Problem) -> tuple[Series, ...]:
    """Return the series of the one programme or component whose name has this part; none where none has."""
    for called in (_programme, _component):
        names = meant(_key(name), filter(None, map(called, problem.series)))
        if len(names) > 1:
            remedy = _NEAR.fill(names="、".join(names))
            raise PlanError([fault("unclear-programme", _UNCLEAR.fill(name=name), None, remedy)])
        if names:
            return tuple(one for one in problem.series if called(one) == names[0])
    return ()


def _programme(series: Series) -> str:
    """Return the name of a series' programme."""
    name = re.sub(r" 第\d+グループ$", "", series.name)
    return name.partition(f" {series.part}")[0] if series.component else name


def _component(series: Series) -> str:
    """Return the name of a series' component, empty where it has none."""
    return series.part if series.component else ""


def _own(series: Series) -> Iterator[str]:
    yield series.id
    yield series.name


def _shared(series: Series) -> Iterator[str]:
    """Yield the names that a series shares with other groups, or other components."""
    yield series.programme
    if series.component:
        yield f"{series.programme}.{series.component}"
        yield series.part
        yield _programme(series)
        yield f"{_programme(series)} {series.part}"
    yield re.sub(r" 第\d+グループ$", "", series.name)


def _only(
    found: list[Session] | tuple[Session, ...], owners: tuple[Series, ...], text: str, schedule: Schedule
) -> Session:
    if len(found) == 1:
        return found[0]
    there = found or schedule.of_series(owners)
    remedy = _which(there, {one.id: one for one in owners}) if there else None
    template = _SEVERAL if found else _NO_SESSION
    raise PlanError([fault("unknown-session", template.fill(text=text), None, remedy)])


def _which(there: Sequence[Session], owners: Mapping[str, Series]) -> Text:
    """Return a remedy: how to name one of some sessions, and the first of them as people call them."""
    shown = [label(session, owners.get(session.series)) for session in there[:_SESSIONS]]
    names = Text("、".join(one.ja for one in shown), ", ".join(one.en for one in shown))
    if len(there) > _SESSIONS:
        names += _MORE.fill(more=len(there) - _SESSIONS)
    first = there[0]
    owner = owners.get(first.series)
    named = f"{owner.name if owner else first.series}@{first.day.month}/{first.day.day}"
    return _THERE.fill(example=named, names=names)


def _plain(text: str) -> str:
    return narrow(text).strip().strip("「」")


def _key(name: str) -> str:
    return name_key(name).strip("「」")


_PROGRAMME = Text("「{name}」という事業は計画にありません", "the plan has no programme {name}")
_UNCLEAR = Text("「{name}」を名前に含む事業がいくつもあります", "{name} is part of several programmes' names")
_NEAR = Text("近い名前: {names}", "near: {names}")
_KNOWN = Text("あるもの: {names}", "there are: {names}")
_NO_SESSION = Text("「{text}」という回は予定にありません", "the schedule has no session {text}")
_SEVERAL = Text("「{text}」に当たる回がいくつもあります", "{text} fits several sessions")
_THERE = Text(
    "どの回かを {example} のように書いてください。予定にある回: {names}",
    "say which, as {example}; there are: {names}",
)
_MORE = Text("、ほか{more}回", "and {more} more")
_DAY = Text(
    "「{text}」は日付として読めません。2024-06-12、6/12、令和6年6月12日 の形で書いてください",
    "{text} is no date: write it as 2024-06-12, 6/12 or 令和6年6月12日",
)
_MONTH = Text(
    "「{text}」は月として読めません。2024-06 か 6月 の形で書いてください",
    "{text} is no month: write it as 2024-06 or 6月",
)
_START = Text(
    "「{text}」は時刻として読めません。10:00 の形で書いてください", "{text} is no time: write it as 10:00"
)
_OUTSIDE = Text(
    "{day} は計画の年度({first}〜{last})の外です", "{day} lies outside the plan's year ({first} to {last})"
)
