"""Drawn years against what can be counted by hand: who is away, what stands in, what is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ksolve.api import Prepared
from ksolve.plan.risks import Risks
from ksolve.problem.schedule import Schedule, Session
from ksolve.schedules.tidy import schedule_csv
from ksolve.solver.search.interrupting import Stop, heeding
from ksolve.stress import Outcome, Stress, stress
from ksolve.stress.making_up import Solver
from ksolve.stress.table import lines, stress_csv, stress_json
from running import ksolve
from tiny import cell, holding, tiny

YEARS = 3000
"""Of so many years, a chance of a half is met within 0.037: four standard errors."""
NEAR = 0.037

APRIL = "calendar: {open: {月: '9:00-12:00'}, closed: 4/9〜3/31}"
"""Open on 1 and 8 April 2024, and never again."""


def centre(tmp_path: Path, risks: str, more: str = "", count: int = 1, minutes: int = 60) -> Prepared:
    """One programme that takes one member of a pool and the only room, at ten; no chances but those given."""
    none = {"absent": "0", "room": "0", "warnings": "[]", "spell": "1"}
    others = ", ".join(f"{key}: {value}" for key, value in none.items() if f"{key}:" not in risks)
    return tiny(
        tmp_path,
        f"""
centre:
  {APRIL}
  rooms: [{{id: heya, name: 会議室}}]
  staff: [{{id: kakari, name: 係, count: {count}}}]
  sessions: [{{id: kai, minutes: {minutes}, starts: "10:00", rooms: heya, staff: {{kakari: 1}}}}]
  risks: {{{others}, {risks}}}
programmes:
  - {{id: kai, name: 会, frequency: 年1回, session: kai{more}}}
""",
    )


def dated(case: Prepared, *cells: str) -> Schedule:
    found = holding(case.problem, {"kai": [cell(text) for text in cells]})
    assert found
    return found


def drawn(case: Prepared, *cells: str, years: int = YEARS) -> Stress:
    return stress(case.plan, case.problem, dated(case, *cells), years, 1)


def part(found: Stress, outcome: Outcome) -> float:
    """The part of the years that have a session with this outcome."""
    return sum(hit.outcome is outcome for hit in found.hits) / found.years


def test_what_is_always_missing_is_always_lost(tmp_path: Path) -> None:
    found = drawn(centre(tmp_path, "each: {kakari: 1}"), "2024-04-08 10:00", years=20)
    assert found.lost_by_year.tolist() == [1] * 20
    assert (found.mean, found.ninetieth) == (1.0, 1.0)
    assert found.shares[Outcome.LOST] == 1.0
    (kept,) = found.kept
    assert (kept.promised, kept.dated, kept.chance, kept.lost) == (1, 1, 0.0, 1.0)
    assert found.by_unit == (("係", 1.0, 1.0),)
    assert max(found.by_month, key=lambda one: one[1])[0] == 4
    # another member, or a day that is kept free, would save it each year; another room would not
    assert [found.stand_ins[0].lost, found.reserve_days[0].lost, found.rooms[0].lost] == [1.0, 1.0, 0.0]


def test_nothing_goes_wrong_where_no_chance_is_left(tmp_path: Path) -> None:
    found = drawn(centre(tmp_path, "late: 0"), "2024-04-08 10:00", years=50)
    assert (found.hits, found.mean, found.kept[0].chance) == ((), 0.0, 1.0)


def test_a_colleague_stands_in_unless_both_are_away(tmp_path: Path) -> None:
    found = drawn(centre(tmp_path, "absent: 0.5", count=2), "2024-04-08 10:00")
    # away: one half; of these the other is there in one half, and there is no later date
    assert part(found, Outcome.SPOT) == pytest.approx(0.25, abs=NEAR)
    assert part(found, Outcome.LOST) == pytest.approx(0.25, abs=NEAR)
    assert found.kept[0].chance == pytest.approx(0.75, abs=NEAR)


def test_a_session_is_made_up_a_week_later_if_all_is_there_then(tmp_path: Path) -> None:
    found = drawn(centre(tmp_path, "each: {heya: 0.5}"), "2024-04-01 10:00")
    assert part(found, Outcome.NATURAL) == pytest.approx(0.25, abs=NEAR)
    assert part(found, Outcome.LOST) == pytest.approx(0.25, abs=NEAR)


def test_a_make_up_keeps_the_rules_of_the_plan(tmp_path: Path) -> None:
    only_first = ", rules: [{rule: in_dates, days: [4/1]}]"
    found = drawn(centre(tmp_path, "each: {heya: 1}", only_first), "2024-04-01 10:00", years=10)
    assert found.shares[Outcome.LOST] == 1.0


def test_a_reserve_date_comes_first(tmp_path: Path) -> None:
    case = centre(tmp_path, "each: {heya: 0.5}", ", reserve: 1")
    base = holding(
        case.problem, {"kai": [cell("2024-04-01 10:00")], "kai-reserve": [cell("2024-04-08 10:00")]}
    )
    assert base
    found = stress(case.plan, case.problem, base, YEARS, 1)
    # the room is gone in half of the years; on the reserve date in half of these: then the session is lost
    assert part(found, Outcome.RESERVE) == pytest.approx(0.25, abs=NEAR)
    assert part(found, Outcome.LOST) == pytest.approx(0.25, abs=NEAR)
    assert (found.kept[0].promised, found.kept[0].dated) == (1, 1)


def test_an_absence_lasts(tmp_path: Path) -> None:
    found = drawn(centre(tmp_path, "absent: 0.5, spell: 8"), "2024-04-01 10:00")
    # 1 April: one in sixteen begins on it. 8 April is within eight days of it: nobody is back
    assert len(found.hits) / YEARS == pytest.approx(1 / 16, abs=NEAR)
    assert part(found, Outcome.NATURAL) == 0


@pytest.mark.parametrize(
    ("rule", "chance"),
    [
        # a warning of eight hours begins at any minute of each day. Within two hours before ten one is in
        # force if it began after midnight and by ten
        ("two_hours", 600 / 1440),
        # at seven, if it began by seven, or the day before after eleven in the evening
        ("morning", 1 - (1 - 421 / 1440) * (1 - 59 / 1440)),
    ],
)
def test_warnings_call_off_what_the_rule_says(tmp_path: Path, rule: str, chance: float) -> None:
    always = f"warning_rule: {rule}, warnings: [{{months: 4〜3月, chance: 1}}]"
    found = drawn(centre(tmp_path, always), "2024-04-08 10:00")
    assert part(found, Outcome.LOST) == pytest.approx(chance, abs=NEAR)


def test_who_is_late_is_waited_for_while_the_house_is_open(tmp_path: Path) -> None:
    late = "late: 1, outside: kakari, late_minutes: 30"
    assert drawn(centre(tmp_path, late), "2024-04-08 10:00", years=5).shares[Outcome.SPOT] == 1.0
    # it would end at half past twelve, and the house closes at noon
    assert drawn(centre(tmp_path, late, minutes=120), "2024-04-08 10:00", years=5).mean == 1.0


def test_others_make_room_only_where_the_solver_says_so(tmp_path: Path) -> None:
    case = tiny(
        tmp_path,
        """
centre:
  calendar: {open: {月: '9:00-12:00'}, closed: 4/16〜3/31}
  rooms: [{id: heya, name: 会議室}, {id: niwa, name: 庭}]
  sessions:
    - {id: uchi, minutes: 60, starts: "10:00", rooms: heya}
    - {id: soto, minutes: 60, starts: "10:00", rooms: [heya]}
  risks: {absent: 0, room: 0, warnings: [{months: 4月, chance: 1}], warning_hours: 1}
programmes:
  - {id: kai, name: 会, frequency: 年1回, session: uchi}
  - {id: sodan, name: 相談, frequency: 年1回, session: soto}
rules:
  - {rule: in_dates, days: [4/1〜4/8], programmes: kai}
""",
    )
    base = holding(case.problem, {"kai": [cell("2024-04-01 10:00")], "sodan": [cell("2024-04-08 10:00")]})
    assert base
    lost = base.by_id["kai#1"]
    # the talk is on the only later date of the meeting, in its room, and can go to 15 April
    assert Solver(case.problem, base, 1)(lost) is True
    assert Solver(case.problem, base, 0)(lost) is None
    outcomes = set[Outcome]()
    for answer in (True, False, None):
        found = stress(case.plan, case.problem, base, 200, 0, dict.fromkeys([lost], answer).get)
        mine = {hit.outcome for hit in found.hits if hit.session.id == lost.id}
        assert len(mine) == 1
        outcomes |= mine
    assert outcomes == {Outcome.SOLVED, Outcome.LOST, Outcome.UNKNOWN}


def test_the_command_says_it_draws_it_and_repeats_it(tmp_path: Path) -> None:
    case = centre(tmp_path, "absent: 0.5")
    plan, file = tmp_path / "plan.yaml", tmp_path / "schedule.csv"
    file.write_bytes(schedule_csv(dated(case, "2024-04-08 10:00"), case.problem))
    asked = ("stress", plan, file, "--years", 100, "--seed", 7, "--format", "json")
    first, again = ksolve(*asked), ksolve(*asked, "-o", tmp_path / "out")
    assert first.returncode == 0, first.stderr
    assert first.stdout == again.stdout
    told = json.loads(first.stdout)
    assert sum(told["lost_by_year"]) / 100 == told["lost_a_year"]["mean"]
    page = (tmp_path / "out" / "stress.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "係" in (tmp_path / "out" / "stress.csv").read_text(encoding="utf-8-sig")


def test_an_interrupt_keeps_the_years_so_far(tmp_path: Path) -> None:
    case = centre(tmp_path, "each: {kakari: 1}")
    base = dated(case, "2024-04-08 10:00")
    stop = Stop()
    with heeding(stop):
        whole = stress(case.plan, case.problem, base, 5, 0)
        stop.asked = True
        with pytest.raises(KeyboardInterrupt):
            stress(case.plan, case.problem, base, 5, 0)
    assert (whole.years, whole.mean) == (5, 1.0)


def test_bad_input_is_refused_and_nothing_written(tmp_path: Path) -> None:
    case = centre(tmp_path, "absent: 0.5")
    plan, file, out = tmp_path / "plan.yaml", tmp_path / "schedule.csv", tmp_path / "out"
    sound = dated(case, "2024-04-08 10:00")
    file.write_bytes(schedule_csv(sound, case.problem))
    none = ksolve("stress", plan, file, "--years", 0, "-o", out)
    assert (none.returncode, "--years" in none.stderr) == (2, True)
    broken = tmp_path / "broken.csv"
    broken.write_bytes(
        schedule_csv(Schedule((Session("kai", 1, *cell("2024-04-09 10:00"), 60),)), case.problem)
    )
    assert ksolve("stress", plan, broken, "-o", out).returncode == 1
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("absent: '0.5'", "absent: '1.5'"), encoding="utf-8"
    )
    beyond = ksolve("stress", plan, file, "-o", out)
    assert beyond.returncode == 2
    assert "absent" in beyond.stderr
    assert not out.exists()


def test_what_saves_nothing_and_chances_that_nobody_stated_are_said(tmp_path: Path) -> None:
    """Another member would save all that is lost, another room nothing: no figure of it, no sign before 0."""
    found = drawn(centre(tmp_path, "each: {kakari: 1}"), "2024-04-08 10:00", years=20)
    table = stress_csv(found, "en").decode("utf-8-sig")
    assert "one member more,係,,,-1.000" in table
    assert "-0.000" not in table
    said = [line.en for line in lines(found)]
    assert said[-1] == "  one room more, of any kind: nothing"
    assert json.loads(stress_json(found))["risks"]["assumed"] is False
    unsaid = replace(found, risks=Risks())
    assert [*lines(unsaid)][-1].en.startswith("The plan states no risks")
    assert json.loads(stress_json(unsaid))["risks"]["assumed"] is True
