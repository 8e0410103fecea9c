"""The record of a run beside its schedule, as far as it can be read without the solver."""

from __future__ import annotations

import json
from pathlib import Path

NAME = "manifest.json"


def scenarios_beside(schedule: Path) -> tuple[str, ...]:
    """Return the scenarios that a schedule was made with, by the record beside it, if it tells any."""
    try:
        stated = json.loads((schedule.parent / NAME).read_text(encoding="utf-8"))["scenarios"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ()  # no record, or none of ours
    return tuple(map(str, stated)) if isinstance(stated, list) else ()
