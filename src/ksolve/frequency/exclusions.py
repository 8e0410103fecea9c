"""What is left out, one thing at a time: 8月、祝日を除く is 8月を除く and 祝日を除く."""

from __future__ import annotations

import re
from itertools import pairwise

_WITHOUT = r"(?:を|は)?(?:除く|除き|以外)"
_NUMBER = r"[0-9一二三四五六七八九十]{1,2}"
_ITEMS = {
    "holidays": r"祝祭日|祝日|休日|祝(?!日)",
    "closures": r"年末年始|休館日|閉館日|休業日|休所日",
    "nths": r"第[1-5一二三四五](?:[,~]第?[1-5一二三四五])*(?:[月火水木金土日]曜日?|週)",
    "months": rf"翌?{_NUMBER}月?(?:[,~と]翌?{_NUMBER}月)+|翌?{_NUMBER}月",
    "weekdays": r"[月火水木金土日](?:[,~]?[月火水木金土日](?![0-9]))*(?:曜日?)?",
}
_ITEM = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _ITEMS.items())
_PLAIN_ITEM = "|".join(_ITEMS.values())
_LIST = re.compile(rf"(?:(?>{_PLAIN_ITEM})(?>,|と|や|及び|並びに|))+(?={_WITHOUT})")
"""Each item is taken whole (?>), or a text with 24 months would be tried in all ways to part them."""


def spread(plain: str, columns: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Return a normalised text with 除く after each of several things that are left out together.

    Things of one kind (8月・12月を除く) stay together; `columns` grow with the text.
    """
    for found in reversed(list(_LIST.finditer(plain))):
        items = list(re.finditer(_ITEM, found[0]))
        for before, after in reversed(list(pairwise(items))):
            if before.lastgroup == after.lastgroup and before.lastgroup in ("months", "weekdays"):
                continue
            at, end = found.start() + before.end(), found.start() + after.start()
            plain = f"{plain[:at]}を除く,{plain[end:]}"
            columns = (*columns[:at], *([columns[at]] * 4), *columns[end:])
    return plain, columns
