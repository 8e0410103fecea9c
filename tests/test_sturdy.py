"""Of plans that cost the same, the one that loses least in drawn years: or that there is none such."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ksolve.api import Prepared
from ksolve.checker import check
from ksolve.problem.schedule import Schedule
from ksolve.solver import Answer, Options, Verdict, sparing
from ksolve.stress.sturdy import sturdier
from running import ksolve
from tiny import cell, holding, tiny

MONDAYS = ("2024-04-01 10:00", "2024-04-08 10:00", "2024-04-15 10:00", "2024-04-22 10:00")

DAYS = {"kai": "4/15", "sodan": "4/22"}


def centre(tmp_path: Path, rule: str = "") -> Prepared:
    """Two programmes of one session in one room, on four Mondays; warnings call off half of what there is."""
    return tiny(
        tmp_path,
        f"""
centre:
  calendar: {{open: {{月: "9:00-12:00"}}, closed: 4/23〜3/31}}
  rooms: [{{id: heya, name: 会議室}}]
  sessions: [{{id: kai, minutes: 60, starts: "10:00", rooms: heya}}]
  risks: {{absent: 0, room: 0.5, warnings: [], within: 7}}
programmes:
  - {{id: kai, name: 会, frequency: 年1回, session: kai}}
  - {{id: sodan, name: 相談, frequency: 年1回, session: kai}}
{rule}
""",
    )


def answer_of(case: Prepared, kai: str, sodan: str) -> Answer:
    found = holding(case.problem, {"kai": [cell(kai)], "sodan": [cell(sodan)]})
    assert found
    return Answer(Verdict.OPTIMAL, found, (), 0.0, interrupted=False)


def free(case: Prepared, schedule: Schedule) -> int:
    """How many of the sessions have a free Monday a week later, counted by hand."""
    held = {session.day.isoformat() for session in schedule.sessions}
    days = [text[:10] for text in MONDAYS]
    later = (days[days.index(day) + 1] if day != days[-1] else "" for day in held)
    assert not check(case.problem, schedule)
    return sum(bool(day) and day not in held for day in later)


def test_replacement_dates_are_kept_free(tmp_path: Path) -> None:
    case = centre(tmp_path)
    # on 15 and 22 April neither can be made up: one is before the other, the other is the last
    first = answer_of(case, "2024-04-15 10:00", "2024-04-22 10:00")
    assert first.schedule
    assert free(case, first.schedule) == 0
    *_, best = sparing(case.problem.to_date, {}, first.schedule, Options(10))
    assert free(case, best) == 2


def test_the_sturdier_plan_loses_less_in_the_same_years(tmp_path: Path) -> None:
    case = centre(tmp_path)
    found = sturdier(case.plan, case.problem, answer_of(case, MONDAYS[2], MONDAYS[3]), Options(10))
    assert found.after is not None
    # half of the sessions are struck, and of these half can be held a week later: from one lost to a half
    assert abs(found.before.mean - 1.0) < 0.16
    assert abs(found.after.mean - 0.5) < 0.16
    assert found.answer.schedule
    assert free(case, found.answer.schedule) == 2
    gain, unbounded = found.lines
    assert f"{found.after.mean:.2f}" in gain.en
    assert "no bound of it is proven" in unbounded.en


def test_that_there_is_no_sturdier_plan_is_said(tmp_path: Path) -> None:
    pinned = [f"{{rule: in_dates, days: [{day}], programmes: {name}}}" for name, day in DAYS.items()]
    case = centre(tmp_path, f"rules: [{', '.join(pinned)}]")
    first = answer_of(case, MONDAYS[2], MONDAYS[3])
    found = sturdier(case.plan, case.problem, first, replace(Options(), limit_s=10))
    assert (found.after, found.answer) == (None, first)
    none, unbounded = found.lines
    assert "no sturdier plan" in none.en
    assert "no bound of it is proven" in unbounded.en


def test_solve_says_the_gain_and_checks_the_plan(tmp_path: Path) -> None:
    centre(tmp_path)
    plan, out = tmp_path / "plan.yaml", tmp_path / "out"
    done = ksolve("solve", plan, "-o", out, "--sturdy", "--lang", "en", "--reproducible")
    assert done.returncode == 0, done.stderr
    assert "sturdier plan" in done.stderr
    assert "sturdier plan" in (out / "report.html").read_text(encoding="utf-8")
    assert ksolve("check", plan, out / "schedule.csv").returncode == 0
    folder = ksolve("solve", tmp_path, "-o", tmp_path / "other", "--sturdy")
    assert (folder.returncode, "--sturdy" in folder.stderr) == (2, True)
    assert not (tmp_path / "other").exists()
