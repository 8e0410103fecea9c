"""The file of an external calendar to events with their years, as far as they are of the plan's year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from ksolve.calendar import FiscalYear, YearlyDay, find_fiscal_years
from ksolve.clock import parse_clock
from ksolve.errors import PlanError, fault, nearest
from ksolve.external.dated import Dated
from ksolve.external.table import read_table
from ksolve.files import decode_text, read_bytes
from ksolve.findings import Finding, Severity
from ksolve.plan.external import ExternalCalendar
from ksolve.published import Grid, read_grid
from ksolve.schedules.calendars import event_lines
from ksolve.text import Text

_WEEKS = 365.25 / 7
"""An event of an earlier year is at the same weekday, the nearest to its date."""
_APRIL = 4


def read_dated(calendar: ExternalCalendar, year: FiscalYear) -> tuple[list[Dated], list[Finding]]:
    """Return the events of a calendar's file within a year, and what is to be said of the others.

    Raises PlanError where the file cannot be read at all.
    """
    path = calendar.path
    is_calendar = path.suffix.lower() in (".ics", ".ical")
    dated, findings = (_events(path), []) if is_calendar else _rows(path, calendar, year)
    inside, said = _of_year(dated, calendar, year)
    return inside, [*findings, *said]


def _rows(path: Path, calendar: ExternalCalendar, year: FiscalYear) -> tuple[list[Dated], list[Finding]]:
    grid = _sheet(read_grid(path), calendar)
    dated, faults = read_table(grid, calendar.columns)
    if not dated and not faults:
        raise PlanError([fault("external-empty", _EMPTY, grid.place(1), _COLUMN)])
    stated = _stated_year(grid, path)
    bare = [one for one in dated if one.first.year is None]
    if bare and stated is None:
        said = _NO_YEAR.fill(days=bare[0].text)
        faults.append(fault("external-no-year", said, bare[0].place, _GIVE_YEAR))
        dated = [one for one in dated if one.first.year]
    return [_with_year(one, stated or year) for one in dated], faults


def _sheet(grid: Grid, calendar: ExternalCalendar) -> Grid:
    """Return the sheet that a calendar names, or the grid as it is."""
    if not calendar.sheet:
        return grid
    names = [sheet.name for sheet in grid.sheets]
    if names and calendar.sheet not in names:
        remedy = nearest(calendar.sheet, names)
        text = _SHEET.fill(name=calendar.sheet)
        raise PlanError([fault("unknown-sheet", text, calendar.at("sheet"), remedy)])
    rows = (row for row in grid.rows if (sheet := grid.sheet(row.line)) and sheet.name == calendar.sheet)
    return replace(grid, rows=tuple(rows)) if names else grid


def _stated_year(grid: Grid, path: Path) -> FiscalYear | None:
    """Return the fiscal year that a file names in a cell (令和7年度), or in its own name."""
    texts = [cell.text for cell in grid.cells if "年度" in cell.text]
    return next((found for text in (*texts, path.name) for _, found in find_fiscal_years(text)), None)


def _events(path: Path) -> list[Dated]:
    """Return the events of a calendar in ICS."""
    found = []
    for line in event_lines(decode_text(read_bytes(path), str(path)), str(path)):
        cells = line.cells
        first = _day(date.fromisoformat(cells["date"]))
        last = _day(date.fromisoformat(cells.get("last_day") or cells["date"]))
        timed = bool(cells.get("start") and cells.get("end")) and first == last
        hours = ((parse_clock(cells["start"]), parse_clock(cells["end"])),) if timed else None
        tentative = "(仮)" in cells["name"]
        found.append(Dated(first, last, cells["name"], line.place, hours, tentative))
    return found


def _day(day: date) -> YearlyDay:
    return YearlyDay(day.month, day.day, day.year)


def _with_year(one: Dated, year: FiscalYear) -> Dated:
    """Return an event with the years of its days, which are those of a fiscal year where they have none."""
    if one.first.year is not None:
        last = one.last if one.last.year else replace(one.last, year=one.first.year)
        return replace(one, last=last)
    try:
        first, last = _day(one.first.within(year)), _day(one.last.within(year))
    except ValueError:  # 2/29, told later
        return one
    return replace(one, first=first, last=last)


def _of_year(
    dated: Sequence[Dated], calendar: ExternalCalendar, year: FiscalYear
) -> tuple[list[Dated], list[Finding]]:
    """Return the events that the year has; what lies in another year is told.

    Dates of earlier years alone are estimates of this one's, as with `last_year`: the plan can be used, and
    says so.
    """
    oldest = min((_year_of(one) for one in dated if one.first.year), default=year.start)
    is_old = bool(dated) and all(_is_before(one, year) for one in dated)
    estimated = [_estimated(calendar, dated, year)] if is_old and not calendar.last_year else []
    if calendar.last_year and oldest < year.start - 1:
        values = {"name": calendar.name, "year": FiscalYear(oldest)}
        estimated = [
            Finding("external-estimated", Severity.NOTE, _OLD.fill(**values), dated[0].place, remedy=_ASK)
        ]
    if calendar.last_year or is_old:
        dated = [_moved(one, year) for one in dated]
    missing = [one for one in dated if not _exists(one, year)]
    findings = [*estimated]
    findings += [fault("no-such-day", _NO_DAY.fill(days=one.text, year=year), one.place) for one in missing]
    wrong = [one for one in dated if one not in missing and _is_reversed(one)]
    findings += [fault("days-reversed", _REVERSED.fill(days=one.text), one.place) for one in wrong]
    held = [one for one in dated if one not in missing and one not in wrong]
    inside = [one for one in held if _touches(one, year)]
    outside = [one for one in held if one not in inside]
    if outside and not inside:
        values = {"name": calendar.name, "days": outside[0].text, "year": year}
        findings.append(fault("external-other-year", _OTHER.fill(**values), outside[0].place, _LATER))
    elif outside:
        text = _SOME.fill(name=calendar.name, count=len(outside), days=outside[0].text, year=year)
        findings.append(Finding("external-outside", Severity.NOTE, text, outside[0].place))
    return inside, findings


def _estimated(calendar: ExternalCalendar, dated: Sequence[Dated], year: FiscalYear) -> Finding:
    values = {"name": calendar.name, "days": dated[0].text, "year": year}
    return Finding(
        "external-estimated", Severity.WARNING, _ESTIMATED.fill(**values), dated[0].place, remedy=_ASK
    )


def _is_before(one: Dated, year: FiscalYear) -> bool:
    return one.last.year is not None and _exists(one, year) and one.last.within(year) < year.first


def _year_of(one: Dated) -> int:
    return (one.first.year or 0) - (one.first.month < _APRIL)


def _exists(one: Dated, year: FiscalYear) -> bool:
    """Tell whether the year has both ends: 2/29."""
    try:
        return bool(one.first.within(year) and one.last.within(year))
    except ValueError:
        return False


def _touches(one: Dated, year: FiscalYear) -> bool:
    return one.last.within(year) >= year.first and one.first.within(year) <= year.last


def _is_reversed(one: Dated) -> bool:
    ends = [(day.year or 0, day.month, day.day) for day in (one.first, one.last)]
    return ends[1] < ends[0]


def _moved(one: Dated, year: FiscalYear) -> Dated:
    """Return an event of an earlier year at the same weekdays of this year, as an estimate."""
    if one.first.year is None:
        return one  # 2/29
    first, last = (date(day.year or 0, day.month, day.day) for day in (one.first, one.last))
    years = year.start - _year_of(one)
    step = timedelta(weeks=round(years * _WEEKS))
    return replace(one, first=_day(first + step), last=_day(last + step), tentative=True) if years else one


_SHEET = Text("シート「{name}」がありません", "there is no sheet {name}")
_EMPTY = Text("日付のある行が一つもありません", "no row has a date")
_COLUMN = Text(
    "日付の列の見出しを columns(記入表では「見出しの読み替え」)に 日付=見出し のように書いてください",
    "name the heading of the dates in columns (in a form: headings): 日付=HEADING",
)
_NO_YEAR = Text(
    "{days} の年が分かりません(ファイルのどこにも年度がありません)",
    "the year of {days} is not known: the file names none",
)
_GIVE_YEAR = Text(
    "日付を年から書くか、表の題やファイル名に 令和7年度 のように書いてください",
    "write dates with years, or the year (令和7年度) in a title or in the file's name",
)
_NO_DAY = Text("{days} は{year}にありません", "{year} has no {days}")
_REVERSED = Text("{days} は終わりが始まりより前です", "{days} ends before it begins")
_OTHER = Text(
    "{name}: どの日付({days} など)も{year}の外です", "{name}: all dates ({days}, ...) are outside {year}"
)
_ESTIMATED = Text(
    "{name}: どの日付({days} など)も{year}より前のものです。同じ曜日に移し、仮の日程としました",
    "{name}: all dates ({days}, ...) are before {year}: moved to the same weekdays, as estimates",
)
_OLD = Text("{name}: 日程は{year}のものです", "{name}: its dates are of {year}")
_ASK = Text(
    "今年度の日程のファイルができたら、file(記入表では「ファイル」)に書いてください",
    "when this year's dates are known, name their file (in a form: file)",
)
_LATER = Text(
    "この年度の日程のファイルを file(記入表では「ファイル」)に書いてください",
    "name the file of this year's dates (in a form: file)",
)
_SOME = Text(
    "{name}: {count}件({days} など)は{year}の外なので使いません",
    "{name}: {count} entries ({days}, ...) are outside {year} and not used",
)
