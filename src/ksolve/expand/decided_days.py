"""What a plan decides about the days of a family already, so that no wish asks it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from ksolve.expand.families import Family
from ksolve.expand.series import Part
from ksolve.frequency import Months, Per, is_fixed, is_rhythm
from ksolve.problem import Series
from ksolve.rules.catalogue import BY_NAME
from ksolve.rules.windows import WindowField

Written = dict[str, Collection[str]]
"""The names of the rules that a planner wrote for each series, by its id."""
RUNS_ON = frozenset({"max_gap", "day_runs"})
"""Rules that keep a family's sessions together: none of them is then wanted far from the others."""
PAIR = 2
"""From two sessions on there is something to keep the same, or apart."""
SELDOM = 4
"""Fewer sessions a year have no pattern that anybody would learn."""
MONTHLY = 3.0
"""What meets more often than this a month has weekdays, and no week of the month."""
_VISITS = 4
"""A window with as many sessions, and more than three a month, is filled at an even pace: they are visits.

Up to three a month are a course (5月～9月に6回), with a usual place in its months."""


def is_dated(family: Family) -> bool:
    """Whether the frequency names the days itself: 毎月第2火曜日, 4/10, 毎月10日, 毎日, 隔週水曜日."""
    term = family.term
    is_in_turn = is_rhythm(term) and term.every > 1
    return bool(is_fixed(term) or term.dates or term.days or term.per is Per.DAY or is_in_turn)


def is_guest(family: Family) -> bool:
    """Whether half of the sessions or more follow another programme's."""
    hard = [bond for bond in family.part.node.together if bond.tier is None]
    return any(2 * (bond.sessions or family.size) >= family.size for bond in hard)


def windows_of(part: Part) -> tuple[WindowField, ...]:
    """Return the windows of a part, marked or written."""
    return (*part.node.marks, *part.node.windows)


def windows_of_visits(part: Part) -> Iterator[WindowField]:
    """Yield the windows that hold visits: not what meets every week, or every other."""
    is_paced = any(term.pace for term in part.terms)
    return (window for window in windows_of(part) if is_of_visits(window) and not is_paced)


def is_of_visits(window: WindowField) -> bool:
    """Whether a window of few months has so many sessions that they are visits, with no rhythm."""
    return window.sessions >= _VISITS and window.sessions > MONTHLY * len(window.months.values)


def is_course(part: Part) -> bool:
    """Whether all that is marked is one window with some sessions a month: 5月～9月に6回."""
    windows = windows_of(part)
    return len(windows) == 1 and windows[0].sessions >= PAIR and not is_of_visits(windows[0])


def in_window(family: Family) -> Family:
    """Return a family whose sessions are all in one window as one that meets in its open months only."""
    windows = windows_of(family.part)
    if len(windows) != 1 or windows[0].sessions != family.size or family.size < PAIR:
        return family
    months = tuple(month for month in family.months.values if month in windows[0].months.values)
    return replace(family, months=Months(months), met=len(months)) if months else family


def says_days(written: Written, family: Family) -> bool:
    """Whether a planner said of a family on which days it is."""
    return any(BY_NAME[name].says_days for name in said(written, family.series))


def said(written: Written, series: Iterable[Series]) -> set[str]:
    """Return the names of the rules that a planner wrote for all of some series."""
    return set.intersection(*(set(written[one.id]) for one in series))
