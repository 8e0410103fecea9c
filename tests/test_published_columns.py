"""Columns are known by their headings, and where these are not, by what stands below them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.api import prepare
from ksolve.calendar import FiscalYear
from ksolve.findings import Severity
from ksolve.frequency import Range
from ksolve.published import PublishedPlan, parse_grid, survey
from running import ksolve


def _read(*lines: str, file: str = "t.csv") -> PublishedPlan:
    return survey(parse_grid("\n".join(["令和6年度 事業計画", *lines]) + "\n", file))


def _rules(plan: PublishedPlan) -> list[str]:
    return sorted({found.rule for found in plan.findings})


def _errors(plan: PublishedPlan) -> list[str]:
    return [found.rule for found in plan.findings if found.severity is Severity.ERROR]


@pytest.mark.parametrize(
    "word", ["日にち", "月日", "とき", "開催月日", "実施月日", "開講日", "予定日", "行う日", "実施日等"]
)
def test_a_column_of_dates_is_read_whatever_it_is_headed(word: str) -> None:
    plan = _read(f"{word},曜日,行事", "4月2日,火,ちびっこルーム", "4月11日,木,おはなし会")
    dates = [row.days_in(FiscalYear(2024)) for row in plan.rows]
    assert [[day.isoformat() for day in days] for days in dates] == [["2024-04-02"], ["2024-04-11"]]
    assert _errors(plan) == []


def test_a_column_of_counts_is_read_whatever_it_is_headed() -> None:
    plan = _read("事業名,時期,実施状況", "おはなし会,7月から,10回")
    assert (plan.rows[0].count, _rules(plan)) == (Range(10, 10), ["column-by-content"])


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        (("教室名,主な活動日程", "太極拳,第2・4火曜日", "手芸,月1回"), (24, 12)),
        (("健診,頻度の記載", "乳児健診,毎月第2火曜日", "1歳半健診,年6回"), (12, 6)),
        (("項目,頻度の記載,対象", "乳児健診,毎月第2火曜日,4か月児"), (12,)),
        (("校下,とき,コース", "東山,4月10日,A", "西山,4月11日,B"), (1, 1)),
        (("コース,とき", "初級,4月10日・17日", "中級,5月8日"), (2, 1)),
        (("サークル,活動日,場所", "太極拳,第2火曜日,ホール", "手芸,月1回,和室"), (12, 12)),
    ],
    ids=["教室名", "健診", "項目", "校下", "コース", "サークル"],
)
def test_a_header_of_unknown_words_is_found_by_what_stands_below(
    lines: tuple[str, ...], counts: tuple[int, ...]
) -> None:
    plan = _read(*lines)
    assert tuple(row.count.low for row in plan.rows) == counts
    assert [row.name for row in plan.rows] == [line.split(",")[0] for line in lines[1:]]
    assert _errors(plan) == []
    assert "column-by-content" in _rules(plan)  # what was taken for what is said


def test_dates_of_another_matter_are_not_those_of_the_sessions() -> None:
    plan = _read("事業名,実施日,申込締切", "講座,5/11,4/20")
    assert [str(day) for day in plan.rows[0].dates] == ["5/11"]
    assert plan.rows[0].remarks == (("申込締切", "4/20"),)


def test_a_second_column_of_dates_is_not_guessed_at() -> None:
    assert _errors(_read("事業名,実施日,集計", "講座,5/11,7/20")) == ["column-says-when"]


def test_a_column_of_dates_is_not_that_of_the_names() -> None:
    # 教室 is a word for programmes, yet here it is one of them
    plan = _read("月,健診,教室", "4月,9日,10日", "5月,14日,15日", "6月,11日,12日")
    assert [row.name for row in plan.rows] == ["健診", "教室"]


def test_words_without_any_column_of_time_are_no_header() -> None:
    plan = _read("係,氏名", "総務,山田", "会計,鈴木")
    assert (plan.rows, _errors(plan)) == ((), ["no-header"])


def test_a_heading_may_be_told(tmp_path: Path) -> None:
    table, target = tmp_path / "t.csv", tmp_path / "plan.yaml"
    table.write_text("令和6年度\n名まえ,いつ,人\nあ,年2回,30名\nい,調整中,20名\n", encoding="utf-8")
    told = ("--column", "事業=名まえ", "--column", "frequency=いつ", "--column", "定員=人")
    done = ksolve("read", table, *told, "-o", target)
    assert done.returncode == 0
    plan = prepare(target).plan  # which reads the table again
    assert [(one.name, one.session) for one in plan.programmes] == [("あ", "usual-2"), ("い", None)]
    assert plan.published_columns == ("事業=名まえ", "frequency=いつ", "定員=人")


@pytest.mark.parametrize(
    ("told", "said"),
    [("事業=なまえ", "見出し「なまえ」のある行がありません"), ("何か=名まえ", "左に書けるもの")],
)
def test_a_heading_that_is_not_there_is_refused(told: str, said: str, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("令和6年度\n名まえ,いつ\nあ,年2回\n", encoding="utf-8")
    done = ksolve("read", table, "--column", told)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_list_of_events_with_first_and_last_days() -> None:
    # the columns of the municipal standard list of events
    plan = _read(
        "NO,イベント名,開始日,終了日,開始時間,終了時間,説明,場所名称,定員",
        "1,ホタル観賞会,2024-06-15,2024-06-15,19:00,20:00,見る,水辺公園,30",
        "2,料理教室,2024-07-28,,9:00,12:00,作る,調理室,12",
        "3,文化祭,2024-11-02,2024-11-03,,,飾る,ホール,",
        "4,作品展,2024-12-01,2024-12-20,,,飾る,ロビー,",
    )
    held = [[day.isoformat() for day in row.days_in(FiscalYear(2024))] for row in plan.rows]
    assert held == [["2024-06-15"], ["2024-07-28"], ["2024-11-02", "2024-11-03"], []]
    assert [row.name for row in plan.rows] == ["ホタル観賞会", "料理教室", "文化祭", "作品展"]
    assert (plan.rows[0].hours, plan.rows[0].place, plan.rows[0].people) == ((1140, 1200), "水辺公園", 30)
    assert "period-of-days" in _rules(plan)  # 作品展: some time in December


def test_an_event_over_two_days_is_one() -> None:
    plan = _read("年月,日,行事名,印", "R6.5,11,春まつり,①→", "R6.5,12,春まつり,←①", "R6.6,9,遠足,○")
    held = {row.name: [day.isoformat() for day in row.days_in(FiscalYear(2024))] for row in plan.rows}
    assert held == {"春まつり": ["2024-05-11", "2024-05-12"], "遠足": ["2024-06-09"]}


@pytest.mark.parametrize(("cell", "least"), [("月", 52), ("火", 52), ("月・木", 104), ("水曜日", 52)])
@pytest.mark.parametrize("word", ["曜日", "活動する日"])
def test_weekdays_without_dates_are_every_week(word: str, cell: str, least: int) -> None:
    row = _read(f"サークル,{word}", f"手芸,{cell}").rows[0]
    assert (row.name, row.count.low) == ("手芸", least)
