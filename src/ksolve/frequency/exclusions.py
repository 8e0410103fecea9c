"""What is left out, one thing at a time: 8月、祝日を除く is 8月を除く and 祝日を除く."""

from __future__ import annotations

import re
from itertools import pairwise, takewhile

from ksolve.frequency.fields import ContradictionError
from ksolve.text import Text

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


_DAY_BEFORE = re.compile(r"[月火水木金土日]曜|[月火水木金土日][~,][月火水木金土日]|平日|毎日|開館日|通年")
_DAY_AFTER = re.compile(rf"{_WITHOUT}(?:毎日|開館日|平日|日)")
_NEVER_OPEN = frozenset("土日")
_UNSURE = Text(
    "「{days}」に行うのか、その日を除くのかわかりません。"
    "行うなら 毎週{days}({rest}を除く)、除くなら 毎日({days}、{rest}を除く) と書きます",
    "held on {days}, or left out as well? Write 毎週{days}({rest}を除く) or 毎日({days}、{rest}を除く)",
)


class UnsureError(ContradictionError):
    """An item that could be what is left out, or what is held; `at` is where it begins."""

    def __init__(self, at: int, reason: Text) -> None:
        self.at = at
        super().__init__(reason)


def _left_out(plain: str, found: re.Match[str]) -> list[re.Match[str]]:
    """Return the items that are left out: of 毎週土曜日、8月を除く not the Saturdays.

    Weekdays at the head of the list are when it is held, unless others stand before it
    (毎週木曜日(第5木曜日、8月を除く)), or it is of every day (日曜、祝日を除く毎日).
    """
    items = list(re.finditer(_ITEM, found[0]))
    days = list(takewhile(lambda item: item.lastgroup in ("weekdays", "nths"), items))
    before, others = plain[: found.start()], items[len(days) :]
    if not days or not others or _DAY_BEFORE.search(before) or _DAY_AFTER.match(plain, found.end()):
        return items
    if re.search(r"[毎隔][週月]の?\Z", before) or any(item.lastgroup == "nths" for item in days):
        return others
    names = "".join(re.sub("[,~曜日と]|及び", "", item[0]) for item in days)
    if set(names) <= _NEVER_OPEN and all(item.lastgroup in ("holidays", "closures") for item in others):
        return items
    rest = found[0][others[0].start() :].rstrip(",")
    raise UnsureError(found.start(), _UNSURE.fill(days=days[0][0], rest=rest))


def spread(plain: str, columns: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Return a normalised text with 除く after each of several things that are left out together.

    Things of one kind (8月・12月を除く) stay together; `columns` grow with the text.
    """
    for found in reversed(list(_LIST.finditer(plain))):
        for before, after in reversed(list(pairwise(_left_out(plain, found)))):
            if before.lastgroup == after.lastgroup and before.lastgroup in ("months", "weekdays"):
                continue
            at, end = found.start() + before.end(), found.start() + after.start()
            plain = f"{plain[:at]}を除く,{plain[end:]}"
            columns = (*columns[:at], *([columns[at]] * 4), *columns[end:])
    return plain, columns
