"""The real plan: each row against an expectation that was written by reading the table by eye."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from conftest import KOGANEI, SHARED
from ksolve.calendar import FiscalYear
from ksolve.frequency import Range
from ksolve.published import Promise, PublishedPlan, PublishedRow, read_grid, read_published

SHIPPED = KOGANEI / "r6-published.tsv"
RAW = SHARED / "plan" / "koganei-r6.txt"
EXPECTED = Path(__file__).parent / "expected" / "koganei-r6.tsv"


@pytest.fixture(scope="module", params=[SHIPPED, RAW], ids=["shipped", "raw"])
def plan(request: pytest.FixtureRequest) -> PublishedPlan:
    if not request.param.exists():
        pytest.skip("the raw text of the plan is not at hand")
    return read_published(request.param)


def _expected() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _windows(row: PublishedRow) -> str:
    return " ".join(_window(promise) for promise in row.promises) or "-"


def _window(promise: Promise) -> str:
    first, last = promise.months[0], promise.months[-1]
    span = str(first) if first == last else f"{first}-{last}"
    return span if promise.sessions == 1 else f"{span}×{promise.sessions}"


def test_every_row_reads_as_the_eye_reads_it(plan: PublishedPlan) -> None:
    found = [
        {
            "line": str(row.line),
            "name": row.name,
            "kind": "service" if row.is_service else "series",
            "sessions": "-" if row.is_service else str(row.count),
            "windows": _windows(row),
            "findings": " ".join(
                sorted(f.rule for f in plan.findings if f.place and f.place.line == row.line)
            )
            or "-",
        }
        for row in plan.rows
    ]
    for mine, eye in zip(found, _expected(), strict=True):
        assert mine == eye


def test_the_title_gives_the_year_and_the_header_contradicts_it(plan: PublishedPlan) -> None:
    assert plan.year == FiscalYear(2024)
    contradictions = [found for found in plan.findings if found.rule == "era-contradiction"]
    assert [found.place.line for found in contradictions if found.place] == [7, 21, 35, 52, 65]


def test_the_frequency_column_promises_466_sessions(plan: PublishedPlan) -> None:
    # 20+12+2+2+1 + 247+36+32+19+17 + 12+3+2+2+3+2+1+5+1 + 4+12+4+1+3+12 + 2+2+6+1 = 466
    stated = [row.count for row in plan.rows if row.counted_from == "frequency"]
    assert sum(count.low for count in stated) == sum(count.high or 0 for count in stated) == 466


def test_components_add_up_where_they_can(plan: PublishedPlan) -> None:
    sums = {}
    for row in plan.rows:
        if row.components and not row.is_service:
            sums[row.name] = sum((part.count for part in row.components), Range(0, 0))
    assert sums["育児教室"] == Range(36, 36)
    assert sums["親グループ"] == Range(32, 32)
    assert sums["講座"] == Range(19, 19)
    assert sums["自主グループ"] == Range(17, 17)


def test_the_open_component_of_hiroba_takes_what_the_others_leave(plan: PublishedPlan) -> None:
    # 247 - (48 to 60) - 12 - 12 - 4 - 1 = 158 to 170
    row = next(row for row in plan.rows if row.name == "ひろば事業")
    opened = [part for part in row.components if part.open]
    assert [(part.name, part.count) for part in opened] == [("遊びのプログラム", Range(158, 170))]


def test_two_sessions_of_the_twins_club_are_bound_and_all_reports_are(plan: PublishedPlan) -> None:
    clubs = next(row for row in plan.rows if row.name == "自主グループ")
    bound = [(part.name, part.binding) for part in clubs.components if part.binding]
    assert [(name, b.name, b.sessions) for name, b in bound if b] == [
        ("さくらんぼクラブ(多胎児の会)", "多胎児のあつまり", 2)
    ]
    report = next(row for row in plan.rows if row.name == "活動報告")
    assert report.binding is not None
    assert (report.binding.name, report.binding.sessions) == ("講習会", None)


def test_a_heading_may_stand_after_its_table(plan: PublishedPlan) -> None:
    assert [(table.line, table.heading) for table in plan.tables] == [
        (7, ""),
        (21, "地域子育て支援拠点事業・地域組織化事業"),
        (35, "ファミリー・サポート・センター"),
        (52, "要保護児童対策地域協議会"),
        (65, ""),
    ]


def test_no_cell_is_lost(plan: PublishedPlan) -> None:
    cells = {(cell.line, cell.column) for cell in read_grid(Path(plan.file)).cells}
    assert cells == set(plan.ledger)
    named = {(found.place.line, found.place.column) for found in plan.findings if found.place}
    assert {cell for cell, role in plan.ledger.items() if role == "finding"} <= named


def test_the_mark_beyond_the_header_has_both_readings_and_their_hull(plan: PublishedPlan) -> None:
    row = next(row for row in plan.rows if row.name == "実務者会議")
    arrow = next(mark for mark in row.marks if len(mark.readings) > 1)
    # 18 month cells: column 13 of them is 5 from the right edge (10月), and 12/18 of the year (12月).
    assert arrow.readings == ((10, 11), (12, 1))
    assert arrow.months == (10, 11, 12, 1)


def test_the_shipped_table_reads_as_the_raw_text_does() -> None:
    if not RAW.exists():
        pytest.skip("the raw text of the plan is not at hand")
    shipped, raw = read_published(SHIPPED), read_published(RAW)
    for mine, other in zip(shipped.rows, raw.rows, strict=True):
        assert (mine.line, mine.name, mine.count, mine.marks) == (
            other.line,
            other.name,
            other.count,
            other.marks,
        )
        assert mine.components == other.components
    assert [found.rule for found in shipped.findings] == [found.rule for found in raw.findings]
