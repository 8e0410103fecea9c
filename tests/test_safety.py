"""Names and files of somebody else: shown and not sent to a terminal, no formula, nothing repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ksolve.api import prepare
from ksolve.cli.streams import shown
from ksolve.schedules import read_schedule
from running import ksolve

PLAN = """\
schema: "1"
id: plan
title: "赤い\\e[31m計画"
year: 令和6年度
published: table.tsv
resources:
  calendar: {open: {月-金: 9:00-17:00}}
  rooms: [{id: room, name: "部\\e]0,x\\a屋"}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: room}]
programmes:
  - {id: a, name: "健\\e[2J\\x9b1m\\u202e診", frequency: 年2回, session: hour}
  - {id: b, name: "=HYPERLINK(1)", frequency: 年2回, session: hour, published: {line: 3}}
"""
TABLE = "令和6年度 計画\n事業名\t実施回数\t4月\t5月\n'=HYPERLINK(1)\t年2回\t○\t○\n"


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    (tmp_path / "table.tsv").write_text(TABLE, encoding="utf-8")
    return path


def test_control_characters_of_names_are_shown_and_our_own_files_read_them_back(
    evil: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    made = ksolve("solve", evil, "-o", out)
    assert made.returncode == 0
    problem = prepare(evil).problem
    for kind in ("csv", "ics", "xlsx"):
        schedule = read_schedule(out / f"schedule.{kind}", problem)
        assert {room for session in schedule.sessions for room in session.rooms} == {"部\x1b]0,x\x07屋"}
        assert ksolve("check", evil, out / f"schedule.{kind}").returncode == 0
    broken = tmp_path / "broken.csv"
    broken.write_text("series,date,start\na,2024-04-01,10:00\n", encoding="utf-8")
    for command in (
        ("check", evil, broken),
        *(("check", evil, broken, "--format", form) for form in ("json", "sarif", "junit", "github")),
        ("fit", evil, broken),
        ("why", evil, out / "schedule.csv", "a#1"),
        ("diff", broken, out / "schedule.csv", "--plan", evil),
    ):
        done = ksolve(*command)
        printed = done.stdout + done.stderr
        assert printed
        assert printed == shown(printed)
        assert "\\u001b[2J\\u009b1m\\u202e" in printed or "check" not in command or "junit" in command


def test_a_name_that_begins_as_a_formula_is_none_in_any_table(evil: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert ksolve("solve", evil, "-o", out).returncode == 0
    for name in ("schedule.csv", "published.tsv", "published-dates.tsv"):
        cells = (out / name).read_text(encoding="utf-8-sig").replace("\t", ",").split(",")
        assert "'=HYPERLINK(1)" in cells
        assert not [cell for cell in cells if cell.startswith("=")]
    assert "\n 4        =HYPERLINK(1)" in ksolve("read", out / "published.tsv").stdout
    book = load_workbook(out / "schedule.xlsx")
    cells_of_book = [c for sheet in book for row in sheet.iter_rows() for c in row]
    own = [str(c.value) for c in cells_of_book if c.data_type == "f"]  # counts, which the program writes
    assert not [formula for formula in own if "HYPERLINK" in formula]
    assert [c for c in cells_of_book if c.value == "=HYPERLINK(1)" and c.data_type == "s"]


@pytest.mark.parametrize(
    "text",
    [
        "root:x:0:0:root:/root:/bin/bash\n",
        "password: geheim\nuser: root\n",
        "- geheim\n",
        "geheim\n",
        "a: [geheim\n",
    ],
)
@pytest.mark.parametrize("key", ["resources", "published"])
def test_what_another_file_holds_is_not_repeated(key: str, text: str, evil: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(text, encoding="utf-8")
    if key == "published":
        evil.write_text(PLAN.replace("table.tsv", str(secret)), encoding="utf-8")
    else:
        lines = [line for line in PLAN.splitlines() if not line.startswith("  ") or "id: a" in line]
        plan = "\n".join(lines).replace("resources:", f"resources: {secret}")
        evil.write_text(plan.replace("published: table.tsv\n", ""), encoding="utf-8")
    for lang in ("ja", "en"):
        done = ksolve("check", evil, "--lang", lang)
        assert done.returncode == 2
        assert str(secret) in done.stderr
        printed = (done.stdout + done.stderr).replace(str(secret), "")
        assert not [word for word in ("geheim", "bash", "password") if word in printed]


def test_a_long_value_is_repeated_in_part(evil: Path) -> None:
    evil.write_text(PLAN.replace('schema: "1"', f'schema: "{"x" * 5000}"'), encoding="utf-8")
    done = ksolve("check", evil)
    assert done.returncode == 2
    assert len(done.stderr) < 1000


def test_a_record_that_is_no_plain_file_or_no_record_of_ours_is_passed_over(
    evil: Path, tmp_path: Path
) -> None:
    schedule = tmp_path / "s.csv"
    schedule.write_text("series,date,start\na,2024-04-01,10:00\n", encoding="utf-8")
    record = tmp_path / "manifest.json"
    wanted = ksolve("check", evil, schedule).stdout
    for text in ("[" * 5000, "9" * 5000, '{"scenarios": 1}', "\\ud800"):
        record.write_text(text, encoding="utf-8")
        assert ksolve("check", evil, schedule).stdout == wanted
    record.unlink()
    record.symlink_to("manifest.json")
    assert ksolve("check", evil, schedule).stdout == wanted
    record.unlink()
    record.symlink_to("/dev/zero")
    assert ksolve("check", evil, schedule).stdout == wanted
