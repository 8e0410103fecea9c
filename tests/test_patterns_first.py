"""Usual places first: what they find is what there is, what they prove is proven, and they are no detour."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest

from campaign.outcome import WRONG
from campaign.yearly_trials import yearly_trial
from ksolve.api import prepare
from ksolve.calendar import FiscalYear
from ksolve.checker import costs
from ksolve.problem import Problem, Tier
from ksolve.solver import Options, Verdict, solve
from ksolve.solver.answer import Source, Step
from ksolve.solver.model.master import Master
from tiny import Cell, bare, holdings, tiers_of, tiny, write_plan

TUESDAYS = """
centre:
  calendar: {open: {火: "9:00-17:00"}, closed: ["11/12"]}
  rooms: [{id: one, name: 一室, closed: [{days: 6/11}]}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: one}]
wishes: {usual_place: 1}
programmes: [{id: talk, name: 相談, frequency: 月1回, session: hour}]
"""
"""One start on Tuesdays only: the second of November is closed, the room of the second of June."""

TWICE_A_WEEK = """
centre:
  calendar: {open: {火: "12:00-17:00", 木: "9:00-17:00"}}
  rooms: [{id: one, name: 一室}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00", "14:00"], rooms: one}]
rules:
  - {rule: weekly_rhythm, slots: 2, tier: pattern, programmes: play}
  - {rule: steady_pattern, weekdays: no, tier: pattern, programmes: play}
programmes: [{id: play, name: ひろば, frequency: 年90回, session: hour}]
"""

_DAYS = FiscalYear(2024).days


@pytest.mark.parametrize("seed", range(4))
def test_patterns_first_agrees_with_the_search_without_them(seed: int, tmp_path: Path) -> None:
    outcomes = list(yearly_trial(seed, tmp_path))
    assert [outcome for _, outcome in outcomes if outcome.came == WRONG] == []


def test_the_compact_model_says_which_places_there_are_and_in_which_months_there_is_none(
    tmp_path: Path,
) -> None:
    master = Master(tiny(tmp_path, TUESDAYS).problem)
    master.build()
    (family,) = master.families
    columns = {column.pattern.weeks: column for column in master.columns.values()}
    # no room on 11 June: the second Tuesday lacks a place there; that of November is made up for
    # on the 19th, which is one week on
    assert [columns[week,].lacking for week in (1, 2, 3)] == [0, 1, 0]
    second = {(day.month, day.day) for day in columns[2,].dates}
    assert (11, 19) in second
    assert not any(month == 6 for month, _ in second)
    assert family.names == {"talk"}


def test_a_goal_that_is_reached_is_proven_without_any_other_step(tmp_path: Path) -> None:
    problem = tiny(tmp_path, TUESDAYS).problem
    answer = solve(problem, Options(limit_s=30, steps=(Step.PATTERNS,)), lambda _: None)
    assert answer.verdict is Verdict.OPTIMAL
    assert sum(tier.value for tier in answer.tiers) == 0


def test_the_slots_of_a_week_are_chosen_at_one_start_where_one_is_wished(tmp_path: Path) -> None:
    """Mornings would be chosen, but on Tuesdays the centre opens at noon: so both are afternoons."""
    problem = tiny(tmp_path, TWICE_A_WEEK).problem
    answer = solve(problem, Options(limit_s=30, steps=(Step.PATTERNS,)), lambda _: None)
    assert answer.verdict is Verdict.OPTIMAL
    assert sum(tier.value for tier in answer.tiers) == 0
    assert answer.schedule is not None
    assert {session.start for session in answer.schedule.sessions} == {14 * 60}


def test_what_starts_from_a_schedule_keeps_its_places_where_these_are_as_good(tmp_path: Path) -> None:
    """By itself a family rather has the middle of the month; no fourth Tuesday is closed or avoided."""
    problem = tiny(tmp_path, TUESDAYS).problem
    (series,) = problem.series
    fourths = [day for day in _DAYS if day.weekday() == 1 and 22 <= day.day <= 28]
    known = bare(problem, {series.id: [(day, 600) for day in fourths]})
    alone, kept = (solve(problem, Options(limit_s=30), lambda _: None, start) for start in (None, known))
    assert alone.verdict is kept.verdict is Verdict.OPTIMAL
    assert alone.schedule is not None
    assert {session.day for session in alone.schedule.sessions}.isdisjoint(fourths)
    assert kept.schedule is not None
    assert [session.day for session in kept.schedule.sessions] == fourths


def test_a_goal_out_of_reach_proves_nothing_and_hides_no_schedule(tmp_path: Path) -> None:
    """Two programmes, one room and one start: not both have the only weekday's second Tuesday."""
    text = TUESDAYS.replace('"11/12"', '"4/2", "4/9", "4/23"').replace(
        "programmes: [", "programmes: [{id: play, name: ひろば, frequency: 月1回, session: hour}, "
    )
    problem = tiny(tmp_path, text).problem
    goal = solve(problem, Options(limit_s=30, steps=(Step.PATTERNS,)), lambda _: None)
    assert goal.verdict is Verdict.UNKNOWN
    whole = solve(problem, Options(limit_s=60), lambda _: None)
    # April has the 16th and the 30th for two sessions, and the 30th is quiet, the fifth Tuesday
    assert whole.verdict is Verdict.OPTIMAL
    assert sum(tier.value for tier in whole.tiers) > 0


@pytest.mark.parametrize("seed", range(6))
def test_with_the_usual_wishes_each_tier_costs_what_enumeration_finds(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)  # noqa: S311 - not for secrets
    tuesdays = ["4/9", "4/16", "5/14", "5/21", "6/11", "6/18", "7/9", "7/16", "8/6", "8/20", "9/10"]
    programmes: list[dict[str, object]] = [{"frequency": "年4回"}] * chance.choice([1, 2])
    _against_enumeration(tmp_path, chance.sample(tuesdays, chance.choice([6, 7])), programmes, "one")


@pytest.mark.parametrize(
    ("wishes", "opened", "programmes"),
    [
        (  # one weekday a week and a second one: which of 39 days are left out?
            {"weekly_rhythm", "level_weeks", "quiet_days"},
            [f"{day:%-m/%-d}" for day in _DAYS if day.weekday() in (1, 3)][2:41],
            [{"frequency": "年37回"}],
        ),
        (  # two rows of visits in the same month, crowded into its first days
            {"even_visits", "quiet_days"},
            ["6/4", "6/5", "6/6", "6/7", "6/20", "6/27", "7/30"],
            [{"frequency": "年4回", "marks": [{"months": "6月", "sessions": 4}]}] * 2,
        ),
        (  # seldom: not on the first nor the last day of a month, half a year apart
            {"mid_month", "even_pace", "quiet_days"},
            ["4/2", "5/1", "6/14", "7/31", "8/14", "11/6", "12/2", "2/28"],
            [{"frequency": "年2回"}, {"frequency": "年3回"}],
        ),
        (  # one day that is no edge of its month: all are there, and more than a day should have
            {"level_load", "mid_month"},
            ["6/5", "7/1", "7/31"],
            [{"frequency": "年1回", "session": "any"}] * 3,
        ),
    ],
    ids=["rhythm", "visits", "seldom", "days"],
)
def test_each_usual_wish_costs_what_enumeration_finds(
    wishes: set[str], opened: list[str], programmes: list[dict[str, object]], tmp_path: Path
) -> None:
    room = "one" if "level_load" in wishes else ""  # programmes that share nothing are levelled apart
    problem = _against_enumeration(tmp_path, opened, programmes, room)
    assert wishes <= {posted.rule.name for posted in problem.rules if posted.tier is not None}


def _against_enumeration(
    folder: Path, opened: list[str], programmes: list[dict[str, object]], room: str = ""
) -> Problem:
    """Solve programmes on these days alone and compare every tier with the best of all schedules."""
    problem = _few_days(folder, opened, programmes, room)
    days = [day for day in problem.year.days if problem.calendar.hours(day)]
    sizes = [int(str(one["frequency"])[1:-1]) for one in programmes]
    each = [
        list(combinations([(day, start) for day in days for start in one.starts], size))
        for one, size in zip(problem.series, sizes, strict=True)
    ]
    best: tuple[int, ...] | None = None
    for chosen in product(*each):
        dating: dict[str, tuple[Cell, ...]] = dict(
            zip((one.id for one in problem.series), chosen, strict=True)
        )
        for schedule in holdings(problem, dating):
            found = tuple(costs(problem, schedule).values())
            best = found if best is None or found < best else best
    answer = solve(problem, Options(limit_s=60), lambda _: None)
    if best is None:
        assert answer.verdict is Verdict.INFEASIBLE
        return problem
    assert answer.verdict is Verdict.OPTIMAL
    assert tiers_of(problem)
    assert tuple(tier.value for tier in answer.tiers) == best
    return problem


def _few_days(folder: Path, opened: list[str], programmes: list[dict[str, object]], room: str) -> Problem:
    """Return programmes with the usual wishes in a centre on these days, in a room if one is named."""
    needs = {"rooms": room} if room else {}
    closed = [name for day in _DAYS if (name := f"{day:%-m/%-d}") not in opened]
    given = {
        "wishes": "usual",
        "centre": {
            "calendar": {"open": {"月火水木金": "9:00-17:00"}, "closed": closed},
            "rooms": [{"id": "one", "name": "一室"}],
            "sessions": [
                {"id": "hour", "minutes": "60", "starts": ["10:00"], **needs},
                {"id": "any", "minutes": "60", "starts": ["10:00", "13:00", "15:00"], **needs},
            ],
        },
        "programmes": [
            {"id": f"p{n}", "name": f"事業{n}", "session": "hour", **one} for n, one in enumerate(programmes)
        ],
    }
    return prepare(write_plan(folder, given)).problem


def test_wishes_are_freed_in_vain_without_a_schedule_and_without_a_fault(tmp_path: Path) -> None:
    """Six sessions a month on Tuesdays, and no step that finds out that they cannot be."""
    problem = tiny(tmp_path, TUESDAYS.replace("月1回", "月6回")).problem
    answer = solve(problem, Options(limit_s=30, steps=(Step.REARRANGING,)), lambda _: None)
    assert answer.verdict is Verdict.UNKNOWN
    assert solve(problem, Options(limit_s=30), lambda _: None).verdict is Verdict.INFEASIBLE


def test_the_least_of_a_wish_is_reached_and_said_to_prove_the_cost(tmp_path: Path) -> None:
    """The room is away on the first Tuesday of September, the second and fourth of July, the third of June.

    So each week of the month lacks one of its twelve places: whichever is kept, one session is in
    another week, at the same weekday and start, which costs one.
    """
    text = TUESDAYS.replace("{days: 6/11}", "{days: 9/3}, {days: 7/9}, {days: 6/18}, {days: 7/23}")
    steps = (Step.PATTERNS, Step.REARRANGING)
    answer = solve(tiny(tmp_path, text).problem, Options(limit_s=60, steps=steps), lambda _: None)
    assert answer.verdict is Verdict.OPTIMAL
    costing = [(tier.tier, tier.value, tier.bound, tier.source) for tier in answer.tiers if tier.value]
    assert costing == [(Tier.PATTERN, 1, 1, Source.WISHES)]
