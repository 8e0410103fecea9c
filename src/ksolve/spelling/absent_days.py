"""Days that no calendar has: 2/30, 13月1日, 2025-02-29."""

from __future__ import annotations

import re
from calendar import monthrange

from ksolve.letters import narrow
from ksolve.text import Text

_DAY = re.compile(
    r"(?:(?<!\d)(?P<year>\d{4})\s*[-/.年]\s*)?(?<!\d)(?P<month>\d{1,2})(?P<sign>[-/.月])(?P<day>\d{1,2})(?!\d)日?"
)
_LEAP_YEAR = 2000
_MONTHS = 12


def absent_day(text: str) -> Text | None:
    """Return that there is no such day, where a text names one; None where its days may all be."""
    for found in _DAY.finditer(narrow(text)):
        if not found["year"] and found["sign"] in "-.":
            continue  # 4-31 and 4.31 are other things as well
        year, month, day = int(found["year"] or _LEAP_YEAR), int(found["month"]), int(found["day"])
        if not (1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]):
            return _ABSENT.fill(day=found[0])
    return None


_ABSENT = Text("{day} という日はありません", "there is no {day}")
