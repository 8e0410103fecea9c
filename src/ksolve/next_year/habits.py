"""Last year's schedule to habits: the usual days of each programme and group, with the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import combinations
from math import ceil

from ksolve.calendar import Calendar, week_of_month
from ksolve.expand.centre import calendar_of
from ksolve.expand.decided_days import is_dated, is_guest, is_of_visits
from ksolve.expand.families import Family, families_of
from ksolve.expand.series import parts_of
from ksolve.frequency import LAST, Per
from ksolve.next_year.reactions import Moved, Reactions, reactions_of, told
from ksolve.plan import Plan
from ksolve.problem.patterns import WEEKS_OF_MONTH, Cell
from ksolve.problem.schedule import Schedule, Session
from ksolve.spelling.usual_days import UsualDay, is_good
from ksolve.text import Text

_SELDOM = 4
"""Fewer sessions a year are each a habit of their own month: 7月の第2土."""
_FEW_MONTHS = 2
"""So are those of what is held in so few months, on some days one after the other."""
_OFTEN = 3.0
"""What meets more often a month has weekdays, and no week of the month."""
_SHARE = 0.5
"""A usual day that at least this part of the sessions keeps is a habit."""
_VISITED_SHARE = 0.8
"""Visits of a short period are on few weekdays and starts, or have none that anybody would know."""
_WEEK_SHARE = 0.6
"""Weeks of the month are part of it when they, closed days apart, explain this part of the sessions."""


@dataclass(frozen=True, slots=True)
class Habit:
    """What the sessions of a family did last year, and the evidence for it.

    `binds` are the ids that a rule names: the part, or one group of it. `kept` of `sessions` were on one of
    the usual `days` or where `reactions` say; `said` names the exceptions. `staff` are the members who
    took at least half of the sessions, `room` the id of the room in which at least half were, where others
    would do as well.
    """

    name: str
    binds: tuple[str, ...]
    days: tuple[UsualDay, ...]
    reactions: Reactions
    kept: int
    sessions: int
    said: tuple[Text, ...] = ()
    staff: tuple[str, ...] = ()
    room: str = ""


@dataclass(frozen=True, slots=True)
class Without:
    """A family without a habit, and why; `binds` are the ids that a rule would name."""

    name: str
    binds: tuple[str, ...]
    sessions: int
    why: Text


def habits_of(plan: Plan, schedule: Schedule) -> tuple[tuple[Habit, ...], tuple[Without, ...]]:
    """Return the habits that a schedule of a plan shows, one at most for each family, and who has none.

    Who follows another programme's days, or whose frequency names the weekdays itself, needs none and is in
    neither; dates that a frequency names (4/20・5/11) are of last year alone.
    """
    calendar = calendar_of(plan)
    units = {unit: room.id for room in plan.resources.rooms for unit in room.units}
    habits: list[Habit] = []
    without: list[Without] = []
    for family in families_of(parts_of(plan), calendar):
        sessions = sorted(schedule.of_series(family.series), key=lambda one: (one.day, one.start))
        if is_guest(family) or (is_dated(family) and not family.term.dates):
            continue
        if not sessions:
            without.append(Without(family.name, _binds(family), 0, _NOT_HELD))
        elif found := _habit(family, sessions, calendar.opening(family.series[0].opened), units):
            habits.append(found)
        else:
            without.append(Without(family.name, _binds(family), len(sessions), _IRREGULAR))
    return tuple(habits), tuple(without)


def _habit(
    family: Family, sessions: Sequence[Session], calendar: Calendar, units: Mapping[str, str]
) -> Habit | None:
    cells = [(one.day, one.start) for one in sessions]
    months = len({(day.year, day.month) for day, _ in cells})
    visits = any(map(is_of_visits, (*family.part.node.marks, *family.part.node.windows)))
    if visits:
        found = _weekly(cells)
    elif len(cells) < _SELDOM or months <= _FEW_MONTHS:
        found = _seldom(cells)
    elif len(cells) / months > _OFTEN or family.term.pace is not None:
        found = _weekly(cells)
    else:
        found = _monthly(cells, months, family, calendar)
    if found.kept / len(cells) < (_VISITED_SHARE if visits else _SHARE):
        return None
    return Habit(
        family.name,
        _binds(family),
        found.days,
        found.reactions,
        found.kept,
        len(cells),
        found.said,
        _usual([one.staff for one in sessions]),
        _room(family, sessions, units),
    )


def _binds(family: Family) -> tuple[str, ...]:
    """Return the ids by which a rule names a family: its part, or each of its groups."""
    whole = {series.id for series in family.part.all_series} == {series.id for series in family.series}
    return (family.part.id,) if whole else tuple(series.id for series in family.series)


@dataclass(frozen=True, slots=True)
class _Found:
    """Usual days that explain `kept` of a family's sessions."""

    days: tuple[UsualDay, ...]
    reactions: Reactions
    kept: int
    said: tuple[Text, ...] = ()


def _seldom(cells: Sequence[Cell]) -> _Found:
    """Return for each session the nth weekday of its month; a fifth counts as the last."""
    days = dict.fromkeys(
        UsualDay(day.weekday(), start, (LAST if day.day > 28 else week_of_month(day),), (day.month,))
        for day, start in cells
    )
    return _Found(tuple(days), _NO_REACTION, len(cells))


def _weekly(cells: Sequence[Cell]) -> _Found:
    """Return the commonest weekdays and starts, as many as a week has sessions."""
    weeks = {day.isocalendar()[:2] for day, _ in cells}
    slots = Counter((day.weekday(), start) for day, start in cells)
    chosen = slots.most_common(max(1, ceil(len(cells) / len(weeks) - 0.1)))
    days = tuple(UsualDay(weekday, start) for (weekday, start), _ in sorted(chosen))
    return _Found(days, _NO_REACTION, sum(count for _, count in chosen))


def _monthly(cells: Sequence[Cell], months: int, family: Family, calendar: Calendar) -> _Found:
    """Return the weekday, start and weeks of the month that explain most, or else the weekday alone."""
    per_month = max(1, round(len(cells) / months))
    slots = Counter((day.weekday(), start) for day, start in cells)
    ways = [
        _explained(UsualDay(weekday, start, weeks), cells, family, calendar)
        for weekday, start in sorted(slots)
        for weeks in _weeks(per_month)
    ]
    best = max(ways, key=lambda found: (found.kept, slots[found.days[0].weekday, found.days[0].start]))
    if best.kept / len(cells) >= _WEEK_SHARE:
        return best
    (weekday, start), count = min(slots.items(), key=lambda item: (-item[1], item[0]))
    return _Found((UsualDay(weekday, start),), _NO_REACTION, count)


def _weeks(per_month: int) -> Iterator[tuple[int, ...]]:
    """Yield the weeks of the month that so many sessions may keep, the usual ones first."""
    usual = WEEKS_OF_MONTH[per_month - 1] if per_month <= len(WEEKS_OF_MONTH) else ()
    yield from usual
    yield from (weeks for weeks in combinations((1, 2, 3, 4, LAST), per_month) if weeks not in usual)


def _explained(day: UsualDay, cells: Sequence[Cell], family: Family, calendar: Calendar) -> _Found:
    """Return a usual day with its months, what was done where it was closed, and the rest."""
    is_fine = partial(_is_fine, calendar, family, day.start)
    held_in = {there.month for there, _ in cells}
    named = list(UsualDay(day.weekday, day.start, day.weeks).named(calendar.year))
    at = {there for there, start in cells if start == day.start}
    on_it = set(named) & at
    others = sorted({there for there, _ in cells} - on_it)
    missed = [one for one in named if one not in on_it and (one.month in held_in or _is_asked(family))]
    moved = [Moved(one, there) for one, there in _paired(missed, others)]
    closed = [one for one in moved if not is_fine(one.named) and _has_start(one, cells, day.start)]
    reactions = reactions_of(closed, is_fine)
    explained = [
        one
        for one in closed
        if one.held and one not in reactions.unexplained and reactions.closed != ("either",)
    ]
    odd = [one for one in moved if one not in closed]
    left_out = tuple(month for month in family.months.values if month not in held_in)
    holds = tuple(m for m in family.months.values if m in held_in)
    days = UsualDay(day.weekday, day.start, day.weeks, () if _is_asked(family) or not left_out else holds)
    if len(days.months) == 12:
        days = UsualDay(day.weekday, day.start, day.weeks)
    said = (*told(closed, is_fine), *told(odd, is_fine), *_none_in(left_out))
    kept = len([cell for cell in cells if cell[1] == day.start and cell[0] in on_it]) + len(explained)
    return _Found((days,), reactions, kept, said)


def _paired(missed: Sequence[date], others: Sequence[date]) -> Iterator[tuple[date, date | None]]:
    """Pair each usual day on which nothing was held with the nearest session of its month that is on none."""
    left = list(others)
    for one in missed:
        there = [day for day in left if (day.year, day.month) == (one.year, one.month)]
        nearest = min(there, key=lambda day: (abs(day - one), day), default=None)
        if nearest:
            left.remove(nearest)
        yield one, nearest


def _has_start(one: Moved, cells: Sequence[Cell], start: int) -> bool:
    return one.held is None or (one.held, start) in cells


def _is_asked(family: Family) -> bool:
    """Whether the frequency asks for a session in every month, so that none is left out by habit."""
    return family.term.per is Per.MONTH and family.met == len(family.months.values)


def _is_fine(calendar: Calendar, family: Family, start: int, day: date) -> bool:
    return is_good(day, start, family.series[0].minutes, calendar)


def _usual(named: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names that at least half of the sessions have."""
    times = Counter(name for names in named for name in dict.fromkeys(names))
    return tuple(sorted(name for name, count in times.items() if 2 * count >= len(named)))


def _room(family: Family, sessions: Sequence[Session], units: Mapping[str, str]) -> str:
    """Return the room in which at least half of the sessions were, where they may be in others."""
    needs = [need for need in family.series[0].needs if need.kind == "room"]
    if len(needs) != 1 or len(needs[0].pools) < 2:
        return ""
    usual = _usual([[units.get(unit, unit) for unit in one.rooms] for one in sessions])
    return usual[0] if len(usual) == 1 and usual[0] in needs[0].pools else ""


def _none_in(months: Sequence[int]) -> Iterator[Text]:
    yield from (_NONE_IN.fill(month=month) for month in months)


_NO_REACTION = reactions_of((), bool)
_NONE_IN = Text("{month}月はなし", "none in month {month}")
_NOT_HELD = Text("前年度の日付がありません", "no date of last year is known")
_IRREGULAR = Text(
    "曜日と時刻のそろう回が半分に満たないので、決まった習慣はありません",
    "not half of the sessions share a weekday and start: there is no habit",
)
