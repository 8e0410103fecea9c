"""What must be done before a session, as a planner writes it: 広報の原稿は2か月前の25日."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ksolve.letters import narrow
from ksolve.spelling import LISTED, Node, misspelled
from ksolve.text import Text

_DAYS = re.compile(r"(?:(\d{1,3})日|(\d{1,2})週間?)前(?:まで)?|(前日)|(前週)")
_MONTHS = re.compile(
    r"(?:(\d{1,2})[かカヶケヵ箇]月前|(前々月)|(前月)|(当月))の?(?:(\d{1,2})日|(末日?|月末))?(?:まで)?"
)
_LAST = 31


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before a session something is due: some days, or a day of a month some months before.

    `day` is the day of that month, 31 its last one; None the session's own day of the month. `text` is how
    it is written.
    """

    text: str
    days: int = 0
    months: int | None = None
    day: int | None = None

    def before(self, session: date) -> date:
        """Return the date that is due for a session."""
        if self.months is None:
            return session - timedelta(days=self.days)
        place = session.year * 12 + session.month - 1 - self.months
        year, month = place // 12, place % 12 + 1
        return date(year, month, min(self.day or session.day, monthrange(year, month)[1]))


def parse_lead(text: str) -> Lead:
    """Return 14日前, 2週間前, 前日, 2か月前の25日, 前月の末日 or 3か月前 as a lead. Raises ValueError."""
    plain = narrow(text).strip().replace(" ", "")
    if found := _DAYS.fullmatch(plain):
        days = int(found[1] or 0) + 7 * int(found[2] or 0) + (1 if found[3] else 7 if found[4] else 0)
        return Lead(text, days)
    found = _MONTHS.fullmatch(plain)
    if not found or (found[5] and not 1 <= int(found[5]) <= _LAST):
        raise ValueError(text)
    months = int(found[1]) if found[1] else 2 if found[2] else 1 if found[3] else 0
    return Lead(text, months=months, day=int(found[5]) if found[5] else _LAST if found[6] else None)


def _lead(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return parse_lead(value)
    except ValueError as error:
        raise misspelled(_WANTED) from error


_WANTED = Text(
    "2か月前の25日、前月の末日、3か月前、6週間前、14日前、前日 の形で書いてください",
    "write 2か月前の25日, 前月の末日, 3か月前, 6週間前, 14日前 or 前日",
)
LeadField = Annotated[
    Lead, BeforeValidator(_lead), WithJsonSchema({"type": "string", "examples": ["2か月前の25日"]})
]


class LeadTime(Node):
    """Something that is due before each session of some programmes."""

    what: str = Field(description="what is due", examples=["広報の原稿"])
    due: LeadField = Field(description="how long before the session", examples=["2か月前の25日", "14日前"])
    on_closed: Literal["before", "after", "same"] = Field(
        "before",
        description="where it falls on a day on which the centre is closed: the open day before, or after",
    )
    programmes: Annotated[tuple[str, ...], LISTED] = Field(
        (), description="the programmes; with no programmes, tags, rooms or staff: all"
    )
    tags: Annotated[tuple[str, ...], LISTED] = Field((), description="programmes with any of these tags")
    rooms: Annotated[tuple[str, ...], LISTED] = Field((), description="sessions in these rooms")
    staff: Annotated[tuple[str, ...], LISTED] = Field((), description="sessions with staff of these pools")
    why: str = ""
