"""What a cell of the form says, and the value of a plan that it means: each kind of cell both ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ksolve.letters import name_key, narrow
from ksolve.plan.form.names import Kind, Names, Unreadable
from ksolve.text import Text

Shown = str | int
_SEPARATOR = re.compile(r"\s*[、;；\n]\s*(?![^(（]*[)）])")
"""Between what is listed; what stands in brackets is one thing: 8/1〜8/31(塗装、清掃)."""
JOIN = "、"
LONGEST = 32_767
"""The letters of a cell; Excel takes no more."""


class Unsayable(Exception):  # noqa: N818 - no error: such a value goes to the sheet その他
    """A value that this kind of cell has no words for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of cell: how a value is shown in it, and what a text in it means.

    `show` raises Unsayable, `read` Unreadable. `listed` tells that a single value may stand for a list.
    """

    show: Callable[[Any, Names], Shown]
    read: Callable[[str, Names], Any]
    listed: bool = False

    def said(self, value: Any, names: Names) -> Shown:
        """Return what the cell shows of a value, if it would be read as the same. Raises Unsayable."""
        wanted = [value] if self.listed and not isinstance(value, list) else value
        try:
            shown = self.show(wanted, names)
            same = str(shown).strip() == str(shown) and self.read(str(shown), names) == wanted
        except (Unreadable, AttributeError, KeyError, TypeError) as error:
            raise Unsayable from error
        if not same or len(str(shown)) > LONGEST:
            raise Unsayable
        return shown


def parts(text: str) -> list[str]:
    """Return what is listed in a cell: 講座室、会議室."""
    return [part for part in _SEPARATOR.split(text.strip()) if part]


def _word(value: Any, _names: Names) -> str:
    if not isinstance(value, str) or not value:
        raise Unsayable
    return value


def _number(value: Any, _names: Names) -> Shown:
    return int(value) if value.isdecimal() and str(int(value)) == value else _word(value, _names)


def _read_number(text: str, _names: Names) -> str:
    """Return a number without what people write behind it: 3室, ２人, 30分."""
    found = re.fullmatch(r"(-?[\d,]+)\s*(?:人|名|室|分|回|席|つ|個|日|行目?|[a-z]+)?", narrow(text).strip())
    return found[1].replace(",", "") if found else text


WORD = Cell(_word, lambda text, _: text)
NUMBER = Cell(_number, _read_number)
WORDS = Cell(lambda value, _: JOIN.join(value), lambda text, _: parts(text), listed=True)


def _ticked(value: Any, _names: Names) -> str:
    if value != "true":
        raise Unsayable
    return "○"


def _read_tick(text: str, _names: Names) -> str | None:
    plain = narrow(text).strip().casefold()
    if plain in _YES:
        return "true"
    if plain in _NO:
        return None
    raise Unreadable(Text("○ を書くか、空けてください", "write ○ or leave it empty"))


_YES = ("○", "〇", "◯", "o", "yes", "はい", "true", "✓", "1")
_NO = ("×", "x", "no", "いいえ", "false", "-", "0")
TICK = Cell(_ticked, _read_tick)


MARKED = Text("仮", "assumed")
"""What the cell of a row says that is still an assumption."""


def _assumed(value: Any, names: Names) -> str:
    return MARKED(names.lang) if value == "true" else _word(value, names)


def _read_assumed(text: str, _names: Names) -> str | None:
    plain = text.strip().casefold()
    return (
        None
        if plain in _NO or plain == "確定"
        else "true"
        if plain in (MARKED.ja, MARKED.en, *_YES)
        else text
    )


ASSUMED = Cell(_assumed, _read_assumed)


def choice(words: Mapping[str, Text]) -> Cell:
    """Return the kind of cell that says one of the words of a drop-down list."""

    def read(text: str, _names: Names) -> str:
        wanted = name_key(text)
        for key, word in words.items():
            if wanted in (name_key(word.ja), name_key(word.en)):
                return key
        listed = Text(
            "、".join(word.ja for word in words.values()), ", ".join(word.en for word in words.values())
        )
        raise Unreadable(_ONE_OF.fill(words=listed))

    return Cell(lambda value, names: words[value](names.lang), read)


_ONE_OF = Text("{words} のどれかを書いてください", "write one of {words}")


def reference(kind: Kind) -> Cell:
    """Return the kind of cell that names one room, programme and so on."""
    return Cell(lambda value, names: names.shown(kind, value), lambda text, names: names.id_of(kind, text))


def references(kind: Kind) -> Cell:
    """Return the kind of cell that names several of them."""
    return Cell(
        lambda value, names: JOIN.join(names.shown(kind, one) for one in value),
        lambda text, names: [names.id_of(kind, part) for part in parts(text)],
        listed=True,
    )


_HOURS = re.compile(
    r"([月火水木金土日][月火水木金土日曜\-~〜～ー–・,、，\s]*?)\s*[:：]?\s*(?=[\d午正])([^月火水木金土日]+)"
)


def _weekly(value: Any, _names: Names) -> str:
    """Show hours by weekday: 月-金 9:00-17:00、土 9:00-12:00."""
    return JOIN.join(f"{days} {spans}" for days, spans in value.items())


def _read_weekly(text: str, _names: Names) -> dict[str, str]:
    plain = text.strip()
    found = list(_HOURS.finditer(plain))
    if "".join(one[0] for one in found) != plain or not found:
        raise Unreadable(
            Text(
                "曜日と時間を 月-金 9:00-17:00、土 9:00-12:00 の形で書いてください",
                "write weekdays and hours as 月-金 9:00-17:00、土 9:00-12:00",
            )
        )
    hours: dict[str, str] = {}
    for one in found:
        days, spans = one[1].strip(" ,、，・"), one[2].strip(" ,、，;；\n")
        hours[days] = f"{hours[days]}, {spans}" if days in hours else spans
    return hours


WEEKLY = Cell(_weekly, _read_weekly)


def _windows(value: Any, _names: Names) -> str:
    """Show marks: 5月、10月～1月に3回."""
    return JOIN.join(map(_window, value))


def _window(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value.keys() != {"months", "sessions"}:
        raise Unsayable
    return f"{value['months']}に{value['sessions']}回"


def _read_windows(text: str, _names: Names) -> list[Any]:
    return [*_windows_in(text)]


def _windows_in(text: str) -> Iterator[Any]:
    for part in parts(text):
        found = re.fullmatch(r"(.+?)に(\d+)回", part)
        yield {"months": found[1], "sessions": found[2]} if found else part


WINDOWS = Cell(_windows, _read_windows, listed=True)


def _absences(value: Any, _names: Names) -> str:
    """Show days on which units are missing: 8/1〜8/31(2人・研修)、12/3."""
    return JOIN.join(map(_absence, value))


def _absence(value: dict[str, str]) -> str:
    if not value.keys() <= {"days", "count", "why"}:
        raise Unsayable
    said = [f"{value['count']}人"] if "count" in value else []
    said += [value["why"]] if "why" in value else []
    return value["days"] + (f"({'・'.join(said)})" if said else "")


def _read_absences(text: str, _names: Names) -> list[dict[str, str]]:
    return [*_absences_in(text)]


def _absences_in(text: str) -> Iterator[dict[str, str]]:
    for part in parts(text):
        found = re.fullmatch(r"([^(（]+?)\s*[(（](?:(\d+)[人室名](?:・|$|(?=[)）])))?(.*)[)）]", part)
        absence = {"days": found[1] if found else part}
        if found and found[2]:
            absence["count"] = found[2]
        if found and found[3]:
            absence["why"] = found[3]
        yield absence


ABSENCES = Cell(_absences, _read_absences)


def _line(value: Any, names: Names) -> Shown:
    """Show where a row stands in the printed table: 44, or 44(要保護児童対策地域協議会) under a heading."""
    if not value.keys() <= {"line", "heading"}:
        raise Unsayable
    heading = value.get("heading")
    return f"{value['line']}({heading})" if heading else _number(value["line"], names)


def _read_line(text: str, names: Names) -> dict[str, str]:
    found = re.fullmatch(r"([^(（]+)[(（](.+)[)）]", text)
    line = _read_number(found[1] if found else text, names)
    return {"line": line, "heading": found[2]} if found else {"line": line}


LINE = Cell(_line, _read_line)


CLOSED_TO_PUBLIC = Text("しない", "no")


def _closed_to_public(value: Any, names: Names) -> str:
    if value != "false":
        raise Unsayable
    return CLOSED_TO_PUBLIC(names.lang)


def _read_public(text: str, _names: Names) -> str | None:
    plain = narrow(text).strip().casefold()
    if plain in (CLOSED_TO_PUBLIC.ja, "非公開", "closed", *_NO):
        return "false"
    if plain in ("する", "公開", "public", *_YES):
        return None
    raise Unreadable(Text("「しない」と書くか、空けてください", "write no (しない) or leave it empty"))


PUBLIC = Cell(_closed_to_public, _read_public)
