"""A part of a search whose process is gone."""

from __future__ import annotations

from dataclasses import dataclass

from ksolve.text import Text


@dataclass(frozen=True)
class Lost:
    """What is heard of a part instead of an answer: its process died, or its worker is gone.

    `is_gone` where its place will take no other part either.
    """

    why: Text
    is_gone: bool = False
