"""The year's table of our own book, held against its sessions: a date typed into one alone is an error."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ksolve.calendar import MONTHS, WEEKDAYS, day_text
from ksolve.clock import clock, parse_clock
from ksolve.findings import Finding, Place, Severity
from ksolve.letters import narrow
from ksolve.problem import Problem
from ksolve.problem.schedule import Session
from ksolve.schedules.tidy import OTHERS_KEY, YEAR_KEY
from ksolve.text import Text

_MONTH_WORDS = {f"{month}月": month for month in MONTHS}
_DAY = re.compile(r"(?:(?P<month>\d{1,2})[/月])?(?P<day>\d{1,2})日?(?:\((?P<weekday>.)(?:曜日?)?\))?")
_TIME = re.compile(r"\d{1,2}:\d\d")
_TIMED = re.compile(r"(?P<day>.+\))(?P<time>\d{1,2}:\d\d)")
_TIME_WORDS = ("時刻", "Time")
_WHOLE = re.compile(r"\d{4}-\d\d-\d\d")
_COUNT = re.compile(r"(\d{1,4})回")


@dataclass(frozen=True, slots=True)
class YearCell:
    """What the year's table says of a programme or component (`key`, empty for no row of ours) in a month.

    `start` is what the row says of all its sessions, None where it says nothing.
    """

    key: str
    month: int
    text: str
    place: Place
    start: int | None = None


def year_cells(rows: Sequence[tuple[int, Sequence[str]]], place: Place) -> list[YearCell]:
    """Return the cells of the months of a sheet; none where it is not the year's table of our own book."""
    head = next((cells for _, cells in rows if YEAR_KEY in cells), ())
    months = {column: _MONTH_WORDS[word] for column, word in enumerate(head) if word in _MONTH_WORDS}
    if len(months) < len(MONTHS):
        return []
    below = [(line, [*cells, *[""] * (len(head) - len(cells))]) for line, cells in rows if cells is not head]
    time = next((column for column, word in enumerate(head) if word in _TIME_WORDS), None)
    return [
        YearCell(
            cells[head.index(YEAR_KEY)],
            month,
            cells[column],
            Place(place.file, line, column + 1, place.sheet),
            _start(cells[time]) if time is not None else None,
        )
        for line, cells in below
        for column, month in months.items()
    ]


def differences(
    cells: Sequence[YearCell], sessions: Sequence[Session], problem: Problem
) -> Iterator[Finding]:
    """Yield an error for each date that stands in one of the two alone, at the cell of the table."""
    if not cells:
        return
    dated = _dated(sessions, problem)
    names = _names(problem)
    for cell in cells:
        if cell.key == OTHERS_KEY:
            continue  # what others hold is no session
        if cell.key in names:
            held = dated[cell.key, cell.month]
            yield from _of_cell(cell, held, names[cell.key], problem)
        elif any(_day(word, cell.month, problem) for word in _words(cell.text) if not word.isdecimal()):
            yield _finding(cell, _NO_ROW.fill(found=cell.text))


Slot = tuple[date, int]


def _start(text: str) -> int | None:
    """Return the start of 10:00–11:30, None where a text begins with no time."""
    found = _TIME.match(narrow(text).strip())
    return parse_clock(found[0]) if found else None


def _dated(sessions: Sequence[Session], problem: Problem) -> Mapping[tuple[str, int], list[Slot]]:
    """Return the dates and starts of each programme and component in each month."""
    owners = {series.id: series for series in problem.counted}
    found: dict[tuple[str, int], list[Slot]] = defaultdict(list)
    for session in sessions:
        owner = owners.get(session.series)
        if owner is not None:
            for key in {owner.programme, f"{owner.programme}.{owner.component}"}:
                found[key, session.day.month].append((session.day, session.start))
    return found


def _names(problem: Problem) -> dict[str, str]:
    names: dict[str, str] = {}
    for series in problem.counted:
        names.setdefault(series.programme, series.name)
        if series.component:
            names.setdefault(f"{series.programme}.{series.component}", series.part or series.name)
    return names


def _of_cell(cell: YearCell, slots: Sequence[Slot], name: str, problem: Problem) -> Iterator[Finding]:
    counted = _COUNT.fullmatch(narrow(cell.text))
    if counted:
        if int(counted[1]) != len(slots):
            yield _finding(cell, _SUM.fill(name=name, found=cell.text, held=len(slots)))
        return
    stated: list[tuple[date, int | None]] = []
    start = cell.start
    for word in _words(cell.text):
        if _TIME.fullmatch(word):
            start = _start(word)  # of the days behind it
            continue
        timed = _TIMED.fullmatch(word)
        day = _day(timed["day"] if timed else word, cell.month, problem)
        if day is None:
            yield _finding(cell, _NO_DAY.fill(name=name, found=word, month=cell.month))
            return
        stated.append((day, _start(timed["time"]) if timed else start))
    yield from _of_days(cell, name, stated, slots)


def _of_days(
    cell: YearCell, name: str, stated: Sequence[tuple[date, int | None]], slots: Sequence[Slot]
) -> Iterator[Finding]:
    """Yield what the days of a cell and those that are held do not have in common, dates before times."""
    days, held = Counter(day for day, _ in stated), Counter(day for day, _ in slots)
    for day in sorted(days - held):
        yield _finding(cell, _NOT_HELD.fill(name=name, day=day_text(day)))
    for day in sorted(held - days):
        yield _finding(cell, _NOT_STATED.fill(name=name, day=day_text(day)))
    both = Counter((day, start) for day, start in stated if start is not None and days[day] == held[day])
    for day, start in sorted(both - Counter(slots)):
        yield _finding(cell, _OTHER_TIME.fill(name=name, day=day_text(day), start=clock(start)))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[・、,\s]+", narrow(text)) if word]


def _day(word: str, month: int, problem: Problem) -> date | None:
    """Return the date that a word of a month's cell names, None where it names none of that month."""
    if _WHOLE.fullmatch(word):
        day = date.fromisoformat(word)
        return day if day.month == month else None
    found = _DAY.fullmatch(word)
    first, last = problem.year.month(month)
    if not found or int(found["month"] or month) != month or not 1 <= int(found["day"]) <= last.day:
        return None
    day = first.replace(day=int(found["day"]))
    return day if (found["weekday"] or WEEKDAYS[day.weekday()]) == WEEKDAYS[day.weekday()] else None


def _finding(cell: YearCell, text: Text) -> Finding:
    return Finding("contradicting-cell", Severity.ERROR, text, cell.place, remedy=_REMEDY)


_NOT_HELD = Text(
    "{name}: 年間予定表の {day} が「データ」にありません",
    "{name}: {day} of the year's table is not in the data",
)
_NOT_STATED = Text(
    "{name}: 「データ」の {day} が年間予定表にありません",
    "{name}: {day} of the data is not in the year's table",
)
_OTHER_TIME = Text(
    "{name}: 年間予定表の {day} {start} は「データ」では別の時刻です",
    "{name}: {day} {start} of the year's table is at another time in the data",
)
_SUM = Text(
    "{name}: 年間予定表の「{found}」が「データ」の{held}回と合いません",
    "{name}: {found} of the year's table is not the {held} of the data",
)
_NO_DAY = Text(
    "{name}: 年間予定表の「{found}」が{month}月の日として読めません",
    "{name}: {found} of the year's table is no day of month {month}",
)
_NO_ROW = Text(
    "年間予定表に書き足された行の「{found}」は「データ」にありません",
    "{found} stands in a row added to the year's table, and not in the data",
)
_REMEDY = Text(
    "正しいほうに合わせて両方を直してください。データだけを見るなら、"
    "年間予定表のシートを消すか --sheet データ を付けます",
    "make both the same; to look at the data alone, name its sheet (--sheet) or remove that of the year",
)
