"""The sheet of staff: rows of one profession are its members by name, its shifts, or one number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ksolve.plan.form.cells import Shown, Unsayable
from ksolve.plan.form.names import Names, Unreadable
from ksolve.plan.form.rows import Row
from ksolve.plan.form.sheets_of_centre import STAFF
from ksolve.plan.form.values import Item, Listed, Reader, placed
from ksolve.text import Text

_OF_POOL = ("name", "id", "assumed", "fee")
_OF_MEMBER = ("weekly", "available", "skills")


def staff_of(rows: Sequence[Row], idents: Mapping[int, str], reader: Reader) -> Iterator[Item]:
    """Yield the pools of staff in the order of their first rows; `idents` has the id of each row's pool."""
    pools: dict[str, list[Row]] = {}
    for row in (row for row in rows if row.line in idents):
        pools.setdefault(idents[row.line], []).append(row)
    for ident, group in pools.items():
        yield _pool(ident, group, reader)


def _pool(ident: str, rows: Sequence[Row], reader: Reader) -> Item:
    named = [row for row in rows if row.get("member")]
    plain = [row for row in rows if not row.get("member")]
    pool = reader.item(rows[0], [])
    pool.put("id", ident, rows[0].at("id"))
    pool.put("name", rows[0].get("name"), rows[0].at("name"))
    pool.note = "\n".join(row.get("#") for row in plain or rows[:1] if row.get("#"))
    for key in ("assumed", "fee"):
        for row in (row for row in rows if row.get(key)):
            pool.fill(reader.item(row, [STAFF.column(key)]), keep=True)
    if named:
        members = Listed()
        for row in named:
            members.put(_member(row, reader), row.at())
        pool.put("members", members, named[0].at("member"))
        _refuse(plain, "count", _BY_NAME, reader)
        _refuse(named, "count", _BY_NAME, reader)
    _numbers(pool, plain, reader, is_named=bool(named))
    return pool


def _numbers(pool: Item, rows: Sequence[Row], reader: Reader, *, is_named: bool) -> None:
    """Put the rows without a name into a pool: its number and hours, or its shifts, and its absences."""
    for key in ("available", "skills"):
        _refuse(rows, key, _ONLY_NAMED, reader)
    stated = [reader.item(row, [STAFF.column("count"), STAFF.column("weekly")]) for row in rows]
    if len(rows) > 1 and not is_named:
        shifts = Listed()
        for row, shift in zip(rows, stated, strict=True):
            shifts.put(shift, row.at())
        pool.put("shifts", shifts, rows[0].at("count"))
    elif rows:
        for key in ("count", "weekly"):
            if key in stated[0] and not (is_named and key == "count"):
                pool.put(key, stated[0][key], rows[0].at(key))
    absent = Listed()
    for row in rows:
        for one in reader.value(row, STAFF.column("absent")) if row.get("absent") else ():
            absent.put(placed(one, row.at("absent")), row.at("absent"))
    if absent:
        pool.put("absent", absent, absent.places[0])


def _member(row: Row, reader: Reader) -> Item:
    member = reader.item(row, [STAFF.column(key) for key in _OF_MEMBER])
    member.put("name", row.get("member"), row.at("member"))
    if row.get("absent"):
        found = reader.value(row, STAFF.column("absent"))
        if any(one.keys() != {"days"} for one in found):
            reader.say(Unreadable(_DAYS_ONLY), row, STAFF.column("absent"))
        else:
            member.put("absent", [one["days"] for one in found], row.at("absent"))
    return member


def _refuse(rows: Sequence[Row], key: str, why: Text, reader: Reader) -> None:
    for row in rows:
        if row.get(key):
            reader.say(Unreadable(why), row, STAFF.column(key))


Cells = dict[str, Shown]


def rows_of_pool(pool: Mapping[str, Any], names: Names) -> tuple[list[Cells], dict[str, Any]]:
    """Return the rows that show a pool, and what of it they have no words for."""
    head, rest = _said({key: pool[key] for key in _OF_POOL if key in pool}, names)
    others = {key: value for key, value in pool.items() if key not in _OF_POOL}
    of_number = ("absent",) if "shifts" in others else ("absent", "weekly", "count")
    own, lacking = _said({key: others.pop(key) for key in of_number if key in others}, names)
    rest |= lacking
    groups = {"shifts": _said, "members": _said_member}
    rows = [own] if own else []
    for key, say in groups.items():
        if key not in others:
            continue
        said = [say(one, names) for one in others[key]]
        is_whole = not any(lacking for _, lacking in said) and not (key == "shifts" and len(said) < 2)
        if not is_whole:
            rest[key] = others.pop(key)
            continue
        del others[key]
        listed = [cells for cells, _ in said]
        if key == "shifts":
            listed[0] |= own
            rows = listed
        else:
            rows += listed
    rows = rows or [{}]
    rows[0] |= head
    for row in rows[1:]:
        row |= {key: head[key] for key in ("name", "assumed") if key in head}
    return rows, rest | others


def _said(item: Mapping[str, Any], names: Names) -> tuple[Cells, dict[str, Any]]:
    cells: Cells = {}
    rest: dict[str, Any] = {}
    for key, value in item.items():
        try:
            cells[key] = STAFF.column(key).cell.said(value, names)
        except (Unsayable, StopIteration):
            rest[key] = value
    return cells, rest


def _said_member(member: Mapping[str, Any], names: Names) -> tuple[Cells, dict[str, Any]]:
    shown = {"member" if key == "name" else key: value for key, value in member.items()}
    if "absent" in shown:
        shown["absent"] = [{"days": day} for day in shown["absent"]]
    return _said(shown, names)


_BY_NAME = Text(
    "名前を書いた職種では、行が一人です。人数は書きません",
    "where members are named each row is one of them, and there is no number",
)
_ONLY_NAMED = Text("名前を書いた人にだけ書けます", "only a member with a name has it")
_DAYS_ONLY = Text(
    "名前のある人の休みには日だけを書き(8/5〜8/9、12/1)、理由は備考に書いてください",
    "write the days only (8/5〜8/9、12/1), and the reason as a remark",
)
