"""why-not and why: their claims against every schedule of small plans, and as processes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings

from ksolve.api import prepare
from ksolve.checker import check, costs
from ksolve.errors import PlanError
from ksolve.explain.why import why
from ksolve.explain.why_not import Outcome, Question, why_not, why_not_month
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.schedules.naming import find_day, find_month, find_session
from ksolve.schedules.tidy import schedule_csv
from ksolve.solver import Options
from ksolve.verified import solve
from running import ksolve
from test_oracle import _datings, _size, plans
from tiny import Cell, holding, tiny, write_plan

LIMIT_S = 60.0
MOST = 400
"""More datings than this are not enumerated."""

Dating = Mapping[str, tuple[Cell, ...]]


def _prepared(plan: dict[str, Any]) -> Problem:
    with TemporaryDirectory() as folder:
        return prepare(write_plan(Path(folder), plan)).problem


def _dating(schedule: Schedule) -> dict[str, set[Cell]]:
    found: dict[str, set[Cell]] = {}
    for session in schedule.sessions:
        found.setdefault(session.series, set()).add((session.day, session.start))
    return found


def _moves(base: Schedule, dating: Dating) -> int:
    """Sessions that are not where the base has them; the plans have fixed numbers of sessions."""
    before = _dating(base)
    return sum(len(set(cells) - before[name]) for name, cells in dating.items())


def _all(problem: Problem, plan: dict[str, Any]) -> Iterator[tuple[Dating, Schedule]]:
    for dating in _datings(problem, plan):
        schedule = holding(problem, dating)
        if schedule:
            yield dating, schedule


@settings(max_examples=30)
@given(plans())
def test_what_why_not_claims_is_so_among_all_schedules(plan: dict[str, Any]) -> None:
    problem = _prepared(plan)
    assume(_size(problem, plan) <= MOST)
    every = list(_all(problem, plan))
    base = solve(problem, Options(LIMIT_S)).schedule
    assert (base is None) == (not every)
    assume(base is not None)
    assert base is not None
    days = [day for day in problem.year.days if problem.calendar.hours(day)]
    for session, day in product((base.by_id[f"{series.id}#1"] for series in problem.series), days):
        found = why_not(Question(problem, base, session, day), LIMIT_S, lambda _text: None)
        there = [pair for pair in every if day in {cell[0] for cell in pair[0][session.series]}]
        if found.outcome in (Outcome.FORBIDDEN, Outcome.IMPOSSIBLE):
            assert not there
            continue
        fewest = min(_moves(base, dating) for dating, _ in there)
        if found.outcome is Outcome.THERE:
            assert fewest == 0
            continue
        assert found.outcome is Outcome.POSSIBLE
        assert found.schedule is not None
        assert found.moves is not None
        assert check(problem, found.schedule) == ()
        assert any(held.day == day for held in found.schedule.sessions if held.series == session.series)
        assert (found.moves.value, found.moves.bound) == (fewest, fewest)
        assert dict(found.after) == costs(problem, found.schedule)
        if found.proven == set(found.after):
            moved = {name for name, cells in _dating(found.schedule).items() if cells != _dating(base)[name]}
            near = [
                tuple(costs(problem, schedule).values())
                for dating, schedule in there
                if _moves(base, dating) == fewest
                and all(
                    set(cells) == _dating(base)[name] for name, cells in dating.items() if name not in moved
                )
            ]
            assert tuple(found.after.values()) == min(near)


@settings(max_examples=15)
@given(plans())
def test_the_days_that_why_counts_are_those_that_hold_with_all_others_in_place(plan: dict[str, Any]) -> None:
    problem = _prepared(plan)
    assume(_size(problem, plan) <= MOST)
    base = solve(problem, Options(LIMIT_S)).schedule
    assume(base is not None)
    assert base is not None
    session = base.sessions[0]
    found = why(problem, base, session, lambda _done, _all: None)
    assert found.complete
    assert found.days == found.open_days + sum(one.days for one in found.taken) == len(problem.year.days)
    series = next(one for one in problem.series if one.id == session.series)
    before = _dating(base)[series.id]
    for one in found.here:
        assert one.schedule is not None
        assert check(problem, one.schedule) == ()
        assert one.costs == costs(problem, one.schedule)
    places = {(one.day, one.start) for one in found.here}
    others = {name: tuple(cells) for name, cells in _dating(base).items()}
    for day in [day for day in problem.year.days if problem.calendar.hours(day)]:
        for start in series.starts:
            if (day, start) in before:
                continue
            moved = before - {(session.day, session.start)} | {(day, start)}
            if holding(problem, {**others, series.id: tuple(sorted(moved))}) is None:
                assert (day, start) not in places


PLAN = """\
centre:
  rooms: [{id: one, name: 一室}]
  staff: [{id: doctor, name: 医師, count: 1, weekly: {月-水: 9:00-17:00}}]
  sessions:
    - {id: hour, minutes: 60, starts: ["10:00"], rooms: one}
    - {id: visit, minutes: 60, starts: ["10:00", "13:00"], rooms: one, staff: {doctor: 1}}
programmes:
  - {id: sodan, name: 専門相談, frequency: 年2回, session: visit, rules: [{rule: min_gap, days: 2}]}
  - {id: koza, name: 講座, frequency: 年1回×2グループ, session: hour, rules: [{rule: on_dates, days: [4/2]}]}
"""
KOZA_FREE = PLAN.replace(", rules: [{rule: on_dates, days: [4/2]}]", "").replace("×2グループ", "")


@pytest.fixture
def case(tmp_path: Path) -> tuple[Problem, Schedule, Path, Path]:
    """Two consultations on 4/1 and 4/8 and a lecture on 4/2 at ten, in files."""
    problem = tiny(tmp_path, KOZA_FREE).problem
    cells = {
        "sodan": ((date(2024, 4, 1), 600), (date(2024, 4, 8), 600)),
        "koza": ((date(2024, 4, 2), 600),),
    }
    base = holding(problem, cells)
    assert base is not None
    path = tmp_path / "schedule.csv"
    path.write_bytes(schedule_csv(base, problem))
    return problem, base, tmp_path / "plan.yaml", path


@pytest.mark.parametrize(
    "text",
    [
        "専門相談#2",
        "専門相談 第2回",
        "「専門相談第２回」",
        "sodan#2",
        "専門相談@2024-04-08",
        "専門相談 4月8日",
        "sodan@R6.4.8",
    ],
)
def test_a_session_is_named_by_programme_and_number_or_date(
    case: tuple[Problem, Schedule, Path, Path], text: str
) -> None:
    problem, base, _, _ = case
    assert find_session(text, problem, base).id == "sodan#2"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("専門相談#3", "専門相談 第1回 2024-04-01"),
        ("専門相談", "いくつもあります"),
        ("専門相段#1", "専門相談"),
        ("まつり#1", "あるもの"),
        ("専門相談@4/31", "4/31 という日はありません"),
        ("専門相談@2026-04-01", "年度"),
        ("", "計画にありません"),
        ("#", "計画にありません"),
    ],
)
def test_what_names_no_session_is_told_with_what_there_is(
    case: tuple[Problem, Schedule, Path, Path], text: str, words: str
) -> None:
    problem, base, _, _ = case
    with pytest.raises(PlanError) as error:
        find_session(text, problem, base)
    assert words in error.value.findings[0].line("ja")


def test_days_and_months_are_read_in_every_usual_form(case: tuple[Problem, Schedule, Path, Path]) -> None:
    year = case[0].year
    for text in ("2024-06-12", "2024/6/12", "6/12", "6月12日", "6月12日(水)", "令和6年6月12日", "R6.6.12"):
        assert find_day(text, year) == date(2024, 6, 12)
    for text in ("2025-01", "2025年1月", "令和7年1月", "1月", "1", "01"):
        assert find_month(text, year) == (date(2025, 1, 1), date(2025, 1, 31))
    with pytest.raises(PlanError):
        find_month("13月", year)


def test_each_level_of_why_not_is_told_with_its_reasons(case: tuple[Problem, Schedule, Path, Path]) -> None:
    problem, base, _, _ = case
    session = base.by_id["sodan#1"]

    def ask(day: int, start: int | None = None) -> Any:
        return why_not(
            Question(problem, base, session, date(2024, 4, day), start), LIMIT_S, lambda _text: None
        )

    friday = ask(5)  # the doctor is there from Monday to Wednesday
    assert friday.outcome is Outcome.FORBIDDEN
    assert {one.text.ja for many in friday.forbidden.values() for one in many} == {"医師がいない日"}
    assert ask(8).outcome is Outcome.THERE
    free = ask(2, 780)
    assert (free.outcome, free.moves.value) == (Outcome.POSSIBLE, 1)
    taken = ask(2, 600)  # the lecture has the only room at ten: it has to go
    assert (taken.outcome, taken.moves.value, taken.moves.bound) == (Outcome.POSSIBLE, 2, 2)
    assert "講座 第1回 2024-04-02(火) 10:00〜11:00" in taken.in_the_way[600][0].text.ja


def test_a_date_that_another_programme_must_have_is_proven_impossible(tmp_path: Path) -> None:
    problem = tiny(tmp_path, PLAN.replace("×2グループ", "")).problem
    base = solve(problem, Options(LIMIT_S)).schedule
    assert base is not None
    question = Question(problem, base, base.by_id["sodan#1"], date(2024, 4, 2), 600)
    found = why_not(question, LIMIT_S, lambda _text: None)
    assert found.outcome is Outcome.IMPOSSIBLE


def test_a_month_answers_for_each_day_and_leaves_open_what_the_limit_left_open(
    case: tuple[Problem, Schedule, Path, Path],
) -> None:
    problem, base, _, _ = case
    question = Question(problem, base, base.by_id["koza#1"], date(2024, 4, 1))
    month = (date(2024, 4, 1), date(2024, 4, 30))
    quick = list(why_not_month(question, month, 0, lambda _text: None))
    assert len(quick) == 30
    assert [one.day.day for one in quick if one.outcome is Outcome.BLOCKED] == [1, 8]
    longer = list(why_not_month(question, month, LIMIT_S, lambda _text: None))
    assert [one.outcome for one in longer if one.day.day in (1, 8)] == [Outcome.POSSIBLE] * 2
    assert [a.outcome for a, b in zip(quick, longer, strict=True) if a.day.day not in (1, 8)] == [
        b.outcome for b in longer if b.day.day not in (1, 8)
    ]


def test_the_commands_answer_in_both_languages_and_as_json(
    case: tuple[Problem, Schedule, Path, Path],
) -> None:
    _, _, plan, schedule = case
    ask = ("why-not", plan, schedule, "--session", "専門相談#1")
    possible = ksolve(*ask, "--date", "令和6年4月2日", "--start", "10:00")
    assert possible.returncode == 0, possible.stderr
    assert "変わる回(移動・増減): 2 (これより少なくは済まないと証明済み)" in possible.stdout
    forbidden = ksolve(*ask, "--date", "4/5", "--lang", "en")
    assert forbidden.returncode == 3
    assert "without 医師" in forbidden.stdout
    for options in (("--date", "4/2", "--start", "10:00"), ("--month", "4月", "--limit", "1")):
        english = ksolve(*ask, *options, "--lang", "en").stdout
        assert "2024-04-02(Tue)" in english
        assert not re.search("[月火水木金土日]\\)", english)
    told = json.loads(ksolve(*ask, "--month", "4月", "--format", "json").stdout)
    assert [one["date"] for one in told][:2] == ["2024-04-01", "2024-04-02"]
    reason = ksolve("why", plan, schedule, "--session", "専門相談#1", "--format", "json")
    assert reason.returncode == 0, reason.stderr
    found = json.loads(reason.stdout)
    assert found["days"] == found["open_days"] + sum(one["days"] for one in found["taken"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--session", "専門相談#1"), "--month"),
        (("--session", "専門相談#9", "--date", "4/1"), "専門相談 第1回"),
        (("--session", "専門相談#1", "--date", "4/1", "--start", "25:00"), "25:00"),
    ],
)
def test_wrong_input_exits_2_and_says_what_is_wanted(
    case: tuple[Problem, Schedule, Path, Path], options: tuple[str, ...], words: str
) -> None:
    done = ksolve("why-not", case[2], case[3], *options)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_schedule_that_breaks_rules_is_told_first_and_only_what_is_forbidden_anyway_is_answered(
    case: tuple[Problem, Schedule, Path, Path],
) -> None:
    problem, base, plan, path = case
    broken = Schedule.of(
        replace(s, day=date(2024, 4, 2)) if s.series == "sodan" else s for s in base.sessions
    )
    path.write_bytes(schedule_csv(broken, problem))
    done = ksolve("why-not", plan, path, "--session", "専門相談#1", "--date", "4/5")
    assert done.returncode == 1
    assert "min_gap" in done.stderr
    assert "医師がいない日" in done.stdout
    done = ksolve("why", plan, path, "--session", "専門相談#1")
    assert (done.returncode, done.stdout) == (1, "")
