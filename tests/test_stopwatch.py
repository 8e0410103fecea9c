"""A planner who never wrote YAML: from the printed table to a calendar that can be sent round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from conftest import ROOT, SHARED
from forms import change, fill, opened
from ksolve.api import prepare
from ksolve.calendar import WEEKDAYS
from ksolve.clock import clock
from ksolve.errors import PlanError
from ksolve.problem.schedule import Session
from ksolve.schedules import read_schedule
from running import ksolve

GIVEN = SHARED / "data" / "plans"
PRINTED = GIVEN if GIVEN.is_dir() else ROOT / "tests" / "plans"
"""The printed tables; a clone alone has them in shortened form."""
LEADER = "田中"
"""A name that no reader outside the house is to see."""


@dataclass(frozen=True)
class Story:
    """What a person knows beside a table: two rooms, two closures, three wishes."""

    rooms: tuple[str, str]
    closures: Mapping[str, str]
    wishes: Mapping[str, Mapping[str, str]]
    closed: date
    """A day on which the place is closed by the first of the closures."""


STORIES = {
    "14_hakuba_kosodate_H27.csv": Story(
        ("集会室", "遊戯室"),
        {"8/13〜8/16": "お盆休み", "12/28〜1/4": "年末年始"},
        {
            "ベビーマッサージ": {"日": "金", "理由": "講師の都合"},
            "なかよし広場(1歳児)": {"部屋": "遊戯室", "理由": "広い部屋で"},
            "なかよし広場(2~3歳児)": {"部屋": "集会室"},
        },
        date(2015, 8, 13),
    ),
    "03_toyokawa_library_H28.csv": Story(
        ("おはなしの部屋", "会議室"),
        {"9/5〜9/9": "蔵書点検", "毎月第3木曜日": "整理日"},
        {
            "図書館まつり": {"日": "5/14", "強さ": "必ず", "理由": "市の祭りの日"},
            "赤ちゃんひろば": {"日": "火木", "時刻": "10:00"},
            "かみしばい会": {"部屋": "会議室"},
        },
        date(2016, 9, 7),
    ),
    "01_shimojo_kenshin_H27.csv": Story(
        ("健診室", "待合室"),
        {"8/13〜8/16": "お盆休み", "12/28〜1/4": "年末年始"},
        {
            "3歳児健診": {"日": "6/10", "理由": "医師の都合"},
            "乳児健診(前期)": {"日": "水", "強さ": "希望"},
            "1歳児相談": {"部屋": "待合室"},
        },
        date(2015, 8, 14),
    ),
}


def fill_in(book: Workbook, story: Story) -> None:
    """Fill in a form as a person would: rooms, staff, two closures, three wishes."""
    first, second = story.rooms
    change(book, "部屋", "部屋", 部屋=first, 数=2, 仮=None)
    fill(book, "部屋", 部屋=second, 定員="30")
    change(book, "職員", "職員", 職種="保健師", 名前=LEADER, 人数=None, 仮=None)
    fill(book, "職員", 職種="保健師", 名前="鈴木", 勤務時間="月-土 9:00-17:00")
    fill(book, "職員", 職種="保健師", 名前="佐藤", 休み="8/3〜8/7")
    change(book, "回の種類", "ふつうの回", 部屋_どれか一つ=f"{first}、{second}", 職員="保健師")
    for days, why in story.closures.items():
        fill(book, "開館日・休館日", 種類="休館日", 日_曜日=days, 理由=why)
    for programme, wish in story.wishes.items():
        fill(book, "希望", 事業=programme, **wish)


def kept(wish: Mapping[str, str], sessions: list[Session]) -> bool:
    """Whether the sessions of a programme are as a wish would have them; read from the calendar alone."""
    days, start, room = (wish.get(key, "") for key in ("日", "時刻", "部屋"))
    dated = {f"{one.day.month}/{one.day.day}" for one in sessions}
    on_days = days in dated if "/" in days else all(WEEKDAYS[one.day.weekday()] in days for one in sessions)
    at_start = not start or {clock(one.start) for one in sessions} == {start}
    in_room = not room or all(unit.startswith(room) for one in sessions for unit in one.rooms)
    return (on_days or not days) and at_start and in_room


@pytest.mark.parametrize("name", STORIES)
def test_from_the_printed_table_to_a_public_calendar_without_yaml(tmp_path: Path, name: str) -> None:
    form, out = tmp_path / "記入表.xlsx", tmp_path / "out"
    made = ksolve("form", PRINTED / name, "-o", form)
    assert made.returncode == 0, made.stdout + made.stderr

    story, book = STORIES[name], opened(form)
    fill_in(book, story)
    fill(book, "部屋", 部屋="倉庫", 使えない日="13月1日")  # a slip of the pen
    book.save(form)
    with pytest.raises(PlanError) as slip:
        prepare(form)
    (line,) = (found.line("ja") for found in slip.value.findings)
    assert "[部屋]:F" in line
    assert "使えない日: 「13月1日」" in line
    assert "13月1日 という日はありません" in line

    book = opened(form)
    change(book, "部屋", "倉庫", 使えない日=None)
    book.save(form)
    solved = ksolve("solve", form, "-o", out, "--limit", 6)
    assert solved.returncode == 0, solved.stdout + solved.stderr

    case = prepare(form)
    schedule = read_schedule(out / "schedule.csv", case.problem)
    days = {session.day for session in schedule.sessions}
    assert len(days) > 20
    assert story.closed not in days
    for programme in case.plan.programmes:
        if wish := story.wishes.get(programme.name):
            of_it = [session for session in schedule.sessions if session.series.startswith(programme.id)]
            assert of_it
            assert kept(wish, of_it), programme.name

    public = tmp_path / "public"
    done = ksolve("report", form, out / "schedule.csv", "--edition", "public", "-o", public)
    assert done.returncode == 0, done.stdout + done.stderr
    files = [path for path in public.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".html", ".xlsx", ".ics"}
    html = next(path for path in files if path.suffix == ".html").read_text(encoding="utf-8")
    assert next(iter(story.wishes)) in html
    assert not [path.name for path in files if LEADER.encode() in path.read_bytes()]
