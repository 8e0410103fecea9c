"""Two years side by side: the dates below were looked up in the calendar, not computed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from ksolve.calendar import Calendar, FiscalYear
from ksolve.changes import Kind
from ksolve.changes.years import changes_of_years
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Schedule, Session, numbered
from ksolve.report.changed import Changed
from ksolve.report.changed.book import changes_xlsx
from ksolve.report.changed.page import changes_html
from ksolve.report.changed.table import changes_json
from ksolve.report.two_years import Year, side_by_side
from ksolve.report.two_years.table import month_cell, year_rows
from ksolve.report.two_years.view import Row
from running import ksolve
from tiny import write_plan

# the first Mondays of two years; where one is a holiday, the second Monday
LAST = "4/1 5/13 6/3 7/1 8/5 9/2 10/7 11/11 12/2 1/6 2/3 3/3"
THIS = "4/7 5/12 6/2 7/7 8/4 9/1 10/6 11/10 12/1 1/5 2/2 3/2"
# 2024: 5/6 and 11/4 are 振替休日; 2025: 5/5 is こどもの日, 11/3 文化の日


def _dates(year: int, text: str) -> list[date]:
    days = (tuple(map(int, day.split("/"))) for day in text.split())
    return [date(year + (month < 4), month, day) for month, day in days]


def _year(year: int, held: dict[str, str]) -> Year:
    """A year of series, each with its dates at 10:00."""
    names = {"talk": "育児相談", "walk": "遠足", "club-g1": "教室 第1グループ", "club-g2": "教室 第2グループ"}
    series = tuple(
        Series(id_, id_.partition("-")[0], names[id_], 60, (600,)) for id_, text in held.items() if text
    )
    sessions = (Session(id_, 0, day, 600, 60) for id_, text in held.items() for day in _dates(year, text))
    calendar = Calendar(FiscalYear(year), ((),) * 7)
    return Year(Problem("p", "p", calendar, series, (), (), ()), numbered(sessions))


def _row(rows: Iterable[Row], name: str) -> Row:
    return next(row for row in rows if row.name == name)


def test_the_same_nth_weekday_is_no_change_and_a_move_for_a_holiday_is_explained() -> None:
    two = side_by_side(_year(2024, {"talk": LAST}), _year(2025, {"talk": THIS}))
    (row,) = two.rows
    assert row.is_same
    assert row.last.pattern.ja == row.this.pattern.ja == "第1月 10:00"
    assert [move.text.ja for move in row.last.moves] == [
        "5/6 振替休日 → 5/13",
        "11/4 振替休日 → 11/11",
    ]
    assert [move.text.ja for move in row.this.moves] == ["5/5 こどもの日 → 5/12", "11/3 文化の日 → 11/10"]
    assert {pair.state for pairs in row.months for pair in pairs} == {"same"}
    assert [month_cell(pairs, "ja") for pairs in row.months[:3]] == [
        "1(月)→7(月)",
        "13(月)→12(月)",
        "3(月)→2(月)",
    ]


def test_another_weekday_another_count_and_a_day_left_out_are_marked() -> None:
    """From the first Monday to the third Thursday; May is left out on Children's Day."""
    thursdays = "4/17 5/15 6/19 7/17 8/21 9/18 10/16 11/20 12/18 1/15"
    two = side_by_side(_year(2024, {"talk": LAST, "walk": "10/12"}), _year(2025, {"talk": thursdays}))
    talk, walk = _row(two.rows, "育児相談"), _row(two.rows, "遠足")
    assert (talk.last.pattern.ja, talk.this.pattern.ja) == ("第1月 10:00", "第3木 10:00")
    assert talk.counts == (12, 10)
    assert talk.word.ja == "回数 -2"
    assert [pair.state for pair in talk.months[0]] == ["moved"]
    assert [pair.state for pair in talk.months[11]] == ["gone"]
    assert month_cell(talk.months[11], "ja") == "3(月)→–"
    assert walk.word.ja == "なくなる"
    assert walk.this.pattern.ja == "―"
    assert not talk.is_same


def test_a_day_after_the_holiday_is_explained_and_an_open_day_has_no_reason() -> None:
    """The second Mondays, 成人の日 (1/13) to the Tuesday after; September for no reason on the 17th."""
    mondays = "4/8 5/13 6/10 7/8 8/5 9/17 10/15 11/11 12/9 1/14 2/10 3/10"
    (row,) = side_by_side(_year(2024, {"talk": mondays}), _year(2024, {"talk": mondays})).rows
    assert row.this.pattern.ja == "第2月 10:00"
    # 8/12 is the 振替休日 of 山の日, 10/14 スポーツの日; 9/9 was open
    assert [move.text.ja for move in row.this.moves] == [
        "8/12 振替休日 → 8/5",
        "9/9 → 9/17",
        "10/14 スポーツの日 → 10/15",
        "1/13 成人の日 → 1/14",
    ]


def test_groups_in_turn_are_one_row_though_there_is_one_group_less() -> None:
    last = {"club-g1": "4/10 5/8 6/12", "club-g2": "9/11 10/9 11/13"}
    two = side_by_side(_year(2024, last), _year(2025, {"club-g1": "4/9 5/14 6/11", "club-g2": ""}))
    (row,) = two.rows
    assert row.counts == (6, 3)


def test_two_sessions_on_different_days_have_no_usual_day_and_go_on_where_each_is_at_its_place() -> None:
    """Wednesday 24 April 2024 and Monday 7 October; Wednesday 23 April 2025 and Monday 6 October."""
    (row,) = side_by_side(_year(2024, {"walk": "4/24 10/7"}), _year(2025, {"walk": "4/23 10/6"})).rows
    assert (row.last.pattern.ja, row.this.pattern.ja) == ("4/24・10/7", "4/23・10/6")
    assert row.last.moves == ()
    assert row.is_same


def _sessions(year: int, text: str) -> Schedule:
    return numbered(Session("a", 0, day, 600, 60) for day in _dates(year, text))


def test_changes_of_years_pairs_by_month_and_nth_weekday() -> None:
    """Second Tuesdays stay; December goes, March comes; in October the Tuesday is another."""
    found = changes_of_years(_sessions(2024, "4/9 10/8 12/10"), _sessions(2025, "4/8 10/21 3/10"))
    assert [
        (change.kind, change.before and change.before.day, change.after and change.after.day)
        for change in found
    ] == [
        (Kind.MOVED, date(2024, 10, 8), date(2025, 10, 21)),
        (Kind.DROPPED, date(2024, 12, 10), None),
        (Kind.ADDED, None, date(2026, 3, 10)),
    ]
    assert changes_of_years(_sessions(2024, "4/9"), _sessions(2025, "4/8")) == ()


def test_diff_of_two_years_shows_them_side_by_side(tmp_path: Path) -> None:
    for year, text in ((2024, LAST), (2025, THIS)):
        rows = [f"育児相談,{day.isoformat()},10:00" for day in _dates(year, text)]
        (tmp_path / f"{year}.csv").write_text("\n".join(["事業,日付,開始", *rows]), encoding="utf-8")
    shown = ksolve("diff", tmp_path / "2024.csv", tmp_path / "2025.csv")
    assert "5/5 こどもの日 → 5/12" in shown.stdout
    assert "令和6年度 12回 → 令和7年度 12回" in shown.stdout


def test_book_page_and_json_of_changes_have_both_years(tmp_path: Path) -> None:
    last, this = _year(2024, {"talk": LAST}), _year(2025, {"talk": THIS})
    changed = Changed("", last.schedule, this.schedule, (), {}, years=side_by_side(last, this))
    stored = json.loads(changes_json(changed))
    assert stored["years"]["rows"][0]["this"]["moves"][0] == {
        "place": "2025-05-05",
        "date": "2025-05-12",
        "why": {"ja": "こどもの日", "en": "こどもの日"},
    }
    (tmp_path / "years.xlsx").write_bytes(changes_xlsx(changed, "en"))
    sheet = load_workbook(tmp_path / "years.xlsx")["Beside last year"]
    usual = "Mon 10:00, week 1 of the month"
    assert [cell.value for cell in sheet[6]][:4] == ["育児相談", usual, usual, "12"]
    assert 'id="years"' in changes_html(changed, "ja").decode()


def test_the_table_has_a_column_for_each_month() -> None:
    two = side_by_side(_year(2024, {"talk": LAST}), _year(2025, {"talk": THIS}))
    head, row = year_rows(two, "ja")
    assert head[:4] == ("事業", "令和6年度", "令和7年度", "回数")
    assert len(head) == len(row) == 7 + 12
    assert row[7] == "1(月)→7(月)"


def test_a_report_has_last_year_beside_this_one(tmp_path: Path) -> None:
    """The plan has 育児相談 alone; last year there was 遠足 as well."""
    plan = write_plan(
        tmp_path,
        {
            "year": "令和7年度",
            "programmes": [{"id": "talk", "name": "育児相談", "frequency": "月1回", "session": "hour"}],
        },
    )
    for year, text in ((2024, LAST), (2025, THIS)):
        rows = [f"育児相談,{day.isoformat()},10:00" for day in _dates(year, text)]
        rows += ["遠足,2024-10-12,10:00"] if year == 2024 else []
        (tmp_path / f"{year}.csv").write_text("\n".join(["事業,日付,開始", *rows]), encoding="utf-8")
    arguments = ("report", plan, tmp_path / "2025.csv", "-o", tmp_path / "out")
    done = ksolve(*arguments, "--last-year", tmp_path / "2024.csv")
    assert done.returncode == 0, done.stderr
    sheet = load_workbook(tmp_path / "out" / "schedule.xlsx")["前年度との比較"]
    names = [(row[0].value, row[3].value, row[4].value) for row in sheet.iter_rows(min_row=6)]
    assert names == [("育児相談", "12", ""), ("遠足", "1 → 0", "なくなる")]
    assert "5/5 こどもの日 → 5/12" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    wrong = ksolve(*arguments, "--force", "--last-year", tmp_path / "2025.csv")
    assert wrong.returncode == 2
    assert "not-last-year" in wrong.stderr
