"""Pictures show what their tables say, and no name can break out of them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ksolve.cli.view import make_view
from ksolve.problem import Tier
from ksolve.problem.schedule import Schedule, Session
from ksolve.report import View
from ksolve.report.pictures import Picture, pictures
from ksolve.report.view import Reached
from tiny import tiny

PLAN = """
programmes:
  - {id: a, name: "甲<b>&", frequency: 年4回, session: kind}
centre:
  rooms: [{id: room, name: 部屋}]
  staff: [{id: pool, name: 職員, members: [{name: 田中, weekly: {月-金: "9:00-12:00"}}, {name: 林}]}]
  sessions: [{id: kind, minutes: 90, starts: ["10:00"], rooms: room, staff: {pool: 1}}]
"""
DAYS = (date(2024, 4, 2), date(2024, 5, 7), date(2024, 6, 4), date(2024, 6, 25))


@pytest.fixture
def view(tmp_path: Path) -> View:
    sessions = [Session("a", n, day, 600, 90, ("部屋",), ("田中",)) for n, day in enumerate(DAYS, start=1)]
    tiers = (Reached(Tier.QUIET, 4, 3), Reached(Tier.PATTERN, 0, 0))
    return replace(make_view(tiny(tmp_path, PLAN), Schedule.of(sessions), ()), tiers=tiers)


def drawn(view: View) -> dict[str, Picture]:
    return {one.id: one for one in pictures(view, "ja")}


def hints(picture: Picture, shape: str) -> list[str]:
    """Return what the shapes of a kind say when they are pointed at; the SVG has to be XML for that."""
    found = ET.fromstring(picture.svg)  # noqa: S314 - our own
    return [one.findtext("title") or "" for one in found.iter(shape) if one.find("title") is not None]


def test_every_picture_is_called_by_its_title_and_has_its_table(view: View) -> None:
    found = drawn(view)
    assert list(found) == ["heat", "weeks", "staff", "room", "rhythms", "tiers"]
    for picture in found.values():
        assert ET.fromstring(picture.svg).get("aria-label") == picture.title  # noqa: S314
        assert len(picture.rows) > 1
        assert {len(row) for row in picture.rows} == {len(picture.rows[0])}
        assert "http" not in picture.svg


def test_the_days_are_as_dark_as_they_are_full(view: View) -> None:
    said = hints(drawn(view)["heat"], "rect")
    assert len(said) == 365
    assert sorted(text for text in said if text.endswith("1回")) == [f"{day}(火): 1回" for day in DAYS]
    assert "2024-04-29(月): 休館日" in said


def test_loads_are_parts_of_the_hours_that_there_are(view: View) -> None:
    found = drawn(view)
    # 2024-04-29, a holiday, is the only Monday to Friday of April that is closed: 22 - 1 days, and so on
    assert found["staff"].rows[1][:3] == ("田中", "4", "6.0")
    share = re.fullmatch(r"田中: 6\.0 / (\d+) 時間 \((\d\.\d)%\)", hints(found["staff"], "rect")[0])
    assert share is not None
    assert float(share[2]) == pytest.approx(100 * 6 / int(share[1]), abs=0.05)
    april = next(row for row in found["weeks"].rows if row[0] == "2024-04-01")
    # five days: Tanaka 3 hours and Hayashi 8 on each, of which one session took an hour and a half
    assert april == ("2024-04-01", "1.5", "55.0", "2.7%")


def test_a_programme_on_one_weekday_makes_a_straight_row(view: View) -> None:
    found = ET.fromstring(drawn(view)["rhythms"].svg)  # noqa: S314
    dots = list(found.iter("circle"))
    assert len(dots) == 4
    assert len({dot.get("cy") for dot in dots}) == 1
    assert [float(dot.get("cx") or 0) for dot in dots] == sorted(float(dot.get("cx") or 0) for dot in dots)
    assert hints(drawn(view)["rhythms"], "circle")[0] == "甲<b>& 2024-04-02(火)"


def test_tiers_say_what_is_proven(view: View) -> None:
    picture = drawn(view)["tiers"]
    assert picture.rows[1] == ("避けたい日", "4", "3")
    assert "残り4 (下限3)" in picture.svg
    assert "残り0 (証明済み" in picture.svg


def test_a_schedule_of_nothing_has_no_pictures(tmp_path: Path) -> None:
    assert list(pictures(make_view(tiny(tmp_path, PLAN), Schedule(()), ()), "en")) == []
