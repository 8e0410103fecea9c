"""Bars: what part of the hours that there are is taken, by unit and by week; tiers with their bounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10

from markupsafe import Markup
from rich.cells import cell_len

from ksolve.report.pictures.picture import BAR, INK, LINE, QUIET, REST, Drawing
from ksolve.report.view import Reached
from ksolve.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Share:
    """Hours taken of the hours that there are."""

    name: str
    hours: float
    available: float

    @property
    def part(self) -> float:
        """The part that is taken; 0 where there is nothing to take."""
        return self.hours / self.available if self.available else 0.0


def unit_bars(shares: Sequence[Share], title: str, lang: Lang) -> Markup:
    """Draw a bar for each unit, on one axis in percent."""
    left, width, row = 20 + 6.5 * max(cell_len(one.name) for one in shares), 420.0, 22.0
    top = 22.0
    drawing = Drawing(left + width + 190, top + row * len(shares) + 6)
    ticks = _ticks(max(one.part for one in shares))
    for tick in ticks:
        x = left + width * tick / ticks[-1]
        drawing.line((x, top - 4), (x, top + row * len(shares)))
        drawing.text((x, top - 8), _percent(tick), anchor="middle", colour=QUIET, size=11)
    for n, one in enumerate(shares):
        y = top + row * n
        said = _OF.fill(hours=f"{one.hours:,.1f}", there=f"{one.available:,.0f}", part=f"{one.part:.1%}")(
            lang
        )
        drawing.text((left - 8, y + 14), one.name, anchor="end")
        drawing.rect((left, y + 3, width * one.part / ticks[-1], row - 7), BAR, f"{one.name}: {said}")
        drawing.text((left + width + 8, y + 14), said, colour=QUIET, size=11)
    return drawing.svg(title)


def week_bars(weeks: Sequence[tuple[date, Share]], title: str, lang: Lang) -> Markup:
    """Draw an upright bar for each week, with the months below and the mean as a line."""
    left, bottom, step, height = 44.0, 30.0, 16.0, 150.0
    drawing = Drawing(left + step * len(weeks) + 10, height + bottom + 14)
    ticks = _ticks(max(share.part for _, share in weeks))
    for tick in ticks:
        y = 14 + height * (1 - tick / ticks[-1])
        drawing.line((left, y), (drawing.width, y))
        drawing.text((left - 6, y + 4), _percent(tick), anchor="end", colour=QUIET, size=11)
    month = 0
    for n, (monday, share) in enumerate(weeks):
        x, tall = left + step * n, height * share.part / ticks[-1]
        said = _OF.fill(
            hours=f"{share.hours:,.1f}", there=f"{share.available:,.0f}", part=f"{share.part:.1%}"
        )
        hint = f"{_WEEK.fill(monday=monday.isoformat())(lang)}: {said(lang)}"
        drawing.rect((x + 2, 14 + height - tall, step - 4, tall), BAR, hint)
        if monday.month != month:
            month = monday.month
            drawing.text((x, height + 32), _month(month, lang), colour=QUIET, size=11)
            drawing.line((x, 14 + height), (x, height + 22))
    whole = Share("", sum(s.hours for _, s in weeks), sum(s.available for _, s in weeks))
    y = 14 + height * (1 - whole.part / ticks[-1])
    drawing.line((left, y), (drawing.width, y), "#b3261e")
    return drawing.svg(title)


def tier_bars(tiers: Sequence[Reached], title: str, lang: Lang) -> Markup:
    """Draw for each tier what is left of it, and dark what is proven: no schedule has less than that."""
    left, width, row = 20 + 6.5 * max(cell_len(one.tier.text(lang)) for one in tiers), 300.0, 24.0
    drawing = Drawing(left + width + 220, row * len(tiers) + 8)
    for n, one in enumerate(tiers):
        y, most = row * n + 2, max(1, one.value)
        drawing.text((left - 8, y + 15), one.tier.text(lang), anchor="end")
        drawing.rect((left, y + 4, width, row - 9), REST)
        drawing.rect((left, y + 4, width * one.value / most, row - 9), "#e69f00")
        drawing.rect((left, y + 4, width * one.bound / most, row - 9), BAR)
        said = (_PROVEN if one.value <= one.bound else _OPEN).fill(value=one.value, bound=one.bound)
        drawing.text((left + width + 8, y + 15), said(lang), colour=INK if one.value else QUIET, size=11)
    drawing.line((left, 0), (left, row * len(tiers) + 4), LINE)
    return drawing.svg(title)


def _ticks(most: float) -> list[float]:
    """Return the marks of an axis from 0 to a round figure that nothing exceeds: 0, 5, 10 %."""
    step = 10 ** floor(log10(most / 2)) if most > 0 else 0.1
    step = next(step * factor for factor in (1, 2, 2.5, 5, 10) if most <= 5 * step * factor)
    return [step * n for n in range(max(1, ceil(round(most / step, 6))) + 1)]


def _percent(part: float) -> str:
    return f"{round(100 * part, 2):g}%"


def _month(month: int, lang: Lang) -> str:
    return f"{month}月" if lang == "ja" else date(2000, month, 1).strftime("%b")


_OF = Text("{hours} / {there} 時間 ({part})", "{hours} of {there} hours ({part})")
_WEEK = Text("{monday}の週", "week of {monday}")
_PROVEN = Text("残り{value} (証明済み: これより少なくできない)", "{value} left (proven: no fewer)")
_OPEN = Text("残り{value} (下限{bound})", "{value} left (bound {bound})")
