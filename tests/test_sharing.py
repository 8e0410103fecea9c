"""Parts that share a few resources: what links them, what a hub proves, and what searching in turn finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ksolve.api import prepare
from ksolve.checker import check, costs
from ksolve.problem import Posted, Problem, Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.on_dates import OnDates
from ksolve.solver import Options, Tuning, Verdict, solve
from ksolve.solver.answer import Answer, Progress, TierValue
from ksolve.solver.model.uses import Standing
from ksolve.solver.search import children, inline, part_by_part, solving
from ksolve.solver.search.deciding import Deciding
from ksolve.solver.search.engine import PartsSoFar, searching_with
from ksolve.solver.search.inline import Inline
from ksolve.solver.search.interrupting import Stop
from ksolve.solver.search.joining import Found, Joined
from ksolve.solver.search.lending import counted, decided
from ksolve.solver.search.messages import Task
from ksolve.solver.search.part_by_part import solve_in_turn
from ksolve.solver.search.run import Ended, Status
from ksolve.solver.search.sharing import Sharing, sharing
from ksolve.solver.search.taking import beside
from ksolve.solver.search.whole import solve_whole
from ksolve.verified import solve as solve_verified
from test_oracle import plans
from tiny import tiers_of, tiny, write_plan

CENTRES = """
centre:
  calendar: {open: {月-金: "9:00-17:00"}, closed: [{days: 4/13〜3/31, why: 閉館}]}
  rooms: [{id: east, name: 東}, {id: west, name: 西}]
  staff: [{id: doctor, name: 医師, shifts: [{count: "1", weekly: {WHEN: "9:00-17:00"}}]}]
  sessions:
    - {id: in-east, minutes: "60", starts: ["10:00"], rooms: [east], staff: {doctor: "1"}}
    - {id: in-west, minutes: "60", starts: ["10:00"], rooms: [west], staff: {doctor: "1"}}
    - {id: talk, minutes: "60", starts: ["10:00", "11:00"], rooms: [east]}
    - {id: walk, minutes: "60", starts: ["10:00", "11:00"], rooms: [west]}
programmes:
  - {id: a, name: 事業A, frequency: 年2回, session: in-east}
  - {id: b, name: 事業B, frequency: 年COUNT回, session: in-west}
  - {id: c, name: 事業C, frequency: 年3回, session: talk, rules: [HABIT]}
  - {id: d, name: 事業D, frequency: 年3回, session: walk}
""".replace("HABIT", "{rule: habit, days: 金 10:00}")


def centres(folder: Path, when: str = "月-金", count: int = 3, rules: str = "") -> Problem:
    """Return two centres that share a doctor."""
    return tiny(folder, CENTRES.replace("WHEN", when).replace("COUNT", str(count)) + rules).problem


def split(problem: Problem) -> Sharing:
    found = sharing(problem, large=0, small=1)
    assert found is not None
    return found


def test_a_doctor_of_two_centres_is_what_they_share(tmp_path: Path) -> None:
    found = split(centres(tmp_path))
    assert found.shared == {"doctor"}
    assert [[one.id for one in part.series] for part in found.parts] == [["a", "c"], ["b", "d"]]
    assert [[one.id for one in core.problem.series] for core in found.cores] == [["a", "b"]]
    assert all("doctor" in {resource.id for resource in part.resources} for part in found.parts)


def test_small_problems_and_parts_of_one_rule_are_searched_whole(tmp_path: Path) -> None:
    assert sharing(centres(tmp_path)) is None
    linked = centres(tmp_path, rules="rules: [{rule: level_load, sessions: 1}]")
    assert sharing(linked, large=0, small=1) is None


@pytest.mark.parametrize(("guest", "host"), [("c", "a"), ("a", "c")])
def test_who_is_held_with_a_user_of_the_doctor_is_in_the_core(tmp_path: Path, guest: str, host: str) -> None:
    """Without the host a core would ask for a room where the whole needs none, and would bound nothing.

    Without the guest it would choose dates that cost the guest, and no centre could have its wishes then.
    """
    plan = yaml.safe_load(CENTRES.replace("WHEN", "月-金").replace("COUNT", "3").replace("HABIT", ""))
    programmes = {one["id"]: one for one in plan["programmes"]}
    programmes[guest]["together"] = {"with": host, "sessions": 1, "tier": "fit"}
    found = split(tiny(tmp_path, yaml.dump(plan, allow_unicode=True)).problem)
    core = {"a", "b", "c"}
    assert [({one.id for one in hub.problem.series}, hub.bounds) for hub in found.cores] == [(core, True)]


def test_sessions_that_stand_take_their_units(tmp_path: Path) -> None:
    problem = centres(tmp_path, when="月")
    days = sorted(day for day in problem.year.days if problem.calendar.hours(day) and day.weekday() == 0)
    part = split(problem).parts[0]  # two Mondays for the doctor, and two sessions of A
    free = solve_whole(part, Options(limit_s=20), lambda _: None)
    assert free.verdict is Verdict.OPTIMAL
    taken = (Standing("doctor", days[0], 10 * 60 + 30, 12 * 60),)
    assert solve_whole(part, Options(limit_s=20), lambda _: None, None, taken).verdict is Verdict.INFEASIBLE
    beside = (Standing("doctor", days[0], 11 * 60, 12 * 60),)
    assert solve_whole(part, Options(limit_s=20), lambda _: None, None, beside).verdict is Verdict.OPTIMAL


def test_what_others_take_whole_is_not_there_and_costs_nothing_else(tmp_path: Path) -> None:
    problem = centres(tmp_path, when="月")
    days = sorted(day for day in problem.year.days if problem.calendar.hours(day) and day.weekday() == 0)
    taken = (Standing("doctor", days[0], 10 * 60, 11 * 60), Standing("doctor", days[0], 12 * 60, 13 * 60))
    left, standing = beside(split(problem).parts[0], taken)
    doctor = next(one for one in left.resources if one.id == "doctor")
    assert doctor.hours(days[0]) == ((9 * 60, 10 * 60), (11 * 60, 12 * 60), (13 * 60, 17 * 60))
    assert doctor.hours(days[1]) == ((9 * 60, 17 * 60),)
    assert standing == taken


def test_dates_that_are_decided_stay_and_the_others_go_round_them(tmp_path: Path) -> None:
    """A is on 4/1 and 4/2 in the room of C, which has the other open days before the 13th."""
    part = split(centres(tmp_path)).parts[0]
    days = [date(2024, 4, day) for day in (1, 2)]
    held = [Session("a", 0, day, 600, 60) for day in days]
    found = solve_whole(decided(part, held), Options(limit_s=20), lambda _: None)
    assert found.verdict is Verdict.OPTIMAL
    assert found.schedule is not None
    assert [one.day for one in found.schedule.by_series["a"]] == days
    assert counted(part, found.schedule) == (
        TierValue(Tier.PATTERN, 1, 0),
    )  # C has two Fridays, and wants three


def test_parts_are_searched_by_processes_once_it_is_shared_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part has its schedule from a search of its own, and no search is of the whole."""
    monkeypatch.setattr(solving, "sharing", lambda problem: sharing(problem, large=0, small=1))
    monkeypatch.setattr(solving, "HEAVY", 0)
    searched, told = list[int](), list[PartsSoFar]()
    give = children.Children.give

    def noted(self: children.Children, task: Task) -> int:
        searched.append(len(task.problem.series))
        return give(self, task)

    monkeypatch.setattr(children.Children, "give", noted)
    problem = centres(tmp_path)
    with searching_with(watch=told.append):
        found = solve(problem, Options(limit_s=120), lambda _: None)
    assert found.schedule is not None
    assert not check(problem, found.schedule)
    assert costs(problem, found.schedule) == {Tier.PATTERN: 1}
    assert (told[-1].dated, len(told[-1].found)) == (2, 2)
    assert max(searched) < len(problem.series)


def test_centres_in_turn_reach_what_the_whole_does(tmp_path: Path) -> None:
    problem = centres(tmp_path)
    seen: list[int] = []
    found = solve_in_turn(
        problem, split(problem), Options(limit_s=30), lambda p: seen.append(len(p.schedule.sessions)), Stop()
    )
    assert found.schedule is not None
    assert not check(problem, found.schedule)
    assert seen
    assert set(seen) == {11}
    assert costs(problem, found.schedule) == {Tier.PATTERN: 1}  # C wants three Fridays and has two


def test_more_sessions_than_a_shared_doctor_has_days_is_infeasible(tmp_path: Path) -> None:
    problem = centres(tmp_path, when="月-水", count=5)  # 7 sessions on 6 days
    found = solve_in_turn(problem, split(problem), Options(limit_s=30), lambda _: None, Stop())
    assert (found.verdict, found.schedule) == (Verdict.INFEASIBLE, None)


def test_the_checker_counts_what_the_search_had_no_time_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ksolve.solver.search.one_process.sharing", lambda problem: sharing(problem, large=0, small=1)
    )
    monkeypatch.setattr("ksolve.solver.search.part_by_part._LEAST_S", 1e9)
    problem = centres(tmp_path)
    assert solve(problem, Options(limit_s=20), lambda _: None).tiers == ()
    (tier,) = solve_verified(problem, Options(limit_s=20)).tiers
    assert (tier.tier, tier.bound) == (Tier.PATTERN, 0)
    assert tier.value >= 1


def test_what_is_shown_before_its_costs_are_counted_is_said_not_to_be(tmp_path: Path) -> None:
    """A process that is ended there leaves this: without the word its costs were taken for proven zeros."""
    problem = centres(tmp_path)
    stop, seen = Stop(), list[Progress]()

    def first(progress: Progress) -> None:
        seen.append(progress)
        stop.asked = True

    search = part_by_part._InTurn(problem, split(problem), Options(), first, stop, Inline())  # noqa: SLF001
    assert search.any_schedule() is None
    found = search.answer()
    assert [(progress.tiers, progress.counted) for progress in seen] == [((), False)]
    assert not found.counted
    joined = Joined(1, [Tier.PATTERN])
    assert joined.take(0, seen[0])
    assert joined.answer(1.0, interrupted=True).verdict is Verdict.FEASIBLE


def test_an_interrupt_keeps_the_schedule_of_any_cost(tmp_path: Path) -> None:
    problem = centres(tmp_path)
    stop = Stop()

    def interrupt(_: object) -> None:
        stop.asked = True

    found = solve_in_turn(problem, split(problem), Options(limit_s=30), interrupt, stop)
    assert found.interrupted
    assert found.verdict is Verdict.FEASIBLE
    assert found.schedule is not None
    assert not check(problem, found.schedule)


def test_all_the_time_is_for_a_schedule_where_there_is_none_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[float] = []

    def in_vain(_cp: object, _tuning: object, limit_s: float, *_: object) -> Ended:
        limits.append(limit_s)
        return Ended(Status.UNKNOWN, None, 0.0)

    monkeypatch.setattr("ksolve.solver.search.ledger.run", in_vain)
    problem = centres(tmp_path)
    found = solve_in_turn(problem, split(problem), Options(limit_s=100), lambda _: None, Stop())
    assert found.verdict is Verdict.UNKNOWN
    assert sum(limits) > 95


def test_where_nothing_can_cost_the_first_schedule_is_the_best(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[Problem] = []

    def noted(problem: Problem, *rest: Any) -> Answer:
        searched.append(problem)
        return solve_whole(problem, *rest)

    monkeypatch.setattr(inline, "solve_whole", noted)
    problem = centres(tmp_path).hard
    found = solve_in_turn(problem, split(problem), Options(limit_s=30), lambda _: None, Stop())
    assert found.verdict is Verdict.OPTIMAL
    assert len(searched) == 3  # who has the doctor when, and each centre with what it has


def test_a_demand_of_which_a_core_has_a_part_is_not_asked_of_that_part(tmp_path: Path) -> None:
    problem = centres(tmp_path)
    a, c = (one for one in problem.series if one.id in ("a", "c"))
    day = next(day for day in problem.year.days if problem.calendar.hours(day))
    either = Posted(OnDates.model_validate({"days": [f"{day:%m/%d}"]}), (a, c), "A・C")
    found = split(replace(problem, rules=(*problem.rules, either)))
    assert {one.id for one in found.cores[0].problem.series} == {"a", "b"}
    assert not any(isinstance(posted.rule, OnDates) for posted in found.cores[0].problem.rules)


def test_what_a_core_proves_holds_under_what_it_reached(tmp_path: Path) -> None:
    problem = centres(tmp_path)
    search = part_by_part._InTurn(problem, split(problem), Options(), lambda _: None, Stop(), Inline())  # noqa: SLF001
    search.tiers = [Tier.FIT, Tier.PATTERN]
    search.bound = (TierValue(Tier.FIT, 1, 1), TierValue(Tier.PATTERN, 5, 5))
    for fit, bounds in ((1, [1, 5]), (2, [1, 0])):
        tiers = (TierValue(Tier.FIT, fit, 0), TierValue(Tier.PATTERN, 5, 0))
        search.best = [Found(Schedule.of(()), tiers), Found(Schedule.of(()), ())]
        assert [tier.bound for tier in search.values()] == bounds
        assert search.proven == (fit == 1)


def test_better_dates_of_cores_keep_the_bounds_that_were_proven_and_worse_ones_are_left() -> None:
    """The search near dates that are known proves nothing: what it says of bounds is not taken."""

    def told(pattern: int, spread: int, bound: int) -> Answer:
        tiers = (TierValue(Tier.PATTERN, pattern, bound), TierValue(Tier.SPREAD, spread, bound))
        return Answer(Verdict.FEASIBLE, Schedule.of(()), tiers, 1.0, interrupted=False)

    core = Problem.__new__(Problem)
    object.__setattr__(core, "series", ())
    for near, values, bounds in (
        (told(3, 9, 0), (3, 9), (2, 2)),
        (told(2, 9, 0), (2, 9), (2, 2)),
        (told(4, 1, 0), (4, 1), (2, 1)),
        (told(5, 0, 0), (4, 2), (2, 2)),
    ):
        answers = iter([(told(4, 2, 2),), (near,)])
        deciding = Deciding(lambda *_, _next=answers, **__: next(_next), lambda: 100.0, lambda: False)
        (found,) = deciding.answers([core])
        assert tuple(tier.value for tier in found.tiers) == values
        assert tuple(tier.bound for tier in found.tiers) == bounds


def test_what_is_proven_later_of_a_core_holds_under_what_it_costs() -> None:
    """A bound of a tier is of schedules that cost no more before it than the search of its proof reached."""

    def told(values: tuple[int, int], bounds: tuple[int, int]) -> Answer:
        tiers = zip((Tier.FIT, Tier.LEVEL), values, bounds, strict=True)
        return Answer(Verdict.FEASIBLE, Schedule.of(()), tuple(TierValue(*one) for one in tiers), 1.0, False)  # noqa: FBT003

    core = Problem.__new__(Problem)
    object.__setattr__(core, "rules", ())
    known = told((4, 2), (1, 0))
    for later, bounds in (
        (told((4, 2), (4, 2)), (4, 2)),
        (told((5, 1), (3, 1)), (3, 1)),
        (told((3, 2), (3, 2)), (3, 0)),
        (told((4, 2), (0, 0)), (1, 0)),
    ):
        deciding = Deciding(lambda *_, _told=later, **__: (_told,), lambda: 100.0, lambda: False)
        (found,) = deciding.proven([core], [known])
        assert [tier.value for tier in found.tiers] == [4, 2]
        assert tuple(tier.bound for tier in found.tiers) == bounds


def test_a_repeatable_search_may_start_from_a_schedule(tmp_path: Path) -> None:
    problem = centres(tmp_path)
    options = Options(limit_s=20, tuning=Tuning(reproducible=True))
    first = solve_whole(problem, options, lambda _: None)
    again = solve_whole(problem, options, lambda _: None, first.schedule)  # CP-SAT once aborted here
    assert (again.verdict, again.tiers) == (first.verdict, first.tiers)


@pytest.mark.parametrize("reproducible", [False, True])
def test_every_part_has_its_time(tmp_path: Path, reproducible: bool) -> None:  # noqa: FBT001
    problem = centres(tmp_path)
    options = Options(limit_s=10, tuning=Tuning(reproducible=reproducible))
    found = solve_in_turn(problem, split(problem), options, lambda _: None, Stop())
    assert [tier.value for tier in found.tiers] == [1]  # counted: both parts were searched


@settings(max_examples=40)
@given(plans(), st.booleans())
def test_in_turn_claims_nothing_that_the_whole_denies(plan: dict[str, Any], reproducible: bool) -> None:  # noqa: FBT001
    with TemporaryDirectory() as folder:
        problem = prepare(write_plan(Path(folder), {**plan, "rules": []})).problem
    linked = sharing(problem, large=0, small=1)
    assume(linked)
    assert linked is not None
    options = Options(limit_s=20, tuning=Tuning(reproducible=reproducible))
    whole = solve_whole(problem, options, lambda _: None)
    found = solve_in_turn(problem, linked, options, lambda _: None, Stop())
    assert (found.verdict is Verdict.INFEASIBLE) == (whole.verdict is Verdict.INFEASIBLE)
    if whole.schedule is None or found.schedule is None:
        return
    assert not check(problem, found.schedule)
    best = {tier.tier: tier.value for tier in whole.tiers}
    counted = costs(problem, found.schedule)
    assert tuple(counted.values()) >= tuple(best[tier] for tier in tiers_of(problem))
    for tier in found.tiers:
        assert tier.bound <= best[tier.tier]
        if counted[tier.tier] != best[tier.tier]:
            break  # a bound holds under what was reached in the tiers before
    for hub in linked.cores:
        if hub.bounds:
            relaxed = solve_whole(hub.problem, options, lambda _: None)
            least = {tier.tier: tier.value for tier in relaxed.tiers}
            assert tuple(least.get(tier, 0) for tier in best) <= tuple(best.values())


def test_the_units_of_sessions_put_together_are_named_once(tmp_path: Path) -> None:
    problem = centres(tmp_path)
    two = tuple(
        replace(resource, units=(*resource.units, "医師2")) if resource.id == "doctor" else resource
        for resource in problem.resources
    )
    problem = replace(problem, resources=two)
    linked = Sharing(split(centres(tmp_path)).parts, frozenset({"doctor"}), ())
    parts = tuple(
        replace(part, resources=tuple(r for r in two if r.id in {x.id for x in part.resources}))
        for part in linked.parts
    )
    found = solve_in_turn(problem, replace(linked, parts=parts), Options(limit_s=20), lambda _: None, Stop())
    assert found.schedule is not None
    assert not check(problem, found.schedule)
