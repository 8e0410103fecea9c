"""ksolve.toml beside a plan, the environment, completions of a shell, and what opens by itself."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from conftest import SMALL
from ksolve.cli import answered
from ksolve.cli.language import VARIABLE, spoken
from ksolve.cli.settings import settings_file
from running import ksolve


def _settings(small: Path, text: str) -> None:
    (small.parent / "ksolve.toml").write_text(text, encoding="utf-8")


def test_settings_beside_the_plan_are_the_defaults_of_every_command(small: Path, tmp_path: Path) -> None:
    _settings(small, 'lang = "en"\nformats = ["html"]\n[solve]\nout = "unused"\nlimit = 30\n')
    done = ksolve("solve", small, "-o", tmp_path / "out", KSOLVE_LANG="")
    assert done.returncode == 0, done.stderr
    assert "verdict: optimal (proven)" in done.stdout
    assert "30 s left" in done.stderr or "29 s left" in done.stderr
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"schedule.csv", "report.html", "manifest.json"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lang = en\n", r"ksolve.toml:1:8: エラー\[unreadable-settings\]"),
        (
            "# all\nlimits = 3\n",
            r"ksolve.toml:2: エラー\[unknown-setting\].*「limits」.*「limit」ではありませんか",
        ),
        ("[slove]\nlimit = 3\n", r"ksolve.toml:1: エラー\[unknown-setting\].*「solve」ではありませんか"),
        ("[solve]\nwokers = 3\n", r"ksolve.toml:2: エラー\[unknown-setting\].*「workers」ではありませんか"),
        ("limit = 0\n", r"--limit: 0.0 は使えません\(1〜10000000\)\(ksolve.toml に書かれています\)"),
        ('lang = "fr"\n', 'ksolve.toml:1: .*lang には "ja" か "en"'),
        ("limit = [1]\n", r"ksolve.toml:1: .*limit には値を一つだけ"),
        ('# one\nformats = "html"\n', r"ksolve.toml:2: .*formats は \["),
        ("[solve.limit]\nof = 3\n", r"limit には表ではなく値を"),
        ("[solve]\nshow = true\n", r"solve に --show というオプションはありません"),
        ('[solve]\nformats = ["pdf"]\n', r"--formats: 'pdf' は使えません"),
    ],
)
def test_settings_that_mean_nothing_are_named_with_their_line(
    small: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _settings(small, text)
    assert answered(["solve", str(small)]) == 2
    assert re.search(said, capsys.readouterr().err)


def test_options_are_called_by_their_names_in_the_settings_and_the_environment(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _settings(small, '[solve]\nopen = "perhaps"\n')
    assert answered(["solve", str(small)]) == 2
    assert "--open: 'perhaps' ではなく、true か false を書いてください" in capsys.readouterr().err
    (small.parent / "ksolve.toml").unlink()
    monkeypatch.setenv("KSOLVE_CHECK_FORMAT", "xml")
    assert answered(["check", str(small)]) == 2
    assert "(KSOLVE_CHECK_FORMAT に書かれています)" in capsys.readouterr().err


def test_every_option_has_a_variable_in_the_environment(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KSOLVE_SOLVE_LIMIT", "soon")
    assert answered(["solve", str(small)]) == 2
    assert "'soon' は数ではありません(KSOLVE_SOLVE_LIMIT に書かれています)" in capsys.readouterr().err
    _settings(small, "limit = 0\n")
    assert answered(["solve", str(small)]) == 2
    assert "KSOLVE_SOLVE_LIMIT" in capsys.readouterr().err  # the environment comes before the settings


@pytest.mark.parametrize(
    ("arguments", "variable", "locale", "lang"),
    [
        (["solve", "p.yaml", "--lang", "en"], "ja", "ja_JP.UTF-8", "en"),
        (["--lang=en", "solve", "p.yaml"], "ja", "", "en"),
        (["solve", "--", "--lang", "en"], "", "", "ja"),
        (["solve"], "en", "ja_JP.UTF-8", "en"),
        (["solve"], "", "en_US.UTF-8", "en"),
        (["solve"], "", "fr_FR", "en"),
        (["solve"], "", "ja_JP.eucJP", "ja"),
        (["solve"], "", "C.UTF-8", "ja"),
        (["solve"], "", "", "ja"),
    ],
)
def test_the_language_is_that_of_the_option_the_variable_the_locale(
    arguments: list[str], variable: str, locale: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, variable)
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.delenv("LANG", raising=False)
    assert spoken(arguments) == lang


@pytest.mark.parametrize("word", ["9" * 5000, "a\0b", "\udcff"])
def test_what_cannot_be_the_name_of_a_file_has_no_settings_beside_it(word: str) -> None:
    assert settings_file([word]) is None


def _completed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object
) -> list[str]:
    monkeypatch.setenv("COMP_WORDS", " ".join(["ksolve", *map(str, words)]))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    monkeypatch.setenv("_KSOLVE_COMPLETE", "complete_bash")
    capsys.readouterr()
    assert answered([]) == 0
    return capsys.readouterr().out.split()


def test_a_shell_completes_commands_options_programmes_and_sessions(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _completed(monkeypatch, capsys, "why") == ["why-not", "why"]
    assert _completed(monkeypatch, capsys, "solve", small, "--li") == ["--limit"]
    small.write_text(SMALL.replace("月1回", "年2回"), encoding="utf-8")
    printed = tmp_path / "printed.csv"
    printed.write_text("事業,日付,開始\n健診,2024-04-03,10:00\n健診,2024-05-08,10:00\n", encoding="utf-8")
    assert _completed(monkeypatch, capsys, "revise", small, printed, "--free", "健") == ["健診"]
    ask = ("why", small, printed, "--session")
    assert _completed(monkeypatch, capsys, *ask, "健") == ["健診#1", "健診#2"]
    assert _completed(monkeypatch, capsys, *ask, "b") == []
    small.write_text("no: plan\n", encoding="utf-8")
    assert _completed(monkeypatch, capsys, *ask, "健") == []  # a fault is for the command to tell


def test_completion_prints_the_script_of_a_shell(capsys: pytest.CaptureFixture[str]) -> None:
    for shell in ("bash", "zsh", "fish", "powershell"):
        assert answered(["completion", shell]) == 0
        assert "_KSOLVE_COMPLETE" in capsys.readouterr().out


def test_completion_is_installed_for_a_shell(tmp_path: Path) -> None:
    done = ksolve("completion", "bash", "--install", HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    written = tmp_path / ".bash_completions" / "ksolve.sh"
    assert done.stdout == f"{written} に書きました。シェルを開き直すと使えます。\n"
    assert "_KSOLVE_COMPLETE" in written.read_text(encoding="utf-8")
    assert str(written) in (tmp_path / ".bashrc").read_text(encoding="utf-8")


def test_open_shows_the_page(small: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/shown\n', encoding="utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    out = tmp_path / "out"
    done = ksolve("solve", small, "-o", out, "--open", "--formats", "html", "-q", BROWSER=str(browser))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "shown").read_text(encoding="utf-8").strip() == (out / "report.html").as_uri()
