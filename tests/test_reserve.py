"""予備日: held free with room and staff, shown everywhere, counted nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import icalendar
import pytest
from openpyxl import load_workbook

from ksolve.api import Prepared
from ksolve.checker import check
from ksolve.errors import PlanError
from ksolve.problem.schedule import Schedule, Session
from ksolve.published import read_published
from running import ksolve
from tiny import tiny

PLAN = """\
programmes:
  - id: walk
    name: 遠足
    frequency: 年1回
    months: 10月
    session: out
    reserve: {dates: 1, within: 10}
    rules: [{rule: weekdays, weekdays: 土日}]
  - {id: talk, name: 相談, frequency: 月1回, session: hour}
centre:
  calendar: {open: {月-日: "9:00-17:00"}}
  rooms: [{id: park, name: 公園}]
  staff: [{id: guide, name: 引率}]
  sessions:
    - {id: out, minutes: "120", starts: ["10:00"], rooms: [park], staff: {guide: "1"}}
    - {id: hour, minutes: "60", starts: ["10:00", "13:00"], staff: {guide: "1"}}
"""


def _case(folder: Path) -> Prepared:
    return tiny(folder, PLAN)


def _held(first: str, spare: str) -> Schedule:
    days = [("walk", first), ("walk-reserve", spare)]
    return Schedule.of(
        Session(name, 1, date.fromisoformat(day), 600, 120, ("公園",), ("引率",)) for name, day in days
    )


def _broken(case: Prepared, schedule: Schedule) -> list[str]:
    return [found.rule for found in check(case.problem, schedule) if "相談" not in found.text.ja]


def test_a_reserve_date_follows_soon_and_keeps_the_weekdays(tmp_path: Path) -> None:
    """12 October 2024 is a Saturday, 19 the next one, 26 two weeks on, 21 a Monday."""
    case = _case(tmp_path)
    assert _broken(case, _held("2024-10-12", "2024-10-19")) == []
    assert _broken(case, _held("2024-10-12", "2024-10-26")) == ["reserve", "reserve"]
    assert _broken(case, _held("2024-10-19", "2024-10-12")) == ["reserve", "reserve"]
    assert _broken(case, _held("2024-10-12", "2024-10-21")) == ["weekdays"]
    lone = Schedule.of(one for one in _held("2024-10-12", "2024-10-19").sessions if one.series == "walk")
    assert _broken(case, lone) == ["reserve"]


def test_it_takes_room_and_staff_and_counts_as_no_session(tmp_path: Path) -> None:
    case = _case(tmp_path)
    held = _held("2024-10-12", "2024-10-19")
    busy = Session("talk", 1, date(2024, 10, 19), 600, 60, (), ("引率",))
    assert "capacity" in {found.rule for found in check(case.problem, Schedule.of([*held.sessions, busy]))}
    later = replace(busy, start=780)
    found = {one.rule for one in check(case.problem, Schedule.of([*held.sessions, later]))}
    assert "capacity" not in found
    assert not _broken(case, held)


def test_every_output_shows_it_and_none_counts_it(tmp_path: Path) -> None:
    _case(tmp_path)
    plan, out = tmp_path / "plan.yaml", tmp_path / "out"
    solved = ksolve("solve", plan, "-o", out)
    assert solved.returncode == 0, solved.stderr
    rows = (out / "schedule.csv").read_text(encoding="utf-8-sig").splitlines()
    (spare,) = [row.split(",") for row in rows if row.startswith("walk-reserve#1,")]
    assert spare[2] == "遠足 予備日"
    day = date.fromisoformat(spare[4])
    assert day.weekday() in {5, 6}
    assert (spare[9], spare[10]) == ("公園", "引率")
    assert ksolve("check", plan, out / "schedule.csv").returncode == 0
    assert ksolve("check", plan, out / "schedule.xlsx").returncode == 0
    events = icalendar.Calendar.from_ical((out / "schedule.ics").read_bytes()).walk("VEVENT")
    summaries = {str(event["summary"]): str(event.get("status", "")) for event in events}
    assert summaries["遠足 予備日"] == "TENTATIVE"
    assert summaries["遠足 第1回"] == ""
    shown = f"予備日 {day.month}/{day.day}"
    page = (out / "report.html").read_text(encoding="utf-8")
    assert shown in page
    assert "<dd>13</dd>" in page  # one walk and twelve talks
    printed = read_published(out / "published.xlsx")
    assert shown in next(row.content for row in printed.rows if row.name == "遠足")
    assert {row.name: row.count.low for row in printed.rows} == {"遠足": 1, "相談": 12}
    annual = load_workbook(out / "schedule.xlsx").worksheets[0]
    assert any(shown in str(cell.value) for row in annual.iter_rows() for cell in row)


def test_a_programme_that_is_called_as_the_reserve_dates_is_refused(tmp_path: Path) -> None:
    other = "  - {id: walk-reserve, name: 乙, frequency: 年1回, session: hour}\ncentre:"
    with pytest.raises(PlanError, match="walk-reserve"):
        tiny(tmp_path, PLAN.replace("centre:", other))
    with pytest.raises(PlanError):
        tiny(tmp_path, PLAN.replace("dates: 1", "dates: 9"))
