"""init: a folder to begin with, whole or not at all; doctor: what a machine lacks."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import jsonschema
import pytest
import yaml

from conftest import ROOT
from ksolve.api import prepare
from ksolve.calendar import FiscalYear
from ksolve.cli import health
from ksolve.plan.starting import Beginning, starting_files
from running import ksolve

TABLE = ROOT / "tests" / "plans" / "01_shimojo_kenshin_H27.csv"


def begun(folder: Path, kind: str, table: Path | None = None) -> dict[Path, bytes]:
    begin = Beginning(folder, "児童館の計画", FiscalYear(2026), "form" if kind == "form" else "yaml", table)
    files, _ = starting_files(begin, "ja")
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return files


@pytest.mark.parametrize("kind", ["form", "yaml"])
@pytest.mark.parametrize("table", [None, TABLE])
def test_the_folder_is_a_plan_that_can_be_held_with_a_scenario_for_it(
    tmp_path: Path, kind: str, table: Path | None
) -> None:
    files = begun(tmp_path, kind, table)
    plan = next(iter(files))
    case = prepare(plan, (tmp_path / "scenarios" / "room-closed.yaml",))
    assert case.problem.series
    assert case.published is not None  # the table is in the folder, under its own name
    if kind == "yaml":
        for name, model in (
            ("plan", "plan"),
            ("resources", "resources"),
            ("scenarios/room-closed", "scenario"),
        ):
            text = (tmp_path / f"{name}.yaml").read_text(encoding="utf-8")
            line = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
            schema = json.loads(((tmp_path / name).parent / line).read_text(encoding="utf-8"))
            assert line.endswith(f"{model}.schema.json")
            jsonschema.validate(yaml.safe_load(text), schema)
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# 児童館の計画")
    assert "{" not in readme
    job = yaml.safe_load((tmp_path / ".github" / "workflows" / "plan.yml").read_text(encoding="utf-8"))
    steps = [step["run"] for step in job["jobs"]["check"]["steps"] if "run" in step]
    assert steps[1] == f"ksolve check {plan.name} --limit 300"


def test_init_overwrites_nothing_and_asks_nothing_where_nobody_answers(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    done = ksolve("init", tmp_path, "--year", "令和8年度")
    assert done.returncode == 2
    assert "README.md" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]  # whole or not at all
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert ksolve("init", tmp_path, "--year", "令和8年度", "--force").returncode == 0
    assert ksolve("init", tmp_path / "x", "--table", tmp_path / "none.csv").returncode == 2
    assert not (tmp_path / "x").exists()


def test_a_package_or_an_extra_that_lacks_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name in ("lark", "icalendar", "pdfplumber"):
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(health, "version", version)
    found = [one for one in health.examined() if one.command]
    said = {one.state: one.command.en for one in found if one.command}
    assert said["missing"] == "python -m pip install 'icalendar>=6.1'"
    assert "python -m pip install 'ksolve[pdf]'" in [one.command.en for one in found if one.command]


def test_doctor_is_complete_in_both_languages() -> None:
    for lang, word in (("ja", "メモリ"), ("en", "memory")):
        done = ksolve("doctor", "--lang", lang)
        assert done.returncode == 0, done.stdout
        assert word in done.stdout
        assert "ortools" in done.stdout


def answered(folder: Path, *answers: str, options: tuple[str, ...] = ()) -> tuple[int, str]:
    """Run init on a terminal of its own, answer each question, and return its status and what it showed."""
    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "ksolve", "init", str(folder), *options]
    process = subprocess.Popen(command, stdin=inner, stdout=inner, stderr=inner)
    os.close(inner)
    os.write(outer, "".join(f"{answer}\n" for answer in answers).encode())  # the terminal keeps them
    shown = b""
    with suppress(OSError):  # the terminal is gone when the process has ended
        while read := os.read(outer, 65536):
            shown += read
    os.close(outer)
    return process.wait(), shown.decode()


def test_questions_have_defaults_and_a_wrong_answer_is_told_and_asked_for_again(tmp_path: Path) -> None:
    missing = str(tmp_path / "無い表.csv")
    status, shown = answered(
        tmp_path / "a", missing, "", "ひまわり児童館", "ことし", "令和8年度", "たぶん", "いいえ"
    )
    assert status == 0, shown
    assert "ファイルがありません" in shown
    assert "「ことし」は年度として読めません" in shown
    assert "はい か いいえ で答えてください" in shown
    text = (tmp_path / "a" / "plan.yaml").read_text(encoding="utf-8")
    assert "ひまわり児童館" in text
    assert "令和8年度" in text

    status, shown = answered(
        tmp_path / "b", str(TABLE), "maybe", "", options=("--lang", "en", "--title", "Health checks")
    )
    assert status == 0, shown  # the table says its year: only the kind is asked for
    assert "answer yes or no" in shown
    assert "年度" not in shown
    assert (tmp_path / "b" / TABLE.name).read_bytes() == TABLE.read_bytes()
    assert (tmp_path / "b" / "form.xlsx").exists()


@pytest.mark.parametrize("kind", ["form", "yaml"])
def test_every_command_that_the_folder_names_works_in_it(tmp_path: Path, kind: str) -> None:
    """The commands of its README and of its CI job, in its folder, from options alone."""
    named = ("--title", "児童館の計画", "--year", "令和8年度", "--kind", kind)
    assert ksolve("init", tmp_path, *named).returncode == 0
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in readme.splitlines() if line.strip().startswith("ksolve ")]
    job = yaml.safe_load((tmp_path / ".github" / "workflows" / "plan.yml").read_text(encoding="utf-8"))
    lines += [
        step["run"] for step in job["jobs"]["check"]["steps"] if step.get("run", "").startswith("ksolve")
    ]
    assert [line.split()[1] for line in lines[:5]] == ["check", "solve", "explain", "whatif", "check"]
    for line in dict.fromkeys(lines if kind == "form" else lines[:1]):
        words = [
            word for part in line.split()[1:] for word in (sorted(map(str, tmp_path.glob(part))) or [part])
        ]
        done = ksolve(*words, cwd=tmp_path)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
