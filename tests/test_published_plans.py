"""Real tables of other municipalities, each fact against what an eye reads."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from conftest import SHARED
from ksolve.calendar import FiscalYear, YearlyDay
from ksolve.findings import Severity
from ksolve.frequency import Range
from ksolve.published import Note, PublishedPlan, PublishedRow, read_grid, survey

PLANS = Path(__file__).parent / "plans"
FACTS = list(csv.DictReader((PLANS / "facts.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
FOLDERS = [PLANS, SHARED / "data" / "plans"]


@cache
def _plan(number: str, folder: Path = PLANS) -> PublishedPlan:
    if not folder.exists():
        pytest.skip("the shared tables are not at hand")
    return survey(read_grid(next(folder.glob(f"{number}_*.csv"))))


def _row(plan: PublishedPlan, name: str) -> PublishedRow:
    return next(row for row in plan.rows if row.name == name)


def _rules(plan: PublishedPlan, row: PublishedRow) -> list[str]:
    return sorted(f.rule for f in plan.findings if f.place and f.place.line == row.line)


@pytest.mark.parametrize("folder", FOLDERS, ids=["shipped", "shared"])
@pytest.mark.parametrize("fact", FACTS, ids=[f"{fact['file']} {fact['programme']}" for fact in FACTS])
def test_each_programme_reads_as_the_eye_reads_it(fact: dict[str, str], folder: Path) -> None:
    plan = _plan(fact["file"], folder)
    row = _row(plan, fact["programme"])
    assert str(row.count) == fact["count"]
    assert " ".join(map(str, row.months.values if row.months else "-")) == fact["months"]
    assert (" ".join(map(str, row.dates)) or "-") == fact["dates"]
    assert (" ".join(_rules(plan, row)) or "-") == fact["findings"]


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.csv")), ids=lambda path: path.stem)
def test_no_cell_of_a_real_table_is_lost(path: Path) -> None:
    grid = read_grid(path)
    plan = survey(grid)
    assert {(cell.line, cell.column) for cell in grid.cells} == set(plan.ledger)


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.csv")), ids=lambda path: path.stem)
def test_nothing_else_in_them_is_an_error(path: Path) -> None:
    plan = survey(read_grid(path))
    faults = [f for f in plan.findings if f.severity is Severity.ERROR]
    assert [f.line("en") for f in faults] == []


def test_a_check_up_with_two_ways_warns() -> None:
    plan = _plan("01")
    row = _row(plan, "股関節脱臼検診")
    assert row.count == Range(12, 12)
    assert "two-ways" in _rules(plan, row)


def test_odd_months_with_an_ellipsis_are_all_odd_months() -> None:
    row = _row(_plan("01"), "7・8ヶ月相談")
    assert row.count == Range(6, 6)
    assert row.months is not None
    assert row.months.values == (5, 7, 9, 11, 1, 3)


def test_the_name_of_a_file_or_its_dates_give_the_year() -> None:
    years = {number: _plan(number).year for number in ("01", "04", "09", "15")}
    assert years == {
        "01": FiscalYear(2015),
        "04": None,
        "09": FiscalYear(2014),
        "15": FiscalYear(2019),
    }


def test_the_nineteen_dates_are_all_mondays() -> None:
    plan = _plan("14")
    assert plan.year is not None
    days = [day.within(plan.year) for day in _row(plan, "(定例行事)").dates]
    assert len(days) == 19
    assert {day.weekday() for day in days} == {0}


def test_one_row_for_each_dated_event_keeps_its_hours_and_place() -> None:
    first = _plan("15").rows[0]
    assert first.dates == (YearlyDay(6, 15, 2019),)
    assert first.hours == (19 * 60, 20 * 60)
    assert first.place == "大和公民館大会議室他"
    assert date(2019, 6, 15) in FiscalYear(2019)


def test_audience_hours_and_place_are_kept_beside_the_programme() -> None:
    check_up = _row(_plan("01"), "乳児健診(前期)")
    assert (check_up.audience, check_up.hours) == ("3・4・5ヶ月児", (12 * 60 + 30, 12 * 60 + 50))
    story = _row(_plan("09"), "ブックスタートおはなし会")
    assert (story.place, story.hours) == ("集会室", (10 * 60 + 30, 10 * 60 + 30))


def test_a_ditto_mark_repeats_the_cell_above_and_names_its_line() -> None:
    row = _row(_plan("03"), "よんでよんでの会")
    assert row.frequency_text == "毎月"
    assert [(ditto.column, ditto.line) for ditto in row.dittos] == [(1, 2)]


def test_new_programmes_and_publications_are_told() -> None:
    assert [row.name for row in _plan("03").rows if row.is_new] == ["宮沢賢治生誕120年記念講座"]
    assert [row.name for row in _plan("04").rows if row.is_publication] == ["センター通信の発行"]
    assert [row.name for row in _plan("08").rows if row.is_publication] == ["児童館便り発行"]


def test_two_programmes_in_one_cell_are_its_components() -> None:
    row = _row(_plan("04"), "鼓笛ドリル大会、鼓笛まつり")
    assert [(part.name, str(part.count)) for part in row.components] == [
        ("鼓笛ドリル大会", "1"),
        ("鼓笛まつり", "1"),
    ]


def test_a_row_about_closed_days_is_a_note_and_no_programme() -> None:
    plan = _plan("08")
    closings = [note for note in plan.notes if isinstance(note, Note) and note.closing]
    assert [note.closing.weekdays for note in closings if note.closing] == [frozenset({0})]
    assert "休館" not in "".join(row.name for row in plan.rows)
