"""Checking: `ksolve check` on 500 sessions as a process, and the checker on 50,000 sessions.

Run with ``make bench``. Times drift between machines. What is wanted: 500 sessions in less than
0.5 s as a process, 50,000 in less than 5 s.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from ksolve.api import check, prepare, read_schedule

RUNS = 3
HEAD = """\
schema: "1"
id: bench
title: 検査の時間
year: 令和6年度
resources:
  calendar: {open: {月-日: 9:00-17:00}, holidays: open}
  rooms: [{id: room, name: 部屋, count: 900}, {id: annex, name: 別館, count: 900}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: [room, annex]}]
programmes:
"""


def main() -> None:
    """Print the median of each measurement, and all of them as JSON."""
    figures = {}
    with tempfile.TemporaryDirectory() as name:
        for sessions in (500, 50_000):
            plan, schedule = _files(Path(name), sessions // 50)
            command = [sys.executable, "-m", "ksolve", "check", str(plan), str(schedule)]
            figures[f"ksolve check, {sessions} sessions"] = _median(
                lambda command=command: subprocess.run(command, capture_output=True, check=True)
            )
            figures[f"read and check, {sessions} sessions"] = _median(
                lambda plan=plan, schedule=schedule: _check(plan, schedule)
            )
    for title, seconds in figures.items():
        print(f"{title:40} {seconds:6.2f} s")
    print(json.dumps(figures, ensure_ascii=False))


def _files(folder: Path, programmes: int) -> tuple[Path, Path]:
    """Write a plan of so many programmes with 50 sessions each, and a schedule that keeps it."""
    plan, schedule = folder / f"{programmes}.yaml", folder / f"{programmes}.csv"
    listed = [
        f"  - {{id: p{n}, name: 事業{n}, frequency: 年50回, session: hour}}\n" for n in range(programmes)
    ]
    plan.write_text(HEAD + "".join(listed), encoding="utf-8")
    schedule.write_text("series,number,date,start,room\n" + "".join(_rows(programmes)), encoding="utf-8")
    return plan, schedule


def _rows(programmes: int) -> Iterator[str]:
    """Yield a row for each session: a programme meets once a week, in a room of its own."""
    for programme in range(programmes):
        room = f"部屋{programme + 1}" if programme < 900 else f"別館{programme - 899}"
        for number in range(50):
            day = date(2024, 4, 1) + timedelta(7 * number + programme % 7)
            yield f"p{programme},{number + 1},{day},10:00,{room}\n"


def _check(plan: Path, schedule: Path) -> None:
    problem = prepare(plan).problem
    if check(problem, read_schedule(schedule, problem)):
        raise AssertionError(schedule)


def _median(measured: Callable[[], object]) -> float:
    return round(statistics.median(_seconds(measured) for _ in range(RUNS)), 3)


def _seconds(measured: Callable[[], object]) -> float:
    began = time.perf_counter()
    measured()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
