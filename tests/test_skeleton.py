"""From a published table to a first schedule: read, write a plan, solve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from conftest import KOGANEI
from ksolve.api import Prepared, prepare
from ksolve.calendar import FiscalYear, holidays
from ksolve.fit import fit
from ksolve.plan.skeleton import skeleton
from ksolve.plan.wishes import NAMES
from ksolve.problem.schedule import Schedule
from ksolve.published import read_published
from ksolve.solver import Options, Verdict
from ksolve.text import Lang
from ksolve.verified import solve
from running import ksolve

PUBLISHED = KOGANEI / "r6-published.tsv"
TABLES = [(PUBLISHED, "ja"), (PUBLISHED, "en")]
TABLES += [(path, "ja") for path in sorted((Path(__file__).parent / "plans").glob("*.csv"))]


@pytest.mark.parametrize(("table", "lang"), TABLES, ids=[f"{path.stem} {lang}" for path, lang in TABLES])
def test_a_plan_written_from_a_table_loads_and_solves_at_once(table: Path, lang: str, tmp_path: Path) -> None:
    published = read_published(table)
    target = tmp_path / "plan.yaml"
    text = skeleton(published, published.year or FiscalYear(2024), target, "ja" if lang == "ja" else "en")
    target.write_text(text, encoding="utf-8")
    case = prepare(target)
    assert [programme.name for programme in case.plan.programmes] == [row.name for row in published.rows]
    comments = [line for line in text.splitlines() if line.startswith("  # ") and "[" in line]
    assert len(comments) == len(published.findings)
    for found in published.findings:
        assert any(f"[{found.rule}]" in line for line in comments)
    assert "TODO" not in text
    assert case.problem.assumed
    answer = solve(case.problem, Options(limit_s=60))
    assert answer.verdict in (Verdict.OPTIMAL, Verdict.FEASIBLE)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_usual_wishes_are_a_line_each_in_the_plan_that_is_written(lang: Lang, tmp_path: Path) -> None:
    table, path = tmp_path / "table.csv", tmp_path / "plan.yaml"
    table.write_text("事業名,実施回数,4月,5月\n甲講座,月1回,,\n乙講座,年3回,,\n", encoding="utf-8")
    text = skeleton(read_published(table), FiscalYear(2024), path, lang)
    path.write_text(text, encoding="utf-8")
    usual = prepare(path)
    asked = {posted.rule.name for posted in usual.problem.rules}
    assert asked >= {"usual_place", "even_pace", "quiet_days", "level_weeks"}
    assert date(2024, 8, 14) in usual.problem.calendar.quiet
    for name in NAMES:
        assert f"\n  {name}: 1 " in text
    path.write_text(text.replace("  usual_place: 1 ", "  usual_place: 0 "), encoding="utf-8")
    assert asked - {posted.rule.name for posted in prepare(path).problem.rules} == {"usual_place"}


def test_days_of_the_month_are_open_in_the_plan_that_is_written(tmp_path: Path) -> None:
    table, plan = tmp_path / "table.csv", tmp_path / "plan.yaml"
    table.write_text("事業名,実施回数\n配布,毎月1日\n相談,毎月30日\n", encoding="utf-8")
    text = skeleton(read_published(table), FiscalYear(2026), plan)
    assert "holidays: closed" in text
    # 2026-11-01 is a Sunday, 2027-01-01 a holiday; of the 30ths 2026-08-30 is a Sunday, and 12-30 in New Year
    assert [line.strip() for line in text.splitlines() if "opened:" in line] == [
        "opened: [11/1, 1/1]",
        "opened: [8/30, 12/30]",
    ]
    assert "12/29〜1/3" in text  # 30 December is open for this row alone
    plan.write_text(text, encoding="utf-8")
    answer = solve(prepare(plan).problem, Options(limit_s=60))
    assert answer.schedule is not None
    assert len(answer.schedule.sessions) == 12 + 11


def test_a_date_on_a_holiday_opens_the_centre_for_its_programme_alone(tmp_path: Path) -> None:
    table, plan = tmp_path / "table.csv", tmp_path / "plan.yaml"
    table.write_text("事業名,実施回数,日程\nこどもの日の会,年1回,5/5\n相談,第3月曜日,\n", encoding="utf-8")
    plan.write_text(skeleton(read_published(table), FiscalYear(2026), plan), encoding="utf-8")
    problem = prepare(plan).problem
    answer = solve(problem, Options(limit_s=60))
    assert answer.schedule is not None
    party, talks = (answer.schedule.of_series([series]) for series in problem.series)
    assert [session.day for session in party] == [date(2026, 5, 5)]
    assert not {session.day for session in talks} & set(holidays(FiscalYear(2026)))
    assert [session.day for session in talks if session.day.month in (7, 9)] == [
        date(2026, 7, 27),  # 20 July is 海の日
        date(2026, 9, 28),  # 21 September is 敬老の日
    ]


def test_a_comment_stands_above_the_programme_that_it_is_about(tmp_path: Path) -> None:
    published = read_published(KOGANEI / "r6-published.tsv")
    lines = skeleton(published, FiscalYear(2024), tmp_path / "plan.yaml").splitlines()
    # 会員交流会 stands in line 40: twice a year, one mark
    comment = next(n for n, line in enumerate(lines) if "[count-mismatch]" in line and "# 40:" in line)
    below = next(line for line in lines[comment:] if line.startswith("  - id: "))
    assert below == "  - id: line-40"


def test_the_command_writes_a_plan_that_the_next_command_solves(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    done = ksolve("read", KOGANEI / "r6-published.tsv", "-o", plan)
    assert done.returncode == 0
    assert f"ksolve solve {plan}" in done.stdout
    solved = ksolve("solve", plan, "-o", tmp_path / "out", "--limit", "60")
    assert solved.returncode == 0, solved.stderr
    assert (tmp_path / "out" / "schedule.csv").exists()


def test_an_existing_plan_is_not_replaced_without_force(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("mine", encoding="utf-8")
    refused = ksolve("read", KOGANEI / "r6-published.tsv", "-o", plan)
    assert refused.returncode == 2
    assert plan.read_text(encoding="utf-8") == "mine"
    assert ksolve("read", KOGANEI / "r6-published.tsv", "-o", plan, "--force").returncode == 0
    assert plan.read_text(encoding="utf-8") != "mine"


def test_a_table_without_a_year_asks_for_one(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("事業名,実施回数\n甲講座,年3回\n", encoding="utf-8")
    refused = ksolve("read", table, "-o", tmp_path / "plan.yaml")
    assert refused.returncode == 2
    assert "--year" in refused.stderr
    assert not (tmp_path / "plan.yaml").exists()
    assert ksolve("read", table, "-o", tmp_path / "plan.yaml", "--year", "R8").returncode == 0
    assert "year: 令和8年度" in (tmp_path / "plan.yaml").read_text(encoding="utf-8")


def test_a_comment_of_the_second_sheet_stands_above_its_own_programme(tmp_path: Path) -> None:
    book = Workbook()
    for name, programme, frequency in (("母子", "甲講座", "年3回"), ("児童館", "乙講座", "年6回程度")):
        sheet = book.create_sheet(name)
        sheet.append([f"令和6年度 {name} 計画"])
        sheet.append(["事業名", "実施回数"])
        sheet.append([programme, frequency])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "book.xlsx")
    published = read_published(tmp_path / "book.xlsx")
    lines = skeleton(published, FiscalYear(2024), tmp_path / "plan.yaml").splitlines()
    comment = next(n for n, line in enumerate(lines) if "[tentative-count]" in line)
    assert "# [児童館]3:2" in lines[comment]
    names = [line for line in lines[comment:] if line.startswith("    name: ")]
    assert names == ["    name: 乙講座"]


def test_the_plan_is_written_around_what_is_not_understood(tmp_path: Path) -> None:
    table, plan = tmp_path / "table.csv", tmp_path / "plan.yaml"
    rows = ["事業名,実施回数,4月,5月", "甲講座,年に何度か,○,", "乙講座,年2回,○,△", "丙講座,月1回,,"]
    table.write_text("\n".join(rows), encoding="utf-8")
    done = ksolve("read", table, "-o", plan, "--year", "R8")
    assert done.returncode == 1
    assert done.stdout.count("エラー[") == 2
    text = plan.read_text(encoding="utf-8")
    before, _, after = text.partition("name: 甲講座")
    assert "# エラー 2:2 [unreadable-frequency]" in before
    assert "frequency: 年20回 / session: usual" in after.partition("- id:")[0]
    assert "# エラー 3:4 [unknown-mark]" in text.partition("name: 乙講座")[0]
    case = prepare(plan)
    assert {series.name for series in case.problem.series} == {"乙講座", "丙講座"}
    solved = ksolve("solve", plan, "-o", tmp_path / "out")
    assert "回を入れていない事業: 甲講座" in solved.stdout
    assert case.published
    assert len(case.published.errors) == 2


def test_what_a_programme_is_and_for_whom_reach_the_plan_and_its_reports_and_bind_nothing(
    tmp_path: Path,
) -> None:
    table, plan, out = tmp_path / "table.csv", tmp_path / "plan.yaml", tmp_path / "out"
    rows = [
        "令和6年度 計画",
        "事業名,内容,対象,申込方法,実施回数,4月,5月,6月",
        "甲講座,絵本を読む: 手遊びも。,1歳児と保護者,電話: 前日まで,年1回,○,,",
        "乙講座,〔略〕,1歳児と保護者,,年1回,○,,",
    ]
    table.write_text("\n".join(rows), encoding="utf-8")
    assert ksolve("read", table, "-o", plan).returncode == 0
    case = prepare(plan)
    first, second = case.plan.programmes
    assert (first.sign_up, second.sign_up) == ("電話: 前日まで", "")
    assert (first.description, first.whom) == ("絵本を読む: 手遊びも。", "1歳児と保護者")
    assert (second.description, second.whom) == ("", "1歳児と保護者")
    assert case.plan.resources.audiences == ()
    assert all(not series.audiences for series in case.problem.series)
    assert ksolve("solve", plan, "-o", out, "--limit", "60").returncode == 0
    page = (out / "report.html").read_text(encoding="utf-8")
    assert 'title="絵本を読む: 手遊びも。"' in page
    assert "<small>1歳児と保護者</small>" in page
    calendar = (out / "schedule.ics").read_bytes().replace(b"\r\n ", b"").decode("utf-8")
    assert calendar.count("対象: 1歳児と保護者") == 2
    assert calendar.count("絵本を読む: 手遊びも。") == 1


def test_the_note_of_a_component_is_its_description(tmp_path: Path) -> None:
    published = read_published(KOGANEI / "r6-published.tsv")
    text = skeleton(published, FiscalYear(2024), tmp_path / "plan.yaml")
    notes = [part.note for row in published.rows for part in row.components if part.note]
    assert notes
    for note in notes:
        assert f"        description: {note}" in text
    assert "〔略〕" not in text


def _solved(rows: list[str], folder: Path) -> tuple[Prepared, Schedule]:
    """Return the plan written from a table of 令和8年度, and its schedule."""
    table, plan = folder / "table.csv", folder / "plan.yaml"
    table.write_text("\n".join(rows), encoding="utf-8")
    published = read_published(table)
    plan.write_text(skeleton(published, FiscalYear(2026), plan), encoding="utf-8")
    case = prepare(plan)
    schedule = solve(case.problem, Options(limit_s=20)).schedule
    assert schedule
    return case, schedule


def test_published_dates_are_held_where_they_are_not_all_the_sessions(tmp_path: Path) -> None:
    rows = ["事業名,実施回数,日程", "健診,,4/9・4/31・5/14", "会議,年4回,5/10・7/3"]
    _, schedule = _solved(rows, tmp_path)
    held = {(session.series, session.day) for session in schedule.sessions}
    assert {("line-2", date(2026, 4, 9)), ("line-2", date(2026, 5, 14))} <= held
    assert {("line-3", date(2026, 5, 10)), ("line-3", date(2026, 7, 3))} <= held
    assert len(schedule.sessions) == 3 + 4


def test_a_published_date_is_not_honoured_by_another_day_of_its_month(tmp_path: Path) -> None:
    case, schedule = _solved(["事業名,実施回数,日程", "健診,,4/9・4/30・5/14"], tmp_path)
    assert case.published
    moved = tuple(
        replace(session, day=date(2026, 4, 10)) if session.day == date(2026, 4, 9) else session
        for session in schedule.sessions
    )
    whole = fit(case.published, case.plan, case.problem, schedule)
    spoiled = fit(case.published, case.plan, case.problem, replace(schedule, sessions=moved))
    assert (str(whole.marks), str(spoiled.marks)) == ("3/3", "2/3")


def test_what_a_frequency_without_a_count_says_of_days_and_hours_is_kept(tmp_path: Path) -> None:
    rows = ["事業名,実施回数,4月,5月", "講座,すべて金曜日,○,○", "祭,4月3日～5日,,", "会,10:00～12:00,○,"]
    _, schedule = _solved(rows, tmp_path)
    held = {session.series: session for session in schedule.sessions}
    assert all(session.day.weekday() == 4 for session in schedule.sessions if session.series == "line-2")
    assert held["line-3"].day in {date(2026, 4, day) for day in (3, 4, 5)}
    assert (held["line-4"].start, held["line-4"].minutes) == (600, 120)
