"""A problem whose schedule keeps to another one as closely as it can: what revisions and what-ifs solve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ksolve.calendar import YearlyDay
from ksolve.problem import Posted, Problem, Series, Tier
from ksolve.problem.case import Breach, Case
from ksolve.problem.schedule import Schedule, Session
from ksolve.revise.wishes import Wish, WishKind
from ksolve.rules.as_held import AsHeld
from ksolve.rules.few_moves import FewMoves
from ksolve.rules.keep_units import KeepUnits
from ksolve.rules.near_moves import NearMoves
from ksolve.rules.off_dates import OffDates
from ksolve.rules.pinned import Pinned
from ksolve.rules.short_notice import ShortNotice


@dataclass(frozen=True, slots=True)
class Asked:
    """What a schedule is to be kept for: wishes, and what is history.

    What lies before the date `history` was held and never changes (None: nothing was). A change within
    `notice_days` from then on is a change at short notice.
    """

    wishes: tuple[Wish, ...] = ()
    history: date | None = None
    notice_days: int = 28

    def of(self, kind: WishKind) -> tuple[Wish, ...]:
        """Return the wishes of a kind."""
        return tuple(wish for wish in self.wishes if wish.kind is kind)

    def names(self, series: Series, kind: WishKind) -> bool:
        """Tell whether a wish of a kind is about a series."""
        return any(series in wish.series for wish in self.of(kind))


def keeping(problem: Problem, base: Schedule, asked: Asked | None = None) -> Problem:
    """Return the problem of a schedule that departs from `base` as little as can be.

    Wishes come first, then the number of sessions at another date or start, those at short notice, in
    other rooms, with other staff; then the problem's own preferences. A hard rule that history breaks,
    or a session that is dropped or added on purpose, is broken no more than by these.
    """
    asked = asked or Asked()
    excused = tuple(_excused(posted, problem, base, asked) for posted in problem.rules)
    own = [posted for series in problem.series for posted in _stay(series, problem, base, asked)]
    return replace(problem, rules=(*excused, *own, *_wanted(asked)))


def _excused(posted: Posted, problem: Problem, base: Schedule, asked: Asked) -> Posted:
    """Return a rule as it still binds: soft, up to what is broken already and cannot be mended.

    What takes days away from each session by itself binds none that was held, and stays hard for the others.
    """
    if posted.tier is not None or posted.rule.always_hard:
        return posted
    amount = 0
    if asked.history is not None and not posted.rule.blamed:
        breaches = posted.rule.check(posted, Case(problem, base))
        amount += sum(breach.amount for breach in breaches if is_past(breach, asked.history))
    if asked.of(WishKind.DROP) or asked.of(WishKind.ADD):
        changed = _amount(posted, problem, _dropped_and_added(base, asked))
        amount += max(0, changed - _amount(posted, problem, base))
    # it weighs nothing: what was dropped is not to be made up for, and what was held cannot be mended
    return replace(posted, tier=Tier.HISTORY, weight=0, most=amount) if amount else posted


def _amount(posted: Posted, problem: Problem, schedule: Schedule) -> int:
    return sum(breach.amount for breach in posted.rule.check(posted, Case(problem, schedule)))


def is_past(breach: Breach, before: date) -> bool:
    """Whether a breach is about what was held alone: its sessions, or its whole period."""
    if breach.sessions:
        return all(session.day < before for session in breach.sessions)
    return breach.period is not None and breach.period[1] < before


def _dropped_and_added(base: Schedule, asked: Asked) -> Schedule:
    """Return the schedule without what is to be dropped, and with what is to be added."""
    gone = {wish.session.id for wish in asked.of(WishKind.DROP) if wish.session}
    added = [
        Session(
            series.id, 0, wish.day, series.starts[0] if wish.start is None else wish.start, series.minutes
        )
        for wish in asked.of(WishKind.ADD)
        for series in wish.series
        if wish.day is not None
    ]
    return Schedule.of([*(s for s in base.sessions if s.id not in gone), *added])


def _stay(series: Series, problem: Problem, base: Schedule, asked: Asked) -> Iterator[Posted]:
    """Yield what keeps a series where it is."""
    dropped = {wish.session.id for wish in asked.of(WishKind.DROP) if wish.session}
    sessions = [session for session in base.of_series([series]) if session.id not in dropped]
    if asked.history is not None:
        before = asked.history
        held = tuple(
            (s.day, s.start, s.minutes, () if s.held_with else s.units, _host(s, base))
            for s in sessions
            if s.day < before
        )
        yield Posted(AsHeld(before=before, held=held), (series,), series.name)
    kept = tuple((session.day, session.start) for session in sessions)
    if asked.names(series, WishKind.FREE):
        # it moves where that spares others a change, and else stays: nobody wants a move for nothing
        yield Posted(FewMoves(kept=kept), (series,), series.name, Tier.STABILITY)
        return
    tier = None if asked.names(series, WishKind.KEEP) else Tier.CHANGES
    yield Posted(FewMoves(kept=kept), (series,), series.name, tier)
    if asked.history is not None and asked.notice_days:
        last = min(asked.history + timedelta(days=asked.notice_days - 1), problem.year.last)
        notice = ShortNotice(first=asked.history, last=last, kept=kept)
        yield Posted(notice, (series,), series.name, Tier.NOTICE)
    alone = [session for session in sessions if not session.held_with]
    rooms = tuple((s.day, s.start, s.rooms) for s in alone if s.rooms)
    staff = tuple((s.day, s.start, s.staff) for s in alone if s.staff)
    yield Posted(KeepUnits(of="room", kept=rooms), (series,), series.name, Tier.ROOMS)
    yield Posted(KeepUnits(of="staff", kept=staff), (series,), series.name, Tier.STAFF)
    near = NearMoves(kept=tuple(session.day for session in sessions))
    yield Posted(near, (series,), series.name, Tier.NEARNESS)


def _host(session: Session, base: Schedule) -> str:
    """Return the series of the session that one was held together with, or what it names where none was."""
    host = base.by_id.get(session.held_with)
    is_beside = host is not None and (host.day, host.start) == (session.day, session.start)
    return host.series if host is not None and is_beside else session.held_with


def _wanted(asked: Asked) -> Iterator[Posted]:
    """Yield what makes the wishes come true, where they can."""
    for wish in asked.wishes:
        yield from wanted(wish)


def wanted(wish: Wish) -> Sequence[Posted]:
    """Return the rules that a wish stands for: a session at its new place, none at its old one."""
    posted: list[Posted] = []
    who = wish.series[0].name
    if wish.day is not None:
        pinned = Pinned(day=wish.day, start=wish.start, named=wish.units)
        posted.append(Posted(pinned, wish.series, who, Tier.WISHES))
    gone = wish.leaves
    if gone is not None:
        day = YearlyDay(gone.day.month, gone.day.day, gone.day.year)
        leaves = OffDates(days=((day, day),), start=gone.start)
        posted.append(Posted(leaves, wish.series, who, Tier.WISHES))
    return posted


def unmet(wishes: Iterable[Wish], problem: Problem, schedule: Schedule) -> tuple[Wish, ...]:
    """Return the wishes that a schedule does not fulfil."""
    case = Case(problem, schedule)
    return tuple(
        wish for wish in wishes if any(any(posted.rule.check(posted, case)) for posted in wanted(wish))
    )
