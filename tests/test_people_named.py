"""Who is named once the dates are settled: at the least cost for these dates, and proven so or not."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ksolve.api import prepare
from ksolve.checker import costs
from ksolve.problem import Posted, Problem, Tier
from ksolve.problem.schedule import Schedule
from ksolve.rules.keep_units import KeepUnits
from ksolve.solver import Answer, Options, TierValue
from ksolve.solver.search.naming import Named
from ksolve.verified import named_at_least, names, solve

SHARED = {"rule": "share_work", "of": "s", "percent": 100}
SAME = {"rule": "same_staff"}


@pytest.fixture
def problem_of(tmp_path: Path) -> Any:
    """Make the problem of four April sessions for one of two members, under some rules."""

    def problem(*rules: dict[str, Any], **changes: Any) -> Problem:
        plan = {
            "schema": 1,
            "id": "x",
            "title": "t",
            "year": "令和6年度",
            "wishes": "none",
            "resources": {
                "schema": 1,
                "calendar": {"open": {"火": "9:00-17:00"}},
                "staff": [{"id": "s", "name": "職員", "members": [{"name": "甲"}, {"name": "乙"}]}],
                "sessions": [{"id": "hour", "minutes": 60, "starts": ["10:00"], "staff": {"s": 1}}],
            },
            "programmes": [
                {
                    "id": "a",
                    "name": "教室",
                    "frequency": "年4回",
                    "session": "hour",
                    "months": "4月",
                    **changes,
                }
            ],
            "rules": list(rules),
        }
        path = tmp_path / "plan.yaml"
        path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        return prepare(path).problem

    return problem


def _names(answer: Answer) -> Counter[str]:
    assert answer.schedule is not None
    return Counter(name for session in answer.schedule.sessions for name in session.staff)


def test_names_cost_the_least_that_they_can(problem_of: Any) -> None:
    # one for all four: two beyond a share of two, by the end of each of 12 months: 24. Two each: the two that
    # the usual one does not take, 2
    problem = problem_of(SHARED, SAME)
    answer = solve(problem)
    assert _names(answer) == {"甲": 2, "乙": 2}
    assert answer.names == TierValue(Tier.PEOPLE, 2, 2)
    assert answer.schedule is not None
    assert costs(problem, answer.schedule)[Tier.PEOPLE] == 2
    assert [text.en for text in answer.names_texts] == ["people: 2 (proven least for these dates)"]
    assert Tier.PEOPLE not in {tier.tier for tier in answer.tiers}


def test_who_usually_takes_a_series_stays(problem_of: Any) -> None:
    habit = {"rule": "habit", "days": "火 10:00", "staff": ["乙"], "programmes": "a"}
    answer = solve(problem_of(SHARED, SAME, habit))
    assert _names(answer) == {"乙": 4}
    assert answer.names == TierValue(Tier.PEOPLE, 24, 24)  # proven with those who usually take it


def test_a_wish_of_a_tier_before_is_not_given_up_for_names(problem_of: Any) -> None:
    led = {"rule": "led_by", "member": "乙", "tier": "level"}
    assert _names(solve(problem_of(SHARED, SAME, led))) == {"乙": 4}


def test_nobody_takes_more_than_a_rule_allows(problem_of: Any) -> None:
    limit = {"rule": "most_use", "of": "甲", "sessions": 1, "per": "month"}
    answer = solve(problem_of(SHARED, SAME, limit))
    # 甲 may take one: the share of two is exceeded by one for 12 months, and one is not the usual one
    assert _names(answer) == {"甲": 1, "乙": 3}
    assert answer.names == TierValue(Tier.PEOPLE, 13, 13)


def test_without_time_the_names_stay_and_nothing_is_proven_of_them(problem_of: Any) -> None:
    problem = problem_of(SAME)
    answer = solve(problem)
    assert answer.names == TierValue(Tier.PEOPLE, 0, 0)
    shared = problem_of(SHARED, SAME)
    assert answer.schedule
    named, value = named_at_least(shared, answer.schedule, Options(), 0.0)
    assert named is answer.schedule
    assert value == TierValue(Tier.PEOPLE, 24, 0)
    assert not value.proven


def test_nothing_is_said_of_names_where_nobody_wishes_anything(problem_of: Any) -> None:
    answer = solve(problem_of())
    assert answer.names is None
    assert answer.names_texts == ()


def test_what_keeps_a_schedule_exchanges_only_like_members_and_says_nothing(problem_of: Any) -> None:
    problem = problem_of(SHARED, SAME)
    first = solve(problem).schedule
    assert first is not None
    kept = KeepUnits(of="staff", kept=tuple((one.day, one.start, ("甲",)) for one in first.sessions))
    stays = Posted(kept, problem.series, "教室", Tier.STAFF)
    answer = solve(replace(problem, rules=(*problem.rules, stays)))
    assert _names(answer) == {"甲": 2, "乙": 2}  # nobody tells one from the other
    assert answer.names is None


def test_names_of_a_search_that_is_cut_short_are_taken_only_where_they_cost_less(
    problem_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """甲 takes all four sessions, 乙 the second for once: one more than before is no gain, none is one."""
    problem = problem_of(SAME)
    schedule = solve(problem).schedule
    assert schedule
    ids = [one.id for one in schedule.sessions]

    def costly(*others: int) -> tuple[Schedule, int]:
        staff = {name: ("乙",) if n in others else ("甲",) for n, name in enumerate(ids)}
        named = tuple(replace(one, staff=staff[one.id]) for one in schedule.sessions)
        there = replace(schedule, sessions=named)
        return there, costs(problem, there)[Tier.PEOPLE]

    known, one_other = costly(1)
    for others, taken in (((1, 2), False), ((), True)):
        worse, _ = costly(*others)
        found = Named({one.id: set(one.staff) for one in worse.sessions}, 0, 0.1)
        monkeypatch.setattr(names, "least_names", lambda *_, _found=found, **__: _found)
        there, value = names.least_named(problem, known, 10.0)
        assert value == TierValue(Tier.PEOPLE, 0 if taken else one_other, 0)
        assert (there is known) is not taken
