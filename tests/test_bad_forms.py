"""Forms that a person filled in wrongly: every fault with its sheet and cell, all in one run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from conftest import SMALL
from forms import change, fill, form_file, opened, sheet_of
from ksolve.api import prepare
from ksolve.errors import PlanError
from ksolve.findings import Finding
from running import ksolve

Edit = Callable[[Workbook], object]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blank")
    plan = folder / "plan.yaml"
    plan.write_text(SMALL, encoding="utf-8")
    return form_file(plan, folder)


def faults(form: Path, edit: Edit, folder: Path) -> Sequence[Finding]:
    book, path = opened(form), folder / "記入表.xlsx"
    edit(book)
    book.save(path)
    with pytest.raises(PlanError) as caught:
        prepare(path)
    assert all(found.place and found.place.file == str(path) for found in caught.value.findings)
    return caught.value.findings


def cells(found: Sequence[Finding]) -> list[tuple[str, str]]:
    return [(one.rule, str(one.place).rpartition("xlsx")[2]) for one in found]


def remove(sheet: str) -> Edit:
    return lambda book: book.remove(sheet_of(book, sheet))


def many(book: Workbook) -> None:
    for number in range(10_000):
        sheet_of(book, "部屋").append([None, f"部屋{number}"])


def of_another_year(book: Workbook) -> None:
    fill(book, "希望", 事業="健診", 日=date(2031, 6, 12))
    fill(book, "開館日・休館日", 種類="休館日", 日_曜日="2031-06-12")
    fill(book, "外部日程", 日程="議会", 日="2031/6/12")
    fill(book, "職員", 職種="保健師", 名前="田中", 休み="2031-06-12")


def no_such_days(book: Workbook) -> None:
    fill(book, "希望", 事業="健診", 日="2/30")
    fill(book, "開館日・休館日", 種類="休館日", 日_曜日="2/30")
    fill(book, "部屋", 部屋="ホール", 使えない日="2/30(工事)")


def misspelled(book: Workbook) -> None:
    change(book, "回の種類", "hour", 分="一時間くらい", 開始時刻="朝", 曜日="毎日")
    fill(book, "部屋", 部屋="講座室", 数="たくさん")
    change(book, "開館日・休館日", "開館時間", 時間="9時から5時")
    change(book, "職員", "医師", 休み="8月ごろ", 人数="数人")
    change(book, "事業", "健診", 実施回数="月に一ぺん")


def beside_the_work(book: Workbook) -> None:
    fill(book, "同じ人が来る会", だれ="親子", 重ねない範囲="同じ月")
    fill(book, "締切", すること="原稿", いつまで="だいぶ前", 事業="検診")
    fill(book, "締切", いつまで="前日")
    fill(book, "希望", 事業="健診", 間隔_日="二週間", 強さ="必ず")
    fill(book, "希望", 事業="健診", 担当="田中", 強さ="避けたい")
    change(book, "回の種類", "hour", 職員の要件="医師の免許")


def unknown(book: Workbook) -> None:
    fill(book, "希望", 事業="検診", 日="火", 部屋="部屋")
    fill(book, "希望", 事業="健診", 強さ="ぜひ", 日="火")
    fill(book, "希望", 事業="健診", 理由="まだ聞いていない")
    fill(book, "回の種類", 回の種類="教室", 分=60, 開始時刻="10:00", 職員="医帥 2人")
    fill(book, "開館日・休館日", 種類="閉館", 日_曜日="5/1")
    fill(book, "その他", どこ="事業", 記号="zz", 項目="rules", 内容_YAML="[]")
    fill(book, "その他", どこ="計画の全体", 項目="rules", 内容_YAML="[{rule:")


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (remove("部屋"), [("no-sheet", "[部屋]")]),
        (lambda book: sheet_of(book, "部屋").delete_rows(4), [("no-header", "[部屋]:A1")]),
        (lambda book: sheet_of(book, "職員").merge_cells("B6:B8"), [("merged-cells", "[職員]:B6")]),
        (many, [("too-large", "[部屋]:A2005")]),
        (
            lambda book: fill(book, "部屋", 部屋='="大"&"室"', 数="=1+1"),
            [("formula-without-value", "[部屋]:B7"), ("formula-without-value", "[部屋]:C7")],
        ),
        (lambda book: fill(book, "部屋", 部屋="#REF!"), [("formula-without-value", "[部屋]:B7")]),
        (
            of_another_year,
            [
                ("date-outside-year", place)
                for place in ("[外部日程]:D6", "[希望]:D6", "[職員]:F7", "[開館日・休館日]:C7")
            ],
        ),
        (
            no_such_days,
            [("wrong-value", place) for place in ("[希望]:D6", "[部屋]:F7", "[開館日・休館日]:C7")],
        ),
        (
            misspelled,
            [
                ("unreadable-frequency", "[事業]:D6"),
                *(("wrong-value", f"[回の種類]:{at}") for at in ("C6", "D6", "E6")),
                ("wrong-value", "[職員]:D6"),
                ("wrong-value", "[職員]:F6"),
                ("wrong-value", "[部屋]:C7"),
                ("wrong-value", "[開館日・休館日]:D6"),
            ],
        ),
        (
            unknown,
            [
                ("wrong-value", "[その他]:C5"),
                ("yaml-syntax", "[その他]:E6"),
                ("unknown-staff", "[回の種類]:G7"),
                ("unknown-programme", "[希望]:B6"),
                ("wrong-value", "[希望]:C7"),
                ("wrong-value", "[希望]:D8"),
                ("wrong-value", "[開館日・休館日]:B7"),
            ],
        ),
        (
            beside_the_work,
            [
                ("wrong-value", "[同じ人が来る会]:C6"),
                ("wrong-value", "[回の種類]:N6"),
                ("wrong-value", "[希望]:H6"),
                ("wrong-value", "[希望]:G7"),
                ("wrong-value", "[締切]:C6"),
                ("unknown-programme", "[締切]:E6"),
                ("missing-key", "[締切]:B7"),
            ],
        ),
        (lambda book: change(book, "はじめに", "年度", 記入="ことし"), [("wrong-value", "[はじめに]:C6")]),
        (lambda book: change(book, "はじめに", "年度", 記入=None), [("missing-key", "[はじめに]:C6")]),
        (lambda book: change(book, "事業", "健診", 回の種類=None), [("missing-session", "[事業]:E6")]),
        (
            lambda book: fill(book, "事業", 内訳="午前の部", 事業="別の事業"),
            [("wrong-value", "[事業]:B7")],
        ),
        (lambda book: sheet_of(book, "部屋").cell(4, 14, "担当課"), [("unknown-column", "[部屋]:N4")]),
        (lambda book: fill(book, "職員", 名前="田中"), [("wrong-value", "[職員]:B7")]),
        (lambda book: fill(book, "部屋", 部屋="x", 使えない日="8/31〜8/1"), [("days-reversed", "[部屋]:F7")]),
        (
            lambda book: fill(book, "職員", 職種="保健師", 名前="田中", 人数=2),
            [("wrong-value", "[職員]:D7")],
        ),
    ],
)
def test_a_fault_is_named_by_sheet_and_cell(
    blank: Path, tmp_path: Path, edit: Edit, wanted: list[tuple[str, str]]
) -> None:
    assert cells(faults(blank, edit, tmp_path)) == wanted


def test_a_fault_speaks_of_the_headings_and_says_what_to_write(blank: Path, tmp_path: Path) -> None:
    found = faults(blank, misspelled, tmp_path)
    said = {
        str(one.place).rpartition(":")[2]: one.text
        for one in found
        if one.place and one.place.sheet == "回の種類"
    }
    assert said["C6"].ja == "分: 「一時間くらい」は使えません。整数を書いてください"
    assert said["D6"].ja.startswith("開始時刻: 「朝」は使えません。時刻は 10:30 の形で")
    assert said["E6"].en.startswith("weekdays: '毎日' will not do")


def test_a_day_that_no_year_has_is_called_that(blank: Path, tmp_path: Path) -> None:
    found = [one for one in faults(blank, no_such_days, tmp_path) if one.rule == "wrong-value"]
    assert len(found) == 3
    assert all("2/30 という日はありません" in one.text.ja for one in found)
    assert all("there is no 2/30" in one.text.en for one in found)


def test_remarks_of_ones_own_and_other_spellings_are_no_faults(blank: Path, tmp_path: Path) -> None:
    book = opened(blank)
    sheet_of(book, "部屋").cell(4, 14, "備考(担当課)")
    sheet_of(book, "部屋").cell(6, 14, "総務課")
    sheet_of(book, "回の種類").column_dimensions["B"].hidden = True
    fill(book, "部屋", 部屋="講座室", 数="２室", 定員=24.0)
    path = tmp_path / "f.xlsx"
    book.save(path)
    assert prepare(path).plan.resources.rooms[1].seats == 24


def test_a_broken_an_old_and_a_locked_workbook_are_told_apart_from_text(blank: Path, tmp_path: Path) -> None:
    whole = blank.read_bytes()
    for data, rule, said in (
        (whole[: len(whole) // 2], "broken-file", ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "no-form", "パスワード"),
    ):
        path = tmp_path / "f.xlsx"
        path.write_bytes(data)
        with pytest.raises(PlanError) as caught:
            prepare(path)
        (found,) = caught.value.findings
        assert found.rule == rule
        assert said in found.text.ja


def test_another_workbook_is_no_plan_and_says_how_to_make_a_form(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["事業", "実施回数"])
    book.save(tmp_path / "table.xlsx")
    done = ksolve("check", tmp_path / "table.xlsx")
    assert done.returncode == 2
    assert "[no-form]" in done.stderr
    assert "ksolve form" in done.stderr
