"""Habits, reactions, labels and dates of a new year, against what was written down by hand before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from ksolve.api import Prepared, prepare
from ksolve.calendar import FiscalYear, YearlyDay, holidays
from ksolve.expand.centre import calendar_of
from ksolve.next_year import Basis, Habit, habits_of, next_plan
from ksolve.next_year.dates import in_other_year, later
from ksolve.next_year.keeping import merged
from ksolve.next_year.labels import labels_after
from ksolve.next_year.supply import open_days, weekdays_of
from ksolve.problem.schedule import Schedule, Session, numbered
from tiny import tiny, write_plan

NEW_YEAR = {"open": {"月-金": "9:00-17:00"}, "closed": ["12/29〜1/3"]}


def _case(folder: Path, year: str, frequency: str, **more: object) -> Prepared:
    programme = {"id": "a", "name": "甲", "frequency": frequency, "session": "hour", **more}
    return prepare(
        write_plan(folder, {"year": year, "programmes": [programme], "centre": {"calendar": NEW_YEAR}})
    )


def _held(*days: str, start: int = 600) -> Schedule:
    return numbered(Session("a", 0, date.fromisoformat(day), start, 60) for day in days)


def _only(case: Prepared, schedule: Schedule) -> Habit:
    (habit,), without = habits_of(case.plan, schedule)
    assert not without
    return habit


FIRST_MONDAYS = (
    *("2022-04-04", "2022-05-09", "2022-06-06", "2022-07-04", "2022-08-01", "2022-09-05"),
    *("2022-10-03", "2022-11-07", "2022-12-05", "2023-01-10", "2023-02-06", "2023-03-06"),
)
"""Of FY2022: 5/2 lies between holidays, 1/2 is New Year and 1/9 成人の日. Ten of twelve are first Mondays."""


def test_a_week_later_and_the_day_after_are_learned_from_first_mondays(tmp_path: Path) -> None:
    habit = _only(_case(tmp_path, "令和4年度", "年12回"), _held(*FIRST_MONDAYS))
    assert [str(day) for day in habit.days] == ["第1月 10:00"]
    assert (habit.reactions.closed, habit.reactions.moves) == (("next_week", "next_open"), ())
    assert (habit.kept, habit.sessions) == (12, 12)
    assert [text.ja for text in habit.said] == [
        "5/2(月)は1週後の5/9(月)",
        "1/2(月)は1週後の翌開館日の1/10(火)",
    ]


def test_months_without_a_session_are_left_out(tmp_path: Path) -> None:
    days = [day for day in FIRST_MONDAYS if day[5:7] not in ("08", "12")]
    habit = _only(_case(tmp_path, "令和4年度", "年10回"), _held(*days))
    assert [str(day) for day in habit.days] == ["4月～7月・9月～11月・1月～3月の第1月 10:00"]
    assert [text.ja for text in habit.said][2:] == ["8月はなし", "12月はなし"]
    # of a monthly frequency every month asks for one: what fell out is an exception, no habit
    monthly = _only(_case(tmp_path, "令和4年度", "月1回"), _held(*days))
    assert [str(day) for day in monthly.days] == ["第1月 10:00"]


@pytest.mark.parametrize(
    ("year", "days", "habit", "closed", "moves"),
    [
        # second Mondays of FY2024: 8/12, 10/14 and 1/13 are holidays; the day after, 8/13 to 8/16 are avoided
        (
            "令和6年度",
            "4-8 5-13 6-10 7-8 8-19 9-9 10-15 11-11 12-9 1-14 2-10 3-10",
            "第2月 10:00",
            ("next_open",),
            (),
        ),
        # first Fridays of FY2024: 5/3 is a holiday, 1/3 closed; a week later both times
        (
            "令和6年度",
            "4-5 5-10 6-7 7-5 8-2 9-6 10-4 11-1 12-6 1-10 2-7 3-7",
            "第1金 10:00",
            ("next_week",),
            (),
        ),
        # fourth Mondays of FY2024: 9/23 and 2/24 are holidays; a week later in September, before in February
        (
            "令和6年度",
            "4-22 5-27 6-24 7-22 8-26 9-30 10-28 11-25 12-23 1-27 2-17 3-24",
            "第4月 10:00",
            ("next_week",),
            ((2, ("previous_week",)),),
        ),
        # second Mondays of FY2024, with 8/12, 10/14 and 1/13 left out: nine sessions
        (
            "令和6年度",
            "4-8 5-13 6-10 7-8 9-9 11-11 12-9 2-10 3-10",
            "4月～7月・9月・11月～12月・2月～3月の第2月 10:00",
            ("either",),
            (),
        ),
        # last Wednesdays, no holiday among them in FY2025
        (
            "令和7年度",
            "4-30 5-28 6-25 7-30 8-27 9-24 10-29 11-26 12-24 1-28 2-25 3-25",
            "最終水 10:00",
            ("previous_week",),
            (),
        ),
    ],
)
def test_what_was_done_on_closed_days_is_learned(
    year: str, days: str, habit: str, closed: Sequence[str], moves: object, tmp_path: Path
) -> None:
    first = {"令和6年度": 2024, "令和7年度": 2025}[year]
    dated = [
        f"{first + (int(day.split('-')[0]) < 4)}-{int(day.split('-')[0]):02}-{int(day.split('-')[1]):02}"
        for day in days.split()
    ]
    if "最終" in habit:
        dated = [day.replace("04-30", "04-23") for day in dated]  # 4/30 is avoided: the week before
    found = _only(_case(tmp_path, year, f"年{len(dated)}回"), _held(*dated))
    assert [str(day) for day in found.days] == [habit]
    assert (found.reactions.closed, found.reactions.moves) == (closed, moves)


def test_what_is_held_every_week_has_its_weekdays_and_a_few_sessions_their_months(tmp_path: Path) -> None:
    case = _case(tmp_path, "令和6年度", "週2回")
    open_ = [day for day in case.problem.calendar.open_days if day.weekday() in (1, 3)]
    weekly = numbered(Session("a", 0, day, 780 if day.weekday() == 3 else 600, 60) for day in open_)
    assert [str(day) for day in _only(case, weekly).days] == ["火 10:00", "木 13:00"]
    seldom = _only(_case(tmp_path, "令和6年度", "年3回"), _held("2024-05-29", "2024-10-15", "2025-03-10"))
    assert [str(day) for day in seldom.days] == ["5月の最終水 10:00", "10月の第3火 10:00", "3月の第2月 10:00"]


def test_who_has_no_habit_is_named(tmp_path: Path) -> None:
    scattered = _held(
        "2024-04-01", "2024-05-14", "2024-06-19", "2024-07-18", "2024-08-23", "2024-09-30", "2024-11-12"
    )
    habits, (without,) = habits_of(_case(tmp_path, "令和6年度", "年7回").plan, scattered)
    assert habits == ()
    assert (without.name, without.sessions) == ("甲", 7)


def test_the_room_and_the_people_of_most_sessions_are_the_habit(tmp_path: Path) -> None:
    case = tiny(
        tmp_path,
        """
centre:
  rooms: [{id: koza, name: 講座室}, {id: kaigi, name: 会議室}]
  staff: [{id: nurse, name: 保健師, count: 2}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: [koza, kaigi], staff: {nurse: 1}}]
programmes: [{id: a, name: 甲, frequency: 年4回, session: hour}]
""",
    )
    days = [date(2024, 4, 9), date(2024, 6, 11), date(2024, 9, 10), date(2024, 11, 12)]  # second Tuesdays
    rooms = ["会議室", "会議室", "講座室", "会議室"]
    held = numbered(Session("a", 0, d, 600, 60, (r,), ("保健師2",)) for d, r in zip(days, rooms, strict=True))
    habit = _only(case, held)
    assert (habit.room, habit.staff) == ("kaigi", ("保健師2",))


def test_a_remainder_is_asked_for_what_the_other_parts_leave(tmp_path: Path) -> None:
    case = tiny(
        tmp_path,
        """
programmes:
  - id: a
    name: 広場
    frequency: 年20回
    session: hour
    components:
      - {id: x, name: 会, frequency: 月1回}
      - {id: y, name: 遊び, frequency: 不定期, remainder: true}
rules:
  - {rule: habit, programmes: a.y, days: 火 10:00}
  - {rule: usual_place, programmes: a.y}
""",
    )
    asked = {posted.rule.name: posted.rule for posted in case.problem.rules}
    assert [getattr(asked[name], "sessions", None) for name in ("habit", "usual_place")] == [8, 8]  # 20 - 12


@pytest.mark.parametrize(("start", "mondays", "tuesdays"), [(2024, 42, 50), (2025, 42, 49), (2026, 45, 46)])
def test_open_weekdays_of_a_year(start: int, mondays: int, tuesdays: int, tmp_path: Path) -> None:
    case = _case(tmp_path, f"令和{start - 2018}年度", "年1回")
    assert open_days(calendar_of(case.plan))[:2] == (mondays, tuesdays)


def test_second_mondays_fall_on_closed_days_three_times(tmp_path: Path) -> None:
    before = _case(tmp_path, "令和6年度", "年1回").plan
    monday = weekdays_of(before, _case(tmp_path, "令和7年度", "年1回").plan)[0]
    assert (monday.before, monday.after) == (42, 42)
    # 山の日 8/11, スポーツの日 10/13, 成人の日 1/12
    assert monday.closed[2] == (date(2025, 8, 11), date(2025, 10, 13), date(2026, 1, 12))
    assert monday.closed[1] == (date(2025, 5, 5), date(2025, 11, 3))
    assert monday.closed[4] == (date(2025, 11, 24), date(2026, 2, 23))
    assert monday.closed[5] == (date(2025, 12, 29),)


def test_the_holidays_of_the_years_of_the_chain() -> None:
    named = [date(2025, 5, 6), date(2025, 11, 24), date(2026, 9, 22), date(2027, 3, 22)]
    assert all(day in holidays(FiscalYear(day.year - (day.month < 4))) for day in named)
    assert date(2028, 2, 29) in FiscalYear(2027)


@pytest.mark.parametrize(
    ("label", "per_year", "becomes"),
    [
        ("第10期 第3回", 2, ("第10期 第5回", "第11期 第1回")),
        ("第46回", 1, ("第47回",)),
        ("第3回・第4回", 2, ("第5回・第6回",)),
        ("第5期", 1, ("第5期", "第6期")),
        ("2年目", 4, ("3年目",)),
        ("令和6年度 総会", 1, ("令和7年度 総会",)),
        ("研修", 1, ("研修",)),
    ],
)
def test_labels_count_on(label: str, per_year: int, becomes: tuple[str, ...]) -> None:
    assert labels_after(label, per_year, FiscalYear(2025)) == becomes


@pytest.mark.parametrize(
    ("day", "old", "new", "moved"),
    [
        (YearlyDay(5, 5), 2023, 2024, "5/5"),  # こどもの日, a Friday, then a Sunday
        (YearlyDay(1, 13), 2024, 2025, "1/12"),  # 成人の日
        (YearlyDay(11, 3), 2019, 2020, "11/1"),  # a Sunday: the first of November again
        (YearlyDay(9, 1), 2019, 2020, "9/6"),
        (YearlyDay(9, 29), 2024, 2025, "9/28"),  # the fifth Sunday: the last
        (YearlyDay(2, 29), 2023, 2024, "2/27"),  # the fifth Thursday of February 2024: the last of 2025
    ],
)
def test_a_day_without_a_year_is_the_same_holiday_or_weekday(
    day: YearlyDay, old: int, new: int, moved: str
) -> None:
    assert str(in_other_year(day, FiscalYear(old), FiscalYear(new))) == moved


@pytest.mark.parametrize(
    ("written", "moved"),
    [
        ("2024-02-29", "2025-02-27"),  # both are Thursdays
        ("2024-02-10〜2024-02-29", "2025-02-10〜2025-02-28"),
        ("2024-10-12", "2025-10-11"),
        ("2/29", None),
    ],
)
def test_dates_with_a_year_are_moved_over_the_29th_of_february(written: str, moved: str | None) -> None:
    assert later(written, 1) == moved


@pytest.mark.parametrize(
    ("edited", "anew", "text", "kept"),
    [
        ("a b c d", "a b c d", "a b c d", 0),
        ("a B c d", "a b c d", "a B c d", 0),  # edited alone
        ("a b c d", "a b C d", "a b C d", 0),  # made otherwise alone
        ("a B c d", "a b c D", "a B c D", 0),  # both, elsewhere
        ("a B c d", "a X c d", "a B c d", 1),  # both, at the same place: the edit stays
        ("a B c d", "a B c d", "a B c d", 0),  # both alike
        ("x a b c d", "a b c d e", "x a b c d e", 0),
        ("a c d", "a b c D", "a c D", 0),  # a line that was taken out stays out
        ("a b n c d", "a b c m d", "a b n c m d", 0),
    ],
)
def test_edits_and_what_is_made_anew_are_merged(edited: str, anew: str, text: str, kept: int) -> None:
    lines = ["\n".join(words.split()) + "\n" for words in ("a b c d", edited, anew, text)]
    found = merged(*lines[:3])
    assert (found.text, len(found.kept)) == (lines[3], kept)


def test_groups_side_by_side_have_a_habit_each_and_groups_in_turn_one_together(tmp_path: Path) -> None:
    programmes = """
programmes:
  - {id: a, name: 甲, frequency: 月1回×2グループ, session: hour}
  - {id: b, name: 乙, frequency: (月1回×2か月)×6グループ, session: hour, in_turn: true}
"""
    case = tiny(tmp_path, programmes)
    year = case.plan.year
    months = [year.month(month)[0] for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]

    def nth(first: date, weekday: int, week: int) -> date:
        return first.replace(day=1 + (weekday - first.weekday()) % 7 + 7 * (week - 1))

    sessions = [Session("a-g1", 0, nth(first, 1, 2), 600, 60) for first in months]  # 第2火
    sessions += [Session("a-g2", 0, nth(first, 3, 3), 780, 60) for first in months]  # 第3木
    sessions += [
        Session(f"b-g{1 + n // 2}", 0, nth(first, 2, 3), 600, 60) for n, first in enumerate(months)
    ]  # 第3水
    habits, without = habits_of(case.plan, numbered(sessions))
    assert not without
    found = {habit.binds: [str(day) for day in habit.days] for habit in habits}
    assert found == {("a-g1",): ["第2火 10:00"], ("a-g2",): ["第3木 13:00"], ("b",): ["第3水 10:00"]}
    made = next_plan(
        Basis(tmp_path / "plan.yaml", case.plan, None, habits), FiscalYear(2025), tmp_path / "n.yaml"
    )
    (tmp_path / "n.yaml").write_text(made.text, encoding="utf-8")
    bound = [
        tuple(one.id for one in posted.series)
        for posted in prepare(tmp_path / "n.yaml").problem.rules
        if posted.rule.name == "habit"
    ]
    assert bound == [("a-g1",), ("a-g2",), tuple(f"b-g{n}" for n in range(1, 7))]
