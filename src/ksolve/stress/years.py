"""Drawn years of a schedule, each session that goes wrong repaired as cheaply as can be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ksolve.expand.asked_of_year import asked_of_programme
from ksolve.expand.series import parts_of
from ksolve.plan import Plan
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule, Session
from ksolve.solver.search.interrupting import listening
from ksolve.stress.draws import BATCH, Draws
from ksolve.stress.outcome import LATE, WARNING, Hit, Outcome, Stress
from ksolve.stress.repairs import Move, Repairs

_MOVES = {Move.RESERVE: Outcome.RESERVE, Move.NATURAL: Outcome.NATURAL, Move.OTHER: Outcome.MOVED}

MakeUp = Callable[[Session], bool | None]
"""Asks whether a session can be held later if others move as well; None where that is not found out."""


def _unasked(_session: Session) -> bool | None:
    return None


def stress(
    plan: Plan, problem: Problem, schedule: Schedule, years: int, seed: int, make_up: MakeUp = _unasked
) -> Stress:
    """Draw so many years from the risks of a plan and repair each as cheaply as can be.

    The schedule is one that holds. A session that goes wrong is held with somebody else, in another room or
    a little later; else at a later date, a week later if that can be; else `make_up` is asked, once for each
    such session, those first that need it most. The rules of the plan hold after each repair by itself; two
    of one year never take the same room or member at once. An interrupt ends it with the years so far; it
    raises KeyboardInterrupt where there are none.
    """
    repairs = Repairs(problem, schedule, plan.resources.risks.within)
    hits: list[Hit] = []
    with listening() as stop:
        for first in range(0, years, BATCH):
            draws = Draws(problem, plan.resources.risks, seed, first // BATCH, min(BATCH, years - first))
            for number, struck in _struck(schedule, problem.reserves, draws):
                if stop.asked:
                    years = first + number
                    break
                year = _Year(repairs, draws, number)
                hits += [hit for one in struck for hit in year.repaired(one, first + number)]
            if stop.asked:
                break
    if not years:
        raise KeyboardInterrupt
    resolved, asked = _resolved(hits, repairs, make_up)
    promised, names = _promised(plan, problem)
    return Stress(
        problem, schedule, plan.resources.risks, years, seed, tuple(resolved), promised, names, asked
    )


def _promised(plan: Plan, problem: Problem) -> tuple[dict[str, int], dict[str, str]]:
    """Return the fewest sessions that each programme promises for the year, where it says, and its name."""
    parts = parts_of(plan)
    promised = {}
    for programme in plan.programmes:
        mine = [part for part in parts if part.programme is programme]
        if programme.frequency is not None and programme.frequency.terms:
            promised[programme.id] = asked_of_programme(programme, mine, problem.calendar).low
    return promised, {programme.id: programme.name for programme in plan.programmes}


@dataclass(frozen=True, slots=True)
class _Struck:
    """A session with what keeps it from being held as planned."""

    session: Session
    missing: tuple[str, ...]
    is_warned: bool
    is_late: bool

    @property
    def causes(self) -> tuple[str, ...]:
        """The causes, rooms and members first."""
        others = (WARNING,) * self.is_warned + (LATE,) * self.is_late
        return (*self.missing, *others)


def _struck(schedule: Schedule, spare: Collection[str], draws: Draws) -> Iterator[tuple[int, list[_Struck]]]:
    """Yield each year in which anything goes wrong, with what does in the order of its dates."""
    found: dict[int, list[_Struck]] = defaultdict(list)
    for session in schedule.sessions:
        if session.held_with or session.day not in draws.days or session.series in spare:
            continue  # a guest shares what becomes of its host, and a reserve date is no session
        day = draws.days[session.day]
        away = {unit: draws.away(unit)[:, day] for unit in session.units}
        warned, late = draws.warned(session.day, session.start), draws.late(session)
        any_away = sum(away.values(), start=warned | late)
        for year in any_away.nonzero()[0]:
            missing = tuple(unit for unit, is_away in away.items() if is_away[year])
            found[int(year)].append(_Struck(session, missing, bool(warned[year]), bool(late[year])))
    yield from sorted(found.items())


@dataclass
class _Year:
    """One year: who and what is taken by repairs besides the printed schedule."""

    repairs: Repairs
    draws: Draws
    year: int
    taken: dict[tuple[str, date], list[Session]] = field(default_factory=lambda: defaultdict(list))

    def repaired(self, struck: _Struck, year: int) -> Iterator[Hit]:
        """Yield what becomes of a session, and of the guests that share it."""
        outcome = self._outcome(struck)
        yield Hit(year, struck.session, struck.causes, outcome)
        for guest in self.repairs.on(struck.session.day):
            if guest.held_with == struck.session.id:
                yield Hit(year, guest, struck.causes, outcome)

    def _outcome(self, struck: _Struck) -> Outcome:
        if not struck.is_warned and self._on_the_spot(struck):
            return Outcome.SPOT
        for later in self.repairs.later(struck.session):
            if self._is_free(later.session):
                self._take(later.session)
                return _MOVES[later.move]
        if self.repairs.later(struck.session) or not self.repairs.cells_after(struck.session):
            return Outcome.LOST
        return Outcome.UNKNOWN

    def _on_the_spot(self, struck: _Struck) -> bool:
        """Find somebody, or a room, for each that is missing; who is late is waited for."""
        session = struck.session
        minutes = self.draws.late_minutes if struck.is_late else 0
        if minutes and not self.repairs.can_begin_late(session, minutes):
            return False
        held = replace(session, minutes=session.minutes + minutes)
        for unit in struck.missing:
            others = self.repairs.others(session, unit)
            other = next((one for one in others if one not in held.units and self._is_there(one, held)), None)
            if other is None:
                return False
            held = _with(held, unit, other)
        if minutes and not all(self._is_there(unit, held) for unit in session.units if unit in held.units):
            return False
        self._take(held)
        return True

    def _is_there(self, unit: str, session: Session) -> bool:
        """Tell whether nothing keeps a room or member from a session, and no repair has taken it."""
        if self.draws.away(unit)[self.year, self.draws.days[session.day]]:
            return False
        return not any(session.overlaps(other) for other in self.taken[unit, session.day])

    def _is_free(self, session: Session) -> bool:
        """Tell whether a session can be held at a later date as this year goes."""
        if self.draws.warned(session.day, session.start)[self.year]:
            return False
        is_held = any(one.overlaps(session) for one in self.taken[session.series, session.day])
        return not is_held and all(self._is_there(unit, session) for unit in session.units)

    def _take(self, session: Session) -> None:
        for unit in (*session.units, session.series):
            self.taken[unit, session.day].append(session)


def _with(session: Session, unit: str, other: str) -> Session:
    return replace(
        session,
        rooms=tuple(other if one == unit else one for one in session.rooms),
        staff=tuple(other if one == unit else one for one in session.staff),
    )


def _resolved(hits: Sequence[Hit], repairs: Repairs, make_up: MakeUp) -> tuple[list[Hit], tuple[int, int]]:
    """Return hits with what `make_up` says of those that nothing else mends, and of how many it says it."""
    waiting = Counter(
        hit.session.id for hit in hits if hit.outcome is Outcome.UNKNOWN and not hit.session.held_with
    )
    known = {name: make_up(repairs.base.by_id[name]) for name, _ in waiting.most_common()}
    outcomes = {True: Outcome.SOLVED, False: Outcome.LOST, None: Outcome.UNKNOWN}
    resolved = []
    for hit in hits:
        name = hit.session.held_with or hit.session.id
        is_open = hit.outcome is Outcome.UNKNOWN
        resolved.append(replace(hit, outcome=outcomes[known.get(name)]) if is_open else hit)
    return resolved, (len(known), sum(answer is not None for answer in known.values()))
