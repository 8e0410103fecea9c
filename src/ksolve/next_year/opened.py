"""Closed days on which the centre opens for one programme alone, carried over to another year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ksolve.calendar import FiscalYear, YearlyDay, month_position, parse_days
from ksolve.findings import Place
from ksolve.frequency.wording import canonical
from ksolve.next_year.dates import in_other_year
from ksolve.next_year.events import moved_run
from ksolve.next_year.once import EVERY_YEAR, ONLY_THEN, days_answered
from ksolve.next_year.said import YES, Change, Question, Said
from ksolve.plan.schema import Component, Programme
from ksolve.plan.yaml_edit import Path as Keys
from ksolve.plan.yaml_edit import YamlText
from ksolve.spelling import listed
from ksolve.text import Text

Node = tuple[Keys, Programme | Component]
"""A programme or a part of one, with where it stands in the file."""


def carry_opened(
    text: YamlText, nodes: Sequence[Node], years: tuple[FiscalYear, FiscalYear], answers: Mapping[str, str]
) -> Said:
    """Move the days of each node to the same holiday, or the same weekday of the month, and ask about them.

    What is written as 毎年5/3 stays, and is not asked about; what names its year moves elsewhere. An answer
    is 毎年, 前年度だけ, or this year's days (5/3・11/15). Raises PlanError for one that is none of these.
    """
    return sum((_carried(text, keys, node, years, answers) for keys, node in nodes), Said())


def _carried(
    text: YamlText,
    keys: Keys,
    node: Programme | Component,
    years: tuple[FiscalYear, FiscalYear],
    answers: Mapping[str, str],
) -> Said:
    written = [str(one) for one in listed(text.value((*keys, "opened"))) or ()]
    asked = [one for one in written if _is_asked(one)]
    if not asked:
        return Said()
    id_ = f"opened:{keys[-1]}:{node.id}"
    moved = list(_moved(asked, node, years))
    now = _answered(answers.get(id_, ""), asked, moved, id_, node.place)
    held = [*(one for one in written if one not in asked), *now]
    if held:
        text.set((*keys, "opened"), held)
    else:
        text.remove((*keys, "opened"))
    before, taken = "・".join(asked), "・".join(moved)
    question = Question(id_, node.name, _ASKS, taken, ("毎年", "前年度だけ"), node.place)
    why = _MOVED if now == moved else _ANSWERED
    return Said((Change("opened-moved", node.name, before, "・".join(now), why, node.place),), (question,))


def pin_to_opened(text: YamlText, keys: Keys, node: Programme | Component) -> bool:
    """Write the new days into a frequency whose dates were just those opened for it; tell whether they were.

    年1回(11/3) of a festival on a holiday is on the day that it is opened for now, and has no habit beside.
    """
    frequency = node.frequency
    days = [parse_days(str(one)) for one in listed(text.value((*keys, "opened"))) or ()]
    dates = [day for term in frequency.terms for day in term.dates] if frequency else []
    were = [first for first, last in node.opened if first == last]
    is_same = sorted(map(_position, dates)) == sorted(map(_position, were)) and len(were) == len(node.opened)
    if frequency is None or not dates or len(frequency.terms) > 1 or not is_same or len(days) != len(dates):
        return False
    if any(first != last for first, last in days):
        return False
    now = tuple(sorted((replace(first, is_yearly=False) for first, _ in days), key=_position))
    term = replace(frequency.terms[0], dates=now)
    text.set((*keys, "frequency"), canonical(replace(frequency.meaning, terms=(term,))))
    return True


def _position(day: YearlyDay) -> tuple[int, int]:
    return month_position(day.month), day.day


def _is_asked(days: str) -> bool:
    first, _ = parse_days(days)
    return first.year is None and not first.is_yearly


def _moved(
    asked: Sequence[str], node: Programme | Component, years: tuple[FiscalYear, FiscalYear]
) -> Iterator[str]:
    """Yield days as the new year has them, one of several in a row with these; a stretch keeps its dates."""
    dates = [day for term in node.frequency.terms for day in term.dates] if node.frequency else []
    of_run = dict(zip(sorted(map(_position, dates)), moved_run(dates, years), strict=False))
    for days in asked:
        first, last = parse_days(days)
        in_run = of_run.get(_position(first))
        yield str(in_run or in_other_year(first, *years)) if first == last else days


def _answered(
    answer: str, asked: Sequence[str], moved: list[str], id_: str, place: Place | None
) -> list[str]:
    if not answer or answer in YES:
        return moved
    if answer in EVERY_YEAR | ONLY_THEN:
        found = [days_answered(answer, days, id_, place) for days in asked]
    else:
        parts = [part.strip() for part in re.split("[・、,]", answer)]
        found = [days_answered(part, part, id_, place) for part in parts]
    return [days for days in found if days]


_MOVED = Text(
    "休館日に開ける日を、同じ祝日か同じ週の同じ曜日に移しました", "the same holiday or weekday of the month"
)
_ANSWERED = Text("決めることの答え", "answered among what is to be decided")
_ASKS = Text(
    "この事業のために、休館日に開ける日はこれでよいですか。毎年この日なら 毎年 と答えてください",
    "are these the closed days on which the centre opens for it? Answer 毎年 if last year's are every year's",
)
