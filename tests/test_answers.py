"""Answers to what was to be decided stand in the plan afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.calendar import FiscalYear
from ksolve.errors import PlanError
from ksolve.next_year.answers import answer_all
from ksolve.next_year.from_table import last_year_of
from ksolve.next_year.said import Question
from ksolve.plan.yaml_edit import YamlText
from ksolve.text import plain

PLAN = """\
programmes:
  - id: talk
    name: 相談
    published: {line: 4}
  - id: club
    name: 教室
    frequency: 年2回(4/20・5/11)
    description: 申込は4/1(2024/4/1)から
    components:
      - {id: little, name: 小さい子, frequency: 年1回(6/1)}
"""


def _answered(id_: str, answer: str, *about: str) -> str:
    yaml = YamlText(PLAN, "plan.yaml")
    for _ in range(2):  # answers stay in the list, and are written once however often the command runs
        answer_all([yaml], [Question(id_, "", plain(""), about=about)], {id_: answer}, "decide.csv")
    return yaml.text


@pytest.mark.parametrize(
    ("id_", "answer", "wanted"),
    [
        ("dates:club", "4/19・5/10", "frequency: 年2回(4/19・5/10)"),
        ("dates:club.little", "6/7", "frequency: 年1回(6/7)"),
        ("text:申込は4/1(2024/4/1)から", "申込は4/1から", "description: 申込は4/1から"),
        ("read:unknown-frequency:4", "毎月第2火曜日", "frequency: 毎月第2火曜日"),
        ("read:unknown-month:4", "6月～9月", "months: 6月～9月"),
    ],
)
def test_an_answer_is_seen_in_the_plan(id_: str, answer: str, wanted: str) -> None:
    assert wanted in _answered(id_, answer)


def test_usual_days_as_an_answer_are_a_habit_of_its_own_and_one_however_often() -> None:
    text = _answered("habit:相談", "第2火 10:00、7月の第2土 10:00", "talk")
    assert text.count("rule: habit") == 1
    assert "programmes: [talk], days: [第2火 10:00, 7月の第2土 10:00]" in text


@pytest.mark.parametrize(
    ("id_", "answer"),
    [("habit:相談", "たまに"), ("dates:club", "春"), ("read:x:4", "適当に"), ("dates:x", "4/1")],
)
def test_an_answer_that_is_none_is_named(id_: str, answer: str) -> None:
    with pytest.raises(PlanError) as raised:
        _answered(id_, answer, "talk")
    (found,) = raised.value.findings
    assert (found.rule, answer in found.text.ja) == ("unreadable-answer", True)


TABLE = """\
事業名,実施回数,実施日
教室,月1回×2グループ,"4/9、5/14、6/11、7/9、9/10、10/8、11/12、12/10"
"""


def test_of_which_year_and_which_part_a_table_s_dates_are_is_an_answer(tmp_path: Path) -> None:
    table, path = tmp_path / "table.csv", tmp_path / "last-year.yaml"
    table.write_text(TABLE, encoding="utf-8")
    before = last_year_of(table, FiscalYear(2026), path)
    asked = {one.id: one for one in before.questions}
    assert not before.schedule.sessions
    (part,) = [one for name, one in asked.items() if name.startswith("parts:")]
    answers = {"table:year": "令和6年度", part.id: part.others[1]}
    after = last_year_of(table, FiscalYear(2026), path, (), answers)
    assert {one.series for one in after.schedule.sessions} == {after.problem.series[1].id}
    assert {one.day.year for one in after.schedule.sessions} == {2024}
    with pytest.raises(PlanError, match="さっき"):
        last_year_of(table, FiscalYear(2026), path, (), {"table:year": "さっき"})
