"""A plan file to a form, with the comments of the file beside its rows; nothing of the plan is lost."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ksolve.errors import PlanError, fault
from ksolve.files import read_text
from ksolve.findings import Place
from ksolve.plan.difference import difference
from ksolve.plan.form.book import form_xlsx
from ksolve.plan.form.reading import read_form
from ksolve.plan.form.values import Item
from ksolve.plan.form.writing import form_of
from ksolve.plan.loading import loaded_from, read_whole
from ksolve.plan.schema import Plan
from ksolve.plan.yaml_out import NoteOf, plan_yaml
from ksolve.plan.yaml_text import SCHEMA_LINE, named_from
from ksolve.text import Lang, Text


def make_form(path: Path, out: Path, lang: Lang, texts: Mapping[Path, str] | None = None) -> bytes:
    """Return the form of a plan, to be written to `out`: read again, it is the same plan.

    `texts` has the YAML of files that are read as if they had been written. Raises PlanError with the
    faults of the plan, and where something of it cannot be said in a form.
    """
    value, plan = _sound(path, texts or {})
    wanted = _relocated(value, plan, (path, out))
    data = form_xlsx(form_of(value, notes_of(texts or {}), lang), lang)
    again = loaded_from(*_of_form(data, out))
    differs = difference(again.plan, wanted)
    if again.faults or differs is not None:
        text = _CANNOT.fill(where=differs or "-")
        raise PlanError([fault("cannot-form", text, Place(str(path)), _AS_YAML), *again.faults])
    return data


def plan_file(out: Path, texts: Mapping[Path, str], lang: Lang) -> bytes:
    """Return what is to be written to `out`: its YAML of the texts, or a form where a workbook is named."""
    if out.suffix.lower() == ".xlsx":
        return make_form(out, out, lang, texts)
    return texts[out].encode("utf-8")


def _of_form(data: bytes, out: Path) -> tuple[Any, list[Any]]:
    return read_form(data, str(out)), []


def written_plan(path: Path, out: Path) -> str:
    """Return the YAML of a plan that stands in a form, to be written to `out`. Raises PlanError."""
    value, plan = _sound(path, {})
    _relocated(value, plan, (path, out))
    return plan_yaml(value, notes_of({}))


def _relocated(value: dict[str, Any], plan: Plan, moved: tuple[Path, Path]) -> Plan:
    """Name the files of a plan as they are named where it is to be written; return the plan that says so."""
    path, out = moved
    if plan.published:
        value["published"] = named_from(plan.published, path, out)
    calendars = []
    for calendar, raw in zip(plan.resources.external, value["resources"].get("external") or (), strict=True):
        if calendar.file:
            raw["file"] = named_from(str(calendar.path.absolute()), path.absolute(), out.absolute())
        calendars.append(calendar.model_copy(update={"file": raw.get("file", "")}))
    resources = plan.resources.model_copy(update={"external": tuple(calendars)})
    return plan.model_copy(update={"published": value.get("published", ""), "resources": resources})


def _sound(path: Path, texts: Mapping[Path, str]) -> tuple[dict[str, Any], Plan]:
    """Return the values of a plan file and the plan that they are. Raises PlanError with its faults."""
    document, faults = read_whole(path, texts)
    loaded = loaded_from(document, faults)
    if loaded.faults or loaded.plan is None:
        raise PlanError(loaded.faults)
    return document.value, loaded.plan


def notes_of(texts: Mapping[Path, str]) -> NoteOf:
    """Return what finds the note of an item: a form's remark, or the comment above it in a YAML file."""

    @cache
    def lines(file: str) -> list[str]:
        path = Path(file)
        return (texts[path] if path in texts else read_text(path)).splitlines()

    def note(item: Any) -> str:
        if isinstance(item, Item):
            return item.note
        place = item.get("__place__") if isinstance(item, dict) else None
        if not isinstance(place, Place) or place.sheet:
            return ""
        found: list[str] = []
        for line in reversed(lines(place.file)[: place.line - 1]):
            if not line.strip().startswith("#") or SCHEMA_LINE.match(line):
                break
            found.insert(0, line.strip().lstrip("#").strip())
        return "\n".join(found)

    return note


_CANNOT = Text(
    "この計画は、このままでは記入表にできません({where} が変わってしまいます)。何も書いていません",
    "this plan cannot be made a form as it is ({where} would change); nothing was written",
)
_AS_YAML = Text(
    "YAML のまま使うか、その項目の書き方を変えてください",
    "keep it as YAML, or write that part in another way",
)
