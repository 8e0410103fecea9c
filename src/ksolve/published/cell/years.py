"""Which fiscal year a table is for: its title, the dates in it, or the name of its file says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import PurePath

from ksolve.calendar import MONTHS, FiscalYear, find_fiscal_years, parse_fiscal_year
from ksolve.letters import narrow
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Grid

_IN_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?:[RrHh](?:\d{1,2}|元)|(?:令和|平成)(?:\d{1,2}|元)(?:年度)?|(?:FY)?20\d\d)(?!\d)"
)
_IN_CELL = re.compile(r"\s*(20\d\d)[-/.年](\d{1,2})[-/.月]\d{1,2}")
YEAR_ALONE = re.compile(r"[(]?(?:(?:令和|平成|[RH])(?:\d{1,2}|元)|20\d\d)年度[)]?")
"""A cell in one width that holds nothing but a fiscal year."""


def fiscal_years_in(text: str) -> tuple[FiscalYear, ...]:
    """Return the fiscal years that a title names: 令和6年度 or 2024年度."""
    if len(text) > _LONGEST:
        return ()
    eras = [year for spelled, year in find_fiscal_years(text) if spelled.endswith("度")]
    western = re.findall(r"(20\d\d)年度", narrow(text))
    with suppress(ValueError):  # R0年度
        eras += [parse_fiscal_year(short) for short in _SHORT_YEAR.findall(narrow(text))]
    return (*eras, *(FiscalYear(int(year)) for year in western))


_LONGEST = 200
"""A text of more characters is no title."""
_SHORT_YEAR = re.compile(r"(?<![A-Za-z0-9])[RrHh](?:\d{1,2}|元)年度")
_YEAR_MONTH = re.compile(
    r"(?P<era>令和|平成|R|H)?(?P<year>20\d\d|元|\d{1,2})年\s*(?P<month>\d{1,2})月(?!\s*\d)"
)
_MADE = re.compile(r"作成|改訂|改定|現在|発行|更新|策定|時点|版|訂正|公表")
"""A month beside such a word is when the table was made, and not the one that it is for."""
_ONE_MONTH = re.compile(r"(?<!\d)(\d{1,2})月")


def year_and_month_in(text: str) -> tuple[FiscalYear, int] | None:
    """Return the fiscal year and the month of a title for one month (図書館行事予定 2024年5月)."""
    found = _YEAR_MONTH.search(narrow(text)) if len(text) <= _LONGEST and not _MADE.search(text) else None
    month = int(found["month"]) if found else 0
    if not found or month not in MONTHS or (not found["era"] and len(found["year"]) < 4):
        return None
    with suppress(ValueError):  # 令和0年
        named = parse_fiscal_year(f"{found['era'] or ''}{found['year']}")
        return FiscalYear(named.start - (month < MONTHS[0])), month
    return None


def month_in(text: str) -> int:
    """Return the one month that a heading names (5月の行事), 0 where it names none, several, or a date."""
    plain = narrow(text) if len(text) <= _LONGEST and not _MADE.search(text) else ""
    named = {int(month) for month in _ONE_MONTH.findall(plain)}
    is_other = re.search(r"月\s*\d|[~-]\s*\d{1,2}月|月\s*(?:から|まで|[~-])", plain)
    return named.pop() if len(named) == 1 and named <= set(MONTHS) and not is_other else 0


def year_of(
    grid: Grid,
    titled: FiscalYear | None,
    asked: FiscalYear | None,
    headings: Iterable[str],
    findings: Findings,
) -> FiscalYear | None:
    """Return the year that is asked for, else the title's, else that of all dates, of a heading, of the file.

    `headings` are the texts outside the tables: one may begin with a year (R7 サークル一覧).
    """
    if asked:
        if titled and titled != asked:
            findings.say("year-contradiction", 1, 0, title=titled, asked=asked)
        return asked
    if titled:
        return titled
    dated = _of_dates(cell.text for cell in grid.cells)
    if dated:
        findings.say("year-from-dates", 1, 0, year=dated)
        return dated
    begun = (_IN_NAME.match(narrow(text).lstrip("(")) for text in headings if not _MADE.search(text))
    for named in (*begun, _IN_NAME.search(narrow(PurePath(grid.file).stem))):
        with suppress(ValueError):
            if named:
                year = parse_fiscal_year(named[0].upper())
                findings.say("year-from-file-name", 1, 0, found=named[0], year=year)
                return year
    return None


def _of_dates(texts: Iterable[str]) -> FiscalYear | None:
    """Return the one fiscal year in which all dates and months with a year lie (2024-05-11, 令和6年5月)."""
    found = set()
    for text in texts:
        if match := _IN_CELL.match(text):
            found.add(FiscalYear(int(match[1]) - (int(match[2]) < MONTHS[0])))
        elif len(text) <= _LONGEST_LABEL and (named := year_and_month_in(text)):
            found.add(named[0])
    return found.pop() if len(found) == 1 else None


_LONGEST_LABEL = 12
