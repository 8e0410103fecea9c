"""Why a wish cannot be met, and the nearest date that could be had."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ksolve.calendar import day_text
from ksolve.clock import clock
from ksolve.errors import fault
from ksolve.explain.days import obstacles, restrictions
from ksolve.explain.placing import place
from ksolve.findings import Finding
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Session
from ksolve.revise import Revision, Wish
from ksolve.text import Text

_LISTED = 3
"""So many things in the way of a wish are named."""


@dataclass(frozen=True)
class Unmet:
    """A wish that is not met, what is in its way, and the nearest date and start to move to alone."""

    wish: Wish
    reasons: tuple[Text, ...]
    nearest: tuple[date, int] | None

    @property
    def finding(self) -> Finding:
        """The wish as a finding."""
        text = _UNMET.fill(wish=self.wish.line)
        for reason in self.reasons:
            text += _REASON.fill(reason=reason)
        remedy = None
        if self.nearest:
            remedy = _NEAREST.fill(day=day_text(self.nearest[0]), start=clock(self.nearest[1]))
        return fault("unmet-wish", text, self.wish.asking.at, remedy)


def refused(wishes: Iterable[Wish], problem: Problem, history: date | None) -> Iterator[Finding]:
    """Yield a finding for each wish that no schedule can meet: on a day that a rule forbids, or past."""
    for wish in wishes:
        if history is not None and any(day < history for day in _days(wish)):
            text = _HISTORY.fill(wish=wish.line, day=day_text(history))
            yield fault("wish-in-history", text, wish.asking.at)
        elif wish.day is not None:
            yield from _forbidden(wish, wish.day, problem)


def _days(wish: Wish) -> Iterator[date]:
    if wish.session is not None:
        yield wish.session.day
    if wish.day is not None:
        yield wish.day


def _forbidden(wish: Wish, day: date, problem: Problem) -> Iterator[Finding]:
    series = wish.series[0]
    own = restrictions(series, problem)
    starts = series.starts if wish.start is None else (wish.start,)
    number = wish.session.number if wish.session else 1
    met = {start: list(obstacles(series, day, start, problem, own, number)) for start in starts}
    if not all(met.values()):
        return
    first = next(iter(met.values()))[0]
    text = _UNMET.fill(wish=wish.line) + _REASON.fill(reason=first.text)
    yield fault("forbidden-wish", text, wish.asking.at or first.place)


def unmet_wishes(revision: Revision) -> Iterator[Unmet]:
    """Yield why each wish is not met that the revision does not meet."""
    for wish in revision.unmet:
        if wish.day is None or revision.answer.schedule is None:
            yield Unmet(wish, (), None)
            continue
        session = _session(wish, revision)
        starts = wish.series[0].starts if wish.start is None else (wish.start,)
        placed = [place(revision.problem, revision.answer.schedule, session, wish.day, s) for s in starts]
        reasons = dict.fromkeys(one.text for each in placed for one in each.in_the_way)
        yield Unmet(wish, tuple(reasons)[:_LISTED], _nearest(wish, wish.day, session, revision))


def _session(wish: Wish, revision: Revision) -> Session:
    """Return the session of the revised schedule that the wish would move: nearest to where it was."""
    series = wish.series[0]
    schedule = revision.answer.schedule
    held = schedule.of_series([series]) if schedule else ()
    was = wish.session.day if wish.session else wish.day
    if not held or was is None:
        return Session(series.id, 0, wish.day or date.min, series.starts[0], series.minutes)
    return min(held, key=lambda session: abs((session.day - was).days))


def _nearest(wish: Wish, day: date, session: Session, revision: Revision) -> tuple[date, int] | None:
    """Return the date nearest to the wish to which the session can be moved alone, all else as it is."""
    schedule, series = revision.answer.schedule, wish.series[0]
    if schedule is None:
        return None
    for near in sorted(_open(series, revision), key=lambda other: (abs((other - day).days), other)):
        for start in series.starts:
            if place(revision.problem, schedule, session, near, start).schedule is not None:
                return near, start
    return None


def _open(series: Series, revision: Revision) -> list[date]:
    own = restrictions(series, revision.problem)
    first = revision.asked.history or date.min
    return [
        day
        for day in revision.problem.calendar.open_days
        if day >= first
        and any(not any(obstacles(series, day, s, revision.problem, own)) for s in series.starts)
    ]


_UNMET = Text("かなわない希望: {wish}", "this wish cannot be met: {wish}")
_REASON = Text(" — {reason}", " - {reason}")
_NEAREST = Text(
    "ほかを動かさずに移せる最も近い日時は {day} {start} です",
    "the nearest date to which it can be moved alone is {day} {start}",
)
_HISTORY = Text(
    "{wish}: {day} より前は実施済みで、変えられません",
    "{wish}: what lies before {day} was held and cannot be changed",
)
