"""What every report of two years draws: the pattern of each programme, and its dates aligned by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import zip_longest
from typing import Literal

from ksolve.calendar import MONTHS, FiscalYear
from ksolve.fit.regularity import FEWEST, Rhythm, families, rhythm_of
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Schedule, Session
from ksolve.report.two_years.moves import Move, moves_of
from ksolve.text import Text, plain

State = Literal["same", "moved", "gone", "come"]
Owner = tuple[str, str]
"""The ids of a programme and its component."""


@dataclass(frozen=True)
class Year:
    """A year's schedule with the problem that it belongs to, or one of its series alone."""

    problem: Problem
    schedule: Schedule

    @property
    def year(self) -> FiscalYear:
        """The fiscal year."""
        return self.problem.year


@dataclass(frozen=True, slots=True)
class Pair:
    """The sessions of both years that have the same place in a month; None where a year has none."""

    last: Session | None
    this: Session | None
    state: State


@dataclass(frozen=True)
class Side:
    """One programme in one year: its pattern (None without sessions), and what became of closed places."""

    sessions: tuple[Session, ...]
    rhythm: Rhythm | None
    moves: tuple[Move, ...]

    @property
    def pattern(self) -> Text:
        """The sentence that predicts most of its sessions; the dates of a few that keep none, or a dash."""
        if self.rhythm:
            return self.rhythm.sentence
        return plain("・".join(f"{one.day.month}/{one.day.day}" for one in self.sessions) or "―")

    @cached_property
    def place_of(self) -> Mapping[date, date]:
        """Where each session that moved would have been, by its date."""
        return {move.day: move.place for move in self.moves if move.day}


@dataclass(frozen=True)
class Row:
    """One programme, component or group in both years; `months` are those of the fiscal year."""

    name: str
    owner: Owner
    last: Side
    this: Side
    months: tuple[tuple[Pair, ...], ...]

    @property
    def counts(self) -> tuple[int, int]:
        """How many sessions each year has."""
        return len(self.last.sessions), len(self.this.sessions)

    @property
    def keeps_pattern(self) -> bool:
        """Whether both years have the same pattern, or each session is where it was by that of its year."""
        is_there = all(pair.state == "same" for pairs in self.months for pair in pairs)
        return is_there or self.last.pattern == self.this.pattern

    @property
    def is_same(self) -> bool:
        """Whether both years have the same pattern and as many sessions."""
        return self.counts[0] == self.counts[1] and self.keeps_pattern

    @property
    def word(self) -> Text:
        """What is said of the programme as a whole: 新規, なくなる, 回数が違う; nothing where it goes on."""
        before, after = self.counts
        if not before or not after:
            return _GONE if before else _NEW
        return _COUNT.fill(more=f"{after - before:+d}") if before != after else _NOTHING


@dataclass(frozen=True)
class TwoYears:
    """Two years side by side, in the order of this year's plan, then what only the last one had."""

    last: FiscalYear
    this: FiscalYear
    rows: tuple[Row, ...]

    @property
    def text(self) -> Text:
        """How many programmes keep their pattern and count, and how many sessions each year has."""
        sums = [sum(counts) for counts in zip(*(row.counts for row in self.rows), strict=True)] or [0, 0]
        values = {"last": self.last, "this": self.this, "before": sums[0], "after": sums[1]}
        return _SUMMARY.fill(**values, same=sum(row.is_same for row in self.rows), rows=len(self.rows))


def side_by_side(last: Year, this: Year) -> TwoYears:
    """Return two years side by side; series are known by their ids, as a plan's are from year to year."""
    return TwoYears(last.year, this.year, tuple(_rows(last, this)))


def _rows(last: Year, this: Year) -> Iterator[Row]:
    taken: set[str] = set()
    for family in families(this.problem, this.schedule):
        ids = {series.id for series in family.series}
        owner = _owner(family.series[0])
        if sum(_owner(one) == owner for one in this.problem.counted) == len(ids):
            # all its groups keep one rhythm: so did those of last year, however many they were
            ids |= {one.id for one in last.problem.counted if _owner(one) == owner}
        taken |= ids
        yield from _row(family.name, owner, ids, last, this)
    for family in families(last.problem, last.schedule):
        ids = {series.id for series in family.series} - taken
        if ids:
            yield from _row(family.name, _owner(family.series[0]), ids, last, this)


def _owner(series: Series) -> Owner:
    return series.programme, series.component


def _row(name: str, owner: Owner, ids: set[str], last: Year, this: Year) -> Iterator[Row]:
    before, after = _side(name, ids, last), _side(name, ids, this)
    if before.sessions or after.sessions:
        months = tuple(tuple(_pairs(before, after, month)) for month in MONTHS)
        yield Row(name, owner, before, after, months)


def _side(name: str, ids: set[str], year: Year) -> Side:
    sessions = tuple(s for s in year.schedule.sessions if s.series in ids)
    if not sessions:
        return Side((), None, ())
    rhythm = rhythm_of(name, sessions, year.year)
    if len(sessions) < FEWEST and rhythm.on_it < len(sessions):
        return Side(sessions, None, ())  # two or three on different days have no usual one
    return Side(sessions, rhythm, tuple(moves_of(rhythm, sessions, year.problem.calendar)))


def _pairs(last: Side, this: Side, month: int) -> Iterator[Pair]:
    """Pair the sessions of a month that have the same place in their patterns, then the others in order."""
    keys = _Keys(last), _Keys(this)
    olds, news = ([s for s in side.sessions if s.day.month == month] for side in (last, this))
    found: list[Pair] = []
    for old in tuple(olds):
        same = next((new for new in news if keys[1](new) == keys[0](old)), None)
        if same:
            found.append(Pair(old, same, "same"))
            olds.remove(old)
            news.remove(same)
    for one, other in zip_longest(olds, news):
        state: State = "moved" if one and other else "gone" if one else "come"
        found.append(Pair(one, other, state))
    yield from sorted(found, key=_order)


def _order(pair: Pair) -> tuple[int, int]:
    session = pair.this or pair.last
    return (session.day.day, session.start) if session else (0, 0)


@dataclass(frozen=True, slots=True)
class _Keys:
    """Where a session is by the pattern of its year: a moved one is where it would have been."""

    side: Side

    def __call__(self, session: Session) -> tuple[int, int, int]:
        place = self.side.place_of.get(session.day, session.day)
        return place.weekday(), (place.day - 1) // 7, session.start


_NOTHING = Text("", "")
_NEW = Text("新規", "new")
_GONE = Text("なくなる", "no longer held")
_COUNT = Text("回数 {more}", "{more} sessions")
_SUMMARY = Text(
    "{last} {before}回 → {this} {after}回。{rows}のうち{same}は、いつもの日も回数も同じ",
    "{last}: {before} sessions, {this}: {after}; {same} of {rows} rows keep their usual day and count",
)
