"""Regularity by the independent count that lies beside the project, which knows dates alone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from conftest import SHARED
from ksolve.problem import Problem
from ksolve.problem.schedule import Schedule
from ksolve.schedules.tidy import schedule_csv

TOOL = SHARED / "tools" / "regularity.py"


def counted(problem: Problem, schedule: Schedule, folder: Path) -> float:
    """Return the figure of the independent count, in percent with one decimal."""
    path = folder / "schedule.csv"
    path.write_bytes(schedule_csv(schedule, problem))
    done = subprocess.run([sys.executable, str(TOOL), str(path)], capture_output=True, text=True, check=True)
    found = re.search(r"regularity ([\d.]+)%", done.stdout)
    assert found
    return float(found[1])
