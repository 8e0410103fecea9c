"""Labels that count on: 第10期 第3回 becomes 第10期 第5回, or 第11期 第1回 where a new term begins."""

from __future__ import annotations

import re

from ksolve.calendar import FiscalYear, find_fiscal_years
from ksolve.letters import narrow

_TERM = re.compile(r"第(\d{1,4})期")
_NUMBER = re.compile(r"第(\d{1,4})(回|号|弾|次|集|版)")
_PLAIN = re.compile(r"(\d{1,4})(回目|年目|期目)")


def labels_after(label: str, per_year: int, target: FiscalYear, years: int = 1) -> tuple[str, ...]:
    """Return what a label becomes after some years, the likeliest first; itself where nothing counts.

    第3回 grows by the sessions of a year, 第46回 of what is held once by one. Where there is a term
    (第10期), the other way is that a new one begins with the first number. A fiscal year is replaced by the
    new one.
    """
    text = narrow(label)
    for spelling, year in find_fiscal_years(text):
        later = FiscalYear(year.start + years)
        text = text.replace(
            spelling, str(later) if spelling.endswith("度") else str(later).removesuffix("度")
        )
    text = re.sub(rf"{target.start - years}(?=年)", str(target.start), text)
    step = max(1, per_year) * years
    further = _NUMBER.sub(lambda found: f"第{int(found[1]) + step}{found[2]}", text)
    further = _PLAIN.sub(
        lambda found: f"{int(found[1]) + (years if found[2][0] == '年' else step)}{found[2]}", further
    )
    if not _TERM.search(text):
        return (further,)
    if not _NUMBER.search(text):
        return (text, _TERM.sub(_next_term, text))
    renewed = _NUMBER.sub(lambda found: f"第1{found[2]}", _TERM.sub(_next_term, text))
    return (further, renewed)


def is_counting(label: str) -> bool:
    """Tell whether a label has a number that grows from year to year."""
    return any(pattern.search(narrow(label)) for pattern in (_TERM, _NUMBER, _PLAIN))


def _next_term(found: re.Match[str]) -> str:
    return f"第{int(found[1]) + 1}期"
