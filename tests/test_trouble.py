"""What goes wrong: bugs of the program, files that cannot be read, folders that cannot be written."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from conftest import SMALL
from ksolve.errors import PlanError
from ksolve.plan.yamlfile import parse_yaml
from running import ksolve

DIVIDES = "import ksolve.api\ndef divide(*_): return 1 // 0\nksolve.api.prepare = divide"
DEAF = "from ksolve.rules.count import Count\nCount.post = lambda *_: None"
"""A planted bug: the solver does not hear of the count."""


def _with_bug(bug: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    script = f"import sys\nsys.argv[0] = 'ksolve'\n{bug}\nfrom ksolve.cli import main\nmain()"
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)


def test_a_bug_shows_its_traceback_says_what_to_send_and_exits_70(small: Path, tmp_path: Path) -> None:
    done = _with_bug(DIVIDES, "solve", small, "-o", tmp_path / "out")
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr
    last = done.stderr.splitlines()[-1]
    assert "ksolve の不具合" in last
    assert "送ってください" in last
    english = _with_bug(DIVIDES, "check", small, small, "--lang", "en")
    assert (english.returncode, "This is a bug of ksolve" in english.stderr) == (70, True)


def test_a_disagreement_exits_70_and_leaves_a_bundle_that_repeats_it(small: Path, tmp_path: Path) -> None:
    text = SMALL.replace("月1回, session", "年30回, session") + "wishes: none\n"  # a wish counts as well
    small.write_text(text, encoding="utf-8")
    done = _with_bug(DEAF, "solve", small, "-o", tmp_path / "out")
    assert done.returncode == 70, done.stderr
    found = re.search(r"\S+ksolve-bug\.zip", done.stderr)
    assert found
    with zipfile.ZipFile(found[0]) as bundle:
        assert {"command.json", "disagreement.txt", "traceback.txt", "schedule.csv"} < set(bundle.namelist())
        plan = next(name for name in bundle.namelist() if name.endswith("small.yaml"))
        assert bundle.read(plan).decode("utf-8") == text
        assert "[count]" in bundle.read("disagreement.txt").decode("utf-8")
    Path(found[0]).unlink()
    Path(found[0]).parent.rmdir()
    assert not list((tmp_path / "out").glob("schedule.csv"))


@pytest.mark.parametrize("depth", [3_000, 100_000])
def test_brackets_nested_too_deeply_are_a_fault_of_the_file(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text("a: " + "[" * depth + "]" * depth, encoding="utf-8")
    done = ksolve("solve", path, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert f"{path}:1:63: " in done.stderr  # a mapping and 59 lists, and then one more
    assert "入れ子が深すぎます" in done.stderr


def test_problems_with_files_are_said_in_japanese(small: Path, tmp_path: Path) -> None:
    folder = ksolve("explain", tmp_path)
    assert (folder.returncode, "フォルダです" in folder.stderr) == (2, True)
    below = ksolve("check", small / "x.yaml", small)
    assert (below.returncode, "同じ名前のファイルがあります" in below.stderr) == (2, True)
    assert "it is a folder" in ksolve("explain", tmp_path, "--lang", "en").stderr


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("title: [未完", 2, "括弧が閉じていない"),
        ("title: '未完", 1, "引用符が閉じていません"),
        ("title: a: b", 1, "「:」は書けません"),
        ("title: @a", 1, "引用符で囲んでください"),
        ("title: a\n\tid: b", 2, "字下げにタブがあります"),
        ("a: 1\n---\nb: 2", 2, "二つの計画"),
        ("a: 1\nb: \x07", 2, "制御文字"),
        ("- a\nb: 1", 2, "「- 」が必要です"),
        ("title: {a: b}}", 1, "「項目: 値」が必要です"),
    ],
)
def test_yaml_problems_are_said_in_japanese(text: str, line: int, words: str) -> None:
    with pytest.raises(PlanError) as caught:
        parse_yaml(text, "plan.yaml")
    (found,) = caught.value.findings
    assert found.place is not None
    assert (found.rule, found.place.line) == ("yaml-syntax", line)
    assert words in found.text.ja
    assert not re.search("[a-z]{4}", found.text.ja)


def test_the_version_is_printed() -> None:
    done = ksolve("--version")
    assert (done.returncode, done.stdout) == (0, f"ksolve {version('ksolve')}\n")


def test_a_wrong_item_of_a_list_goes_by_the_name_of_its_list(small: Path) -> None:
    small.write_text(
        SMALL.replace("session: hour}\n", "session: hour, marks: [13月, 5月]}\n"), encoding="utf-8"
    )
    done = ksolve("check", small, small)
    assert done.returncode == 2
    assert "marks: 「13月」は使えません" in done.stderr
