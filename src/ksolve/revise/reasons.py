"""Why each change of a revision is made, as far as that can be proved from the two schedules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ksolve.changes import Change
from ksolve.problem import Posted, Problem
from ksolve.problem.case import Case
from ksolve.problem.schedule import Schedule, Session, label
from ksolve.revise.keeping import Asked
from ksolve.revise.wishes import Wish, WishKind
from ksolve.text import Text, plain


def with_reasons(
    found: Iterable[Change], problem: Problem, before: Schedule, after: Schedule, asked: Asked
) -> tuple[Change, ...]:
    """Return the changes, each with its reason: a wish, what it broke where it was, or who needs its place.

    A change without a provable reason is said to follow from others.
    """
    broken = _broken(problem, before)
    return tuple(replace(change, why=_why(change, problem, after, asked, broken)) for change in found)


def _why(change: Change, problem: Problem, after: Schedule, asked: Asked, broken: Mapping[str, Text]) -> Text:
    wish = next((wish for wish in asked.wishes if _is_of(wish, change)), None)
    if wish is not None:
        return _WISH + (plain(wish.asking.why) if wish.asking.why else wish.line)
    if change.before is None:
        return _FOLLOWS
    if change.before.id in broken:
        return broken[change.before.id]
    taker = next((s for s in after.sessions if _takes_place(s, change, problem)), None)
    if taker is not None:
        owners = {series.id: series for series in problem.series}
        return _ROOM_FOR.fill(session=label(taker, owners.get(taker.series)))
    breach = _put_back(change, problem, after)
    return _ELSE.fill(breach=breach) if breach else _FOLLOWS


def _put_back(change: Change, problem: Problem, after: Schedule) -> Text | None:
    """Return what the new schedule would break if this session alone were back where it was."""
    before, now = change.before, change.after
    if before is None or now is None:
        return None
    back = replace(before, number=now.number)
    schedule = Schedule.of([back if s.id == now.id else s for s in after.sessions])
    case = Case(problem, schedule)
    for posted in problem.rules:
        if posted.tier is None and any(series.id == before.series for series in posted.series):
            for breach in posted.rule.check(posted, case):
                if back in breach.sessions or not breach.sessions:
                    return breach.text
    return None


def _is_of(wish: Wish, change: Change) -> bool:
    """Tell whether a change is what a wish asked for: the session leaves, or one comes where it is wanted."""
    if change.series != wish.series[0].id:
        return False
    if wish.kind in (WishKind.FREE, WishKind.KEEP):
        return False
    leaves = wish.leaves is not None and change.before is not None and change.before.id == wish.leaves.id
    return leaves or (change.after is not None and wish.wants(change.after))


def _broken(problem: Problem, before: Schedule) -> dict[str, Text]:
    """Return what each session breaks where it was, by its id: the plan's reason for it, else the breach."""
    case = Case(problem, before)
    found: dict[str, list[Text]] = defaultdict(list)
    for posted in problem.rules:
        if posted.tier is None:
            for breach in posted.rule.check(posted, case):
                for session in breach.sessions:
                    text = _without(breach.text, case.label(session))
                    found[session.id].append(_said(posted, text))
    return {session: texts[0] for session, texts in found.items()}


def _without(text: Text, session: Text) -> Text:
    """Return what a breach says without the session that it begins with."""
    return Text(text.ja.removeprefix(f"{session.ja}: "), text.en.removeprefix(f"{session.en}: "))


def _said(posted: Posted, text: Text) -> Text:
    why = posted.rule.why or posted.why
    return text + _BECAUSE.fill(why=why) if why else text


def _takes_place(session: Session, change: Change, problem: Problem) -> bool:
    """Tell whether a session of the new schedule stands in the way of where another was."""
    before = change.before
    if before is None or not session.overlaps(before) or session.id == change.either.id:
        return False
    owners = {series.id: series for series in problem.series}
    mine, its = owners.get(before.series), owners.get(session.series)
    shares = mine is not None and its is not None and bool(mine.audiences & its.audiences)
    return shares or bool(set(session.units) & set(before.units))


_WISH = Text("希望: ", "wished: ")
_BECAUSE = Text(" ({why})", " ({why})")
_ROOM_FOR = Text("{session} に日時・部屋・職員を譲るため", "to make room for {session}")
_ELSE = Text("元のままでは守れない: {breach}", "else: {breach}")
_FOLLOWS = Text("ほかの変更に合わせるため", "follows from other changes")
