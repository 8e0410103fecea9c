"""No field of a term is passed over: each changes what is written, explained, told to machines and held."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import pytest

from ksolve.api import prepare
from ksolve.calendar import YearlyDay
from ksolve.errors import PlanError
from ksolve.frequency import (
    Frequency,
    Hedge,
    Months,
    Moved,
    OffDays,
    Pattern,
    Per,
    Range,
    Term,
    read_frequency,
)
from ksolve.frequency.algebra import in_months, summed, without
from ksolve.frequency.data import as_data
from ksolve.frequency.explaining import sentences
from ksolve.frequency.wording import canonical
from tiny import write_plan

TUESDAY = Pattern(frozenset({1}))
SECOND = Pattern(frozenset({1}), (2,))
YEARLY = Term(count=Range(6, 6))
MONTHLY = Term(count=Range(1, 1), per=Per.MONTH)
WEEKLY = Term(count=Range(1, 1), per=Per.WEEK, pattern=TUESDAY)
FIXED = Term(count=Range(1, 1), per=Per.MONTH, pattern=SECOND)
NEXT_DAY = replace(FIXED, moved=Moved.NEXT_OPEN)
MAY = (YearlyDay(5, 1), YearlyDay(5, 31))

CHANGES: dict[str, tuple[Term, Term]] = {
    "count": (YEARLY, replace(YEARLY, count=Range(6, 8))),
    "per": (MONTHLY, replace(MONTHLY, per=Per.QUARTER)),
    "every": (MONTHLY, replace(MONTHLY, every=2)),
    "every, of weeks": (WEEKLY, replace(WEEKLY, every=2)),
    "every, of a pace": (
        replace(YEARLY, count=Range(20, 20), pace=(1, Per.WEEK), pattern=TUESDAY),
        replace(YEARLY, count=Range(20, 20), pace=(1, Per.WEEK), pattern=TUESDAY, every=2),
    ),
    "periods": (MONTHLY, replace(MONTHLY, periods=5)),
    "groups": (YEARLY, replace(YEARLY, groups=2)),
    "courses": (replace(YEARLY, per=Per.COURSE), replace(YEARLY, per=Per.COURSE, courses=3)),
    "pace": (YEARLY, replace(YEARLY, pace=(1, Per.MONTH))),
    "months": (YEARLY, replace(YEARLY, months=Months((5, 6, 7)))),
    "months, named each": (
        replace(YEARLY, count=Range(3, 3), months=Months((5, 6, 7))),
        replace(YEARLY, count=Range(3, 3), months=Months((5, 6, 7), each=True)),
    ),
    "months, one of them": (
        replace(MONTHLY, months=Months((4, 5), each=True)),
        replace(MONTHLY, months=Months((4, 5), either=True)),
    ),
    "without": (MONTHLY, replace(MONTHLY, without=Months((8,)))),
    "within": (YEARLY, replace(YEARLY, within=(MAY,))),
    "pattern": (YEARLY, replace(YEARLY, pattern=TUESDAY)),
    "pattern, of the month": (YEARLY, replace(YEARLY, pattern=SECOND)),
    "dates": (
        replace(YEARLY, count=Range(1, 1)),
        replace(YEARLY, count=Range(1, 1), dates=(YearlyDay(5, 7),)),
    ),
    "days": (MONTHLY, replace(MONTHLY, days=(10,))),
    "hours": (MONTHLY, replace(MONTHLY, hours=(780, 780))),
    "hours, to an end": (replace(MONTHLY, hours=(780, 780)), replace(MONTHLY, hours=(780, 870))),
    "consecutive": (YEARLY, replace(YEARLY, consecutive=True)),
    "day_by_day": (
        replace(YEARLY, consecutive=True),
        replace(YEARLY, consecutive=True, day_by_day=True),
    ),
    "holidays": (WEEKLY, replace(WEEKLY, holidays=False)),
    "left_out": (WEEKLY, replace(WEEKLY, left_out=(MAY,))),
    "left_out, of a fixed day": (FIXED, replace(FIXED, left_out=(MAY,))),
    "moved": (FIXED, NEXT_DAY),
    "moved, before": (NEXT_DAY, replace(NEXT_DAY, moved=Moved.PREVIOUS_OPEN)),
    "moved, to a weekday": (NEXT_DAY, replace(NEXT_DAY, moved=Moved.NEXT_WORKDAY)),
    "moved_from": (NEXT_DAY, replace(NEXT_DAY, moved_from=OffDays())),
    "moved_from, weekends": (
        replace(MONTHLY, days=(15,), moved=Moved.NEXT_WORKDAY),
        replace(
            MONTHLY,
            days=(15,),
            moved=Moved.NEXT_WORKDAY,
            moved_from=OffDays(holidays=True, weekdays=frozenset({5, 6})),
        ),
    ),
    "hedges": (YEARLY, replace(YEARLY, hedges=frozenset({Hedge.AT_LEAST}))),
    "hedges, at most": (YEARLY, replace(YEARLY, hedges=frozenset({Hedge.AT_MOST}))),
    "hedges, about": (YEARLY, replace(YEARLY, hedges=frozenset({Hedge.ABOUT}))),
    "hedges, tentative": (YEARLY, replace(YEARLY, hedges=frozenset({Hedge.TENTATIVE}))),
    "hedges, usually": (YEARLY, replace(YEARLY, hedges=frozenset({Hedge.USUALLY}))),
}
"""For each field, and each use of it that is of another kind, a term and the same with that field changed."""
AT_THEIR_WORD = {"hedges, about", "hedges, tentative", "hedges, usually"}
"""What the explanation says is taken at its word: it asks nothing else of a schedule."""


def of(term: Term) -> Frequency:
    return Frequency("", (term,))


def held(term: Term, folder: Path) -> object:
    """Return the series and rules that a plan with this frequency asks for, or what it is refused with."""
    centre = {
        "calendar": {"open": {"月-日": "9:00-17:00"}, "holidays": "open"},
        "sessions": [{"id": "hour", "minutes": "60", "starts": ["10:00", "13:00"]}],
    }
    programme = {"id": "a", "name": "甲", "frequency": canonical(of(term)), "session": "hour"}
    try:
        problem = prepare(write_plan(folder, {"centre": centre, "programmes": [programme]})).problem
    except PlanError as error:
        return [(finding.rule, finding.text.ja) for finding in error.findings]
    return problem.series, [(posted.rule, posted.tier) for posted in problem.rules]


def test_every_field_of_a_term_is_tried() -> None:
    assert {name.partition(",")[0] for name in CHANGES} == {field.name for field in fields(Term)}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_is_written_explained_and_told(name: str) -> None:
    before, after = CHANGES[name]
    assert canonical(of(before)) != canonical(of(after))
    assert read_frequency(canonical(of(after))).terms == (after,)
    for said in (sentences(of(before)), sentences(of(after))):
        assert all(text.ja and text.en for text in said)
    assert {text.ja for text in sentences(of(before))} != {text.ja for text in sentences(of(after))}
    assert {text.en for text in sentences(of(before))} != {text.en for text in sentences(of(after))}
    assert as_data(of(before))["terms"] != as_data(of(after))["terms"]


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_changes_the_problem_or_is_refused_by_name(name: str, tmp_path: Path) -> None:
    before, after = CHANGES[name]
    same = held(before, tmp_path) == held(after, tmp_path)
    assert same == (name in AT_THEIR_WORD)


def test_meanings_are_added_and_narrowed_without_words_and_their_text_reads_back() -> None:
    monthly, weekly = read_frequency("月2回"), read_frequency("毎週土曜日")
    both = summed([in_months(monthly, Months((4, 5, 6))), in_months(weekly, Months((7, 9), each=True))])
    assert both.text == "月2回(4月～6月)＋週1回(7月・9月)(土曜日)"
    kept = without(read_frequency("月1回(5月を除く)"), Months((8,)))
    assert kept.text == "月1回(5月・8月を除く)"
    for meaning in (both, kept):
        assert read_frequency(meaning.text).meaning == meaning.meaning
