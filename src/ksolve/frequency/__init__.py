"""The language of 実施回数: reading it, and what it means."""

from ksolve.frequency.days import TERMS
from ksolve.frequency.meaning import (
    EVERY_MONTH,
    LAST,
    Bond,
    Closing,
    Frequency,
    Hedge,
    Months,
    Moved,
    Pattern,
    Per,
    Range,
    Service,
    Term,
    count_of_year,
    hedged,
    is_fixed,
    month_runs,
    months_of,
)
from ksolve.frequency.reading import FrequencyError, read_frequency

__all__ = [
    "EVERY_MONTH",
    "LAST",
    "TERMS",
    "Bond",
    "Closing",
    "Frequency",
    "FrequencyError",
    "Hedge",
    "Months",
    "Moved",
    "Pattern",
    "Per",
    "Range",
    "Service",
    "Term",
    "count_of_year",
    "hedged",
    "is_fixed",
    "month_runs",
    "months_of",
    "read_frequency",
]
