"""Remarks beside a programme (備考) that say when or how often it is held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ksolve.frequency import Frequency, Months, Per, Range, Term
from ksolve.frequency.wording import canonical
from ksolve.published.cell.cancelled import says_cancelled
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.cell.grid import Row
from ksolve.published.layout.columns import Columns
from ksolve.published.row.how_often import HowOften
from ksolve.published.rows import PublishedRow


def with_months_of_remark(row: Row, columns: Columns, when: HowOften, findings: Findings) -> HowOften:
    """Take months that are all of a remark (10月～3月) where nothing else says when."""
    terms = when.frequency.terms if when.frequency else ()
    bare = [replace(term, months=None, without=None, within=(), dates=()) for term in terms]
    is_marked = when.days or any(row[column] for column in columns.months)
    if len(terms) != 1 or list(terms) != bare or terms[0].count is None or is_marked:
        return when
    for column, word, said in _remarks(row, columns):
        text = f"{when.text}、{said}"
        joined = meaning_of(text) if months_alone(said) else None
        if joined:
            findings.say("months-from-remark", row.line, column + 1, heading=word, found=said)
            return replace(when, text=text, frequency=joined)
    return when


def with_days_of_remark(row: Row, columns: Columns, when: HowOften, findings: Findings) -> HowOften:
    """Take what a remark says of the days of a row that names no dates, where the two can be read together.

    On which weekdays (土曜日開催), and what is otherwise in some months or on holidays (祝日の場合は翌週,
    8月は第3火曜日, 8月は休み).
    """
    stated = when.frequency
    if not stated or when.days or stated.is_service or not all(term.count for term in stated.terms):
        return when
    for column, word, said in _remarks(row, columns):
        if said in when.text or len(said) > _LONGEST or says_cancelled(said) or not _OF_DAYS.search(said):
            continue
        joined = _joined(when, stated, _HELD.sub("", said))
        if joined:
            findings.say("days-from-remark", row.line, column + 1, heading=word, found=said)
            return replace(when, text=joined.text, frequency=joined)
    return when


def _joined(when: HowOften, stated: Frequency, of_days: str) -> Frequency | None:
    """Return what a row says with the days of a remark, None where that is no more than it says, or too much.

    Of 偶数月 it is kept that it is once a month, which 偶数月(土曜日) would not say.
    """
    most = stated.year_count.high
    for text in (when.text, canonical(stated)):
        joined = meaning_of(f"{text}({of_days})")
        more = joined and most is not None and (joined.year_count.high or most + 1) > most
        if joined and not more and joined.meaning != stated.meaning and joined.remarks == stated.remarks:
            return joined
    return None


_OF_DAYS = re.compile(
    r"^うち|^(?!.*(?:[回人名円組]|(?<!の)時|午[前後]|初日|申込|予備|主に|おもに))"
    r"(?:.*(?:休み|休$|除く?|以外|[祝休日](?:の(?:場合|とき|時)|は|に当た)|\d月は)"
    r"|(?:[^()（）\d]*[月火水木金土日]曜日?|平日)(?:のみ)?(?:に?(?:開催|実施))?$)"
)
"""A remark that may say on which days: no count, time, place or condition of weather."""
_HELD = re.compile(r"(?:のみ)?(?:に?(?:開催|実施)(?:します|する)?)?$")
_LONGEST = 60


def note_remarks(row: Row, columns: Columns, read: PublishedRow, findings: Findings) -> None:
    """Name the remarks that say when or how often, but for months in which the row is held anyway."""
    terms = read.frequency.terms if read.frequency else ()
    stated = [term.months for term in terms if term.months] + ([read.months] if read.months else [])
    held = {month for months in stated for month in months.values}
    for column, word, said in _remarks(row, columns):
        months = months_alone(said)
        if (
            _HELD.sub("", said) not in read.frequency_text
            and _says_when(said)
            and not (months and held and held <= set(months.values))
        ):
            findings.say("remark-says-when", row.line, column + 1, heading=word, found=said)


def _remarks(row: Row, columns: Columns) -> Iterator[tuple[int, str, str]]:
    """Yield the remarks of a row as (column, heading, text), but for headings without a meaning."""
    for column, word in columns.others.items():
        said = row.texts.get(column, "")
        if said and column not in columns.unknown and column not in row.lent:
            yield column, word, said


def months_alone(text: str) -> Months | None:
    """Return the months of a text that says nothing else (10月～3月), None where it says more or less."""
    meaning = meaning_of(text)
    if not meaning or len(meaning.terms) != 1 or meaning.services:
        return None
    term = meaning.terms[0]
    each = Term(count=Range(1, 1), per=Per.MONTH, months=term.months)  # 5月・11月 is one in each
    is_alone = term.months and not term.months.either and term in (Term(months=term.months), each)
    return term.months if is_alone else None


def _says_when(text: str) -> bool:
    """Tell a remark that would change the sessions: 8月は休み, 10月は中止, and not 午前中 or 10時."""
    if says_cancelled(text) or _OTHERWISE.search(text):
        return True
    meaning = meaning_of(text)
    return any(
        term.count is not None or term.without or term.months or term.within
        for term in (meaning.terms if meaning else ())
    )


_OTHERWISE = re.compile(
    r"\d月は第|祝日?(?:の場合|のとき|の時|に当た|と重な|は(?:休|翌|前|次))|(?:休み|休止|除く?)$|^うち.*回"
    r"|(?:\d月|[曜祝休]日|第\d|期間|中)は?[^、。]{0,3}(?:休み|休止|休館)"
    r"|^(?:主に|おもに)?[月火水木金土日祝・、,]+(?:曜日?)?(?:[・、]?祝日?)?(?:に|のみ)?(?:開催|実施)?$"
)
"""What a remark says of days that is no frequency by itself."""
