"""YAML, or a filled-in form, to plan: every fault of the file in one run, each with its line or cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ksolve.errors import PlanError, fault
from ksolve.files import MOST_PLAN, beside, decode_text, read_bytes, read_text
from ksolve.findings import Finding, Place
from ksolve.plan.centre import Resources
from ksolve.plan.faults import validation_faults
from ksolve.plan.file_kinds import book_for_scenario, no_plan, no_scenario
from ksolve.plan.named import OF_PLAN, Called
from ksolve.plan.references import ids_in_file, known_in_raw, reference_faults
from ksolve.plan.schema import Plan
from ksolve.plan.yamlfile import Document, parse_yaml, read_yaml
from ksolve.text import Text

if TYPE_CHECKING:
    from ksolve.plan.form.reading import FormDocument

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
    """Return the plan of a YAML file or a form. Raises PlanError with all its faults."""
    loaded = load_leniently(path)
    if loaded.faults or loaded.plan is None:
        raise PlanError(loaded.faults)
    return loaded.plan


def load_leniently(path: Path, unwritten: Mapping[Path, str] | None = None) -> Loaded:
    """Return what can be understood of a plan file, with its faults. Raises PlanError for no YAML.

    `unwritten` has the texts of files that are read as if they had been written.
    """
    document, faults = read_whole(path, unwritten or {})
    return loaded_from(document, faults)


def read_whole(path: Path, texts: Mapping[Path, str]) -> tuple[Document | FormDocument, list[Finding]]:
    """Return a plan as its file says it, its resources in place, and what is wrong with those.

    Raises PlanError for what is neither YAML nor a form.
    """
    document = _read(path, texts)
    return document, _stitch_resources(document, path, texts)


def plan_text(path: Path) -> str:
    """Return a plan as YAML text: the file's own, or that of a form. Raises PlanError."""
    document = _read(path, {})
    if isinstance(document, Document):
        return read_text(path, MOST_PLAN)
    from ksolve.plan.yaml_out import plan_yaml

    if document.faults:
        raise PlanError(document.faults)
    return plan_yaml(document.value, lambda item: getattr(item, "note", ""))


def loaded_from(document: Document | FormDocument, faults: list[Finding]) -> Loaded:
    """Return the plan that a document holds, as far as it can be understood, with these faults and others."""
    is_mapping = isinstance(document.value, dict)
    known = known_in_raw(document.value) if is_mapping else None
    ids = list(ids_in_file(document)) if is_mapping else []
    plan, invalid = _validate(document)
    faults += document.faults + invalid
    if plan is not None and known is not None:
        called = Called(plan, OF_PLAN)
        plan = called.in_ids(plan)
        faults += called.faults or reference_faults(plan, known, ids)
    return Loaded(plan, tuple(sorted(faults, key=lambda found: found.place or Place(""))))


def files_of(path: Path, plan: Plan) -> list[Path]:
    """Return the files that a plan was read from: itself, its resources, calendars and published table."""
    files = {place.file for place in (plan.place, plan.resources.place) if place}
    tables = [beside(path, plan.published)] if plan.published else []
    calendars = [one.path for one in plan.resources.external if one.file]
    return [*sorted(Path(file) for file in files), *calendars, *tables]


def validate_scenario(path: Path, model: type[M]) -> M:
    """Return a scenario's YAML file as a model. Raises PlanError with all its faults."""
    data = read_bytes(path)
    if data.startswith(_BOOKS):
        raise PlanError([book_for_scenario(str(path))])
    document = parse_yaml(decode_text(data, str(path), MOST_PLAN), str(path))
    faults = list(document.faults)
    other = no_scenario(document.value, document.place(()))
    if other:
        raise PlanError([*faults, other])
    try:
        value = model.model_validate(document.value)
    except ValidationError as error:
        raise PlanError(faults + validation_faults(error, document, model)) from error
    if faults:
        raise PlanError(faults)
    return value


def _read(path: Path, texts: Mapping[Path, str]) -> Document | FormDocument:
    """Return a plan file as it is written: YAML, or a workbook, told apart by how they begin.

    `texts` has the YAML of files that are read as if they had been written. Raises PlanError.
    """
    if path in texts:
        return parse_yaml(texts[path], str(path))
    data = read_bytes(path)
    if data.startswith(_BOOKS):
        from ksolve.plan.form.reading import read_form  # openpyxl, and few plans are workbooks

        return read_form(data, str(path))
    return parse_yaml(decode_text(data, str(path), MOST_PLAN), str(path))


def _stitch_resources(
    document: Document | FormDocument, path: Path, texts: Mapping[Path, str]
) -> list[Finding]:
    """Put the file that `resources` names in the place of its name."""
    value = document.value
    name = value.get("resources") if isinstance(value, dict) else None
    if not isinstance(name, str) or not isinstance(document, Document):
        return []
    try:
        at = beside(path, name)
        resources = parse_yaml(texts[at], str(at)) if at in texts else read_yaml(at)
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


def _validate(document: Document | FormDocument) -> tuple[Plan | None, list[Finding]]:
    other = no_plan(document.value, document.place(()), sheets=not isinstance(document, Document))
    if other:
        return None, [other]
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


_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, those of the old format and those with a password, too."""
_RESOURCE_KEYS = Resources.model_fields.keys() - {"place", "places"}
_NO_RESOURCES = Text(
    "resources の「{name}」は部屋・職員・暦のファイルではありません",
    "the resources {name} are no file of rooms, staff and a calendar",
)
_RESOURCES = Text("resources の「{name}」が読めません", "the resources {name} cannot be read")
