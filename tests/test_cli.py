"""The command line as a process: what it prints, what it writes, how it ends."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import KOGANEI, ROOT, SHARED, SMALL
from ksolve.cli.app import loaded
from ksolve.cli.table import COMMANDS
from running import PLAN, ksolve


def test_help_lists_every_command_and_imports_nothing_heavy() -> None:
    shown = ksolve("--help")
    assert shown.returncode == 0
    for row in COMMANDS:
        assert f"  {row.name} " in shown.stdout
    script = "import sys; sys.argv = ['ksolve', '--help']\nfrom ksolve.cli import main\ntry: main()\n"
    script += "except SystemExit: pass\n"
    script += "heavy = {'ortools', 'pandas', 'openpyxl', 'xlsxwriter', 'jinja2', 'pydantic'}\n"
    script += "heavy &= set(sys.modules)\n"
    script += "assert not heavy, heavy"
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_every_row_of_the_table_is_a_command_and_every_command_has_a_row() -> None:
    files = {path.stem for path in (ROOT / "src/ksolve/cli/commands").glob("[a-z]*.py")}
    assert files == {row.name.replace("-", "_") for row in COMMANDS}
    for row in COMMANDS:
        command = loaded(row)
        assert command.name == row.name
        assert command.help
        assert row.line("ja") in command.help


def test_an_unknown_option_is_a_usage_error() -> None:
    assert ksolve("solve", PLAN, "--quickly").returncode == 2
    assert ksolve("fly").returncode == 2


def test_read_prints_the_programmes_their_windows_and_the_total() -> None:
    shown = ksolve("read", KOGANEI / "r6-published.tsv")
    assert shown.returncode == 0
    assert "実施回数の欄の合計: 466回" in shown.stdout
    assert "交流・研修・フォローアップ講座 1～2回" in shown.stdout
    assert "↔10月～1月×3" in shown.stdout
    assert "[era-contradiction]" in shown.stdout
    english = ksolve("read", KOGANEI / "r6-published.tsv", "--lang", "en")
    assert "the frequency column promises 466 sessions" in english.stdout


def test_read_reads_the_raw_text_where_it_is_at_hand() -> None:
    raw = SHARED / "plan" / "koganei-r6.txt"
    if not raw.exists():
        pytest.skip("the raw text of the plan is not at hand")
    assert "実施回数の欄の合計: 466回" in ksolve("read", raw).stdout


def test_read_gives_findings_to_machines() -> None:
    found = json.loads(ksolve("read", KOGANEI / "r6-published.tsv", "--format", "json").stdout)
    assert {"era-contradiction", "column-shifted"} <= {item["rule"] for item in found}
    github = ksolve("read", KOGANEI / "r6-published.tsv", "--format", "github").stdout
    assert github.startswith("::warning file=")


def test_solve_writes_a_schedule_that_check_passes(small: Path, tmp_path: Path) -> None:
    solved = ksolve("solve", small, "-o", tmp_path / "out")
    assert solved.returncode == 0
    assert "判定: 最良(証明済み)" in solved.stdout
    assert "秒" in solved.stderr  # progress
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        "schedule.csv",
        "schedule.ics",
        "schedule.xlsx",
        "report.html",
        "manifest.json",
        "published.tsv",
        "published-dates.tsv",
        "published.xlsx",
        "published-dates.xlsx",
    }
    checked = ksolve("check", small, tmp_path / "out" / "schedule.csv")
    assert (checked.returncode, checked.stderr) == (0, "")
    record = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert record["result"]["verdict"] == "optimal"


def test_nothing_is_overwritten_without_force(small: Path, tmp_path: Path) -> None:
    (tmp_path / "schedule.csv").write_text("mine", encoding="utf-8")
    refused = ksolve("solve", small, "-o", tmp_path)
    assert refused.returncode == 2
    assert "--force" in refused.stderr
    assert (tmp_path / "schedule.csv").read_text(encoding="utf-8") == "mine"
    assert ksolve("solve", small, "-o", tmp_path, "--force").returncode == 0


@pytest.mark.parametrize("name", ["manifest.json", "schedule.partial.csv", "report.html"])
def test_no_file_of_a_run_is_overwritten_without_force(small: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    refused = ksolve("solve", small, "-o", tmp_path)
    assert refused.returncode == 2
    assert f"{tmp_path / name}: " in refused.stderr
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


NO_SEARCH = "import ksolve.verified\nksolve.verified.solve = lambda *_: 1 / 0"


@pytest.mark.parametrize("out", ["taken", "taken/below", "/proc/ksolve"])
def test_a_folder_that_cannot_be_written_is_said_before_the_search(
    small: Path, tmp_path: Path, out: str
) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    script = f"{NO_SEARCH}\nfrom ksolve.cli import main\nmain()"
    command = [sys.executable, "-c", script, "solve", str(small), "-o", str(tmp_path / out)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 2, done.stderr
    assert "unwritable-file" in done.stderr
    assert str(tmp_path / out) in done.stderr


def test_a_folder_in_the_place_of_a_file_is_said_before_the_search(small: Path, tmp_path: Path) -> None:
    (tmp_path / "report.html").mkdir()
    done = ksolve("solve", small, "-o", tmp_path, "--force")
    assert done.returncode == 2
    assert "フォルダです" in done.stderr
    assert "秒" not in done.stderr  # no progress: nothing was searched


def test_an_existing_schedule_stays_until_the_new_one_is_proven(tmp_path: Path) -> None:
    (tmp_path / "schedule.csv").write_text("mine", encoding="utf-8")
    script = "import os\nimport ksolve.cli.stopping as stopping\nwrite = stopping.Saver._write\n"
    script += "def die(self):\n    write(self)\n    os._exit(9)\nstopping.Saver._write = die\n"
    script += "from ksolve.cli import main\nmain()"  # the program dies right after an intermediate save
    command = [sys.executable, "-c", script, "solve", str(PLAN), "-o", str(tmp_path), "--force"]
    assert subprocess.run(command, capture_output=True, timeout=120, check=False).returncode == 9
    assert (tmp_path / "schedule.csv").read_text(encoding="utf-8") == "mine"
    assert ksolve("check", PLAN, tmp_path / "schedule.partial.csv").returncode == 0


def test_a_plan_that_cannot_be_met_exits_3_and_names_programme_and_months(
    small: Path, tmp_path: Path
) -> None:
    text = SMALL.replace(
        "weekly: {水: 9:00-12:00}", "weekly: {水: 9:00-12:00}, absent: [{days: 7/1〜8/31, why: 留学}]"
    )
    small.write_text(text, encoding="utf-8")
    solved = ksolve("solve", small, "-o", tmp_path / "out")
    assert solved.returncode == 3
    assert "成り立たない" in solved.stdout
    assert "健診: 2024-07-01 から 2024-07-31 までに 0回 (規則: 1回)" in solved.stdout
    assert "健診: 2024-08-01 から 2024-08-31" in solved.stdout
    assert "医師がいない日" in solved.stdout
    column = text.splitlines()[10].index("月1回") + 1
    assert f"{small}:11:{column}: " in solved.stdout
    assert not (tmp_path / "out").exists()


def test_check_passes_the_koganei_schedule_without_ortools(dated: Path) -> None:
    script = "import sys; sys.modules['ortools'] = None\nsys.argv = ['ksolve', 'check', *sys.argv[1:]]\n"
    script += "from ksolve.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, str(PLAN), str(dated)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "違反0件" in done.stdout


def _changed(dated: Path, out: Path, session: str, **cells: str) -> Path:
    with dated.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    victim = next(row for row in rows if row["session"] == session)
    victim.update(cells)
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return out


def test_a_date_changed_to_a_sunday_exits_1_and_names_rule_and_place(dated: Path, tmp_path: Path) -> None:
    broken = _changed(dated, tmp_path / "s.csv", "senmon-sodan#1", date="2024-04-07")
    done = ksolve("check", PLAN, broken)
    assert done.returncode == 1
    line = next(line for line in done.stdout.splitlines() if "[opening]" in line)
    assert "専門相談 第1回 2024-04-07(日)" in line
    assert "休館の曜日" in line
    assert "r6.yaml" in line or "resources.yaml" in line


def test_a_date_changed_into_a_clash_names_both_sessions_the_rule_and_the_line(
    dated: Path, tmp_path: Path
) -> None:
    with dated.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["session"]: row for row in csv.DictReader(file)}
    other = rows["oya-group.issai-g1#1"]
    same = {key: other[key] for key in ("date", "start", "room", "staff")}
    done = ksolve("check", PLAN, _changed(dated, tmp_path / "s.csv", "oya-group.nisai-g1#1", **same))
    assert done.returncode == 1
    line = next(line for line in done.stdout.splitlines() if "[capacity]" in line)
    assert "1歳児グループワーク 第1グループ 第1回" in line
    assert "2歳児グループワーク 第1グループ 第1回" in line
    assert "グループ室" in line
    assert "resources.yaml:" in line


def test_check_reports_to_machines(dated: Path, tmp_path: Path) -> None:
    broken = _changed(dated, tmp_path / "s.csv", "senmon-sodan#1", date="2024-04-07")
    done = ksolve("check", PLAN, broken, "--format", "json")
    found = json.loads(done.stdout)["findings"]
    assert done.returncode == 1
    assert any(item["rule"] == "opening" and item["sessions"] == ["senmon-sodan#1"] for item in found)
    assert ksolve("check", PLAN, broken, "--format", "github").stdout.startswith("::error file=")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("date,start\n2024-04-01,10:00\n", "列「事業」がありません"),
        ("series,date,start\nsenmon-sodan,2024-02-30,10:00\n", "2024-10-12"),
        ("series,date,start\nsenmon-sodan,2024-04-02,ten\n", "9:30"),
        ("", "文字がありません"),
    ],
)
def test_a_schedule_that_cannot_be_read_exits_2_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "s.csv"
    path.write_text(text, encoding="utf-8")
    done = ksolve("check", PLAN, path)
    assert done.returncode == 2
    assert words in done.stderr
    assert f"{path}" in done.stderr


def test_fit_prints_rows_marks_the_figure_and_its_definition(dated: Path, tmp_path: Path) -> None:
    done = ksolve("fit", PLAN, dated, "-o", tmp_path / "fit.csv")
    assert done.returncode == 0
    assert "適合度 99.8% (約束の回 506/506、印 103/104)" in done.stdout
    assert "適合度 = " in done.stdout
    assert "○11月→11/" in done.stdout
    assert (tmp_path / "fit.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    report = json.loads(ksolve("fit", PLAN, dated, "--format", "json").stdout)
    assert report["sessions"] == {"kept": 506, "whole": 506}


def test_whatif_puts_scenarios_beside_the_base(dated: Path, tmp_path: Path) -> None:
    scenarios = [ROOT / "scenarios" / f"{name}.yaml" for name in ("hiroba-260", "psychologist-absent")]
    done = ksolve("whatif", PLAN, *scenarios, "--base", dated, "-o", tmp_path / "w.csv", "--limit", "120")
    assert done.returncode == 0
    with (tmp_path / "w.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["シナリオ"]: row for row in csv.DictReader(file)}
    assert rows["ひろば事業を年260回に増やす"]["増えた回"] == "13"
    assert rows["9月から11月まで心理士が不在"]["判定"].startswith("成り立たない")
    assert "ひだまり" in done.stdout


def test_a_scenario_that_names_nothing_is_an_error(tmp_path: Path) -> None:
    scenario = tmp_path / "s.yaml"
    scenario.write_text(
        'schema: "1"\nid: s\ntitle: 試し\nchanges:\n'
        "  - {do: close_room, room: kozaa, days: 8/1〜8/31, why: 工事}\n",
        encoding="utf-8",
    )
    done = ksolve("whatif", PLAN, scenario)
    assert done.returncode == 2
    assert "「koza」ではありませんか" in done.stderr
    column = scenario.read_text(encoding="utf-8").splitlines()[4].index("kozaa") + 1
    assert f"{scenario}:5:{column}: " in done.stderr


def test_messages_come_in_english_when_asked(tmp_path: Path) -> None:
    assert "there is no such file" in ksolve("solve", tmp_path / "none.yaml", "--lang", "en").stderr
    assert "there is no such file" in ksolve("read", tmp_path / "none.tsv", KSOLVE_LANG="en").stderr


def test_draft_writes_a_plan_that_loads_and_refuses_what_is_no_year(dated: Path, tmp_path: Path) -> None:
    out = tmp_path / "r7.yaml"
    done = ksolve("draft", PLAN, "--year", "令和7年度", "--habits", dated, "-o", out)
    assert done.returncode == 0
    assert "令和7年度の案" in done.stdout
    assert ksolve("draft", PLAN, "--year", "来年", "-o", tmp_path / "x.yaml").returncode == 2
    assert ksolve("draft", PLAN, "--year", "令和7年度", "-o", out).returncode == 2
    for year in ("令和6年度", "令和5年度"):  # the plan's own year, and one before it
        refused = ksolve("draft", PLAN, "--year", year, "-o", tmp_path / "y.yaml")
        assert (refused.returncode, "より後ではありません" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("encoding", "newline"), [("cp932", "\n"), ("utf-8", "\r\n"), ("utf-8-sig", "\n"), ("utf-8-sig", "\r\n")]
)
def test_a_plan_is_drafted_on_in_whatever_way_it_is_saved(
    encoding: str, newline: str, tmp_path: Path
) -> None:
    plan, drafted = tmp_path / "plan.yaml", tmp_path / "next.yaml"
    text = SMALL.replace("id: small", "# 覚え書き\nid: small")
    plan.write_bytes(text.replace("\n", newline).encode(encoding))
    done = ksolve("draft", plan, "--year", "令和7年度", "-o", drafted)
    assert done.returncode == 0, done.stderr
    lines = drafted.read_text(encoding="utf-8").splitlines()
    assert "year: 令和7年度" in lines
    assert "# 覚え書き" in lines
    assert ksolve("check", drafted).returncode == 0


def test_a_run_whose_table_came_from_standard_input_ends_with_its_record(small: Path, tmp_path: Path) -> None:
    small.write_text(f'published: "-"\n{SMALL}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "ksolve", "solve", small.name, "-o", "out"],
        cwd=tmp_path,
        input=(KOGANEI / "r6-published.tsv").read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    inputs = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert [bool(one["sha256"]) for one in inputs] == [True, False]
