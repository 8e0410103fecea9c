"""The way back: a schedule in the published layout, read again as a published table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksolve.api import Prepared, prepare
from ksolve.frequency import Frequency, read_frequency
from ksolve.problem.schedule import Schedule, Session, numbered
from ksolve.published import PublishedPlan, PublishedRow, read_published
from ksolve.report.printed import published_tsv, published_xlsx
from ksolve.report.view import View
from tiny import write_plan

FREQUENCIES = st.sampled_from(
    [
        "年3回",
        "年1～2回",
        "月1回",
        "月4～5回",
        "月1回×5か月×2グループ",
        "(月1回×2か月)×3グループ",
        "第2火曜日",
        "第1・3木曜日 10:30～12:00",
        "毎週金曜日",
        "年4回 5月 8月 11月 2月",
        "年6回以上",
        "月1回(8月を除く)",
        "半期に1回",
        "通年",
        "随時",
        "未定年6回",
    ]
)
NAMES = st.one_of(
    st.sampled_from(
        ["専門相談", "ひろば(出張)", "研修(年2回)", "0・1歳児のつどい", "行事", "会議を行う", "4月の会"]
    ),
    st.text("あいうアイウ子育講座会A1()（）・～ー、。を", min_size=1, max_size=12).filter(
        lambda name: any(letter.isalpha() for letter in name) and name[0] not in "(（"
    ),
)
MARKS = st.sampled_from(
    [[], ["5月"], ["5月", "11月"], ["10月～1月"], ["4月～6月", "9月～10月"], ["4月～6月", "6月"]]
)
KINDS = ("tsv", "xlsx")
DAYS = st.dates(date(2024, 4, 1), date(2025, 3, 31))


@st.composite
def programmes(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    made: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        one: dict[str, Any] = {
            "id": f"p{number}",
            "name": name,
            "frequency": draw(FREQUENCIES),
            "session": "hour",
        }
        if draw(st.booleans()):
            one["marks"] = draw(MARKS)
        elif draw(st.booleans()):
            one["frequency"] = "年10回"
            one["components"] = [
                {"id": "a", "name": "教室 甲", "frequency": "年4回 10:30～12:00"},
                {"id": "b", "name": "教室(乙)", "frequency": "(月1回×3か月)×2グループ"},
            ]
        made.append(one)
    return made


def written(case: Prepared, schedule: Schedule, path: Path, *, dates: bool = False) -> PublishedPlan:
    """Write a schedule as a published table, and read it back."""
    view = View(case.plan, case.problem, schedule, case.published)
    write = published_xlsx if path.suffix == ".xlsx" else published_tsv
    path.write_bytes(write(view, dates=dates))
    return read_published(path)


@given(programmes(), st.lists(DAYS, max_size=40), st.sampled_from(["marks", "dates"]), st.sampled_from(KINDS))
def test_programmes_counts_and_windows_survive_the_way_there_and_back(
    stated: list[dict[str, Any]], days: list[date], cells: str, kind: str
) -> None:
    with TemporaryDirectory() as folder:
        case = prepare(write_plan(Path(folder), {"programmes": stated}))
        series = case.problem.series
        sessions = [
            Session(series[index % len(series)].id, 0, day, 600, 60)
            for index, day in enumerate(days)
            if series
        ]
        plan = written(case, numbered(sessions), Path(folder) / f"back.{kind}", dates=cells == "dates")
    assert [row.name for row in plan.rows] == [" ".join(one["name"].split()) for one in stated]
    for row, one in zip(plan.rows, stated, strict=True):
        assert row.frequency is not None
        assert _all_year(row, plan).meaning == read_frequency(one["frequency"]).meaning
        parts = [(part.name, part.frequency.meaning) for part in row.components]
        given_parts = one.get("components", [])
        assert parts == [
            ("".join(part["name"].split()), read_frequency(part["frequency"]).meaning) for part in given_parts
        ]
        mine = [s.day for s in sessions if s.series.partition("-")[0].partition(".")[0] == one["id"]]
        allowed = {month for promise in row.promises for month in promise.months}
        assert {day.month for day in mine} <= allowed
    assert plan.year == case.plan.year


def _all_year(row: PublishedRow, plan: PublishedPlan) -> Frequency:
    """A row's frequency; without its months where only some are marked: these sessions keep no count."""
    assert row.frequency
    narrowed = {
        found.place.line for found in plan.findings if found.rule == "months-by-marks" and found.place
    }
    if row.line not in narrowed:
        return row.frequency
    return replace(
        row.frequency, terms=tuple(replace(t, months=None, without=None) for t in row.frequency.terms)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_real_schedule_reads_back_as_the_real_plan(
    kind: str, koganei: Prepared, koganei_schedule: Schedule, tmp_path: Path
) -> None:
    """Row by row what the printed table said: its names, categories, words and components, and its signs."""
    assert koganei.published
    plan = written(koganei, koganei_schedule, tmp_path / f"published.{kind}")
    mine = {row.name: row for row in plan.rows}
    assert list(mine) == [programme.name for programme in koganei.plan.programmes]
    assert [table.heading for table in plan.tables] == [
        group.heading for group in _groups(koganei, koganei_schedule)
    ]
    for programme in koganei.plan.programmes:
        row, own = mine[programme.name], programme.published
        printed = koganei.published.row(own.line) if own else None
        assert printed
        assert printed.category in {row.category, ""}  # one row has lost the cell of its category
        assert (row.is_new, row.starts_in) == (printed.is_new, printed.starts_in)
        assert [(part.name, part.frequency.meaning, part.note) for part in row.components] == [
            (part.name, part.frequency.meaning, part.note) for part in printed.components
        ]
        if programme.frequency and not programme.frequency.is_service:
            assert row.frequency
            assert row.frequency.meaning == programme.frequency.meaning
        if any(mark.text == "↓" for mark in printed.marks):
            assert [mark.text for mark in row.marks] == [mark.text for mark in printed.marks]
    assert not [found for found in plan.findings if found.rule in ("unknown-mark", "cell-not-read")]
    assert "第10期 第3回" in [mark.text for row in plan.rows for mark in row.marks]


def _groups(case: Prepared, schedule: Schedule) -> Any:
    return View(case.plan, case.problem, schedule, case.published).groups


def test_dates_in_cells_are_the_dates_of_the_schedule(
    koganei: Prepared, koganei_schedule: Schedule, tmp_path: Path
) -> None:
    plan = written(koganei, koganei_schedule, tmp_path / "dates.tsv", dates=True)
    row = next(row for row in plan.rows if row.name == "専門相談")
    ids = {series.id for series in koganei.problem.series if series.programme == "senmon-sodan"}
    days = sorted(session.day for session in koganei_schedule.sessions if session.series in ids)
    assert [day.within(koganei.plan.year) for day in row.dates] == days
    assert timedelta(0) < days[-1] - days[0]


@pytest.mark.parametrize("sign", ["↓", "○", "←"])
def test_every_sign_of_the_layout_is_used_for_the_real_plan(
    sign: str, koganei: Prepared, koganei_schedule: Schedule, tmp_path: Path
) -> None:
    written(koganei, koganei_schedule, tmp_path / "published.tsv")
    assert sign in (tmp_path / "published.tsv").read_text(encoding="utf-8")
