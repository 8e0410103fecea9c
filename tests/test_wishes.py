"""The usual wishes: which programmes get which, and what is not asked again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ksolve.api import prepare
from ksolve.errors import PlanError
from ksolve.frequency import EVERY_MONTH
from ksolve.problem import Posted, Tier
from ksolve.solver import Options
from ksolve.verified import solve
from tiny import write_plan

HABITS = {"usual_place", "weekly_rhythm"}


def _wishes(folder: Path, programme: dict[str, Any], **given: Any) -> list[Posted]:
    """The habits that a plan of this programme, and a host for it, is given."""
    programmes = [{"id": "a", "name": "甲", "session": "hour", **programme}, *given.pop("others", ())]
    plan = write_plan(folder, {"programmes": programmes, "wishes": "usual", **given})
    posted = prepare(plan).problem.rules
    return [one for one in posted if one.rule.name in HABITS and one.series[0].programme == "a"]


PLACES = [
    ("月1回", 1, 12),
    ("月2回", 2, 24),
    ("年4回", 1, 4),
    ("年9回", 1, 9),
    ("年20回", 2, 20),  # 20 in 12 months are nearer to two a month than to one
    ("年36回", 3, 36),
    ("隔月", 1, 6),
    ("月2回×5か月", 2, 10),  # two in each of the months in which it meets
    ("月1回(8月を除く)", 1, 11),
]


@pytest.mark.parametrize(("frequency", "per_month", "sessions"), PLACES, ids=[row[0] for row in PLACES])
def test_what_meets_up_to_three_times_a_month_has_a_usual_place(
    frequency: str, per_month: int, sessions: int, tmp_path: Path
) -> None:
    (wish,) = _wishes(tmp_path, {"frequency": frequency})
    assert wish.rule.name == "usual_place"
    assert (wish.rule.per_month, wish.rule.sessions) == (per_month, sessions)  # type: ignore[attr-defined]


RHYTHMS = [
    ("週1回", 1),
    ("週3回", 3),
    ("年156回", 4),  # Tuesdays to Thursdays are open 51 times each: 153
    ("月4～5回", 1),
    ("週1回×10週", 1),
]


@pytest.mark.parametrize(("frequency", "slots"), RHYTHMS, ids=[row[0] for row in RHYTHMS])
def test_what_meets_more_often_has_weekdays(frequency: str, slots: int, tmp_path: Path) -> None:
    (wish,) = _wishes(tmp_path, {"frequency": frequency})
    assert wish.rule.name == "weekly_rhythm"
    assert wish.rule.slots == slots  # type: ignore[attr-defined]


def test_many_visits_have_weekdays_in_the_months_of_their_window(tmp_path: Path) -> None:
    visits = {"frequency": "年15回", "marks": [{"months": "6月～7月", "sessions": "15"}]}
    (wish,) = _wishes(tmp_path, visits)
    assert wish.rule.name == "weekly_rhythm"
    assert wish.rule.slots == 2  # type: ignore[attr-defined] # Tuesdays to Fridays: nine or eight each
    assert wish.rule.months.values == (6, 7)  # type: ignore[attr-defined]


def test_groups_in_turn_have_one_place_and_groups_side_by_side_one_each(tmp_path: Path) -> None:
    (together,) = _wishes(tmp_path, {"frequency": "(月1回×2か月)×3グループ", "in_turn": "true"})
    assert len(together.series) == 3
    (counted,) = _wishes(tmp_path, {"frequency": "年2回×3グループ", "in_turn": "true"})
    assert len(counted.series) == 3
    apart = _wishes(tmp_path, {"frequency": "月1回×3グループ"})
    assert [len(wish.series) for wish in apart] == [1, 1, 1]


def test_only_the_open_months_of_a_window_count(tmp_path: Path) -> None:
    # seven sessions from May to July, of which June and July are closed: every week of May
    closed = {"calendar": {"open": {"月-金": "9:00-17:00"}, "closed": [{"days": "6/1〜7/31", "why": "工事"}]}}
    window = {"frequency": "年7回", "windows": [{"months": "5月～7月", "sessions": "7"}]}
    (wish,) = _wishes(tmp_path, window, centre=closed)
    assert wish.rule.name == "weekly_rhythm"
    assert wish.rule.months.values == (5,)  # type: ignore[attr-defined]


def test_visits_that_follow_a_host_are_not_spread_by_themselves(tmp_path: Path) -> None:
    visits = {
        "frequency": "年5回",
        "windows": [{"months": "6月", "sessions": "5"}],
        "together": {"with": "b"},
    }
    host = {"id": "b", "name": "乙", "session": "hour", "frequency": "週1回"}
    plan = {"programmes": [{"id": "a", "name": "甲", "session": "hour", **visits}, host], "wishes": "usual"}
    rules = prepare(write_plan(tmp_path, plan)).problem.rules
    assert not [one for one in rules if one.rule.name == "even_visits"]


HOST = {"id": "b", "name": "乙", "session": "hour", "frequency": "月1回"}
DECIDED: list[tuple[str, dict[str, Any]]] = [
    ("three a year", {"frequency": "年3回"}),
    ("a weekday of the month", {"frequency": "毎月第2火曜日"}),
    ("a date of the month", {"frequency": "毎月10日"}),
    ("a guest", {"frequency": "年6回", "together": {"with": "b", "sessions": "3"}}),
    ("a guest on the same day", {"frequency": "月1回", "together": {"with": "b", "shared": "false"}}),
    ("every other week", {"frequency": "隔週水曜日"}),
    ("its own habit", {"frequency": "月1回", "rules": [{"rule": "steady_pattern"}]}),
    ("pinned dates", {"frequency": "年4回", "rules": [{"rule": "on_dates", "days": ["5/1"]}]}),
]


@pytest.mark.parametrize("programme", [given for _, given in DECIDED], ids=[name for name, _ in DECIDED])
def test_what_is_decided_already_is_not_asked_again(programme: dict[str, Any], tmp_path: Path) -> None:
    assert _wishes(tmp_path, programme, others=[HOST]) == []


COURSES = [
    ("年5回", {"marks": [{"months": "6月～7月", "sessions": "5"}]}, 3, 5),  # two or three a month
    ("年3回", {"marks": [{"months": "10月～11月", "sessions": "3"}]}, 2, 3),
    ("月1回×3か月", {}, 1, 3),
]


@pytest.mark.parametrize(("frequency", "marks", "per_month", "sessions"), COURSES)
def test_a_course_of_a_month_or_a_few_has_a_usual_place_in_its_months(
    frequency: str, marks: dict[str, Any], per_month: int, sessions: int, tmp_path: Path
) -> None:
    (wish,) = _wishes(tmp_path, {"frequency": frequency, **marks})
    assert wish.rule.name == "usual_place"
    assert (wish.rule.per_month, wish.rule.sessions) == (per_month, sessions)  # type: ignore[attr-defined]


def _of(folder: Path, name: str, programme: dict[str, Any]) -> list[Posted]:
    """The usual wishes of a name for a programme."""
    given = {"id": "a", "name": "甲", "session": "hour", **programme}
    problem = prepare(write_plan(folder, {"programmes": [given], "wishes": "usual"})).problem
    return [one for one in problem.rules if one.rule.name == name and one.tier is not Tier.FIT]


STARTS = [
    ("全2回(7月)", "同じ曜日・時刻"),  # the same people come to both
    ("週2回(火・金曜日)", "同じ時刻"),  # not 10:00 on Tuesdays and 13:00 on Fridays
    ("隔週水曜日", "同じ時刻"),
]


@pytest.mark.parametrize(("frequency", "kept"), STARTS)
def test_what_has_no_usual_place_keeps_one_start(frequency: str, kept: str, tmp_path: Path) -> None:
    (wish,) = _of(tmp_path, "steady_pattern", {"frequency": frequency})
    assert wish.rule.sentence.ja == f"毎回{kept}にそろえる"


@pytest.mark.parametrize("frequency", ["隔月1回", "ひと月おき第2水曜日", "3か月に1回"])
def test_what_is_every_other_month_is_in_no_two_side_by_side(frequency: str, tmp_path: Path) -> None:
    """July and August each lie in a pair of months of their own; yet no planner holds 隔月 in both."""
    (wish,) = _of(tmp_path, "even_pace", {"frequency": frequency})
    assert wish.rule.gaps  # type: ignore[attr-defined]
    assert wish.rule.months == EVERY_MONTH  # type: ignore[attr-defined]


@pytest.mark.parametrize(("frequency", "is_course"), [("全10回(毎週火曜日)", 1), ("年30回(毎週火曜日)", 0)])
def test_a_course_of_every_week_leaves_none_out(frequency: str, is_course: int, tmp_path: Path) -> None:
    assert len(_of(tmp_path, "max_gap", {"frequency": frequency})) == is_course
    assert len(_of(tmp_path, "even_pace", {"frequency": frequency})) == 1 - is_course


BETWEEN = [
    # June, February and March are marked: four months from June and from February is October
    ("年4回", ["6月", "2月", "3月"], ["9月～11月"]),
    # April and March: July and November leave 3, 4 and 4 months; so do August, October or December three
    ("年4回", ["4月", "3月"], ["7月～8月", "10月～12月"]),
    # June, October, March: April, August and December; each gap is two months or more
    ("年6回", ["6月", "10月", "3月"], ["4月", "8月", "12月～1月"]),
    ("年2回", ["7月"], []),  # half a year apart is an even pace
    ("年3回", ["5月", "7月", "3月"], []),  # all are marked
    ("年12回", ["5月"], []),  # eleven have a usual place
]


@pytest.mark.parametrize(("frequency", "marks", "between"), BETWEEN)
def test_the_few_without_a_mark_are_wanted_between_those_with_one(
    frequency: str, marks: list[str], between: list[str], tmp_path: Path
) -> None:
    found = _of(tmp_path, "windows", {"frequency": frequency, "marks": marks})
    wanted = [str(window.months) for one in found for window in one.rule.windows]  # type: ignore[attr-defined]
    assert wanted == between


GIVEN = ["毎月第2火曜日", "毎月10日(休館日の場合は翌開館日)", "8/5・8/6・8/7"]


@pytest.mark.parametrize("frequency", GIVEN)
def test_what_has_its_days_given_keeps_one_start(frequency: str, tmp_path: Path) -> None:
    programme = {"id": "a", "name": "甲", "session": "hour", "frequency": frequency}
    plan = write_plan(tmp_path, {"programmes": [programme], "wishes": "usual"})
    problem = prepare(plan).problem
    schedule = solve(problem, Options(limit_s=10)).schedule
    assert schedule
    assert len({session.start for session in schedule.sessions}) == 1
    (wish,) = [one for one in problem.rules if one.rule.name == "steady_pattern"]
    assert "同じ時刻" in wish.rule.sentence.ja
    off = write_plan(tmp_path, {"programmes": [programme], "wishes": {"usual_place": "0"}})
    assert "steady_pattern" not in {one.rule.name for one in prepare(off).problem.rules}


def test_a_guest_of_few_sessions_has_a_place_of_its_own(tmp_path: Path) -> None:
    guest = {"frequency": "年6回", "together": {"with": "b", "sessions": "2"}}
    assert len(_wishes(tmp_path, guest, others=[HOST])) == 1


def test_two_a_year_are_half_a_year_apart_and_in_mid_month_also_where_one_is_marked(tmp_path: Path) -> None:
    for marks in ([], ["7月"]):
        programme = {"id": "a", "name": "甲", "session": "hour", "frequency": "年2回", "marks": marks}
        problem = prepare(write_plan(tmp_path, {"programmes": [programme], "wishes": "usual"})).problem
        asked = {posted.rule.name: posted.rule for posted in problem.rules}
        assert asked["even_pace"].gaps  # type: ignore[attr-defined]
        assert "mid_month" in asked
    programme["marks"] = ["7月", "12月"]
    problem = prepare(write_plan(tmp_path, {"programmes": [programme], "wishes": "usual"})).problem
    assert "even_pace" not in {posted.rule.name for posted in problem.rules}


def test_a_rule_at_the_top_of_the_plan_settles_the_habit_of_whom_it_names(tmp_path: Path) -> None:
    rules = [{"rule": "steady_pattern", "programmes": "a"}]
    assert _wishes(tmp_path, {"frequency": "月1回"}, rules=rules) == []
    rules = [{"rule": "steady_pattern", "programmes": "b"}]
    assert len(_wishes(tmp_path, {"frequency": "月1回"}, rules=rules, others=[HOST])) == 1


def test_a_plan_that_states_wishes_and_names_no_usual_ones_has_only_its_own(tmp_path: Path) -> None:
    path = write_plan(
        tmp_path,
        {"programmes": [{"id": "a", "name": "甲", "session": "hour", "frequency": "月1回"}, HOST]},
    )
    without = path.read_text(encoding="utf-8").replace("wishes: none\n", "")
    path.write_text(without, encoding="utf-8")
    assert HABITS & {one.rule.name for one in prepare(path).problem.rules}
    path.write_text(f"{without}\nrules: [{{rule: level_load, sessions: 4}}]\n".replace("rules: []\n", ""))
    assert not HABITS & {one.rule.name for one in prepare(path).problem.rules}


def test_one_line_weighs_a_wish_or_switches_it_off(tmp_path: Path) -> None:
    (heavy,) = _wishes(tmp_path, {"frequency": "月1回"}, wishes={"usual_place": "3"})
    assert heavy.weight == 3
    assert _wishes(tmp_path, {"frequency": "月1回"}, wishes={"usual_place": "0"}) == []
    assert _wishes(tmp_path, {"frequency": "月1回"}, wishes="none") == []


def test_an_unknown_wish_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="usual_place"):
        _wishes(tmp_path, {"frequency": "月1回"}, wishes={"usual_plase": "3"})
    with pytest.raises(PlanError, match="usual"):
        _wishes(tmp_path, {"frequency": "月1回"}, wishes="usually")


PERIODS = [
    ({"frequency": "年6回(5月～9月)", "marks": [{"months": "5月～9月", "sessions": "6"}]}, "5月～9月"),
    ({"frequency": "年5回", "marks": [{"months": "10月～2月", "sessions": "5"}]}, "10月～2月"),
    ({"frequency": "全6回", "marks": [{"months": "10月～2月", "sessions": "6"}]}, "10月～2月"),
    ({"frequency": "月1回", "marks": [{"months": "5月～3月", "sessions": "11"}]}, ""),  # paced by its months
]


@pytest.mark.parametrize(("programme", "paced"), PERIODS)
def test_a_course_of_some_months_is_no_visits_and_has_a_place_and_a_pace_in_them(
    programme: dict[str, Any], paced: str, tmp_path: Path
) -> None:
    programme = {"id": "a", "name": "甲", "session": "hour", **programme}
    problem = prepare(write_plan(tmp_path, {"programmes": [programme], "wishes": "usual"})).problem
    asked = {posted.rule.name: posted.rule for posted in problem.rules}
    assert asked["usual_place"].per_month == 1  # type: ignore[attr-defined]
    assert "even_visits" not in asked
    months = [str(asked["even_pace"].months)] if "even_pace" in asked else []  # type: ignore[attr-defined]
    assert months == ([paced] if paced else [])
