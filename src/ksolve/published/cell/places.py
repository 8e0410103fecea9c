"""The rooms that a cell names: 研修室1・2, 第1・第2会議室, ホールと調理室, 会議室又は和室."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ksolve.letters import narrow
from ksolve.published.cell.header_words import plain

_ROOM = "(?:室|ホール|ルーム|スタジオ|広間|講堂|体育館|アリーナ|コート|ロビー|サロン|ギャラリー|アトリエ)"
WHOLE_HOUSE = frozenset({"全館", "全室", "館内全域", "館内全体"})
"""What names all rooms of a building at once."""
_NUMBER = r"(?:[0-9]{1,3}|[A-Z])"
_AND = r"(?:[・,、&+]|と|及び|および|並びに)"
_OR = r"(?:又は|または|もしくは|若しくは|あるいは|か)"
_NUMBERED = re.compile(rf"(?P<name>.*{_ROOM})(?P<numbers>{_NUMBER}(?:(?:{_AND}|{_OR}){_NUMBER})+)")
_BEFORE = re.compile(rf"(?P<numbers>第?[0-9]{{1,3}}(?:{_AND}第?[0-9]{{1,3}})+)(?P<name>.*{_ROOM})")
_ONE = re.compile(rf".*{_ROOM}{_NUMBER}?(?:\([^()]*\))?")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms of a place: all of them at once, or any one."""

    names: tuple[str, ...]
    is_any: bool = False


@lru_cache(maxsize=1024)
def rooms_in(text: str) -> Rooms:
    """Return the rooms that a text names; a text that is no list of rooms is the name of one place."""
    whole = Rooms((" ".join(narrow(text).split()),))
    bare = plain(text)
    if len(bare) > _LONGEST:
        return whole
    is_any = re.search(_OR, bare) is not None
    if is_any and re.search(_AND, bare):
        return whole  # which belong together is not known
    names = re.split(_OR if is_any else _AND, bare)
    if numbered := _NUMBERED.fullmatch(bare):
        names = [numbered["name"] + number for number in re.findall(_NUMBER, numbered["numbers"])]
    elif numbered := _BEFORE.fullmatch(bare):
        names = [number + numbered["name"] for number in re.findall("第?[0-9]+", numbered["numbers"])]
    elif not all(map(_ONE.fullmatch, names)):
        return whole
    return Rooms(tuple(dict.fromkeys(names)), is_any) if len(names) > 1 else whole
