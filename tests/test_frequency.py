"""Frequencies: every form, spellings, what cannot be read, and the way back from meaning to text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from conftest import ROOT, SHARED
from ksolve.calendar import MONTHS, YearlyDay, month_position
from ksolve.frequency import (
    HOLIDAYS,
    LAST,
    Bond,
    Closing,
    Frequency,
    FrequencyError,
    Hedge,
    Months,
    Moved,
    OffDays,
    Pattern,
    Per,
    Range,
    Service,
    Term,
    count_of_year,
    read_frequency,
)
from ksolve.frequency.data import as_data
from ksolve.frequency.explaining import sentences
from ksolve.frequency.forms import SECTIONS, forms, forms_page
from ksolve.frequency.nearest import nearest
from ksolve.frequency.reading import in_turn
from ksolve.frequency.wording import canonical

PHRASES = SHARED / "data" / "frequency_phrases.tsv"
FORMS = {form.example: form for form in forms()}


@pytest.mark.parametrize("example", FORMS)
def test_a_form_has_its_count_and_its_canonical_text(example: str) -> None:
    meaning = read_frequency(example)
    assert meaning.year_count == FORMS[example].count
    assert canonical(meaning) == FORMS[example].canonical


@pytest.mark.parametrize("example", FORMS)
def test_the_canonical_text_of_a_form_means_the_same(example: str) -> None:
    meaning = read_frequency(example)
    again = read_frequency(canonical(meaning))
    assert again.meaning == meaning.meaning
    assert canonical(again) == canonical(meaning)


@pytest.mark.parametrize("example", FORMS)
def test_a_form_is_explained_in_both_languages(example: str) -> None:
    said = sentences(read_frequency(example))
    assert said
    assert all(text.ja and text.en and "{" not in text.ja + text.en for text in said)


FRESH = [
    line.split("\t")
    for line in (ROOT / "tests" / "expected" / "frequency_phrases.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize(("text", "wanted"), FRESH)
def test_a_fresh_phrase_means_what_a_planner_means_or_is_refused(text: str, wanted: str) -> None:
    if wanted == "ERR":
        with pytest.raises(FrequencyError):
            read_frequency(text)
    else:
        assert canonical(read_frequency(text)) == wanted


def test_every_section_of_the_reference_has_forms() -> None:
    assert {form.section for form in forms()} == set(SECTIONS)


@pytest.mark.parametrize(("lang", "name"), [("ja", "frequency.md"), ("en", "frequency.en.md")])
def test_the_reference_page_is_current(lang: str, name: str) -> None:
    page = forms_page("ja" if lang == "ja" else "en")
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page


# The phrases of real plans, by what the shared file says they mean: low and high count, and what else.
PHRASE_MEANINGS = {
    "年4回 5月 8月 11月 2月": "年4回(5月・8月・11月・2月)",
    "4.6.7.10.12.2": "月1回(4月・6月・7月・10月・12月・2月)",
    "7.10.1月": "月1回(7月・10月・1月)",
    "第4火曜日": "月1回(第4火曜日)",
    "直接日程調整": "随時",
    "〃": "〃",
    "月1回開催": "月1回",
    "年間6回予定": "年6回予定",
    "年12回": "年12回",
    "4月又は5月": "月1回(4月又は5月)",
    "5月又は6月": "月1回(5月又は6月)",
    "5~3月": "5月～3月",
    "7月、1月": "月1回(7月・1月)",
    "すべて金曜日": "すべて金曜日",
    "基本火曜日 5、2月は金曜日": "原則すべて火曜日(5月・2月を除く)＋原則すべて金曜日(5月・2月)",
    "前期講座 5月~9月": "5月～9月",
    "後期講座 10月~2月": "10月～2月",
    "1講座につき1回": "1クール1回",
    "第1・3日曜日": "月2回(第1・3日曜日)",
    "第2・4日曜日": "月2回(第2・4日曜日)",
    "毎月第1~第3土曜日": "月3回(第1・2・3土曜日)",
    "毎月第2・4土曜日": "月2回(第2・4土曜日)",
    "毎月第1・3木曜日": "月2回(第1・3木曜日)",
    "毎月第2・4金曜日": "月2回(第2・4金曜日)",
    "毎月第1・3火曜日": "月2回(第1・3火曜日)",
    "月曜日と祝日の翌日は休館日": "月曜日、祝日の翌日は休館",
    "毎月第1、3火曜日10:30~12:30": "月2回(第1・3火曜日)(10:30～12:30)",
    "原則、毎月発行": "原則月1回",
    "12月(冬休み前)": "月1回(12月)",
    "週1回": "週1回",
    "適宜": "随時",
    "毎朝": "通年",
    "年2回": "年2回",
    "年1回": "年1回",
    "※毎月行うもの": "月1回",
    "避難訓練(毎月)": "月1回",
    "講師都合により日程は不定期": "不定期",
    "火~木とも 9:30~12:00": "週3回(火・水・木曜日)(9:30～12:00)",
    "5/11・18": "年2回(5/11・5/18)",
    "※9/26~10/4は…休み": "9/26～10/4は休館",
    "2月頃": "月1回程度(2月)",
    "児童館便り(年2回)発行": "年2回",
    "年間8回を1コースとする": "1クール8回",
    "年 1 回…あるいはそれ以上": "年1回以上",
    "(奇数月1日発行)": "月1回(5月・7月・9月・11月・1月・3月)(1日)",
    "第1~4水曜日": "月4回(第1・2・3・4水曜日)",
    "18日(土)、19日(日)、22日(水)": "年3回(18日・19日・22日)",
    "毎年4月から6月に": "4月～6月",
    "毎週金曜日 14:00": "週1回(金曜日)(14:00)",
    "毎月最終金曜": "月1回(最終金曜日)",
    "年20回": "年20回",
    "月1回": "月1回",
    "(月1回×5か月)×2グループ": "月1回×5か月×2グループ",
    "随時": "随時",
    "通年": "通年",
    "月2回": "月2回",
    "偶数月第3木曜": "月1回(4月・6月・8月・10月・12月・2月)(第3木曜日)",
    "上半期・下半期各1回": "半期に1回",
    "春・秋": "年1回(4月～5月・3月)＋年1回(9月～11月)",
    "7月～9月(全3回)": "年3回(7月～9月)",
    "年1～2回": "年1～2回",
    "月～金(祝日を除く)": "週5回(月・火・水・木・金曜日)(祝日を除く)",
    "最終週": "月1回(最終週)",
}


@pytest.mark.parametrize("phrase", PHRASE_MEANINGS)
def test_a_phrase_of_a_real_plan_has_its_meaning(phrase: str) -> None:
    assert canonical(read_frequency(phrase)) == PHRASE_MEANINGS[phrase]


@pytest.mark.skipif(not PHRASES.exists(), reason="the shared phrases are not here")
def test_no_phrase_of_the_shared_file_is_left_out() -> None:
    lines = PHRASES.read_text(encoding="utf-8").splitlines()[1:]
    assert {line.split("\t")[0] for line in lines} == set(PHRASE_MEANINGS)


# What an independent reader found misread: each by what the eye reads.
MISREAD_ONCE = {
    "5/1 10:00": "年1回(5/1)(10:00)",
    "5/1、6/2 10時": "年2回(5/1・6/2)(10:00)",
    "2025/4/1 8:30": "年1回(2025/4/1)(8:30)",
    "1 2月": "月1回(1月・2月)",
    "毎週火曜日（8月、祝日を除く）": "週1回(8月を除く)(火曜日)(祝日を除く)",
    "毎週火曜日（8月・年末年始除く）": "週1回(8月を除く)(火曜日)",
    "月～金（8月・祝日を除く）": "週5回(8月を除く)(月・火・水・木・金曜日)(祝日を除く)",
    "祝日・8月を除く毎週火曜": "週1回(8月を除く)(火曜日)(祝日を除く)",
    "毎週水曜(8月と第5水曜日を除く)": "月4回(8月を除く)(第1・2・3・4水曜日)",
    "毎日（土日・祝日・年末年始を除く）": "すべて月・火・水・木・金曜日(祝日を除く)、通年",
    "第1週の月曜日": "月1回(第1月曜日)",
    "第1・第3週の火曜日": "月2回(第1・3火曜日)",
    "最終週の金曜日": "月1回(最終金曜日)",
    "年3回 3回": "年3回",
    "全5回 6月～7月 毎週土曜": "年5回(週1回)(6月～7月)(土曜日)",
    "毎月、12回": "月1回",
    "隔月、6回": "2か月に1回",
    "隔月（奇数月）": "月1回(5月・7月・9月・11月・1月・3月)",
    "3か月に1回（6・9・12・3月）": "月1回(6月・9月・12月・3月)",
    "隔週（第2・4火曜）": "月2回(第2・4火曜日)",
    "月2日": "月2回",
    "月10日程度": "月10回程度",
    "第3月曜日（祝日を除く）": "月1回(第3月曜日)(祝日を除く)(祝日の場合は休み)",
    "離乳食講習会と同日開催": "離乳食講習会と合わせて実施",
    "前期(5回)": "年5回(4月～9月)",
    "年2回（上半期・下半期）": "年1回(4月～9月)＋年1回(10月～3月)",
    "4月～9月 月2回／10月～3月 月1回": "月2回(4月～9月)＋月1回(10月～3月)",
    "6～7月・11～12月 各1回": "年1回(6月～7月)＋年1回(11月～12月)",
    "春・夏・冬休み": "年1回(4月～4月・3月～3月)＋年1回(7月～8月)＋年1回(12月～1月)",
    "毎週土曜 全10回": "年10回(週1回)(土曜日)",
    "年20回 毎週火曜": "年20回(週1回)(火曜日)",
    "毎月第2、第4水曜日（年24回）": "月2回(第2・4水曜日)",
    "偶数月に1回": "月1回(4月・6月・8月・10月・12月・2月)",
    "奇数月2回": "月2回(5月・7月・9月・11月・1月・3月)",
    "1回（偶数月）": "月1回(4月・6月・8月・10月・12月・2月)",
    "6回（偶数月）": "年6回(4月・6月・8月・10月・12月・2月)",
    "5月と10月に1回": "月1回(5月・10月)",
    "隔年1回": "不定期",
    "各小学校1回": "各所1回",
    "前期コース(5回)後期コース(5回)": "年5回(4月～9月)＋年5回(10月～3月)",
    "6～10月の間に5回": "年5回(6月～10月)",
    "必要時": "随時",
    "月4回（毎週水曜日）": "月4回(水曜日)",
    "毎週水曜 月4回": "月4回(水曜日)",
    "毎週土曜日（第5を除く）": "月4回(第1・2・3・4土曜日)",
    "1学期2回・2学期3回・3学期1回": "年2回(4月～8月)＋年3回(9月～12月)＋年1回(1月～3月)",
    "4～9月は月2回、10～3月は月1回": "月2回(4月～9月)＋月1回(10月～3月)",
    "月1回（8月は2回）": "月1回(8月を除く)＋月2回(8月)",
    "毎日（日・祝日を除く）": "すべて月・火・水・木・金・土曜日(祝日を除く)、通年",
    "月曜日から金曜日": "週5回(月・火・水・木・金曜日)",
    "夏季休業中に3回": "年3回(7月～8月)",
    "第2・第4の土曜日": "月2回(第2・4土曜日)",
    "月1回（第3日曜日、12月は第2日曜日）": "月1回(12月を除く)(第3日曜日)＋月1回(12月)(第2日曜日)",
    "9月まで月2回、10月から月1回": "月2回(4月～9月)＋月1回(10月～3月)",
    "7月20日まで": "4/1～7/20",
    "7月下旬から8月上旬まで": "7/21～8/10",
    "毎月第2土曜日1回": "月1回(第2土曜日)",
    "第2・第4土曜日（2回）": "月2回(第2・4土曜日)",
    "水曜日2回 土曜日2回": "年2回(水曜日)＋年2回(土曜日)",
    "第1・3土曜 各1回": "月2回(第1・3土曜日)",
    "年1,200回": "年1200回",
    "夏1回・冬1回": "年1回(6月～8月)＋年1回(12月～2月)",
    "前・後期 各3回": "半期に3回",
    "月1回、ただし8月は休み": "月1回(8月を除く)",
    "月1回（8月中止）": "月1回(8月を除く)",
    "月1回(8月休)": "月1回(8月を除く)",
    "毎月2回、8月のみ1回": "月2回(8月を除く)＋月1回(8月)",
    "第2・4水曜日(8月は第4のみ)": "月2回(8月を除く)(第2・4水曜日)＋月1回(8月)(第4水曜日)",
    "毎週水曜日(年末年始除く)": "週1回(水曜日)",
    "第1・3(月)": "月2回(第1・3月曜日)",
    "第2(日)": "月1回(第2日曜日)",
    "午前10時～12時": "10:00～12:00",
    "月2回(10～12時)": "月2回(10:00～12:00)",
    "8月10・11日": "年2回(8/10・8/11)",
    "8/10～12": "8/10～8/12",
    "10～12月 2回": "年2回(10月～12月)",
    "全5回連続講座": "連続5回",
    "毎週水曜日 全12回×3クール": "年36回(週1回)(水曜日)",
    "春期・秋期 各5回": "年5回(4月～5月・3月)＋年5回(9月～11月)",
    "夏期休暇中3回": "年3回(7月～8月)",
    "5月より月1回": "月1回(5月～3月)",
    "月1回(1時間)": "月1回",
    "月2回 2時間": "月2回",
    "月1回1時間30分": "月1回",
    "年3回(60分)": "年3回",
    "年1回(時期未定)": "年1回予定",
    "1クール6回×3": "1クール6回×3クール",
    "全6回×2": "1クール6回×2クール",
    "3期×10回": "1クール10回×3クール",
    "ひと月おき第2土": "2か月に1回(第2土曜日)",
    "毎月19日(食育の日)": "月1回(19日)",
    "10月の第2月曜(スポーツの日)": "月1回(10月)(第2月曜日)",
    "夏季(7・8月)を除く毎月第3土曜": "月1回(7月・8月を除く)(第3土曜日)",
    "夏休み(7/21～8/31)を除く毎週水曜": "週1回(水曜日)(7/21～8/31を除く)",
    "市内8小学校で各2回": "年2回×8グループ",
    "6月開始 月1回": "月1回(6月～3月)",
    "年度後半2回": "年2回(10月～3月)",
    "第2・4火 8月休み": "月2回(8月を除く)(第2・4火曜日)",
    "4/7/10/1月": "月1回(4月・7月・10月・1月)",
    "5月上旬～中旬": "5/1～5/20",
    "月2回(平日1回・土曜1回)": "月1回(月・火・水・木・金曜日)＋月1回(土曜日)",
    "週3回(平日2回、土曜1回)": "週2回(月・火・水・木・金曜日)＋週1回(土曜日)",
    "年度初め、年度末の2回": "年1回程度(4/1～4/10)＋年1回程度(3/21～3/31)",
    "5月、年度末 2回": "年1回程度(5/1～5/31)＋年1回程度(3/21～3/31)",
    "前期・後期 2回": "年1回(4月～9月)＋年1回(10月～3月)",
    "7/5,12,19,26(毎週土曜)": "年4回(土曜日)(7/5・7/12・7/19・7/26)",
    "毎週土曜 7/5,12,19,26": "年4回(土曜日)(7/5・7/12・7/19・7/26)",
    "8/23(土) 雨天8/24(日)": "年1回(8/23)",
    "11/3（予備日11/10）": "年1回(11/3)",
    "第3土曜日(雨天中止)": "月1回(第3土曜日)",
    "月2回(主に金)": "原則月2回(金曜日)",
    "第1月曜日(祝日の場合は第2月曜日)": "月1回(第1月曜日)(祝日の場合は翌週)",
    "①5月13日(火) ②5月20日(火)": "年2回(5/13・5/20)",
    "9月(詳細未定)": "月1回予定(9月)",
    "通年 毎月第2水曜": "月1回(第2水曜日)、通年",
    "8月5日～7日(3日間)": "年3回(8/5・8/6・8/7)",
    "毎月5日(5日が土日祝の場合は翌平日)": "月1回(5日)(土・日・祝日の場合は翌平日)",
    "1回目 5/10 2回目 6/14": "年1回(5/10)＋年1回(6/14)",
    "毎月1回程度(日程は広報でお知らせ)": "月1回程度",
    "第2月曜日(月曜日が祝日の場合は翌日)": "月1回(第2月曜日)(祝日の場合は翌日)",
}


@pytest.mark.parametrize("phrase", MISREAD_ONCE)
def test_a_phrase_that_was_misread_once_has_its_meaning(phrase: str) -> None:
    assert canonical(read_frequency(phrase)) == MISREAD_ONCE[phrase]


@pytest.mark.parametrize(
    "phrase",
    [
        "4月1 5日",
        "10日に1度",
        "第2・4土曜日の午後",
        "放課後",
        "5.11,6.8",
        "各2回",
        "毎日（月曜休館）",
        "毎週月曜日 夏休み中は休み",
        "週1回×5か月",
        "年4回(平日2回、土日2回)",
        "月4回 水曜日2回 土曜日2回",
        "第2・4土曜日 2回",
        "火・木 2回",
        "土・日曜日 各1回",
        "年2回(月4回)",
        "15時まで 月2回",
        "週1.5回",
        "年5、8回",
        "下旬(月1回)",
        "学校休業日(10回)",
        "月末(第4金曜)",
        "5・6月上旬",
        "4回×2",
        "上半期、下半期 4回",
        "火・木(学校休業日を除く)",
        "お盆前",
        "第1月曜日(祝日の場合は第3月曜日)",
        "平日・月1回土曜日",
        "7/22～25(3日間)",
        "年末",
        "毎週火曜(8月第2週は休み)",
        "毎週火曜(8月は祝日を除く)",
        "(" * 150 + "月1回" + ")" * 150,
    ],
)
def test_what_could_mean_two_things_is_refused_rather_than_guessed(phrase: str) -> None:
    with pytest.raises(FrequencyError):
        read_frequency(phrase)


# Spellings: any width, any bracket, any dash, spaces anywhere.

_WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "0123456789()"}
_KANJI = {str(n): "〇一二三四五六七八九"[n] for n in range(1, 10)}
_BRACKETS = ["()", "（）", "〔〕", "［］", "【】", "「」"]
_DASHES = ["~", "～", "〜", "-", "−", "–"]


@st.composite
def respelled(draw: st.DrawFn) -> tuple[str, str]:
    """Return a form's canonical text, and the same in other letters."""
    text = draw(st.sampled_from(sorted({form.canonical for form in forms()})))
    brackets = draw(st.sampled_from(_BRACKETS))
    other = (
        text.replace("(", brackets[0]).replace(")", brackets[1]).replace("～", draw(st.sampled_from(_DASHES)))
    )
    if draw(st.booleans()):
        other = other.translate(_WIDE)
    elif draw(st.booleans()):
        # the sole digit of a count may be in kanji: 年三回, 十二回
        other = re.sub(r"(?<![\d/:～・])(\d)(?=回)", lambda digit: _KANJI.get(digit[1], digit[1]), other)
    # a space between two digits keeps two numbers apart, so none is put there
    between = [a.isdecimal() and b.isdecimal() for a, b in pairwise(f"{other} ")]
    letters = [
        letter + ("" if within else draw(st.sampled_from(["", "", "", " ", "　"])))
        for letter, within in zip(other, between, strict=True)
    ]
    return text, "".join(letters)


@given(respelled())
def test_width_brackets_dashes_spaces_and_kanji_numerals_do_not_change_the_meaning(
    pair: tuple[str, str],
) -> None:
    text, other = pair
    assert read_frequency(other).meaning == read_frequency(text).meaning


# The way back: every meaning that a text can have is printed, and read again.

_LISTED = st.lists(st.sampled_from(MONTHS), min_size=2, max_size=6, unique=True).map(tuple)


@st.composite
def month_spans(draw: st.DrawFn) -> Months:
    first, last = sorted(draw(st.lists(st.integers(0, 11), min_size=2, max_size=2, unique=True)))
    return Months(MONTHS[first : last + 1])


MONTH_SETS = st.one_of(
    _LISTED.map(lambda months: Months(months, each=True)),
    _LISTED.map(lambda months: Months(months[:3], either=True)),
    st.sampled_from(MONTHS).map(lambda month: Months((month,), each=True)),
    month_spans(),
)
DAYS_OF_YEAR = st.dates().map(lambda day: YearlyDay(day.month, min(day.day, 28)))
STRETCHES = st.builds(
    lambda days, year: tuple(replace(day, year=year and year + (day.month < MONTHS[0])) for day in days),
    st.lists(DAYS_OF_YEAR, min_size=2, max_size=2, unique=True).map(
        lambda days: sorted(days, key=lambda day: (month_position(day.month), day.day))
    ),
    st.one_of(st.none(), st.integers(2020, 2030)),
)
WEEKDAY_SETS = st.frozensets(st.integers(0, 6), min_size=1, max_size=4)
NTHS = st.lists(st.sampled_from([1, 2, 3, 4, LAST]), min_size=1, max_size=3, unique=True).map(
    lambda nths: tuple(sorted(nths, key=lambda n: (n == LAST, n)))
)
CERTAIN = st.sampled_from(
    [frozenset(), *(frozenset({hedge}) for hedge in Hedge), frozenset({Hedge.USUALLY, Hedge.ABOUT})]
)


@st.composite
def counted(draw: st.DrawFn) -> Term:
    """Return a count with a period, its factors, and when."""
    low = draw(st.integers(1, 30))
    high = draw(st.one_of(st.just(low), st.integers(low, 40)))
    per = draw(st.sampled_from(Per))
    hedges = draw(CERTAIN)
    if low != high:
        hedges -= {Hedge.AT_LEAST, Hedge.AT_MOST}
    term = Term(
        count=Range(low, high),
        per=per,
        every=draw(st.integers(2, 6)) if per in (Per.MONTH, Per.WEEK) and draw(st.booleans()) else 1,
        periods=draw(st.integers(0, 12)) if per is Per.MONTH else 0,
        groups=draw(st.integers(1, 6)),
        courses=draw(st.integers(1, 4)) if per is Per.COURSE else 1,
        consecutive=per is Per.YEAR and draw(st.booleans()),
        hedges=hedges,
    )
    if term.consecutive and low == high:
        term = replace(term, day_by_day=draw(st.booleans()))
    term = replace(term, **draw(when(term)))
    if term.every > 1 and term.per is Per.MONTH and term.months and term.months.each:
        return replace(term, months=None)  # months named one by one say the interval themselves
    return term


@st.composite
def when(draw: st.DrawFn, term: Term) -> dict[str, Any]:
    stated: dict[str, Any] = {
        "months": draw(st.one_of(st.none(), MONTH_SETS)),
        "without": draw(st.one_of(st.none(), _LISTED.map(Months))),
        "within": draw(st.one_of(st.just(()), STRETCHES.map(lambda days: (days,)))),
        "pattern": draw(st.one_of(st.none(), WEEKDAY_SETS.map(Pattern))),
        "hours": draw(st.sampled_from([None, (600, 600), (570, 720), (810, 900)])),
        "holidays": draw(st.booleans()),
        "left_out": draw(st.one_of(st.just(()), STRETCHES.map(lambda days: (days,)))),
        **draw(moves()),
    }
    if term.per is Per.YEAR and draw(st.booleans()):
        days = st.lists(DAYS_OF_YEAR, min_size=1, max_size=3, unique=True).map(tuple)
        stated["dates"] = draw(days)
    elif draw(st.booleans()):
        stated["days"] = tuple(sorted(draw(st.sets(st.integers(1, 31), min_size=1, max_size=3))))
    return stated


@st.composite
def patterned(draw: st.DrawFn) -> Term:
    """Return 第2・4火曜日: as many sessions a month as the pattern names days; 第1又は第2土曜日 is fewer."""
    pattern = Pattern(draw(WEEKDAY_SETS), draw(NTHS))
    named = len(pattern.weekdays) * len(pattern.nths)
    if len(pattern.nths) > 1 and draw(st.booleans()):
        named = draw(st.integers(1, named - 1))
    term = Term(count=Range(named, named), per=Per.MONTH, pattern=pattern, groups=draw(st.integers(1, 3)))
    return replace(term, months=draw(st.one_of(st.none(), MONTH_SETS)), **draw(moves()))


@st.composite
def moves(draw: st.DrawFn) -> dict[str, Any]:
    moved = draw(st.sampled_from([None, *Moved]))
    weekend = frozenset({5, 6}) if moved is not Moved.NEXT_WEEK else frozenset[int]()
    off = st.sampled_from([HOLIDAYS, OffDays(), OffDays(holidays=True, weekdays=weekend)])
    return {"moved": moved, "moved_from": draw(off) if moved else HOLIDAYS}


@st.composite
def paced(draw: st.DrawFn) -> Term:
    """Return 年11回(月1回): fewer than the pace would give."""
    most, per = draw(st.sampled_from([(1, Per.MONTH), (2, Per.MONTH), (1, Per.WEEK), (3, Per.QUARTER)]))
    whole = count_of_year(Term(Range(most, most), per)).low
    count = draw(st.integers(most, whole - 1))  # 年1回(月2回) is refused
    return Term(count=Range(count, count), pace=(most, per))


@st.composite
def uncounted(draw: st.DrawFn) -> Term:
    """Return a window, hours or weekdays without a count."""
    if draw(st.booleans()):
        first, last = sorted(draw(st.lists(st.integers(1, 31), min_size=2, max_size=2, unique=True)))
        if last - first > 1:
            return Term(days=tuple(range(first, last + 1)))
    stated: dict[str, Any] = {"months": draw(month_spans())}
    stated |= draw(
        st.sampled_from(
            [{}, {"hours": (600, 720)}, {"pattern": Pattern(frozenset({1, 3}))}, {"holidays": False}]
        )
    )
    return Term(**stated)


_CLOSED_STRETCHES = st.lists(STRETCHES, max_size=2, unique=True).map(tuple)
NAMES = st.sampled_from(["講習会", "身体計測", "ひろば", "事業説明会"])
WHOLE = st.one_of(
    st.lists(st.one_of(counted(), patterned(), paced(), uncounted()), min_size=1, max_size=3).map(
        lambda terms: Frequency("", tuple(terms))
    ),
    st.frozensets(st.sampled_from(Service), min_size=1).map(
        lambda services: Frequency("", services=services)
    ),
    st.tuples(counted(), st.sampled_from(Service)).map(
        lambda both: Frequency("", (both[0],), frozenset({both[1]}))
    ),
    st.tuples(st.sampled_from(Bond), NAMES).map(lambda bond: Frequency("", bond=bond)),
    st.builds(Closing, WEEKDAY_SETS, st.booleans(), _CLOSED_STRETCHES).map(
        lambda closing: Frequency("", closing=closing)
    ),
    st.just(Frequency("", ditto=True)),
)


@given(WHOLE, st.one_of(st.none(), WHOLE))
def test_a_meaning_is_printed_and_read_again(meaning: Frequency, other: Frequency | None) -> None:
    # two ways in different months are no alternatives but both held: no text has them as a choice
    assume(other is None or not in_turn(meaning, other))
    meaning = replace(meaning, otherwise=other)
    text = canonical(meaning)
    assert read_frequency(text).meaning == meaning, text


# What cannot be read.


@pytest.mark.parametrize(
    ("text", "column", "near"),
    [
        ("月1回(8月を除くく)", 9, "月1回(8月を除く)"),
        ("年20", 3, "年20回"),
        ("年２回（７月，１２月", 10, "年２回（７月，１２月)"),
        ("月1回×5か月×2チーム", 9, "月1回×5か月×2グループ"),
        ("毎週もく曜", 2, "毎週金曜日"),
        ("学校行事に準じる", 0, ""),
    ],
)
def test_a_slip_is_named_with_its_column_and_the_nearest_form(text: str, column: int, near: str) -> None:
    with pytest.raises(FrequencyError) as caught:
        read_frequency(text)
    assert caught.value.column == column
    assert nearest(caught.value) == near


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2月30日", "この日付はありません"),
        ("13月", "月は1月から12月までです"),
        ("年5～3回", "範囲の終わりが始まりより小さくなっています"),
        ("9月～5月", "月の範囲が年度の順(4月から3月)と逆です"),
        ("月1回(第1・3木曜)", "曜日の指定は月2回、回数は月1回です"),
        ("月2回(月1回)", "同じことが二通りに書かれています"),
        ("年13回(月1回)", "全体の13回と、そのほかに書かれた12回が合いません"),
        ("年3回 6月1回 7月1回", "同じことが二通りに書かれています"),
        ("令和6年4月18日(金)", "2024-04-18 は木曜日です"),
        ("5～6", "数の後に 月 か 回 がありません"),
        ("火曜日25:00", "数・時刻・曜日として読めないところがあります"),
        ("年2回/月1回/通年", "三通り以上に分かれています"),
        (
            "2クール5回",
            ("二通りに読めます。「1クール5回×2クール」か「年5回」のどちらかを書きます"),
        ),
        (
            "毎月1日～7日",
            ("二通りに読めます。「月7回(1日～7日)」か「月1回(1日～7日)」のどちらかを書きます"),
        ),
        ("第2週・第1", "第何の曜日かが書かれていません"),
        (
            "毎週水曜日(第2・4)",
            "毎週の回数と、第1・3 のような週の指定が両方あります。その週だけなら 第1・3火曜日 と書きます",
        ),
        (
            "前期（4～9月）、後期（10～3月）6回",
            "回数の書かれていない期間があります。前期5回、後期6回 のように期間ごとに書きます",
        ),
        ("年24回(2グループ各10回)", "全体の24回と、そのほかに書かれた20回が合いません"),
        ("", "回数も時期も書かれていません"),
        ("発行", "回数も時期も書かれていません"),
    ],
)
def test_what_is_read_and_makes_no_sense_says_why(text: str, said: str) -> None:
    with pytest.raises(FrequencyError) as caught:
        read_frequency(text)
    assert caught.value.reason.ja == said
    assert caught.value.reason.en


ALPHABET = (
    "年月週日回度第火水木曜最終隔毎各全計約程度以上内未定予随時通不期半学四×・、,~～()（）"
    "／＋*0123456789一二十〇か〃を除く祝夏休み時:午後分"
)


@given(st.text(ALPHABET, max_size=24))
def test_no_text_raises_anything_but_a_frequency_error(text: str) -> None:
    try:
        meaning = read_frequency(text)
    except FrequencyError as error:
        assert 0 <= error.column <= len(text)  # noqa: PT017 - either outcome is fine
        return
    assert as_data(meaning)["canonical"]


@given(st.text(max_size=40))
def test_no_foreign_text_raises_anything_but_a_frequency_error(text: str) -> None:
    try:
        assert sentences(read_frequency(text))
    except FrequencyError as error:
        assert 0 <= error.column <= len(text)  # noqa: PT017


@pytest.mark.parametrize(
    ("text", "count"), [("毎月31日", 7), ("毎月30日", 11), ("毎月28日", 12), ("毎月1・31日", 24)]
)
def test_a_month_without_the_day_asks_for_nothing(text: str, count: int) -> None:
    assert read_frequency(text).year_count == Range(count, count)


@pytest.mark.parametrize(
    "text",
    ["24回、毎月第1・3水曜日", "24回 毎月第1・3水曜日", "年24回(毎月第1・3水曜日)", "毎月第1・3水曜日 24回"],
)
def test_a_total_beside_the_weekdays_of_each_month_is_their_sum(text: str) -> None:
    assert read_frequency(text).terms == read_frequency("月2回(第1・3水曜日)").terms
