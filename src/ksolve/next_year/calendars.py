"""Calendars of others in a new plan: last year's dates are estimates until this year's are known."""

from __future__ import annotations

from pathlib import Path

from ksolve.next_year.said import Change, Question, Said
from ksolve.plan import Plan
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.plan.yaml_text import named_from
from ksolve.text import Text


def keep_calendars_of_others(resources: YamlText, above: Keys, plan: Plan, files: tuple[Path, Path]) -> Said:
    """Name the files of external calendars anew, mark them as last year's, and ask for this year's.

    They stand in the file below the keys `above`; `files` are that file, old and new. What was last year's
    already is two years old now, and no estimate: it stays as it is, and is asked for.
    """
    said = Said()
    for number, calendar in enumerate(plan.resources.external):
        if not calendar.file:
            continue
        keys: Keys = (*above, "external", number)
        resources.set((*keys, "file"), named_from(calendar.file, *files))
        asks = _WANTED if calendar.last_year else _ESTIMATED
        if not calendar.last_year:
            resources.set((*keys, "last_year"), "true", after="file")
            change = Change("external-estimated", calendar.name, calendar.file, calendar.file, _MOVED)
            said += Said((change,))
        id_ = f"external:{calendar.id}"
        said += Said((), (Question(id_, calendar.name, asks, calendar.file, (), calendar.place),))
    return said


_MOVED = Text(
    "前年度の日程を同じ曜日に移した、仮の日程です", "last year's dates on the same weekdays, as estimates"
)
_ESTIMATED = Text(
    "前年度の日程を仮に使っています。"
    "今年度の日程のファイルができたら file に書き、last_year を消してください",
    "last year's dates are estimates: when this year's are known, name their file and delete last_year",
)
_WANTED = Text(
    "日程のファイルが2年前のものです。今年度の日程のファイルを file に書き、last_year を消してください",
    "the file of its dates is two years old: name this year's, and delete last_year",
)
