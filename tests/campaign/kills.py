"""Commands that are stopped at a random moment: every file whole or absent, the exit status right."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import psutil
import yaml

from campaign.middling_plans import middling_plan
from campaign.outcome import Outcome, agreed
from campaign.tiny_trials import write
from ksolve import api
from ksolve.checker import check
from ksolve.errors import PlanError
from ksolve.schedules.tidy import schedule_csv
from ksolve.solver import Options, Tuning

ROOT = Path(__file__).parents[2]
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LATEST_S = 2.0
"""A command is stopped before it has worked so many seconds; many have ended by then."""
SLOW_S = 10.0
"""Whoever works on for so many seconds after being asked to end is killed, and was wrong."""
STILL_S = 900.0
"""So is who has not ended by then though it does not work; other programs may have the processor."""


@cache
def held_plan() -> tuple[Path, Path]:
    """A middling plan and a schedule of it, made once."""
    folder = Path(mkdtemp(prefix="ksolve-campaign-"))
    for seed in count():
        path = write(folder, middling_plan(Random(seed)))
        try:
            problem = api.prepare(path).problem
        except PlanError:
            continue
        answer = api.solve(problem, Options(limit_s=20, tuning=Tuning(workers=1)))
        if answer.schedule is not None and len(answer.schedule.sessions) > 10:
            schedule = folder / "schedule.csv"
            schedule.write_bytes(schedule_csv(answer.schedule, problem))
            return path, schedule
    raise AssertionError


def _commands(out: Path) -> list[list[object]]:
    """What is stopped: each writes into the folder `out`."""
    plan, schedule = held_plan()
    koganei = ROOT / "models" / "koganei"
    return [
        ["solve", plan, "-o", out, "--limit", 20, "--workers", 1],
        ["solve", koganei / "r6.yaml", "-o", out, "--limit", 4, "--workers", 1],
        ["report", plan, schedule, "-o", out],
        ["check", plan, schedule, "--format", "json", "-o", out / "findings.json"],
        ["check", plan, "--limit", 20],
        ["read", koganei / "r6-published.tsv", "-o", out / "plan.yaml"],
    ]


def kill_trial(seed: int, folder: Path) -> Iterator[tuple[str, Outcome]]:
    """Start a command and stop it."""
    chance = Random(seed)
    out = folder / "out"
    command = chance.choice(_commands(out))
    how = chance.choice(SIGNALS)
    with (folder / "stderr.txt").open("wb") as heard:
        process = subprocess.Popen(
            [sys.executable, "-m", "ksolve", *map(str, command)],
            stdout=subprocess.DEVNULL,
            stderr=heard,
            cwd=ROOT,
        )
        _work_on(process, chance.uniform(0, LATEST_S))
        stopped = process.poll() is None
        if stopped:
            process.send_signal(how)
        _work_on(process, SLOW_S)
        if process.poll() is None:
            process.kill()
            process.wait()
            yield "kills", Outcome("wrong", f"{_told(command)}: {how.name} and no end within {SLOW_S} s")
            return
        status = process.returncode
    said = (folder / "stderr.txt").read_text(encoding="utf-8", errors="replace")
    wrong = list(_wrong(status, how if stopped else None, said))
    wrong += _damaged(out, command, swept=not (stopped and how is signal.SIGKILL))
    yield (
        "kills",
        agreed(not wrong, f"{_told(command)}: {how.name} {stopped}: {'; '.join(wrong)}\n{said[-800:]}"),
    )


def _work_on(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Wait until a process has ended, or has worked so long: how soon that is depends on other programs."""
    until, late = _worked(process) + seconds, time.monotonic() + STILL_S
    while process.poll() is None and _worked(process) < until and time.monotonic() < late:
        time.sleep(0.01)


def _worked(process: subprocess.Popen[bytes]) -> float:
    """The processor's seconds that a process has had."""
    try:
        times = psutil.Process(process.pid).cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)


def _told(command: list[object]) -> str:
    return " ".join(map(str, command))


def _wrong(status: int, how: signal.Signals | None, said: str) -> Iterator[str]:
    """Yield what is wrong with the end: statuses are of an answer, of an interruption, or of the signal."""
    allowed = {0, 1, 3, 4} | ({130, -how} if how else set())
    if status not in allowed:
        yield f"status {status}"
    if "Traceback" in said and "/ksolve/" in said:  # before it is there, Python itself is interrupted
        yield "a traceback"


def _damaged(out: Path, command: list[object], *, swept: bool) -> Iterator[str]:
    """Yield what is wrong with the files that are there."""
    for path in sorted(out.rglob("*")) if out.exists() else []:
        if path.is_file() and path.name.startswith("."):
            if swept:
                yield f"{path.name} left behind"
        elif path.is_file() and not is_whole(path):
            yield f"{path.name} is not whole"
    schedule = out / "schedule.csv"
    if schedule.exists() and is_whole(schedule):
        problem = api.prepare(Path(str(command[1]))).problem
        found = check(problem, api.read_schedule(schedule, problem))
        if found:
            yield f"the schedule breaks {found[0].line('en')}"


def is_whole(path: Path) -> bool:
    """Whether a file is complete, by its kind."""
    data = path.read_bytes()
    try:
        match path.suffix:
            case ".json":
                json.loads(data)
            case ".xlsx":
                with zipfile.ZipFile(path) as book:
                    return book.testzip() is None
            case ".yaml":
                yaml.safe_load(data)
            case ".ics":
                return data.endswith(b"END:VCALENDAR\r\n")
            case ".html":
                return data.rstrip().endswith(b"</html>")
            case _:
                return data.endswith(b"\n")
    except (ValueError, zipfile.BadZipFile, yaml.YAMLError):
        return False
    return True
