"""What several plans have in common: units told apart alike, and limits that count the sessions of all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

import folders
from ksolve.api import prepare
from ksolve.checker import check
from ksolve.checker.across import Told, beyond_limits
from ksolve.problem import Problem
from ksolve.problem.common import Common, told_apart_alike
from ksolve.problem.schedule import Schedule
from ksolve.schedules import read_schedule
from ksolve.solver import Answer, Options, Verdict, any_schedule
from ksolve.solver.search.beside import Rounds, fitted
from ksolve.solver.search.run import now
from ksolve.verified import solve_apart
from ksolve.verified.apart import named_apart
from test_beside import here

ONE, TWO = "{id: hall, name: ホール}", "{id: hall, name: ホール, count: 2}"
MONTHLY = {"rule": "most_use", "of": "hall", "sessions": 3, "per": "month"}


def problem(folder: Path, name: str, count: int, *rules: object, hall: str = ONE, starts: int = 2) -> Problem:
    """A plan with a class on Mondays at ten (or eleven) in a hall that is shared."""
    path = folders.plan(folder, name, count)
    text = path.read_text(encoding="utf-8").replace(ONE, hall)
    text = text if starts == 2 else text.replace(', "11:00"', "")
    path.write_text(text + "rules: " + json.dumps(rules, ensure_ascii=False), encoding="utf-8")
    return prepare(path).problem


def on(days: str) -> dict[str, object]:
    return {"rule": "in_dates", "days": [days]}


def rather_not(day: str) -> dict[str, object]:
    return {"rule": "off_dates", "days": [day], "tier": "quiet"}


def found_here(problems: Sequence[Problem]) -> tuple[Answer, ...]:
    """Return the answers of two plans that share the hall, searched in this process."""
    common = Common(("0", "1"), told_apart_alike(problems, {"hall"}), frozenset({"hall"}))
    alone = here([common.limited(number) for number in range(2)], 20)
    return fitted(common, alone, Rounds(here, 2, now() + 60))


def test_whom_one_plan_names_is_alone_in_all(tmp_path: Path) -> None:
    """East's rule is about ホール1, so its hall is two resources; west's would be one with two units."""
    named = {"rule": "most_hours", "of": "ホール1", "hours": 9, "per": "year"}
    east, west = problem(tmp_path, "east", 2, named, hall=TWO), problem(tmp_path, "west", 2, hall=TWO)
    assert [[one.units for one in each.resources] for each in (east, west)] == [
        [("ホール1",), ("ホール2",)],
        [("ホール1", "ホール2")],
    ]
    alike = told_apart_alike((east, west), {"hall"})
    for each in alike:
        told = [(one.id, one.units) for one in each.resources]
        assert told == [("hall/ホール1", ("ホール1",)), ("hall/ホール2", ("ホール2",))]


def test_a_limit_counts_all_plans_and_names_them(tmp_path: Path) -> None:
    """Two sessions each in April are four, and three are allowed; in May there are two."""
    plans = tmp_path / "plans"
    told = []
    for name, rules in (("east", ()), ("west", (MONTHLY,))):
        own = problem(plans, name, 3, *rules)
        minute = "10:00" if name == "east" else "11:00"
        days = ("2024-04-01", "2024-04-08", "2024-05-13")
        file = folders.schedule(tmp_path / "out", name, *(f"{day} {minute}" for day in days))
        told.append(Told(name, own, read_schedule(file, own), file))
    (found,) = beyond_limits(told, {"hall"})
    assert found.rule == "most_use"
    assert found.text.en.startswith("hall: 4 sessions from 2024-04-01 on")
    assert "east 2、west 2" in found.text.en
    assert str(found.place) == f"{told[1].file}:2"
    assert str(found.related[0]) == f"{told[0].file}:2"


def test_limits_for_programmes_that_are_named_and_wishes_count_in_their_plan(tmp_path: Path) -> None:
    own = {**MONTHLY, "programmes": ["of-east"]}
    wish = {**MONTHLY, "tier": "people"}
    east, west = problem(tmp_path, "east", 2, own), problem(tmp_path, "west", 2, wish)
    assert not Common(("east", "west"), (east, west), frozenset({"hall"})).limits


def test_plans_are_dated_within_a_limit_that_one_of_them_states(tmp_path: Path) -> None:
    """Nine each are 18, and at most two a month are 24 in all: only west says so."""
    few = {**MONTHLY, "sessions": 2}
    problems = [problem(tmp_path, "east", 9), problem(tmp_path, "west", 9, few)]
    answers = solve_apart(problems, Options(limit_s=30), {"hall"})
    months = [(one.day.year, one.day.month) for a in answers if a.schedule for one in a.schedule.sessions]
    assert len(months) == 18
    assert max(months.count(month) for month in months) == 2


def test_two_that_would_have_to_swap_are_taken_together(tmp_path: Path) -> None:
    """Both would rather be there on the two middle days; east may come a week before, west a week after."""
    problems = (
        problem(tmp_path, "east", 2, on("4/1〜4/15"), rather_not("4/1"), starts=1),
        problem(tmp_path, "west", 2, on("4/8〜4/22"), rather_not("4/22"), starts=1),
    )
    answers = found_here(problems)
    days = [sorted(one.day.day for one in a.schedule.sessions) for a in answers if a.schedule]
    assert len(days) == 2
    assert sorted(days[0] + days[1]) == [1, 8, 15, 22]


def test_plans_that_cannot_be_held_together_are_proven_so(tmp_path: Path) -> None:
    problems = [problem(tmp_path, name, 2, on("4/1〜4/15"), starts=1) for name in ("east", "west")]
    answers = found_here(problems)
    assert {a.verdict for a in answers} == {Verdict.OPTIMAL, Verdict.INFEASIBLE}
    assert [a.together for a in answers if a.schedule is None] == [True]


def test_a_plan_that_a_limit_of_another_refuses_is_not_called_impossible_by_itself(tmp_path: Path) -> None:
    """Nine sessions are not in three months with two each; west says so, and east alone could."""
    few = {**MONTHLY, "sessions": 2}
    problems = [problem(tmp_path, "east", 9, on("4/1〜6/30")), problem(tmp_path, "west", 2, few)]
    answers = solve_apart(problems, Options(limit_s=30), {"hall"})
    assert [(a.verdict, a.together) for a in answers] == [
        (Verdict.INFEASIBLE, True),
        (Verdict.OPTIMAL, False),
    ]


LIMITS = (
    {"rule": "most_use", "of": "hall", "sessions": 1, "per": "week"},
    {"rule": "most_use", "of": "hall", "sessions": 2, "per": "day"},
    {"rule": "most_hours", "of": "ホール", "hours": 3, "per": "month"},
    {"rule": "most_days_in_row", "of": "ホール", "days": 2},
    {"rule": "min_rest", "of": "ホール", "hours": 24},
    {"rule": "turnaround", "of": "ホール", "minutes": 30},
)
DAYS = "closed: 4/12〜3/31"
"""Open on Mondays to Wednesdays until 11 April: 1, 2, 3, 8, 9 and 10 April, at ten and at eleven."""


def of_few_days(folder: Path, counts: dict[str, int], limits: Sequence[object]) -> Problem:
    """A plan whose classes are in the hall on six days."""
    folder.mkdir(exist_ok=True)
    path = folders.plan(folder, next(iter(counts)))
    text = path.read_text(encoding="utf-8").split("programmes:")[0].replace("{月:", "{月-水:")
    text = text.replace('"9:00-17:00"}', f'"9:00-17:00"}}, {DAYS}').replace("  shares: hall\n", "")
    rows = (f"  - {{id: of-{n}, name: {n}, frequency: 年{c}回, session: hour}}\n" for n, c in counts.items())
    path.write_text(f"{text}programmes:\n{''.join(rows)}rules: {json.dumps(limits)}", encoding="utf-8")
    return prepare(path).problem


@settings(max_examples=20)
@given(
    st.integers(1, 6),
    st.integers(1, 6),
    st.lists(st.sampled_from(LIMITS), max_size=2),
    st.sampled_from(["east", "west"]),
)
def test_limits_over_plans_are_those_of_one_plan_that_has_all(
    east: int, west: int, limits: list[object], stating: str
) -> None:
    """Whichever plan states the limits, both find dates only where one plan with both classes has them."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        apart = tuple(
            of_few_days(folder / plan, {plan: count}, limits if plan == stating else [])
            for plan, count in (("east", east), ("west", west))
        )
        whole = of_few_days(folder / "all", {"east": east, "west": west}, limits)
    answers = found_here(apart)
    can_be = any_schedule(whole, 20)[0] is Verdict.FEASIBLE
    if any(answer.verdict is Verdict.INFEASIBLE for answer in answers):
        assert not can_be
    found = {n: answer.schedule for n, answer in enumerate(answers) if answer.schedule is not None}
    if len(found) == 2:
        named = named_apart(apart, found, {"hall"})
        assert not check(whole, Schedule.of(s for one in named.values() for s in one.sessions))
