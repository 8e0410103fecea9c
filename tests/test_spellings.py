"""One table over all readers: every way to write a stretch, a weekday, hours or a date has one meaning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import SMALL
from ksolve.api import prepare
from ksolve.calendar import FiscalYear, days_within, holidays, parse_days, parse_weekdays
from ksolve.clock import parse_spans
from ksolve.frequency import read_frequency
from ksolve.frequency.closures import parse_closed_days
from ksolve.published.cell.dates import named_days
from ksolve.schedules import read_schedule
from tiny import tiny

R6 = FiscalYear(2024)
BETWEEN = ["〜", "～", "~", "-", "－", "–", "—", "−", "‐", "‑", "ー", "から"]
STRETCHES = [f"8/13{sign}8/15" for sign in BETWEEN] + [
    "８／１３～８／１５",
    "8月13日～8月15日",
    "8月13日～15日",
    "8/13～15",
    "8月13日から8月15日まで",
    "2024/8/13～2024/8/15",
    "2024-08-13〜2024-08-15",
    "令和6年8月13日～8月15日",
    "R6.8.13～R6.8.15",
]
OBON = (date(2024, 8, 13), date(2024, 8, 14), date(2024, 8, 15))


def _in_plan(text: str, folder: Path) -> tuple[date, ...]:
    """The days of a rule, a closure, an absence and a season of one plan, which must be the same."""
    quoted = yaml.safe_dump(text, allow_unicode=True, default_style='"').strip()
    plan = tiny(
        folder,
        f"""
programmes: [{{id: a, name: 甲, frequency: 年1回, session: hour}}]
rules: [{{rule: off_dates, days: [{quoted}]}}]
centre:
  calendar:
    open: {{月-日: 9:00-17:00}}
    closed: [{quoted}]
    seasons: [{{days: {quoted}, open: {{月-日: 9:00-12:00}}}}]
  staff: [{{id: s, name: 職員, members: [{{name: 田中, absent: [{quoted}]}}]}}]
""",
    )
    closed = tuple(sorted(day for day in plan.problem.calendar.closed if day not in holidays(R6)))
    away = tuple(day for day in R6.days if not plan.problem.resources[0].hours(day))
    assert closed == away == tuple(plan.problem.calendar.seasonal)
    return closed


DAYS: dict[str, Callable[[str, Path], tuple[date, ...]]] = {
    "days": lambda text, _: days_within([parse_days(text)], R6),
    "closed": lambda text, _: parse_closed_days(text).within(R6),
    "frequency": lambda text, _: days_within(read_frequency(f"年1回({text})").terms[0].within, R6),
    "left out": lambda text, _: days_within(
        read_frequency(f"毎週火曜日({text}を除く)").terms[0].left_out, R6
    ),
    "plan": _in_plan,
    "published": lambda text, _: days_within([(n.day, n.day) for n in named_days(text)], R6),
}


@pytest.mark.parametrize("text", STRETCHES)
@pytest.mark.parametrize("reader", DAYS)
def test_a_stretch_of_days_is_the_same_in_every_reader(reader: str, text: str, tmp_path: Path) -> None:
    assert DAYS[reader](text, tmp_path) == OBON


WEEKDAYS = ["水", "水曜", "水曜日", "㈬", "(水)", "（水）"]
ON: dict[str, Callable[[str], Any]] = {
    "calendar": parse_weekdays,
    "frequency": lambda text: _pattern(f"毎週{text}").weekdays,
    "frequency in brackets": lambda text: _pattern(f"週1回({text})").weekdays,
    "closed": lambda text: {day.weekday() for day in parse_closed_days(f"毎週{text}").within(R6)},
}


def _pattern(text: str) -> Any:
    return read_frequency(text).terms[0].pattern


@pytest.mark.parametrize("text", WEEKDAYS[:3])
@pytest.mark.parametrize("reader", ON)
def test_a_weekday_is_the_same_in_every_reader(reader: str, text: str) -> None:
    assert ON[reader](text) == {2}


@pytest.mark.parametrize("text", WEEKDAYS)
def test_a_weekday_beside_a_date_is_the_same_in_every_reader(text: str) -> None:
    bracketed = text if text[0] in "(（㈬" else f"({text})"
    assert [named.weekday for named in named_days(f"4月3日{bracketed}")] == ["水"]
    assert read_frequency(f"年1回(4/3{bracketed})").terms[0].dates == (parse_days("4/3")[0],)


@pytest.mark.parametrize(
    "text",
    [
        "月-金",
        "月～金",
        "月曜～金曜",
        "月曜日から金曜日",
        "月曜日–金曜日",
        "月火水木金",
        "月・火・水・木・金",
        "平日",
    ],
)
def test_monday_to_friday_is_the_same_in_every_reader(text: str) -> None:
    workdays = set(range(5))
    if text not in ("月曜日から金曜日", "平日"):
        assert parse_weekdays(text) == workdays
    assert _pattern(f"毎週{text}").weekdays == workdays


@pytest.mark.parametrize("sign", BETWEEN)
def test_hours_are_the_same_in_every_reader(sign: str) -> None:
    text = f"13:30{sign}15:00"
    assert parse_spans(text) == ((810, 900),)
    assert read_frequency(f"年1回({text})").terms[0].hours == (810, 900)
    assert parse_spans(f"9:00{sign}12:00、13時{sign}17時") == ((540, 720), (780, 1020))


DATES = ["2024-04-03", "2024/4/3", "２０２４年４月３日", "令和6年4月3日", "R6.4.3", "2024.4.3"]


@pytest.mark.parametrize("text", [*DATES, *(f"{day}(水)" for day in DATES)])
def test_a_date_of_a_schedule_is_the_same_in_every_spelling(text: str, tmp_path: Path) -> None:
    path = tmp_path / "予定.csv"
    path.write_text(f"日付,開始,事業名\n{text},10:00,健診\n", encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text(SMALL, encoding="utf-8")
    [session] = read_schedule(path, prepare(plan).problem).sessions
    assert session.day == date(2024, 4, 3)
    assert [(named.day.month, named.day.day) for named in named_days(text)] == [(4, 3)]
