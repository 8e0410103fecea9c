"""Letters: every width, dash, tilde, dot, bracket and radical, in every reader of the program."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import ksolve
from conftest import SMALL
from ksolve.api import prepare
from ksolve.calendar import YearlyDay, parse_date, parse_day, parse_days, parse_weekdays
from ksolve.clock import parse_clock, parse_span
from ksolve.frequency import read_frequency
from ksolve.letters import bare, name_key, narrow, number
from ksolve.published.cell.dates import named_days
from ksolve.published.cell.header_words import read_head
from ksolve.published.cell.signs import mark_kind
from ksolve.published.rows import MarkKind
from ksolve.schedules import read_schedule

BETWEEN = "〜～~∼˜⁓〰‐‑‒–—―−─━－﹣-ーｰ"
"""What stands between two ends in plans, spreadsheets and PDF files: tildes, dashes, long vowels."""
OPEN_CLOSE = ["()", "（）", "〔〕", "［］", "[]", "｛｝", "{}", "【】", "〖〗"]


@pytest.mark.parametrize("dash", BETWEEN)
def test_every_dash_and_tilde_reads_the_same_in_every_reader(dash: str) -> None:
    assert parse_span(f"9:00{dash}17:00") == parse_span(f"９：００{dash}１７：００") == (540, 1020)
    assert parse_span(f"9時{dash}17時30分") == (540, 1050)
    assert parse_days(f"8/1{dash}8/31") == parse_days(f"8月1日{dash}8月31日")
    assert parse_days(f"8/1{dash}8/31") == (YearlyDay(8, 1), YearlyDay(8, 31))
    assert parse_weekdays(f"月{dash}金") == parse_weekdays(f"月曜日{dash}金曜日") == frozenset(range(5))
    assert read_frequency(f"年10{dash}12回").meaning == read_frequency("年10～12回").meaning
    assert read_frequency(f"5月{dash}7月に月1回").meaning == read_frequency("5月～7月に月1回").meaning
    assert [named.day.day for named in named_days(f"4/28{dash}30")] == [28, 29, 30]
    assert read_head(f"4月{dash}6月").months == (4, 5, 6)


@pytest.mark.parametrize("dash", BETWEEN[7:])
def test_every_dash_under_a_month_is_no_session_and_the_bar_of_an_arrow(dash: str) -> None:
    assert mark_kind(dash) is mark_kind(dash * 2) is MarkKind.NONE
    assert mark_kind(f"←{dash}→") is MarkKind.ARROW


@pytest.mark.parametrize("dash", BETWEEN)
def test_a_schedule_reads_its_times_with_every_dash_and_tilde(dash: str, tmp_path: Path) -> None:
    path = tmp_path / "予定.csv"
    path.write_text(f"日付,時間,事業名\n2024-04-03,10:00{dash}11:00,健診\n", encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text(SMALL, encoding="utf-8")
    [session] = read_schedule(path, prepare(plan).problem).sessions
    assert (session.day, session.start, session.end) == (date(2024, 4, 3), 600, 660)


@pytest.mark.parametrize("brackets", OPEN_CLOSE)
def test_every_bracket_reads_the_same_in_every_reader(brackets: str) -> None:
    opened, closed = brackets[0], brackets[1]
    assert [named.weekday for named in named_days(f"4/3{opened}水{closed}")] == ["水"]
    assert (
        read_frequency(f"年6回{opened}8月を除く{closed}").meaning
        == read_frequency("年6回(8月を除く)").meaning
    )
    assert name_key(f"健診{opened}午前{closed}") == name_key("健診(午前)")


@pytest.mark.parametrize("digits", ["12", "１２", "𝟏𝟐"])
def test_every_digit_reads_the_same_in_every_reader(digits: str) -> None:
    assert parse_clock(f"{digits}:00") == 720
    assert parse_day(f"{digits}月3日") == YearlyDay(12, 3)
    assert parse_date(f"令和6年{digits}月3日") == date(2024, 12, 3)
    assert read_frequency(f"年{digits}回").meaning == read_frequency("年12回").meaning
    assert read_head(f"{digits}月").months == (12,)


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("公⺠館", "公民館"),  # U+2EA0, CJK radicals supplement: no NFKC
        ("⻘少年", "青少年"),
        ("⻑寿", "長寿"),
        ("⻄公園", "西公園"),
        ("⼦育て", "子育て"),  # U+2F26, Kangxi: NFKC knows it
        ("⾼齢者", "高齢者"),
        ("福", "福"),  # a compatibility ideograph
    ],
)
def test_a_radical_is_the_ideograph_that_it_looks_like(drawn: str, meant: str) -> None:
    assert narrow(drawn) == meant


def test_radicals_are_read_in_every_reader() -> None:
    assert parse_weekdays("⽕・⽊") == frozenset({1, 3})
    assert read_frequency("毎⽉第2⽕曜⽇").meaning == read_frequency("毎月第2火曜日").meaning
    assert parse_date("令和6年4⽉3⽇") == date(2024, 4, 3)


@pytest.mark.parametrize("weekday", ["水", "水曜", "水曜日", "⽔曜⽇"])
def test_every_spelling_of_a_weekday_reads_the_same_in_every_reader(weekday: str, tmp_path: Path) -> None:
    assert parse_weekdays(weekday) == frozenset({2})
    assert read_frequency(f"4/3({weekday})").meaning == read_frequency("4/3").meaning
    assert read_frequency(f"毎週{weekday}").meaning == read_frequency("毎週水曜日").meaning
    assert [named.weekday for named in named_days(f"4/3({weekday})")] == ["水"]
    path, plan = tmp_path / "予定.csv", tmp_path / "plan.yaml"
    path.write_text(f"日付,開始,終了,事業名\n2024-04-03({weekday}),10:00,11:00,健診\n", encoding="utf-8")
    plan.write_text(SMALL, encoding="utf-8")
    [session] = read_schedule(path, prepare(plan).problem).sessions
    assert session.day == date(2024, 4, 3)


def test_half_width_and_taken_apart_letters_are_joined_with_their_marks() -> None:
    assert narrow("ｶﾞｲﾀﾞﾝｽ") == "ガイダンス"
    assert narrow("か\u3099んは\u309aん") == "がんぱん"  # as macOS writes file names
    plain, columns = bare("ｶﾞ月")
    assert (plain, columns) == ("ガ月", (0, 2, 3))


def test_circled_numbers_stay_apart_and_zero_width_letters_go() -> None:
    assert narrow("①②") == "①②"
    assert bare("月\u200b1回\ufeff") == ("月1回", (0, 2, 3, 5))
    assert narrow("⭕\ufe0f") == "⭕"


def test_a_long_vowel_is_a_dash_only_between_numbers_weekdays_and_times() -> None:
    assert narrow("8/1ー8/31 月ー金 10時ー正午") == "8/1-8/31 月-金 10時-正午"
    assert narrow("センター 日ーる 5ーム ー") == "センター 日ーる 5ーム ー"


def test_columns_point_into_the_text_as_it_was_written() -> None:
    plain, columns = bare("年 ３回 （８月を除く）")
    assert plain == "年3回(8月を除く)"
    assert [("年 ３回 （８月を除く）")[column] for column in columns[:-1]] == list("年３回（８月を除く）")
    assert bare("5/1 10:00")[0] == "5/1 10:00"  # a space keeps two numbers apart
    assert bare("３ヶ月 ５箇所 ケース")[0] == "3か月5か所ケース"


def test_japanese_numbers_are_numbers() -> None:
    assert [number(text) for text in ("12", "1,200", "十二", "百二十", "一〇", "二十")] == [
        12,
        1200,
        12,
        120,
        10,
        20,
    ]


def test_nothing_else_in_the_program_normalises() -> None:
    home = Path(ksolve.__file__).parent
    users = [
        path.relative_to(home).as_posix()
        for path in sorted(home.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "normalize"
    ]
    assert users == ["letters/__init__.py"]
