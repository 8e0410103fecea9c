"""Outcomes side by side, as rows of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ksolve.files.separated import csv_bytes
from ksolve.text import Lang, Text
from ksolve.whatif.matrix import Outcome

_HEADER = (
    Text("シナリオ", "scenario"),
    Text("判定", "verdict"),
    Text("回数", "sessions"),
    Text("適合度", "fit"),
    Text("動いた回", "moved"),
    Text("増えた回", "added"),
    Text("減った回", "dropped"),
    Text("部屋だけ変わった回", "room only"),
    Text("変更の下限(証明)", "fewest changes (proven)"),
    Text("秒", "seconds"),
)
_BASE = Text("(元の計画)", "(base)")


def outcome_rows(outcomes: Sequence[Outcome], lang: Lang) -> Iterator[tuple[str, ...]]:
    """Yield a header, then one row for each outcome; a dash where there is nothing to say."""
    yield tuple(label(lang) for label in _HEADER)
    for outcome in outcomes:
        yield (
            outcome.scenario.title if outcome.scenario else _BASE(lang),
            outcome.answer.text(lang),
            str(len(outcome.answer.schedule.sessions)) if outcome.answer.schedule else "-",
            f"{outcome.fit.figure:.1%}" if outcome.fit and not outcome.fit.is_of_another_year else "-",
            *_changes(outcome),
            f"{outcome.answer.seconds:.1f}",
        )


def _changes(outcome: Outcome) -> tuple[str, ...]:
    difference = outcome.difference
    if difference is None:
        return ("-",) * 5
    counts = (difference.moved, difference.added, difference.dropped, difference.rehoused)
    fewest = outcome.fewest_changes
    return (*(str(len(sessions)) for sessions in counts), "-" if fewest is None else str(fewest))


def outcomes_csv(outcomes: Sequence[Outcome], lang: Lang) -> bytes:
    """Return the outcomes as CSV in UTF-8 with a byte order mark."""
    return csv_bytes(outcome_rows(outcomes, lang))
