"""The sheet of what others decide: rows with one name are the dates of one calendar, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ksolve.plan.external import EFFECTS
from ksolve.plan.form.cells import TICK, WORD, Shown, Unsayable
from ksolve.plan.form.names import Names, Unreadable
from ksolve.plan.form.rows import Row
from ksolve.plan.form.sheets import chosen
from ksolve.plan.form.sheets_beside import EXTERNAL
from ksolve.plan.form.values import Item, Listed, Reader
from ksolve.text import Lang, Text

_OF_CALENDAR = (
    "file",
    "sheet",
    "columns",
    "last_year",
    "programmes",
    "tags",
    "audiences",
    "weight",
    "public",
    "why",
)
_OF_ENTRY = ("days", "hours", "entry", "tentative")


def calendars_of(rows: Sequence[Row], idents: Mapping[int, str], reader: Reader) -> Iterator[Item]:
    """Yield the calendars in the order of their first rows; `idents` has the id of each row's calendar."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row.line in idents:
            groups.setdefault(idents[row.line], []).append(row)
    for ident, group in groups.items():
        yield _calendar(ident, group, reader)


def _calendar(ident: str, rows: Sequence[Row], reader: Reader) -> Item:
    made = Item.at(rows[0].at(), rows[0].get("#"))
    made.put("id", ident, rows[0].at("id"))
    made.put("name", rows[0].get("name"), rows[0].at("name"))
    made.put("effect", _effect(rows, reader), rows[0].at("effect"))
    for row in rows:
        columns = [EXTERNAL.column(key) for key in _OF_CALENDAR if key in row.cells and key not in made]
        made.fill(reader.item(row, columns), keep=True)
    dates = Listed()
    for row in rows:
        stated = [key for key in _OF_ENTRY if row.get(key)]
        if stated == ["tentative"]:  # of no day of its own: of all days
            made.fill(reader.item(row, [EXTERNAL.column("tentative")]), keep=True)
        if not stated or stated == ["tentative"]:
            continue
        entry = reader.item(row, [EXTERNAL.column(key) for key in _OF_ENTRY])
        if "entry" in entry:
            entry.put("name", entry.pop("entry"), row.at("entry"))
        dates.put(entry, row.at("days"))
    if dates:
        made.put("dates", dates, rows[0].at("days"))
    return made


def _effect(rows: Sequence[Row], reader: Reader) -> str:
    """Return what the first row says that says anything; another row must not say another thing."""
    stated = [row for row in rows if row.get("effect")]
    found = [chosen(EFFECTS, row.get("effect")) for row in stated]
    for row, effect in zip(stated, found, strict=True):
        if effect not in EFFECTS:
            reader.say(Unreadable(_USE), row, EXTERNAL.column("effect"))
        elif effect != found[0]:
            reader.say(Unreadable(_TWO), row, EXTERNAL.column("effect"))
    return found[0] if found and found[0] in EFFECTS else "avoided"


def rows_of_external(
    calendar: Mapping[str, Any], names: Names, lang: Lang
) -> tuple[list[dict[str, Shown]], dict[str, Any]]:
    """Return the rows that show a calendar, and what of it they have no words for."""
    rest = {key: value for key, value in calendar.items() if key not in ("id", "name", "effect")}
    head: dict[str, Shown] = {"name": calendar["name"], "id": calendar["id"]}
    for key in [key for key in _OF_CALENDAR if key in rest]:
        try:
            head[key] = EXTERNAL.column(key).cell.said(rest[key], names)
            del rest[key]
        except Unsayable:
            pass
    try:
        entries = [_entry(one, names) for one in rest.get("dates", ())]
        rest.pop("dates", None)
    except (Unsayable, AttributeError):
        entries = []
    effect = EFFECTS[calendar["effect"]](lang)
    rows = [{"name": calendar["name"], "effect": effect, **one} for one in entries]
    if rest.get("tentative") == "true" and "dates" not in rest:
        rows.insert(0, {"tentative": TICK.said(rest.pop("tentative"), names)})
    rows = rows or [{}]
    rows[0] |= head | {"effect": effect}
    return rows, rest


def _entry(value: Any, names: Names) -> dict[str, Shown]:
    item = {"days": value} if isinstance(value, str) else value
    if not item.keys() <= {"days", "hours", "name", "tentative"}:
        raise Unsayable
    cells = {"days": WORD, "hours": WORD, "name": WORD, "tentative": TICK}
    return {"entry" if key == "name" else key: cells[key].said(item[key], names) for key in item}


_USE = Text("扱いは 休館する・行わない・避ける・参考 のどれかです", "write closed, blocked, avoided or info")
_TWO = Text(
    "同じ日程の行に二通りの扱いがあります。別の扱いの日は、別の名前の日程にしてください",
    "rows of one calendar have two uses: give the days of another use a name of their own",
)
