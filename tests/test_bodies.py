"""Plans of seven bodies as they are printed: read, dated, and looked at as a planner would.

What each table means was written by hand before it was read, and so were the dates that its frequencies
decide. The small ones are dated in every run; all of them with SLOW_TESTS=1.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook

from counted import TOOL, counted
from ksolve.api import prepare
from ksolve.calendar import FiscalYear
from ksolve.findings import Severity
from ksolve.fit.regularity import regularity
from ksolve.plan.skeleton import skeleton
from ksolve.problem.schedule import Schedule, Session
from ksolve.published import PublishedPlan, parse_grid, read_published, survey
from ksolve.solver import Options
from ksolve.verified import solve
from test_published_tables import _meaning, _table

YEAR = FiscalYear(2026)
FILES = sorted((Path(__file__).parent / "bodies").glob("*.txt"))
SMALL = ("museum", "care_prevention", "community_hall")
FEW = 3
"""So many sessions a year may be at any time that suits."""
OFTEN = Fraction(86, 100)
"""The share of sessions that one sentence a programme predicts in calendars that Japanese towns publish."""
OFTEN_OF = {"community_hall": Fraction(80, 100)}
"""Every other week and five weeks in a row have no week of the month: 76 % of them at best are predicted."""
DATED = [
    pytest.param(
        path,
        id=path.stem,
        marks=[]
        if path.stem in SMALL
        else pytest.mark.skipif("SLOW_TESTS" not in os.environ, reason="larger"),
    )
    for path in FILES
]


def _parts(path: Path) -> tuple[str, dict[str, list[date]]]:
    """Return the block of a file without its dates, and the dates by programme."""
    lines = path.read_text(encoding="utf-8").removeprefix("# ").splitlines()
    told = [line[2:].rpartition(": ") for line in lines if line.startswith("@ ")]
    dates = {name: [_day(text) for text in days.split()] for name, _, days in told}
    return "\n".join(line for line in lines if not line.startswith("@ ")), dates


def _day(text: str) -> date:
    month, day = map(int, text.split("/"))
    return date(YEAR.start + (month < 4), month, day)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_plan_of_a_body_means_what_an_eye_reads_in_it(path: Path) -> None:
    table = _table(_parts(path)[0])
    plan = survey(parse_grid(table.text, "t.csv"))
    assert plan.year == YEAR
    assert [row.name for row in plan.rows] == [name for name, _ in table.rows]
    assert [_meaning(row, wanted) for row, (_, wanted) in zip(plan.rows, table.rows, strict=True)] == [
        wanted for _, wanted in table.rows
    ]
    assert tuple(one.days for one in plan.closures) == table.closed
    assert tuple(f.rule for f in plan.findings if f.severity is Severity.ERROR) == table.errors


def _as_workbook(text: str, path: Path) -> None:
    book = Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))  # type: ignore[union-attr]
    book.save(path)


def _as_document(text: str, path: Path) -> None:
    document = pytest.importorskip("docx").Document()
    title, *lines = text.splitlines()
    document.add_paragraph(title)
    rows = [line.split(",") for line in lines if "," in line]
    table = document.add_table(len(rows), len(rows[0]))
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, said in zip(cells.cells, texts, strict=True):
            cell.text = said
    document.save(path)


@pytest.mark.parametrize(
    ("name", "ending", "written"),
    [("care_prevention", "xlsx", _as_workbook), ("family_support", "docx", _as_document)],
    ids=["Excel", "Word"],
)
def test_it_means_the_same_in_a_workbook_and_in_a_document(
    name: str, ending: str, written: Callable[[str, Path], None], tmp_path: Path
) -> None:
    (path,) = (path for path in FILES if path.stem == name)
    text = _table(_parts(path)[0]).text
    file = tmp_path / f"table.{ending}"
    written(text, file)
    plain, other = survey(parse_grid(text, "t.csv")), read_published(file)
    assert [_facts(other, n) for n in range(len(other.rows))] == [
        _facts(plain, n) for n in range(len(plain.rows))
    ]


def _facts(plan: PublishedPlan, number: int) -> tuple[object, ...]:
    row = plan.rows[number]
    return row.name, row.count, row.months, row.hours, row.place, row.remarks


@dataclass(frozen=True)
class _Dated:
    """A programme by its name, with its sessions in order."""

    name: str
    text: str
    sessions: tuple[Session, ...]


def _programmes(published: PublishedPlan, schedule: Schedule) -> Iterator[_Dated]:
    for row in published.rows:
        mine = [one for one in schedule.sessions if re.match(rf"line-{row.line}(?!\d)", one.series)]
        yield _Dated(row.name, row.frequency_text, tuple(sorted(mine, key=lambda one: one.day)))


@pytest.mark.parametrize("path", DATED)
def test_its_calendar_is_one_that_a_planner_would_send_round(path: Path, tmp_path: Path) -> None:
    block, dates = _parts(path)
    file, target = tmp_path / "table.csv", tmp_path / "plan.yaml"
    file.write_text(_table(block).text, encoding="utf-8")
    published = read_published(file)
    target.write_text(skeleton(published, YEAR, target), encoding="utf-8")
    case = prepare(target)
    answer = solve(case.problem, Options(limit_s=60))
    assert answer.schedule is not None
    share = regularity(case.problem, answer.schedule).share
    assert share is not None
    assert share >= OFTEN_OF.get(path.stem, OFTEN)
    if TOOL.exists():
        assert f"{float(100 * share):.1f}" == f"{counted(case.problem, answer.schedule, tmp_path):.1f}"
    for programme in _programmes(published, answer.schedule):
        days = [session.day for session in programme.sessions]
        if programme.name in dates:
            assert days == dates[programme.name]
        starts = {(session.series, session.start) for session in programme.sessions}
        if len(days) > FEW:
            assert len(starts) == len({series for series, _ in starts}), programme.name
        if "連続" in programme.text:  # a course: one weekday, no week but one left out
            assert "日間" in programme.text or len({day.weekday() for day in days}) == 1
            assert all((b - a).days <= 14 for a, b in pairwise(days)), programme.name
