"""`ksolve frequency` as a process: what it prints for right and wrong texts."""

from __future__ import annotations

import json
import subprocess
import sys

from ksolve.frequency.forms import forms


def frequency(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ksolve", "frequency", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=given,
        timeout=60,
        check=False,
    )


def test_a_frequency_is_explained_in_japanese_and_in_english() -> None:
    japanese = frequency("月1回(8月を除く)")
    assert japanese.returncode == 0
    assert "8月を除く" in japanese.stdout
    assert "1年の回数(休館日を考えない): 11" in japanese.stdout
    english = frequency("月1回(8月を除く)", "--lang", "en")
    assert "sessions in a year without closed days: 11" in english.stdout


def test_json_states_the_count_the_window_and_the_groups() -> None:
    found = json.loads(frequency("月1回×5か月×2グループ(4月～9月)", "--format", "json").stdout)
    assert found["sessions_per_year"] == {"low": 10, "high": 10}
    assert found["terms"][0]["groups"] == 2
    assert found["terms"][0]["window"] == {"months": [4, 5, 6, 7, 8, 9], "kind": "span"}


def test_an_error_shows_a_caret_under_the_character_and_the_nearest_form() -> None:
    done = frequency("月1回(8月を除くく)")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    text, caret = lines[1], lines[2]
    # the caret stands below the tenth character: five wide and four narrow ones, and the margin, before it
    assert text == "  月1回(8月を除くく)"
    assert caret == " " * (2 + 2 + 1 + 2 + 1 + 1 + 2 + 2 + 2 + 2) + "^"
    assert "近い書き方: 月1回(8月を除く)" in done.stderr


def test_each_line_of_standard_input_is_read_and_one_wrong_line_fails_the_whole() -> None:
    done = frequency("-", "--format", "json", given="年2回\n\n第2火曜日\n")
    assert done.returncode == 0
    assert [one["canonical"] for one in json.loads(done.stdout)] == ["年2回", "月1回(第2火曜日)"]
    assert frequency("年2回", "年にとう").returncode == 2


def test_without_a_text_every_form_is_listed() -> None:
    listed = frequency().stdout
    assert all(form.example in listed for form in forms())
