"""Where a schedule's file contradicts itself: columns that repeat others (weekday, end) and differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import groupby

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN, day_text, show_day
from ksolve.clock import clock
from ksolve.findings import Finding, Place, Severity
from ksolve.letters import narrow
from ksolve.problem import Series
from ksolve.problem.schedule import Session
from ksolve.text import Text

At = Callable[[str], Place]
"""Where the cell of a column stands."""


def contradictions(
    cells: Mapping[str, str], session: Session, ends: Mapping[str, int], owner: Series | None, at: At
) -> Iterator[Finding]:
    """Yield a finding for each cell of a row that contradicts the session read from the others.

    `ends` are the ends that the row tells, by column: that of the start is the end of 10:00～11:00.
    An empty cell contradicts nothing. The series is the session's name: what does not match it
    is what is wrong.
    """
    for key, text in _differences(cells, session, ends, owner):
        who = f"{owner.name if owner else session.series} {show_day(session.day)}"
        said = Text(f"{who}: ", f"{who}:") + text
        yield Finding("contradicting-cell", Severity.ERROR, said, at(key), remedy=_REMEDY)


def _differences(
    cells: Mapping[str, str], session: Session, ends: Mapping[str, int], owner: Series | None
) -> Iterator[tuple[str, Text]]:
    """Yield the columns whose cells differ from what the others say, and how."""
    if cells.get("weekday") and not _is_weekday(cells["weekday"], session.day):
        yield "weekday", _WEEKDAY.fill(found=cells["weekday"], day=day_text(session.day))
    for key, end in ends.items():
        if end != session.end:
            values = {"found": cells[key], "start": clock(session.start), "minutes": session.minutes}
            yield key, (_SPAN if key == "start" else _END).fill(**values, end=clock(session.end))
    if cells.get("session") and not _is_id(cells["session"], session):
        wanted = session.id if session.number else session.series
        yield "session", _SESSION.fill(found=cells["session"], wanted=wanted)
    if owner and cells.get("name") and cells["name"] != owner.name:
        yield "name", _NAME.fill(found=cells["name"], series=owner.id, name=owner.name)
    line = cells.get("published_line")
    if owner and line and line != str(owner.published_line or ""):
        yield "published_line", _LINE.fill(found=line, series=owner.id, line=owner.published_line or "-")


def _is_weekday(text: str, day: date) -> bool:
    plain = narrow(text).strip("() ").casefold()
    ja, en = WEEKDAYS[day.weekday()], WEEKDAYS_EN[day.weekday()].casefold()
    return plain in (ja, f"{ja}曜", f"{ja}曜日") or (plain.startswith(en) and plain.endswith(("day", en)))


def _is_id(text: str, session: Session) -> bool:
    return text == session.id if session.number else text.partition("#")[0] == session.series


def out_of_order(sessions: list[Session], owners: Mapping[str, Series], at: At) -> Iterator[Finding]:
    """Yield a warning for each series whose numbers are not 1, 2, ... in date order.

    `sessions` are those that carry a number in the file; `at` tells the place by session id.
    """
    in_order = sorted(sessions, key=lambda s: (s.series, s.day, s.start, s.number))
    for series, members in groupby(in_order, key=lambda s: s.series):
        for place, session in enumerate(members, start=1):
            if session.number != place and series in owners:
                values = {"name": owners[series].name, "found": session.number, "wanted": place}
                text = _ORDER.fill(**values, day=day_text(session.day))
                yield Finding("number-order", Severity.WARNING, text, at(session.id), remedy=_RENUMBER)
                break


_WEEKDAY = Text("曜日「{found}」は {day} と合いません", "the weekday {found} is not that of {day}")
_END = Text(
    "終了「{found}」は開始 {start} の{minutes}分後({end})と合いません",
    "the end {found} is not {minutes} minutes after {start} ({end})",
)
_SPAN = Text(
    "時間「{found}」の終わりが開始 {start} の{minutes}分後({end})と合いません",
    "the end of {found} is not {minutes} minutes after {start} ({end})",
)
_SESSION = Text("回のID「{found}」は「{wanted}」と合いません", "the session {found} is not {wanted}")
_NAME = Text(
    "事業「{found}」は系列 {series} の「{name}」と合いません",
    "the programme {found} is not that of series {series}, {name}",
)
_LINE = Text(
    "公表表の行「{found}」は系列 {series} の {line} と合いません",
    "the published line {found} is not that of series {series}, {line}",
)
_REMEDY = Text(
    "どちらが正しいか確かめ、この欄を直すか空にしてください",
    "see which is right, and correct this cell or leave it empty",
)
_ORDER = Text(
    "{name}: {day} は日付順では第{wanted}回ですが、第{found}回と書かれています",
    "{name}: {day} is number {wanted} in date order, but is written as number {found}",
)
_RENUMBER = Text(
    "session と number の欄を空にすると、日付順に番号を付けます",
    "leave session and number empty, and they are numbered in date order",
)
