"""A schedule revised: as few changes as can be, history to the letter, and what each change is for."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ksolve.changes import Change, changes
from ksolve.checker import check
from ksolve.findings import Finding
from ksolve.problem import Problem, Tier
from ksolve.problem.identity import identified
from ksolve.problem.schedule import Schedule, Session
from ksolve.revise.concerned import split
from ksolve.revise.keeping import Asked, keeping, unmet
from ksolve.revise.names import keep_names, kept_units
from ksolve.revise.reasons import with_reasons
from ksolve.revise.searching import search
from ksolve.revise.wishes import Wish, WishKind
from ksolve.solver import Answer, Options, Progress, TierValue, Verdict, Watch
from ksolve.verified import DisagreementError


@dataclass(frozen=True)
class Revision:
    """What became of a schedule.

    `answer` holds the revised schedule (None where there is none) and the tiers with their bounds; of
    these CHANGES counts the sessions that are not where `base` has them. `changes` pairs them.
    `unmet` are the wishes that it does not fulfil. `broken` is what history breaks of the rules, for good,
    `given_up` what is broken because a session is dropped or added on purpose.
    """

    problem: Problem
    asked: Asked
    base: Schedule
    answer: Answer
    changes: tuple[Change, ...] = ()
    unmet: tuple[Wish, ...] = ()
    broken: tuple[Finding, ...] = ()
    given_up: tuple[Finding, ...] = ()

    def tier(self, tier: Tier) -> TierValue | None:
        """Return the cost and the bound of a tier, None where nothing counts in it."""
        return next((one for one in self.answer.tiers if one.tier is tier), None)


def revise(
    problem: Problem,
    base: Schedule,
    asked: Asked | None = None,
    options: Options | None = None,
    watch: Watch = lambda _progress: None,
    *,
    relax: Callable[[Problem], Problem] = lambda problem: problem,
) -> Revision:
    """Return a schedule of the problem that departs from `base` as little as can be.

    `base` may break rules, but names no series that the problem does not have. `relax` makes the problem
    one in which sessions may be left out. `watch` is told of whole schedules that hold, history and all.
    Raises DisagreementError where solver and checker differ.
    """
    asked = asked or Asked()
    base = identified(base, problem)
    wanted = relax(keeping(problem, base, asked))
    parted = split(wanted, base)
    concerned = parted.problem

    due = 0.0

    def whole(progress: Progress) -> None:
        nonlocal due
        began = time.monotonic()
        if began < due:
            return
        found = Answer(
            Verdict.FEASIBLE, progress.schedule, progress.tiers, progress.seconds, interrupted=False
        )
        answer = parted.joined(found)
        schedule = kept_to(answer.schedule or progress.schedule, wanted, base, asked)
        if not check(wanted, schedule):
            watch(replace(progress, schedule=schedule, tiers=answer.tiers))
        due = time.monotonic() + _OF_TEN * (time.monotonic() - began)

    answer = parted.joined(search(concerned, base, options or Options(), whole) if concerned else None)
    if answer.schedule is None:
        return Revision(wanted, asked, base, answer)
    schedule = kept_to(answer.schedule, wanted, base, asked)
    findings = check(wanted, schedule)
    if findings:
        raise DisagreementError(wanted, schedule, findings, "a revision, with history as it was held")
    found = with_reasons(changes(base, schedule), problem, base, schedule, asked)
    broken, given_up = _broken(problem, base, schedule, asked)
    return Revision(
        wanted,
        asked,
        base,
        replace(answer, schedule=schedule, names=None),
        found,
        unmet(asked.wishes, problem, schedule),
        broken,
        given_up,
    )


def _broken(
    problem: Problem, base: Schedule, schedule: Schedule, asked: Asked
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return what a revised schedule breaks: what was broken before, and what drops and additions break."""
    found = check(problem, schedule)
    if not found or not (asked.of(WishKind.DROP) or asked.of(WishKind.ADD)):
        return found, ()
    before = {(one.rule, one.text) for one in check(problem, base)}
    old = tuple(one for one in found if (one.rule, one.text) in before)
    return old, tuple(one for one in found if one not in old)


_OF_TEN = 9.0
"""After making a schedule whole for the watch, the search goes on for so many times as long."""


def kept_to(schedule: Schedule, problem: Problem, base: Schedule, asked: Asked) -> Schedule:
    """Return a schedule with its history to the letter, and the uids and like units that the base has.

    What is to come is numbered after what was held, in order of date.
    """
    held = [s for s in base.sessions if asked.history is not None and s.day < asked.history]
    past = {(s.series, s.day, s.start) for s in held}
    coming = [s for s in schedule.sessions if (s.series, s.day, s.start) not in past]
    numbered = _numbered(held, coming)
    uids = _uids(base, numbered, asked.wishes)
    there = {(s.series, s.day, s.start): s for s in base.sessions}
    sessions = [replace(session, uid=uids.get(session.id, "")) for session in numbered.sessions]
    wanted = kept_units(numbered, base) | _pinned(asked.wishes, sessions)
    open_ = [session for session in sessions if (session.series, session.day, session.start) not in past]
    named = keep_names(Schedule.of(open_), problem, wanted)
    whole = Schedule.of([*held, *(_as_written(session, there) for session in named.sessions)])
    return identified(whole, problem, [session.uid for session in base.sessions])


def _uids(base: Schedule, schedule: Schedule, wishes: Sequence[Wish]) -> dict[str, str]:
    """Return which session of the base each session is: in its place, else as wished, else in order of date.

    What was dropped on purpose is none of them.
    """
    gone = {wish.session.id for wish in wishes if wish.kind is WishKind.DROP and wish.session}
    left = {s.id: s for s in base.sessions if s.id not in gone}
    there = {(s.series, s.day, s.start): s for s in left.values()}
    found: dict[str, str] = {}

    def is_(session: Session, before: Session | None) -> None:
        if before is not None and session.id not in found and before.id in left:
            found[session.id] = left.pop(before.id).uid

    for session in schedule.sessions:
        is_(session, there.get((session.series, session.day, session.start)))
    for wish in wishes:
        for session in schedule.sessions:
            if wish.leaves and wish.wants(session):
                is_(session, wish.session)
    for session in schedule.sessions:
        is_(session, next((s for s in left.values() if s.series == session.series), None))
    return found


def _as_written(session: Session, there: Mapping[tuple[str, date, int], Session]) -> Session:
    """Return a session with its units in the order of the base, where they are the same."""
    before = there.get((session.series, session.day, session.start))
    if before is None or set(before.rooms) != set(session.rooms) or set(before.staff) != set(session.staff):
        return session
    return replace(session, rooms=before.rooms, staff=before.staff)


def _pinned(wishes: Iterable[Wish], sessions: Iterable[Session]) -> dict[str, Sequence[str]]:
    """Return the units that wishes name, by the id of the session that fulfils each."""
    return {
        session.id: wish.units
        for wish in wishes
        for session in sessions
        if wish.units and wish.wants(session)
    }


def _numbered(held: Iterable[Session], coming: Iterable[Session]) -> Schedule:
    """Number what is to come after what was held; guests name their hosts by the new numbers."""
    last: dict[str, int] = defaultdict(int)
    for session in held:
        last[session.series] = max(last[session.series], session.number)
    ids: dict[str, str] = {}
    done: list[Session] = []
    for session in Schedule.of(coming).sessions:
        last[session.series] += 1
        new = replace(session, number=last[session.series], line=0)
        ids[session.id] = new.id
        done.append(new)
    hosted = [replace(session, held_with=ids.get(session.held_with, session.held_with)) for session in done]
    return Schedule.of([*held, *hosted])
