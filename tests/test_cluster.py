"""Parts on a real Dask cluster: the same answers, and nothing lost when workers or schedulers are."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

pytest.importorskip("distributed")

from ksolve.api import prepare
from ksolve.checker import check
from ksolve.errors import PlanError
from ksolve.problem import Problem
from ksolve.solver import Answer, Options, Tuning, Verdict, solve, solve_apart
from ksolve.solver.search import parts, solving
from ksolve.solver.search.cluster import reached, work
from ksolve.solver.search.cluster.reached import Cluster, cluster
from ksolve.solver.search.engine import PartsSoFar, searching_with
from ksolve.solver.search.lost import Lost
from ksolve.solver.search.messages import Task

PARTS = 4
SMALL = """
schema: 1
id: houses
title: 館
year: 令和6年度
wishes: none
resources:
  calendar: {open: {月-金: "9:00-17:00"}}
  rooms: [ROOMS]
  sessions: [KINDS]
programmes:
"""


@pytest.fixture(autouse=True)
def _split(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small parts stay parts, and a busy machine start its workers late."""
    monkeypatch.setattr(solving, "parts", lambda problem: parts.parts(problem, small=0))
    monkeypatch.setattr(reached, "_PATIENCE_S", 120.0)


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Cluster]:
    with cluster("local:2") as started:
        yield started


def houses(folder: Path, count: int = PARTS, frequency: str = "年6回") -> Problem:
    """Return a problem of so many parts: each has a room of its own, and an even pace is wished for."""
    ids = [f"h{n}" for n in range(count)]
    rooms = ", ".join(f"{{id: {one}, name: 室{one}}}" for one in ids)
    kinds = ", ".join(f'{{id: {one}, minutes: 60, starts: ["10:00"], rooms: {one}}}' for one in ids)
    text = SMALL.replace("ROOMS", rooms).replace("KINDS", kinds)
    for one in ids:
        text += f"  - {{id: p{one}, name: 教室{one}, frequency: {frequency}, session: {one},"
        text += " rules: [{rule: even_pace, tier: spread}]}\n"
    path = folder / "houses.yaml"
    path.write_text(text, encoding="utf-8")
    return prepare(path).problem


def told(answer: Answer) -> object:
    """Return what must be the same wherever a plan is searched."""
    return answer.verdict, answer.tiers


def test_joined_answers_of_workers_are_those_of_one_process(tmp_path: Path, two_workers: Cluster) -> None:
    problem = houses(tmp_path)
    alone = solve(problem, Options(60, Tuning(workers=1)), lambda _: None)
    seen: list[PartsSoFar] = []
    with searching_with(two_workers, seen.append):
        joined = solve(problem, Options(60), lambda _: None)
    assert told(joined) == told(alone)
    assert joined.verdict is Verdict.OPTIMAL
    assert joined.schedule is not None
    assert not check(problem, joined.schedule)
    assert (seen[-1].dated, seen[-1].proven) == (PARTS, PARTS)


def test_one_infeasible_part_is_infeasible_on_workers_too(tmp_path: Path, two_workers: Cluster) -> None:
    houses(tmp_path)
    path = tmp_path / "houses.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("年6回", "年300回", 1), encoding="utf-8")
    with searching_with(two_workers):
        answer = solve(prepare(path).problem, Options(60), lambda _: None)
    assert (answer.verdict, answer.schedule) == (Verdict.INFEASIBLE, None)


HALL = """
schema: 1
id: NAME
title: NAME
year: 令和6年度
wishes: none
resources:
  calendar: {open: {月: "9:00-17:00"}, closed: [{days: 6/1〜3/31, why: 閉館}]}
  rooms: [{id: hall, name: ホール}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: hall}]
programmes: [{id: NAME, name: NAME, frequency: 年COUNT回, session: hour}]
"""


def test_plans_that_share_a_hall_find_their_days_on_workers(tmp_path: Path, two_workers: Cluster) -> None:
    """April and May 2024 have nine Mondays, and on 4/29 and 5/6 it is closed for a holiday: seven."""
    problems = []
    for name, count in (("east", 3), ("west", 2), ("south", 2)):
        path = tmp_path / f"{name}.yaml"
        path.write_text(HALL.replace("NAME", name).replace("COUNT", str(count)), encoding="utf-8")
        problems.append(prepare(path).problem)
    with searching_with(two_workers):
        answers = solve_apart(problems, Options(600), {"hall"})
    days = [one.day for answer in answers if answer.schedule for one in answer.schedule.sessions]
    assert len(days) == len(set(days)) == 7
    assert {answer.verdict for answer in answers} == {Verdict.OPTIMAL}


def test_a_worker_that_is_killed_costs_no_part(tmp_path: Path) -> None:
    problem = houses(tmp_path)
    killed: list[int] = []
    with cluster("local:2") as started:

        def watch(_parts: PartsSoFar) -> None:
            if not killed:
                pids = list(started.client.run(os.getpid).values())
                os.kill(pids[0], signal.SIGKILL)
                killed.append(pids[0])

        with searching_with(started, watch):
            answer = solve(problem, Options(60), lambda _: None)
    assert killed
    assert (answer.verdict, answer.lost) == (Verdict.OPTIMAL, 0)


def test_a_search_that_the_system_kills_is_made_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker lives on; the process that it had started does not."""
    problem = houses(tmp_path, count=2)
    with cluster("local:1") as started:
        given = started.client.submit

        def submit(*task: object, **options: object) -> object:
            future = given(*task, **options)
            if not killed:
                killed.append(1)
                _kill_children(next(iter(started.client.run(os.getpid).values())))
            return future

        killed: list[int] = []
        monkeypatch.setattr(started.client, "submit", submit)
        with searching_with(started):
            answer = solve(problem, Options(60), lambda _: None)
    assert (answer.verdict, answer.lost) == (Verdict.OPTIMAL, 0)


def _kill_children(parent: int) -> None:
    """Kill the processes that a process has started, once there are some."""
    while not (found := psutil.Process(parent).children()):
        time.sleep(0.05)
    for process in found:
        process.kill()


def test_an_interrupt_reaches_the_workers(tmp_path: Path, two_workers: Cluster) -> None:
    """It strikes when the first of eight parts has a schedule; two are searched at a time."""
    problem = houses(tmp_path, count=8)
    before = _ended(two_workers)
    sent: list[PartsSoFar] = []

    def interrupt(found: PartsSoFar) -> None:
        if not sent:
            os.kill(os.getpid(), signal.SIGINT)
        sent.append(found)

    with searching_with(two_workers, interrupt):
        answer = solve(problem, Options(600), lambda _: None)
    assert answer.interrupted
    while _ended(two_workers) == before:  # the search does not wait until all have heard of it
        time.sleep(0.05)


def _ended(workers: Cluster) -> list[int]:
    """Return how many runs each worker was asked to end."""
    told: dict[str, int] = workers.client.run(lambda: len(work._KEPT.halted))  # noqa: SLF001
    return list(told.values())


def test_what_is_given_after_others_were_asked_to_end_is_searched(
    tmp_path: Path, two_workers: Cluster
) -> None:
    """Who shares things out first, and searches parts then, ends the one and not the other."""
    task = Task(houses(tmp_path, count=1), Options(60), None)
    with two_workers.open(1) as engine:
        engine.halt()
        engine.give(task)
        while not isinstance(heard := (engine.hear(1.0) or (0, None))[1], Answer):
            assert heard is None or not isinstance(heard, Lost)
    assert (heard.verdict, heard.interrupted) == (Verdict.OPTIMAL, False)


def test_a_scheduler_that_starts_anew_is_searched_with_again(tmp_path: Path) -> None:
    problem = houses(tmp_path)
    with _hand_started(tmp_path) as scheduler, cluster(scheduler.address) as started:

        def watch(_parts: PartsSoFar) -> None:
            if not scheduler.restarted:
                scheduler.restart()

        with searching_with(started, watch):
            answer = solve(problem, Options(120), lambda _: None)
    assert scheduler.restarted
    assert (answer.verdict, answer.lost) == (Verdict.OPTIMAL, 0)


def test_a_scheduler_that_stays_away_leaves_what_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reached, "_RENEWED_S", 1.0)
    problem = houses(tmp_path)
    seen: list[PartsSoFar] = []
    with _hand_started(tmp_path) as scheduler, cluster(scheduler.address) as started:

        def watch(found: PartsSoFar) -> None:
            seen.append(found)
            scheduler.end()

        with searching_with(started, watch), pytest.raises(PlanError, match="scheduler was lost"):
            solve(problem, Options(60), lambda _: None)
    assert seen[-1].dated


class _Started:
    """A scheduler and a worker, started as an administrator would."""

    def __init__(self, folder: Path, options: Sequence[str], worker: Sequence[str]) -> None:
        self.folder, self.options, self.worker, self.restarted = folder, options, worker, False
        self.address = ""
        self.start()

    def start(self, port: int = 0) -> None:
        file = self.folder / f"scheduler-{int(self.restarted)}.json"
        common = ["--no-dashboard", "--scheduler-file", str(file), *self.options]
        self._scheduler = self._run("scheduler", *common, "--host", "127.0.0.1", "--port", str(port))
        while not file.exists() or not file.read_text(encoding="utf-8").rstrip().endswith("}"):
            time.sleep(0.05)  # the scheduler writes it in place
        self._worker = self._run("worker", *common, *self.worker, "--nthreads", "1", "--memory-limit", "0")
        self.address = json.loads(file.read_text(encoding="utf-8"))["address"]

    def _run(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", what, *options]
        return subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
        )

    def restart(self) -> None:
        self.end()
        self.restarted = True
        self.start(int(self.address.rpartition(":")[2]))

    def end(self) -> None:
        for process in (self._scheduler, self._worker):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def _hand_started(folder: Path, *options: str, worker: Sequence[str] = ()) -> Iterator[_Started]:
    started = _Started(folder, options, worker)
    try:
        yield started
    finally:
        started.end()


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """A folder with keys, made as docs/scale.md says."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl")
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=ksolve"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    subprocess.run([openssl, *made, *files], check=True, capture_output=True)
    shutil.copy(tmp_path / "cert.pem", tmp_path / "ca.pem")
    return tmp_path


def test_with_keys_everything_travels_encrypted(tmp_path: Path, keys: Path) -> None:
    problem = houses(tmp_path, count=2)
    options = [f"--tls-{what}={keys / file}" for what, file in _TLS.items()]
    with _hand_started(tmp_path, "--protocol", "tls", *options) as scheduler:
        assert scheduler.address.startswith("tls://")
        with cluster(scheduler.address, keys) as started, searching_with(started):
            answer = solve(problem, Options(60), lambda _: None)
    assert answer.verdict is Verdict.OPTIMAL


_TLS = {"ca-file": "ca.pem", "cert": "cert.pem", "key": "key.pem"}


def test_workers_of_another_version_are_refused_with_both_named(tmp_path: Path) -> None:
    other = tmp_path / "other.py"
    other.write_text(
        f"import {work.__name__} as work\nfrom importlib.metadata import version\n"
        "work.version = lambda name: '9.9.9' if name == 'ksolve' else version(name)\n"
    )
    with (
        _hand_started(tmp_path, worker=("--preload", str(other))) as scheduler,
        pytest.raises(PlanError) as refused,
        cluster(scheduler.address),
    ):
        pass
    (found,) = refused.value.findings
    assert found.rule == "cluster-versions"
    assert "ksolve 9.9.9" in found.text.en
    assert f"ksolve {work.versions()['ksolve']}" in found.text.en


@pytest.mark.parametrize(
    ("where", "rule"),
    [
        ("tcp://127.0.0.1:9", "cluster-away"),
        ("tcp://example.org:8786", "cluster-open"),
        ("tls://127.0.0.1:8786", "cluster-keys"),
        ("local:0", "cluster-address"),
        ("8786", "cluster-address"),
        ("tcp://127.0.0.1", "cluster-address"),
        ("tcp://127.0.0.1:x", "cluster-address"),
    ],
)
def test_what_is_no_cluster_is_said(where: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reached, "_PATIENCE_S", 0.5)
    with pytest.raises(PlanError) as refused, cluster(where):
        pass
    assert [found.rule for found in refused.value.findings] == [rule]


def test_keys_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"ca\.pem") as refused, cluster("tls://127.0.0.1:8786", tmp_path):
        pass
    assert len(refused.value.findings) == 3


def test_ctrl_c_in_a_terminal_keeps_what_the_workers_found(tmp_path: Path) -> None:
    """It reaches all processes of the terminal, the workers started here among them."""
    houses(tmp_path, count=8, frequency="年100回")
    out = tmp_path / "out"
    command = ["solve", tmp_path / "houses.yaml", "-o", out, "--limit", 300, "--cluster", "local:2", "-v"]
    with subprocess.Popen(
        [sys.executable, "-c", _SPLIT, *map(str, command)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        process_group=0,
    ) as process:
        told: Iterable[str] = process.stderr or ()
        next(line for line in told if "部分のうち" in line)
        os.killpg(process.pid, signal.SIGINT)
        errors = "".join(told)
    assert process.returncode in (0, 130), errors
    assert "Traceback" not in errors, errors
    assert list(out.glob("schedule*.csv")) or process.returncode == 130
    assert not [one for one in psutil.process_iter(["cmdline"]) if str(out) in (one.info["cmdline"] or ())]


_SPLIT = (
    "from ksolve.solver.search import parts, solving\n"
    "of, solving.parts = parts.parts, lambda problem: of(problem, small=0)\n"
    "from ksolve.__main__ import main\n"
    "if __name__ == '__main__':\n    main()\n"
)


def test_the_memory_of_a_machine_is_counted_once_however_many_workers_it_has() -> None:
    free = {"tcp://10.0.0.1:1": 1000, "tcp://10.0.0.1:2": 1000, "tcp://10.0.0.2:1": 500}
    assert reached._memory(free) == 1200  # noqa: SLF001 - four fifths of what two machines have
    assert reached._memory({**free, "tcp://10.0.0.3:1": None}) is None  # noqa: SLF001
