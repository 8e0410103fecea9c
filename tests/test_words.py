"""The words of all messages: which are never used (docs/words.md), and that the form has what advice says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import ksolve
from conftest import ROOT
from ksolve.plan.form.sheets import SHEETS
from ksolve.text import Text

SOURCE = Path(ksolve.__file__).parent
ALLOWED = ("頻度=", "回数や頻度")
"""Headings of printed tables, as they are written there."""


def _text(node: ast.expr) -> str:
    """Return what a string of the source says; what is filled in is a pair of braces."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@cache
def _messages() -> tuple[tuple[str, str, str], ...]:
    """Return where each sentence in two languages stands, with its Japanese and its English."""
    return tuple(_read())


def _read() -> Iterator[tuple[str, str, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
                japanese, english = (*map(_text, node.args), "", "")[:2]
                yield where, japanese, english
            elif (
                isinstance(node, ast.AnnAssign)
                and getattr(node.target, "id", "") == "japanese"
                and node.value
            ):
                yield where, _text(node.value), ""


def _banned() -> list[str]:
    rows = (ROOT / "docs" / "words.md").read_text(encoding="utf-8").splitlines()
    cells = [row.strip("|").split("|")[-1] for row in rows if row.startswith("|")]
    return [word.strip() for cell in cells[2:] for word in cell.split("、") if word.strip()]


def test_the_source_has_the_messages_that_are_looked_at() -> None:
    assert len(_messages()) > 2000
    assert len(_banned()) > 40


def test_no_message_has_a_word_that_is_not_used() -> None:
    banned = _banned()
    found = []
    for where, japanese, _ in _messages():
        plain = japanese
        for allowed in ALLOWED:
            plain = plain.replace(allowed, "")
        found += [f"{where}: {word}: {japanese}" for word in banned if word in plain]
    assert found == []


def test_a_number_that_is_filled_in_has_a_counter_for_ten_and_more() -> None:
    number = re.compile(r"\{[^{}]*\}つ(?!の曜日)")  # there are seven weekdays
    assert [f"{where}: {text}" for where, text, _ in _messages() if number.search(text)] == []


def test_people_are_said_to_be_there_and_rooms_to_exist() -> None:
    wrong = re.compile(
        r"(部屋|事業|シート|ファイル|規則|列|見出し)(は|が|も)いません|(職員|人|担当)(が|は|も)ありません"
    )
    assert [f"{where}: {text}" for where, text, _ in _messages() if wrong.search(text)] == []


def test_a_sentence_is_polite() -> None:
    plain = re.compile(r"(である|だった|なさい|であった|ではない)(。|$)")
    assert [f"{where}: {text}" for where, text, _ in _messages() if plain.search(text)] == []


def test_advice_for_the_form_names_headings_and_sheets_that_it_has() -> None:
    heads = [text for sheet in SHEETS for text in (sheet.title, *(column.head for column in sheet.columns))]
    japanese_heads = {head.ja for head in heads} | {"年度", "公表された表"}  # lines of the first sheet
    english_heads = {head.en for head in heads} | {"published table", "in its row"}
    japanese = re.compile(r"記入表では([^)。]*)")
    english = re.compile(r"in a form: ([^);]*)")
    named = 0
    for where, ja, en in _messages():
        for said in japanese.findall(ja):
            for name in re.findall("「([^」]+)」", said):
                named += 1
                assert name in japanese_heads, where
        for said in english.findall(en):
            for name in said.split(", "):
                assert name in english_heads, where
    assert named > 20


def test_the_english_form_is_filled_in_with_english_words() -> None:
    """Names, lists and reasons; how often and when are written as in the printed table, and explained."""
    japanese = re.compile(r"[\u3040-\u30ff]|[\u4e00-\u9fff]")
    written = set("年月日週回人〜、")
    columns = [column for sheet in SHEETS for column in sheet.columns]
    said = [text.en for column in columns if not isinstance(column.choices, str) for text in column.choices]
    said += [column.example.en for column in columns if isinstance(column.example, Text)]
    assert len(said) > 40
    assert [text for text in said if japanese.search("".join(set(text) - written))] == []
    names = [
        column for column in columns if column.key in {"name", "why", "what", "part", "programme", "room"}
    ]
    assert [c.example for c in names if isinstance(c.example, str) and japanese.search(c.example)] == []
