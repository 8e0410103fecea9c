"""Ways out that change when rooms and staff are there: other hours, one more weekday, one more of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN, show_weekdays
from ksolve.clock import Span, Spans, clock, covers, join_spans, show_spans
from ksolve.explain.elements import Element, Subject
from ksolve.explain.repair import WHY, Change, Either, Repair, Steps, Way, once
from ksolve.plan.centre import Room, StaffPool
from ksolve.problem import Series
from ksolve.text import Text

Weekly = Mapping[frozenset[int], Spans]
Pool = Room | StaffPool


@dataclass(frozen=True)
class _Roster:
    """Weekly hours that can be changed by themselves: of a pool, a shift, or a member."""

    told: Change
    name: Text
    weekly: Weekly

    def change(self, weekly: Weekly) -> Change:
        written = {show_weekdays(days): show_spans(spans) for days, spans in weekly.items()}
        return {"do": "hours", **self.told, "weekly": written, "why": WHY}


def other_hours(subject: Subject, element: Element, users: Collection[Series]) -> Iterator[Way]:
    """Let a room or members be there on one more weekday."""
    pool = element.node
    if not isinstance(pool, Room | StaffPool):
        return
    weekly = subject.problem.calendar.weekly
    for roster in _rosters(pool):
        there = frozenset[int]().union(*roster.weekly)
        usual = _fitting(next(iter(roster.weekly.values())), pool, users)
        for day in [day for day in range(7) if weekly[day] and day not in there]:
            shown = {
                "day": Text(WEEKDAYS[day], WEEKDAYS_EN[day]),
                "hours": show_spans(usual),
            }
            said = _ON[isinstance(pool, Room)].fill(name=roster.name, **shown)
            change = roster.change({**roster.weekly, frozenset({day}): usual})
            yield once(Repair(said, _DAY_MORE[isinstance(pool, Room)], (change,), 20 + day))
        yield Either(tuple(sorted(_longer(roster, pool, users), key=lambda repair: repair.size)))


def _spans(pool: Pool, users: Collection[Series]) -> list[Span]:
    """Return when a session of a series that uses the pool could run."""
    mine = [series for series in users if any(pool.id in need.pools for need in series.needs)]
    return sorted({(start, start + one.minutes) for one in mine for start in one.starts})


def _fitting(usual: Spans, pool: Pool, users: Collection[Series]) -> Spans:
    """Return the usual hours, longer where no session would fit into them."""
    spans = _spans(pool, users)
    if not spans or any(covers(usual, first, last) for first, last in spans):
        return usual
    return min((_widened(usual, span) for span in spans), key=lambda hours: (_minutes(hours), hours))


def _widened(hours: Spans, span: Span) -> Spans:
    """Return hours of which the stretch that needs the fewest minutes more is longer, to hold a span."""
    first, last = span
    longer = [
        join_spans([*hours[:at], (min(a, first), max(b, last)), *hours[at + 1 :]])
        for at, (a, b) in enumerate(hours)
    ]
    return min(longer, key=_minutes)


def _minutes(hours: Spans) -> int:
    return sum(last - first for first, last in hours)


def _longer(roster: _Roster, pool: Pool, users: Collection[Series]) -> Iterator[Repair]:
    """Yield longer days, each just long enough for one start of a series."""
    for span in _spans(pool, users):
        weekly = {days: _widened(hours, span) for days, hours in roster.weekly.items()}
        if weekly != roster.weekly:
            both = zip(weekly.values(), roster.weekly.values(), strict=True)
            added = max(_minutes(longer) - _minutes(usual) for longer, usual in both)
            hours = "、".join(f"{show_weekdays(days)} {show_spans(spans)}" for days, spans in weekly.items())
            hours_en = ", ".join(f"{_english(days)} {show_spans(spans)}" for days, spans in weekly.items())
            said = _LONGER[isinstance(pool, Room)].fill(name=roster.name, hours=Text(hours, hours_en))
            cost = _MINUTES.fill(minutes=added)
            yield Repair(said, cost, (roster.change(weekly),), 10 + added // 10)


def one_more(subject: Subject, pool: Pool, weekdays: Collection[int]) -> Iterator[Way]:
    """Add one room or member on one weekday (a second room on Tuesdays), or on ever more of them."""
    days = [day for day in range(7) if subject.problem.calendar.weekly[day] and day in weekdays]

    def on(some: Sequence[int], size: int) -> Repair:
        shown = Text("・".join(WEEKDAYS[d] for d in some), _english(some))
        hours = {show_weekdays([d]): _hours(subject, d) for d in some}
        change = {"do": "more", "of": pool.id, "weekly": hours, "why": WHY}
        said, cost = (text.fill(name=pool.name, days=shown) for text in _EXTRA[isinstance(pool, Room)])
        return Repair(said, cost, (change,), size)

    for day in days:
        yield once(on([day], 25 + day))
    yield Steps(lambda step: on(days[: step + 1], 25 + 10 * step), len(days) - 1, spare=True)


def always_more(pool: Pool) -> Iterator[Way]:
    """Add members to a pool whose number is that of its shifts or names, whenever the centre is open."""
    if not (getattr(pool, "shifts", ()) or getattr(pool, "members", ())):
        return

    def more(step: int) -> Repair:
        change = {"do": "more", "of": pool.id, "count": str(step), "why": WHY}
        return Repair(
            _ALWAYS.fill(name=pool.name, step=step),
            _ALWAYS_COST.fill(name=pool.name, step=step),
            (change,),
            35 * step,
        )

    yield Steps(more, 8)


def _hours(subject: Subject, day: int) -> str:
    spans = subject.problem.calendar.weekly[day]
    return f"{clock(spans[0][0])}-{clock(spans[-1][1])}"


def _rosters(pool: Pool) -> Iterator[_Roster]:
    if isinstance(pool, StaffPool) and pool.shifts:
        for number, shift in enumerate(pool.shifts, start=1):
            name = Text(f"{pool.name}({shift.count}人の組)", f"{pool.name} (the shift of {shift.count})")
            yield _Roster({"of": pool.id, "shift": str(number)}, name, shift.weekly)
    elif isinstance(pool, StaffPool) and pool.members:
        for member in pool.members:
            weekly = member.weekly or pool.weekly
            if weekly:
                name = Text(member.name, member.name)
                yield _Roster({"of": pool.id, "member": member.name}, name, weekly)
    elif pool.weekly:
        yield _Roster({"of": pool.id}, Text(pool.name, pool.name), pool.weekly)


def _english(days: Collection[int]) -> str:
    return ", ".join(WEEKDAYS_EN[day] for day in sorted(days))


_ON = {
    True: Text(
        "{name}を{day}曜日({hours})にも使えるようにする", "make {name} usable on {day} as well ({hours})"
    ),
    False: Text("{name}が{day}曜日({hours})にも勤務する", "have {name} at work on {day} as well ({hours})"),
}
_DAY_MORE = {
    True: Text("使える曜日が一つ増える", "it is used one weekday more"),
    False: Text("勤務が週に1日増える", "one working day a week more"),
}
_LONGER = {
    True: Text("{name}を使える時間を {hours} に広げる", "make {name} usable {hours}"),
    False: Text("{name}の勤務を {hours} に延ばす", "let {name} work {hours}"),
}
_MINUTES = Text("その曜日は{minutes}分長くなる", "{minutes} minutes longer on those days")
_EXTRA = {
    True: (
        Text("{name}をもう1室、{days}曜日に使えるようにする", "have one more {name} on {days}"),
        Text("毎週{days}曜日に1室余分に必要", "one room more each {days}"),
    ),
    False: (
        Text("{name}の応援を1人、{days}曜日に頼む", "have one more {name} on {days}"),
        Text("毎週{days}曜日に1人余分に必要", "one person more each {days}"),
    ),
}
_ALWAYS = Text("{name}を{step}人増やす", "have {step} more of {name}")
_ALWAYS_COST = Text("{name}が{step}人余分に必要", "{step} more of {name} whenever the centre is open")
