"""The language of 実施回数: reading it, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ksolve.frequency.meaning import (
    EVERY_MONTH,
    HOLIDAYS,
    LAST,
    TERMS,
    Bond,
    Closing,
    Frequency,
    Hedge,
    Months,
    Moved,
    OffDays,
    Pattern,
    Per,
    Range,
    Service,
    Term,
    count_of_year,
    hedged,
    is_each_weekday,
    is_fixed,
    is_rhythm,
    month_runs,
    months_of,
)

if TYPE_CHECKING:
    from ksolve.frequency.reading import FrequencyError, read_frequency

__all__ = [
    "EVERY_MONTH",
    "HOLIDAYS",
    "LAST",
    "TERMS",
    "Bond",
    "Closing",
    "Frequency",
    "FrequencyError",
    "Hedge",
    "Months",
    "Moved",
    "OffDays",
    "Pattern",
    "Per",
    "Range",
    "Service",
    "Term",
    "count_of_year",
    "hedged",
    "is_each_weekday",
    "is_fixed",
    "is_rhythm",
    "month_runs",
    "months_of",
    "read_frequency",
]


def __getattr__(name: str) -> Any:
    """Import the reader when it is first used: whoever only handles meanings needs no grammar."""
    if name not in ("FrequencyError", "read_frequency"):
        raise AttributeError(f"module 'ksolve.frequency' has no attribute {name!r}")
    from ksolve.frequency import reading

    return getattr(reading, name)
