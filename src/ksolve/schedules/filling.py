"""Rooms and staff that a file leaves out, filled in where they can be, without any solver.

Date after date is filled: who is named keeps their sessions, and the others are chosen so that nobody
is in two places at once. Who is to lead a programme is named first, then whoever has reached no limit
(most_use) and was named least so far (fair_share); the time between two sessions of a room or member
is kept where it can be. A date that is filled is not filled again, and travel and keep_units are not looked
at: the check holds every rule against the result, as against any schedule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from ksolve.calendar import day_text
from ksolve.clock import clock, covers
from ksolve.findings import Finding, Place, Severity
from ksolve.problem import Need, Problem, Resource, Series
from ksolve.problem.case import UnitLimits
from ksolve.problem.schedule import Session
from ksolve.rules.needs import suitable
from ksolve.rules.together import Together
from ksolve.schedules.choosing import Day, Gap, limits_in
from ksolve.text import Text

At = Callable[[int], Place]
"""Where the session of each place stands in its file."""


@dataclass
class Filled:
    """The sessions with what was filled in, how many rooms and places of staff that were, and what lacks."""

    sessions: list[Session]
    rooms: int = 0
    staff: int = 0
    held: int = 0
    lacking: list[Finding] = field(default_factory=list)
    named: Counter[str] = field(default_factory=Counter)
    within: Counter[tuple[str, object]] = field(default_factory=Counter)

    def name(self, session: Session, units: Sequence[str], limits: UnitLimits) -> None:
        """Note whom a session names, in all and within the periods of limits; a guest's are its host's."""
        for unit in units if not session.held_with else ():
            self.named[unit] += 1
            for period in limits.periods(unit, session.day):
                self.within[unit, period] += 1


def filled(sessions: Sequence[Session], problem: Problem, at: At) -> Filled:
    """Fill the rooms and staff that sessions lack; `at` tells where the session of each place stands."""
    done = Filled(list(sessions))
    _hold(done, problem)
    by_day: dict[date, list[int]] = defaultdict(list)
    limits = limits_in(problem)
    for place, session in enumerate(done.sessions):
        by_day[session.day].append(place)
        done.name(session, session.units, limits)
    owners = {series.id: series for series in problem.series}
    for day in sorted(by_day):
        places = by_day[day]
        gaps = [gap for place in places for gap in _gaps(place, done.sessions[place], owners, problem)]
        _fill_day(places, [_in_turn(gap, done, limits) for gap in gaps], owners, limits, done, at)
    return done


def _hold(done: Filled, problem: Problem) -> None:
    """Let sessions that may share a room, and name none, be held with the host's of that date and start."""
    for posted in problem.rules:
        if not isinstance(posted.rule, Together) or not posted.rule.shared:
            continue
        guest, host = posted.series
        hosts = {(s.day, s.start): s for s in done.sessions if s.series == host.id and not s.held_with}
        left = posted.rule.sessions
        for place, session in enumerate(done.sessions):
            found = hosts.get((session.day, session.start))
            alone = session.series == guest.id and not (session.units or session.held_with)
            if alone and found and left:
                done.sessions[place] = replace(
                    session, held_with=found.id, rooms=found.rooms, staff=found.staff
                )
                done.held += 1
                left -= 1


def _fill_day(
    places: Sequence[int],
    gaps: Sequence[Gap],
    owners: Mapping[str, Series],
    limits: UnitLimits,
    done: Filled,
    at: At,
) -> None:
    if not gaps:
        return
    sessions = [done.sessions[n] for n in places]
    index = dict(zip(places, range(len(places)), strict=True))
    # first with the time between sessions; where that cannot be kept, without it: the check says so
    days = Day(sessions, index, limits), Day(sessions, index, UnitLimits(limits.year))
    found = next((found for day in days if (found := day.fill(gaps)) is not None), None)
    if found is None:
        text = _NOT_FOUND if any(day.gave_up for day in days) else _NONE
        done.lacking.append(
            _lack(text, [done.sessions[gap.place] for gap in gaps], owners, at(gaps[0].place))
        )
        return
    for gap, unit in found:
        session = done.sessions[gap.place]
        if gap.need.kind == "room":
            done.sessions[gap.place] = replace(session, rooms=(*session.rooms, unit))
            done.rooms += 1
        else:
            done.sessions[gap.place] = replace(session, staff=(*session.staff, unit))
            done.staff += 1
        done.name(session, (unit,), limits)
    hosts = {done.sessions[n].id: done.sessions[n] for n in places}
    for place in places:
        session = done.sessions[place]
        host = hosts.get(session.held_with)
        if host and not session.units:
            done.sessions[place] = replace(session, rooms=host.rooms, staff=host.staff)


def _lack(text: Text, sessions: Sequence[Session], owners: Mapping[str, Series], place: Place) -> Finding:
    """Say for which sessions of a date no rooms and staff were found; of many the first are named."""
    named = dict.fromkeys(f"{owners[one.series].name} {clock(one.start)}" for one in sessions)
    names = "、".join([*islice(named, _SHOWN), *(["…"] if len(named) > _SHOWN else [])])
    said = text.fill(day=day_text(sessions[0].day), names=names)
    return Finding("not-filled", Severity.ERROR, said, place, remedy=_NAME)


_SHOWN = 12


def _in_turn(gap: Gap, done: Filled, limits: UnitLimits) -> Gap:
    """Put who is to lead a session first among those who could be named, and who was named least next."""
    session = done.sessions[gap.place]
    leaders = limits.leaders.get(session.series, ())

    def turn(unit: str) -> tuple[bool, bool, int]:
        periods = limits.periods(unit, session.day).items()
        full = any(done.within[unit, period] >= most for period, most in periods)
        return unit not in leaders, full, done.named[unit]

    return replace(gap, units=tuple(sorted(gap.units, key=turn)))


def _gaps(place: int, session: Session, owners: Mapping[str, Series], problem: Problem) -> Iterator[Gap]:
    """Yield what a session needs and does not name, with the units that are there then."""
    owner = owners.get(session.series)
    if owner is None or session.held_with:
        return
    rooms = list(session.rooms)
    to_fill = sum(need.kind == "room" for need in owner.needs) - len(rooms)
    for need in owner.needs:
        if need.kind == "room" and to_fill <= 0:
            continue
        pool = {unit for name in need.pools for one in problem.of_pool(name) for unit in one.units}
        if need.kind == "staff":
            wanted = need.amount - sum(member in pool for member in session.staff)
        elif named := [room for room in rooms if room in pool]:
            rooms.remove(named[0])
            continue
        else:
            wanted, to_fill = min(1, to_fill), to_fill - 1
        if wanted <= 0:
            continue
        able = [one for one in suitable(need, problem) if _seats_with_others(one, need, owner, problem)]
        there = [one for one in able if covers(one.hours(session.day), session.start, session.end)]
        units = tuple(unit for one in there for unit in one.units)
        for _ in range(wanted):
            yield Gap(place, need, units)


def _seats_with_others(room: Resource, need: Need, series: Series, problem: Problem) -> bool:
    """Whether a room has seats enough for a session, with the largest of the others that it takes."""
    if need.kind != "room" or not series.people or room.seats is None:
        return True
    total = room.seats
    for other in [one for one in series.needs if one.kind == "room" and one is not need]:
        seats = [one.seats for one in suitable(other, problem)]
        if None in seats:
            return True
        total += max((number for number in seats if number is not None), default=0)
    return total >= series.people


def said(done: Filled) -> Iterator[Text]:
    """Say what was filled in."""
    if done.rooms or done.staff:
        both = [(done.rooms, _ROOMS), (done.staff, _STAFF)]
        named = [text.fill(count=count) for count, text in both if count]
        what = Text("・".join(one.ja for one in named), " and ".join(one.en for one in named))
        yield _FILLED.fill(what=what)
    if done.held:
        yield _HELD.fill(count=done.held)


_FILLED = Text(
    "予定に書かれていない{what}を、重ならないように補って調べました",
    "{what} that the file leaves out were filled in, none used twice at once",
)
_ROOMS = Text("部屋{count}回分", "rooms ({count})")
_STAFF = Text("職員{count}人分", "staff ({count})")
_HELD = Text(
    "{count}回を、同じ日時の相手の回と併せて実施するものとしました",
    "{count} sessions are taken as held with the partner's session of the same date and start",
)
_NONE = Text(
    "{day}: 書かれていない部屋・職員を重ならないように補えません({names})",
    "{day}: no rooms and staff were found for what the file leaves out ({names})",
)
_NOT_FOUND = Text(
    "{day}: 書かれていない部屋・職員を補う組み合わせが、決まった手間の範囲では見つかりませんでした({names})",
    "{day}: no rooms and staff were found in time for what the file leaves out ({names})",
)
_NAME = Text(
    "この日の部屋と職員を書くか、時刻をずらしてください",
    "name rooms and staff of that date, or move a session",
)
