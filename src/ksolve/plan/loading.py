"""YAML to plan: every fault of the file in one run, each with its line and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ksolve.errors import PlanError, fault
from ksolve.files import beside
from ksolve.findings import Finding, Place
from ksolve.plan.centre import Resources
from ksolve.plan.faults import validation_faults
from ksolve.plan.references import ids_in_file, known_in_raw, reference_faults
from ksolve.plan.schema import Plan
from ksolve.plan.yamlfile import Document, parse_yaml, read_yaml
from ksolve.text import Text

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Loaded:
    """A plan file as far as it could be understood, and every fault found in it.

    `plan` leaves out the items that hold a fault, so that what follows can still be checked;
    it is None where too little is left.
    """

    plan: Plan | None
    faults: tuple[Finding, ...]


def load(path: Path) -> Plan:
    """Return the plan of a YAML file. Raises PlanError with all its faults."""
    loaded = load_leniently(path)
    if loaded.faults or loaded.plan is None:
        raise PlanError(loaded.faults)
    return loaded.plan


def load_leniently(path: Path, unwritten: Mapping[Path, str] | None = None) -> Loaded:
    """Return what can be understood of a plan file, with its faults. Raises PlanError for no YAML.

    `unwritten` has the texts of files that are read as if they had been written.
    """
    texts = unwritten or {}
    document = _read(path, texts)
    faults = _stitch_resources(document, path, texts)
    is_mapping = isinstance(document.value, dict)
    known = known_in_raw(document.value) if is_mapping else None
    ids = list(ids_in_file(document)) if is_mapping else []
    plan, invalid = _validate(document)
    faults += document.faults + invalid
    if plan is not None and known is not None:
        faults += reference_faults(plan, known, ids)
    return Loaded(plan, tuple(sorted(faults, key=lambda found: found.place or Place(""))))


def files_of(path: Path, plan: Plan) -> list[Path]:
    """Return the files that a plan was read from: itself, its resources, its published table."""
    files = {place.file for place in (plan.place, plan.resources.place) if place}
    tables = [beside(path, plan.published)] if plan.published else []
    return [*sorted(Path(file) for file in files), *tables]


def validate_file(path: Path, model: type[M]) -> M:
    """Return a YAML file as a model. Raises PlanError with all its faults."""
    document = read_yaml(path)
    faults = list(document.faults)
    if not isinstance(document.value, dict):
        raise PlanError([*faults, fault("wrong-type", _MAPPING, document.place(()))])
    try:
        value = model.model_validate(document.value)
    except ValidationError as error:
        raise PlanError(faults + validation_faults(error, document, model)) from error
    if faults:
        raise PlanError(faults)
    return value


def _read(path: Path, texts: Mapping[Path, str]) -> Document:
    return parse_yaml(texts[path], str(path)) if path in texts else read_yaml(path)


def _stitch_resources(document: Document, path: Path, texts: Mapping[Path, str]) -> list[Finding]:
    """Put the file that `resources` names in the place of its name."""
    value = document.value
    name = value.get("resources") if isinstance(value, dict) else None
    if not isinstance(name, str):
        return []
    try:
        resources = _read(beside(path, name), texts)
    except PlanError as error:
        del value["resources"]
        place = document.place(("resources",))
        return [fault("unreadable-file", _RESOURCES.fill(name=name), place), *error.findings]
    if not (isinstance(resources.value, dict) and resources.value.keys() & _RESOURCE_KEYS):
        del value["resources"]  # nothing of a file that is none of ours is repeated in a message
        return [fault("wrong-value", _NO_RESOURCES.fill(name=name), document.place(("resources",)))]
    value["resources"] = resources.value
    for index, (key, _) in enumerate(document.node.value):
        if key.value == "resources":
            document.node.value[index] = (key, resources.node)
    return resources.faults


def _validate(document: Document) -> tuple[Plan | None, list[Finding]]:
    if not isinstance(document.value, dict):
        return None, [fault("wrong-type", _MAPPING, document.place(()))]
    try:
        return Plan.model_validate(document.value), []
    except ValidationError as error:
        faults = validation_faults(error, document, Plan)
        return _without_faulty(document.value, error.errors(include_url=False)), faults


def _without_faulty(value: dict[str, Any], details: list[ErrorDetails]) -> Plan | None:
    """Validate once more without the list items and optional keys that hold a fault."""
    paths = {_droppable(detail["loc"]) for detail in details}
    for path in sorted(paths, key=lambda path: [str(step).zfill(6) for step in path], reverse=True):
        _drop(value, path)
    try:
        return Plan.model_validate(value)
    except ValidationError:
        return None


def _droppable(path: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Return the path up to its last list index, or its first key where it has none."""
    indexes = [place for place, step in enumerate(path) if isinstance(step, int)]
    return path[: indexes[0] + 1] if indexes else path[:1]


def _drop(value: Any, path: tuple[int | str, ...]) -> None:
    """Remove what a path names; the steps of the stitched resources count as the plan's own."""
    *steps, last = path
    for step in steps:
        value = value[int(step)] if isinstance(value, list) else value.get(step, {})
    if isinstance(value, list):
        del value[int(last)]
    else:
        value.pop(last, None)


_RESOURCE_KEYS = Resources.model_fields.keys() - {"place", "places"}
_NO_RESOURCES = Text(
    "resources の「{name}」は部屋・職員・暦のファイルではありません",
    "the resources {name} are no file of rooms, staff and a calendar",
)
_RESOURCES = Text("resources の「{name}」が読めません", "the resources {name} cannot be read")
_MAPPING = Text("計画は「項目: 値」の並びで書いてください", "a plan is a mapping of keys to values")
