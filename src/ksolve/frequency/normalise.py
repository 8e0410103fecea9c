"""One spelling for the many widths, dashes, dots and brackets of published plans."""

from __future__ import annotations

import unicodedata

_SAME = {
    **dict.fromkeys("〜～∼˜−–—‐‑‒―-─━", "~"),
    **dict.fromkeys("、，,・･‧•·.．｡。", ","),
    **dict.fromkeys("（〔［[｛{【〈＜「『(", "("),
    **dict.fromkeys("）〕］]｝}】〉＞」』)", ")"),
    **dict.fromkeys("×✕✖xX*＊", "×"),
}
_COUNTER_KA = "ヶヵケカｹｶ箇個か"
"""Read as か before 月, 年, 週, 所 or 国, as in ３ヶ月 and 5箇所."""
_KANJI_DIGITS = "〇一二三四五六七八九"


def normalise(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text in one spelling, without spaces, and for each character its old column.

    A space between two numbers becomes a comma: it is what keeps them apart.
    NFKC is applied to one character at a time, so that every character keeps its column, and
    not to ①, which it would turn into 1. Columns count from 0; one more names the text's end.
    """
    letters: list[str] = []
    columns: list[int] = []
    spaced = False
    for column in range(len(text)):
        spelled = _spelling(text, column)
        if spaced and spelled[:1].isdecimal() and letters and letters[-1].isdecimal():
            letters.append(",")  # 5/1 10:00 and 1 2月 are two numbers, not one
            columns.append(column - 1)
        for letter in spelled:
            letters.append(letter)
            columns.append(column)
        spaced = text[column].isspace() or (spaced and not spelled)
    return "".join(letters), (*columns, len(text))


def _spelling(text: str, column: int) -> str:
    letter, following = text[column], text[column + 1 : column + 2]
    if letter in _COUNTER_KA and following and following in "月年週所国":
        return "か"
    if letter == "ー" and text[column - 1 : column].isdecimal() and following.isdecimal():
        return "~"
    if letter in _SAME or unicodedata.category(letter) == "No":
        return _SAME.get(letter, letter)
    plain = unicodedata.normalize("NFKC", letter)
    return "".join(_SAME.get(part, part) for part in plain if not part.isspace())


def number(text: str) -> int:
    """Return 12, 1,200, 十二, 百二十 or 一〇 (below 1000) as a number. Raises ValueError."""
    text = text.replace(",", "")
    if text.isdecimal():
        return int(text)
    hundreds, hundred, rest = text.rpartition("百")
    if hundred:
        return 100 * (_digits(hundreds) if hundreds else 1) + (number(rest) if rest else 0)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _digits(ones)
    return 10 * (_digits(tens) if tens else 1) + (_digits(ones) if ones else 0)


def _digits(text: str) -> int:
    return int("".join(str(_KANJI_DIGITS.index(letter)) for letter in text))
