"""The sheet of wishes: each row one rule of a programme, or a few, and back where a rule is one row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ksolve.calendar import parse_days, parse_weekdays, show_weekdays
from ksolve.letters import narrow
from ksolve.plan.form.cells import NUMBER, WORD, WORDS, Shown, Unsayable, parts
from ksolve.plan.form.names import Names, Unreadable
from ksolve.plan.form.rows import Row
from ksolve.plan.form.sheets import chosen
from ksolve.plan.form.sheets_of_work import STRENGTHS, WISHES
from ksolve.plan.form.values import Item, Reader
from ksolve.spelling.absent_days import absent_day
from ksolve.text import Lang, Text

_NTHS = re.compile(r"(?:第?([1-5](?:[・、,]第?[1-5])*)|(最終|最後の?))(?=[月火水木金土日])")
_STRETCH = re.compile(r"\s*[〜～~]\s*")
"""Between the days of a stretch; 12/24〜12/24 is one of a single day, in which sessions are, not on which."""
_EVERY = frozenset(range(7))
_TIERS = {
    "on_dates": "fit",
    "in_dates": "fit",
    "off_dates": "quiet",
    "weekdays": "pattern",
    "start_times": "pattern",
    "held_in": "rooms",
    "led_by": "people",
    "min_gap": "spread",
}
"""The tier in which a wish of each kind counts; without one the rule is hard."""
_ALONE = {"member": ("led_by", "member", WORD), "gap": ("min_gap", "days", NUMBER)}
"""Columns that ask for a rule of their own: its name, and what of it they say, and how."""


def rules_of(row: Row, reader: Reader) -> list[Item]:
    """Return the rules that a row asks for; what it lacks, or says wrongly, is a fault."""
    try:
        return [_placed(rule, row) for rule in _wished(row.cells, reader.names)]
    except _Wrong as wrong:
        reader.say(wrong.said, row, WISHES.column(wrong.key))
        return []


class _Wrong(Exception):  # noqa: N818 - what a row is, not what the program did
    """A row that asks for no rule: in which column, and why."""

    def __init__(self, key: str, said: Unreadable) -> None:
        super().__init__(key)
        self.key = key
        self.said = said


def _wished(cells: Mapping[str, Shown], names: Names) -> list[dict[str, Any]]:
    """Return the rules that the cells of a row ask for. Raises _Wrong."""
    strength = chosen(STRENGTHS, str(cells.get("strength") or STRENGTHS["wish"].ja))
    if strength not in STRENGTHS:
        raise _Wrong("strength", Unreadable(_STRENGTH))
    is_against = strength in ("avoid", "never")
    beside = [key for key in ("start", "room", *_ALONE) if cells.get(key)]
    if is_against and beside:
        raise _Wrong(beside[0], Unreadable(_AGAINST))
    if not (beside or cells.get("days")):
        raise _Wrong("days", Unreadable(_NOTHING))
    try:
        rules = [
            *_rules(str(cells.get("days", "")), parts(str(cells.get("start", ""))), is_against=is_against)
        ]
    except Unreadable as error:
        raise _Wrong("days", error) from error
    if cells.get("room"):
        rules.append(_held_in(str(cells["room"]), rules, names))
    rules += [
        {"rule": rule, key: cell.read(str(cells[head]), names)}
        for head, (rule, key, cell) in _ALONE.items()
        if cells.get(head)
    ]
    soft = strength in ("wish", "avoid")
    reason = {"why": cells["why"]} if cells.get("why") else {}
    return [rule | ({"tier": _TIERS[rule["rule"]]} if soft else {}) | reason for rule in rules]


def _held_in(room: str, rules: Sequence[Mapping[str, Any]], names: Names) -> dict[str, Any]:
    """Return the rule that asks for a room: on the dates of the row, where it has any. Raises _Wrong."""
    try:
        held: dict[str, Any] = {"rule": "held_in", "room": _room_of(room, names)}
    except Unreadable as error:
        raise _Wrong("room", error) from error
    dated = [rule["days"] for rule in rules if rule["rule"] == "on_dates"]
    return held | ({"days": dated[0]} if dated else {})


def _rules(days: str, starts: list[str], *, is_against: bool) -> Iterator[dict[str, Any]]:
    """Yield the rules that days and starts ask for. Raises Unreadable."""
    if days:
        rule = _of_days(days, is_against=is_against)
        if rule["rule"] == "on_dates" and len(starts) == 1:
            rule["start"] = starts.pop()
        yield rule
    if starts:
        yield {"rule": "start_times", "starts": starts}


def _of_days(text: str, *, is_against: bool) -> dict[str, Any]:
    """Return the rule that days ask for: dates, stretches of days, or weekdays."""
    weekdays = _weekdays(text)
    if weekdays:
        days, nths = weekdays
        if is_against and nths:
            raise Unreadable(_AGAINST)
        if is_against:
            others = _EVERY - parse_weekdays(days)
            if not others:
                raise Unreadable(_DAYS)
            return {"rule": "weekdays", "weekdays": show_weekdays(others)}
        return {"rule": "weekdays", "weekdays": days} | ({"nths": nths} if nths else {})
    listed = parts(text)
    try:
        stretches = [parse_days(part) for part in listed]
    except ValueError as error:
        raise Unreadable(absent_day(text) or _DAYS) from error
    if is_against:
        return {"rule": "off_dates", "days": listed}
    if all(first == last for first, last in stretches) and not _STRETCH.search(text):
        return {"rule": "on_dates", "days": listed}
    alone = [first == last for first, last in stretches]
    within = [_STRETCH.split(part)[0] if one else part for part, one in zip(listed, alone, strict=True)]
    return {"rule": "in_dates", "days": within}


def _weekdays(text: str) -> tuple[str, list[str]] | None:
    """Return weekdays and their weeks of the month: 火木, 第2・第4土, 第2土、第4土; None for dates."""
    if whole := _one_of_weekdays(text):
        return whole
    each = [_one_of_weekdays(part) for part in parts(text)]
    found = [one for one in each if one and one[1]]
    if len(found) < len(each) or len({days for days, _ in found}) != 1:
        return None
    return found[0][0], [nth for _, nths in found for nth in nths]


def _one_of_weekdays(text: str) -> tuple[str, list[str]] | None:
    plain = "".join(narrow(text).split()).removeprefix("毎週").removeprefix("毎月")
    found = _NTHS.match(plain)
    days = plain[found.end() :] if found else plain
    try:
        parse_weekdays(days)
    except ValueError:
        return None
    if not found:
        return days, []
    return days, ["-1"] if found[2] else re.findall(r"\d", found[1])


def _room_of(text: str, names: Names) -> str:
    """Return a room's id, or its name where it is one of several: 相談室2."""
    try:
        return names.id_of("room", text)
    except Unreadable:
        of = re.fullmatch(r"(.+?)\d+", narrow(text))
        if of is None:
            raise
        names.id_of("room", of[1])
        return text


def _placed(rule: dict[str, Any], row: Row) -> Item:
    made = Item.at(row.at(), row.get("#"))
    cells = {"weekdays": "days", "nths": "days", "starts": "start", "tier": "strength", "rule": "days"}
    if rule["rule"] == "min_gap":
        cells |= {"days": "gap", "rule": "gap"}
    for key, value in rule.items():
        made.put(key, value, row.at(cells.get(key, key)))
    return made


def row_of_rule(rule: Mapping[str, Any], names: Names, lang: Lang) -> dict[str, Shown]:
    """Return the row that a rule of a programme is. Raises Unsayable where it is none."""
    name = rule.get("rule", "")
    is_wish, is_off = "tier" in rule, name == "off_dates"
    strength = ("avoid" if is_wish else "never") if is_off else ("wish" if is_wish else "must")
    cells: dict[str, Shown] = {"strength": STRENGTHS[strength](lang)}
    if "weekdays" in rule:
        cells["days"] = _shown_nths(rule.get("nths", [])) + rule["weekdays"]
    elif name == "min_gap":
        cells["gap"] = NUMBER.said(rule["days"], names)
    elif "days" in rule:
        days = [rule["days"]] if isinstance(rule["days"], str) else rule["days"]
        as_stretch = name == "in_dates"
        shown = [f"{one}〜{one}" if as_stretch and not _STRETCH.search(one) else one for one in days]
        cells["days"] = WORDS.said(shown, names)
    if "start" in rule or "starts" in rule:
        cells["start"] = WORDS.said(rule.get("starts") or [rule["start"]], names)
    if "room" in rule:
        cells["room"] = names.shown("room", rule["room"])
    if "member" in rule:
        cells["member"] = WORD.said(rule["member"], names)
    if rule.get("why"):
        cells["why"] = rule["why"]
    try:
        again = _wished(cells, names)
    except _Wrong as wrong:
        raise Unsayable from wrong
    lists = ("starts", "nths") if name == "min_gap" else ("days", "starts", "nths")
    listed = {key: [rule[key]] for key in lists if isinstance(rule.get(key), str)}
    if again != [{**rule, **listed}]:
        raise Unsayable  # such a row would ask for something else, or for more
    return cells


def _shown_nths(nths: Sequence[str]) -> str:
    listed = [nths] if isinstance(nths, str) else nths
    if not listed:
        return ""
    return "最終" if listed == ["-1"] else "・".join(f"第{nth}" for nth in listed)


_STRENGTH = Text(
    "強さは 希望・必ず・避けたい・行わない のどれかです",
    "write 希望, 必ず, 避けたい or 行わない (wish, must, avoid, never)",
)
_NOTHING = Text(
    "日・時刻・部屋・担当・間隔のどれかを書いてください", "write days, a start, a room, who leads, or a gap"
)
_DAYS = Text(
    "日は 10/12、7/21〜8/10、火木、第2火曜 の形で書いてください。「、」で並べられます",
    "write days as 10/12, 7/21〜8/10, 火木 or 第2火曜, several with 、 between them",
)
_AGAINST = Text(
    "「避けたい」「行わない」には日か曜日だけを書けます。"
    "時刻・部屋・担当・間隔・第2火曜 は「希望」か「必ず」で書いてください",
    "avoid and never take days or weekdays alone; all else, and 第2火曜, wants wish or must",
)
