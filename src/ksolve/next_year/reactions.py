"""What was done where a usual day was closed: a week later, the day after, nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ksolve.calendar import day_text
from ksolve.frequency import Months
from ksolve.spelling.usual_days import STEPS, Step, led
from ksolve.text import Text

WAYS: tuple[tuple[Step, ...], ...] = (
    ("next_week",),
    ("previous_week",),
    ("next_open",),
    ("previous_open",),
    ("next_week", "next_open"),
    ("previous_week", "next_open"),
    ("previous_week", "previous_open"),
    ("skip",),
)
"""What planners do, the commonest first: of two that explain the same it is the first."""
EITHER: tuple[Step, ...] = ("either",)

IsFine = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Moved:
    """A usual day that was closed, and where its session was held; None: nowhere."""

    named: date
    held: date | None


@dataclass(frozen=True, slots=True)
class Reactions:
    """What is usually done with a closed day, what else was in some months, and what neither explains."""

    closed: tuple[Step, ...]
    moves: tuple[tuple[int, tuple[Step, ...]], ...]
    unexplained: tuple[Moved, ...]

    @property
    def is_learned(self) -> bool:
        """Whether a closed day was seen at all."""
        return self.closed != EITHER or bool(self.moves)

    def steps(self, day: date) -> tuple[Step, ...]:
        """Return what becomes of a closed day."""
        return dict(self.moves).get(day.month, self.closed)


def reactions_of(seen: Sequence[Moved], is_fine: IsFine) -> Reactions:
    """Return the one way that explains most of what was seen, and others for the months that it does not."""
    if not seen:
        return Reactions(EITHER, (), ())
    closed = max(WAYS, key=lambda way: sum(_explains(way, one, is_fine) for one in seen))
    left = [one for one in seen if not _explains(closed, one, is_fine)]
    if len(left) == len(seen):
        return Reactions(EITHER, (), tuple(seen))
    moves: dict[int, tuple[Step, ...]] = {}
    for month in dict.fromkeys(one.named.month for one in left):
        mine = [one for one in seen if one.named.month == month]
        way = next((way for way in WAYS if all(_explains(way, one, is_fine) for one in mine)), None)
        if way:
            moves[month] = way
    rest = tuple(one for one in left if one.named.month not in moves)
    return Reactions(closed, tuple(moves.items()), rest)


def _explains(way: tuple[Step, ...], one: Moved, is_fine: IsFine) -> bool:
    """Whether a way leads just to where the session was held."""
    return one.held == (None if way == ("skip",) else led(one.named, way, is_fine) or date.min)


def told(seen: Sequence[Moved], is_fine: IsFine) -> Iterator[Text]:
    """Yield each closed day with what was done: 5/6(月・休)は1週後の5/13(月)."""
    for one in seen:
        if one.held is None:
            yield _LEFT_OUT.fill(day=_short(one.named))
            continue
        way = next((way for way in WAYS if _explains(way, one, is_fine)), None)
        if way is None:
            yield _ELSEWHERE.fill(day=_short(one.named), held=_short(one.held))
        else:
            yield _WENT.fill(day=_short(one.named), way=way_text(way), held=_short(one.held))


def way_text(way: Sequence[Step]) -> Text:
    """Return a way in a few words: 1週後、または1週後の翌開館日."""
    parts = [STEPS[step] for step in way]
    return Text("の".join(part.ja for part in parts), ", then ".join(part.en for part in parts))


def moves_as_written(moves: Mapping[int, tuple[Step, ...]]) -> list[dict[str, object]]:
    """Return what else is done in some months as a plan has it, months with the same way together."""
    by_way: dict[tuple[Step, ...], list[int]] = {}
    for month, way in moves.items():
        by_way.setdefault(way, []).append(month)
    return [
        {"months": str(Months(tuple(months))), "closed": list(way) if len(way) > 1 else way[0]}
        for way, months in by_way.items()
    ]


def _short(day: date) -> Text:
    weekday = day_text(day)
    return Text(f"{day.month}/{day.day}{weekday.ja[10:]}", f"{day.month}/{day.day} {weekday.en[10:]}".strip())


_LEFT_OUT = Text("{day}はなし", "none for {day}")
_ELSEWHERE = Text("{day}は{held}", "{day} on {held}")
_WENT = Text("{day}は{way}の{held}", "{day} {way}: {held}")
