"""Schedule against problem: every hard rule read from the dates alone, without any solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from ksolve.checker.across import SHARED_TWICE
from ksolve.checker.belonging import OTHER_PLAN, of_another_plan, unknown_series
from ksolve.findings import Finding, Place, Severity
from ksolve.problem import Posted, Problem, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.schedule import Schedule, Session
from ksolve.rules.as_held import AsHeld
from ksolve.text import Text

FINDINGS = (
    OTHER_PLAN,
    "contradicting-cell",
    "number-order",
    "not-filled",
    "unknown-series",
    "duplicate-session",
    "session-length",
    "held-with",
    SHARED_TWICE,
)
"""What is found besides broken rules: in a schedule's file, in its structure, and beside other plans'."""


def check(problem: Problem, schedule: Schedule, file: str = "") -> tuple[Finding, ...]:
    """Return a finding for each breach of a hard rule; none means that the schedule holds.

    That it is of another plan comes first, then what its file says twice and differently.
    `file` names the schedule's file for findings that stand at one of its lines.
    """
    case = Case(problem, schedule)
    before = _history(problem)
    return (
        *of_another_plan(problem, schedule, file),
        *schedule.contradictions,
        *unknown_series(problem, schedule, file),
        *_structure(problem, case, file, before),
        *_breaches(problem, case, file, before),
    )


def costs(problem: Problem, schedule: Schedule) -> dict[Tier, int]:
    """Return what the soft rules of each tier cost in a schedule, counted from its dates."""
    case = Case(problem, schedule)
    found: dict[Tier, int] = {posted.tier: 0 for posted in problem.rules if posted.tier is not None}
    for posted in problem.rules:
        if posted.tier is not None:
            found[posted.tier] += posted.weight * sum(
                breach.amount for breach in posted.rule.check(posted, case)
            )
    return dict(sorted(found.items()))


def soft_findings(problem: Problem, schedule: Schedule) -> tuple[Finding, ...]:
    """Return a note for each breach of a soft rule."""
    case = Case(problem, schedule)
    return tuple(
        _finding(posted, breach, Severity.NOTE, case)
        for posted in problem.rules
        if posted.tier is not None
        for breach in posted.rule.check(posted, case)
    )


def _breaches(problem: Problem, case: Case, file: str, before: date) -> Iterator[Finding]:
    for posted in problem.rules:
        if posted.tier is None:
            for breach in posted.rule.check(posted, case):
                if not _is_history(posted, breach, before):
                    yield _finding(posted, breach, Severity.ERROR, case, file)
        elif posted.most is not None:
            found = list(posted.rule.check(posted, case))
            if sum(breach.amount for breach in found) > posted.most:
                yield from (_finding(posted, breach, Severity.ERROR, case, file) for breach in found)


def _history(problem: Problem) -> date:
    """Return the date before which nothing can be done about a breach any more."""
    return max((p.rule.before for p in problem.rules if isinstance(p.rule, AsHeld)), default=date.min)


def _is_history(posted: Posted, breach: Breach, before: date) -> bool:
    """Whether all the sessions of a breach were held: they are as they are."""
    if isinstance(posted.rule, AsHeld) or not breach.sessions:
        return False
    return all(session.day < before for session in breach.sessions)


def _finding(posted: Posted, breach: Breach, severity: Severity, case: Case, file: str = "") -> Finding:
    sessions = tuple(session.id for session in breach.sessions)
    owners = (case.series.get(session.series) for session in breach.sessions)
    related = dict.fromkeys(owner.place for owner in owners if owner and owner.place != posted.place)
    lines = (Place(file, session.line) for session in breach.sessions if file and session.line)
    places = (*(place for place in related if place), *lines)
    return Finding(posted.rule.name, severity, breach.text, posted.place, sessions, related=places)


def _structure(problem: Problem, case: Case, file: str, before: date) -> Iterator[Finding]:
    """Check what no rule can: that sessions are there once, with the right length, beside the right host.

    How long they were and whom they were beside is as it is for those that were held before a date.
    """
    series = case.series
    counts = Counter(session.id for session in case.schedule.sessions)
    for session in case.schedule.sessions:
        owner = series.get(session.series)
        if owner is None:
            continue
        if counts[session.id] > 1:
            text = _TWICE.fill(session=case.label(session), count=counts[session.id])
            yield Finding("duplicate-session", Severity.ERROR, text, _place(session, file), (session.id,))
        if session.day < before:
            continue
        if session.minutes != owner.minutes:
            text = _LENGTH.fill(session=case.label(session), found=session.minutes, wanted=owner.minutes)
            yield Finding("session-length", Severity.ERROR, text, owner.place, (session.id,))
        if session.held_with and not _is_held(session, case, problem.hosts.get(session.series, ())):
            text = _HELD.fill(session=case.label(session), host=session.held_with)
            place = _place(session, file) or owner.place
            yield Finding("held-with", Severity.ERROR, text, place, (session.id,))


def _place(session: Session, file: str) -> Place | None:
    return Place(file, session.line) if session.line else None


def _is_held(session: Session, case: Case, hosts: Collection[str]) -> bool:
    """Tell whether a guest really has a host: the same date, start and room, and the right to it."""
    host = case.schedule.by_id.get(session.held_with)
    if host is None or host.series not in hosts or host.held_with:
        return False
    if sorted(session.units) != sorted(host.units):
        return False
    return (session.day, session.start) == (host.day, host.start) and session.minutes <= host.minutes


_TWICE = Text(
    "{session}: 同じ回が{count}回書かれています", "{session}: the same session is listed {count} times"
)
_LENGTH = Text(
    "{session}: 長さが{found}分です (計画では{wanted}分)", "{session}: {found} minutes (plan: {wanted})"
)
_HELD = Text(
    "{session}: 「{host}」と併せた回になっていません(日時・部屋・職員が同じで、"
    "計画に together が必要です。記入表では「併せて行う事業」)",
    "{session}: not held together with {host} (same date, start,"
    " room and staff, and together in the plan; in a form: held with)",
)
