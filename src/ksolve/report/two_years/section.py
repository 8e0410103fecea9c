"""Two years side by side as a section of a page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from markupsafe import Markup

from ksolve.calendar import MONTHS
from ksolve.pages import page_template
from ksolve.report.labels import LABELS
from ksolve.report.two_years.table import MANY, cells, day, header, month_cell
from ksolve.report.two_years.view import TwoYears
from ksolve.text import Lang, Text


def years_section(two: TwoYears, lang: Lang) -> Markup:
    """Return the section with its own styles; its id is `years`."""
    rows = [(row, cells(row, lang)) for row in two.rows]
    page = page_template(_template()).render(
        two=two,
        lang=lang,
        header=header(two, lang),
        rows=rows,
        months=MONTHS,
        many=MANY,
        day=lambda session: day(session, lang),
        month_cell=lambda pairs: month_cell(pairs, lang),
        title=LABELS["years"](lang),
        legend=_LEGEND(lang),
        only=_ONLY(lang),
    )
    return Markup(page)  # noqa: S704 - everything in it is escaped


@cache
def _template() -> str:
    return files("ksolve.report.two_years").joinpath("section.html.j2").read_text(encoding="utf-8")


_LEGEND = Text(
    "月の欄は 前年度→今年度 の日付で、いつもの日の順にそろえてあります。下線はいつもの日が違う回",
    "months: the date of last year → of this year, aligned by the usual day; underlined where that differs",
)
_ONLY = Text("違いのある事業だけを表示", "only programmes that differ")
