"""Drawn years as a page: the sentences, two pictures, and the table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ksolve.pages import page_template
from ksolve.stress.outcome import Stress
from ksolve.stress.table import lines, month_text, table_rows
from ksolve.text import Lang, Text

_WIDTH, _HEIGHT, _BASE = 640, 180, 150
"""The size of a picture, and the height of its ground line, in pixels."""
_MOST_BARS = 30
_WIDEST = 48.0
"""Of a bar, in pixels: a year in which nothing is lost is one bar."""


def stress_html(found: Stress, title: str, lang: Lang) -> bytes:
    """Return drawn years as a page that opens offline and prints on A4."""
    header, *rows = table_rows(found, lang)
    page = page_template(_TEMPLATE).render(
        lang=lang,
        title=f"{title} {_TITLE(lang)}",
        lines=[line(lang) for line in lines(found)],
        pictures=[
            (_BY_YEAR(lang), _bars(_years(found))),
            (_BY_MONTH(lang), _bars(_months(found, lang))),
        ],
        legend=_LEGEND(lang),
        width=_WIDTH,
        height=_HEIGHT,
        base=_BASE,
        header=header,
        rows=rows,
    )
    return page.encode("utf-8")


Bar = tuple[str, float, float]
"""A label, a value, and the part of it that is drawn dark."""


def _years(found: Stress) -> list[Bar]:
    """Return the part of the years with 0, 1, 2 ... sessions lost."""
    counts = Counter(min(int(lost), _MOST_BARS) for lost in found.lost_by_year)
    return [
        (
            f"{lost}+" if lost == _MOST_BARS else str(lost),
            counts[lost] / found.years,
            counts[lost] / found.years,
        )
        for lost in range(max(counts) + 1)
    ]


def _months(found: Stress, lang: Lang) -> list[Bar]:
    return [(month_text(month)(lang), hits, lost) for month, lost, hits in found.by_month]


def _bars(values: Sequence[Bar]) -> list[dict[str, object]]:
    """Return where each bar stands, how high it is and its dark part, in pixels, with its labels."""
    most = max((value for _, value, _ in values), default=0.0) or 1.0
    step = _WIDTH / max(1, len(values))
    wide = min(_WIDEST, step * 0.7)
    scale = (_BASE - 20) / most
    return [
        {
            "x": round((number + 0.5) * step - wide / 2, 1),
            "width": round(wide, 1),
            "middle": round((number + 0.5) * step, 1),
            "height": round(value * scale, 1),
            "top": round(_BASE - value * scale, 1),
            "dark": round(dark * scale, 1),
            "dark_top": round(_BASE - dark * scale, 1),
            "label": label,
            "value": f"{value:.2f}",
        }
        for number, (label, value, dark) in enumerate(values)
    ]


_TITLE = Text("不測の一年", "a year in which things go wrong")
_BY_YEAR = Text(
    "1年に失われる回の数(横)と、そうなる年の割合(縦)", "sessions lost in a year, and the part of such years"
)
_BY_MONTH = Text(
    "月ごとの、予定どおりに行えない回(薄い色)と失われる回(濃い色)。1年あたり",
    "sessions a year that are disturbed (light) and lost (dark), by month",
)
_LEGEND = Text("数字は棒の高さです。", "The figures are the heights of the bars.")
_TEMPLATE = """{% extends "base" %}
{% block style %}
  svg { max-width: 100%; height: auto; } td.number { text-align: right; }
  tbody td:first-child, tbody th { min-width: 4em; }
  p { margin: .1rem 0; white-space: pre-wrap; } .all { fill: #a9cbe6; } .lost { fill: #0b4f80; }
  text { font-size: 11px; text-anchor: middle; fill: #1a1a1a; }
  @page { size: A4; margin: 10mm; } @media print { svg { break-inside: avoid; } h2 { break-after: avoid; } }
{% endblock %}
{% block body %}
<main>
<h1>{{ title }}</h1>
{% for line in lines %}<p>{{ line }}</p>
{% endfor %}
{% for caption, bars in pictures %}
<h2>{{ caption }}</h2>
<svg viewBox="0 0 {{ width }} {{ height }}" width="{{ width }}" role="img" aria-label="{{ caption }}">
{% for bar in bars %}
<rect class="all" x="{{ bar.x }}" y="{{ bar.top }}" width="{{ bar.width }}" height="{{ bar.height }}"/>
<rect class="lost" x="{{ bar.x }}" y="{{ bar.dark_top }}" width="{{ bar.width }}" height="{{ bar.dark }}"/>
<text x="{{ bar.middle }}" y="{{ base + 16 }}">{{ bar.label }}</text>
<text x="{{ bar.middle }}" y="{{ bar.top - 4 }}">{{ bar.value }}</text>
{% endfor %}
<line x1="0" y1="{{ base }}" x2="{{ width }}" y2="{{ base }}" stroke="#1a1a1a"/>
</svg>
{% endfor %}
<p>{{ legend }}</p>
<div class="scroll" tabindex="0" role="region" aria-label="{{ title }}">
<table>
<thead><tr>{% for cell in header %}<th scope="col">{{ cell }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows %}
<tr><td>{{ row[0] }}</td><th scope="row">{{ row[1] }}</th>
{%- for cell in row[2:] %}<td class="number">{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</tbody></table></div>
</main>
{% endblock %}
"""
