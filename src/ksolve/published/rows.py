"""What a published plan holds once it has been read: rows, components, marks, windows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ksolve.calendar import FiscalYear, YearlyDay
from ksolve.clock import Span
from ksolve.findings import Finding, Place, Severity
from ksolve.frequency import Closing, Frequency, Months, Range


class MarkKind(StrEnum):
    """The signs under a month, and what stands for one where there are no month columns."""

    CIRCLE = "circle"  # ○: one session in the month
    ARROW = "arrow"  # ↔: sessions within a period
    ALL_YEAR = "all_year"  # ↓: the whole year
    LABEL = "label"  # text such as 第10期 第3回
    START = "start"  # 開始: the service starts in this month
    NONE = "none"  # a dash, 休み: no session in the month
    DATE = "date"  # 18日(土), 4/20: a session on this day
    MONTHS = "months"  # 7～8月 in a column of its own


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign in a cell; `column` is the 1-based column of cells.

    `months` is the hull in which it may be honoured; `readings` holds each single reading
    where the column leaves more than one. `sessions` is how many a sign itself counts (○○, 2回),
    `day` the published date, `is_whole` whether both ends of an arrow are known.
    """

    kind: MarkKind
    text: str
    line: int
    column: int
    months: tuple[int, ...]
    readings: tuple[tuple[int, ...], ...] = ()
    sessions: int = 1
    day: YearlyDay | None = None
    is_whole: bool = False

    @property
    def is_placing(self) -> bool:
        """Whether the sign places sessions: not ↓, not 開始, and not a dash."""
        return self.kind not in (MarkKind.ALL_YEAR, MarkKind.START, MarkKind.NONE)


@dataclass(frozen=True, slots=True)
class Promise:
    """`sessions` sessions that `marks` place within `months`, of the named part of a split if any."""

    months: tuple[int, ...]
    sessions: int
    marks: tuple[Mark, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class HeldWith:
    """`sessions` sessions (None: all) that are held together with those of the programme `name`."""

    name: str
    sessions: int | None


@dataclass(frozen=True, slots=True)
class Component:
    """One component of a row, such as エンジェル教室 within 育児教室.

    `count` is the sessions in a year over all groups; for an open component (不定期) its
    remainder of the row's count. `note` is what follows a colon (5か月児対象).
    """

    name: str
    text: str
    frequency: Frequency
    count: Range
    open: bool = False
    note: str = ""
    binding: HeldWith | None = None


@dataclass(frozen=True, slots=True)
class Ditto:
    """A cell that repeats another: its 1-based column, and the line of the cell it repeats."""

    column: int
    line: int


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One programme of the table.

    `frequency` is the meaning of the columns that say how often and when, None where they are
    empty. `count` is the sessions promised in a year, and `counted_from` what says so:
    ``frequency``, ``sites`` (places counted in the content), ``marks``, ``dates``, ``total`` or
    ``nothing`` (then 0 to None). `parts` is a split of the count. `hours` is from when to when
    (equal: only the start is known); `people` is for how many (0: not said); `remarks` are other
    columns as (heading, text).
    """

    line: int
    category: str
    name: str
    content: str
    frequency_text: str
    frequency: Frequency | None
    count: Range
    counted_from: str
    components: tuple[Component, ...] = ()
    parts: tuple[tuple[str, int], ...] = ()
    marks: tuple[Mark, ...] = ()
    promises: tuple[Promise, ...] = ()
    binding: HeldWith | None = None
    is_new: bool = False
    is_publication: bool = False
    hours: Span | None = None
    audience: str = ""
    place: str = ""
    facility: str = ""
    people: int = 0
    remarks: tuple[tuple[str, str], ...] = ()
    dittos: tuple[Ditto, ...] = ()

    @property
    def placing(self) -> tuple[Mark, ...]:
        """The marks that place sessions in known months."""
        return tuple(mark for mark in self.marks if mark.is_placing and mark.months)

    @property
    def starts_in(self) -> int | None:
        """The month in which the row begins (開始), None where it says nothing."""
        starts = (mark for mark in self.marks if mark.kind is MarkKind.START and mark.months)
        return next((mark.months[0] for mark in starts), None)

    @property
    def is_unread(self) -> bool:
        """Whether the row says how often, in words that are not understood."""
        return self.frequency is None and bool(self.frequency_text)

    @property
    def is_service(self) -> bool:
        """Whether the row goes on without sessions of its own."""
        return self.frequency is not None and self.frequency.is_service

    @property
    def months(self) -> Months | None:
        """The months that the promises name, None where they name none."""
        named = tuple(month for promise in self.promises for month in promise.months)
        return Months(named) if named else None

    @property
    def dates(self) -> tuple[YearlyDay, ...]:
        """The published dates, in reading order."""
        return tuple(mark.day for mark in self.marks if mark.day)

    def days_in(self, year: FiscalYear) -> list[date]:
        """Return the published dates that a year has, in order."""
        return sorted(filter(None, (_within(day, year) for day in self.dates)))


def _within(day: YearlyDay, year: FiscalYear) -> date | None:
    """Return a day as the year has it, None for 4/31 or a day of another year."""
    try:
        found = day.within(year)
    except ValueError:
        return None
    return found if found in year else None


@dataclass(frozen=True, slots=True)
class PublishedTable:
    """One header row and the rows below it, with the heading that belongs to it."""

    line: int
    heading: str
    rows: tuple[PublishedRow, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or a line beside the programmes; `closing` is what it says about closed days."""

    text: str
    line: int
    column: int
    closing: Closing | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the place is closed, as a plan's calendar holds them; `why` is what the table says."""

    days: str
    why: str
    line: int
    column: int


@dataclass(frozen=True)
class PublishedPlan:
    """A published plan as read: its tables, and everything that had to be said about it.

    `ledger` maps each non-empty cell, as (line, column), to the role it was read in; a cell
    that no role fits is there as ``finding`` and named by a finding; those of a sheet without a
    table are there as ``other sheet`` and named by one for the sheet. Lines are numbered through
    all sheets of a book; a finding's place names the sheet and the line within it.
    """

    file: str
    title: str
    year: FiscalYear | None
    tables: tuple[PublishedTable, ...]
    findings: tuple[Finding, ...]
    ledger: Mapping[tuple[int, int], str] = field(repr=False)
    notes: tuple[Note, ...] = ()
    sheets: Mapping[str, int] = field(default_factory=dict)
    """How many lines stand before each sheet of a book."""
    upright: Mapping[tuple[int, int], int] = field(default_factory=dict, repr=False)
    """The line that a printed cell is read in, by line and column, where that is another one."""
    closures: tuple[Closure, ...] = ()
    columns: tuple[str, ...] = ()
    """What headings were told to mean (事業=教室名)."""

    def line_of(self, place: Place | None) -> int:
        """Return the line, counted through all sheets, that a finding's place is read in; 0 for none."""
        line = place.line + self.sheets.get(place.sheet, 0) if place else 0
        return self.upright.get((line, place.column), line) if place else 0

    def place_of(self, line: int) -> Place:
        """Return the place of a line that is counted through all sheets."""
        sheets = [(before, name) for name, before in self.sheets.items() if before < line]
        before, sheet = max(sheets, default=(0, ""))
        return Place(self.file, line - before, sheet=sheet)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What was not understood: marks, frequencies, dates; with no rows, why there are none."""
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    @property
    def rows(self) -> tuple[PublishedRow, ...]:
        """Every programme row, in order."""
        return tuple(row for table in self.tables for row in table.rows)

    def row(self, line: int) -> PublishedRow | None:
        """Return the row at a line of the file."""
        return next((row for row in self.rows if row.line == line), None)
