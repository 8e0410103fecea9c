"""What came of one trial."""

from __future__ import annotations

from dataclasses import dataclass

AGREED, REFUSED, PASSED_OVER, WRONG = "agreed", "refused", "passed over", "wrong"


@dataclass(frozen=True)
class Outcome:
    """``agreed``, ``refused`` (rightly), ``passed over`` (not tiny enough) or ``wrong``; and why."""

    came: str
    why: str = ""


def agreed(right: bool, why: str) -> Outcome:  # noqa: FBT001 - what it is about
    """Return the outcome of a comparison, with what was wrong where it failed."""
    return Outcome(AGREED) if right else Outcome(WRONG, why)
