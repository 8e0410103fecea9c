"""The shapes that tables come in, besides Koganei's: what each is read as."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.calendar import FiscalYear
from ksolve.frequency import Range
from ksolve.frequency.wording import canonical
from ksolve.plan.skeleton import skeleton
from ksolve.published import (
    MarkKind,
    PublishedPlan,
    PublishedRow,
    interpret,
    parse_grid,
    read_published,
    survey,
)

NUMBERS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
MONTHS = ",".join(f"{month}月" for month in NUMBERS)
TITLE = "令和6年度 事業計画"


def _read(*lines: str, title: str = TITLE, file: str = "t.csv") -> PublishedPlan:
    return interpret(parse_grid("\n".join([title, *lines]), file))


def _rules(plan: PublishedPlan) -> list[str]:
    return [found.rule for found in plan.findings]


def _windows(row: PublishedRow) -> list[tuple[tuple[int, ...], int]]:
    return [(promise.months, promise.sessions) for promise in row.promises]


def _grid(*marks: str, frequency: str = "年2回") -> PublishedPlan:
    """Read one row whose marks stand under 4月, 5月, and so on."""
    cells = [*marks, *[""] * (12 - len(marks))]
    return _read(f"事業名,実施回数,{MONTHS}", ",".join(["会議", frequency, *cells]))


# --- columns ---------------------------------------------------------------------------------


def test_columns_are_found_by_their_words_in_any_order() -> None:
    plan = _read(
        f"{MONTHS},対象,頻度,会場,行事名,受付時間,備考,計",
        ",○,,,,,,,,○,,,1歳児,年2回,ホール,あそびの会,10:00～11:30,申込制,2",
    )
    row = plan.rows[0]
    assert (row.name, row.count, row.audience, row.place) == ("あそびの会", Range(2, 2), "1歳児", "ホール")
    assert (row.hours, row.remarks) == ((600, 690), (("備考", "申込制"),))
    assert _windows(row) == [((5,), 1), ((1,), 1)]
    assert plan.findings == ()


@pytest.mark.parametrize("name", ["ひろば名", "大会名", "学級名"])
def test_a_column_of_names_may_be_headed_by_what_is_named(name: str) -> None:
    plan = _read(f"{name},曜日・時間,回数,対象", "親子体操,第2・第4金曜日,月2回,2歳以上")
    assert [(row.name, row.count) for row in plan.rows] == [("親子体操", Range(24, 24))]
    assert plan.findings == ()


@pytest.mark.parametrize("label", ["{}月", "{}", "{} 月"])
def test_month_labels_may_be_bare_or_spaced(label: str) -> None:
    header = ",".join(label.format(month) for month in NUMBERS)
    plan = _read(f"事業名,実施回数,{header}", "会議,年1回,,,○,,,,,,,,,")
    assert _windows(plan.rows[0]) == [((6,), 1)]


def test_month_labels_may_be_full_width_and_vertical() -> None:
    header = ",".join(f'"{month}\n月"' for month in "４５６７８９")
    plan = _read(f"事業名,実施回数,{header}", "会議,年1回,,,○,,,")
    assert _windows(plan.rows[0]) == [((6,), 1)]


def test_labels_in_the_order_of_the_calendar_mean_what_they_say() -> None:
    header = ",".join(f"{month}月" for month in range(1, 13))
    plan = _read(f"事業名,実施回数,{header}", "会議,年2回,○,,,,,,,,,,,○")
    assert _windows(plan.rows[0]) == [((1,), 1), ((12,), 1)]


def test_half_years_and_quarters_may_head_columns() -> None:
    plan = _read("事業名,実施回数,前期,後期", "会議,年2回,○,○")
    assert _windows(plan.rows[0]) == [((4, 5, 6, 7, 8, 9), 1), ((10, 11, 12, 1, 2, 3), 1)]
    plan = _read("事業名,回数,第1四半期,第2四半期,第3四半期,第4四半期", "会議,年1回,,○,,")
    assert _windows(plan.rows[0]) == [((7, 8, 9), 1)]


def test_a_grid_without_a_frequency_column_counts_its_marks() -> None:
    plan = _read(f"事業名,{MONTHS}", "会議,○,,○○,,,2回,,,,,,")
    assert (plan.rows[0].count, plan.rows[0].counted_from) == (Range(5, 5), "marks")
    assert _windows(plan.rows[0]) == [((4,), 1), ((6,), 2), ((9,), 2)]


def test_a_bare_number_under_a_heading_of_counts_is_a_count() -> None:
    plan = _read("事業名,回数,時期", "会議,3,5", "広報,4～6,")
    assert [row.count for row in plan.rows] == [Range(3, 3), Range(4, 6)]
    assert _windows(plan.rows[0]) == [((5,), 3)]


def test_a_programme_that_is_named_like_a_total_has_signs_under_its_months() -> None:
    plan = _read(
        f"事業名,実施回数,{MONTHS}",
        "会議,年2回,○,,,○,,,,,,,,",
        "計,年1回,,○,,,,,,,,,,",
        "合計,3回,1,1,,1,,,,,,,,",
    )
    assert [(row.name, row.count.low) for row in plan.rows] == [("会議", 2), ("計", 1)]
    assert _rules(plan) == []


def test_a_printed_total_is_held_against_the_frequency() -> None:
    plan = _read("事業名,実施回数,計", "会議,年3回,4回", "広報,年3回,3")
    assert [(f.rule, f.place and f.place.line) for f in plan.findings] == [("total-mismatch", 3)]


# --- marks -----------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", [("①→", "←①"), ("←", "→"), ("⇐", "⇒")])
def test_an_arrow_with_both_ends_covers_the_months_between(pair: tuple[str, str]) -> None:
    plan = _grid("", pair[0], "", pair[1], frequency="年1回")
    assert _windows(plan.rows[0]) == [((5, 6, 7), 1)]
    assert plan.findings == ()


def test_arrows_side_by_side_are_one_arrow_or_go_on_from_the_year_arrow() -> None:
    plan = _grid("", "→", "→", "→", "", "→", "→", frequency="年2回")
    assert _windows(plan.rows[0]) == [((5, 6, 7), 1), ((9, 10), 1)]
    assert plan.findings == ()
    service = _grid("↓", *["→"] * 11, frequency="通年")
    assert [mark.kind for mark in service.rows[0].marks] == [MarkKind.ALL_YEAR]
    assert service.rows[0].promises == ()


def test_numbered_ends_find_their_own_number() -> None:
    plan = _grid("①→", "②→", "←①", "", "←②")
    assert _windows(plan.rows[0]) == [((4, 5, 6), 1), ((5, 6, 7, 8), 1)]


def test_an_end_without_its_partner_is_an_arrow_that_lost_it() -> None:
    plan = _grid("", "①→", frequency="年1回")
    assert _windows(plan.rows[0]) == [((5, 6), 1)]
    assert _rules(plan) == ["arrow-end-lost"]


@pytest.mark.parametrize("sign", ["-", "―", "－", "休み", "なし"])
def test_a_dash_or_a_word_for_none_is_no_session(sign: str) -> None:
    plan = _grid("○", sign, "○")
    assert _windows(plan.rows[0]) == [((4,), 1), ((6,), 1)]
    assert [mark.kind for mark in plan.rows[0].marks if not mark.is_placing] == [MarkKind.NONE]
    assert plan.findings == ()


def test_days_in_month_cells_are_dates() -> None:
    plan = _grid("18日(木)・25日(木)", "5/11", "", frequency="年3回")
    assert [str(day) for day in plan.rows[0].dates] == ["4/18", "4/25", "5/11"]
    assert plan.findings == ()


def test_numbers_in_month_cells_are_days_or_counts_by_what_adds_up() -> None:
    days = _grid("6 20", "11", frequency="年3回")
    assert [str(day) for day in days.rows[0].dates] == ["4/6", "4/20", "5/11"]
    counts = _grid("2", "3", "2", frequency="年7回")
    assert _windows(counts.rows[0]) == [((4,), 2), ((5,), 3), ((6,), 2)]
    assert counts.findings == ()
    unsure = _grid("2", "3", frequency="年4回")
    assert _windows(unsure.rows[0]) == [((4,), 2), ((5,), 3)]
    assert _rules(unsure) == ["count-mismatch", "number-in-month-cell", "number-in-month-cell"]


# --- dates -----------------------------------------------------------------------------------


def test_published_dates_that_agree_with_their_rule_say_nothing() -> None:
    lines = ("行事,規則,4月の公表日", "おはなし会,第1・3日曜日,6 20")
    assert _rules(_read(*lines, title="平成26年度 行事")) == []
    assert _rules(_read(*lines, title="平成27年度 行事")) == ["dates-contradict-rule"]


def test_a_weekday_beside_a_date_is_checked_against_the_calendar() -> None:
    plan = _read("事業名,実施日", "会議,6月12日(水)、6月14日(木)")
    (found,) = plan.findings
    assert found.rule == "weekday-contradiction"
    assert "6/14(金)" in found.text.ja
    assert plan.rows[0].count == Range(2, 2)


def test_the_number_of_dates_is_checked_against_the_count() -> None:
    plan = _read("月,行事,日,回数", '5月,工作,"2,6,7",3', "7月,工作,5～7,4", "10月,仮装,28～31,")
    assert [(f.rule, f.place and f.place.line) for f in plan.findings] == [("dates-count-mismatch", 4)]
    assert [row.count for row in plan.rows] == [Range(3, 3), Range(4, 4), Range(4, 4)]


def test_a_day_that_the_calendar_does_not_have_is_an_error() -> None:
    plan = survey(parse_grid("事業名,実施日\n会議,4/31\n", "t.csv"))
    assert _rules(plan) == ["no-such-date"]


def test_dates_of_another_year_or_month_are_said() -> None:
    plan = _read("時期,行事,日付", "5月,工作,6/2", "6月,工作,2025-06-02")
    assert _rules(plan) == ["rows-joined", "date-outside-column", "date-outside-year"]


# --- rows ------------------------------------------------------------------------------------


def test_a_ditto_repeats_the_nearest_text_above_and_keeps_where_it_stands() -> None:
    plan = _read("時期,行事,会場", "5月,甲,ホール", "〃,乙,〃", "〃,丙,")
    assert [(row.frequency_text, row.place) for row in plan.rows] == [
        ("5月", "ホール"),
        ("5月", "ホール"),
        ("5月", ""),
    ]
    assert [[(d.column, d.line) for d in row.dittos] for row in plan.rows] == [[], [(1, 3), (3, 3)], [(1, 3)]]
    assert plan.ledger[4, 1] == "frequency"


def test_a_header_repeated_below_its_table_goes_on_with_it() -> None:
    header = "事業名,実施回数"
    plan = _read(header, "甲,年1回", header, "乙,年2回", "", "2 事業計画(続き)", header, "丙,年3回")
    assert [[row.name for row in table.rows] for table in plan.tables] == [["甲", "乙", "丙"]]
    assert _rules(plan) == ["table-continued", "table-continued"]


def test_a_header_repeated_below_a_heading_is_another_table() -> None:
    header = "事業名,実施回数"
    plan = _read(header, "甲,年1回", "", "図書館", header, "乙,年2回")
    assert [(t.heading, [row.name for row in t.rows]) for t in plan.tables] == [
        ("", ["甲"]),
        ("図書館", ["乙"]),
    ]


def test_a_line_of_one_cell_within_a_table_names_the_group_below_it() -> None:
    plan = _read("事業名,実施回数", "甲,年1回", "児童館の行事", "乙,年2回")
    assert [(row.category, row.name) for row in plan.rows] == [("", "甲"), ("児童館の行事", "乙")]


def test_an_empty_line_within_a_table_does_not_end_it() -> None:
    plan = _read("事業名,実施回数", "甲,年1回", ",", "乙,年2回")
    assert [row.name for row in plan.rows] == ["甲", "乙"]


def test_footnotes_and_page_numbers_are_kept_beside_the_programmes() -> None:
    plan = _read("事業名,実施回数", "甲,年1回", "※日程は変わることがあります", "- 3 -")
    assert [note.text for note in plan.notes] == ["※日程は変わることがあります"]
    assert plan.ledger[5, 1] == "page number"
    assert plan.findings == ()


def test_a_programme_whose_name_begins_with_a_footnote_sign_is_a_programme() -> None:
    plan = _read("事業名,実施回数", "※春の会(要申込),年2回")
    assert [(row.name, row.count) for row in plan.rows] == [("※春の会(要申込)", Range(2, 2))]
    assert plan.notes == ()


def test_the_year_asked_for_overrules_the_title() -> None:
    grid = parse_grid(f"{TITLE}\n事業名,実施回数\n甲,年1回\n", "t.csv")
    plan = interpret(grid, FiscalYear(2025))
    assert plan.year == FiscalYear(2025)
    assert _rules(plan) == ["year-contradiction"]


def test_a_column_nobody_knows_is_kept_as_a_remark() -> None:
    plan = _read("事業名,実施回数,ねらい", "甲,年1回,本に親しむ")
    assert plan.rows[0].remarks == (("ねらい", "本に親しむ"),)
    assert _rules(plan) == ["unknown-column"]


def test_brackets_that_are_no_frequency_stay_in_the_name() -> None:
    plan = _read("事業名,実施回数", "広場(1歳児),週1回", "健診(前期),4.6.8月", "便り(年2回)発行,")
    assert [row.name for row in plan.rows] == ["広場(1歳児)", "健診(前期)", "便り発行"]
    assert plan.rows[2].count == Range(2, 2)


# --- what fresh readers tried ----------------------------------------------------------------


def test_months_of_a_header_may_be_written_in_kanji() -> None:
    kanji = "四月,五月,六月,七月,八月,九月,十月,十一月,十二月,一月,二月,三月"
    plan = _read(f"事業名,実施回数,{kanji}", "会議,年2回,○,,,,,,,○,,,,")
    assert _windows(plan.rows[0]) == [((4,), 1), ((11,), 1)]


def test_a_month_in_which_nothing_is_held_is_no_programme() -> None:
    plan = _read("月,事業名,日程", "4月,入園式,4/8", "11月,,", "12月,おたのしみ会,12/20")
    assert [row.name for row in plan.rows] == ["入園式", "おたのしみ会"]
    assert plan.findings == ()


def test_days_in_a_months_cell_may_be_a_run_and_2_to_3_is_not_sure_to_be_one() -> None:
    runs = _grid("", "28～31", "11‧18", frequency="年6回")
    assert [(day.month, day.day) for day in runs.rows[0].dates] == [
        *((5, day) for day in range(28, 32)),
        (6, 11),
        (6, 18),
    ]
    assert _grid("2～3").rows[0].dates == ()


def test_dates_in_a_name_are_said_not_to_be_used() -> None:
    plan = _read("事業名,実施回数", "夏休み映画会 8/6・20,年2回", "3歳児教室 第2期,年2回")
    assert _rules(plan) == ["dates-in-name"]


def test_text_of_utf_16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("令和6年度\n事業名,実施回数\n会議,年2回\n".encode("utf-16"))
    assert [row.name for row in read_published(path).rows] == ["会議"]


# --- what a fresh reading of ten tables found ---------------------------------------------------


def test_a_bare_number_under_half_a_year_is_a_count() -> None:
    plan = _read("事業名,上半期,下半期,年間計", "栄養教室,3,3,6", "歯科教室,2,,2")
    assert [row.count for row in plan.rows] == [Range(6, 6), Range(2, 2)]
    assert _windows(plan.rows[0]) == [((4, 5, 6, 7, 8, 9), 3), ((10, 11, 12, 1, 2, 3), 3)]
    assert plan.findings == ()


def test_a_circle_in_each_month_does_not_contradict_a_weekly_count() -> None:
    plan = _grid(*["○"] * 12, frequency="週3回")
    assert plan.rows[0].count == Range(156, 159)
    assert plan.findings == ()


@pytest.mark.parametrize(
    ("frequency", "unmarked", "count"),
    [
        ("月2回", (8,), Range(22, 22)),
        ("毎月第2火曜", (8, 1), Range(10, 10)),
        ("月1回", (4, 5, 6, 7, 8), Range(7, 7)),
    ],
)
def test_months_without_a_circle_are_left_out_of_a_monthly_count(
    frequency: str, unmarked: tuple[int, ...], count: Range
) -> None:
    plan = _grid(*("" if month in unmarked else "○" for month in NUMBERS), frequency=frequency)
    assert plan.rows[0].count == count
    assert _rules(plan) == ["months-by-marks"]


def test_a_single_circle_contradicts_a_monthly_count() -> None:
    assert _rules(_grid("", "○", frequency="月1回")) == ["count-mismatch"]


def test_a_count_for_each_of_the_periods_beside_it() -> None:
    plan = _read("事業名,実施時期,回数", "巡回相談,前期・後期,各3回", "研修会,年度内,2回程度")
    assert [row.count for row in plan.rows] == [Range(6, 6), Range(2, 2)]
    assert _rules(plan) == ["tentative-count"]


def test_an_arrow_over_the_whole_year_of_a_service_places_no_session() -> None:
    plan = _grid("←", *[""] * 10, "→", frequency="随時")
    assert plan.rows[0].promises == ()


def test_a_ditto_with_a_bracket_adds_it_to_the_cell_above() -> None:
    plan = _read("月,行事名,日程", "5月,遠足,1日", ",〃（予備日）,8日")
    assert [row.name for row in plan.rows] == ["遠足", "遠足（予備日）"]


def test_frequencies_in_the_cells_of_the_months_are_those_of_the_row() -> None:
    plan = _read("事業名,1学期,2学期,3学期", "読み聞かせ,月2回,月2回,月1回", "学習支援,毎週土曜,毎週土曜,")
    assert [row.frequency_text for row in plan.rows] == [
        "月2回(4月～12月)＋月1回(1月～3月)",
        "週1回(4月～12月)(土曜日)",
    ]
    assert plan.rows[0].count == Range(21, 21)
    assert _rules(plan) == ["frequency-in-months"] * 2


@pytest.mark.parametrize(
    ("stated", "cells", "meant"),
    [
        ("月1回", ["第3土"] * 4 + [""] + ["第3土"] * 3 + ["第2土"] + ["第3土"] * 3, 11),
        ("年12回", ["第1土"] * 12, 12),
        ("年3回", ["下旬", *[""] * 5, "中旬", *[""] * 4, "上旬"], 3),
        ("年2回", ["", "中旬", *[""] * 4, "○", *[""] * 5], 2),
    ],
)
def test_cells_that_make_up_a_bare_count_say_when(stated: str, cells: list[str], meant: int) -> None:
    plan = _grid(*cells, frequency=stated)
    (row,) = plan.rows
    assert _rules(plan) == ["frequency-in-months"]
    assert row.count == Range(meant, meant)
    assert row.frequency is not None
    says_when = [term.pattern or term.within for term in row.frequency.terms]
    assert sum(map(bool, says_when)) == len({cell for cell in cells if cell not in ("", "○")})


@pytest.mark.parametrize(
    ("stated", "cells"),
    [
        ("年24回", ["第2・4水"] * 10),  # 20 are named: where the others are is not known
        ("月1回(第1土)", ["第3土"] * 12),  # it says when itself
        ("月1回", ["第3土"] * 4 + ["夏休み"] + ["第3土"] * 7),  # a word that may mean none, or one in them
    ],
)
def test_cells_that_do_not_make_up_the_count_stay_marks_and_that_is_said(
    stated: str, cells: list[str]
) -> None:
    plan = _grid(*cells, frequency=stated)
    assert plan.rows[0].frequency_text == stated
    assert "labelled-frequency" in _rules(plan)


def test_bare_months_may_stand_under_halves_and_beside_subtotals() -> None:
    bare = ",".join(map(str, NUMBERS))
    halves = _read(f"事業名,回数,前期{',' * 6}後期{',' * 5}", f",,{bare}", "集い,年2回,,○,,,,,,,○,,,")
    assert [months for months, _ in _windows(halves.rows[0])] == [(5,), (12,)]
    assert _rules(halves) == []
    subtotals = _read("事業名,回数,4,5,6,7,8,9,前期計,10,11,12,1,2,3", "集い,年2回,,1,,,,,1,,1,,,,")
    assert [months for months, _ in _windows(subtotals.rows[0])[:1]] == [(5,)]
    assert [months for months, _ in _windows(subtotals.rows[0])[-1:]] == [(11,)]


def test_a_zero_under_a_month_is_no_session() -> None:
    plan = _grid("1回", "0", "0回", "1回")
    assert [months for months, _ in _windows(plan.rows[0])] == [(4,), (7,)]
    assert _rules(plan) == []


def test_a_remark_that_says_how_often_is_named_and_not_read() -> None:
    plan = _read(
        "事業名,実施回数,備考", "集い,月2回,夏休みは休み", "会議,年2回,要予約", "教室,月1回,10月以降は月2回"
    )
    assert [row.count for row in plan.rows] == [Range(24, 24), Range(2, 2), Range(12, 12)]
    assert _rules(plan) == ["remark-says-when"] * 2


@pytest.mark.parametrize(
    ("when", "remark", "meaning"),
    [
        ("毎月第1・第3木曜日", "祝日の場合は翌週", "月2回(第1・3木曜日)(祝日の場合は翌週)"),
        ("第2火曜日", "8月は第3火曜", "月1回(8月を除く)(第2火曜日)＋月1回(8月)(第3火曜日)"),
        ("月2回", "8月は休み", "月2回(8月を除く)"),
        ("偶数月", "土曜日開催", "月1回(4月・6月・8月・10月・12月・2月)(土曜日)"),  # not each Saturday
        ("年12回", "うち2回は土曜日", "年2回(土曜日)＋年10回(月・火・水・木・金・日曜日)"),
        ("年3回", "土曜日", "年3回(土曜日)"),
        ("20回", "平日のみ", "年20回(月・火・水・木・金曜日)"),
    ],
)
def test_a_remark_that_says_on_which_days_is_read_with_the_count(
    when: str, remark: str, meaning: str
) -> None:
    plan = _read("事業名,実施日,備考", f"相談,{when},{remark}")
    (frequency,) = [row.frequency for row in plan.rows]
    assert frequency is not None
    assert canonical(frequency) == meaning
    assert _rules(plan) == ["days-from-remark"]


@pytest.mark.parametrize("remark", ["主に土曜日", "土日祝日に開催", "夏休み期間は休み", "10月は中止"])
def test_a_remark_of_days_that_cannot_be_held_is_named(remark: str) -> None:
    plan = _read("事業名,実施回数,備考", f"集い,月1回,{remark}")
    assert plan.rows[0].count == Range(12, 12)
    assert _rules(plan) == ["remark-says-when"]


@pytest.mark.parametrize("remark", ["要予約(前日まで)", "雨天中止", "小学生は保護者同伴", "夏休みの宿題に"])
def test_a_remark_that_says_nothing_of_the_days_is_kept_alone(remark: str) -> None:
    plan = _read("事業名,実施回数,備考", f"集い,月1回,{remark}")
    assert plan.rows[0].remarks == (("備考", remark),)
    assert _rules(plan) == []


# --- what was misread in tables as municipalities print them ------------------------------------


def test_a_single_number_too_large_for_a_count_is_no_count_where_the_row_states_none() -> None:
    """成人式 with a 12 under 1月 was twelve sessions in January beside rows of counts."""
    blank = [""] * 11
    counted = ",".join(["2"] * 12)
    plan = _read(
        f"事業名,回数,{MONTHS}", f"食堂,24回,{counted}", "成人式,," + ",".join([*blank[:9], "12", "", ""])
    )
    assert _windows(plan.rows[0]) == [((month,), 2) for month in NUMBERS]
    assert [(mark.months, mark.sessions) for mark in plan.rows[1].marks] == [((1,), 1)]
    assert "number-in-month-cell" in _rules(plan)


def test_a_ditto_in_a_line_of_places_of_a_turned_table_repeats_the_place_beside_it() -> None:
    """It stood below the hours of its own column, which were then a room."""
    plan = _read(
        "月,乳児健診,幼児健診",
        "受付時間,13:00～13:30,9:00～9:30",
        "会場,保健センター,〃",
        "4月,9日,11日",
        "5月,14日,9日",
        "6月,11日,13日",
    )
    assert [(row.name, row.place, row.hours) for row in plan.rows] == [
        ("乳児健診", "保健センター", (780, 810)),
        ("幼児健診", "保健センター", (540, 570)),
    ]


def test_a_bare_weekday_is_every_week_only_where_no_count_stands_beside_it() -> None:
    plan = _read("教室名,曜日,第1四半期,第2四半期,合計", "ヨガ,火,10,8,18", "体操,木,6,,6", "将棋,土,,,")
    assert [row.count for row in plan.rows] == [Range(18, 18), Range(6, 6), Range(52, 53)]
    assert [row.frequency and canonical(row.frequency) for row in plan.rows] == [
        "年18回(週1回)(火曜日)",
        "年6回(週1回)(木曜日)",
        "週1回(土曜日)",
    ]
    assert _rules(plan).count("weekday-with-count") == 2


def test_a_header_of_two_lines_names_the_columns_below_what_spans_them() -> None:
    plan = _read(
        "講座名,対象,開催日,,,会場",
        ",,時期,曜日,時間,",
        "ヨガ,成人,5月~7月,火,10:00~11:30,和室",
        "英会話,成人,9月~12月,第2土,13:00~15:00,研修室",
    )
    assert [(row.name, row.count, row.hours, row.place) for row in plan.rows] == [
        ("ヨガ", Range(12, 15), (600, 690), "和室"),
        ("英会話", Range(4, 4), (780, 900), "研修室"),
    ]
    assert _rules(plan) == []


def test_times_of_day_in_one_cell_are_so_many_sessions_on_each_named_day() -> None:
    plan = _read(
        "行事名,開催日,時間",
        "おはなし会,毎週土曜日,11:00~11:30/14:00~14:30",
        "映画会,偶数月第3日曜,①10:00~ ②14:00~",
        "上映会,年4回,10:00~/14:00~",  # on which days is open: two could not be held to one of them
    )
    assert [row.count for row in plan.rows] == [Range(104, 106), Range(12, 12), Range(4, 4)]
    assert [term.hours for row in plan.rows[:2] for term in row.frequency.terms] == [  # type: ignore[union-attr]
        (660, 690),
        (840, 870),
        (600, 600),
        (840, 840),
    ]
    assert _rules(plan) == ["several-hours", "several-hours", "unreadable-hours"]


def test_an_arrow_says_in_which_months_a_pace_is_kept() -> None:
    """毎週火曜 under ←→ of July and August was every week of the year, and 52 sessions in the two months."""
    plan = _read(
        f"事業名,実施回数,{MONTHS}",
        "水遊び,毎週火曜,,,,←,→,,,,,,,",
        "体操,月2回,,←,,,→,,,,,,,",
        "広場,月～金,←,,,,,,,,,,,→",
        "教室,10回,,←,,→,,,,,,,,",
    )
    assert [str(row.frequency and canonical(row.frequency)) for row in plan.rows] == [
        "週1回(7月・8月)(火曜日)",
        "月2回(5月・6月・7月・8月)",
        "週5回(月・火・水・木・金曜日)",
        "年10回",
    ]
    assert [_windows(row) for row in plan.rows] == [[], [], [], [((5, 6, 7), 10)]]
    assert _rules(plan) == ["months-by-marks"] * 2


def test_half_of_a_day_is_kept_beside_the_days() -> None:
    plan = _read(
        "事業名,実施日,時間",
        "健診,毎月第1水曜日 午後,",
        "相談,毎週火曜日,午前",
        "会議,年2回,-",
        "検診,11/11 PM,",
    )
    assert [row.count for row in plan.rows] == [Range(12, 12), Range(52, 53), Range(2, 2), Range(1, 1)]
    assert [row.remarks for row in plan.rows[:2]] == [(("時刻", "午後"),), (("時刻", "午前"),)]
    text = skeleton(plan, FiscalYear(2024), Path("plan.yaml"))
    assert [line.split("starts: ")[1][:9] for line in text.splitlines() if "start_times" in line] == [
        '["13:30"]',
        '["10:00"]',
        '["13:30"]',
    ]
    assert _rules(plan) == ["half-day-hours"] * 3


def test_a_date_from_which_on_something_is_held_is_no_single_day() -> None:
    plan = _read("行事名,実施日", "開放,7/22～", "遠足,5/8")
    assert [len(row.dates) for row in plan.rows] == [0, 1]
    assert _rules(plan) == ["count-not-stated"]


def test_a_count_in_a_column_of_its_own_may_say_again_what_parts_come_to() -> None:
    plan = _read(
        "教室名,時期,回数",
        "赤ちゃん講座,前期5回 後期5回,10",
        "栄養教室,全8回コース×年3クール,24回",
        "体操,前期5回 後期5回,12",
    )
    assert [row.count for row in plan.rows] == [Range(10, 10), Range(24, 24), Range(0, None)]
    assert _rules(plan) == ["unreadable-frequency"]


def test_what_a_row_says_is_not_held_is_no_programme() -> None:
    """A month in which a course rests (8月 休), and what is abolished; only the month stood beside it."""
    plan = _read(
        "月,行事名,日程,備考", "7月,教室,7/8,", "8月,教室,休,", "9月,教室,中止,", "9月,修理,9/9,廃止"
    )
    assert [(row.name, row.count) for row in plan.rows] == [("教室", Range(1, 1))]
    assert _rules(plan) == ["cancelled"] * 3


def test_rows_of_a_programme_with_several_dates_each_are_one_where_they_follow_one_another() -> None:
    one = _read("月,行事名,日", "4月,ヨガ,8日・22日", "5月,ヨガ,13日・27日", "6月,ヨガ,10日")
    assert [(row.name, row.count, len(row.dates)) for row in one.rows] == [("ヨガ", Range(5, 5), 5)]
    two = _read("行事名,日程", "ヨガ,4/8・5/13", "ヨガ,4/22・5/27")
    assert [len(row.dates) for row in two.rows] == [2, 2]


def test_a_row_of_a_date_without_a_name_goes_on_with_the_course_above() -> None:
    """What such rows are about was taken for their names: 句作 and 吟行 were programmes."""
    plan = _read(
        "講座名,回,日程,時間,内容",
        "俳句,1,5月9日(木),10:00~11:30,俳句とは",
        ",2,5月16日(木),,句作",
        ",3,5月23日(木),,吟行",
        "体操,1,9月4日(水),13:30~15:00,準備",
    )
    assert [(row.name, row.count, row.hours) for row in plan.rows] == [
        ("俳句", Range(3, 3), (600, 690)),
        ("体操", Range(1, 1), (810, 900)),
    ]
    assert _rules(plan).count("name-carried") == 2


def test_weekdays_from_one_to_another_are_those_of_the_dates_beside_them() -> None:
    """土～月 beside 7/20-22 was every Saturday, Sunday and Monday of the year."""
    plan = _read("日付,曜日,行事", "2024/7/20-22,土～月,美術展", "2024/10/5,日,まつり")
    assert [row.count for row in plan.rows] == [Range(3, 3), Range(1, 1)]
    assert _rules(plan) == ["weekday-contradiction"]


@pytest.mark.parametrize("heading", ["年間", "年計", "のべ"])
def test_a_column_that_is_headed_right_of_the_months_is_none_of_them(heading: str) -> None:
    """Its totals were marks in March: 44 under 年間 was one more session, of each row."""
    counts = ",".join(["4"] * 11)
    plan = _read(f"事業名,{MONTHS},{heading}", f"卓球,{counts},,44", "会議,,●,,,,●,,,,,●,,3")
    assert [row.count for row in plan.rows] == [Range(44, 44), Range(3, 3)]
    assert [months for months, _ in _windows(plan.rows[1])] == [(5,), (9,), (2,)]
    assert "wide-body" not in _rules(plan)


def test_bare_numbers_beside_dates_are_days() -> None:
    plan = _read(
        f"事業名,{MONTHS}",
        "工作,13(土),11(土),8日,13,10,,,,,,,",
        "卓球,4,4,4,4,4,,,,,,,",
        "遠足,,,,,,,5(土)予備12(土),,,,,",
    )
    assert [f"{day.month}/{day.day}" for day in plan.rows[0].dates] == ["4/13", "5/11", "6/8", "7/13", "8/10"]
    assert [f"{day.month}/{day.day}" for day in plan.rows[2].dates] == ["10/5"]
    assert "reserve-date" in _rules(plan)


def test_a_ditto_under_a_month_repeats_the_month_before() -> None:
    """It repeated whatever another programme had in the month."""
    rest = ",〃" * 11
    plan = _read(f"事業名,{MONTHS}", "訓練,,,,○,,,○,,,○,,", f"広場,第2土{rest}")
    frequency = plan.rows[1].frequency
    assert frequency is not None
    assert canonical(frequency) == "月1回(4月～3月)(第2土曜日)"
    assert _rules(plan).count("ditto-beside") == 11


@pytest.mark.parametrize("title", ["R7年度 事業一覧", "R7 サークル一覧", "令和7年 行事予定"])
def test_the_year_may_be_written_short(title: str) -> None:
    assert _read("事業名,回数", "集い,年3回", title=title).year == FiscalYear(2025)


def test_a_remark_of_months_alone_says_when_where_nothing_else_does() -> None:
    plan = _read(
        "事業名,実施回数,備考",
        "遊び,年6回(土曜日),10月～3月",
        "体操,月1回,4月～12月",
        "会議,年2回(5月・11月),5月・11月",  # says the same again
        "教室,年4回(5月～8月),9月から",  # says something else
    )
    assert [row.count for row in plan.rows] == [Range(6, 6), Range(9, 9), Range(2, 2), Range(4, 4)]
    assert [row.months.values if row.months else () for row in plan.rows[:2]] == [
        (10, 11, 12, 1, 2, 3),
        (4, 5, 6, 7, 8, 9, 10, 11, 12),
    ]
    assert _rules(plan) == ["months-from-remark"] * 2 + ["remark-says-when"]


def test_a_period_that_cannot_be_read_leaves_the_count_beside_it() -> None:
    plan = _read("事業名,期間,回数", "展示解説,企画展の会期中,年4回", "体験,必要な時期,適切に")
    assert [row.count for row in plan.rows] == [Range(4, 4), Range(0, None)]
    assert _rules(plan) == ["unreadable-period", "unreadable-frequency"]


def test_arrows_both_ways_in_months_side_by_side_are_one_stretch() -> None:
    plan = _grid("↔", "↔", "↔")
    assert [months for months, _ in _windows(plan.rows[0])] == [(4, 5, 6)]
    assert "arrow-end-lost" not in _rules(plan)


def test_a_table_of_another_year_is_named() -> None:
    plan = _read("事業名,回数", "集い,年3回", "", "令和5年度 実績", "事業名,回数", "集い,年2回")
    assert _rules(plan) == ["another-year"]


def test_a_year_alone_below_the_header_is_the_year_and_no_programme() -> None:
    plan = _read("事業名,回数", "令和8年度,", "集い,年3回", title="事業計画")
    assert plan.year == FiscalYear(2026)
    assert [row.name for row in plan.rows] == ["集い"]


def test_a_planned_count_beside_an_achieved_one_is_the_count() -> None:
    plan = _read("事業名,計画回数,実績", "集い,年3回,年2回")
    assert [row.count for row in plan.rows] == [Range(3, 3)]
