"""Days, months and weekdays as tables print them: each is the day that an eye reads, or an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from ksolve.calendar import FiscalYear
from ksolve.findings import Severity
from ksolve.frequency import Range
from ksolve.published import PublishedPlan, parse_grid, read_published, survey


def _read(*lines: str, file: str = "t.csv") -> PublishedPlan:
    return survey(parse_grid("\n".join(lines) + "\n", file))


def _dates(plan: PublishedPlan) -> list[str]:
    year = plan.year or FiscalYear(2024)
    return [" ".join(day.isoformat() for day in row.days_in(year)) for row in plan.rows]


def _errors(plan: PublishedPlan) -> list[str]:
    return [found.rule for found in plan.findings if found.severity is Severity.ERROR]


def test_a_bare_day_is_in_the_month_of_the_title() -> None:
    # 2024-05-01 is a Wednesday, so that the 9th is a Thursday and the 12th a Sunday
    plan = _read("図書館行事予定 2024年5月", "日付,曜日,行事名", "9日,木,おはなし会", "12日,日,映画会")
    assert plan.year == FiscalYear(2024)
    assert _dates(plan) == ["2024-05-09", "2024-05-12"]
    assert plan.findings == ()


@pytest.mark.parametrize("title", ["令和6年5月の行事", "行事予定表 令和6年5月号", "2024年5月 図書館"])
def test_a_title_of_one_month_is_read_in_many_spellings(title: str) -> None:
    assert _dates(_read(title, "日付,行事名", "9日 木,おはなし会")) == ["2024-05-09"]


def test_a_bare_day_is_in_the_month_of_the_line_above() -> None:
    plan = _read(
        "令和6年度 行事",
        "日付,行事名",
        "5月",
        "9日 木,おはなし会",
        "【6月】",
        "13日(木),映画会",
        "20日 木,工作",
    )
    assert _dates(plan) == ["2024-05-09", "2024-06-13", "2024-06-20"]
    assert _errors(plan) == []


def test_a_title_of_january_is_of_the_year_before() -> None:
    plan = _read("2025年1月の行事", "日付,行事名", "9日 木,おはなし会")  # 2025-01-09 is a Thursday
    assert (plan.year, _dates(plan)) == (FiscalYear(2024), ["2025-01-09"])


def test_a_day_goes_on_with_the_month_above_and_that_is_said() -> None:
    plan = _read("令和6年度", "日付,行事名", "5月9日,講座1", "16日,講座2", "6月6日,講座3")
    assert _dates(plan) == ["2024-05-09", "2024-05-16", "2024-06-06"]
    assert [found.rule for found in plan.findings] == ["month-carried"]


@pytest.mark.parametrize("rows", [("9日,講座",), ("5月9日,講座", "3日,映画会")], ids=["alone", "going back"])
def test_a_day_whose_month_nothing_tells_is_an_error_and_no_date(rows: tuple[str, ...]) -> None:
    plan = _read("令和6年度", "日付,行事名", *rows)
    assert _errors(plan) == ["day-without-month"]
    assert plan.rows[-1].dates == ()
    assert plan.rows[-1].frequency is None


@pytest.mark.parametrize(
    "rows",
    [
        ("日付,曜日,行事名", "5/9,金,おはなし会"),
        ("日付,行事名", "5月9日(金),おはなし会"),
        ("日付,行事名", "5月9日(金曜日),おはなし会"),
        ("日付,行事名", "5/9 金,おはなし会"),
        ("日付,曜日,行事名", "5/9,土・日,おはなし会"),
        ("行事名,頻度", "おはなし会,5月9日(金)"),
        ("行事名,4月,5月,6月", "おはなし会,,9日(金),"),
    ],
    ids=["column", "brackets", "in full", "bare", "several", "frequency", "month cell"],
)
def test_a_weekday_beside_a_date_is_always_compared(rows: tuple[str, ...]) -> None:
    plan = _read("令和6年度", *rows)  # 2024-05-09 is a Thursday
    assert _dates(plan) == ["2024-05-09"]
    assert _errors(plan) == ["weekday-contradiction"]


MONTH_LABELS = [
    "令和6年{}月",
    "2024年{}月",
    "R6.{}月",
    "(R6){}月",
    "2024/{}",
    "Ｒ６年{}月",
    "{}月(R6)",
    "'24年{}月",
]


@pytest.mark.parametrize("label", MONTH_LABELS)
def test_a_label_of_a_month_may_name_its_year(label: str) -> None:
    heads = ",".join(label.format(month) for month in (4, 5, 6, 7))
    row = _read("令和6年度", f"事業名,{heads}", "おはなし会,,○,,○").rows[0]
    assert [promise.months for promise in row.promises] == [(5,), (7,)]


@pytest.mark.parametrize("label", MONTH_LABELS)
def test_a_month_with_its_year_may_label_a_row(label: str) -> None:
    first, second, third = (label.format(month) for month in (4, 5, 6))
    turned = _read("令和6年度", "月,健診,教室", f"{first},9日,10日", f"{second},14日,", f"{third},,12日")
    assert [row.name for row in turned.rows] == ["健診", "教室"]
    assert _dates(turned) == ["2024-04-09 2024-05-14", "2024-04-10 2024-06-12"]
    listed = _read("令和6年度", "月,日,行事名", f"{second},9,おはなし会", f"{third},13,映画会")
    assert _dates(listed) == ["2024-05-09", "2024-06-13"]


def test_a_label_among_months_that_cannot_be_read_is_an_error() -> None:
    plan = _read("令和6年度", "事業名,4月,卯月,6月,7月", "おはなし会,○,○,,")
    assert _errors(plan) == ["month-label-unread"]


def test_a_mark_beside_dates_is_a_session_too() -> None:
    row = _read("令和6年度", "事業名,4月,5月,6月", "健診,9日(火),14日(火),○").rows[0]
    assert row.count == Range(3, 3)  # it was 2: the dates alone


def test_a_bare_serial_of_a_spreadsheet_is_its_date() -> None:
    plan = _read("令和6年度", "日付,曜日,行事名", "45421,木,おはなし会")  # 45421 days after 1899-12-30
    assert (_dates(plan), _errors(plan)) == (["2024-05-09"], [])


@pytest.mark.parametrize("tilde", "~〜～∼-–—―−‐‑")
def test_every_dash_and_tilde_is_a_stretch_of_days(tilde: str) -> None:
    plan = _read("令和6年度", "行事名,実施日,時間", f"講座,5/9{tilde}11,10:00{tilde}11:30")
    assert _dates(plan) == ["2024-05-09 2024-05-10 2024-05-11"]
    assert plan.rows[0].hours == (600, 690)


@pytest.mark.parametrize("bracket", ["()", "（）", "〔〕", "［］", "[]", "【】"])
@pytest.mark.parametrize("weekday", ["木", "木曜", "木曜日", "木・祝"])
@pytest.mark.parametrize(
    "day", ["5/9", "５／９", "5月9日", "５月９日", "令和6年5月9日", "2024-05-09", "R6.5.9"]
)
def test_every_spelling_of_a_day_is_the_same_day(day: str, weekday: str, bracket: str) -> None:
    plan = _read("令和6年度", "行事名,実施日", f"講座,{day}{bracket[0]}{weekday}{bracket[1]}")
    assert (_dates(plan), _errors(plan)) == (["2024-05-09"], [])


def test_radicals_in_headings_and_names_are_the_letters_they_look_like() -> None:
    plan = _read("令和6年度", "⾏事名,実施⽇", "講座,5⽉9⽇(⽊)")
    assert (_dates(plan), _errors(plan)) == (["2024-05-09"], [])


def test_the_number_of_a_session_before_its_date_is_no_part_of_it() -> None:
    plan = _read("令和6年度", "日程,曜日,内容", "第1回 5月9日,木,開講式", "第2回：5月23日,木,料理")
    assert (_dates(plan), _errors(plan)) == (["2024-05-09", "2024-05-23"], [])


@pytest.mark.parametrize("made", ["2024年4月作成", "令和6年4月 改訂", "2024年4月現在"])
def test_the_month_in_which_a_table_was_made_is_not_that_of_its_days(made: str) -> None:
    plan = _read(made, "日付,行事名", "9日,おはなし会")
    assert _errors(plan) == ["day-without-month"]


def test_a_bare_day_is_in_the_month_that_its_sheet_is_named_for(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.title = "4月"
    book.active.append(["令和6年度 行事予定"])
    for sheet, day in ((book.active, "11日(木)"), (book.create_sheet("5月"), "9日(木)")):
        sheet.append(["日付", "行事名"])
        sheet.append([day, f"おはなし会{sheet.title}"])
    book.save(tmp_path / "t.xlsx")
    plan = read_published(tmp_path / "t.xlsx")
    assert (_dates(plan), _errors(plan)) == (["2024-04-11", "2024-05-09"], [])
