"""The documents say what is true now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from conftest import KOGANEI, ROOT
from ksolve.plan.json_schema import Kind, json_schema

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
