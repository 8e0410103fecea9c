"""ksolve next as a process: a year rolls over, is edited, rolls over again; and what it refuses."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from conftest import KOGANEI, SHARED
from ksolve.api import Prepared, prepare
from ksolve.calendar import holidays
from ksolve.fit.regularity import regularity
from ksolve.next_year.written import FILES
from ksolve.problem.schedule import Schedule
from ksolve.schedules import read_schedule
from ksolve.schedules.tidy import schedule_csv
from running import ksolve

TABLE = """\
令和6年度 事業計画
事業名\t実施回数\t4月\t5月\t6月\t7月\t8月\t9月\t10月\t11月\t12月\t1月\t2月\t3月
協議会\t年2回\t\t\t\t\t\t\t第10期 第3回
【新規】窓口\t通年\t\t\t\t\t\t\t\t\t\t\t開始
相談\t年12回\t↓
祭り\t年1回\t\t\t\t\t\t\t○
"""
PLAN = """\
# 令和6年度の計画 (公表: 令和6年7月3日)
schema: "1"
id: centre-r6
title: 令和6年度 事業計画
year: 令和6年度
published: table.tsv
resources: resources.yaml
programmes:
  - {id: council, name: 協議会, frequency: 年2回, session: hour, published: {line: 3}, marks: [10月]}
  - {id: desk, name: 窓口, frequency: 通年, months: 2月, published: {line: 4}}
  # 毎月の相談
  - {id: talk, name: 相談, frequency: 年12回, session: hour, published: {line: 5}}
  - {id: fair, name: 祭り, frequency: 年1回, session: hour, published: {line: 6}, marks: [10月]}
rules:
  # 前年度の習慣
  - {rule: habit, programmes: talk, days: 第3水 10:00, why: 令和5年度は12回のうち9回}
"""
RESOURCES = """\
schema: "1"
calendar:
  open: {月-金: 9:00-17:00}
  closed: [12/29〜1/3, {days: 2024-08-19〜2024-08-23, why: 工事}]
external: [{id: gikai, name: 議会, effect: blocked, file: gikai.csv}]
rooms: [{id: room, name: 部屋, count: 3}]
staff: [{id: expert, name: 講師, count: 1, fee: 12000}]
sessions: [{id: hour, minutes: 60, starts: ["10:00", "14:00"], rooms: room, staff: {expert: 1}}]
"""
# first Mondays of FY2024; 5/6 and 1/6 (5/6 is a holiday: a week later; 1/6 is open)
MONDAYS = ["4/1", "5/13", "6/3", "7/1", "8/5", "9/2", "10/7", "11/11", "12/2", "1/6", "2/3", "3/3"]
HELD = [
    *(("talk", day, "10:00") for day in MONDAYS),
    *(("council", day, "14:00") for day in ("6/12", "10/9")),
    ("fair", "10/16", "10:00"),
]


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    (tmp_path / "table.tsv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "resources.yaml").write_text(RESOURCES, encoding="utf-8")
    (tmp_path / "gikai.csv").write_text("日付,行事\n2024-06-06,本会議\n", encoding="utf-8")
    _write(tmp_path / "held.csv", HELD)
    return tmp_path


def _write(path: Path, sessions: list[tuple[str, str, str]], year: int = 2024) -> Path:
    lines = ["series,date,start"]
    for series, day, start in sessions:
        month, number = map(int, day.split("/"))
        lines.append(f"{series},{date(year + (month < 4), month, number).isoformat()},{start}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_a_year_rolls_over_is_edited_and_rolls_over_again(centre: Path) -> None:  # noqa: PLR0915 - one story
    out = centre / "r7"
    command = (
        "next",
        centre / "plan.yaml",
        centre / "held.csv",
        "--year",
        "令和7年度",
        "-o",
        out,
        "--limit",
        "20",
    )
    done = ksolve(*command)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in out.iterdir()} >= {"plan.yaml", "resources.yaml", "schedule.csv", *FILES}

    text = (out / "plan.yaml").read_text(encoding="utf-8")
    plan = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    assert (plan["year"], plan["id"], plan["title"]) == ("令和7年度", "centre-r7", "令和7年度 事業計画")
    assert "# 毎月の相談" in text
    assert "令和5年" not in text
    assert "令和6年7月3日" not in text
    council, desk, _, _ = plan["programmes"]
    assert council["marks"] == [{"months": "10月", "label": "第10期 第5回"}]
    assert "months" not in desk  # 開始 in February: all this year
    habits = {rule["programmes"]: rule for rule in plan["rules"]}
    assert len(plan["rules"]) == 3  # the Wednesday of the year before is gone
    assert (habits["talk"]["days"], habits["talk"]["closed"]) == ("第1月 10:00", "next_week")
    assert habits["council"]["days"] == ["6月の第2水 14:00", "10月の第2水 14:00"]
    resources = (out / "resources.yaml").read_text(encoding="utf-8")
    assert "closed: [12/29〜1/3]" in resources  # the works were last year's alone
    assert "file: ../gikai.csv, last_year: true" in resources

    # first Mondays of FY2025: 5/5 is a holiday as is 11/3, and both go a week later; 1/5 is avoided
    dated = {(row["series"], row["date"]) for row in _rows(out / "schedule.csv")}
    mondays = ["4/7", "5/12", "6/2", "7/7", "8/4", "9/1", "10/6", "11/10", "12/1", "2/2", "3/2"]
    wanted = {_iso(day, 2025) for day in mondays} | {"2025-06-11", "2025-10-08", "2025-10-15"}
    assert wanted <= {day for _, day in dated}
    assert sum(series == "talk" for series, _ in dated) == 12

    asked = {row["番号"]: row for row in _rows(out / "decide.csv")}
    assert set(asked) == {"start:desk", "label:council:10", "once:2024-08-19〜2024-08-23", "external:gikai"}
    assert (asked["label:council:10"]["今の案"], asked["label:council:10"]["ほかの案"]) == (
        "第10期 第5回",
        "第11期 第1回",
    )
    counts = {row["事業"]: row for row in _rows(out / "counts.csv")}
    assert [counts["相談"][key] for key in ("前年度の計画", "実施", "今年度の計画", "増減")] == [
        "12",
        "12",
        "12",
        "0",
    ]
    fees = _rows(out / "fees.csv")
    assert (fees[-1]["回数"], fees[-1]["合計(円)"]) == ("15", "180000")  # 12 + 2 + 1 sessions
    weekdays = _rows(out / "weekdays.csv")[0]
    # 42 in either year; the works closed 8/19, a Monday, and would close no Monday of 2025
    assert (weekdays["曜日"], weekdays["前年度の日数"], weekdays["今年度の日数"]) == ("月", "41", "42")
    changed = {(row["事業"], row["前年度"]): row for row in _rows(out / "changed.csv")}
    assert changed["相談", "第3水 10:00"]["今年度"] == "第1月 10:00"
    assert changed["窓口", "【新規】"]["今年度"] == ""
    # all twelve of last year; 1/5 is avoided, and the first Monday of January has no other week
    assert changed["", "100.0%"]["理由"].endswith("(証明済み)")
    less = changed["相談", "100% (12/12)"]
    assert less["今年度"] == "96% (11.5/12)"
    assert "休館か避けたい日が" in less["理由"]
    assert f"相談 100% (12/12) → 96% (11.5/12) {less['理由']}" in done.stdout
    book = load_workbook(out / "next.xlsx")
    assert book.sheetnames[:3] == ["決めること", "変わったこと", "回数"]

    _answer(
        out / "decide.csv",
        {"label:council:10": "第11期 第1回", "once:2024-08-19〜2024-08-23": "2025-08-18〜2025-08-22"},
    )
    edited = text.replace("title: 令和7年度 事業計画", "title: 令和7年度 わたしの計画").replace(
        "  - {id: fair",
        "  - {id: open-day, name: 開放日, frequency: 年2回, session: hour,"
        " published: {after: talk}}\n  - {id: fair",
    )
    (out / "plan.yaml").write_text(edited, encoding="utf-8")
    assert ksolve(*command).returncode == 2  # nothing is written over without a word
    _write(centre / "held.csv", [(s, {"10/16": "10/23"}.get(d, d), t) for s, d, t in HELD])
    done = ksolve(*command, "--keep")
    assert done.returncode == 0, done.stderr
    again = (out / "plan.yaml").read_text(encoding="utf-8")
    assert "title: 令和7年度 わたしの計画" in again
    assert "label: 第11期 第1回" in again
    assert "10月の第4水 10:00" in again  # what was held has changed, and the edits stay
    answers = {row["番号"]: row["答え"] for row in _rows(out / "decide.csv")}
    assert {name for name, answer in answers.items() if not answer} == {"start:desk", "external:gikai"}
    assert answers["label:council:10"] == "第11期 第1回"
    assert "決めること: 2件" in done.stdout
    assert "答え済み: 2件" in done.stdout
    assert "{days: 2025-08-18〜2025-08-22, why: 工事}" in (out / "resources.yaml").read_text(encoding="utf-8")
    printed = (out / "published.tsv").read_text(encoding="utf-8-sig").splitlines()
    names = [line.split("\t")[1] for line in printed if line.count("\t") > 3]
    assert names[1:] == ["協議会", "窓口", "相談", "【新規】開放日", "祭り"]
    fit = ksolve("fit", out / "plan.yaml", out / "schedule.csv").stdout
    assert "令和6年度の表から: 継続 4、変更 0、廃止 0、新規 1" in fit


def _iso(day: str, year: int) -> str:
    month, number = map(int, day.split("/"))
    return date(year + (month < 4), month, number).isoformat()


def _answer(path: Path, answers: dict[str, str]) -> None:
    rows = _rows(path)
    for row in rows:
        row["答え"] = answers.get(row["番号"], "")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("sessions", "year", "said"),
    [
        (HELD, 2023, "held-of-another-year"),
        ([(f"other-{n}", "4/1", "10:00") for n in range(3)], 2024, "held-of-another-plan"),
        ([], 2024, "nothing-held"),
    ],
)
def test_what_is_not_last_years_schedule_is_refused(
    sessions: list[tuple[str, str, str]], year: int, said: str, centre: Path
) -> None:
    wrong = _write(centre / "wrong.csv", sessions, year)
    done = ksolve("next", centre / "plan.yaml", wrong, "--year", "令和7年度", "-o", centre / "r7")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not (centre / "r7").exists()


def test_half_a_year_is_said_and_two_files_are_read_together(centre: Path) -> None:
    first = _write(centre / "first.csv", [one for one in HELD if 4 <= int(one[1].split("/")[0]) <= 9])
    second = _write(centre / "second.csv", [one for one in HELD if one[1] != "4/1"])
    command = ("next", centre / "plan.yaml", first, "--year", "令和7年度", "--limit", "60")
    half = ksolve(*command, "-o", centre / "half")
    assert "part-of-the-year" in half.stderr
    assert "10月～3月" in half.stderr
    both = ksolve(*command[:3], second, *command[3:], "-o", centre / "both")
    assert both.returncode == 0, both.stderr
    assert "part-of-the-year" not in both.stderr
    assert "6回は、1回と数えました" in both.stderr  # 5/13 to 9/2 and 6/12 stand in both
    talk = next(row for row in _rows(centre / "both" / "counts.csv") if row["事業"] == "相談")
    assert talk["実施"] == "12"


def test_what_the_command_cannot_use_is_said_with_a_way_out(centre: Path) -> None:
    plan, held, table = centre / "plan.yaml", centre / "held.csv", centre / "table.tsv"
    year = ("--year", "令和7年度", "-o", centre / "r7")
    for arguments, said in [
        ((plan, *year), "実施した予定"),
        ((plan, held, "--from-table", table, *year), "--from-table"),
        (("--from-table", table, *year), "no-dates"),
        ((plan, held, "--year", "令和6年度", "-o", centre / "r7"), "より後ではありません"),
        ((plan, held, "--year", "来年", "-o", centre / "r7"), "来年"),
        ((plan, held, "--year", "令和99年度", "-o", centre / "r7"), "93年後です"),
        ((plan, held, "--year", "令和7年度", "-o", centre), "plan.yaml"),
    ]:
        done = ksolve("next", *arguments)
        assert (done.returncode, said in done.stderr) == (2, True), (arguments, done.stderr)
    assert (centre / "plan.yaml").read_text(encoding="utf-8") == PLAN
    assert not (centre / "r7").exists()


FROM_TABLES = {
    "09_yomitan_library_H26-04": ("平成27年度", {"2015-04-05", "2015-04-19", "2015-04-18", "2015-04-26"}),
    # the same Mondays of the month, a year later
    "14_hakuba_kosodate_H27": ("平成28年度", {"2016-05-16", "2016-06-06", "2016-09-05"}),
    "15_yamato_kominkan_2019": (
        "令和2年度",
        {"2020-07-26", "2020-08-23", "2020-10-11", "2020-11-01", "2021-02-21"},
    ),
    # four days on end, from the fourth Friday of October, the Sunday among them
    "16_ama_jidokan_H28_fragment": (
        "平成29年度",
        {"2017-07-04", "2017-07-05", "2017-07-06", "2017-06-27"}
        | {"2017-10-27", "2017-10-28", "2017-10-29", "2017-10-30"},
    ),
}


@pytest.mark.skipif(not SHARED.exists(), reason="the tables of other bodies are not beside the project")
@pytest.mark.parametrize("name", FROM_TABLES)
def test_a_dated_table_leads_to_the_next_years_schedule(name: str, tmp_path: Path) -> None:
    year, wanted = FROM_TABLES[name]
    table = SHARED / "data" / "plans" / f"{name}.csv"
    done = ksolve("next", "--from-table", table, "--year", year, "-o", tmp_path, "--limit", "20")
    assert done.returncode == 0, done.stderr
    assert wanted <= {row["date"] for row in _rows(tmp_path / "schedule.csv")}
    asked = {row["番号"] for row in _rows(tmp_path / "decide.csv")}
    assert "table:centre" in asked
    assert ksolve("check", tmp_path / "plan.yaml", tmp_path / "schedule.csv").returncode == 0


def test_koganei_rolls_over_with_its_habits_and_holidays(
    koganei: Prepared, koganei_schedule: Schedule, tmp_path: Path
) -> None:
    held, out = tmp_path / "held.csv", tmp_path / "r7"
    held.write_bytes(schedule_csv(koganei_schedule, koganei.problem))
    done = ksolve("next", KOGANEI / "r6.yaml", held, "--year", "令和7年度", "-o", out, "--limit", "60")
    assert done.returncode == 0, done.stderr
    case = prepare(out / "plan.yaml")
    schedule = read_schedule(out / "schedule.csv", case.problem)
    bound = [name for rule in case.plan.rules if rule.name == "habit" for name in rule.programmes]
    assert len(bound) == len(set(bound)) > 40
    days = {session.day for session in schedule.sessions}
    closed = {date(2025, 5, 6), date(2025, 11, 24), *holidays(case.plan.year)}
    assert not days & closed
    before, after = (
        regularity(koganei.problem, koganei_schedule).share,
        regularity(case.problem, schedule).share,
    )
    assert before
    assert after
    assert after >= before - 1 / 50 or "規則性はこれより高くなりません(証明済み)" in done.stdout
    text = (out / "plan.yaml").read_text(encoding="utf-8")
    assert "令和5年" not in text
    assert "label: 第10期 第5回" in text
    assert "第10期 第5回" in (out / "published.tsv").read_text(encoding="utf-8-sig")


def test_a_dropped_programme_leaves_no_habit_and_a_wrong_answer_is_named(centre: Path) -> None:
    out = centre / "r7"
    command = (
        "next",
        centre / "plan.yaml",
        centre / "held.csv",
        "--year",
        "令和7年度",
        "-o",
        out,
        "--limit",
        "5",
    )
    assert ksolve(*command).returncode == 0
    plan = out / "plan.yaml"
    lines = plan.read_text(encoding="utf-8").split("\n")
    plan.write_text("\n".join(line for line in lines if "{id: council" not in line), encoding="utf-8")
    _answer(out / "decide.csv", {"start:desk": "いつか"})
    done = ksolve(*command, "--keep")
    assert done.returncode == 2
    assert "unreadable-answer" in done.stderr
    assert "いつか" in done.stderr
    assert "left-behind" in done.stderr  # what is there, and how to go on
    assert "--keep を付けて続けてください" in done.stderr
    _answer(out / "decide.csv", {"start:desk": "6月～3月"})
    done = ksolve(*command, "--keep")
    assert done.returncode == 0, done.stderr
    text = plan.read_text(encoding="utf-8")
    assert "council" not in text
    assert "months: 6月～3月" in text
    counts = {row["事業"]: row["増減"] for row in _rows(out / "counts.csv")}
    assert counts["協議会"] == "廃止"


YEARLY = """\
schema: "1"
id: hall-r6
title: 令和6年度 会館
year: 令和6年度
resources:
  calendar: {open: {月-金: 9:00-17:00}, closed: [12/29〜1/3, 8/13〜8/15]}
  rooms: [{id: room, name: 部屋, count: 1}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: room}]
programmes:
  - {id: fair, name: 祭り, frequency: 年1回, session: hour, rules: [{rule: on_dates, days: [11/11]}]}
"""


def test_an_answer_of_every_year_holds_in_the_years_that_follow(tmp_path: Path) -> None:
    """11 November is a Monday in 2024, and then a Tuesday, a Wednesday and a Thursday."""
    plan, held = tmp_path / "plan.yaml", tmp_path / "held.csv"
    plan.write_text(YEARLY, encoding="utf-8")
    _write(held, [("fair", "11/11", "10:00")])
    for year, answers in ((7, {"once:8/13〜8/15": "はい", "once:祭り:11/11": "毎年"}), (8, {}), (9, {})):
        out = tmp_path / f"r{year}"
        command = ("next", plan, held, "--year", f"令和{year}年度", "-o", out, "--limit", "60")
        done = ksolve(*command)
        assert done.returncode == 0, done.stderr
        asked = {row["番号"] for row in _rows(out / "decide.csv")}
        assert {one for one in asked if one.startswith("once:")} == set(answers)
        if answers:
            _answer(out / "decide.csv", answers)
            done = ksolve(*command, "--keep")
        plan, held = out / "plan.yaml", out / "schedule.csv"
        text = plan.read_text(encoding="utf-8")
        assert "closed: [12/29〜1/3, 毎年8/13〜8/15]" in text
        assert "days: [毎年11/11]" in text
        assert [row["date"] for row in _rows(held)] == [f"{year + 2018}-11-11"], done.stderr


@pytest.mark.skipif("SLOW_TESTS" not in os.environ, reason="four years of Koganei: SLOW_TESTS=1")
def test_koganei_rolls_over_year_after_year(
    koganei: Prepared, koganei_schedule: Schedule, tmp_path: Path
) -> None:
    plan, held = KOGANEI / "r6.yaml", tmp_path / "held.csv"
    held.write_bytes(schedule_csv(koganei_schedule, koganei.problem))
    shares = [regularity(koganei.problem, koganei_schedule).share or 0]
    for year in range(2025, 2029):
        out = tmp_path / f"r{year - 2018}"
        done = ksolve("next", plan, held, "--year", f"令和{year - 2018}年度", "-o", out, "--limit", "150")
        assert done.returncode == 0, done.stderr
        assert "最良(証明済み)" in done.stdout or "証明された下限" in done.stdout  # proven, or with its gap
        plan, held = out / "plan.yaml", out / "schedule.csv"
        case = prepare(plan)
        schedule = read_schedule(held, case.problem)
        assert not {session.day for session in schedule.sessions} & CLOSED
        shares.append(regularity(case.problem, schedule).share or 0)
        bound = [name for rule in case.plan.rules if rule.name == "habit" for name in rule.programmes]
        assert len(bound) == len(set(bound)) > 40
        text = plan.read_text(encoding="utf-8")
        assert f"label: 第10期 第{3 + 2 * (year - 2024)}回" in text
        older = [f"令和{n}年" for n in range(5, year - 2019)] + [
            f"koganei-r{n}" for n in range(6, year - 2018)
        ]
        assert not [words for words in older if words in text]
        is_most = "規則性はこれより高くなりません(証明済み)" in done.stdout
        assert shares[-1] >= shares[-2] or is_most, shares  # no schedule of this year is more regular
        reasons = [row["理由"] for row in _rows(out / "changed.csv") if row["理由"].startswith("規則性: ")]
        assert reasons or shares[-1] >= shares[-2]  # and it says which programmes fell, and why
        lost = {
            row["事業"]: row["休館か避けたい日に当たるいつもの日"] for row in _rows(out / "regularity.csv")
        }
        assert lost["ひろば事業 お楽しみの時間"]  # every year has closed Wednesdays


CLOSED = {date(2025, 5, 6), date(2025, 11, 24), date(2026, 9, 22), date(2027, 3, 22)}
"""Holidays that follow from others: 振替休日 and 国民の休日."""
