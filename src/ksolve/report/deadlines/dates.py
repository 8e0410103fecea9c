"""The dates by which something is due, from those of the sessions and the lead times of the resources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ksolve.calendar import Calendar, day_text
from ksolve.expand.series import Part, parts_of
from ksolve.findings import Finding, Severity
from ksolve.plan import Plan
from ksolve.plan.centre import Room, StaffPool
from ksolve.plan.lead_times import LeadTime
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Schedule, Session
from ksolve.text import Text

_DAY = timedelta(days=1)
_FAR = 40
"""So many days are looked at for one that is open."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is due on a day for some sessions of one programme or component.

    `stated` is the day that the lead time names, where the centre is closed then.
    """

    day: date
    lead: LeadTime
    who: str
    sessions: tuple[Session, ...]
    stated: date
    is_early: bool

    @property
    def note(self) -> Text:
        """That it is due before the year begins, or moved from a closed day."""
        parts = [_EARLY] if self.is_early else []
        parts += [_MOVED.fill(day=day_text(self.stated))] if self.stated != self.day else []
        return Text("、".join(part.ja for part in parts), ", ".join(part.en for part in parts))


def deadlines(plan: Plan, problem: Problem, schedule: Schedule) -> tuple[Deadline, ...]:
    """Return what is due for a schedule, in order of the dates; sessions that share a day are one entry."""
    parts = parts_of(plan)
    found: dict[tuple[date, int, str], list[Session]] = defaultdict(list)
    for number, lead in enumerate(plan.resources.lead_times):
        for part in parts:
            spare = tuple(one for _, one in part.reserves) if lead.rooms or lead.staff else ()
            for session in schedule.of_series((*part.all_series, *spare)):
                if _concerns(lead, part, session, plan, problem):
                    found[lead.due.before(session.day), number, part.name].append(session)
    made = []
    for (stated, number, who), sessions in found.items():
        lead = plan.resources.lead_times[number]
        day = _open_day(stated, lead, problem.calendar)
        made.append(Deadline(day, lead, who, tuple(sessions), stated, day < problem.year.first))
    return tuple(sorted(made, key=lambda one: (one.day, plan.resources.lead_times.index(one.lead), one.who)))


def _concerns(lead: LeadTime, part: Part, session: Session, plan: Plan, problem: Problem) -> bool:
    if not (lead.programmes or lead.tags or lead.rooms or lead.staff):
        return True
    if part.is_named_by(lead.programmes, lead.tags):
        return True
    wanted = {*lead.rooms, *lead.staff}
    pools: tuple[Room | StaffPool, ...] = (*plan.resources.rooms, *plan.resources.staff)
    units = {unit for pool in pools if pool.id in wanted for unit in (pool.name, *pool.units)}
    if session.units:
        return not units.isdisjoint(session.units)
    series = next((one for one in problem.series if one.id == session.series), None)
    return bool(series and _needs(series, wanted))


def _needs(series: Series, wanted: set[str]) -> bool:
    """Tell whether a session must take one of some pools, of which the schedule does not name units."""
    return any(set(need.pools) <= wanted for need in series.needs)


def _open_day(day: date, lead: LeadTime, calendar: Calendar) -> date:
    """Return the open day that a deadline moves to; of days outside the year only the weekday is known."""
    if lead.on_closed == "same":
        return day
    step = _DAY if lead.on_closed == "after" else -_DAY
    near = (day + n * step for n in range(_FAR))
    return next((one for one in near if _is_open(one, calendar)), day)


def _is_open(day: date, calendar: Calendar) -> bool:
    return bool(calendar.hours(day) if day in calendar.year else calendar.weekly[day.weekday()])


def early_findings(found: tuple[Deadline, ...]) -> Iterator[Finding]:
    """Warn of each lead time that has days before the year begins: they are due while it is planned."""
    early: dict[str, list[Deadline]] = defaultdict(list)
    for one in found:
        if one.is_early:
            early[one.lead.what].append(one)
    for what, mine in early.items():
        first = mine[0]
        values = {"what": what, "count": len(mine), "day": day_text(first.day), "who": first.who}
        yield Finding("deadline-before-year", Severity.WARNING, _WARN.fill(**values), first.lead.place)


_EARLY = Text("前年度のうち", "before the year begins")
_MOVED = Text("{day} が休みのため", "moved from {day}, a closed day")
_WARN = Text(
    "{what}: {count}件の締切が年度の始まる前です(最初は {day}、{who})",
    "{what}: {count} are due before the year begins (the first on {day}: {who})",
)
