"""Two years side by side as rows of text, for the terminal, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ksolve.calendar import MONTHS, WEEKDAYS, WEEKDAYS_EN
from ksolve.problem.schedule import Session
from ksolve.report.two_years.view import Pair, Row, Side, TwoYears
from ksolve.text import Lang, Text

MANY = 4
"""A month with more sessions of a programme than this shows how many there are."""


def header(two: TwoYears, lang: Lang) -> tuple[str, ...]:
    """Return the words above the columns of `cells`."""
    names = (str(two.last), str(two.this))
    words = (word(lang) for word in _HEADER)
    return tuple(word.format(last=names[0], this=names[1]) for word in words)


def cells(row: Row, lang: Lang) -> tuple[str, ...]:
    """Return a programme's patterns, counts and moves in the order of `header`."""
    before, after = row.counts
    count = f"{before}" if before == after else f"{before} → {after}"
    return (
        row.name,
        row.last.pattern(lang),
        row.this.pattern(lang),
        count,
        row.word(lang),
        _moves(row.last, lang),
        _moves(row.this, lang),
    )


def month_cell(pairs: Iterable[Pair], lang: Lang) -> str:
    """Return the dates of a month: 9(火)→8(火); how many of each year where they are many."""
    pairs = list(pairs)
    if len(pairs) > MANY:
        counts = [sum(bool(s) for s in side) for side in zip(*((p.last, p.this) for p in pairs), strict=True)]
        return f"{counts[0]}→{counts[1]}"
    return " ".join(f"{day(pair.last, lang)}→{day(pair.this, lang)}" for pair in pairs)


def day(session: Session | None, lang: Lang) -> str:
    """Return 9(火), a dash where there is no session."""
    if session is None:
        return "–"
    names = WEEKDAYS if lang == "ja" else WEEKDAYS_EN
    return f"{session.day.day}({names[session.day.weekday()]})"


def year_rows(two: TwoYears, lang: Lang, *, months: bool = True) -> Iterator[tuple[str, ...]]:
    """Yield a header and a row for each programme, with or without its twelve months."""
    names = [f"{month}月" for month in MONTHS] if months else []
    yield (*header(two, lang), *names)
    for row in two.rows:
        dates = [month_cell(pairs, lang) for pairs in row.months] if months else []
        yield (*cells(row, lang), *dates)


def as_json(two: TwoYears) -> dict[str, Any]:
    """Return both years for programs; texts in both languages."""
    return {
        "last": str(two.last),
        "this": str(two.this),
        "rows": [
            {
                "name": row.name,
                "series": ".".join(filter(None, row.owner)),
                "last": _side(row.last),
                "this": _side(row.this),
                "same": row.is_same,
                "pairs": [
                    {"last": _date(pair.last), "this": _date(pair.this), "state": pair.state}
                    for pairs in row.months
                    for pair in pairs
                ],
            }
            for row in two.rows
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "pattern": {"ja": side.pattern.ja, "en": side.pattern.en} if side.rhythm else None,
        "sessions": len(side.sessions),
        "moves": [
            {
                "place": move.place.isoformat(),
                "date": move.day.isoformat() if move.day else None,
                "why": {"ja": move.why.ja, "en": move.why.en} if move.why else None,
            }
            for move in side.moves
        ],
    }


def _date(session: Session | None) -> str | None:
    return session.day.isoformat() if session else None


def _moves(side: Side, lang: Lang) -> str:
    return ("、" if lang == "ja" else ", ").join(move.text(lang) for move in side.moves)


_HEADER = (
    Text("事業", "programme"),
    Text("{last}", "{last}"),
    Text("{this}", "{this}"),
    Text("回数", "sessions"),
    Text("違い", "difference"),
    Text("{last}の移動", "moves of {last}"),
    Text("{this}の移動", "moves of {this}"),
)
