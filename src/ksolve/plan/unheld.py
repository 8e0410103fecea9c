"""What a frequency says that no plan is held to, so that it is refused in a plan and left out of a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ksolve.frequency import Frequency, Hedge, Moved, Term, is_fixed, is_rhythm
from ksolve.text import Text


def _moves_elsewhere(term: Term) -> bool:
    """Whether a term says where sessions move that have no fixed day to move from."""
    return term.moved is not None and not is_fixed(term) and not is_rhythm(term)


def _moves_into_itself(term: Term) -> bool:
    return is_rhythm(term) and term.every == 1 and term.moved is Moved.NEXT_WEEK


def moves_unheld(term: Term) -> bool:
    """Whether how a term moves its sessions has to be left out of a plan."""
    return _moves_elsewhere(term) or _moves_into_itself(term)


def unheld(frequency: Frequency) -> Iterator[Text]:
    """Yield the parts of a frequency that no schedule is held to."""
    for found, text in _OF_TERMS:
        if any(found(term) for term in frequency.terms):
            yield text
    if frequency.otherwise:
        yield TWO_WAYS
    if frequency.bond:
        yield _BOND


RUNNING = Text("連続であること", "that the sessions run on")
_OF_TERMS: tuple[tuple[Callable[[Term], bool], Text], ...] = (
    (_moves_elsewhere, Text("祝日の場合の移動", "where sessions move on a holiday")),
    (
        _moves_into_itself,
        Text("翌週への移動(翌週にはその週の回がある)", "a move to a week with its own session"),
    ),
    (lambda term: term.consecutive, RUNNING),
    (
        lambda term: bool(term.periods) and bool(term.hedges & {Hedge.AT_LEAST, Hedge.AT_MOST}),
        Text("×か月のある回数の以上・以内", "the bound beside a number of months"),
    ),
)
TWO_WAYS = Text("もう一つの方法", "the other way")
_BOND = Text("ほかの事業との関係", "the tie to another programme")
