"""The table of words: each row by its own example, what it says, and the places where words end."""

from __future__ import annotations

import re
from contextlib import nullcontext
from time import process_time

import pytest

from ksolve.frequency import FrequencyError, read_frequency
from ksolve.frequency.forms import forms, refusals
from ksolve.frequency.items import Item
from ksolve.frequency.nearest import nearest
from ksolve.frequency.word_table import PARTS, ROWS, Row
from ksolve.frequency.wording import canonical
from ksolve.frequency.words import item_of
from ksolve.letters import bare

FORMS = {form.example for form in forms()}
REFUSED = dict(refusals())


def test_every_row_has_an_example_that_is_a_form_with_its_count_or_a_refusal_with_its_reason() -> None:
    assert [row.example for row in ROWS if row.example not in FORMS and row.example not in REFUSED] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.says[0]} {row.example}")
def test_the_words_of_a_row_are_taken_where_its_example_is_read(
    row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[Row] = []

    def noted(row: Row, found: re.Match[str]) -> Item:
        taken.append(row)
        return item_of(row, found)

    monkeypatch.setattr("ksolve.frequency.scan.item_of", noted)
    read_frequency.cache_clear()
    with pytest.raises(FrequencyError) if row.example in REFUSED else nullcontext():
        read_frequency(row.example)
    assert row in taken


def test_a_row_that_is_passed_over_for_its_letters_would_not_have_matched() -> None:
    texts = [bare(text)[0] for text in (*FORMS, *REFUSED, *(form.canonical for form in forms()))]
    passed_over = [
        (row.example, text)
        for row in ROWS
        for text in texts
        if row.letters
        and row.letters.isdisjoint(text)
        and any((found := row.match(text, at)) and found[0] for at in range(len(text)))
    ]
    assert passed_over == []


def test_every_part_of_an_expression_is_used() -> None:
    used = " ".join([*PARTS, *(row.expression for row in ROWS)])
    lines = [part for name, part in PARTS.items() if part not in used and not name.startswith("LEFT_")]
    assert lines == []


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("2クール5回", "1クール5回×2クール", "年5回"),
        ("毎月1日～7日", "月7回(1日～7日)", "月1回(1日～7日)"),
        ("毎月火曜日", "週1回(火曜日)", "月1回(火曜日)"),
        ("第2・4土曜日 2回", "月2回(第2・4土曜日)", "年2回(第2・4土曜日)"),
        ("6・10月3回", "年3回(6月・10月)", "月3回(6月・10月)"),
        ("年3クール 全12回", "1クール12回×3クール", "年12回"),
        ("月1回(2会場)", "月1回×2グループ", "月1回"),
        ("第1火曜・木曜", "月2回(第1火・木曜日)", "月1回(第1火曜日)＋週1回(木曜日)"),
        (
            "第1・3土曜日と第2日曜日(8月を除く)",
            "月2回(8月を除く)(第1・3土曜日)＋月1回(8月を除く)(第2日曜日)",
            "月2回(第1・3土曜日)＋月1回(8月を除く)(第2日曜日)",
        ),
        (
            "火曜日、祝日を除く",
            "週1回(火曜日)(祝日を除く)",
            "週6回(月・水・木・金・土・日曜日)(祝日を除く)",
        ),
    ],
)
def test_what_has_two_meanings_is_refused_with_both(text: str, one: str, other: str) -> None:
    with pytest.raises(FrequencyError) as caught:
        read_frequency(text)
    named = re.findall("「([^」]+)」", caught.value.reason.ja)
    assert {one, other} <= set(named), caught.value.reason.ja
    for text_of_one in (one, other):  # each of them is a way out
        assert canonical(read_frequency(text_of_one)) == text_of_one
    assert nearest(caught.value) == ""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("4月4日(日曜日)・18日(日曜日)・25日(日曜日)", "年3回(4/4・4/18・4/25)"),
        ("7月3日(木曜日)、7日(月曜日)", "年2回(7/3・7/7)"),
        ("4/4(日曜)・18(日曜日)", "年2回(4/4・4/18)"),
        ("18日(土曜日)、19日(日曜日)", "年2回(18日・19日)"),
        ("平日、祝日を除く", "週5回(月・火・水・木・金曜日)(祝日を除く)"),
        ("第2土曜日×2会場", "月1回×2グループ(第2土曜日)"),
        ("月～金（祝日・12/29～1/3を除く）", "週5回(月・火・水・木・金曜日)(祝日を除く)(12/29～1/3を除く)"),
        ("水曜日（第2、第4）及び土曜日（第1、第3）", "月2回(第2・4水曜日)＋月2回(第1・3土曜日)"),
        ("毎週土曜日（8月は第1・第3のみ）", "週1回(8月を除く)(土曜日)＋月2回(8月)(第1・3土曜日)"),
        ("月2回 第2・第4火曜日 ※8月は第4火曜日のみ", "月2回(8月を除く)(第2・4火曜日)＋月1回(8月)(第4火曜日)"),
        ("土曜日(月2回)", "月2回(土曜日)"),
        ("～8月は休み 月1回", "月1回(4月・5月・6月・7月・8月を除く)"),
    ],
)
def test_a_phrase_of_a_municipal_page_is_read_as_it_is_meant(text: str, read: str) -> None:
    assert canonical(read_frequency(text)) == read


@pytest.mark.parametrize(
    "text",
    ["2日間", "1泊2日", "年1回(2日間)", "夏休みに1泊2日", "午前", "第2土曜日の午後", "毎週水曜 午前中"],
)
def test_days_on_end_and_halves_of_a_day_are_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(FrequencyError) as caught:
        read_frequency(text)
    assert re.search("年3回|13:30～15:00", caught.value.reason.ja)
    assert re.search("年3回|13:30～15:00", caught.value.reason.en)


@pytest.mark.parametrize(
    "text", ["×2グループ", "毎月随時×2グループ", "通年×5か月", "第1・3火曜日随時×3クール"]
)
def test_a_factor_without_a_count_is_refused(text: str) -> None:
    with pytest.raises(FrequencyError):
        read_frequency(text)


def test_letters_in_brackets_and_numbers_point_at_the_place_where_reading_stopped() -> None:
    for text, column in (
        ("年20", 3),
        ("月1回(8月を除く", 9),
        ("月1回)", 3),
        ("年に何度か", 2),
        ("5か月間 月1回", 5),
    ):
        with pytest.raises(FrequencyError) as caught:
            read_frequency(text)
        assert caught.value.column == column, text
        assert bare(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "第1火曜・木曜 " * 40,
        "年3クール 全12回＋" * 30 + "月1回",
        "月1回(2会場)＋" * 30 + "月1回",
        "総会第1火曜・木曜 " * 30,
        "月1回(" + "祝日、" * 120,
        "4月、" * 120,
        "(" * 15 + "4月、" * 60 + ")" * 15,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    before = process_time()
    with pytest.raises(FrequencyError):
        read_frequency(text)
    assert process_time() - before < 5  # of the processor; each took minutes, or forever, once
