"""The signs that a cell may hold alone: ○, ↔, ↓, 開始, a dash, 2回, or a word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ksolve.letters import narrow
from ksolve.published.cell.cancelled import says_cancelled
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.rows import MarkKind

CIRCLES = "○◯〇●◎⚪⚫⭕"
_SIGNS = {
    **dict.fromkeys("↔⇔←→⇒⇐⟷⟶⟵⬌", MarkKind.ARROW),
    **dict.fromkeys("↓⇩⬇", MarkKind.ALL_YEAR),
}
_START = re.compile(r"(?:事業)?(?:開始|開設|スタート)")
_BAR = re.compile(rf"[←⇐⟵][{CIRCLES}\-ー=]*[→⇒⟶]")
_NONE = re.compile(r"[×✕✖]|[-ー]+|休み|休止|休館|休|なし|無し|無|実施なし|開催なし|中止|0回?")
_COUNTED = re.compile(rf"(?:[{CIRCLES}][×x✕]?|計)?\(?(\d{{1,2}})回?\)?")
_LONGEST = 60
"""A text of more characters in a month cell is a word and none of the signs."""


@lru_cache(maxsize=4096)
def mark_kind(text: str) -> MarkKind | None:
    """Return what a sign is, None where it is neither a known sign nor a word."""
    bare = narrow("".join(text.split()))
    if bare in _SIGNS:
        return _SIGNS[bare]
    if bare and set(bare) <= set(CIRCLES):
        return MarkKind.CIRCLE
    if len(bare) <= _LONGEST:
        if _BAR.fullmatch(bare) or re.fullmatch(
            rf"[①-⑳{CIRCLES}][→⇒⟶]|[←⇐⟵][①-⑳{CIRCLES}]|[→⇒⟶][{CIRCLES}]", bare
        ):
            return MarkKind.ARROW
        if _START.fullmatch(bare):
            return MarkKind.START
        if _NONE.fullmatch(bare) or says_cancelled(bare):
            return MarkKind.NONE
    word = any(unicodedata.category(letter)[0] in "LN" for letter in bare)
    return MarkKind.LABEL if word else None


@lru_cache(maxsize=4096)
def sessions_of(text: str) -> int:
    """Return how many sessions a sign counts: 2 for ○○, ○2 or 2回; 0 where it counts none itself."""
    bare = narrow("".join(text.split())[:_LONGEST])
    if bare and set(bare) <= set(CIRCLES):
        return len(bare)
    found = _COUNTED.fullmatch(bare)
    return int(found[1]) if found and (bare[0] in CIRCLES or "回" in bare) else 0


def is_number(text: str) -> bool:
    """Tell 20, or 6 20, from a text that says what it counts, and from 0, which is no session."""
    return (
        text[:1].isdecimal()
        and text.strip("0０") != ""
        and all(letter.isdecimal() or letter in "・･‧•·,，、 .．" for letter in text[:_LONGEST])
    )


@lru_cache(maxsize=4096)
def says_how_often(text: str) -> bool:
    """Whether a word in a month cell is a frequency of its own: 毎週月, 第2火曜, 隔週."""
    meaning = meaning_of(text) if len(text) <= _LONGEST else None
    return meaning is not None and any(term.count for term in meaning.terms)
