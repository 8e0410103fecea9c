"""Pydantic's errors in the planner's words, each at its line and column."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ksolve.errors import fault, nearest
from ksolve.findings import Finding
from ksolve.plan.yamlfile import Document
from ksolve.rules.catalogue import BY_NAME
from ksolve.spelling import SPELLING
from ksolve.text import Text, plain

if TYPE_CHECKING:
    from ksolve.plan.form.reading import FormDocument


def validation_faults(
    error: ValidationError, document: Document | FormDocument, model: type[BaseModel]
) -> list[Finding]:
    """Return a finding for each thing that a document has wrong about a model."""
    details = error.errors(include_url=False)
    within = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    own = [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in within]
    faults = [_fault(detail, document, model) for detail in own[:_MOST]]
    if len(own) > _MOST:
        faults.append(fault("more-faults", _MORE.fill(more=len(own) - _MOST), document.place(())))
    return faults


_MOST = 200
"""So many faults are named; who has more is helped by the first."""
_MORE = Text("ほかに{more}件の誤りがあります", "there are {more} more faults")


def _fault(detail: ErrorDetails, document: Document | FormDocument, model: type[BaseModel]) -> Finding:
    """Turn one pydantic error into a finding in the planner's words."""
    path, kind = detail["loc"], detail["type"]
    is_key = path[-1:] == ("[key]",)
    path = path[:-1] if is_key else path
    key = document.key_text(path)
    if kind == "extra_forbidden":
        return _unknown_key(path, document, model)
    if kind == "missing":
        return fault("missing-key", _MISSING.fill(key=key), document.place(path))
    context = detail.get("ctx", {})
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return _bad_tag(path, str(context["discriminator"]).strip("'"), context.get("tag"), document)
    if kind == SPELLING:
        place = document.place(path, key=is_key, offset=int(context["offset"]))
        name = "unreadable-frequency" if path[-1:] == ("frequency",) else "wrong-value"
        wanted = Text(context["ja"], context["en"])
    else:
        place, name = document.place(path), "wrong-value"
        values: dict[str, object] = {k: v for k, v in context.items() if isinstance(v, str | int | float)}
        if words := re.findall("'([^']*)'", str(values.get("expected", ""))):
            values["expected"] = Text("、".join(words), ", ".join(words))
        wanted = _WANTED[kind].fill(**values) if kind in _WANTED else plain(detail["msg"])
    return fault(name, _WRONG.fill(key=key, found=_shown(detail["input"]), wanted=wanted), place)


def _bad_tag(
    path: tuple[int | str, ...], key: str, tag: object, document: Document | FormDocument
) -> Finding:
    """The key that says which kind of rule or change an item is, is missing or unknown."""
    if tag is None:
        return fault("missing-key", _MISSING.fill(key=key), document.place(path))
    known = BY_NAME if key == "rule" else CHANGES
    text = _TAG.fill(key=key, tag=tag)
    return fault(f"unknown-{key}", text, document.place((*path, key)), nearest(str(tag), known))


def _shown(found: Any) -> Text:
    if found is None:
        return Text("空", "nothing")
    if isinstance(found, dict):
        return Text("項目の並び", "a mapping")
    if isinstance(found, list):
        return Text("一覧", "a list")
    short = f"{found[:_LONGEST]}…" if isinstance(found, str) and len(found) > _LONGEST else found
    return Text(f"「{short}」", f"{short!r}")


_LONGEST = 100
"""So much of a value is repeated."""


def _unknown_key(
    path: tuple[int | str, ...], document: Document | FormDocument, model: type[BaseModel]
) -> Finding:
    key = str(path[-1])
    remedy = nearest(key, _known_keys(path[:-1], model))
    return fault("unknown-key", _UNKNOWN.fill(key=key), document.place(path, key=True), remedy)


def _known_keys(path: tuple[int | str, ...], model: type[BaseModel]) -> list[str]:
    """Return the keys that the mapping at a path may have, by following the schema."""
    schema = _schema(model)
    node: Any = schema
    for step in path:
        node = _follow(node, step, schema)
    return sorted(_resolve(node, schema).get("properties", {}))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


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
    options = [option for option in node.get("anyOf", []) if option.get("type") not in ("null", "string")]
    return _resolve(options[0], schema) if len(options) == 1 else node


_MISSING = Text("「{key}」がありません", "{key} is missing")
_UNKNOWN = Text("「{key}」という項目はありません", "there is no key {key}")
_TAG = Text("{key} に「{tag}」はありません", "there is no {key} {tag}")
CHANGES = ("close_room", "absent", "close", "capacity", "frequency", "remove", "add", "rules")
"""What `do` may say in a scenario."""
_WRONG = Text("{key}: {found}は使えません。{wanted}", "{key}: {found} will not do: {wanted}")
_NUMBER = Text("整数を書いてください", "write a whole number")
_DECIMAL = Text("数を 1.5 のように書いてください", "write a number, as 1.5")
_WANTED = {
    "int_parsing": _NUMBER,
    "int_type": _NUMBER,
    "int_from_float": _NUMBER,
    "float_parsing": _DECIMAL,
    "float_type": _DECIMAL,
    "multiple_of": Text("{multiple_of} の倍数を書いてください", "write a multiple of {multiple_of}"),
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
    "too_long": Text("{max_length}個まで書けます", "write at most {max_length}"),
    "greater_than_equal": Text("{ge}以上の数を書いてください", "write a number of at least {ge}"),
    "less_than_equal": Text("{le}以下の数を書いてください", "write a number of at most {le}"),
    "is_instance_of": Text("文字で書いてください", "write it as text"),
    "frozen_set_type": Text(
        "曜日は 火木 または 月-金 の形で書いてください", "write weekdays as 火木 or 月-金"
    ),
}
