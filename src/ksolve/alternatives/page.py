"""A choice of plans as one HTML page: the programmes, plan by plan, what differs marked."""

from __future__ import annotations

from ksolve.alternatives.table import Told, choice_rows, ending, plan_lines
from ksolve.pages import page_template
from ksolve.text import Lang, Text


def choice_html(told: Told, lang: Lang) -> bytes:
    """Return a choice as a page that opens offline and prints on A3; it links each plan's report."""
    header, *rows = choice_rows(told, lang)
    plans = [
        [line(lang) for line in plan_lines(plan, number)] if plan.distances else [_FIRST(lang)]
        for number, plan in zip(told.numbers, told.choice.plans, strict=True)
    ]
    page = page_template(_TEMPLATE).render(
        lang=lang,
        title=f"{told.title} {_TITLE(lang)}",
        ending=ending(told.choice)(lang),
        plans=plans,
        report=_REPORT(lang),
        header=header,
        rows=rows,
    )
    return page.encode("utf-8")


_TITLE = Text("選べる案", "plans to choose from")
_FIRST = Text("案1: 最初に見つかった最良の案", "plan 1: the best plan that was found first")
_REPORT = Text("予定を見る", "open the schedule")
_TEMPLATE = """{% extends "base" %}
{% block style %}
  td.other { background: #fff2bf; font-weight: bold; }
  @page { size: A3 landscape; margin: 10mm; }
{% endblock %}
{% block body %}
<main>
<h1>{{ title }}</h1>
<p><strong>{{ ending }}</strong></p>
<ul>
{% for lines in plans %}
<li>{% for line in lines %}{{ line }}<br>{% endfor %}
<a href="{{ loop.index }}/report.html">{{ report }}</a></li>
{% endfor %}
</ul>
<div class="scroll" tabindex="0" role="region" aria-label="{{ title }}">
<table>
<thead><tr>{% for cell in header %}<th scope="col">{{ cell }}</th>{% endfor %}</tr></thead>
<tbody>
{% for row in rows %}
<tr><th scope="row">{{ row[0] }}</th><td>{{ row[1] }}</td>
{%- for cell in row[2:] %}<td{% if cell != row[2] %} class="other"{% endif %}>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</tbody></table></div>
</main>
{% endblock %}
"""
