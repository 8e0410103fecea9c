"""Ways out that give a plan more: units of a room or pool, open days, days of presence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, pairwise

from ksolve.calendar import YearlyDay, day_text
from ksolve.explain.conflict import Conflict, Judge
from ksolve.explain.elements import Element, Subject
from ksolve.explain.repair import WHY, Repair, Steps, once
from ksolve.plan.schema import Absence, Room, StaffPool
from ksolve.problem import Posted, Tier
from ksolve.rules import Capacity, OffDates
from ksolve.solver import Options, solve
from ksolve.text import Text, counted


def capacity(subject: Subject, posted: Posted) -> Iterator[Steps]:
    """Yield ever more units of a room or pool whose number a conflict names."""
    if not isinstance(posted.rule, Capacity):
        return
    centre = subject.plan.resources
    pool = posted.rule.pool
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


def opening(subject: Subject, conflict: Conflict, element: Element, judge: Judge) -> Iterator[Steps]:
    """Yield the fewest days on which the centre would have to open in spite of a closure."""
    calendar = subject.problem.calendar
    closed = [day for day in calendar.year.days if not calendar.hours(day)]
    days = _fewest(subject, conflict, element, closed, judge)
    if days:
        changes = tuple({"do": "open", "days": text, "why": WHY} for text in _stretches(days))
        said = _OPEN.fill(days=_listed(days))
        cost = Text(f"閉館日が{len(days)}日減る", f"{counted(len(days), 'more open day')}")
        yield once(Repair(said, cost, changes, 10 * len(days)))


def presence(subject: Subject, conflict: Conflict, element: Element, judge: Judge) -> Iterator[Steps]:
    """Yield the fewest days of an absence on which the room or pool would have to be there."""
    centre = subject.plan.resources
    pools: tuple[Room | StaffPool, ...] = (*centre.rooms, *centre.staff)
    for pool in pools:
        away = pool.closed if isinstance(pool, Room) else pool.absent
        if any(absence is element.node for absence in away) and isinstance(element.node, Absence):
            first, last = (day.within(subject.plan.year) for day in element.node.days)
            within = [day for day in subject.plan.year.days if first <= day <= last]
            days = _fewest(subject, conflict, element, within, judge)
            if days:
                changes = tuple(
                    {"do": "present", "of": pool.id, "days": t, "why": WHY} for t in _stretches(days)
                )
                there, less = _THERE[isinstance(pool, Room)]
                said = there.fill(name=pool.name, days=_listed(days))
                cost = less.fill(days=Text(str(len(days)), counted(len(days), "day")))
                yield once(Repair(said, cost, changes, 10 * len(days)))


def _fewest(
    subject: Subject, conflict: Conflict, element: Element, days: Sequence[date], judge: Judge
) -> tuple[date, ...]:
    """Return the fewest of some days that the conflict needs once the element is gone."""
    rest = [other for other in conflict.elements if other is not element]
    # all that is known of the centre still holds, but for the element itself
    kept = {*rest, *(f for f in subject.facts if f is not element)}
    problem = subject.stating(kept | {e for e in subject.elements if e.name in ("needs", "capacity")})
    asked = tuple(problem.series)
    soft = Posted(OffDates(days=tuple((_day(d), _day(d)) for d in days)), asked, "", Tier.SHORTAGE)
    answer = solve(replace(problem, rules=(*problem.rules, soft)), Options(min(3.0, judge.left_s)), _ignore)
    if answer.schedule is None:
        return ()
    return tuple(sorted({s.day for s in answer.schedule.sessions} & set(days)))


def _day(day: date) -> YearlyDay:
    return YearlyDay(day.month, day.day, day.year)


def _ignore(_progress: object) -> None:
    """Nobody watches."""


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
    True: Text("{name}が{step}室余分に要る", "{step} more of {name}"),
    False: Text("{name}が{step}人余分に要る", "{step} more of {name}"),
}
_THERE = {
    True: (
        Text("{name}を {days} に使えるようにする", "make {name} usable on {days}"),
        Text("使用不可の日が{days}日減る", "{days} less without it"),
    ),
    False: (
        Text("{name}が {days} に出勤できるようにする", "have {name} at work on {days}"),
        Text("不在が{days}日減る", "{days} of absence less"),
    ),
}
