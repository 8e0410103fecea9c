"""The record of a run beside its schedule, as far as it can be read without the solver."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ksolve.errors import PlanError
from ksolve.files import read_text

NAME = "manifest.json"


def record_beside(schedule: Path) -> dict[str, Any]:
    """Return the record of the run that made a schedule; empty where there is none, or none of ours."""
    try:
        record = json.loads(read_text(schedule.parent / NAME))
    except (PlanError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def scenarios_beside(schedule: Path) -> tuple[str, ...]:
    """Return the scenarios that a schedule was made with, by the record beside it, if it tells any."""
    stated = record_beside(schedule).get("scenarios")
    return tuple(map(str, stated)) if isinstance(stated, list) else ()
