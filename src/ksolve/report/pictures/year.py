"""The year at one look: how full each day is, and on which weekdays each programme is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from rich.cells import cell_len, set_cell_size

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN, FiscalYear, day_text
from ksolve.report.pictures.picture import BAR, LINE, QUIET, REST, Drawing
from ksolve.text import Lang, Text

SHADES = ("#f3f6f9", "#c6dcec", "#8dbbd9", "#4a93c2", "#0072b2", "#004a73")
"""No session, and five steps up to the fullest day."""


def heat_map(year: FiscalYear, counts: Mapping[date, int], closed: frozenset[date], lang: Lang) -> Markup:
    """Draw the days of the year, a column a week, the darker the more sessions."""
    cell, left, top = 16.0, 34.0, 20.0
    weeks = (year.last - year.first).days // 7 + 2
    drawing = Drawing(left + cell * weeks + 10, top + cell * 7 + 30)
    for weekday, name in enumerate(WEEKDAYS if lang == "ja" else WEEKDAYS_EN):
        drawing.text((left - 6, top + cell * weekday + 12), name, anchor="end", colour=QUIET, size=11)
    most = max(counts.values(), default=1)
    for day in year.days:
        column = ((day - year.first).days + year.first.weekday()) // 7
        x, y = left + cell * column, top + cell * day.weekday()
        count = counts.get(day, 0)
        hint = f"{day_text(day)(lang)}: {_COUNT.fill(count=count)(lang)}"
        if day in closed and not count:
            drawing.rect((x + 6, y + 6, 4, 4), LINE, f"{day_text(day)(lang)}: {_CLOSED(lang)}")
        else:
            drawing.rect((x + 1, y + 1, cell - 2, cell - 2), SHADES[_shade(count, most)], hint)
        if day.day == 1:
            drawing.text((x, top - 7), _month(day, lang), colour=QUIET, size=11)
    _scale(drawing, left, top + cell * 7 + 22, most, lang)
    return drawing.svg(_HEAT(lang))


def _scale(drawing: Drawing, x: float, y: float, most: int, lang: Lang) -> None:
    """Write what the shades mean: 0 1 2 … 7 sessions."""
    bounds = [
        max((n for n in range(most + 1) if _shade(n, most) == shade), default=None) for shade in range(6)
    ]
    low = 0
    for shade, high in zip(SHADES, bounds, strict=True):
        if high is None:
            continue
        words = str(high) if low >= high else f"{low}–{high}"
        drawing.rect((x, y - 10, 12, 12), shade)
        drawing.text((x + 16, y), words, colour=QUIET, size=11)
        x, low = x + 52, high + 1
    drawing.text((x, y), _COUNT.fill(count="")(lang), colour=QUIET, size=11)


def _shade(count: int, most: int) -> int:
    """Return the step of a count: 0 for none, 5 for the most."""
    return 0 if not count else 1 + min(4, (count - 1) * 5 // max(1, most))


@dataclass(frozen=True, slots=True)
class Strip:
    """A programme with the dates of its sessions."""

    name: str
    days: Sequence[date]


def rhythm_strips(year: FiscalYear, strips: Sequence[Strip], title: str, lang: Lang) -> Markup:
    """Draw a strip for each programme: a dot a session, Monday on top; one weekday makes a straight row."""
    left, width, row, top = 230.0, 760.0, 26.0, 20.0
    length = (year.last - year.first).days
    drawing = Drawing(left + width + 14, top + row * len(strips) + 6)

    def across(day: date) -> float:
        return left + width * (day - year.first).days / length

    for month in range(12):
        first = date(year.start + (month + 3) // 12, (month + 3) % 12 + 1, 1)
        drawing.line((across(first), top - 6), (across(first), drawing.height))
        drawing.text((across(first) + 3, top - 7), _month(first, lang), colour=QUIET, size=11)
    for n, strip in enumerate(strips):
        y = top + row * n
        drawing.text((left - 8, y + 16), _short(strip.name), anchor="end", size=11)
        drawing.rect((left, y + 1, width, row - 3), REST if n % 2 else "#f3f6f9")
        for day in strip.days:
            hint = f"{strip.name} {day_text(day)(lang)}"
            drawing.circle((across(day), y + 3.5 + 3 * day.weekday()), 2, BAR, hint)
    return drawing.svg(title)


def _short(name: str) -> str:
    """Return a name that fits beside its strip."""
    return name if cell_len(name) <= _WIDEST else f"{set_cell_size(name, _WIDEST - 2).rstrip()}…"


_WIDEST = 38


def _month(day: date, lang: Lang) -> str:
    return f"{day.month}月" if lang == "ja" else day.strftime("%b")


_HEAT = Text("1日ごとの回数", "Sessions of each day")
_COUNT = Text("{count}回", "{count} sessions")
_CLOSED = Text("休館日", "closed")
