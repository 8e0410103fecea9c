"""Calendars that others keep, for a new year: last year's dates are estimates until theirs come."""

from __future__ import annotations

import re
from pathlib import Path

from ksolve.next_year.said import Question, Said
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.plan.yaml_text import named_from
from ksolve.text import Text

_OWN_YEAR = re.compile(r"\d{4}[-/年]|令和|平成")


def carry_external(text: YamlText, keys: Keys, at: Path, out: Path) -> Said:
    """Carry over the calendars at `keys`, from the file `at` to `out`, and ask for this year's dates.

    A file is named from where the new plan stands, and taken for last year's until it is replaced. Dates
    that name their year, which are moved with all others, are called tentative.
    """
    questions = []
    for number, calendar in enumerate(text.value(keys) or ()):
        here = (*keys, number)
        named = calendar.get("file")
        dated = [one for one in calendar.get("dates") or () if _OWN_YEAR.search(_days(one))]
        if named:
            text.set((*here, "file"), named_from(named, at, out))
            text.set((*here, "last_year"), "true", after="file")
        if dated:
            text.set((*here, "tentative"), "true", after="effect")
        if named or dated:
            name = str(calendar.get("name"))
            questions.append(Question(f"external:{calendar.get('id')}", name, _ASKS, str(named or "")))
    return Said((), tuple(questions))


def _days(entry: object) -> str:
    return str(entry.get("days", "")) if isinstance(entry, dict) else str(entry)


_ASKS = Text(
    "前年度の日程を同じ曜日に移し、仮の日程としました。今年度の日程が決まったら、ファイルか日付を差し替えてください",
    "last year's dates are moved to the same weekdays as estimates: replace them or the file when known",
)
