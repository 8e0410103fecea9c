"""Calendars that others keep, for a new year: last year's dates are estimates until theirs come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ksolve.next_year.said import Change, Question, Said
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.plan.yaml_text import named_from
from ksolve.text import Text

_OWN_YEAR = re.compile(r"\d{4}[-/年]|令和|平成")


def carry_external(
    text: YamlText,
    keys: Keys,
    files: tuple[Path, Path],
    answers: Mapping[str, str],
) -> Said:
    """Carry over the calendars at `keys` from a file to another (`files`), and ask for this year's dates.

    A file is named from where the new plan stands, and taken for last year's until another is named, in
    the plan or as the answer. Dates that name their year, which are moved with all others, are called
    tentative.
    """
    said = Said()
    for number, calendar in enumerate(text.value(keys) or ()):
        here = (*keys, number)
        id_, name = f"external:{calendar.get('id')}", str(calendar.get("name"))
        named, answer = str(calendar.get("file") or ""), answers.get(f"external:{calendar.get('id')}", "")
        dated = [one for one in calendar.get("dates") or () if _OWN_YEAR.search(_days(one))]
        if dated:
            text.set((*here, "tentative"), "true", after="effect")
        was_estimate = str(calendar.get("last_year", "")).lower() == "true"
        if named:
            said += _of_file(text, here, named, files, answer)
        if named or dated:
            asks = _WANTED if named and was_estimate else _ESTIMATED
            said += Said((), (Question(id_, name, asks, named),))
    return said


def _of_file(text: YamlText, here: Keys, named: str, files: tuple[Path, Path], answer: str) -> Said:
    """Name a calendar's file anew: that of the answer, or last year's, marked as such."""
    if answer and Path(answer).suffix:
        text.set((*here, "file"), answer)
        if text.value((*here, "last_year")) is not None:
            text.remove((*here, "last_year"))
        return Said()
    text.set((*here, "file"), named_from(named, *files))
    if text.value((*here, "last_year")) is None:
        text.set((*here, "last_year"), "true", after="file")
    name = str(text.value((*here, "name")))
    return Said((Change("external-estimated", name, named, named, _MOVED),))


def _days(entry: object) -> str:
    return str(entry.get("days", "")) if isinstance(entry, dict) else str(entry)


_MOVED = Text(
    "前年度の日程を同じ曜日に移した、仮の日程です", "last year's dates on the same weekdays, as estimates"
)
_ESTIMATED = Text(
    "前年度の日程を同じ曜日に移し、仮の日程としました。今年度の日程が決まったら、そのファイルの名前を答えに"
    "書くか、日付を差し替えてください",
    "last year's dates are moved to the same weekdays as estimates: when this year's are known, answer with "
    "the name of their file, or replace them",
)
_WANTED = Text(
    "日程のファイルが2年以上前のものです。今年度の日程のファイルの名前を答えに書いてください",
    "the file of its dates is two years old or more: answer with the name of this year's",
)
