"""What is printed and will not be held: 中止, (中止)料理教室, 台風のため中止, and what is struck out."""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = r"(?:開催|実施)?(?:中止|取りやめ|取り止め|とりやめ|延期|廃止|休止)"
_IN_BRACKETS = re.compile(rf"[(（【\[［〔]\s*{_WORD}\s*[)）】\]］〕]")
_DATE = r"(?:\d{1,2}[/月]\d{1,2}日?\s*(?:[(（].[)）])?\s*(?:は|:)?\s*)"
_WHY = r"(?:.{1,20}(?:のため|により|に伴い)[、,]?\s*)"
_ALONE = re.compile(rf"(?:{_DATE}|{_WHY})?{_WORD}(?:です|します|しました|(?:と|に)なりました|決定)?[。!]?")
_CONDITION = re.compile(r"雨天|荒天|悪天|警報|場合|とき|時は")
_LONGEST = 60
STRUCK = "(中止)"
"""Put before the text of a cell that is struck out."""


def is_cancelled(text: str) -> bool:
    """Tell a text that says of itself that it is not held; 雨天中止 is only a condition."""
    if len(text) > _LONGEST or _CONDITION.search(text):
        return False
    return bool(_IN_BRACKETS.search(text) or _ALONE.fullmatch(text.strip("※*＊()（）【】 ")))


def cancelled_in(texts: Mapping[int, str]) -> list[int]:
    """Return the columns of a row whose texts say that it is not held."""
    return [column for column, text in texts.items() if _SIGN.search(text) and is_cancelled(text)]


_SIGN = re.compile(r"中止|やめ|止め|延期|[廃休]止")


def is_not_held(text: str) -> bool:
    """Tell a cell that is to say when, and says that it is not: 休, お休み, 実施なし."""
    return len(text) <= _LONGEST and bool(_NOT_HELD.fullmatch("".join(text.split())))


_NOT_HELD = re.compile(r"[(（]?(?:お?休み?|休講|休会|(?:実施|開催|行事)?(?:なし|無し))[)）]?")


def says_cancelled(text: str) -> bool:
    """Tell a text in which something is cancelled, perhaps only a part of it (10月は中止)."""
    return len(text) <= _LONGEST and bool(re.search(_WORD, text)) and not _CONDITION.search(text)
