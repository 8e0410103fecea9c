"""What a published row asks for, as a frequency that a plan can be held to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ksolve.calendar import FiscalYear
from ksolve.frequency import HOLIDAYS, Frequency, FrequencyError, Per, Range, Term, read_frequency
from ksolve.frequency.wording import canonical, hours_in_words
from ksolve.plan.unheld import moves_unheld
from ksolve.published import PublishedRow
from ksolve.text import Lang, Text


def frequency_of_row(row: PublishedRow, year: FiscalYear, lang: Lang) -> tuple[str, str]:
    """Return the frequency of a row, and why it departs from the table's; both may be empty."""
    dated = _dated(row, year, lang)
    if dated is None and row.is_unread:
        return "", _UNREAD.fill(found=row.frequency_text)(lang)
    return dated or frequency_to_hold(row.frequency, row, lang)


def is_dated(row: PublishedRow, year: FiscalYear) -> bool:
    """Whether the published dates are all the sessions of a row."""
    days = row.days_in(year)
    return bool(days) and len(days) == len(row.dates) and row.count.low <= len(days)


def _placed(row: PublishedRow) -> int:
    """Return how many sessions the marks place."""
    return sum(promise.sessions for promise in row.promises)


def _dated(row: PublishedRow, year: FiscalYear, lang: Lang) -> tuple[str, str] | None:
    """Return the published dates of a row as its frequency, where they are all its sessions."""
    if not is_dated(row, year):
        return None
    days = row.days_in(year)
    listed = "・".join(f"{day.month}/{day.day}" for day in dict.fromkeys(days))
    hours = f"({hours_in_words(row.hours)})" if row.hours else ""
    return f"年{len(set(days))}回({listed}){hours}", _BY_DATES(lang)


def frequency_to_hold(frequency: Frequency | None, row: PublishedRow | None, lang: Lang) -> tuple[str, str]:
    """Return a frequency that a schedule can be held to, and why it departs from the table's."""
    sure = (row.count.low or _placed(row)) if row else 0
    by_row = (
        (f"年{sure}回", _FROM.fill(source=_SOURCES.get(row.counted_from, _MARKS))(lang)) if row else ("", "")
    )
    if frequency is None:
        return by_row if sure else ("", _NONE(lang))
    if frequency.is_service:
        return (canonical(_plain(frequency)), "") if frequency.services else ("", _NONE(lang))
    counted = tuple(_held(term, row) for term in frequency.terms if term.count)
    held = replace(_plain(frequency), terms=counted)
    if any(term.per is Per.SITE for term in counted) or not counted:
        return (_with_limits(frequency, row, sure) or by_row[0], by_row[1]) if sure else ("", _NONE(lang))
    if held == frequency.meaning:
        return frequency.text, ""
    return canonical(held), _LEFT_OUT.fill(found=frequency.text)(lang)


def _with_limits(frequency: Frequency, row: PublishedRow | None, sure: int) -> str:
    """Return so many a year within what a text without a count says: すべて金曜日, 11月3日～5日.

    Nothing where the text has several terms, whose share of the count is not known, or where the
    words would not be read back as what they mean.
    """
    if len(frequency.terms) != 1 or frequency.terms[0].count is not None:
        return ""
    term = replace(_held(frequency.terms[0], row), count=Range(sure, sure), per=Per.YEAR)
    held = replace(_plain(frequency), terms=(term,))
    try:
        text = canonical(held)
        return text if read_frequency(text).meaning == held.meaning else ""
    except FrequencyError:
        return ""


def _plain(frequency: Frequency) -> Frequency:
    """Return a frequency without its spelling and without its ties to other rows."""
    return replace(frequency.meaning, bond=None, closing=None, ditto=False, otherwise=None)


def _held(term: Term, row: PublishedRow | None) -> Term:
    """Leave out what a plan cannot be held to, and take the hours of a column of their own.

    A plan cannot hold sessions that run on, nor say where those move that are on no fixed day.
    """
    hours = term.hours or (row.hours if row else None)
    return replace(
        term, consecutive=False, day_by_day=False, hours=hours, **(_UNMOVED if moves_unheld(term) else {})
    )


_UNMOVED: dict[str, Any] = {"moved": None, "moved_from": HOLIDAYS}


_FROM = Text(
    "回数の欄からは決まらないので、{source}の数とします", "no count is stated: it is that of the {source}"
)
_MARKS = Text("印", "marks")
_SOURCES = {"sites": Text("訪問先", "sites"), "total": Text("計の欄", "total column"), "marks": _MARKS}
_BY_DATES = Text("公表された日付です", "the published dates")
_NONE = Text("回数が分からないので、回を入れていません", "no count is known, so no sessions are asked for")
_UNREAD = Text(
    "実施回数「{found}」を読めないので、回を入れていません",
    "the frequency {found} is not understood, so no sessions are asked for",
)
_LEFT_OUT = Text(
    "公表は「{found}」。計画で扱える形に直しています",
    "published as {found}; rewritten as what a plan can be held to",
)
