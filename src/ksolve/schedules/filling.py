"""Rooms and staff that a file leaves out, filled in where they can be, without any solver.

Each date is filled by itself: who is named keeps their sessions, and the others are chosen so that nobody
is in two places at once. Who is to lead a programme is named first, and the time between two sessions of a
room or member is kept where it can be. Other rules (most_use, travel, keep_rooms) are not looked at here:
they are held against what was filled in, as against any schedule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ksolve.calendar import day_text
from ksolve.clock import clock, covers
from ksolve.findings import Finding, Place, Severity
from ksolve.problem import Need, Problem, Series
from ksolve.rules.led_by import LedBy
from ksolve.rules.needs import suitable
from ksolve.rules.together import Together
from ksolve.rules.turnaround import Turnaround
from ksolve.schedule import Session
from ksolve.text import Text

At = Callable[[int], Place]
"""Where the session of each place stands in its file."""

_MOST_STEPS = 20_000
"""So many choices are tried for a date; what is not found then is said not to have been found."""


@dataclass
class Filled:
    """The sessions with what was filled in, how many rooms and places of staff that were, and what lacks."""

    sessions: list[Session]
    rooms: int = 0
    staff: int = 0
    held: int = 0
    lacking: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Gap:
    """One unit that a session needs and its file does not name."""

    place: int
    need: Need
    units: tuple[str, ...]


def filled(sessions: Sequence[Session], problem: Problem, at: At) -> Filled:
    """Fill the rooms and staff that sessions lack; `at` tells where the session of each place stands."""
    done = Filled(list(sessions))
    _hold(done, problem)
    by_day: dict[date, list[int]] = defaultdict(list)
    for place, session in enumerate(done.sessions):
        by_day[session.day].append(place)
    owners = {series.id: series for series in problem.series}
    kept = _kept(problem)
    for places in by_day.values():
        gaps = [gap for place in places for gap in _gaps(place, done.sessions[place], owners, problem)]
        _fill_day(places, [_led(gap, done, kept) for gap in gaps], owners, kept, done, at)
    return done


def _hold(done: Filled, problem: Problem) -> None:
    """Hold guests that name neither room nor host with the host's session of the same date and start."""
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
    gaps: Sequence[_Gap],
    owners: Mapping[str, Series],
    kept: _Kept,
    done: Filled,
    at: At,
) -> None:
    if not gaps:
        return
    sessions = [done.sessions[n] for n in places]
    index = dict(zip(places, range(len(places)), strict=True))
    # with the time between sessions where that can be kept, else without: the check says what it breaks
    found = _Day(sessions, index, kept.between).fill(gaps) or _Day(sessions, index, {}).fill(gaps)
    if found is None:
        first = done.sessions[gaps[0].place]
        names = "、".join(
            dict.fromkeys(
                f"{owners[done.sessions[gap.place].series].name} {clock(done.sessions[gap.place].start)}"
                for gap in gaps
            )
        )
        text = _NONE.fill(day=day_text(first.day), names=names)
        done.lacking.append(Finding("not-filled", Severity.ERROR, text, at(gaps[0].place), remedy=_NAME))
        return
    for gap, unit in found:
        session = done.sessions[gap.place]
        if gap.need.kind == "room":
            done.sessions[gap.place] = replace(session, rooms=(*session.rooms, unit))
            done.rooms += 1
        else:
            done.sessions[gap.place] = replace(session, staff=(*session.staff, unit))
            done.staff += 1
    hosts = {done.sessions[n].id: done.sessions[n] for n in places}
    for place in places:
        session = done.sessions[place]
        host = hosts.get(session.held_with)
        if host and not session.units:
            done.sessions[place] = replace(session, rooms=host.rooms, staff=host.staff)


def _led(gap: _Gap, done: Filled, kept: _Kept) -> _Gap:
    """Put who is to lead a session first among those who could be named."""
    leaders = kept.leaders.get(done.sessions[gap.place].series)
    if not leaders:
        return gap
    return replace(gap, units=tuple(sorted(gap.units, key=lambda unit: unit not in leaders)))


def _gaps(place: int, session: Session, owners: Mapping[str, Series], problem: Problem) -> Iterator[_Gap]:
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
        able = suitable(need, problem)
        there = [one for one in able if covers(one.hours(session.day), session.start, session.end)]
        units = tuple(unit for one in there for unit in one.units)
        for _ in range(wanted):
            yield _Gap(place, need, units)


@dataclass(frozen=True)
class _Kept:
    """What a filling keeps where it can: who leads a series, the minutes between sessions of a unit."""

    leaders: Mapping[str, set[str]]
    between: Mapping[str, int]


def _kept(problem: Problem) -> _Kept:
    leaders: dict[str, set[str]] = defaultdict(set)
    between: dict[str, int] = {}
    for posted in problem.rules:
        rule = posted.rule
        if isinstance(rule, LedBy):
            for series in posted.series:
                leaders[series.id].add(rule.member)
        elif isinstance(rule, Turnaround) and posted.tier is None:
            pool = [unit for one in problem.of_pool(rule.of) for unit in one.units]
            for unit in pool or [rule.of]:
                between[unit] = max(between.get(unit, 0), rule.minutes)
    return _Kept(leaders, between)


class _Day:
    """The search for one date: the gap with the fewest units left is filled first."""

    def __init__(
        self, sessions: Sequence[Session], index: Mapping[int, int], between: Mapping[str, int]
    ) -> None:
        self._between = between
        self._sessions = sessions
        self._index = index
        self._steps = 0
        self._taken: dict[str, list[Session]] = defaultdict(list)
        for session in sessions:
            for unit in session.units if not session.held_with else ():
                self._taken[unit].append(session)

    def fill(self, gaps: Sequence[_Gap]) -> list[tuple[_Gap, str]] | None:
        """Return a unit for each gap, None where there is none or none was found in time."""
        if not gaps:
            return []
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return None
        choices = [(self._free(gap), gap) for gap in gaps]
        units, gap = min(choices, key=lambda choice: len(choice[0]))
        rest = [other for other in gaps if other is not gap]
        session = self._session(gap)
        for unit in units:
            self._taken[unit].append(session)
            found = self.fill(rest)
            if found is not None:
                return [(gap, unit), *found]
            self._taken[unit].pop()
        return None

    def _session(self, gap: _Gap) -> Session:
        return self._sessions[self._index[gap.place]]

    def _free(self, gap: _Gap) -> list[str]:
        session = self._session(gap)
        return [
            unit for unit in gap.units if not any(self._meet(unit, session, o) for o in self._taken[unit])
        ]

    def _meet(self, unit: str, one: Session, other: Session) -> bool:
        """Tell whether two sessions overlap, or leave a unit less time between them than it needs."""
        minutes = self._between.get(unit, 0)
        return one.start < other.end + minutes and other.start < one.end + minutes


def said(done: Filled) -> Iterator[Text]:
    """Say what was filled in."""
    if done.rooms or done.staff:
        yield _FILLED.fill(rooms=done.rooms, staff=done.staff)
    if done.held:
        yield _HELD.fill(count=done.held)


_FILLED = Text(
    "予定に書かれていない部屋{rooms}回分・職員{staff}人分を、重ならないように補って調べました",
    "rooms ({rooms}) and staff ({staff}) that the file leaves out were filled in, none used twice at once",
)
_HELD = Text(
    "{count}回を、同じ日時の相手の回と併せて実施するものとしました",
    "{count} sessions are taken as held with the partner's session of the same date and start",
)
_NONE = Text(
    "{day}: 書かれていない部屋・職員を重ならないように補えません({names})",
    "{day}: no rooms and staff were found for what the file leaves out ({names})",
)
_NAME = Text(
    "この日の部屋と職員を書くか、時刻をずらしてください",
    "name rooms and staff of that date, or move a session",
)
