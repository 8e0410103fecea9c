"""Several tables side by side, several events in a cell, one programme in several rows."""

from __future__ import annotations

from datetime import date

import pytest

from ksolve.calendar import WEEKDAYS, FiscalYear
from ksolve.findings import Severity
from ksolve.frequency import Range
from ksolve.published import PublishedPlan, parse_grid, survey

YEAR = FiscalYear(2024)


def _read(*lines: str) -> PublishedPlan:
    grid = parse_grid("\n".join(["令和6年度 行事予定", *lines]) + "\n", "t.csv")
    plan = survey(grid)
    assert {(cell.line, cell.column) for cell in grid.cells} == set(plan.ledger)  # no cell is lost
    return plan


def _rules(plan: PublishedPlan) -> list[str]:
    return sorted({found.rule for found in plan.findings})


def _held(plan: PublishedPlan) -> dict[str, list[str]]:
    return {row.name: [day.isoformat() for day in row.days_in(YEAR)] for row in plan.rows}


def test_two_months_side_by_side_are_each_their_own() -> None:
    plan = _read("事業名,月,実施日,月,実施日", "健診,5月,14日,10月,8日", "教室,6月,11日,,")
    assert _held(plan) == {"健診": ["2024-05-14", "2024-10-08"], "教室": ["2024-06-11"]}
    assert _rules(plan) == ["rows-joined", "tables-beside"]


def test_a_programme_without_any_of_the_repeated_columns_is_not_lost() -> None:
    plan = _read("事業名,月,実施日,月,実施日", "健診,5月,14日,10月,8日", "教室,,,,")
    assert [row.name for row in plan.rows] == ["健診", "教室"]
    assert "missing-frequency" in _rules(plan)


def test_two_lists_side_by_side_are_read_one_after_the_other() -> None:
    plan = _read("月,行事,月,行事", "4月,入園式,10月,運動会", "5月,遠足,11月,発表会", ",健診,,")
    months = [(row.name, row.months.values if row.months else ()) for row in plan.rows]
    assert months == [("入園式", (4,)), ("遠足", (5,)), ("健診", (5,)), ("運動会", (10,)), ("発表会", (11,))]


def test_a_calendar_of_days_down_and_months_across() -> None:
    events = {(4, 8): "入学式", (5, 9): "遠足", (6, 10): "プール開き", (6, 28): "個人面談"}
    body = [
        ",".join([str(day), *(events.get((month, day), "") for month in (4, 5, 6))]) for day in range(1, 32)
    ]
    assert _held(_read("日,4月,5月,6月", *body)) == {
        "入学式": ["2024-04-08"],
        "遠足": ["2024-05-09"],
        "プール開き": ["2024-06-10"],
        "個人面談": ["2024-06-28"],
    }


def _weekday(month: int, day: int) -> str:
    return WEEKDAYS[date(2024, month, day).weekday()] if (month, day) != (4, 31) else ""


@pytest.mark.parametrize(
    ("heads", "day"),
    [
        (("4月,,,5月,,", "日,曜,行事,日,曜,行事"), "{day},{april},{a},{day},{may},{m}"),
        ((",4月,,5月,", "日,曜,行事,曜,行事"), "{day},{april},{a},{may},{m}"),
    ],
    ids=["days in each month", "days once"],
)
def test_a_calendar_with_weekdays_under_its_months(heads: tuple[str, str], day: str) -> None:
    body = [
        day.format(
            day=n,
            april=_weekday(4, n),
            may=_weekday(5, n),
            a="入学式" if n == 8 else "",
            m="遠足" if n == 9 else "",
        )
        for n in range(1, 32)
    ]
    plan = _read(*heads, *body)
    assert _held(plan) == {"入学式": ["2024-04-08"], "遠足": ["2024-05-09"]}
    assert not [found for found in plan.findings if found.severity is Severity.ERROR]
    wrong = [line.replace("木,遠足", "金,遠足") for line in body]
    assert "weekday-contradiction" in _rules(_read(*heads, *wrong))


def test_four_events_in_a_cell_are_each_held_every_month() -> None:
    plan = _read("事業名,頻度", "誕生日会・身体測定・避難訓練・救急訓練,毎月")
    row = plan.rows[0]
    assert [(part.name, part.count) for part in row.components] == [
        (name, Range(12, 12)) for name in ("誕生日会", "身体測定", "避難訓練", "救急訓練")
    ]
    assert (row.count, _rules(plan)) == (Range(48, 48), ["events-in-name"])


@pytest.mark.parametrize(
    ("name", "rules"),
    [("体操・ダンス教室", []), ("誕生会・身体測定", ["several-in-name"]), ("おはなし会(0・1・2歳)", [])],
)
def test_two_words_may_be_the_name_of_one_programme(name: str, rules: list[str]) -> None:
    plan = _read("事業名,頻度", f"{name},毎月")
    assert (plan.rows[0].count, plan.rows[0].components, _rules(plan)) == (Range(12, 12), (), rules)


def test_rows_of_one_programme_with_one_date_each_are_one_series() -> None:
    dates = ["4/20", "5/18", "6/15", "7/20", "8/17", "9/21", "10/19", "11/16", "12/21", "1/18"]
    plan = _read("日付,事業名", *(f"{day},第{n}回 料理教室" for n, day in enumerate(dates, start=1)))
    (row,) = plan.rows
    assert (row.name, row.count, row.line) == ("料理教室", Range(10, 10), 3)
    assert [str(day) for day in row.dates] == dates
    assert _rules(plan) == ["rows-joined"]


def test_rows_that_differ_in_place_or_audience_are_not_one() -> None:
    plan = _read(
        "日付,事業名,会場,対象", "4/20,講座,和室,大人", "5/18,講座,ホール,大人", "6/15,講座,和室,子ども"
    )
    assert len(plan.rows) == 3


def test_two_events_on_two_lines_of_a_cell_are_said() -> None:
    plan = _read("月日,行事名", '5/9,"おはなし会\n工作会"', "5/16,夏の おはなし会")
    assert _rules(plan) == ["several-in-name"]
