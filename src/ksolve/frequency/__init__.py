"""The language of 実施回数: reading it, and what it means."""

from __future__ import annotations

from ksolve.frequency.meaning import (
    Closing,
    Frequency,
    Term,
    count_of_year,
    hedged,
    is_each_weekday,
    is_fixed,
    is_rhythm,
    months_of,
)
from ksolve.frequency.reading import FrequencyError, read_frequency
from ksolve.frequency.values import (
    EVERY_MONTH,
    HOLIDAYS,
    LAST,
    TERMS,
    Bond,
    Hedge,
    Months,
    Moved,
    OffDays,
    Pattern,
    Per,
    Range,
    Service,
    month_runs,
)

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
