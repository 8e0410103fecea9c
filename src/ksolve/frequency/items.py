"""What the words of a frequency say, one by one: items, with their place in the text."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from ksolve.frequency.draft import NOTHING, TWICE, ContradictionError, Draft
from ksolve.frequency.values import Bond, Service


class Kind(Enum):
    """What an item is."""

    COUNT = auto()  # 月1回×5か月
    PERIOD = auto()  # 毎月, 学期ごと
    FACTOR = auto()  # ×2グループ
    WHEN = auto()  # 8月, 第2火曜日, 5/11, 10:00; 4会場 and 10講座 beside a count
    LEFT_OUT = auto()  # 8月を除く
    EXCEPTION = auto()  # 8月は第1土曜
    OTHERS = auto()  # その他の月は
    HEDGE = auto()  # 程度
    BESIDE = auto()  # 随時, 講習会と合わせて, 発行
    LABEL = auto()  # 避難訓練(毎月)
    NAME = auto()  # 総会
    BRACKET = auto()
    OF_THEM = auto()  # うち3回は土曜日
    PLUS = auto()
    JOINT = auto()  # a comma, の, は: says nothing itself
    REFUSED = auto()  # 2日間


class Beside(NamedTuple):
    """What is said beside the parts of a text, whatever they are."""

    services: frozenset[Service] = frozenset()
    remarks: tuple[str, ...] = ()
    bond: tuple[Bond, str] | None = None
    closed: bool = False
    after_holidays: bool = False
    ditto: bool = False
    other_years: bool = False

    def plus(self, other: Beside) -> Beside:
        """Return what both say. Raises ContradictionError for two programmes it depends on."""
        if self.bond and other.bond:
            raise ContradictionError(TWICE)
        return Beside(
            self.services | other.services,
            self.remarks + other.remarks,
            self.bond or other.bond,
            self.closed or other.closed,
            self.after_holidays or other.after_holidays,
            self.ditto or other.ditto,
            self.other_years or other.other_years,
        )


NO_MORE = Beside()
"""Nothing is said beside the parts."""


class Item(NamedTuple):
    """What some words say of a part of the text (`said`), or beside all of them.

    `ways` are the readings of a bracket's content, and of words that allow several; `names` is of
    what it is said that follows (総会1回、役員会3回), or the label before a bracket; `of_them` is set
    where a bracket says something of some of the sessions (うち土曜2回).
    """

    kind: Kind
    said: Draft = NOTHING
    beside: Beside = NO_MORE
    names: tuple[str, ...] = ()
    ways: tuple[tuple[Item, ...], ...] = ()
    of_them: bool = False
    start: int = 0
    end: int = 0
