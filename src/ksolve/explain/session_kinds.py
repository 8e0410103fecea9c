"""Ways out that let the sessions of a kind be held at other times, in other rooms, or with fewer people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN
from ksolve.clock import clock
from ksolve.explain.elements import Subject
from ksolve.explain.repair import WHY, Change, Either, Repair, Way, once
from ksolve.plan.centre import Room, SessionKind
from ksolve.plan.schema import Plan
from ksolve.text import Text, counted


def other_weekdays(subject: Subject, kind: SessionKind) -> Iterator[Way]:
    """Let sessions that are tied to weekdays be held on one more of them."""
    if kind.weekdays is None:
        return
    weekly = subject.problem.calendar.weekly
    for day in sorted(set(range(len(WEEKDAYS))) - kind.weekdays):
        if weekly[day]:
            allowed = "".join(WEEKDAYS[n] for n in sorted(kind.weekdays | {day}))
            said = _ON_WEEKDAY.fill(
                kind=_named(subject.plan, kind), day=Text(WEEKDAYS[day], WEEKDAYS_EN[day])
            )
            yield once(Repair(said, _WEEKDAY_MORE, (_change(kind, weekdays=allowed),), 9 + day))


def other_starts(subject: Subject, kind: SessionKind) -> Iterator[Way]:
    """Let sessions begin at one more time, the nearest first."""
    yield Either(
        tuple(
            Repair(
                _AT_START.fill(kind=_named(subject.plan, kind), start=clock(start)),
                _START_MORE,
                (_change(kind, starts=_written(sorted((*kind.starts, start)))),),
                8,
            )
            for start in _starts(subject, kind)
        )
    )


def twice_a_day(subject: Subject, kind: SessionKind) -> Iterator[Way]:
    """Let a series have one session more on a day, at one more start where there are too few."""
    times = kind.per_day + 1
    said = _PER_DAY.fill(kind=_named(subject.plan, kind), times=times)
    cost = _DAY_MORE.fill(times=times)
    if len(kind.starts) >= times:
        yield once(Repair(said, cost, (_change(kind, per_day=str(times)),), 12))
        return
    repairs = []
    for start in _starts(subject, kind):
        if all(abs(start - other) >= kind.minutes for other in kind.starts):
            change = _change(kind, per_day=str(times), starts=_written(sorted((*kind.starts, start))))
            text = said + _WITH_START.fill(start=clock(start))
            repairs.append(Repair(text, cost, (change,), 14))
    yield Either(tuple(repairs))


def other_rooms(subject: Subject, kind: SessionKind) -> Iterator[Way]:
    """Let sessions take one more kind of room, if it is equipped and large enough."""
    further = {room for either in kind.more_rooms for room in either}
    for room in subject.plan.resources.rooms:
        if kind.rooms and room.id not in {*kind.rooms, *further} and _suits(room, kind):
            said = _IN_ROOM.fill(kind=_named(subject.plan, kind), room=room.name)
            yield once(Repair(said, _ROOM_MORE, (_change(kind, rooms=[*kind.rooms, room.id]),), 9))


def fewer_people(subject: Subject, kind: SessionKind) -> Iterator[Way]:
    """Let as many people come as a smaller one of the rooms seats, the largest first."""
    rooms = subject.plan.resources.rooms
    of_each = [
        {room.seats for room in rooms if room.id in pools and room.seats}
        for pools in (kind.rooms, *kind.more_rooms)
    ]
    seats = {sum(some) for some in product(*filter(None, of_each))}
    for people in sorted((one for one in seats if 0 < one < kind.people), reverse=True):
        less = kind.people - people
        said = _PEOPLE.fill(kind=_named(subject.plan, kind), old=kind.people, new=people)
        cost = _PEOPLE_LESS.fill(people=Text(str(less), counted(less, "person", "people")))
        yield once(Repair(said, cost, (_change(kind, people=str(people)),), 10 + less))


def _suits(room: Room, kind: SessionKind) -> bool:
    seats = room.seats is None or room.seats >= kind.people or bool(kind.more_rooms)
    return seats and set(kind.features) <= set(room.features)


def _starts(subject: Subject, kind: SessionKind) -> list[int]:
    """Return other half hours at which a session fits into the opening hours, the nearest first.

    Those that overlap the session as it is and those that do not are a few each: either may be what helps.
    """
    spans = [span for hours in subject.problem.calendar.weekly for span in hours]
    fitting = {
        start
        for first, last in spans
        for start in range(-(-first // _GRID) * _GRID, last - kind.minutes + 1, _GRID)
    }

    def apart(start: int) -> int:
        return min(abs(start - own) for own in kind.starts)

    others = sorted(fitting - set(kind.starts), key=lambda start: (apart(start), start))
    over = [start for start in others if apart(start) < kind.minutes]
    beside = [start for start in others if apart(start) >= kind.minutes]
    return [*over[:_FEW], *beside[:_FEW]]


def _written(starts: Sequence[int]) -> list[str]:
    return [clock(start) for start in starts]


def _change(kind: SessionKind, **told: object) -> Change:
    return {"do": "session", "of": kind.id, **told, "why": WHY}


def _named(plan: Plan, kind: SessionKind) -> str:
    """Return a kind's name, else those of the programmes whose sessions are of it."""
    if kind.name:
        return kind.name
    named = [
        p.name for p in plan.programmes if kind.id in (p.session, *(part.session for part in p.components))
    ]
    return "・".join(named[:_MANY]) + ("など" if len(named) > _MANY else "")


_GRID = 30
_FEW = 3
_MANY = 3
_ON_WEEKDAY = Text(
    "{kind}の回を{day}曜日にも行えるようにする", "hold the sessions of {kind} on {day} as well"
)
_WEEKDAY_MORE = Text("行う曜日が一つ増える", "one weekday more")
_AT_START = Text(
    "{kind}の回を{start}にも始められるようにする", "let the sessions of {kind} begin at {start} as well"
)
_START_MORE = Text("開始時刻が一つ増える", "one start more")
_PER_DAY = Text(
    "{kind}の回を1日{times}回まで行えるようにする", "hold up to {times} sessions of {kind} on a day"
)
_WITH_START = Text("(二つ目の開始は{start})", "(the further start at {start})")
_DAY_MORE = Text("1日に{times}回行う日ができる", "there are days with {times} sessions")
_IN_ROOM = Text("{kind}の回に{room}も使えるようにする", "let the sessions of {kind} take {room} as well")
_ROOM_MORE = Text("使う部屋が一つ増える", "one room more to choose from")
_PEOPLE = Text(
    "{kind}の一回の人数を {old}人 から {new}人 に減らす",
    "let {new} people come to a session of {kind} instead of {old}",
)
_PEOPLE_LESS = Text("一回に来られる人が{people}人減る", "{people} less at each session")
