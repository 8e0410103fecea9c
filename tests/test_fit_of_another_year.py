"""Held against last year's table, a schedule says so; a changed count is a change, not a broken promise."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from running import ksolve

TABLE = """\
令和6年度 事業計画
事業名\t実施回数\t4月\t5月\t6月\t7月
健診\t年4回\t○\t○\t\t
教室\t年2回\t\t\t○\t○
相談\t年3回\t○\t\t\t
"""
PLAN = """\
schema: "1"
id: plan
title: 計画
year: YEAR
published: table.tsv
resources:
  calendar: {open: {月-金: 9:00-17:00}}
  rooms: [{id: room, name: 部屋, count: 3}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: room}]
programmes:
  - {id: a, name: 健診, frequency: 年3回, session: hour, published: {line: 3}, marks: [4月, 5月]}
  - {id: b, name: 教室, frequency: 年2回, session: hour, published: {line: 4}, marks: [6月, 7月]}
"""


def _plan(folder: Path, year: str) -> Path:
    (folder / "table.tsv").write_text(TABLE, encoding="utf-8")
    path = folder / "plan.yaml"
    path.write_text(PLAN.replace("YEAR", year), encoding="utf-8")
    assert ksolve("solve", path, "-o", folder / "out").returncode == 0
    return path


def test_in_its_own_year_a_lower_count_and_a_missing_programme_are_broken_promises(tmp_path: Path) -> None:
    plan = _plan(tmp_path, "令和6年度")
    done = ksolve("fit", plan, tmp_path / "out" / "schedule.csv")
    # promised 4 + 2 + 3 sessions and 2 + 2 + 1 marks; dated 3 + 2, honoured 4
    assert "約束の回 5/9、印 4/5" in done.stdout
    assert "令和6年度の表と比べました\n" in done.stdout


@pytest.mark.parametrize("year", ["令和7年度", "令和8年度"])
def test_in_another_year_they_are_changes(year: str, tmp_path: Path) -> None:
    plan = _plan(tmp_path, year)
    out = tmp_path / "out"
    done = ksolve("fit", plan, out / "schedule.csv", "-o", tmp_path / "fit.csv")
    # 健診 4 → 3 and 教室 2 → 2 in their months; 相談 is not in the plan, and nothing is new
    assert "令和6年度の表から: 継続 1、変更 1、廃止 1、新規 0" in done.stdout
    assert "適合度" not in done.stdout
    told = f"令和6年度の表と比べました(この予定は{year})。前の年度の表なので"
    assert told in done.stdout
    rows = {row[1]: row for row in csv.reader((tmp_path / "fit.csv").read_text("utf-8-sig").splitlines())}
    assert [rows[name][3] for name in ("健診", "教室")] == ["4→3", "2"]
    assert [rows[name][4] for name in ("健診", "教室", "相談")] == ["変更 3", "継続 2", "廃止 0"]
    assert rows["相談"][3] == "3→0"
    shown = json.loads(ksolve("fit", plan, out / "schedule.csv", "--format", "json").stdout)
    assert (shown["fit"], shown["year"], shown["published_year"]) == (None, year, "令和6年度")
    assert [row["carried"] for row in shown["rows"]] == ["changed", "over", "dropped"]
    assert [row["changed_to"] for row in shown["rows"]] == [[3, 3], None, [0, 0]]
    page = (out / "report.html").read_text(encoding="utf-8")
    assert told in page
    assert "適合度" not in page
    sheet = load_workbook(out / "schedule.xlsx")["公表計画との適合"]
    assert told in "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
