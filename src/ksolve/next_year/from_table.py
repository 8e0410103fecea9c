"""A published table with dates and no plan to last year's plan and what was held by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ksolve.calendar import FiscalYear, parse_fiscal_year
from ksolve.errors import PlanError, fault
from ksolve.expand import expand
from ksolve.files import write_whole
from ksolve.findings import Place, Severity
from ksolve.next_year.said import FARTHEST, YES, Question
from ksolve.plan import Plan, load
from ksolve.plan.skeleton import skeleton
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session, numbered
from ksolve.published import PublishedPlan, PublishedRow, read_published
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class LastYear:
    """Last year as a table tells it: a plan, the sessions that it dates, and what it does not tell."""

    path: Path
    plan: Plan
    problem: Problem
    published: PublishedPlan
    schedule: Schedule
    questions: tuple[Question, ...]


def last_year_of(
    table: Path,
    target: FiscalYear,
    path: Path,
    columns: Sequence[str] = (),
    answers: Mapping[str, str] | None = None,
) -> LastYear:
    """Read a table, and write the plan of its year to `path`; a table without a year is of the one before.

    `answers` say of which year it is, and of which part of a programme its dates are. Raises PlanError
    where the table cannot be read, is not of an earlier year, or has no date.
    """
    published = read_published(table, columns=columns)
    if published.errors and not published.rows:
        raise PlanError(published.errors)
    told = answers or {}
    year = published.year or _year(told.get("table:year", ""), FiscalYear(target.start - 1))
    if not 0 < target.start - year.start <= FARTHEST:
        text = (_NOT_EARLIER if year >= target else _TOO_EARLY).fill(year=year, target=target)
        raise PlanError([fault("not-earlier", text, Place(str(table)), _GIVE_YEAR)])
    if not any(row.days_in(year) for row in published.rows):
        raise PlanError([fault("no-dates", _NO_DATES.fill(year=year), Place(str(table)), _READ)])
    write_whole(path, skeleton(published, year, path).encode("utf-8"), force=True)
    plan = load(path)
    problem = expand(plan)
    schedule = numbered(_sessions(problem, published, year, told))
    asked = tuple(_questions(published, problem, schedule, year))
    return LastYear(path, plan, problem, published, schedule, asked)


def _year(answer: str, assumed: FiscalYear) -> FiscalYear:
    """Return the year that an answer names, else the one that is assumed. Raises PlanError."""
    if not answer or answer in YES:
        return assumed
    try:
        return parse_fiscal_year(answer)
    except ValueError:
        raise PlanError([fault("unreadable-answer", _NO_YEAR.fill(answer=answer), None)]) from None


def _sessions(
    problem: Problem, published: PublishedPlan, year: FiscalYear, answers: Mapping[str, str]
) -> Iterator[Session]:
    """Yield a session for each date of a row, at the start that the table names or the plan assumes.

    A row of several parts has its dates in the one that the answer names, by its name or its place (2).
    """
    for row in published.rows:
        series = [one for one in problem.series if one.published_line == row.line]
        answer = answers.get(f"parts:{row.line}", "")
        if len(series) > 1 and answer:
            series = [
                one for n, one in enumerate(series, 1) if answer in (str(n), one.name, one.id, one.component)
            ]
        if len(series) == 1:
            (one,) = series
            for day in sorted(set(row.days_in(year))):
                yield Session(one.id, 0, day, one.starts[0], one.minutes)


def _questions(
    published: PublishedPlan, problem: Problem, schedule: Schedule, year: FiscalYear
) -> Iterator[Question]:
    """Yield what the table does not tell: its year, rooms and staff, starts, dates, and what was not read."""
    place = Place(published.file)
    if published.year is None:
        yield Question("table:year", "", _WHICH_YEAR.fill(year=year), str(year), place=place)
    yield Question("table:centre", "", _CENTRE, place=place)
    for found in published.findings:
        if found.severity is Severity.ERROR:
            at = found.place or place
            yield Question(f"read:{found.rule}:{at.line}", "", found.text, place=at)
    held = {session.series: session.day for session in schedule.sessions}
    for row in published.rows:
        yield from _of_row(row, problem, held, published)


def _of_row(
    row: PublishedRow, problem: Problem, held: dict[str, date], published: PublishedPlan
) -> Iterator[Question]:
    place = published.place_of(row.line)
    series = [one for one in problem.series if one.published_line == row.line]
    if not series:
        return
    if row.days_in(problem.year) and len(series) > 1:
        names = tuple(one.name for one in series)
        yield Question(f"parts:{row.line}", row.name, _WHICH_PART, "", names, place)
    no_hours = row.hours is None and not any(
        term.hours for one in (row.frequency,) if one for term in one.terms
    )
    if no_hours and any(one.id in held for one in series):
        start = series[0].starts[0]
        taken = f"{start // 60}:{start % 60:02d}"
        yield Question(f"start-time:{row.line}", row.name, _WHICH_START, taken, place=place)


_NO_YEAR = Text(
    "答え「{answer}」は年度ではありません(令和6年度)", "the answer {answer} is no year (令和6年度)"
)
_NOT_EARLIER = Text(
    "表は{year}のもので、{target}より前ではありません", "the table is of {year}, which is not before {target}"
)
_TOO_EARLY = Text(
    "表は{year}のもので、{target}の何年も前です", "the table is of {year}, years before {target}"
)
_GIVE_YEAR = Text("--year には、表の次の年度を書いてください", "give the year after the table's as --year")
_NO_DATES = Text(
    "表に{year}の日付がありません。日付のない表からは、いつもの曜日などを読み取れません",
    "the table has no date of {year}, so that there is no habit to read",
)
_READ = Text(
    "ksolve form 表 -o 記入表.xlsx で記入表を作り、ksolve solve 記入表.xlsx で日付を入れてください",
    "make a workbook with ksolve form TABLE -o FORM.xlsx, and date it with ksolve solve FORM.xlsx",
)
_WHICH_YEAR = Text("表に年度がありません。{year}のものですか", "the table names no year: is it of {year}?")
_CENTRE = Text(
    "部屋・職員・開館時間・各回の長さは表にないので仮に置いています。実際のものを resources に書いてください",
    "rooms, staff, opening hours and lengths are placeholders: write the real ones into resources",
)
_WHICH_PART = Text(
    "日付がどの内訳(グループ)のものか分からないので、いつもの曜日などを読み取っていません",
    "it is not told to which of its parts the dates belong: no habit is read",
)
_WHICH_START = Text("開始時刻が表にありません。何時からですか", "the table does not tell when it starts")
