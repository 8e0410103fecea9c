"""Who takes which session, once dates and pools are settled: the usual people, and a fair share.

Whoever has the same hours and skills, and is named by no rule, may stand for one another. Programmes are
taken in turn, those with most sessions first: each gets as its people those who have had least, and a
session that one of them cannot take goes to whoever is free and has had least. It is greedy, and
always comes to the same names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ksolve.clock import covers
from ksolve.problem import Problem, Resource
from ksolve.problem.rule import Rule
from ksolve.problem.schedule import Schedule, Session


def name_people(problem: Problem, schedule: Schedule) -> Schedule:
    """Return a schedule with the same dates, rooms and pools, its staff named anew where a wish asks for it.

    Sessions held together with others have the staff of these.
    """
    if not any(posted.rule.after_dating for posted in problem.rules):
        return schedule
    named = {one.id: one for one in schedule.sessions if not one.held_with}
    teams = _teams(problem, named.values())
    habits = {
        one.id: posted.rule.usual_staff
        for posted in problem.rules
        for one in posted.series
        if posted.rule.usual_staff
    }
    of_member = _sessions_of(named.values())
    team_of = {one.id: number for number, team in enumerate(teams) for one in team}
    for members in _alike(problem):
        mine = sorted({name for member in members for name in of_member[member]})
        theirs = [teams[number] for number in sorted({team_of[name] for name in mine})]
        for name, chosen in _Pool(members, named, mine, habits).taking(theirs).items():
            others = [member for member in named[name].staff if member not in members]
            named[name] = replace(named[name], staff=(*others, *chosen))
            for member in chosen:
                of_member[member].append(name)
    sessions = (
        replace(one, staff=named[one.held_with].staff) if one.held_with else named[one.id]
        for one in schedule.sessions
    )
    return replace(schedule, sessions=tuple(sessions))


def _alike(problem: Problem) -> Iterator[dict[str, Resource]]:
    """Yield the members of staff who may stand for one another, with the resource of each."""
    told_apart = {name for posted in problem.rules for name in posted.rule.units}
    found: dict[object, dict[str, Resource]] = defaultdict(dict)
    for resource in problem.resources:
        if resource.kind == "staff" and not told_apart & {resource.pool, *resource.units}:
            key = resource.pool, resource.weekly, resource.features
            found[key].update(dict.fromkeys(resource.units, resource))
    yield from (members for members in found.values() if len(members) > 1)


def _sessions_of(sessions: Iterable[Session]) -> dict[str, list[str]]:
    """Return the ids of the sessions that name each member of staff."""
    found: dict[str, list[str]] = defaultdict(list)
    for session in sessions:
        for name in session.staff:
            found[name].append(session.id)
    return found


def _teams(problem: Problem, sessions: Iterable[Session]) -> list[list[Session]]:
    """Return the sessions by who should take them together, most sessions first; others each alone."""
    of_series: dict[str, list[tuple[int, Rule]]] = defaultdict(list)
    for number, posted in enumerate(problem.rules):
        for series in posted.series if posted.rule.after_dating else ():
            of_series[series.id].append((number, posted.rule))
    found: dict[object, list[Session]] = defaultdict(list)
    for session in sorted(sessions, key=lambda s: (s.day, s.start, s.series)):
        teams = [(number, rule.team(session)) for number, rule in of_series[session.series]]
        found[next((team for team in reversed(teams) if team[1] is not None), session.id)].append(session)
    return sorted(found.values(), key=lambda team: (-len(team), team[0].day, team[0].start, team[0].series))


@dataclass
class _Pool:
    """Members who may stand for one another, and what each has taken.

    `named` is who was to take what, `mine` the sessions that name one of the members, and `habits` who
    usually takes each series.
    """

    members: Mapping[str, Resource]
    named: Mapping[str, Session]
    mine: Sequence[str]
    habits: Mapping[str, Sequence[str]]
    load: Counter[str] = field(default_factory=Counter)
    busy: dict[tuple[str, date], list[Session]] = field(default_factory=lambda: defaultdict(list))

    def taking(self, teams: Sequence[Sequence[Session]]) -> dict[str, list[str]]:
        """Return who takes each session. A date on which somebody is lacking keeps the names that it had.

        Named by programme, people may run out where, named as sessions begin, they would not.
        """
        kept: set[date] = set()
        while True:
            self.load.clear()
            self.busy.clear()
            taking: dict[str, list[str]] = {}
            for session in (self.named[name] for name in self.mine):
                if session.day in kept:
                    taking[session.id] = self._take(session, self._mine(session))
            lacking = self._name(teams, kept, taking)
            if lacking is None:
                return taking
            kept.add(lacking)

    def _name(
        self, teams: Sequence[Sequence[Session]], kept: set[date], taking: dict[str, list[str]]
    ) -> date | None:
        """Name the people of each team, and return the first date on which that cannot be done."""
        for team in teams:
            amounts = {session.id: len(self._mine(session)) for session in team}
            usual = self._usual(team, max(amounts.values()), self.habits.get(team[0].series, ()))
            for session in team:
                free = [name for name in self.members if self._is_free(name, session)]
                amount = amounts[session.id]
                if session.day in kept or not amount:
                    continue
                if len(free) < amount:
                    return session.day
                chosen = sorted(free, key=lambda name: (name not in usual, self.load[name]))[:amount]
                taking[session.id] = self._take(session, chosen)
        return None

    def _mine(self, session: Session) -> list[str]:
        return [name for name in self.named[session.id].staff if name in self.members]

    def _usual(self, team: Sequence[Session], amount: int, habit: Sequence[str]) -> list[str]:
        """Return who can take most of a team's sessions: who usually does, else who has had least."""
        able = {name: sum(self._is_free(name, session) for session in team) for name in self.members}
        return sorted(self.members, key=lambda name: (-able[name], name not in habit, self.load[name]))[
            :amount
        ]

    def _take(self, session: Session, chosen: Sequence[str]) -> list[str]:
        for name in chosen:
            self.load[name] += 1
            self.busy[name, session.day].append(session)
        return sorted(chosen)

    def _is_free(self, name: str, session: Session) -> bool:
        hours = self.members[name].hours(session.day)
        is_there = covers(hours, session.start, session.end)
        return is_there and not any(session.overlaps(other) for other in self.busy[name, session.day])
