"""A plan's problem that was kept: the same as one made anew, and never one of other files."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from conftest import KOGANEI, ROOT, SMALL
from ksolve import cache, prepared, program
from ksolve.api import prepare
from ksolve.errors import PlanError
from ksolve.prepared import problem_of
from ksolve.rules import BY_NAME, Count
from running import PLAN, ksolve
from tiny import write_plan

SCENARIO = ROOT / "scenarios" / "psychologist-absent.yaml"
Kept = Callable[[], list[Path]]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    """Return what lists the problems that are kept, in a cache directory of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("KSOLVE_CACHE", raising=False)
    folder = tmp_path / "cache" / "ksolve" / "problems"
    return lambda: sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the plans whose problems were made anew, one entry each time."""
    plans: list[Path] = []
    real = prepared._made  # noqa: SLF001 - whether it is called is what these tests are about

    def count(path: Path, scenarios: tuple[Path, ...]) -> object:
        plans.append(path)
        return real(path, scenarios)

    monkeypatch.setattr(prepared, "_made", count)
    return plans


@pytest.mark.parametrize("scenarios", [(), (SCENARIO,)])
def test_a_kept_problem_is_the_one_that_is_made_anew(
    scenarios: tuple[Path, ...], kept: Kept, made: list[Path]
) -> None:
    first = problem_of(PLAN, scenarios)
    again = problem_of(PLAN, scenarios)
    assert made == [PLAN]
    assert len(kept()) == 1
    assert first == again == prepare(PLAN, scenarios).problem
    assert [type(posted.rule) for posted in first.rules] == [type(posted.rule) for posted in again.rules]
    assert [posted.place for posted in first.rules] == [posted.place for posted in again.rules]


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_kept_rule_of_each_kind_is_the_one_that_is_made_anew(
    name: str, tmp_path: Path, kept: Kept, made: list[Path]
) -> None:
    text = (ROOT / "tests" / "rules" / f"{name}.yaml").read_text(encoding="utf-8")
    plan = write_plan(tmp_path, yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - all scalars stay text
    first, again = problem_of(plan), problem_of(plan)
    assert made == [plan]
    assert len(kept()) == 1
    assert first == again


def _copy(folder: Path) -> Path:
    """Copy the Koganei model, whose plan names resources and a published table."""
    shutil.copytree(KOGANEI, folder / "model")
    return folder / "model" / "r6.yaml"


def test_the_files_that_decide_are_the_plan_its_resources_its_table_and_the_scenarios(
    tmp_path: Path, kept: Kept, made: list[Path]
) -> None:
    plan = _copy(tmp_path)
    scenario = tmp_path / "scenario.yaml"
    shutil.copy(SCENARIO, scenario)
    problem_of(plan, [scenario])
    (file,) = kept()
    stated = file.read_bytes()[32:].partition(b"\n")[0].decode()
    named = [plan, plan.with_name("resources.yaml"), plan.with_name("r6-published.tsv"), scenario]
    assert sorted(name for name, _ in json.loads(stated)) == sorted(map(str, named))
    for number, changed in enumerate(named, start=2):
        _touch_within(changed)
        problem_of(plan, [scenario])
        assert len(made) == number, changed
        problem_of(plan, [scenario])
        assert len(made) == number, changed


def _touch_within(path: Path) -> None:
    """Change a file but neither its length nor its time: one more letter of a comment or a word."""
    found = path.stat()
    text = path.read_text(encoding="utf-8")
    at = max(text.rfind("。"), text.rfind("、"))
    path.write_text(text[:at] + "・" + text[at + 1 :], encoding="utf-8")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert path.stat().st_size == found.st_size


def test_a_plan_that_was_changed_is_checked_as_it_is_now(small: Path, kept: Kept) -> None:
    before = problem_of(small)
    small.write_text(SMALL.replace("月1回", "月2回"), encoding="utf-8")
    after = problem_of(small)
    assert before != after == prepare(small).problem
    small.write_text(SMALL, encoding="utf-8")
    assert problem_of(small) == before
    assert len(kept()) == 1


def test_a_plan_of_another_name_or_folder_has_its_own_places(
    small: Path, tmp_path: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.yaml"
    shutil.copy(small, other)
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path)
    for path in (small, other, Path("other.yaml"), Path("inner/../other.yaml")):
        problem = problem_of(path)
        assert {posted.place.file for posted in problem.rules if posted.place} == {str(path)}
    assert len(kept()) == 4


def _new_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_code", lambda: "another source")


def _new_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_installed", lambda: ["jpholiday-99.dist-info"])


def _moved_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_origin", lambda name: f"/elsewhere/{name}")


def _new_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "9.9.9")


@pytest.mark.parametrize("changed", [_new_code, _new_package, _moved_package, _new_python])
def test_what_another_program_kept_is_made_anew(
    changed: Callable[[pytest.MonkeyPatch], None],
    small: Path,
    kept: Kept,
    made: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem_of(small)
    changed(monkeypatch)
    problem_of(small)
    assert made == [small, small]
    problem_of(small)
    assert made == [small, small]
    assert len(kept()) == 2


def test_the_program_is_known_by_every_byte_of_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules" / "__pycache__").mkdir(parents=True)
    rule = tmp_path / "rules" / "count.py"
    rule.write_text("low = 1\n")
    monkeypatch.setattr(program, "__file__", str(tmp_path / "program.py"))
    before = program.identity()
    (tmp_path / "rules" / "__pycache__" / "count.pyc").write_text("compiled")
    assert program.identity() == before
    rule.write_text("low = 2\n")
    assert program.identity() != before
    rule.write_text("low = 1\n")
    assert program.identity() == before
    (tmp_path / "words.tsv").write_text("")
    assert program.identity() != before


def test_a_program_that_is_in_no_folder_keeps_nothing(
    small: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "__file__", "/nowhere/ksolve.zip/ksolve/program.py")
    assert program.identity() is None
    assert problem_of(small) == problem_of(small)
    assert kept() == []


def test_a_program_that_was_changed_meanwhile_keeps_nothing(
    small: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = iter("abcd")
    monkeypatch.setattr(program, "_code", lambda: next(sources))
    problem_of(small)
    assert kept() == []


def test_a_file_that_was_changed_meanwhile_is_kept_as_it_was_read(
    small: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = prepared._made  # noqa: SLF001 - the moment between reading and keeping

    def change_after(path: Path, scenarios: tuple[Path, ...]) -> object:
        problem = real(path, scenarios)
        path.write_text(SMALL.replace("月1回", "月2回"), encoding="utf-8")
        return problem

    monkeypatch.setattr(prepared, "_made", change_after)
    problem_of(small)
    monkeypatch.setattr(prepared, "_made", real)
    assert kept()
    assert problem_of(small) == prepare(small).problem


DAMAGE = {
    "empty": lambda _: b"",
    "cut": lambda data: data[:-1],
    "in its digest": lambda data: b"x" + data[1:],
    "in its names": lambda data: data[:40] + b"x" + data[41:],
    "in its problem": lambda data: data[:-40] + b"x" + data[-39:],
    "longer": lambda data: data + b".",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_problem_is_made_anew(
    damage: Callable[[bytes], bytes], small: Path, kept: Kept, made: list[Path]
) -> None:
    first = problem_of(small)
    (file,) = kept()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert problem_of(small) == first
    assert made == [small, small]
    assert problem_of(small) == first
    assert made == [small, small]


def test_a_file_that_others_own_or_may_write_to_is_not_looked_at(
    small: Path, kept: Kept, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    problem_of(small)
    (file,) = kept()
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o622)
    problem_of(small)
    assert made == [small, small]
    problem_of(small)
    assert made == [small, small]
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    problem_of(small)
    assert made == [small, small, small]


def test_where_nothing_can_be_kept_the_problem_is_made_each_time(
    small: Path, tmp_path: Path, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    for named in (str(tmp_path / "file"), "not/absolute"):
        monkeypatch.setenv("XDG_CACHE_HOME", named)
        assert problem_of(small) == problem_of(small)
    assert len(made) == 4


def test_what_is_faulty_is_never_kept_and_is_said_each_time(small: Path, kept: Kept) -> None:
    small.write_text(SMALL.replace("月1回", "月1階"), encoding="utf-8")
    said = []
    for _ in range(2):
        with pytest.raises(PlanError) as raised:
            problem_of(small)
        said.append([found.line("ja") for found in raised.value.findings])
    assert said[0] == said[1] != []
    assert kept() == []


def test_a_plan_from_a_pipe_is_read_and_not_kept(small: Path, kept: Kept, tmp_path: Path) -> None:
    schedule = tmp_path / "schedule.csv"
    schedule.write_text(_csv(12), encoding="utf-8")
    for text in (SMALL, SMALL.replace("月1回", "年5回"), SMALL):
        small.write_text(text, encoding="utf-8")
        straight = ksolve("check", small, schedule, "--no-cache")
        piped = subprocess.run(
            [sys.executable, "-m", "ksolve", "check", "/dev/stdin", str(schedule)],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert piped.stderr == straight.stderr == ""
        assert piped.stdout == straight.stdout.replace(str(small), "/dev/stdin")
    assert kept() == []


def test_a_pipe_in_the_place_of_a_plan_that_was_kept_is_read_once(
    small: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem_of(small)
    small.unlink()
    os.mkfifo(small)
    writer = threading.Thread(target=small.write_text, args=(SMALL.replace("月1回", "月2回"),))
    reads: list[Path] = []
    real = Path.read_bytes

    def read_once(path: Path) -> bytes:
        assert path != small or small not in reads
        reads.append(path)
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_once)
    writer.start()
    twice = [posted.rule.low for posted in problem_of(small).rules if isinstance(posted.rule, Count)]
    writer.join()
    assert twice == [2]
    assert small in reads
    assert len(kept()) == 1


def test_a_published_table_from_standard_input_is_read_and_nothing_is_kept(
    small: Path, tmp_path: Path, kept: Kept
) -> None:
    small.write_text(f'published: "-"\n{SMALL}', encoding="utf-8")
    (tmp_path / "schedule.csv").write_text(_csv(12), encoding="utf-8")
    table = (KOGANEI / "r6-published.tsv").read_bytes()
    command = [sys.executable, "-m", "ksolve", "check", small.name, "schedule.csv"]
    for given, status in ((table, 0), (b"", 2)):
        done = subprocess.run(command, cwd=tmp_path, input=given, capture_output=True, check=False)
        assert done.returncode == status, done.stderr
    assert kept() == []


def _csv(sessions: int) -> str:
    """Return sessions on the second Wednesdays from April on; 12 keep SMALL."""
    firsts = [date(2024 + (n > 8), (n + 3) % 12 + 1, 1) for n in range(sessions)]
    days = [first.replace(day=8 + (2 - first.weekday()) % 7) for first in firsts]
    rows = [f"a,{day},10:00" for day in days]
    return "\n".join(["series,date,start", *rows, ""])


def test_the_command_keeps_and_uses_a_problem_unless_it_is_told_not_to(
    small: Path, tmp_path: Path, kept: Kept
) -> None:
    schedule = tmp_path / "schedule.csv"
    schedule.write_text(_csv(12), encoding="utf-8")
    assert ksolve("check", small, schedule, "--no-cache").returncode == 0
    assert ksolve("check", small, schedule, KSOLVE_CACHE="0").returncode == 0
    assert kept() == []
    assert ksolve("check", small, schedule).returncode == 0
    (file,) = kept()
    written = file.stat()
    assert ksolve("check", small, schedule).returncode == 0
    assert file.stat() == written or file.stat().st_mtime_ns == written.st_mtime_ns
    schedule.write_text(_csv(11), encoding="utf-8")
    assert ksolve("check", small, schedule).returncode == 1


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_finding_is_printed_the_same_with_and_without_a_kept_problem(
    form: str, lang: str, dated: Path, kept: Kept, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text(_broken(dated), encoding="utf-8")
    asked = ("check", PLAN, broken, "--soft", "--format", form, "--lang", lang)
    without, cold, warm = ksolve(*asked, "--no-cache"), ksolve(*asked), ksolve(*asked)
    assert kept()
    assert without.returncode == cold.returncode == warm.returncode == 1
    assert without.stdout == cold.stdout == warm.stdout != ""
    assert without.stderr == cold.stderr == warm.stderr


def _broken(dated: Path) -> str:
    """Break a schedule in many ways: each fourth session is moved, renamed, or given another room."""
    rows = list(csv.DictReader(io.StringIO(dated.read_text(encoding="utf-8-sig"))))
    for number, row in enumerate(rows):
        if number % 8 == 0:
            row.update(date="2024-08-13", weekday="", start="9:00", end="", minutes="")
        if number % 12 == 4:
            row.update(room="存在しない部屋")
        if number % 40 == 6:
            row.update(series="nothing", session="", name="")
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_check_with_a_kept_problem_imports_nothing_that_reads_plans(small: Path, tmp_path: Path) -> None:
    schedule = tmp_path / "schedule.csv"
    schedule.write_text(_csv(12), encoding="utf-8")
    script = "import sys; sys.argv = ['ksolve', 'check', *sys.argv[1:]]\nfrom ksolve.cli import main\n"
    script += "try: main()\nexcept SystemExit as left: assert left.code == 0\n"
    script += "heavy = {'ortools', 'pandas', 'openpyxl', 'lark', 'yaml', 'jinja2', 'rich', 'jpholiday'}\n"
    script += "heavy |= {'ksolve.plan', 'ksolve.expand', 'ksolve.published', 'ksolve.api', 'ksolve.solver'}\n"
    script += "print(sorted(heavy & set(sys.modules)))"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", script, str(small), str(schedule)]
    cold, warm = (
        subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    )
    assert cold.splitlines()[0] == warm.splitlines()[0]
    assert "yaml" in cold.splitlines()[1]
    assert warm.splitlines()[1] == "[]"


def test_the_problems_kept_last_are_kept(tmp_path: Path, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST", 2)
    written: list[Path] = []
    for number in range(4):
        plan = tmp_path / f"{number}.yaml"
        plan.write_text(SMALL, encoding="utf-8")
        problem_of(plan)
        (new,) = set(kept()) - set(written)
        os.utime(new, ns=(number, number))
        written.append(new)
    assert set(kept()) == set(written[2:])
