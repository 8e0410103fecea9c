"""How the program ends: with the status of its answer, whatever becomes of its output; mad words with 2."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import SMALL
from running import PLAN, ksolve

pytestmark = pytest.mark.skipif(os.name != "posix", reason="shells and signals of POSIX")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A schedule that breaks its plan: checking it ends with 1."""
    path = tmp_path / "broken.csv"
    path.write_text("事業,日付,開始\n健診,2024-04-03,10:00\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("where", [">&-", "> /dev/full", "2>&-", "2> /dev/full", ">&- 2>&-", "| true"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_closed_or_full_output_does_not_change_the_status(
    where: str, form: str, small: Path, broken: Path
) -> None:
    if "/dev/full" in where and not Path("/dev/full").exists():
        pytest.skip("there is no full device here")
    line = f'"$0" -m ksolve check "$1" "$2" --format {form} {where}; echo "${{PIPESTATUS[0]}}" >&9'
    reader, writer = os.pipe()
    done = subprocess.run(
        ["bash", "-c", f"exec 9>&{writer}; {line}", sys.executable, str(small), str(broken)],  # noqa: S607
        pass_fds=[writer],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        assert told.read().split() == ["1"]
    assert "Traceback" not in done.stderr
    assert ("標準出力に最後まで書けませんでした" in done.stderr) == (where == "> /dev/full")


@pytest.mark.parametrize(
    "option",
    [
        ("--seed", "2147483648"),
        ("--seed", "-1"),
        ("--limit", "nan"),
        ("--limit", "inf"),
        ("--limit", "1e300"),
        ("--gap", "nan"),
        ("--memory", "nan"),
        ("--memory", "inf"),
        ("--workers", "9" * 20),
    ],
)
def test_a_mad_number_is_an_error_of_use(option: Sequence[str], small: Path, tmp_path: Path) -> None:
    done = ksolve("solve", small, "-o", tmp_path / "out", *option)
    assert done.returncode == 2
    assert option[0] in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("fit", ["nan", "inf", "-inf", "2"])
def test_a_mad_least_fit_is_an_error_of_use(fit: str, small: Path, broken: Path) -> None:
    assert ksolve("check", small, broken, "--min-fit", fit).returncode == 2


@pytest.mark.parametrize(
    "year", ["0000", "0001", "1948", "2151", "9999", "令和0", "令和0年度", "R0", "平成00年度"]
)
def test_a_year_whose_holidays_nobody_knows_is_an_error_that_says_so(year: str, tmp_path: Path) -> None:
    word = year if year.endswith("年度") else f"{year}年度"
    plan = tmp_path / "plan.yaml"
    plan.write_text(SMALL.replace("令和6年度", word), encoding="utf-8")
    done = ksolve("check", plan)
    assert done.returncode == 2
    assert f"{plan}:4:7: " in done.stderr
    assert "1949年度から2150年度まで" in done.stderr
    table = tmp_path / "table.tsv"
    table.write_text("事業名\t実施回数\t4月\t5月\n健診\t年2回\t○\t○\n", encoding="utf-8")
    assert ksolve("read", table, "--year", year).returncode == 2
    assert ksolve("draft", PLAN, "--year", year, "-o", tmp_path / "next.yaml").returncode == 2


def test_a_title_of_no_year_names_none(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text("令和0年度 計画\n事業名\t実施回数\t4月\t5月\n健診\t年2回\t○\t○\n", encoding="utf-8")
    done = ksolve("read", table, "-o", tmp_path / "plan.yaml")
    assert done.returncode == 2
    assert "--year" in done.stderr


NINES = "9" * 4400


@pytest.mark.parametrize(
    "command",
    [
        ("frequency", f"年{NINES}回"),
        ("frequency", f"月1回×{NINES}グループ"),
        ("frequency", f"{NINES}月"),
        ("frequency", f"令和{NINES}年4月1日"),
    ],
)
def test_a_count_of_4400_digits_is_no_count(command: Sequence[str]) -> None:
    assert ksolve(*command).returncode == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("月1回", f"年{NINES}回"),
        ("minutes: 60", f"minutes: {NINES}"),
        ("count: 1", f"count: {NINES}"),
        ("令和6年度", f"令和{NINES}年度"),
        ("10:00", f"{NINES}:00"),
        ("session: hour", f"session: hour, published: {{line: {NINES}}}"),
    ],
)
def test_a_number_of_4400_digits_in_a_plan_is_an_error_at_its_place(
    old: str, new: str, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(SMALL.replace(old, new), encoding="utf-8")
    done = ksolve("check", plan)
    assert done.returncode == 2
    assert done.stderr.startswith(f"{plan}:")


@pytest.mark.parametrize("key", ["number", "date", "start", "minutes", "session"])
def test_a_number_of_4400_digits_in_a_schedule_is_an_error_at_its_place(
    key: str, small: Path, tmp_path: Path
) -> None:
    cells = {"name": "健診", "date": "2024-04-03", "start": "10:00", key: NINES}
    path = tmp_path / "s.csv"
    path.write_text(f"{','.join(cells)}\n{','.join(cells.values())}\n", encoding="utf-8")
    done = ksolve("check", small, path, "--format", "json")
    assert done.returncode in {1, 2}  # an id with such a number is another's, and said to be
    assert done.returncode == 2 or json.loads(done.stdout)["findings"]


def test_a_hang_up_that_is_to_be_ignored_is_ignored(small: Path, tmp_path: Path) -> None:
    """As under nohup."""
    code = "import os, signal; from ksolve.cli import main; import ksolve.verified as v; solve = v.solve\n"
    code += "def hit(*args): os.kill(os.getpid(), signal.SIGHUP); return solve(*args)\n"
    code += "v.solve = hit; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "solve", str(small), "-o", str(tmp_path / "out")],
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_closed_day_that_the_year_does_not_have_closes_nothing_and_that_is_said(tmp_path: Path) -> None:
    table = tmp_path / "table.tsv"
    table.write_text(
        "令和6年度 計画\n行事名\t実施回数\t日付\t4月\t5月\n健診\t年2回\t\t○\t○\n特別整理休館\t\t2/29\t\t\n",
        encoding="utf-8",
    )
    plan = tmp_path / "plan.yaml"
    assert ksolve("read", table, "-o", plan).returncode == 0
    assert "# 2/29(特別整理休館)はこの年度にない日なので" in plan.read_text(encoding="utf-8")
    assert ksolve("check", plan).returncode == 0
