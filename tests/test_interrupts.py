"""Ctrl-C in every phase of every command that searches: what is kept, what is said, how it ends."""

from __future__ import annotations

import csv
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from conftest import ROOT
from running import PLAN, ksolve

PIPE = subprocess.PIPE
UNTIL_BUILT = """
import sys
import ksolve.solver.search.whole as search
build = search.Model.build
def told(self):
    build(self)
    print("the model is built", file=sys.stderr, flush=True)
search.Model.build = told
from ksolve.cli import main
main()
"""
"""The command line, which tells when a model is ready: the search begins, nothing is found yet."""
ALREADY_STOPPED = """
import os, signal, sys
import ksolve.solver.search.run as run
wait = run._wait
def struck(*given):
    os.kill(os.getpid(), signal.SIGINT)
    wait(*given)
run._wait = struck
from ksolve.cli import main
main()
"""
"""The command line, interrupted at the moment at which each search begins."""


DEAF = """
import sys, time
import ksolve.solver.search.run as run
solve = run.cp_model.CpSolver.solve
asked = []
def told(self, *given):
    print("CP-SAT begins", file=sys.stderr, flush=True)
    found = solve(self, *given)
    time.sleep(1)
    while asked:
        time.sleep(0.01)
    return found
run.cp_model.CpSolver.solve = told
run.cp_model.CpSolver.stop_search = lambda solver: asked.append(solver)
from ksolve.cli import main
main()
"""
"""The command line, which tells when CP-SAT begins, and whose CP-SAT goes on when it is to end.

It takes a second at least: a fast machine would be done before the signal is sent.
"""


BUSY = """
import sys, time
import ksolve.verified
def busy(*_):
    print("busy", file=sys.stderr, flush=True)
    while True:
        time.sleep(0.01)
ksolve.verified.check = busy
from ksolve.cli import main
main()
"""
"""The command line, whose check of what was found never ends, and does not look for interrupts."""


@pytest.fixture(autouse=True)
def _hang_ups_are_heard() -> Iterator[None]:
    """Under nohup they would be ignored, by the processes of the tests as well: those would never end."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@contextmanager
def _running(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=PIPE, stderr=PIPE, encoding="utf-8") as process:
        try:
            yield process
        finally:
            process.kill()


MAIN = "from ksolve.cli import main\nmain()"


def _await(process: subprocess.Popen[str], wanted: Callable[[str], bool]) -> None:
    """Read progress until a line is as wanted."""
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        if wanted(line):
            return
    pytest.fail("".join(seen))


def _is_progress(line: str) -> bool:
    return "日付の決まった回 " in line


def test_one_interrupt_before_any_schedule_exits_130_and_says_so(tmp_path: Path) -> None:
    with _running(ALREADY_STOPPED, "solve", PLAN, "-o", tmp_path / "out", "--limit", "300") as process:
        shown, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "判定: 中断(予定が見つかる前に止めました)" in shown
    assert "時間内" not in shown
    assert "terminate called" not in errors
    assert not (tmp_path / "out").exists()


def test_a_whatif_that_is_interrupted_before_any_schedule_exits_130() -> None:
    scenario = ROOT / "scenarios" / "room-closed-august.yaml"
    with _running(ALREADY_STOPPED, "whatif", PLAN, scenario, "--limit", "300") as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors


def test_an_interrupt_while_the_solver_presolves_is_heard(tmp_path: Path) -> None:
    with _running(UNTIL_BUILT, "solve", PLAN, "-o", tmp_path / "out", "--limit", "300") as process:
        _await(process, lambda line: "the model is built" in line)
        process.send_signal(signal.SIGINT)
        shown, errors = process.communicate(timeout=120)
    assert process.returncode in (0, 130), errors  # 0: the first schedule came while it was stopping
    assert "判定: 中断" in shown or "判定: 最良" in shown  # and it is the best there is
    assert "もう一度 Ctrl-C" in errors


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_interrupt_keeps_the_best_schedule_and_says_that_it_was_interrupted(
    first: signal.Signals, tmp_path: Path
) -> None:
    with _running(MAIN, "solve", PLAN, "-o", tmp_path, "--limit", "300") as process:
        _await(process, _is_progress)
        process.send_signal(first)
        shown, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "判定: 中断(止めた時点の最良の予定" in shown or "判定: 最良" in shown
    assert (tmp_path / "report.html").exists()
    assert not (tmp_path / "schedule.partial.csv").exists()
    assert ksolve("check", PLAN, tmp_path / "schedule.csv").returncode == 0


def test_two_interrupts_before_any_schedule_stop_at_once_with_130(tmp_path: Path) -> None:
    with _running(UNTIL_BUILT, "solve", PLAN, "-o", tmp_path / "out", "--limit", "300") as process:
        _await(process, lambda line: "the model is built" in line)
        process.send_signal(signal.SIGINT)
        _await(process, lambda line: "もう一度 Ctrl-C" in line)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
    assert process.returncode in (0, 130), errors  # 0: it had already stopped by itself
    assert "terminate called" not in errors


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_second_signal_ends_what_does_not_look_for_any(number: signal.Signals, tmp_path: Path) -> None:
    with _running(BUSY, "solve", PLAN, "-o", tmp_path / "out", "--limit", "300") as process:
        _await(process, lambda line: "busy" in line)
        process.send_signal(number)
        _await(process, lambda line: "もう一度 Ctrl-C" in line)
        process.send_signal(number)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert errors.splitlines()[-1] == "すぐに終わります。書き終えたファイルだけが残っています。"


def test_two_interrupts_leave_the_best_schedule_so_far_on_disk(tmp_path: Path) -> None:
    # The worker has ended when the second one comes: it is heard all the same.
    ended = "    while not given[1].ended.wait(0.01):\n        given[0].stop_search()\n"
    again = f"{ended}    os.kill(os.getpid(), signal.SIGINT)\n    wait("
    script = ALREADY_STOPPED.replace("    wait(", again)
    with _running(script, "solve", PLAN, "-o", tmp_path / "none", "--limit", "300") as process:
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert errors.splitlines()[-1] == "中断しました。残せる結果はまだありません。"
    assert not (tmp_path / "none").exists()
    plan = _with_a_wish_that_costs(tmp_path / "plan")
    out = tmp_path / "out"
    out.mkdir()
    with _running(DEAF, "solve", plan, "-o", out, "--limit", "300") as process:
        _await(process, _is_progress)
        _await(process, lambda line: "CP-SAT begins" in line)
        process.send_signal(signal.SIGINT)
        _await(process, lambda line: "もう一度 Ctrl-C" in line)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "schedule.partial.csv" in errors.splitlines()[-1]
    assert [path.name for path in out.iterdir()] == ["schedule.partial.csv"]
    assert ksolve("check", plan, out / "schedule.partial.csv").returncode == 0


def test_two_interrupts_leave_the_best_revision_so_far_on_disk(small: Path, tmp_path: Path) -> None:
    assert ksolve("solve", small, "-o", tmp_path / "printed").returncode == 0
    printed = tmp_path / "printed" / "schedule.csv"
    with printed.open(encoding="utf-8-sig", newline="") as file:
        held = [row["date"] for row in csv.DictReader(file)]
    free = next(day for day in ("2024-08-21", "2024-08-28") if day not in held)
    move = ("--move", f"健診#5={free}", "--from", "6/1")
    with _running(DEAF, "revise", small, printed, "-o", tmp_path / "out", *move) as process:
        _await(process, _is_progress)
        process.send_signal(signal.SIGINT)
        _await(process, lambda line: "もう一度 Ctrl-C" in line)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert "schedule.partial.csv" in errors.splitlines()[-1]
    with (tmp_path / "out" / "schedule.partial.csv").open(encoding="utf-8-sig", newline="") as file:
        kept = [row["date"] for row in csv.DictReader(file)]
    assert len(kept) == len(held) == 12
    assert kept[:2] == held[:2]  # before 6/1: history, which the search itself does not date
    assert ksolve("check", small, tmp_path / "out" / "schedule.partial.csv").returncode == 0


def _with_a_wish_that_costs(folder: Path) -> Path:
    """Return a plan whose search does not end with its first schedule: nothing proves that at once."""
    shutil.copytree(PLAN.parent, folder)
    plan = folder / PLAN.name
    text = plan.read_text(encoding="utf-8")
    plan.write_text(f"{text}\nrules:\n  - {{rule: level_load, sessions: 3, per: week}}\n", encoding="utf-8")
    return plan


def test_an_interrupted_demo_ends_with_what_is_written(tmp_path: Path) -> None:
    with _running(MAIN, "demo", "-o", tmp_path, "--limit", "300") as process:
        _await(process, _is_progress)
        process.send_signal(signal.SIGINT)
        shown, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "中断しました" in shown
    assert (tmp_path / "schedule.csv").exists()
    assert not (tmp_path / "whatif.csv").exists()
    assert not (tmp_path / "r7.yaml").exists()
    assert "whatif.csv" not in shown


def test_an_interrupted_whatif_prints_and_writes_what_is_known(dated: Path, tmp_path: Path) -> None:
    scenarios = [ROOT / "scenarios" / f"{name}.yaml" for name in ("hiroba-260", "room-closed-august")]
    out = tmp_path / "w.csv"
    with _running(ALREADY_STOPPED, "whatif", PLAN, *scenarios, "--base", dated, "-o", out) as process:
        shown, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "適合度" in shown
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["シナリオ"] == "(元の計画)"
    assert [row["判定"][:2] for row in rows] == ["予定", "中断", "中断"]


def test_an_interrupted_explanation_keeps_the_causes_that_it_has_proven() -> None:
    """It is struck while ways out are looked for: the cause stays, with what was proven of it."""
    scenario = ROOT / "scenarios" / "psychologist-absent.yaml"
    with _running(MAIN, "explain", PLAN, "-s", scenario, "--limit", "300") as process:
        _await(process, lambda line: "解決策を探しています" in line)
        process.send_signal(signal.SIGINT)
        shown, errors = process.communicate(timeout=120)
    assert process.returncode == 3, errors
    assert "この計画は成り立ちません(二つの方法で証明済み)" in shown
    assert "心理士: 9/1〜11/30 は不在" in shown
    assert "Traceback" not in errors


@pytest.mark.parametrize("raised", ["raise KeyboardInterrupt", "exec('raise KeyboardInterrupt')"])
def test_an_interrupt_while_the_program_is_still_loading_ends_with_130(raised: str, tmp_path: Path) -> None:
    """Modules make classes with exec: Python itself then ends as killed by SIGINT, whatever is caught."""
    module = tmp_path / "struck.py"
    module.write_text(
        "import builtins\nload = builtins.__import__\n"
        "def struck(name, *given):\n"
        f"    if name == 'typer':\n        {raised}\n"
        "    return load(name, *given)\n"
        "builtins.__import__ = struck\nfrom ksolve.__main__ import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-m", "struck"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "")


def test_an_interrupt_that_pydantic_took_for_its_own_error_ends_with_130(tmp_path: Path) -> None:
    """It builds the classes of plans while a command is loaded, and names in its error what struck there."""
    struck = (
        "import pydantic_core, sys\nimport ksolve.cli as cli\n"
        "def called(_):\n"
        "    raise pydantic_core.SchemaError('Error building \"model\" validator:\\n  KeyboardInterrupt: ')\n"
        "cli.called = called\ncli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", struck], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "")


def test_a_signal_after_the_answer_changes_its_status_no_more() -> None:
    """It comes while the interpreter shuts down: the answer is out, and its status stands."""
    struck = (
        "import os, signal, sys\nfrom ksolve.__main__ import main\nsys.argv = ['ksolve', '--version']\n"
        "try:\n    main()\nfinally:\n    os.kill(os.getpid(), signal.SIGTERM)\n    sum(range(9999))"
    )
    done = subprocess.run([sys.executable, "-c", struck], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
