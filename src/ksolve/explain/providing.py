"""Ways out that give a plan more: units of a room or pool, open days, days of presence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, pairwise

from ksolve.calendar import YearlyDay, day_text
from ksolve.explain.conflict import Conflict, Judge
from ksolve.explain.elements import Element, Subject
from ksolve.explain.repair import WHY, Change, Repair, Steps, Way, once
from ksolve.plan.centre import Absence, Room, StaffPool
from ksolve.problem import Posted, Series, Tier
from ksolve.rules.capacity import Capacity
from ksolve.rules.off_dates import OffDates
from ksolve.solver import Options, solve
from ksolve.text import Text, counted


def capacity(subject: Subject, posted: Posted) -> Iterator[Way]:
    """Yield one unit more, two more and so on, of a room or pool whose number is part of a conflict."""
    if not isinstance(posted.rule, Capacity):
        return
    pool = posted.rule.pool
    centre = subject.plan.resources
    nodes: tuple[Room | StaffPool, ...] = (*centre.rooms, *centre.staff)
    node = next(node for node in nodes if node.id == pool)
    if getattr(node, "shifts", ()) or getattr(node, "members", ()):
        return

    def more(step: int) -> Repair:
        change = {"do": "capacity", "of": pool, "count": str(node.count + step), "why": WHY}
        said = Text(
            f"{node.name}を {node.count} から {node.count + step} に増やす",
            f"have {node.count + step} of {node.name} instead of {node.count}",
        )
        return Repair(
            said,
            _MORE[isinstance(node, Room)].fill(name=node.name, step=step),
            (change,),
            30 * step,
        )

    yield Steps(more, 8)


def opening(subject: Subject, conflict: Conflict, judge: Judge) -> Iterator[Way]:
    """Yield the fewest days on which the centre would have to open though it is closed."""
    calendar = subject.problem.calendar
    closed = [day for day in calendar.year.days if not calendar.hours(day)]
    days = _fewest(subject, conflict, {fact for fact in subject.facts if fact.calendar}, closed, judge)
    if days:
        changes = tuple({"do": "open", "days": text, "why": WHY} for text in _stretches(days))
        said = _OPEN.fill(days=_listed(days))
        cost = Text(f"休館日が{len(days)}日減る", f"{counted(len(days), 'more open day')}")
        yield once(Repair(said, cost, changes, 10 * len(days)))


def presence(subject: Subject, conflict: Conflict, element: Element, judge: Judge) -> Iterator[Way]:
    """Yield the fewest days of an absence on which the room or pool would have to be there, or replaced."""
    pool = pool_of(subject, element)
    if pool is None or not isinstance(element.node, Absence):
        return
    first, last = (day.within(subject.plan.year) for day in element.node.days)
    within = [day for day in subject.plan.year.days if first <= day <= last]
    days = _fewest(subject, conflict, {element}, within, judge)
    if not days:
        return
    texts = {"name": pool.name, "days": _listed(days), "count": counted(len(days), "day"), "n": len(days)}
    is_room = isinstance(pool, Room)
    there, less = (text.fill(**texts) for text in _THERE[is_room])
    changes = tuple({"do": "present", "of": pool.id, "days": t, "why": WHY} for t in _stretches(days))
    yield once(Repair(there, less, changes, 10 * len(days)))
    instead, cost = (text.fill(**texts) for text in _INSTEAD[is_room])
    extra: Change = {"do": "more", "of": pool.id, "days": list(_stretches(days)), "why": WHY}
    yield once(Repair(instead, cost, (extra,), 12 * len(days)))


def pool_of(subject: Subject, element: Element) -> Room | StaffPool | None:
    """Return the room or staff pool that an absence, hours, seats or a capacity are about."""
    centre = subject.plan.resources
    capacities = {p.rule.pool for p in subject.posted(element) if isinstance(p.rule, Capacity)}
    pools: tuple[Room | StaffPool, ...] = (*centre.rooms, *centre.staff)
    for pool in pools:
        away = pool.closed if isinstance(pool, Room) else pool.absent
        if pool is element.node or pool.id in capacities or any(one is element.node for one in away):
            return pool
    return None


def _fewest(
    subject: Subject, conflict: Conflict, gone: Collection[Element], days: Sequence[date], judge: Judge
) -> tuple[date, ...]:
    """Return the fewest days that must be open for a conflict's rules to hold without the facts `gone`."""
    # every other fact of the centre still holds
    kept = {e for e in (*conflict.elements, *subject.facts) if e not in gone}
    problem = subject.stating(kept | {e for e in subject.elements if e.name in ("needs", "capacity")})
    asked = tuple(problem.series)
    calendar = subject.problem.calendar
    # a day that is closed for two reasons is the last to be asked for
    twice = [day for day in days if day in calendar.closed and not calendar.weekly[day.weekday()]]
    soft = [_avoided(some, asked) for some in (days, twice) if some]
    answer = solve(replace(problem, rules=(*problem.rules, *soft)), Options(min(3.0, judge.left_s)), _ignore)
    if answer.schedule is None:
        return ()
    return tuple(sorted({s.day for s in answer.schedule.sessions} & set(days)))


def _avoided(days: Sequence[date], series: tuple[Series, ...]) -> Posted:
    return Posted(OffDates(days=tuple((_day(d), _day(d)) for d in days)), series, "", Tier.SHORTAGE)


def _day(day: date) -> YearlyDay:
    return YearlyDay(day.month, day.day, day.year)


def _ignore(_progress: object) -> None:
    """Show the progress to nobody."""


def _stretches(days: Sequence[date]) -> Iterator[str]:
    """Return runs of days as a scenario writes them."""
    breaks = [0, *(i for i, (a, b) in enumerate(pairwise(days), 1) if (b - a).days > 1), len(days)]
    for begin, end in pairwise(breaks):
        first, last = days[begin], days[end - 1]
        yield str(first) if first == last else f"{first}〜{last}"


def _listed(days: Sequence[date]) -> Text:
    shown = [day_text(day) for day in islice(days, _SHOWN)]
    all_ja, all_en = f" ほか計{len(days)}日", f" and others, {len(days)} in all"
    more = Text(all_ja, all_en) if len(days) > _SHOWN else Text("", "")
    return Text("・".join(t.ja for t in shown) + more.ja, ", ".join(t.en for t in shown) + more.en)


_SHOWN = 6
_OPEN = Text("{days} に開館する", "open on {days}")
_MORE = {
    True: Text("{name}が{step}室余分に必要", "{step} more of {name}"),
    False: Text("{name}が{step}人余分に必要", "{step} more of {name}"),
}
_THERE = {
    True: (
        Text("{name}を {days} に使えるようにする", "make {name} usable on {days}"),
        Text("使用不可の日が{n}日減る", "{count} less without it"),
    ),
    False: (
        Text("{name}が {days} に出勤できるようにする", "have {name} at work on {days}"),
        Text("不在が{n}日減る", "{count} of absence less"),
    ),
}
_INSTEAD = {
    True: (
        Text("{name}の代わりの部屋を {days} に借りる", "have another room instead of {name} on {days}"),
        Text("部屋を{n}日分借りる", "another room for {count}"),
    ),
    False: (
        Text("{name}の応援を {days} に頼む", "have somebody stand in for {name} on {days}"),
        Text("応援が{n}日分必要", "somebody else for {count}"),
    ),
}
