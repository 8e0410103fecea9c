"""On which weekday a kind of body is closed, where its table does not say: assumed, and said to be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ksolve.frequency.closures import ClosedDays, parse_closed_days
from ksolve.published import PublishedPlan
from ksolve.text import Text

_MONDAY = 0
_SUNDAY = 6
_BODIES = re.compile(
    r"(?P<monday>図書館|博物館|美術館|資料館|文学館|記念館|科学館|公民館|文化会館|文化センター|市民会館|体育館|スポーツセンター|"
    r"生涯学習センター|コミュニティセンター)"
    r"|(?P<sunday>児童館|児童センター|子育て支援センター|子育てセンター|保健センター)"
)


@dataclass(frozen=True, slots=True)
class Closing:
    """What is assumed of a body: its kind, as its name says it, and the weekday on which it is closed."""

    body: str
    is_on_monday: bool

    @property
    def days(self) -> str:
        """The closed days, as a calendar has them; none where the hours leave them out (Sundays)."""
        return "月曜日(祝日の場合は翌平日)" if self.is_on_monday else ""

    @property
    def text(self) -> Text:
        """What is assumed, for people."""
        return (_ON_MONDAY if self.is_on_monday else _ON_SUNDAY).fill(body=self.body)


def closing_of(published: PublishedPlan) -> Closing | None:
    """Return on which weekday the body of a table is closed, by its title or its file's name.

    None where the table says so itself, where it holds something on that weekday, or where its name tells no
    kind of body.
    """
    found = _BODIES.search(published.title) or _BODIES.search(Path(published.file).stem)
    if not found or closed_weekdays(published):
        return None
    closing = Closing(found[0], bool(found["monday"]))
    weekday = _MONDAY if closing.is_on_monday else _SUNDAY
    return None if weekday in weekdays_named(published) else closing


def closed_weekdays(published: PublishedPlan) -> frozenset[int]:
    """Return the weekdays on which the body is closed every week, as far as its table says."""
    found: set[int] = set()
    for closure in published.closures:
        parsed = _parsed(closure.days)
        recurring = parsed.recurring if parsed else None
        if recurring and recurring.closing:
            found |= recurring.closing.weekdays
        for term in recurring.terms if recurring else ():
            if term.pattern and not term.pattern.nths:
                found |= term.pattern.weekdays
    return frozenset(found)


def opens_on_holidays(published: PublishedPlan) -> bool:
    """Whether a closed weekday moves where it is a holiday (月曜日(祝日の場合は翌日)): then these are open.

    Not where the table names holidays among the closed days.
    """
    found = [one for closure in published.closures if (one := _parsed(closure.days))]
    moved = [
        said.moved
        for one in found
        for said in ((one.recurring.closing, *one.recurring.terms) if one.recurring else ())
        if said
    ]
    return any(moved) and not any(one.holidays for one in found)


def _parsed(days: str) -> ClosedDays | None:
    try:
        return parse_closed_days(days)
    except ValueError:
        return None


def weekdays_named(published: PublishedPlan) -> frozenset[int]:
    """Return the weekdays that the rows name as a rule: 毎週月曜日, 第1日曜日."""
    frequencies = (
        frequency
        for row in published.rows
        for frequency in (row.frequency, *(part.frequency for part in row.components))
        if frequency
    )
    patterns = (term.pattern for frequency in frequencies for term in frequency.terms if term.pattern)
    return frozenset().union(*(pattern.weekdays for pattern in patterns))


_ON_MONDAY = Text(
    "休館日が表にないので、{body}に多い月曜休館(祝日に当たれば翌平日)とし、日曜日は開けます",
    "the table names no closed day: as of a {body}, Mondays are taken (the next workday after a holiday),"
    " and Sundays are open",
)
_ON_SUNDAY = Text(
    "休館日が表にないので、{body}に多い日曜休館とします",
    "the table names no closed day: as of a {body}, Sundays are taken",
)
