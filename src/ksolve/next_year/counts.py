"""Counts and budget: what was planned, held and is planned now; hours of staff; fees of outside experts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ksolve.calendar import MONTHS
from ksolve.expand.asked_of_year import asked_of_part, asked_of_programme
from ksolve.expand.centre import calendar_of
from ksolve.expand.series import Part, parts_of
from ksolve.frequency import Range
from ksolve.plan import Plan
from ksolve.plan.schema import Programme
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.published import PublishedPlan
from ksolve.text import Text, plain


@dataclass(frozen=True, slots=True)
class CountRow:
    """A programme's sessions: planned last year, held, and planned now; None where it was or is not there."""

    heading: str
    name: str
    planned: Range | None
    held: int
    now: Range | None

    @property
    def change(self) -> Text:
        """Return by how many the plan grows: 2増, 1減, 0; 新規 and 廃止 for what was not, or is not there."""
        if self.planned is None:
            return _NEW
        if self.now is None:
            return _DROPPED
        return more_or_fewer(self.now.low - self.planned.low)


def more_or_fewer(change: int) -> Text:
    """Return a change in words, which no spreadsheet takes for a formula: 2増, 1減, 0."""
    if not change:
        return plain("0")
    return (_MORE if change > 0 else _FEWER).fill(count=abs(change))


_NEW = Text("新規", "new")
_DROPPED = Text("廃止", "dropped")
_MORE = Text("{count}増", "{count} more")
_FEWER = Text("{count}減", "{count} fewer")


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes of a pool's members in a month: what the sessions take, of what they are there."""

    pool: str
    name: str
    month: int
    taken: int
    there: int


@dataclass(frozen=True, slots=True)
class Fee:
    """What sessions of a programme cost for a pool that is paid by the session."""

    pool: str
    programme: str
    sessions: int
    each: int

    @property
    def sum(self) -> int:
        """What they cost together, in yen."""
        return self.sessions * self.each


def count_rows(
    before: Plan, held: Schedule, after: Plan, published: PublishedPlan | None
) -> tuple[CountRow, ...]:
    """Return a row for each programme of either plan that has sessions, in the order of the new one."""
    planned, now = dict(_asked(before)), dict(_asked(after))
    headings = _headings(after, published) | _headings(before, published)
    names = {one.id: one.name for one in (*before.programmes, *after.programmes)}
    times: dict[str, int] = defaultdict(int)
    for session in held.sessions:
        times[_programme_of(session.series, names)] += 1
    order = [one.id for one in after.programmes] + [one.id for one in before.programmes]
    return tuple(
        CountRow(headings.get(id_, ""), names[id_], planned.get(id_), times[id_], now.get(id_))
        for id_ in dict.fromkeys(order)
        if id_ in planned or id_ in now
    )


def _programme_of(series: str, names: Mapping[str, str]) -> str:
    """Return the programme of a series' id: programme.component-g2, or programme-g2."""
    whole = series.partition(".")[0]
    found = (name for name in names if whole == name or whole.startswith(f"{name}-"))
    return max(found, key=len, default="")


def _asked(plan: Plan) -> Iterator[tuple[str, Range]]:
    calendar = calendar_of(plan)
    by_programme: dict[str, list[Part]] = defaultdict(list)
    for part in parts_of(plan):
        by_programme[part.programme.id].append(part)
    for id_, parts in by_programme.items():
        programme: Programme = parts[0].programme
        whole = programme.components and programme.frequency and programme.frequency.terms
        if whole:
            yield id_, asked_of_programme(programme, parts, calendar)
        else:
            yield id_, sum((asked_of_part(part, calendar) for part in parts), Range(0, 0))


def _headings(plan: Plan, published: PublishedPlan | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for programme in plan.programmes:
        ref = programme.published
        row = published.row(ref.line) if published and ref and ref.line else None
        found[programme.id] = (ref.heading if ref else "") or (row.category if row else "")
    return found


def hours_of(problem: Problem, schedule: Schedule) -> tuple[Hours, ...]:
    """Return the hours of each pool and month: those that sessions take, and those that are there."""
    pool_of = {unit: one.pool for one in problem.resources if one.kind == "staff" for unit in one.units}
    taken: dict[tuple[str, int], int] = defaultdict(int)
    for session in schedule.sessions:
        if session.series in problem.reserves:
            continue
        for member in session.staff if not session.held_with else ():
            if member in pool_of:
                taken[pool_of[member], session.day.month] += session.minutes
    there: dict[tuple[str, int], int] = defaultdict(int)
    names: dict[str, str] = {}
    for resource in problem.resources:
        if resource.kind != "staff":
            continue
        names.setdefault(resource.pool, resource.name)
        for day in problem.calendar.open_days:
            minutes = sum(end - start for start, end in resource.hours(day))
            there[resource.pool, day.month] += len(resource.units) * minutes
    return tuple(
        Hours(pool, name, month, taken[pool, month], there[pool, month])
        for pool, name in names.items()
        for month in MONTHS
    )


def fees_of(plan: Plan, problem: Problem, schedule: Schedule) -> tuple[Fee, ...]:
    """Return what the sessions of each programme cost for the pools that have a fee."""
    pool_of = {unit: one.pool for one in problem.resources if one.kind == "staff" for unit in one.units}
    names = {series.id: series.programme for series in problem.series}
    titles = {one.id: one.name for one in plan.programmes}
    each = {pool.id: pool.fee for pool in plan.resources.staff if pool.fee}
    shown = {pool.id: pool.name for pool in plan.resources.staff}
    times: dict[tuple[str, str], int] = defaultdict(int)
    for session in schedule.sessions:
        if session.series in problem.reserves:
            continue
        for member in session.staff if not session.held_with else ():
            if pool_of.get(member) in each:
                times[pool_of[member], names[session.series]] += 1
    return tuple(
        Fee(shown[pool], titles[programme], count, each[pool])
        for (pool, programme), count in sorted(times.items())
    )
