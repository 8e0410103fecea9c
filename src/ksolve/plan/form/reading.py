"""A filled-in form as the values of a plan, every one with the cell it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ksolve.errors import PlanError
from ksolve.findings import Finding, Place
from ksolve.letters import name_key
from ksolve.plan.form.calendar_rows import calendar_of
from ksolve.plan.form.cells import parts
from ksolve.plan.form.columns import Sheet
from ksolve.plan.form.external_rows import calendars_of
from ksolve.plan.form.names import PART, Kind, Names, Unreadable, made_id
from ksolve.plan.form.other import put_other
from ksolve.plan.form.rows import Row, read_rows, refuse_other
from ksolve.plan.form.sheets import BASICS, BASICS_ROWS, BY_KEY, USUAL, chosen
from ksolve.plan.form.sheets_beside import LEAD_TIMES
from ksolve.plan.form.sheets_of_centre import STAFF
from ksolve.plan.form.sheets_of_work import PROGRAMMES, WISHES
from ksolve.plan.form.staff_rows import staff_of
from ksolve.plan.form.values import Item, Listed, Reader
from ksolve.plan.form.wish_rows import rules_of
from ksolve.plan.yaml_out import plain
from ksolve.plan.yamlfile import parse_yaml
from ksolve.text import Text

_KINDS: dict[str, Kind] = {
    "rooms": "room",
    "sessions": "session",
    "staff": "staff",
    "audiences": "audience",
    "external": "calendar",
}
_IN_GROUPS = ("staff", "external")
"""Sheets of which several rows are one item."""
_OTHER_KINDS = (Text("部屋・職員の全体", "resources"), "audiences")


@dataclass
class FormDocument:
    """A form as values (text, lists and mappings) with places, as a YAML file is read into."""

    file: str
    value: Item
    faults: list[Finding] = field(default_factory=list)

    def place(self, path: tuple[int | str, ...], *, key: bool = False, offset: int = 0) -> Place:  # noqa: ARG002
        """Return the cell in which the value at a path of keys and indexes stands, or its row.

        A key has no cell but its value's, and an offset within the text is no place of its own.
        """
        found: Any = self.value
        place = Place(self.file, sheet=BASICS.title.ja)
        for step in path:
            above = found
            if isinstance(found, dict):
                place = found.get("__places__", {}).get(step, place)  # also of what is missing
                found = found.get(step, found)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                place = found.places[step] if isinstance(found, Listed) else place
                found = found[step]
            else:
                continue
            if isinstance(found, dict) and found is not above:
                place = found.get("__place__", place)
        return place

    def key_text(self, path: tuple[int | str, ...]) -> Text:
        """Return the heading under which the value at a path stands, or its key where it has none."""
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        if key in BASICS_ROWS and len(path) < 3:
            return BASICS_ROWS[key][0]
        named = next((BY_KEY[step] for step in path if step in BY_KEY), BASICS)
        heads = {column.key: column.head for column in named.columns} | _HEADS
        if "components" in path:
            heads["name"] = PROGRAMMES.column("part").head
        steps = (step for step in reversed(path) if isinstance(step, str))
        return next((heads[step] for step in steps if step in heads), _plain(key))


def read_form(data: bytes, file: str) -> FormDocument:
    """Return a workbook as a plan's values; its faults, each with its cell, are in the document.

    Raises PlanError where it is broken, or no form of ours.
    """
    refuse_other(data, file)
    tables, faults = read_rows(data, file)
    reader = Reader(Names(), faults)
    idents = {key: dict(_idents(tables[key], BY_KEY[key], reader)) for key in _KINDS}
    programmes = [*_programme_rows(tables["programmes"], reader)]
    _name_audiences(tables["other"], reader)
    plan, assumed = _basics(tables["plan"], reader, Place(file, sheet=BASICS.title.ja))
    resources = Item.at(Place(file, sheet=BY_KEY["rooms"].title.ja))
    if assumed:
        resources.put("assumed", *assumed)
    home = Place(file, sheet=BY_KEY["calendar"].title.ja)
    resources.put("calendar", calendar_of(tables["calendar"], reader, home), home)
    for key in _KINDS:
        if key in _IN_GROUPS:
            items = _GROUPED[key](tables[key], idents[key], reader)
        else:
            items = _items(tables[key], idents[key], BY_KEY[key], reader)
        resources.put(key, _listed(items), Place(file, sheet=BY_KEY[key].title.ja))
    plan.put("resources", resources, resources["__place__"])
    resources.put(LEAD_TIMES.key, _lead_times(tables[LEAD_TIMES.key], reader), resources["__place__"])
    by_id = {ident: _programme(row, ident, reader) for ident, row in programmes}
    for ident, item in by_id.items():
        above, _, part = ident.partition(".")
        if part:
            _append(by_id[above], "components", item)
    plan.put(
        "programmes",
        _listed(item for ident, item in by_id.items() if "." not in ident),
        Place(file, sheet=PROGRAMMES.title.ja),
    )
    for row in tables["wishes"]:
        _wish(row, by_id, reader)
    targets = {("plan", ""): plan, ("resources", ""): resources, ("calendar", ""): resources["calendar"]}
    targets |= {("programmes", ident): item for ident, item in by_id.items()}
    targets |= {(key, item["id"]): item for key in _KINDS for item in resources[key]}
    for row in tables["other"]:
        put_other(row, targets, reader)
    return FormDocument(file, plan, reader.faults)


_GROUPED = {"staff": staff_of, "external": calendars_of}


def _listed(items: Iterable[Item]) -> Listed:
    made = Listed()
    for item in items:
        made.put(item, item["__place__"])
    return made


def _append(item: Item, key: str, value: Item) -> None:
    if key not in item:
        item.put(key, Listed(), value["__place__"])
    item[key].put(value, value["__place__"])


def _idents(rows: Sequence[Row], sheet: Sheet, reader: Reader) -> Iterator[tuple[int, str]]:
    """Yield the line and the id of each row of a sheet: the id written, or one made of its name."""
    kind = _KINDS[sheet.key]
    if any(found.rule in ("no-sheet", "no-header") for found in reader.faults if _is_of(found, sheet)):
        reader.names.lost.add(kind)
    stated = {name_key(row.get("name")): row.get("id") for row in reversed(rows) if row.get("id")}
    for row in rows:
        name = row.get("name")
        if not name:
            reader.say(Unreadable(_NAMELESS), row, sheet.column("name"))
            continue
        known = stated.get(name_key(name), "") if sheet.key in _IN_GROUPS else ""
        ident = row.get("id") or known or made_id(kind, name)
        reader.names.add(kind, name, ident)
        yield row.line, ident


def _is_of(found: Finding, sheet: Sheet) -> bool:
    return found.place is not None and found.place.sheet in (sheet.title.ja, sheet.title.en)


def _items(rows: Sequence[Row], idents: dict[int, str], sheet: Sheet, reader: Reader) -> Iterator[Item]:
    columns = [column for column in sheet.columns if column.key not in ("id", "#")]
    for row in rows:
        if row.line not in idents:
            continue
        item = _headed(row, idents[row.line], reader)
        item.fill(reader.item(row, columns))
        if item["name"] == row.get("id") and sheet.key == "sessions":
            del item["name"]  # a kind of session without a name goes by its id
        yield item


def _lead_times(rows: Sequence[Row], reader: Reader) -> Listed:
    columns = [column for column in LEAD_TIMES.columns if column.key != "#"]
    return _listed(reader.item(row, columns) for row in rows)


def _headed(row: Row, ident: str, reader: Reader, name: str = "name") -> Item:
    """Return an item that has its id and its name so far."""
    item = reader.item(row, [])
    item.put("id", ident, row.at("id"))
    item.put("name", row.get(name), row.at(name))
    return item


def _programme_rows(rows: Sequence[Row], reader: Reader) -> Iterator[tuple[str, Row]]:
    """Yield the rows of programmes and parts with their ids; a part's has that of its programme before it."""
    above: dict[str, str] = {}
    last = ""
    taken: set[str] = set()
    for row in rows:
        name, part = row.get("name"), row.get("part")
        if part:
            owner = above.get(name_key(name), "") if name else last
            if not owner:
                reader.say(Unreadable(_NO_OWNER), row, PROGRAMMES.column("name"))
                continue
            ident = f"{owner}.{row.get('id') or made_id('part', part)}"
        elif name:
            ident = last = row.get("id") or made_id("jigyo", name)
            above[name_key(name)] = ident
        else:
            reader.say(Unreadable(_NAMELESS), row, PROGRAMMES.column("name"))
            continue
        if ident in taken:
            reader.say(Unreadable(_SAME), row, PROGRAMMES.column("part" if part else "name"))
            continue
        taken.add(ident)
        owner_name = name or next((n for n, i in above.items() if i == ident.partition(".")[0]), "")
        reader.names.add("programme", part or name, ident, full=f"{owner_name}{PART}{part}" if part else "")
        yield ident, row


def _programme(row: Row, ident: str, reader: Reader) -> Item:
    columns = [column for column in PROGRAMMES.columns if column.key not in ("name", "part", "id", "#")]
    item = _headed(row, ident.rpartition(".")[2], reader, "part" if row.get("part") else "name")
    item.fill(reader.item(row, columns))
    return item


def _name_audiences(rows: Sequence[Row], reader: Reader) -> None:
    """Learn the names of audiences that stand in the sheet その他, as earlier forms had them."""
    for row in rows:
        if row.get("key") != _OTHER_KINDS[1] or not row.get("value"):
            continue
        try:
            value = plain(parse_yaml(row.get("value"), "").value)
        except PlanError:
            continue  # said when the row itself is read
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                reader.names.add("audience", str(one.get("name") or ""), str(one.get("id")))


def _basics(rows: Sequence[Row], reader: Reader, home: Place) -> tuple[Item, tuple[str, Place] | None]:
    """Return the head of the plan, and why its resources are assumed, if they are."""
    words = {key: head for key, (head, _) in BASICS_ROWS.items()}
    stated = {chosen(words, row.get("item")): row for row in rows if row.get("value")}
    plan = Item.at(rows[0].at() if rows else home)
    plan["__places__"] |= {chosen(words, row.get("item")): row.at("value") for row in rows}
    plan.put("schema", "1", home)
    plan.put("id", made_id("plan", stated["title"].get("value") if "title" in stated else ""), home)
    for key in ("id", "title", "year", "published", "published_columns"):
        if key in stated:
            text = stated[key].get("value")
            value = parts(text) if key == "published_columns" else text
            plan.put(key, value, stated[key].at("value"))
    wishes = chosen(USUAL, stated["wishes"].get("value")) if "wishes" in stated else "usual"
    if wishes not in USUAL:
        reader.say(Unreadable(_USUAL), stated["wishes"], BASICS.column("value"))
    elif wishes:
        plan.put("wishes", wishes, home)
    row = stated.get("assumed")
    return plan, (row.get("value"), row.at("value")) if row else None


def _wish(row: Row, by_id: dict[str, Item], reader: Reader) -> None:
    column = WISHES.column("programme")
    try:
        ident = reader.names.id_of("programme", row.get("programme"))
    except Unreadable as error:
        reader.say(error, row, column)
        return
    for rule in rules_of(row, reader):
        _append(by_id[ident], "rules", rule)


def _plain(key: str) -> Text:
    return Text(key, key)


_HEADS = {"open": Text("開館時間", "opening hours"), "member": STAFF.column("member").head}
_NAMELESS = Text("名前を書いてください", "write a name")
_NO_OWNER = Text(
    "この名前の事業の行が上にありません。内訳は事業の行の下に書きます",
    "no programme above has this name; a part stands below its programme",
)
_SAME = Text(
    "同じ名前(または記号)の行が上にあります。名前を変えてください",
    "a row above has this name or id: choose another",
)
_USUAL = Text("「使う」か「使わない」を書いてください", "write yes or no")
