"""The sheet of open and closed days to the calendar of a plan, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ksolve.findings import Place
from ksolve.plan.form.cells import ASSUMED, NUMBER, WEEKLY, WORD, WORDS, Cell, Shown, Unsayable, parts
from ksolve.plan.form.names import Names, Unreadable
from ksolve.plan.form.rows import Row
from ksolve.plan.form.sheets import chosen
from ksolve.plan.form.sheets_of_centre import CALENDAR, CALENDAR_KINDS, HOLIDAYS
from ksolve.plan.form.values import Item, Listed, Reader
from ksolve.plan.yaml_out import plain
from ksolve.text import Lang, Text


def calendar_of(rows: Sequence[Row], reader: Reader, home: Place) -> Item:
    """Return the calendar that the rows say."""
    calendar = Item.at(rows[0].at() if rows else home)
    for row in rows:
        kind = chosen(CALENDAR_KINDS, row.get("kind"))
        if kind in _READERS:
            _READERS[kind](calendar, row, reader)
        else:
            words = Text(
                "、".join(word.ja for word in CALENDAR_KINDS.values()),
                ", ".join(word.en for word in CALENDAR_KINDS.values()),
            )
            reader.say(Unreadable(_KIND.fill(words=words)), row, CALENDAR.column("kind"))
    return calendar


def _list(calendar: Item, key: str, row: Row) -> Listed:
    if key not in calendar:
        calendar.put(key, Listed(), row.at())
    found: Listed = calendar[key]
    return found


def _open(calendar: Item, row: Row, reader: Reader) -> None:
    if "open" not in calendar:
        calendar.put("open", Item.at(row.at("days")), row.at("days"))
    days, hours = row.get("days"), row.get("hours")
    before = calendar["open"].get(days)
    calendar["open"].put(days, f"{before}, {hours}" if before else hours, row.at("hours"))
    if row.get("assumed"):
        calendar.put("assumed", reader.value(row, CALENDAR.column("assumed")), row.at("assumed"))


def _season(calendar: Item, row: Row, reader: Reader) -> None:
    season = Item.at(row.at(), row.get("#"))
    season.put("days", parts(row.get("days")), row.at("days"))
    try:
        season.put("open", WEEKLY.read(row.get("hours"), reader.names), row.at("hours"))
    except Unreadable as error:
        reader.say(error, row, CALENDAR.column("hours"))
    else:
        _list(calendar, "seasons", row).put(season, row.at())


def _holidays(calendar: Item, row: Row, reader: Reader) -> None:
    text = row.get("hours") or row.get("days")
    found = chosen(HOLIDAYS, text)
    if found in HOLIDAYS:
        calendar.put("holidays", found, row.at("hours"))
    else:
        reader.say(Unreadable(_HOLIDAYS), row, CALENDAR.column("hours"))


def _closed(calendar: Item, row: Row, reader: Reader) -> None:
    item = reader.item(row, [CALENDAR.column(key) for key in ("days", "why", "assumed")])
    _list(calendar, "closed", row).put(item, row.at())


def _opened(calendar: Item, row: Row, _reader: Reader) -> None:
    for day in parts(row.get("days")):
        _list(calendar, "opened", row).put(day, row.at("days"))


def _quiet(calendar: Item, row: Row, reader: Reader) -> None:
    item = reader.item(row, [CALENDAR.column(key) for key in ("days", "why", "weight")])
    _list(calendar, "quiet", row).put(item, row.at())


_READERS = {
    "open": _open,
    "season": _season,
    "holidays": _holidays,
    "closed": _closed,
    "opened": _opened,
    "quiet": _quiet,
}


Cells = dict[str, Shown]


def rows_of_calendar(
    calendar: Mapping[str, Any], names: Names, lang: Lang
) -> tuple[list[tuple[Cells, Any]], dict[str, Any]]:
    """Return the rows that show a calendar, each with its item, and the keys that they have no words for."""
    rows: list[tuple[Cells, Any]] = []
    rest: dict[str, Any] = {}
    for key in (*_WRITERS, *(key for key in calendar if key not in _WRITERS)):
        if key not in calendar:
            continue
        try:
            said = list(_WRITERS[key](calendar[key], names, lang)) if key in _WRITERS else []
        except (Unsayable, AttributeError, TypeError):
            said = []
        rows += said
        if not said:  # quiet: [] is not the same as none written
            rest[key] = calendar[key]
    if "assumed" in rest and rows and rows[0][0].get("kind") == CALENDAR_KINDS["open"](lang):
        try:
            rows[0][0]["assumed"] = ASSUMED.said(rest["assumed"], names)
            del rest["assumed"]
        except Unsayable:
            pass
    return rows, rest


def _row(kind: str, lang: Lang, names: Names, **given: tuple[Cell, Any]) -> Cells:
    said = {key: cell.said(value, names) for key, (cell, value) in given.items() if value is not None}
    return {"kind": CALENDAR_KINDS[kind](lang), **said}


def _open_rows(value: Any, names: Names, lang: Lang) -> Iterator[tuple[Cells, Any]]:
    for days, hours in plain(value).items():
        spans = ", ".join(hours) if isinstance(hours, list) else hours
        yield _row("open", lang, names, days=(WORD, days), hours=(WORD, spans)), None


def _season_rows(value: Any, names: Names, lang: Lang) -> Iterator[tuple[Cells, Any]]:
    for one in value:
        item = plain(one)
        if item.keys() != {"days", "open"}:
            raise Unsayable
        yield _row("season", lang, names, days=(WORDS, item["days"]), hours=(WEEKLY, item["open"])), one


def _holiday_rows(value: Any, _names: Names, lang: Lang) -> Iterator[tuple[Cells, Any]]:
    yield {"kind": CALENDAR_KINDS["holidays"](lang), "hours": HOLIDAYS[value](lang)}, None


def _day_rows(kind: str, cells: Mapping[str, Cell]) -> Any:
    def rows(value: Any, names: Names, lang: Lang) -> Iterator[tuple[Cells, Any]]:
        for one in value if isinstance(value, list) else [value]:
            item = {"days": one} if isinstance(one, str) else plain(one)
            if not item.keys() <= cells.keys():
                raise Unsayable
            yield _row(kind, lang, names, **{key: (cells[key], item[key]) for key in item}), one

    return rows


def _opened_rows(value: Any, names: Names, lang: Lang) -> Iterator[tuple[Cells, Any]]:
    for one in value if isinstance(value, list) else [value]:
        if len(parts(one)) != 1:
            raise Unsayable
        yield _row("opened", lang, names, days=(WORD, one)), None


_WRITERS = {
    "open": _open_rows,
    "seasons": _season_rows,
    "holidays": _holiday_rows,
    "closed": _day_rows("closed", {"days": WORD, "why": WORD, "assumed": ASSUMED}),
    "opened": _opened_rows,
    "quiet": _day_rows("quiet", {"days": WORD, "why": WORD, "weight": NUMBER}),
}
_KIND = Text("種類は {words} のどれかです", "the kind is one of {words}")
_HOLIDAYS = Text("祝日は「休館」か「開館」を時間の欄に書いてください", "write 休館 (closed) or 開館 (open)")
