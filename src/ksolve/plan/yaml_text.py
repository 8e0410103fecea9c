"""Texts of a table as YAML, as a planner would write them."""

from __future__ import annotations

import json
import re

_SAFE = re.compile(r"[\w・～×（）][\w・～×（）() ]*(?<! )")


def quoted(text: str) -> str:
    """Return a text as YAML, in quotes where a sign in it would mean something."""
    plain = one_line(text)
    return plain if _SAFE.fullmatch(plain) else json.dumps(plain, ensure_ascii=False)


def one_line(text: str) -> str:
    """Return a text on one line, with a space for what cannot be printed."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
