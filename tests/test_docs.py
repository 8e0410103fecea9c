"""The documents say what is true now."""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from conftest import KOGANEI, ROOT
from ksolve.cli.language import VARIABLE
from ksolve.cli.table import COMMANDS
from ksolve.plan.json_schema import Kind, json_schema
from ksolve.text import Lang

KINDS: tuple[Kind, ...] = ("plan", "resources", "scenario")


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schema_is_current(kind: Kind) -> None:
    """Renew with `make docs`."""
    shipped = (ROOT / "docs" / f"{kind}.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == json_schema(kind)


SHIPPED: list[tuple[Path, Kind]] = [
    (KOGANEI / "r6.yaml", "plan"),
    (KOGANEI / "resources.yaml", "resources"),
    *((path, "scenario") for path in sorted((ROOT / "scenarios").glob("*.yaml"))),
]


@pytest.mark.parametrize(("path", "kind"), SHIPPED, ids=[path.name for path, _ in SHIPPED])
def test_an_editor_finds_no_fault_in_the_shipped_files(path: Path, kind: Kind) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=")
    named = text.splitlines()[0].partition("=")[2]
    assert (path.parent / named).resolve() == (ROOT / "docs" / f"{kind}.schema.json").resolve()
    validator = Draft202012Validator(json_schema(kind))
    assert [error.message for error in validator.iter_errors(yaml.safe_load(text))] == []


def test_the_picture_of_the_architecture_has_every_room_and_no_other() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture = set(re.findall(r"\w+", text.partition("```text\n")[2].partition("```")[0]))
    source = ROOT / "src" / "ksolve"
    rooms = {path.parent.name for path in source.glob("*/__init__.py")} | {
        p.stem for p in source.glob("[a-z]*.py")
    }
    assert sorted(rooms - picture) == []


@pytest.mark.parametrize("page", ["architecture.md", "contributing.md"])
def test_what_the_documents_of_the_code_name_is_there(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([\w/]+(?:\.py|\.tsv|\.yaml|/))`", text) if "/" in name}
    places = (ROOT, ROOT / "src" / "ksolve", ROOT / "src" / "ksolve" / "published")
    assert sorted(name for name in named if not any((place / name).exists() for place in places)) == []


@pytest.mark.parametrize(("lang", "name"), [("ja", "commands.md"), ("en", "commands.en.md")])
def test_the_reference_of_commands_is_current(lang: Lang, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Renew with `make docs`."""
    monkeypatch.setenv(VARIABLE, lang)
    written = runpy.run_path(str(ROOT / "docs" / "reference.py"))["page"](lang)
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == written
    for row in COMMANDS:
        assert f"\n## {row.name}\n" in written


def test_every_picture_of_a_document_is_there_and_small() -> None:
    """Made anew by docs/pictures.py."""
    shown = {
        (page.parent / name).resolve()
        for page in (*(ROOT / "docs").glob("*.md"), ROOT / "README.md")
        for name in re.findall(r"!\[[^\]]*\]\(([^)]+\.png)\)", page.read_text(encoding="utf-8"))
    }
    kept = set((ROOT / "docs" / "pictures").glob("*.png"))
    assert shown == kept
    assert [path.name for path in kept if path.stat().st_size > 150 << 10] == []


@pytest.mark.parametrize("name", ["plan", "schedule", "reading", "explain", "ci"])
def test_both_editions_of_a_page_explain_the_same_keys(name: str) -> None:
    english, japanese = (
        (ROOT / "docs" / f"{name}{edition}.md").read_text(encoding="utf-8") for edition in ("", ".ja")
    )
    explained = [set(_explained(page)) for page in (english, japanese)]
    assert explained[0] == explained[1]
    assert english.count("\n## ") + english.count("\n# ") == japanese.count("\n## ") + japanese.count("\n# ")


def _explained(page: str) -> Iterator[str]:
    """Yield what stands in code at the beginning of the rows of tables: keys, rules, options, files."""
    for line in page.splitlines():
        if line.startswith("| `"):
            first = line.replace("\\|", "/").split("|")[1]
            yield from (code for code in re.findall(r"`([^`]+)`", first) if code.isascii())


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/**/*.md")), ids=lambda path: path.name)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
