"""What becomes of dates in the next year: the days were looked up in the calendars of 2024 and 2025."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.calendar import FiscalYear
from ksolve.errors import PlanError
from ksolve.next_year.dates import move_dates
from ksolve.next_year.habits import Habit
from ksolve.next_year.once import ask_once
from ksolve.next_year.opened import carry_opened
from ksolve.next_year.plan_text import Basis, next_plan
from ksolve.next_year.reactions import Reactions
from ksolve.plan.loading import load
from ksolve.plan.yaml_edit import YamlText
from ksolve.spelling import parse_usual_day

YEARS = (FiscalYear(2024), FiscalYear(2025))
CENTRE = """\
calendar:
  closed: [12/29〜1/3, 8/13〜8/15, {days: 6/3〜6/7, why: 空調の工事}, 毎月第3木曜日]
  opened: [5/5]
rooms:
  - id: hall
    name: ホール
    closed:
      - {days: 10/1〜10/5, why: 修繕}
    more: [{count: 1, days: 10/1〜10/31}]
staff:
  - id: nurse
    name: 保健師
    members:
      - {name: 田中, absent: [9/8〜9/12, 2024-09-20]}
      - {name: 山本, available: [6/12, 11/4]}
"""
PROGRAMMES = """\
programmes:
  - id: fair
    name: 祭り
    rules:
      - {rule: on_dates, days: [11/15]}
      - {rule: off_dates, days: [7/20〜8/31]}
rules:
  - {rule: in_dates, days: [2/1〜2/29], programmes: fair}
"""


def _next(
    text: str, answers: dict[str, str] | None = None, years: tuple[FiscalYear, FiscalYear] = YEARS
) -> tuple[str, dict[str, str]]:
    yaml = YamlText(text, "plan.yaml")
    said = ask_once(yaml, years, None, answers or {})
    moved = move_dates(yaml, years, (answers or {}).values())
    return yaml.text, {one.id: one.taken for one in (*said.questions, *moved.questions)}


SUNDAY_FAIR = """\
schema: 1
id: x
title: t
year: 令和6年度
resources: {calendar: {open: {月-土: "9:00-17:00"}}, sessions: [{id: hour, minutes: 60, starts: ["10:00"]}]}
programmes:
  - {id: fair, name: 祭り, frequency: 年2回, session: hour, opened: [毎年11/3, 5/3, 7/7, 8/10〜8/11]}
"""


def _opened(folder: Path, answers: dict[str, str]) -> tuple[str, list[str]]:
    file = folder / "plan.yaml"
    file.write_text(SUNDAY_FAIR, encoding="utf-8")
    yaml = YamlText(SUNDAY_FAIR, str(file))
    said = carry_opened(yaml, [(("programmes", 0), load(file).programmes[0])], YEARS, answers)
    return yaml.text, [question.taken for question in said.questions]


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("", "opened: [毎年11/3, 5/3, 7/6, 8/10〜8/11]"),  # the holiday; the first Sunday of July; as it was
        ("はい", "opened: [毎年11/3, 5/3, 7/6, 8/10〜8/11]"),
        ("毎年", "opened: [毎年11/3, 毎年5/3, 毎年7/7, 毎年8/10〜8/11]"),
        ("前年度だけ", "opened: [毎年11/3]"),
        ("5/3・11/15", "opened: [毎年11/3, 5/3, 11/15]"),
    ],
)
def test_days_that_a_programme_opens_for_itself_are_answered_like_the_others(
    tmp_path: Path, answer: str, written: str
) -> None:
    text, asked = _opened(tmp_path, {"opened:0:fair": answer})
    assert written in text
    assert asked == ["5/3・7/6・8/10〜8/11"]


EVENTS = """\
schema: 1
id: x
title: t
year: 令和7年度
resources: {calendar: {open: {月-土: "9:00-17:00"}}, sessions: [{id: hour, minutes: 60, starts: ["10:00"]}]}
programmes:
  - {id: fair, name: 館まつり, frequency: 年2回(11/15・11/16), session: hour, opened: [11/16]}
  - {id: beans, name: 節分豆まき, frequency: 年1回(2/3), session: hour}
  - {id: hall, name: 文化の日の集い, frequency: 年1回(11/3), session: hour, opened: [11/3]}
  - {id: summer, name: 夏の集い, frequency: 年1回(8/23), session: hour}
"""


def test_events_go_to_the_next_year_as_they_are(tmp_path: Path) -> None:
    """15 November 2025 is the third Saturday, the 16th the third Sunday; in 2026 these are six days apart.

    What is on its own day (節分) stays there, what the place opens for is pinned to that day, and any other
    event of few dates stays in its month.
    """
    file = tmp_path / "plan.yaml"
    file.write_text(EVENTS, encoding="utf-8")
    plan = load(file)
    usual = (parse_usual_day("第3土 10:00"),)
    binds = [Habit(one.name, (one.id,), usual, Reactions((), (), ()), 1, 1) for one in plan.programmes]
    made = next_plan(Basis(file, plan, None, habits=binds), FiscalYear(2026), tmp_path / "r8.yaml")
    assert "frequency: 年2回(11/21・11/22), session: hour, opened: [11/22]" in made.text
    assert "frequency: 年1回(2/3)" in made.text
    assert "frequency: 年1回(11/3), session: hour, opened: [11/3]" in made.text
    assert "frequency: 年1回(8月)" in made.text


def test_an_answer_that_names_no_days_is_refused_with_what_may_be_written(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="opened:0:fair"):
        _opened(tmp_path, {"opened:0:fair": "たぶん"})


def test_a_leave_and_a_repair_are_not_carried_over_and_a_closure_is() -> None:
    """12/29 to 1/3 is nobody's question; the second Wednesday of June 2025 is the 11th.

    5 May 2024 is the first Sunday of that month; in 2025 that is the 4th. 4 November 2024 is a Monday and a
    holiday in lieu, the first Monday of that month; in 2025 that is the 3rd.
    """
    text, asked = _next(CENTRE)
    assert "closed: [12/29〜1/3, 8/13〜8/15, 毎月第3木曜日]" in text
    assert "opened: [5/4]" in text
    assert "修繕" not in text
    assert "  - {name: 田中}" in text
    assert "{name: 山本, available: [6/11, 11/3]}" in text
    assert asked == {
        "once:8/13〜8/15": "毎年",
        "once:6/3〜6/7": "前年度だけ",
        "once:5/5": "5/4",
        "once:ホール:10/1〜10/5": "前年度だけ",
        "once:ホール:10/1〜10/31": "毎年",
        "once:田中:9/8〜9/12": "前年度だけ",
        "once:田中:2024-09-20": "前年度だけ",
        "once:山本:6/12": "6/11",
        "once:山本:11/4": "11/3",
    }


def test_pinned_dates_keep_their_weekday_and_29_february_ends_in_28() -> None:
    """15 November 2024 is the third Friday; in 2025 that is the 21st."""
    text, asked = _next(PROGRAMMES, {}, (FiscalYear(2023), FiscalYear(2024)))
    assert "days: [2/1〜2/28]" in text
    assert asked["date:2/1〜2/29"] == "2/1〜2/28"
    text, asked = _next(PROGRAMMES.replace("2/29", "2/28"))
    assert "days: [11/21]" in text
    assert "days: [7/20〜8/31]" in text
    assert asked == {"once:祭り:11/15": "11/21", "once:祭り:7/20〜8/31": "毎年"}


def test_an_answer_overrules_what_was_taken() -> None:
    answers = {
        "once:8/13〜8/15": "前年度だけ",
        "once:ホール:10/1〜10/5": "毎年",
        "once:田中:9/8〜9/12": "2025-09-15〜2025-09-19",
        "once:田中:2024-09-20": "はい",
    }
    text, _ = _next(CENTRE, answers)
    assert "closed: [12/29〜1/3, 毎月第3木曜日]" in text
    assert "{days: 毎年10/1〜10/5, why: 修繕}" in text
    assert "absent: [2025-09-15〜2025-09-19]" in text
    text, _ = _next(PROGRAMMES, {"once:祭り:11/15": "なし", "once:祭り:7/20〜8/31": "7/19〜8/31"})
    assert "on_dates" not in text
    assert "{rule: off_dates, days: [7/19〜8/31]}" in text
    with pytest.raises(PlanError) as raised:
        _next(CENTRE, {"once:8/13〜8/15": "たぶん"})
    assert [found.rule for found in raised.value.findings] == ["unreadable-answer"]


def test_what_is_every_years_is_answered_once_for_the_years_that_follow() -> None:
    answers = {
        "once:8/13〜8/15": "はい",  # a closure is taken to be every year's
        "once:ホール:10/1〜10/5": "毎年",
        "once:田中:2024-09-20": "毎年",
        "once:山本:6/12": "毎年",
        "once:田中:9/8〜9/12": "毎年9/15〜9/19",
    }
    text, _ = _next(CENTRE, answers)
    kept = ("毎年8/13〜8/15", "毎年10/1〜10/5", "毎年9/20", "毎年6/12", "毎年9/15〜9/19")
    assert all(days in text for days in kept), text
    text, asked = _next(text, {}, (FiscalYear(2025), FiscalYear(2026)))
    assert all(days in text for days in kept), text
    # nobody has said what becomes of the others: what is open on the holiday, the helpers of October, 11/3
    assert list(asked) == ["once:5/4", "once:ホール:10/1〜10/31", "once:山本:11/3"]
