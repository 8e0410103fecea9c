"""What is written short, in full: 5～7月 is 5月～7月, 第1四半期 4月～6月."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from ksolve.letters import number

Columns = tuple[int, ...]

_QUARTERS = ("4月~6月", "7月~9月", "10月~12月", "1月~3月")
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"


def respelled(text: str, plain: str, columns: Columns) -> tuple[str, Columns]:
    """Return a normalised text with its short forms in full; `columns` go with the letters.

    4月1 5日 may be the 15th: numbers that only a space keeps apart are no list.
    """
    for pattern, full in _SHORT:
        for found in reversed(list(pattern.finditer(plain))):
            spaced = any(plain[at] == "," and text[columns[at]].isspace() for at in range(*found.span()))
            if not spaced and (words := full(found)) != found[0]:
                plain, columns = replaced(plain, columns, found.span(), words)
    return plain, columns


def replaced(plain: str, columns: Columns, span: tuple[int, int], words: str) -> tuple[str, Columns]:
    """Return a text with other words in a place, each of their letters at a column of the old ones."""
    start, end = span
    at = [columns[min(start + place, max(start, end - 1))] for place in range(len(words))]
    return plain[:start] + words + plain[end:], (*columns[:start], *at, *columns[end:])


def _days(found: re.Match[str]) -> str:
    """5月7・14日 is 5月7日・14日."""
    return ",".join(f"{day}日" for day in found[0].removesuffix("日").split(","))


def _quarters(found: re.Match[str]) -> str:
    """第1・第3四半期 is 4月～6月・10月～12月."""
    return ",".join(_QUARTERS[int(number_of) - 1] for number_of in re.findall("[1-4](?!半)", found[0]))


def _weekdays(found: re.Match[str]) -> str:
    """第2土、第4日 has a Sunday; 第3日 alone could be the third day, 第1月 the first month."""
    if not re.search("第[1-5一二三四五][火水木金土]", found[0]):
        return found[0]
    return re.sub(r"(?<=第[1-5一二三四五])[月日](?=\Z|\)|,第)", lambda day: f"{day[0]}曜", found[0])


def _numbered(found: re.Match[str]) -> str:
    """①5月②11月 and 第1回5月・第2回11月 are a list; numbers that do not run from 1 are left as they are."""
    marks = re.findall(rf"[{_CIRCLED}]|第[0-9]+回", found[0])
    places = [_CIRCLED.index(mark) + 1 if mark in _CIRCLED else int(mark[1:-1]) for mark in marks]
    if places != list(range(1, len(places) + 1)) or len(places) < _SEVERAL:
        return found[0]
    return re.sub(rf",?(?:[{_CIRCLED}]|第[0-9]+回)[,:は]?", ",", found[0]).removeprefix(",")


def _terms_of_course(found: re.Match[str]) -> str:
    """Ⅰ期5回、Ⅱ期5回 are 第1期5回、第2期5回; a single 5期 is a number of courses."""
    names = list(_COURSE.finditer(found[0]))
    places = [int(_ROMAN.get(name[1], name[1])) for name in names]
    if len(places) < _SEVERAL or any(after != before + 1 for before, after in pairwise([0, *places])):
        return found[0]
    return _COURSE.sub(lambda name: f"第{_ROMAN.get(name[1], name[1])}期", found[0])


_SEVERAL = 2
_COURSE = re.compile(r"(?<![0-9第年×])([1-5]|I{1,3}|IV|V)期(?=[0-9(:に])")
_SHORT: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"[一二三四五六七八九十百〇]*[百〇][一二三四五六七八九十百〇]*(?=回)"),
        lambda found: str(number(found[0])),
    ),
    (re.compile(r"(?<![0-9,/月])[0-9]{1,2}(?=~[0-9]{1,2}月(?!曜))"), lambda found: f"{found[0]}月"),
    (re.compile(r"(?<=[0-9]月)[0-9]{1,2}(?:,[0-9]{1,2})+日(?!間)"), _days),
    (re.compile(r"(?<=毎月)[0-9]{1,2}(?:,[0-9]{1,2})+日(?!間)"), _days),
    (re.compile(r"毎月(?=[1-5](?:[,~と][1-5])*(?:週|[月火水木金土日]曜))"), lambda _: "毎月第"),
    (
        re.compile(r"(?<![0-9A-Z])([RH])([0-9]{1,2}),([0-9]{1,2})(?=~|\Z|[()])"),
        lambda found: f"{found[1]}{found[2]}年{found[3]}月",
    ),
    (re.compile(r"第[1-4](?:[,と](?:第?[1-4]))*四半期"), _quarters),
    (
        re.compile(r"(?:季節ごと|各季節)に?(?:各?(?=[0-9]))?"),
        lambda found: "春,夏,秋,冬" if found[0][-1] == "と" else "春,夏,秋,冬各",
    ),
    (re.compile(rf"(?:[{_CIRCLED}]|第[0-9]+回)[^()]*"), _numbered),
    (re.compile(r".*期.*"), _terms_of_course),
    (re.compile(r".*第.*"), _weekdays),
    (re.compile(r"(?<=回)(?:の|,)?うち(?=[^()]+\Z).*"), lambda found: f"({found[0].lstrip('の,')})"),
)
