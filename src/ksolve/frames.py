"""The tables behind the reports as pandas data frames, and pivots of them.

Analysts get them by `ksolve.api.frames`::

    from ksolve.api import frames, prepare, read_schedule
    case = prepare(Path("models/koganei/r6.yaml"))
    schedule = read_schedule(Path("out/schedule.csv"), case.problem)
    frames.sessions(case.plan, case.problem, schedule)           # one row a session
    frames.loads(case.plan, case.problem, schedule, ["staff", "month"])   # hours held against what there is
    frames.pivot(case.plan, case.problem, schedule, ["programme", "month"], "sessions")

Columns that say where a session belongs are called as in DIMENSIONS. Hours are a float; a session held
together with another has none of its own, for it takes the same room and staff. pandas takes 0.3 s to load:
import this module where a table is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

import pandas as pd  # 0.3 s

from ksolve.calendar import MONTHS, WEEKDAYS
from ksolve.changes import Change
from ksolve.clock import Spans, clock
from ksolve.fit import FitReport
from ksolve.fit.regularity import Regularity
from ksolve.plan import Plan
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session
from ksolve.schedules.tidy import COLUMNS, rows_of
from ksolve.text import Text

DIMENSIONS: dict[str, Text] = {
    "programme": Text("事業", "programme"),
    "part": Text("内訳", "part"),
    "room": Text("部屋", "room"),
    "staff": Text("職員", "staff"),
    "pool": Text("職種", "pool"),
    "month": Text("月", "month"),
    "week": Text("週", "week"),
    "weekday": Text("曜日", "weekday"),
    "date": Text("日付", "date"),
    "start": Text("開始", "start"),
}
"""What sessions can be counted by: the columns of `sessions`, with their names for people."""

VALUES: dict[str, Text] = {
    "sessions": Text("回", "sessions"),
    "hours": Text("時間", "hours"),
    "available": Text("使える時間", "hours available"),
    "share": Text("割合", "share"),
}
"""What is counted: sessions, the hours they take, the hours there are, and the part that is taken."""

Value = Literal["sessions", "hours", "available", "share"]
TOTAL = "total"
"""Names the row and the column of a pivot that sum it up."""
_UNITS = ("room", "staff", "pool")
_TIMES = ("month", "week", "weekday", "date")


def sessions(plan: Plan, problem: Problem, schedule: Schedule) -> pd.DataFrame:
    """Return one row a session: the columns of schedule.csv, typed, and those of DIMENSIONS.

    `programme` and `part` are names, `month` 1 to 12, `week` the Monday's date; `room` and `staff` are
    as in the file, several joined by "; " (see `uses`). `hours` counts nothing twice; `public` is whether
    the public edition shows it. Sessions of series that the plan does not have are left out, here and below.
    """
    schedule = _known(problem, schedule)
    keys = [column.key for column in COLUMNS]
    table = pd.DataFrame(rows_of(schedule, problem), columns=keys)
    table["date"] = pd.to_datetime(table["date"])
    table = table.astype({"number": int, "minutes": int})
    owners = {series.id: series for series in problem.series}
    names = {programme.id: programme.name for programme in plan.programmes}
    held = [owners[one.series] for one in schedule.sessions]
    table["programme"] = _ordered([names.get(o.programme, o.name) for o in held], list(names.values()))
    parts = [part.name for programme in plan.programmes for part in programme.components]
    table["part"] = _ordered([o.part for o in held], ["", *parts])
    table["month"] = _ordered([one.day.month for one in schedule.sessions], MONTHS)
    table["weekday"] = _ordered(list(table["weekday"]), list(WEEKDAYS))
    table["week"] = pd.to_datetime([_monday(one.day) for one in schedule.sessions])
    by_id = schedule.by_id
    table["hours"] = [_own_minutes(one, by_id) / 60 for one in schedule.sessions]
    public = _public(plan)
    table["public"] = [public[o.programme, o.component] for o in held]
    return table


def uses(plan: Plan, problem: Problem, schedule: Schedule) -> pd.DataFrame:
    """Return one row for each unit that a session takes: `kind` room or staff, `unit`, and its `pool`."""
    schedule = _known(problem, schedule)
    table = sessions(plan, problem, schedule)
    taken = [
        {"row": row, "kind": kind, "unit": unit}
        for row, one in enumerate(schedule.sessions)
        for kind, units in (("room", one.rooms), ("staff", one.staff))
        for unit in units
    ]
    found = pd.DataFrame(taken, columns=["row", "kind", "unit"])
    pools = {unit: resource.name for resource in problem.resources for unit in resource.units}
    found["pool"] = _ordered([pools.get(unit, unit) for unit in found["unit"]], list(pools.values()))
    found["unit"] = _ordered(list(found["unit"]), list(pools))
    wanted = ["session", "programme", "part", "date", "month", "week", "weekday", "start", "hours", "public"]
    return found.join(table[wanted], on="row").drop(columns="row")


def supply(problem: Problem) -> pd.DataFrame:
    """Return one row for each unit and date: the hours that it is there while the centre is open."""
    calendar = problem.calendar_of(*problem.series)
    days = [(day, calendar.hours(day)) for day in calendar.open_days]
    rows = [
        (resource.kind, unit, resource.name, day, hours)
        for resource in problem.resources
        for day, open_at in days
        if (hours := _common_minutes(resource.hours(day), open_at) / 60)
        for unit in resource.units
    ]
    table = pd.DataFrame(rows, columns=["kind", "unit", "pool", "date", "available"])
    units = {unit: resource.name for resource in problem.resources for unit in resource.units}
    table["unit"] = _ordered(list(table["unit"]), list(units))
    table["pool"] = _ordered(list(table["pool"]), list(units.values()))
    table["month"] = _ordered([day.month for day in table["date"]], MONTHS)
    table["weekday"] = _ordered([WEEKDAYS[day.weekday()] for day in table["date"]], list(WEEKDAYS))
    table["week"] = pd.to_datetime([_monday(day) for day in table["date"]])
    table["date"] = pd.to_datetime(table["date"])
    return table


def loads(plan: Plan, problem: Problem, schedule: Schedule, by: Sequence[str]) -> pd.DataFrame:
    """Return sessions and hours by some of DIMENSIONS, in the plan's order, as columns beside them.

    By rooms, staff or pools, alone or with times, also the hours that are `available` and the `share` of
    them that is taken; 0.5 is half. Raises ValueError where `by` names none of DIMENSIONS or mixes rooms
    with staff.
    """
    kind = _kind(by)
    if not kind:
        return _summed(sessions(plan, problem, schedule), by, by).reset_index()
    columns = ["unit" if key == kind else key for key in by]
    used = uses(plan, problem, schedule)
    table = _summed(used[used["kind"] == kind], columns, by)
    if set(by) <= {*_UNITS, *_TIMES}:
        there = supply(problem)
        there = there[there["kind"] == kind]
        available = there.groupby(columns, observed=True)["available"].sum().rename_axis(list(by))
        table = table.join(available, how="outer").fillna(0.0)
        table["sessions"] = table["sessions"].astype(int)
        table["share"] = (table["hours"] / table["available"]).where(table["available"] > 0)
    return table.reset_index()


def pivot(plan: Plan, problem: Problem, schedule: Schedule, by: Sequence[str], value: Value) -> pd.DataFrame:
    """Return a value by several dimensions, the last one across; row and column TOTAL are the whole's.

    Raises ValueError as `loads` does, and for hours that there are by what is no unit or time.
    """
    table = loads(plan, problem, schedule, by)
    *rows, across = by
    wanted = ["hours", "available"] if value == "share" else [value]
    if not set(wanted) <= set(table.columns):
        raise ValueError("there are hours of rooms, staff or pools by month, week, weekday or date alone")

    def crossed(key: str) -> pd.DataFrame:
        return table.pivot_table(
            key, rows, across, "sum", fill_value=0, margins=True, margins_name=TOTAL, observed=True
        )

    first = crossed(wanted[0])
    if value == "share":
        there = crossed("available")
        return first.div(there.where(there > 0))
    return first.astype(int) if value == "sessions" else first


def fit(report: FitReport) -> pd.DataFrame:
    """Return one row for each row of the published table: what it promises, and what is dated and kept."""
    rows = [
        {
            "line": row.row.line,
            "programme": row.row.name,
            "frequency": row.row.frequency_text,
            "promised": row.promised,
            "dated": row.dated,
            "kept": row.kept,
            "marks": len(row.marks),
            "honoured": row.honoured,
            "outside": len(row.outside),
            "is_kept": row.is_kept,
        }
        for row in report.rows
    ]
    return pd.DataFrame(rows)


def regularity(found: Regularity) -> pd.DataFrame:
    """Return one row for each programme with a rhythm: its sentence, and the share that it predicts."""
    rows = [(r.name, r.sentence.ja, r.sessions, r.on_it, float(r.share), r.text.ja) for r in found.rhythms]
    return pd.DataFrame(rows, columns=["programme", "sentence", "sessions", "on_it", "share", "text"])


def changes(found: Sequence[Change], names: Mapping[str, str]) -> pd.DataFrame:
    """Return one row a change: what kind, and the session before and after (NaT where there is none)."""
    rows = [(names.get(c.series, c.series), c.kind.value, *_cells(c.before), *_cells(c.after)) for c in found]
    keys = ("date", "start", "rooms", "staff")
    sides = [f"{key}_{side}" for side in ("before", "after") for key in keys]
    table = pd.DataFrame(rows, columns=["programme", "kind", *sides])
    for side in ("before", "after"):
        table[f"date_{side}"] = pd.to_datetime(table[f"date_{side}"])
    return table


def _cells(session: Session | None) -> tuple[object, ...]:
    if session is None:
        return None, "", "", ""
    return session.day, clock(session.start), "; ".join(session.rooms), "; ".join(session.staff)


def _summed(table: pd.DataFrame, columns: Sequence[str], by: Sequence[str]) -> pd.DataFrame:
    grouped = table.groupby(list(columns), observed=True)
    found = pd.DataFrame({"sessions": grouped.size(), "hours": grouped["hours"].sum()})
    return found.rename_axis(list(by))


def _kind(by: Sequence[str]) -> str:
    """Return whether rooms or staff are asked for, empty for neither; a pool alone is one of staff."""
    if not by or set(by) - set(DIMENSIONS) or {"room", "staff"} <= set(by) or {"room", "pool"} <= set(by):
        raise ValueError(by)
    return "room" if "room" in by else "staff" if {"staff", "pool"} & set(by) else ""


def _known(problem: Problem, schedule: Schedule) -> Schedule:
    """Return a schedule of the plan's sessions alone: reserve dates count as none."""
    series = {one.id for one in problem.counted}
    return Schedule(tuple(session for session in schedule.sessions if session.series in series))


def _ordered(values: Sequence[Any], order: Sequence[Any]) -> pd.Categorical:
    """Return values that sort in the plan's order, and not by their spelling."""
    return pd.Categorical(values, categories=list(dict.fromkeys([*order, *values])), ordered=True)


def _public(plan: Plan) -> dict[tuple[str, str], bool]:
    """Return whether the sessions of each programme and component are public."""
    return {
        (programme.id, "" if node is programme else node.id): programme.public and node.public
        for programme in plan.programmes
        for node in (programme, *programme.components)
    }


def _own_minutes(session: Session, by_id: Mapping[str, Session]) -> int:
    """Return the minutes of a session, none where it is held within another's."""
    host = by_id.get(session.held_with)
    return 0 if host is not None and session.overlaps(host) else session.minutes


def _common_minutes(one: Spans, other: Spans) -> int:
    return sum(_lengths(one, other))


def _lengths(one: Spans, other: Spans) -> Iterator[int]:
    for first, last in one:
        for begin, end in other:
            yield max(0, min(last, end) - max(first, begin))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
