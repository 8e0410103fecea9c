"""How often and when: the cells of a row that say it, read together as one frequency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ksolve.calendar import WEEKDAYS
from ksolve.frequency import (
    Frequency,
    FrequencyError,
    Hedge,
    Per,
    Range,
    Service,
    Term,
    months_of,
)
from ksolve.published.cell.cancelled import is_cancelled
from ksolve.published.cell.dates import Named, stretch_in
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import LONGEST, meaning_of, nearest_to, read_text
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import Head, Role, bare_month, plain, read_head
from ksolve.published.layout.columns import Columns
from ksolve.published.row.named_dates import Days, days_of_cell, month_of_row, with_last_day, with_weekdays
from ksolve.published.row.particulars import HOURS
from ksolve.published.row.rows_above import RowsAbove
from ksolve.text import Text

_MOST_NEAREST = 20
"""The nearest form is named for so many unreadable texts of one file; it takes a while."""
_COUNT = re.compile(r"\d{1,3}(?:~\d{1,3})?")
_WITHIN_YEAR = re.compile(r"年度?[内中]に?")
_NOTHING = re.compile(r"[-~ー－※＊*\s]+")
_BRACKETS = re.compile(r"[(（]([^()（）]*)[)）]")


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one cell that says how often or when; `said` is what it says as a frequency."""

    column: int
    text: str
    said: str
    role: Role | None


@dataclass(frozen=True, slots=True)
class HowOften:
    """What a row says about how often and when; `column` is where that begins.

    `days` are the days named, by column; `is_partial` is set where they are those of one month
    only (4月の公表日), `is_in_cells` where the cells of the months say how often (毎週木).
    `unused` are the columns that say nothing after all, as (heading, text).
    """

    text: str = ""
    frequency: Frequency | None = None
    column: int = 0
    days: tuple[tuple[int, tuple[Named, ...]], ...] = ()
    pieces: tuple[Piece, ...] = ()
    is_partial: bool = False
    is_in_cells: bool = False
    unused: tuple[tuple[str, str], ...] = ()

    def said_in_cells(self, frequency: Frequency, column: int) -> HowOften:
        """Return what the cells of the months say, from a column on, beside what the row says."""
        return replace(
            self,
            text=self.text or frequency.text,
            frequency=frequency,
            column=self.column if self.pieces else column,
            is_in_cells=True,
        )

    @property
    def is_listing(self) -> bool:
        """Whether only a column of months speaks (5月): it says when and no count."""
        return bool(self.pieces) and all(piece.role is Role.PERIOD for piece in self.pieces)


def read_how_often(row: Row, columns: Columns, above: RowsAbove, findings: Findings) -> HowOften:
    """Read the cells that say how often and when, each alone and then together."""
    pieces: list[Piece] = []
    days: Days = []
    month = month_of_row(row, columns)
    is_partial = False
    unused: tuple[tuple[str, str], ...] = ()
    for column, stated in columns.when:
        is_first = stated.role is Role.FIRST_DAY
        head = replace(stated, role=Role.DATES) if is_first else stated
        cells = with_last_day(row, column, columns) if is_first else row
        if not (text := cells[column]):
            continue
        if is_cancelled(text):
            findings.refuse(row, column, "cancelled-date", found=text)
            continue
        text, half = _without_half(text)
        if half:
            cells = replace(cells, cells=(*cells.cells[:column], text, *cells.cells[column + 1 :]))
            findings.say("half-day-hours", row.line, column + 1, found=half)
            unused = ((HOURS, half),)
        named = days_of_cell(cells, column, head, month, above, findings)
        if named:
            days.append((column, named))
            is_partial |= bool(head.days_of)
        elif named is None:
            pieces += _period(cells, column, head, month, findings) or _piece(column, text, head)
    weekday = columns.single.get(Role.WEEKDAY)
    days, told = with_weekdays(row, weekday, days)
    said = []
    if told == "how often" and weekday is not None:
        said = _piece(weekday, row[weekday], Head(plain(row[weekday]), Role.FREQUENCY))
    when = _together(row, [*pieces, *said], findings)
    unused += (("曜日", row.text(weekday)),) if told == "unused" else ()
    if not days:
        return replace(when, unused=unused)
    above.last_day = days[-1][1][-1].day, row.line
    return replace(when, days=(*when.days, *days), is_partial=is_partial, unused=unused)


def _without_half(text: str) -> tuple[str, str]:
    """Return 第1水曜日 and 午後 of 第1水曜日 午後; the whole text where it says no half of a day, or more."""
    found = _HALF.fullmatch(text) if len(text) <= LONGEST else None
    half = {"AM": "午前", "PM": "午後"}.get(found[2], found[2]) if found else ""
    return (found[1], half) if found and meaning_of(found[1]) else (text, "")


_HALF = re.compile(r"(.+?)[\s、,]*[(（]?(午前|午後|AM|PM)中?[)）]?")


def _period(row: Row, column: int, head: Head, month: int, findings: Findings) -> list[Piece]:
    """Read a long stretch of days in a column of dates as the period in which the sessions are held."""
    ends = stretch_in(row[column], head.days_of or month) if head.role is Role.DATES else None
    if not ends:
        return []
    text = row[column]
    hull = "～".join(f"{day.month}/{day.day}" for day in ends)
    findings.say("period-of-days", row.line, column + 1, found=text, hull=hull)
    return [Piece(column, text, hull, head.role)]


def _piece(column: int, text: str, head: Head) -> list[Piece]:
    bare = plain(text[:LONGEST])
    if _NOTHING.fullmatch(bare) or (head.role is Role.PERIOD and _WITHIN_YEAR.fullmatch(bare)):
        return []
    said = text
    is_of_weekdays = head.word in ("曜日", "曜") or not read_head(head.word).is_known
    if is_of_weekdays and set(bare.replace("曜日", "")) <= {*WEEKDAYS, "・", ",", "、"}:
        said = f"毎週{text}" if "曜" in text else f"毎週{text}曜日"
    elif head.role is Role.FREQUENCY and _COUNT.fullmatch(bare):
        said = f"{bare}回"
    elif head.role is Role.PERIOD and bare_month(bare):
        said = f"{bare}月"
    elif head.role is Role.PERIOD and len(months := read_head(text).months) == 1:
        said = f"{months[0]}月"
    return [Piece(column, text, said, head.role)]


def _together(row: Row, pieces: Sequence[Piece], findings: Findings) -> HowOften:
    """Read 6回 and 5月~9月 as 6回 5月~9月; each must be readable, and both together."""
    text = "、".join(piece.said for piece in pieces)
    if not pieces:
        return HowOften()
    if each := _of_each_period(pieces):
        return HowOften(each.text, each, pieces[0].column, pieces=tuple(pieces))
    for piece in pieces:
        error = read_text(piece.said)[1]
        others = [other for other in pieces if other is not piece]
        if error and piece.role is not Role.FREQUENCY and _says_count(others):
            findings.say("unreadable-period", row.line, piece.column + 1, found=_short(piece.text))
            return _together(row, others, findings)
        if error:
            note_unreadable(row, piece.column, piece.text, error, findings)
            return HowOften(text, None, piece.column, pieces=tuple(pieces))
    if stated := _dates_of(row, pieces, findings):
        text = " ".join(piece.said for piece in stated)
    meaning, error = read_text(text)
    if error and (apart := _said_twice(pieces)):
        text, meaning, error = apart.text, apart, None
    if error:
        note_unreadable(row, pieces[0].column, quoted(pieces), error, findings)
    days = tuple(Named(day) for term in meaning.terms for day in term.dates) if meaning else ()
    column = pieces[0].column
    named = ((column, days),) if days else ()
    return HowOften(text, meaning, column, named, tuple(pieces))


def _said_twice(pieces: Sequence[Piece]) -> Frequency | None:
    """Return 前期5回 後期5回 or 8回×3クール beside a column of bare counts that they come to, else None."""
    counts = [
        piece for piece in pieces if piece.role is Role.FREQUENCY and _BARE_COUNT.fullmatch(plain(piece.said))
    ]
    others = [piece.said for piece in pieces if piece not in counts]
    whole = meaning_of(counts[0].said) if len(counts) == 1 else None
    meaning = meaning_of("、".join(others)) if others else None
    is_same = whole and meaning and meaning.terms and whole.year_count == meaning.year_count
    return meaning if is_same else None


_BARE_COUNT = re.compile(r"(?:年|年間|全|計|延べ)?\d{1,3}回")


def _says_count(pieces: Sequence[Piece]) -> bool:
    """Whether a column of counts says how often a row is held, whatever its period is."""
    stated = [meaning_of(piece.said) for piece in pieces if piece.role is Role.FREQUENCY]
    return any(term.count for meaning in stated if meaning for term in meaning.terms)


def _of_each_period(pieces: Sequence[Piece]) -> Frequency | None:
    """Return 前期・後期各3回 of 各3回 and 前期・後期 beside it, None where each piece speaks for itself."""
    others = [piece for piece in pieces if piece.role is not Role.PERIOD]
    if len(others) != 1 or len(pieces) == 1 or not _EACH.match(others[0].said):
        return None
    periods = [piece.said for piece in pieces if piece.role is Role.PERIOD]
    meaning = meaning_of("、".join(periods) + others[0].said)
    return meaning if meaning and meaning.terms else None


_EACH = re.compile(r"\s*(?:各|それぞれ)")


def _dates_of(row: Row, pieces: Sequence[Piece], findings: Findings) -> list[Piece]:
    """Return the pieces without the months where others name dates; say where a date is in none of those.

    The stated date (5/5) wins over the month (5月) that its row is listed under.
    """
    months = [piece for piece in pieces if piece.role is Role.PERIOD]
    others = [piece for piece in pieces if piece.role is not Role.PERIOD]
    meanings = [(piece, meaning_of(piece.said)) for piece in others]
    days = [(piece, day) for piece, one in meanings if one for term in one.terms for day in term.dates]
    if not months or not days:
        return []
    listed = [one for piece in months if (one := meaning_of(piece.said))]
    named = {month for one in listed for term in one.terms for month in months_of(term)}
    for piece, day in days:
        if named and day.month not in named:
            label = quoted(months)
            findings.say("date-outside-column", row.line, piece.column + 1, day=day, months=label)
    return others


def quoted(pieces: Sequence[Piece]) -> Text:
    """Return the texts of cells as a message quotes them, each as it stands in the table."""
    texts = [_short(piece.text) for piece in pieces]
    return Text("」と「".join(texts), " and ".join(texts))


def note_unreadable(
    row: Row, column: int, text: str | Text, error: FrequencyError, findings: Findings
) -> None:
    """Say that a text is no frequency; the nearest form is named for the first ones of a file."""
    near = (
        nearest_to(error.text)
        if findings.count("unreadable-frequency") < _MOST_NEAREST and len(error.text) <= LONGEST
        else ""
    )
    findings.say(
        "unreadable-frequency",
        row.line,
        column + 1,
        found=_short(text) if isinstance(text, str) else text,
        character=error.column + 1,
        reason=error.reason,
        near=Text(f"。近い書き方: {near}", f"; nearest form: {near}") if near else Text("", ""),
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_SHOWN = 80
_RESERVE = re.compile(r"(?:予備|雨天|荒天|順延).*(?:\d|翌)")


def note_certainty(row: Row, when: HowOften, frequency: Frequency, findings: Findings) -> None:
    """Say what a frequency itself leaves open: two ways, irregular dates, no count, 程度, 予定 and 予備日."""
    for remark in filter(_RESERVE.search, frequency.remarks):
        findings.say("reserve-date", row.line, when.column + 1, found=remark)
    left_open = _left_open(frequency)
    if not left_open:
        return
    at = row.line, when.column + 1
    found = quoted(when.pieces) if len(when.pieces) > 1 else _short(frequency.text)
    for name in left_open:
        if name in ("irregular-dates", "tentative-count"):
            findings.say(name, *at, found=found, count=frequency.year_count)
        else:
            findings.say(name, *at, found=found)


def _left_open(frequency: Frequency) -> list[str]:
    """Return the names of what a frequency leaves open."""
    terms, services = frequency.terms, frequency.services
    asked = {
        "two-ways": frequency.otherwise is not None,
        "irregular-dates": bool(services and terms) and Service.IRREGULAR in services,
        "tentative-count": any(term.hedges and term.hedges - {Hedge.USUALLY} for term in terms),
        "count-not-stated": bool(terms) and not services and all(term.count is None for term in terms),
    }
    return [name for name, is_open in asked.items() if is_open]


def with_content(
    row: Row, when: HowOften, content: str, column: int, findings: Findings
) -> tuple[HowOften, Range | None]:
    """Hold a frequency in the content (連続3回) against the month in which the row is listed.

    So many sessions in all start in that month. A monthly one starts in it or is held every
    month: both readings are kept in the count.
    """
    said = meaning_of(content) if _is_short(content) else None
    if not said or not said.terms or said.terms[0].count is None or not when.frequency:
        return when, None
    if not _is_listing(when):
        return when, None
    text = f"{content} {when.text}から"
    joined = meaning_of(text)
    if joined is None:
        return when, None
    values = {"month": when.text, "found": content}
    if said.terms[0].per in (Per.YEAR, Per.COURSE):
        findings.say("starts-in-month", row.line, column + 1, **values, count=joined.year_count)
        return replace(when, text=text, frequency=joined), None
    hull = Range(joined.year_count.low, said.year_count.high)
    findings.say("month-or-all-year", row.line, column + 1, **values, low=hull.low, high=hull.high or 0)
    return replace(when, text=text, frequency=joined), hull


def _is_short(text: str) -> bool:
    return 0 < len(text) <= _SHOWN and not _BRACKETS.search(text)


def _is_listing(when: HowOften) -> bool:
    """Tell a row that is listed under a single month (5月) and says no more about when."""
    terms = when.frequency.terms if when.frequency else ()
    return (
        len(terms) == 1
        and when.is_listing
        and terms[0].months is not None
        and terms[0] == Term(terms[0].count, terms[0].per, months=terms[0].months)
        and len(terms[0].months.values) == 1
    )
