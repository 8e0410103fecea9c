"""Folders of small plans that share a hall, and schedules for them, as files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PLAN = """
schema: 1
id: NAME
title: NAME
year: 令和6年度
wishes: none
resources:
  shares: hall
  calendar: {open: {月: "9:00-17:00"}}
  rooms: [{id: hall, name: ホール}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00", "11:00"], rooms: hall}]
programmes:
  - {id: of-NAME, name: NAMEの教室, frequency: 年COUNT回, session: hour}
"""
MONDAYS = ("2024-04-01", "2024-04-08", "2024-04-15", "2024-04-22", "2024-05-13", "2024-05-20")


def plan(folder: Path, name: str, count: int = 2) -> Path:
    """Write a plan with a class of so many sessions in the hall, on Mondays at ten or eleven."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(PLAN.replace("NAME", name).replace("COUNT", str(count)), encoding="utf-8")
    return path


def schedule(folder: Path, name: str, *times: str, room: str = "ホール") -> Path:
    """Write a schedule of sessions at times such as ``2024-04-01 10:00``, as solve of a folder would."""
    path = folder / name / "schedule.csv"
    path.parent.mkdir(parents=True)
    rows = (f"{name}の教室,{time.replace(' ', ',')},{room}\n" for time in times)
    path.write_text("name,date,start,room\n" + "".join(rows), encoding="utf-8")
    return path


def ksolve(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command in English, as a process."""
    command = [sys.executable, "-m", "ksolve", *map(str, arguments), "--lang", "en"]
    return subprocess.run(command, capture_output=True, text=True, check=False)
