"""Plans that say something no schedule could keep: each is refused, with its name and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ksolve.errors import PlanError
from ksolve.solver import Options, Verdict
from ksolve.verified import solve
from tiny import tiny

ONE = "{id: a, name: 甲, frequency: 年2回, session: hour%s}"


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        (
            "programmes: [" + ONE % ", rules: [{rule: on_dates, days: [4/29]}]" + "]",
            "pinned-closed",
            "昭和の日",
        ),
        ("programmes: [" + ONE % ", rules: [{rule: on_dates, days: [4/6]}]" + "]", "pinned-closed", "定休日"),
        ("programmes: [" + ONE % ", together: {with: a}" + "]", "together-chain", "自分自身"),
        (
            "programmes: ["
            + ONE % ""
            + ", {id: b, name: 乙, frequency: 年2回, session: hour, together: {with: a}}"
            + ", {id: c, name: 丙, frequency: 年2回, session: hour, together: {with: b}}]",
            "together-chain",
            "乙 もほかの事業と",
        ),
        (
            (
                "programmes: [{id: a, name: 甲, frequency: 年2回×2グループ, session: hour}"
                ", {id: a-g1, name: 乙, frequency: 年2回, session: hour}]"
            ),
            "duplicate-id",
            "a-g1",
        ),
        (
            "centre: {rooms: [{id: r, name: 会議室, count: 2}, {id: s, name: 会議室1}]}\nprogrammes: ["
            + ONE % ""
            + "]",
            "duplicate-name",
            "会議室1",
        ),
        (
            "programmes: [" + ONE % ", rules: [{rule: count, low: '3', high: '1'}]" + "]",
            "wrong-value",
            "最大(high)が最小(low)より小さく",
        ),
        (
            "programmes: [" + ONE % ", rules: [{rule: fixed_pattern, weekdays: 月, nths: ['9']}]" + "]",
            "wrong-value",
            "5以下",
        ),
        (
            "programmes: [" + ONE % ", rules: [{rule: weekdays, weekdays: 月, nths: ['0']}]" + "]",
            "wrong-value",
            "最終の -1",
        ),
        (
            "programmes: [" + ONE % ", rules: [{rule: month_runs, length: '5', months: 4月～7月}]" + "]",
            "wrong-value",
            "5か月はありません",
        ),
    ],
)
def test_what_no_schedule_could_keep_is_refused(tmp_path: Path, text: str, rule: str, words: str) -> None:
    with pytest.raises(PlanError) as caught:
        tiny(tmp_path, text)
    assert [found.rule for found in caught.value.findings] == [rule]
    assert words in caught.value.findings[0].line("ja")


def test_a_duplicate_id_is_found_beside_another_fault_of_the_same_item(tmp_path: Path) -> None:
    with pytest.raises(PlanError) as caught:
        tiny(
            tmp_path,
            "programmes: [{id: a, name: 甲, frequency: 年に何度か, session: hour}, "
            "{id: a, name: 乙, frequency: 年2回, session: hour}]",
        )
    assert {found.rule for found in caught.value.findings} == {"unreadable-frequency", "duplicate-id"}


def test_hours_that_touch_are_one_stretch(tmp_path: Path) -> None:
    case = tiny(
        tmp_path,
        """
centre:
  calendar: {open: {月-金: "9:00-12:00, 12:00-17:00", 土: 12:00-17:00}}
  sessions: [{id: hour, minutes: '120', starts: ['11:00']}]
programmes: [{id: a, name: 甲, frequency: 年2回, session: hour}]
""",
    )
    answer = solve(case.problem, Options(limit_s=20))
    assert answer.verdict is Verdict.OPTIMAL


def test_many_windows_with_gaps_are_shared_out_exactly(tmp_path: Path) -> None:
    # Fourteen windows of two months each, seven of April and October and seven of October and
    # December: ten sessions in October can serve all but the four that April and December hold.
    windows = ", ".join(["4月・10月"] * 7 + ["10月・12月"] * 7)
    case = tiny(
        tmp_path,
        f"programmes: [{{id: a, name: 甲, frequency: 年14回, session: hour, windows: [{windows}], "
        "rules: [{rule: count, low: '2', high: '2', months: 4月}, "
        "{rule: count, low: '2', high: '2', months: 12月}]}]",
    )
    answer = solve(case.problem, Options(limit_s=20))
    assert answer.schedule
    months = [session.day.month for session in answer.schedule.sessions]
    assert (months.count(4), months.count(10), months.count(12)) == (2, 10, 2)


def test_a_pinned_date_without_a_candidate_is_infeasible_not_forgotten(tmp_path: Path) -> None:
    # The date is open, but the kind of session is held on Mondays only.
    case = tiny(
        tmp_path,
        """
centre:
  sessions: [{id: hour, minutes: '60', starts: ['10:00'], weekdays: 月}]
programmes: [{id: a, name: 甲, frequency: 年2回, session: hour, rules: [{rule: on_dates, days: [4/2]}]}]
""",
    )
    assert solve(case.problem, Options(limit_s=20)).verdict is Verdict.INFEASIBLE
