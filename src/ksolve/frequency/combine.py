"""Items to parts: all ways in which the words of a text can go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from ksolve.frequency.draft import NOTHING, ContradictionError, Draft, Says, every, merged
from ksolve.frequency.implied import implied
from ksolve.frequency.items import NO_MORE, Beside, Item, Kind
from ksolve.frequency.joining import Parts, with_bracket, with_item
from ksolve.frequency.scope import CLOSED_WITHIN, SHARED, excepted, held_daily
from ksolve.frequency.sums import without_total
from ksolve.frequency.values import Per, Service
from ksolve.text import Text


class Reading(NamedTuple):
    """One way in which the words so far go together: parts, what stands beside them, and a label."""

    parts: Parts = ()
    beside: Beside = Beside()
    label: str = ""


def readings(items: Sequence[Item]) -> tuple[Reading, ...]:
    """Return every way in which items go together, the sums of what stands between ＋ signs.

    Raises ContradictionError where there is none.
    """
    sides = _between(items, Kind.PLUS)
    if len(sides) == 1:
        return _named(sides[0])
    found = [Reading()]
    for side in sides:
        ways = _named(side)
        if not any(way.parts or way.beside.services or way.beside.bond for way in ways):
            raise ContradictionError(_NOTHING_ADDED, side[0].start if side else None)
        found = _few([_both(one, way) for one in found for way in ways])
    return tuple(found)


def _both(one: Reading, other: Reading) -> Reading:
    return Reading((*one.parts, *other.parts), one.beside.plus(other.beside), one.label or other.label)


def _between(items: Sequence[Item], kind: Kind) -> list[list[Item]]:
    sides: list[list[Item]] = [[]]
    for item in items:
        if item.kind is kind:
            sides.append([])
        else:
            sides[-1].append(item)
    return sides


# --- names: each with what is said of it --------------------------------------------------------------


def _named(items: Sequence[Item]) -> tuple[Reading, ...]:
    """Return the readings of a text with names: what is said of each, added up; one name adds nothing."""
    names = tuple(name for item in items if item.kind is Kind.NAME for name in item.names)
    said = [item for item in items if item.kind is not Kind.NAME]
    if names and any(item.beside.bond for item in said):
        raise ContradictionError(_BOND)
    if len(names) > 1:
        found = _added_up(_by_name(items))
    else:
        found = tuple(_of_names(way, 1) if names else way for way in _folded(said))
    if not names:
        return found
    return tuple(way._replace(beside=Beside(remarks=names).plus(way.beside)) for way in found)


class _Named(NamedTuple):
    """What is said of some names that stand together; of none at the head of a text."""

    names: int
    items: tuple[Item, ...]


def _by_name(items: Sequence[Item]) -> list[_Named]:
    parts = [_Named(0, ())]
    for item in items:
        last = parts[-1]
        if item.kind is not Kind.NAME:
            parts[-1] = last._replace(items=(*last.items, item))
        elif last.items:
            parts.append(_Named(len(item.names), ()))
        else:
            parts[-1] = last._replace(names=last.names + len(item.names))
    return parts


def _added_up(parts: list[_Named]) -> tuple[Reading, ...]:
    """Return the sums of what is said of the names; a total at either end is checked and left out."""
    total, named = _total_apart(parts)
    if not all(part.names and part.items for part in named):
        raise ContradictionError(_WHICH)
    apart = [any(item.said.stated & set(SHARED) for item in part.items) for part in named]
    if apart[-1] and not all(apart):
        raise ContradictionError(_SCOPE)  # 総会1回、役員会3回、8月は休み
    found = [Reading()]
    for part in named:
        ways = [_of_names(way, part.names) for way in _folded(part.items)]
        found = _few([_both(one, way) for one in found for way in ways])
    return tuple(way._replace(parts=without_total((*total, *way.parts))) for way in found)


def _total_apart(parts: list[_Named]) -> tuple[Parts, list[_Named]]:
    """Return the total before the first name, or behind the last (計4回), and the named parts."""
    first, last = parts[0], parts[-1]
    if not first.names:
        head = _folded(first.items)[0].parts
        if head and not (len(head) == 1 and head[0].is_total):
            raise ContradictionError(_WHICH)
        return head, parts[1:]
    behind = _folded(last.items[-1:])[0].parts if len(last.items) > 1 else ()
    if len(behind) == 1 and Says.TOTAL in behind[0].says and behind[0].is_total:
        return behind, [*parts[:-1], last._replace(items=last.items[:-1])]
    return (), parts


def _of_names(way: Reading, names: int) -> Reading:
    """Return what is said of one name, or of each of several: 初級・中級 各10回."""
    if names == 1:
        return way._replace(parts=tuple(part.marked(Says.NAMED) for part in way.parts))
    parts = []
    for part in way.parts:
        if Says.EACH not in part.says or not part.stated <= {"count", "per"}:
            raise ContradictionError(_EACH)
        parts.append(part.unmarked(Says.EACH)._replace(per=Per.YEAR, groups=names).marked(Says.NAMED))
    return way._replace(parts=tuple(parts))


# --- items one after the other ------------------------------------------------------------------------


def _folded(items: Sequence[Item]) -> tuple[Reading, ...]:
    """Return every way in which items that belong to one name, or to none, go together."""
    ways = _all_ways(Reading(), tuple(_with_their_months(items)))
    return tuple(every(partial(_finished, way) for way in ways))


def _with_their_months(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items, a second count together with the bracket that says in which months it is held.

    月1回(4～7月)、月2回(9～12月) is one count in some months and another one in others.
    """
    counts = 0
    taken: Item | None = None
    for item, following in zip_longest(items, items[1:]):
        if item is taken:
            continue
        counted = item.kind is Kind.COUNT
        counts += counted
        months = _months_in(following) if counted and counts > 1 and following else None
        if months is None:
            yield item
        else:
            taken = following
            yield item._replace(said=merged(item.said, merged(months, following.said)))


def _months_in(bracket: Item) -> Draft | None:
    """Return what a bracket says of months, None where it says anything else."""
    if bracket.kind is not Kind.BRACKET or bracket.of_them or len(bracket.ways[0]) != 1:
        return None
    said = bracket.ways[0][0].said
    return said if said.stated and said.stated <= {"months", "spans"} else None


def _all_ways(first: Reading, items: Iterable[Item]) -> list[Reading]:
    found = [first]
    for item in items:
        ways = every([partial(_taken, way, item) for way in found], item.start)
        found = _few(list(dict.fromkeys(ways)), item.start)
    return found


def _few(found: list[Reading], at: int | None = None) -> list[Reading]:
    """Refuse a text that can be read in very many ways before all of them are looked at."""
    if len(found) > MOST_WAYS:
        raise ContradictionError(_TOO_MANY, at)
    return found


MOST_WAYS = 24


def _taken(way: Reading, item: Item) -> Iterable[Reading]:
    """Return a reading with one more item, once for each way that it can be meant."""
    if item.kind is Kind.BRACKET:
        return [one for inner in readings(item.ways[0]) for one in _with_inner(way, item, inner)]
    if item.ways:  # words that can be read in several ways: 第1火曜・木曜
        return every(partial(_all_ways, way, items) for items in item.ways)
    beside = way.beside if item.beside == NO_MORE else way.beside.plus(item.beside)
    label = way.label or "".join(item.names)
    found = list(with_item(way.parts or (NOTHING,), item))
    return [Reading(_said(parts), beside, label) for parts in found]


def _with_inner(way: Reading, item: Item, inner: Reading) -> Iterator[Reading]:
    """Yield a reading with a bracket, whose inner words go together in one way."""
    if inner.beside.closed and (way.parts or way.beside.services):
        raise ContradictionError(CLOSED_WITHIN)
    beside = way.beside
    if inner.label or inner.beside != NO_MORE:
        beside = beside.plus(Beside(remarks=(inner.label,) if inner.label else ())).plus(inner.beside)
    for parts in list(with_bracket(way.parts or (NOTHING,), inner.parts, item)):
        yield Reading(_said(parts), beside, way.label)


def _said(parts: Parts) -> Parts:
    return tuple(part for part in parts if part != NOTHING)


def _finished(way: Reading) -> Iterator[Reading]:
    """Yield a reading with its exceptions as parts of their own; a total beside its parts is only checked."""
    parts = [held_daily(part) if part.a_day or part.sites else part for part in way.parts]
    if len(parts) > 1 and not parts[-1].stated and not parts[-1].says:
        parts[-2:] = [merged(parts[-2], parts[-1])]
    if way.beside.services:
        goes_on = way.beside.services == {Service.CONTINUOUS}
        parts = [
            part if goes_on and part.pattern and part.pattern.nths else part.marked(Says.UNCOUNTED)
            for part in parts  # 通年 第2水曜 is once in each month; 通年 月～金 is open on those days
            if part.stated or part.says
        ]
    whole = tuple(part for each in parts for part in (excepted(each) if each.exceptions else (each,)))
    whole = without_total(whole) if len(whole) > 1 else whole
    if not way.beside.services and len(whole) > 1 and any(part.count for part in whole):
        for part in whole:
            if part.stated <= _TIMES and not implied(part).count:
                raise ContradictionError(_UNCOUNTED)
    yield way._replace(parts=whole)


_TIMES = {"months", "spans", "within", "half"}


_TOO_MANY = Text(
    "二通りに読めるところがいくつもあります。一つずつ、はっきりした書き方に直します",
    "several places can be read in two ways: make each of them clear",
)
_NOTHING_ADDED = Text(
    "何を足すのかが分かりません。年10回＋年1回 のように、両側に回数を書きます",
    "it is not said what is added: write a count on either side, as in 年10回＋年1回",
)
_UNCOUNTED = Text(
    "回数の書かれていない期間があります。前期5回、後期6回 のように期間ごとに書きます",
    "one of the periods has no count: write one for each, as in 前期5回、後期6回",
)
_WHICH = Text(
    "どれのことなのか分かりません。総会1回、役員会3回 のように、名前の後にその回数を書きます",
    "it is not clear of which it is said: write the count behind each name, as in 総会1回、役員会3回",
)
_EACH = Text(
    "名前がいくつかあるので、合わせた回数なのかそれぞれの回数なのか分かりません。"
    "それぞれなら 初級・中級 各10回、合わせてなら 年10回 と書きます",
    "several names: in all, or for each? Write 初級・中級 各10回 for each, 年10回 for all",
)
_SCOPE = Text(
    "休みや時刻が、最後のものだけのことなのか、すべてのことなのか分かりません。"
    "総会3回(8月を除く)、役員会3回(8月を除く) のように一つずつ書きます",
    "what is left out, or the hours: of the last alone, or of all? Write it behind each",
)
_BOND = Text(
    "ほかの事業と合わせて行うことと、名前が並んでいます。一つの事業だけを書きます",
    "held together with another, and names beside it: write one programme alone",
)
