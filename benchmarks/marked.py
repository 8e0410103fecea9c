"""Lines of a document that a program writes anew, between two marks."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime


def with_lines(text: str, name: str, lines: Iterable[str]) -> str:
    """Return a document with these lines between the marks of a name. Raises ValueError without them."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{begin} ... {end}")
    return before + "\n".join([begin, *lines, end]) + after


def machine() -> str:
    """Return when and on what something is measured."""
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {platform.platform()} · {os.cpu_count()} cores"


def cell(value: object) -> str:
    """Return a value of a table."""
    if value is None:
        return "–"
    if not isinstance(value, float):
        return str(value)
    return f"{value:.2f}" if 0 < abs(value) < 1 else f"{value:,.1f}"
