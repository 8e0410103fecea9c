"""Schedules in files: what people and spreadsheets do to them, and what every command says of it."""

from __future__ import annotations

import csv
import io
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from conftest import SMALL
from ksolve.api import Prepared, prepare
from ksolve.checker import FINDINGS, check
from ksolve.cli import answered
from ksolve.errors import PlanError
from ksolve.findings import Finding, Place
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.catalogue import BY_NAME
from ksolve.schedules import read_schedule
from ksolve.schedules.tidy import COLUMNS, schedule_csv
from running import PLAN, ksolve
from tiny import tiny

KEYS = [column.key for column in COLUMNS]
WEDNESDAYS = (3, 1, 5, 3, 7, 4, 2, 6, 4, 8, 5, 5)
"""The first Wednesday of each month from April 2024 that is no holiday (January 1 is one)."""


def _cells() -> list[list[str]]:
    """The small plan's schedule as it is written: a session on a Wednesday of each month."""
    rows = []
    for number, day in enumerate(WEDNESDAYS, start=1):
        month = (number + 2) % 12 + 1
        when = date(2024 + (month < 4), month, day).isoformat()
        rows.append(
            [
                f"a#{number}",
                "a",
                "健診",
                str(number),
                when,
                "水",
                "10:00",
                "11:00",
                "60",
                "部屋",
                "医師",
                "",
                f"a-{number}.2024@small",
                "",
            ]
        )
    return rows


def _write(path: Path, rows: Sequence[Sequence[str]], keys: Sequence[str] = tuple(KEYS)) -> Path:
    text = io.StringIO()
    csv.writer(text).writerows([keys, *rows])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def _with(row: int, **cells: str) -> list[list[str]]:
    rows = _cells()
    for key, text in cells.items():
        rows[row][KEYS.index(key)] = text
    return rows


@pytest.fixture
def case(small: Path) -> Prepared:
    return prepare(small)


def _findings(case: Prepared, folder: Path, rows: list[list[str]]) -> tuple[Finding, ...]:
    path = _write(folder / "s.csv", rows)
    return check(case.problem, read_schedule(path, case.problem), str(path))


def test_the_schedule_as_it_is_written_is_clean(case: Prepared, tmp_path: Path) -> None:
    assert _findings(case, tmp_path, _cells()) == ()
    schedule = read_schedule(tmp_path / "s.csv", case.problem)
    (tmp_path / "again.csv").write_bytes(schedule_csv(schedule, case.problem))
    assert read_schedule(tmp_path / "again.csv", case.problem) == schedule


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("weekday", "日", "曜日「日」は 2024-05-01(水) と合いません"),
        ("weekday", "Sunday", "曜日「Sunday」"),
        ("end", "12:00", "終了「12:00」は開始 10:00 の60分後(11:00)と合いません"),
        ("end", "9:00", "終了「9:00」"),
        ("session", "b#2", "回のID「b#2」は「a#2」と合いません"),
        ("session", "a#3", "回のID「a#3」は「a#2」と合いません"),
        ("session", "a", "回のID「a」は「a#2」と合いません"),
        ("name", "検診", "事業「検診」は系列 a の「健診」と合いません"),
        ("published_line", "9", "公表表の行「9」"),
    ],
)
def test_a_cell_that_contradicts_the_others_is_an_error_at_its_line_and_column(
    case: Prepared, tmp_path: Path, key: str, text: str, words: str
) -> None:
    (found,) = _findings(case, tmp_path, _with(1, **{key: text}))
    assert (found.rule, str(found.severity)) == ("contradicting-cell", "error")
    assert str(found.place) == f"{tmp_path / 's.csv'}:3:{KEYS.index(key) + 1}"
    assert words in found.text.ja
    assert found.text.ja.startswith("健診 2024-05-01(水): ")
    assert not re.search("[ぁ-ん]", found.text.en)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *(("weekday", text) for text in ("", "水曜", "水曜日", "(水)", "Wed", "wednesday")),
        *(("start", text) for text in ("10:00:00", "１０：００", "10時", "午前10時")),
        *(("end", text) for text in ("", "11:00:00")),
        *(("date", text) for text in ("2024/5/1", "2024/05/01", "2024年5月1日", "2024/5/1 0:00:00")),
        *(
            ("date", text)
            for text in ("令和6年5月1日", "R6.5.1", "Ｒ６．５．１", "2024.5.1", "5月1日", "5/1", "5/1(水)")
        ),
        *(("start", text) for text in ("午前10時00分", "10時00分")),
        ("session", ""),
        ("number", ""),
        ("name", ""),
        ("minutes", ""),
    ],
)
def test_what_spreadsheets_make_of_a_cell_is_read(
    case: Prepared, tmp_path: Path, key: str, text: str
) -> None:
    assert _findings(case, tmp_path, _with(1, **{key: text})) == ()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *(("start", text) for text in ("10:00:30", "午後13時", "9時60分", "25:00")),
        *(("minutes", text) for text in ("-60", "0", "9" * 10_000)),
        *(("number", text) for text in ("0", "9" * 10_000)),
        *(
            ("date", text)
            for text in ("2024-02-30", "2024-5/1", "2024年5/1", "5/1(木)", "R0.5.1", "0000-1-1")
        ),
    ],
)
def test_a_cell_that_makes_no_sense_cannot_be_read(
    case: Prepared, tmp_path: Path, key: str, text: str
) -> None:
    with pytest.raises(PlanError) as caught:
        _findings(case, tmp_path, _with(1, **{key: text}))
    (found,) = caught.value.findings
    assert str(found.place) == f"{tmp_path / 's.csv'}:3:{KEYS.index(key) + 1}"


@pytest.mark.parametrize("cell", ["x" * 200_000, "a#" + "9" * 10_000, "=1+1"])
def test_a_monstrous_cell_is_a_finding_or_an_error_with_its_line(
    case: Prepared, tmp_path: Path, cell: str
) -> None:
    try:
        found = _findings(case, tmp_path, _with(1, session=cell))
    except PlanError as error:
        found = error.findings
    assert found
    assert all(one.place and one.place.line == 3 for one in found)


def test_a_breach_names_the_plan_and_the_lines_of_the_schedule(case: Prepared, tmp_path: Path) -> None:
    path = _write(tmp_path / "s.csv", _with(1, date="2024-05-05", weekday=""))
    found = check(case.problem, read_schedule(path, case.problem), str(path))
    assert found
    assert any(place == Place(str(path), 3) for one in found for place in one.related)
    assert all(one.place and one.place.file != str(path) for one in found)


def test_numbers_that_are_not_in_date_order_are_a_warning(case: Prepared, tmp_path: Path) -> None:
    swapped = _with(1, number="3", session="a#3")
    swapped[2][KEYS.index("number")], swapped[2][KEYS.index("session")] = "2", "a#2"
    (found,) = _findings(case, tmp_path, swapped)
    assert (found.rule, str(found.severity)) == ("number-order", "warning")
    assert found.text.ja == "健診: 2024-05-01(水) は日付順では第2回ですが、第3回と書かれています"
    assert str(found.place) == f"{tmp_path / 's.csv'}:3:4"
    (found,) = _findings(case, tmp_path, _with(11, number="99", session="a#99"))
    assert found.text.en.endswith("is number 12 in date order, but is written as number 99")


def test_check_exits_1_on_a_contradiction_and_0_on_the_schedule_as_written(
    small: Path, tmp_path: Path
) -> None:
    assert ksolve("check", small, _write(tmp_path / "good.csv", _cells())).returncode == 0
    done = ksolve("check", small, _write(tmp_path / "bad.csv", _with(0, weekday="日")))
    assert done.returncode == 1
    assert "違反1件" in done.stdout
    swapped = ksolve("check", small, _write(tmp_path / "odd.csv", _with(11, number="99", session="a#99")))
    assert swapped.returncode == 1
    assert "違反0件" in swapped.stdout
    assert "注意[number-order]" in swapped.stdout


SUNDAY = {"date": "2024-05-05", "weekday": "日"}
GHOST = {"series": "aa", "session": "aa#2"}


def test_report_of_a_broken_schedule_is_written_with_a_red_band_and_exits_1(
    small: Path, tmp_path: Path
) -> None:
    broken = _write(tmp_path / "s.csv", _with(1, **SUNDAY))
    out = tmp_path / "out"
    done = ksolve("report", small, broken, "-o", out)
    assert done.returncode == 1
    assert "[opening]" in done.stderr
    assert "公表・配布しないでください" in done.stderr
    assert {Path(line).name for line in done.stdout.splitlines()} == {path.name for path in out.iterdir()}
    page = (out / "report.html").read_text(encoding="utf-8")
    band = page[page.index('class="breaches"') : page.index('<dl class="facts">')]
    assert "計画の規則を守っていません: 違反" in band
    assert "健診 第2回 2024-05-05(日)" in band
    sheet = openpyxl.load_workbook(out / "schedule.xlsx")["年間予定表"]
    assert "計画の規則を守っていません" in str(sheet["A3"].value)
    calendar = Calendar.from_ical((out / "schedule.ics").read_bytes())
    assert "計画の規則を守っていません" in str(calendar["x-wr-caldesc"])


def test_report_of_a_good_schedule_has_no_band_and_exits_0(small: Path, tmp_path: Path) -> None:
    good = _write(tmp_path / "s.csv", _cells())
    done = ksolve("report", small, good, "-o", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert 'class="breaches"' not in page


def test_an_unknown_series_is_said_alike_by_every_command(small: Path, tmp_path: Path) -> None:
    ghost = _write(tmp_path / "s.csv", _with(1, **GHOST))
    runs = {
        "check": ksolve("check", small, ghost).stdout,
        "report": ksolve("report", small, ghost, "-o", tmp_path / "out").stderr,
        "whatif": ksolve("whatif", small, _scenario(tmp_path), "--base", ghost).stderr,
        "draft": _draft(small, ghost, tmp_path),
    }
    for name, shown in runs.items():
        line = next(line for line in shown.splitlines() if "[unknown-series]" in line)
        assert line.startswith(f"{ghost}:3: "), name
        assert "「aa」という系列(事業・グループ)は計画にありません" in line
        assert "「a」ではありませんか" in line
    assert "aa" not in (tmp_path / "out" / "schedule.csv").read_text(encoding="utf-8")


def test_a_schedule_of_another_plan_is_called_that_first_and_its_breaches_are_counted(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        _with(number, series="zz", session=f"zz#{number + 1}", name="別の講座")[number]
        for number in range(12)
    ]
    other = _write(tmp_path / "s.csv", rows)
    assert answered(["check", str(small), str(other), "--lang", "ja"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert (
        "[other-plan]: この予定は、この計画のものではないようです(12回のうち、12回は計画にない事業(zz))"
        in lines[0]
    )
    # 12 months without a session, an unknown series: the first ten lines of all, how many more, and the sum
    assert len(lines) == 12
    assert "--all" in lines[-2]
    assert answered(["check", str(small), str(other), "--all", "--lang", "ja"]) == 1
    whole = capsys.readouterr().out.splitlines()
    assert len(whole) > 12
    assert whole[:10] == lines[:10]


def _scenario(folder: Path) -> Path:
    path = folder / "scenario.yaml"
    change = "{do: close, days: 5/2, why: 工事}"
    path.write_text(f"schema: 1\nid: s\ntitle: 試し\nchanges: [{change}]\n", encoding="utf-8")
    return path


def _draft(plan: Path, habits: Path, folder: Path) -> str:
    done = ksolve("draft", plan, "--year", "令和7年度", "--habits", habits, "-o", folder / "next.yaml")
    assert done.returncode == 2
    assert not (folder / "next.yaml").exists()
    return done.stderr


def test_draft_takes_habits_from_a_schedule_that_breaks_a_rule_of_the_plan(
    small: Path, tmp_path: Path
) -> None:
    broken = _write(tmp_path / "s.csv", _with(1, **SUNDAY))
    done = ksolve("draft", small, "--year", "令和7年度", "--habits", broken, "-o", tmp_path / "n.yaml")
    assert done.returncode == 0


def test_fit_of_a_broken_schedule_is_written_and_exits_1(dated: Path, tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(dated.read_text(encoding="utf-8-sig"))))
    for row in rows[1:]:
        if row[0] == "senmon-sodan#1":
            row[KEYS.index("date")], row[KEYS.index("weekday")] = "2024-04-07", "日"
        if row[0] == "hidamari#1":
            row[0], row[1] = "hidamary#1", "hidamary"
    broken = _write(tmp_path / "s.csv", rows[1:], rows[0])
    done = ksolve("fit", PLAN, broken, "-o", tmp_path / "fit.csv")
    assert done.returncode == 1
    assert "[opening]" in done.stderr
    assert "「hidamari」ではありませんか" in done.stderr
    assert (tmp_path / "fit.csv").exists()


FORMULA = '=HYPERLINK("x")'


def test_a_name_that_looks_like_a_formula_is_a_name_in_every_file(tmp_path: Path) -> None:
    text = SMALL.replace("name: 健診", f"name: '{FORMULA}'").replace("name: 部屋", "name: '+部屋'")
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    rows = [[*row[:2], FORMULA, *row[3:9], "+部屋", *row[10:]] for row in _cells()]
    schedule = _write(tmp_path / "s.csv", rows)
    done = ksolve("report", tmp_path / "p.yaml", schedule, "-o", tmp_path / "out")
    assert (done.returncode, done.stderr) == (0, "")
    book = openpyxl.load_workbook(tmp_path / "out" / "schedule.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert FORMULA in {cell.value for cell in cells}
    ours = {str(cell.value).partition("(")[0] for cell in cells if cell.data_type == "f"}
    assert ours <= {"=SUM", "=SUMPRODUCT", "=COUNTIFS", "=IF"}  # counts and shares, no text of the plan
    written = (tmp_path / "out" / "schedule.csv").read_text(encoding="utf-8-sig")
    for row in csv.reader(io.StringIO(written)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize("name", ["=1+1", "+a", "-a", "@a", "'=1", "''@x", "'quoted'", "＝合計", "-", "a=b"])
def test_a_name_comes_back_from_csv_as_it_was(tmp_path: Path, name: str) -> None:
    quoted = name.replace("'", "''")
    plan = f"""
programmes: [{{id: a, name: '{quoted}', frequency: 年1回, session: hour}}]
centre: {{staff: [{{id: s, name: '{quoted}'}}], rooms: [{{id: r, name: 部屋}}]}}
"""
    case = tiny(tmp_path, plan)
    unit = case.problem.of_pool("s")[0].units[0]
    schedule = Schedule((Session("a", 1, date(2024, 4, 1), 600, 60, staff=(unit,)),))
    path = tmp_path / "s.csv"
    path.write_bytes(schedule_csv(schedule, case.problem))
    again = read_schedule(path, case.problem)
    assert replace(again.sessions[0], line=0) == schedule.sessions[0]
    assert again.contradictions == ()


WITHOUT_SOLVER = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "ortools":
            raise ImportError("ortools is not installed")
sys.meta_path.insert(0, Refuse())
sys.argv = ["ksolve", *sys.argv[1:]]
from ksolve.cli import main
main()
"""


def test_check_runs_where_ortools_cannot_be_imported(small: Path, tmp_path: Path) -> None:
    for rows, status in ((_cells(), 0), (_with(1, **SUNDAY), 1)):
        path = _write(tmp_path / "s.csv", rows)
        command = [sys.executable, "-c", WITHOUT_SOLVER, "check", str(small), str(path), "--soft"]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (status, "")


ODD_CELLS = (
    *("2024-02-30", "2024-13-01", "0000-00-00", "9999-12-31", "令和0年1月1日", "R6.2.30", "45292", "25:00"),
    *(
        "-1",
        "0",
        "1e9",
        "９" * 30,
        "②",
        "=1+1",
        "'=1+1",
        "#",
        "a#",
        "a#0",
        "a#²",
        ";;;",
        "\x00",
        "\ud7ff",
        '"',
    ),
    *("あ" * 5000, "x" * 140_000, "\u202e", "NaN", "None", "　", "\ufeff", "10:00-11:00"),
)


def _mangled(chance: random.Random, rows: list[list[str]]) -> bytes:
    """Return a schedule as people, programs and disks spoil it."""
    table = [list(KEYS), *rows]
    for _ in range(chance.randint(0, 3)):
        chance.choice(table)[chance.randrange(len(KEYS))] = chance.choice(ODD_CELLS)
    if chance.random() < 0.3:
        row = chance.choice(table)
        del row[chance.randrange(len(row)) :]
    if chance.random() < 0.2:
        chance.shuffle(table)
    out = io.StringIO()
    csv.writer(out).writerows(table)
    encodings = ["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp932"]
    data = out.getvalue().encode(chance.choice(encodings), "replace")
    if chance.random() < 0.3:
        data = data[: chance.randrange(len(data))]
    if chance.random() < 0.3:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.randbytes(chance.randint(1, 9)) + data[at:]
    return chance.choice([data] * 9 + [chance.randbytes(200)])


def test_spoiled_schedules_give_findings_or_faults_with_a_place_and_nothing_else(
    case: Prepared, tmp_path: Path
) -> None:
    path = tmp_path / "s.csv"
    ends = Counter[str]()
    placed: list[bool] = []
    for seed in range(300):
        path.write_bytes(_mangled(random.Random(seed), _cells()))  # noqa: S311 - a test's own dice
        try:
            found = check(case.problem, read_schedule(path, case.problem), str(path))
        except PlanError as error:
            ends["fault"] += 1
            placed.append(all(fault.place and fault.place.file == str(path) for fault in error.findings))
            continue
        names = {one.rule for one in found}
        assert names <= {*BY_NAME, *FINDINGS}, seed  # what --select and --ignore know
        ends["findings" if found else "clean"] += 1
        assert all(one.line("ja") and one.line("en") for one in found), seed
    assert all(placed)
    assert min(ends["fault"], ends["findings"], ends["clean"]) > 10, ends


def test_sessions_of_a_series_come_in_date_order_whatever_the_schedules(small: Path) -> None:
    (series,) = prepare(small).problem.series
    late, early = (Session(series.id, n, date(2024, month, 1), 600, 60) for n, month in ((1, 9), (2, 5)))
    assert Schedule((late, early)).of_series([series]) == (early, late)
