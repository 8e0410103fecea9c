"""YAML to plan: every fault of the file in one run, each with its line and column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ksolve.errors import PlanError, fault
from ksolve.findings import Finding, Place
from ksolve.plan.references import nearest, reference_faults
from ksolve.plan.schema import Plan
from ksolve.plan.yamlfile import Document, read_yaml
from ksolve.rules import BY_NAME
from ksolve.spelling import SPELLING
from ksolve.text import Text, plain


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


def load_leniently(path: Path) -> Loaded:
    """Return what can be understood of a plan file, with its faults. Raises PlanError for no YAML."""
    document = read_yaml(path)
    faults = _stitch_resources(document, path)
    plan, invalid = _validate(document)
    faults += document.faults + invalid
    if plan is not None:
        faults += reference_faults(plan, document.value)
    return Loaded(plan, tuple(sorted(faults, key=lambda found: found.place or Place(""))))


def _stitch_resources(document: Document, path: Path) -> list[Finding]:
    """Put the file that `resources` names in the place of its name."""
    value = document.value
    name = value.get("resources") if isinstance(value, dict) else None
    if not isinstance(name, str):
        return []
    try:
        resources = read_yaml(path.parent / name)
    except PlanError as error:
        del value["resources"]
        place = document.place(("resources",))
        return [fault("unreadable-file", _RESOURCES.fill(name=name), place), *error.findings]
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
        details = error.errors(include_url=False)
        faults = [_fault(detail, document) for detail in details]
        return _without_faulty(document.value, details), faults


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


def _fault(detail: ErrorDetails, document: Document) -> Finding:
    """Turn one pydantic error into a finding in the planner's words."""
    path, kind = detail["loc"], detail["type"]
    key = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        return _unknown_key(path, document)
    if kind == "missing":
        return fault("missing-key", _MISSING.fill(key=key), document.place(path[:-1]))
    if kind == "union_tag_not_found":
        return fault("missing-key", _MISSING.fill(key="rule"), document.place(path))
    context = detail.get("ctx", {})
    if kind == "union_tag_invalid":
        tag = str(context["tag"])
        return fault(
            "unknown-rule", _RULE.fill(tag=tag), document.place((*path, "rule")), nearest(tag, BY_NAME)
        )
    if kind == SPELLING:
        place = document.place(path)
        place = Place(place.file, place.line, place.column + int(context["offset"]))
        name = "unreadable-frequency" if key == "frequency" else "wrong-value"
        wanted = Text(context["ja"], context["en"])
    else:
        place, name = document.place(path), "wrong-value"
        values = {k: v for k, v in context.items() if isinstance(v, str | int | float)}
        wanted = _WANTED[kind].fill(**values) if kind in _WANTED else plain(detail["msg"])
    return fault(name, _WRONG.fill(key=key, found=_shown(detail["input"]), wanted=wanted), place)


def _shown(found: Any) -> Text:
    if found is None:
        return Text("空", "nothing")
    if isinstance(found, dict):
        return Text("項目の並び", "a mapping")
    return Text("一覧", "a list") if isinstance(found, list) else Text(f"「{found}」", f"{found!r}")


def _unknown_key(path: tuple[int | str, ...], document: Document) -> Finding:
    key = str(path[-1])
    remedy = nearest(key, _known_keys(path[:-1]))
    return fault("unknown-key", _UNKNOWN.fill(key=key), document.place(path, key=True), remedy)


def _known_keys(path: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the mapping at a path may have, by following the schema."""
    schema = Plan.model_json_schema()
    node: Any = schema
    for step in path:
        node = _follow(node, step, schema)
    return sorted(_resolve(node, schema).get("properties", {}))


def _follow(node: Any, step: int | str, schema: dict[str, Any]) -> Any:
    node = _resolve(node, schema)
    if isinstance(step, int):
        return node.get("items", {})
    tagged = node.get("discriminator", {}).get("mapping", {})
    if step in tagged:
        return {"$ref": tagged[step]}
    return node.get("properties", {}).get(step, node)


def _resolve(node: Any, schema: dict[str, Any]) -> Any:
    while "$ref" in node:
        node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    options = [option for option in node.get("anyOf", []) if option.get("type") != "null"]
    return _resolve(options[0], schema) if len(options) == 1 else node


_RESOURCES = Text("resources の「{name}」が読めません", "the resources {name} cannot be read")
_MAPPING = Text("計画は「項目: 値」の並びで書いてください", "a plan is a mapping of keys to values")
_MISSING = Text("「{key}」がありません", "{key} is missing")
_UNKNOWN = Text("「{key}」という項目はありません", "there is no key {key}")
_RULE = Text("「{tag}」という規則はありません", "there is no rule {tag}")
_WRONG = Text("{key}: {found} は使えません。{wanted}", "{key}: {found} will not do: {wanted}")
_NUMBER = Text("整数を書いてください", "write a whole number")
_WANTED = {
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "bool_parsing": Text("true または false を書いてください", "write true or false"),
    "bool_type": Text("true または false を書いてください", "write true or false"),
    "string_type": Text("文字を書いてください", "write a word"),
    "string_pattern_mismatch": Text(
        "英小文字で始まる英数字と - _ で書いてください",
        "write lower-case letters, digits, - and _, beginning with a letter",
    ),
    "string_too_long": Text("{max_length}文字までで書いてください", "write at most {max_length} characters"),
    "literal_error": Text("{expected} のどれかを書いてください", "write one of {expected}"),
    "tuple_type": Text("一覧([...] または - の行)で書いてください", "write a list"),
    "dict_type": Text("「項目: 値」の形で書いてください", "write a mapping of keys to values"),
    "model_type": Text("「項目: 値」の形で書いてください", "write a mapping of keys to values"),
    "model_attributes_type": Text("「項目: 値」の形で書いてください", "write a mapping of keys to values"),
    "too_short": Text("{min_length}個以上書いてください", "write at least {min_length}"),
    "greater_than_equal": Text("{ge}以上の数を書いてください", "write a number of at least {ge}"),
    "less_than_equal": Text("{le}以下の数を書いてください", "write a number of at most {le}"),
    "is_instance_of": Text("文字で書いてください", "write it as text"),
    "frozen_set_type": Text(
        "曜日は 火木 または 月-金 の形で書いてください", "write weekdays as 火木 or 月-金"
    ),
}
