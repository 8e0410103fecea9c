"""Where two plans differ, the places of their files apart."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ksolve.spelling import Node

_OF_FILES = ("place", "places")


def difference(one: Any, other: Any, name: str = "", but: Collection[str] = ()) -> str | None:
    """Return the name of the first key in which two values differ, None where they are the same.

    Keys named in `but` are not looked at.
    """
    if isinstance(one, Node) and type(one) is type(other):
        keys = [key for key in type(one).model_fields if key not in (*_OF_FILES, *but)]
        found = (difference(getattr(one, key), getattr(other, key), f"{name}.{key}", but) for key in keys)
        return next((key for key in found if key is not None), None)
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        found = (difference(a, b, f"{name}[{at}]", but) for at, (a, b) in pairs)
        return next((key for key in found if key is not None), None)
    return None if one == other else name.lstrip(".") or "plan"
