"""Checking: `ksolve check` as a process on 500 and 50,000 sessions and on Koganei, and the checker alone.

Run with ``make bench``. Times drift between machines, and the seconds of a process with what else
runs on the machine; its processor time (user and system) drifts less. What is wanted: 500 sessions in
less than 0.5 s as a process, 50,000 in less than 5 s.

A process is measured after a first run, with its modules compiled, as they are wherever Python may write
beside them.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from ksolve.api import check, prepare, read_schedule

RUNS = 5
KOGANEI = Path(__file__).parents[1] / "models" / "koganei" / "r6.yaml"
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
    figures: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, plan, schedule in _cases(folder):
            process = _process(plan, schedule)
            process()
            figures[f"ksolve check, {title}"] = _median(process)
            figures[f"read and check, {title}"] = _median(partial(_check, plan, schedule))
    for title, (seconds, processor) in figures.items():
        print(f"{title:56} {seconds:6.2f} s {processor:6.2f} s of processor time")
    print(json.dumps(figures, ensure_ascii=False))


def _cases(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Yield plans with a schedule that keeps each."""
    for sessions in (500, 50_000):
        yield f"{sessions} sessions", *_files(folder, sessions // 50)
    command = [
        sys.executable,
        "-m",
        "ksolve",
        "solve",
        str(KOGANEI),
        "-o",
        str(folder / "out"),
        "--limit",
        "30",
    ]
    subprocess.run(command, capture_output=True, check=True)
    yield "Koganei", KOGANEI, folder / "out" / "schedule.csv"


def _process(plan: Path, schedule: Path) -> Callable[[], object]:
    """Return what runs the command with compiled modules."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "ksolve", "check", str(plan), str(schedule)]
    return lambda: subprocess.run(command, env=environment, capture_output=True, check=True)


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


def _median(measured: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds by the clock and of processor time, children included."""
    clock, processor = zip(*(_seconds(measured) for _ in range(RUNS)), strict=True)
    return round(statistics.median(clock), 3), round(statistics.median(processor), 3)


def _seconds(measured: Callable[[], object]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), _processor_time()
    measured()
    return time.perf_counter() - clock, _processor_time() - processor


def _processor_time() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
