"""Values of a plan that know their cells, and the reading of a row into them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ksolve.errors import fault
from ksolve.findings import Finding, Place
from ksolve.plan.form.columns import Column
from ksolve.plan.form.names import Names, Unreadable
from ksolve.plan.form.rows import Row
from ksolve.spelling import bare
from ksolve.text import Text


class Item(dict[str, Any]):
    """A mapping of a plan, with its place and those of its keys as every mapping of a file has them.

    `note` is what a person wrote beside it: a comment of the YAML.
    """

    note: str = ""

    @classmethod
    def at(cls, place: Place, note: str = "") -> Item:
        """Return an empty mapping that stands at a place."""
        made = cls(__place__=place, __places__={})
        made.note = note
        return made

    def put(self, key: str, value: Any, place: Place) -> None:
        """Give a key its value, and the place where that stands."""
        self[key] = value
        self["__places__"][key] = place

    def fill(self, other: Item, *, keep: bool = False) -> None:
        """Take over what another mapping says, and where; `keep`: but not where that mapping stands."""
        places = {**self["__places__"], **other["__places__"]}
        own = {"__place__": self["__place__"]} if keep else {}
        self.update({**other, **own, "__places__": places})


class Listed(list[Any]):
    """A list of a plan whose items stand in cells of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.places: list[Place] = []

    def put(self, value: Any, place: Place) -> None:
        """Add an item."""
        self.append(value)
        self.places.append(place)


def placed(value: Any, place: Place) -> Any:
    """Return a value whose mappings and lists all stand in one cell."""
    if isinstance(value, dict):
        made = Item.at(place)
        for key, item in bare(value).items():
            made.put(key, placed(item, place), place)
        return made
    if not isinstance(value, list):
        return value
    listed = Listed()
    for item in value:
        listed.put(placed(item, place), place)
    return listed


@dataclass
class Reader:
    """What is known while the rows of a form are read: the names, and the faults found so far."""

    names: Names
    faults: list[Finding] = field(default_factory=list)

    def item(self, row: Row, columns: Iterable[Column]) -> Item:
        """Return what some columns of a row say, with the remark beside it."""
        made = Item.at(row.at(), row.get("#"))
        for column in columns:
            made["__places__"][column.key] = row.at(column.key)  # where it would stand, too
            if column.key in row.cells:
                value = self.value(row, column)
                if value is not None:
                    made.put(column.key, placed(value, row.at(column.key)), row.at(column.key))
        return made

    def value(self, row: Row, column: Column) -> Any:
        """Return what a cell says, None for nothing; a fault is kept where it says nothing readable."""
        try:
            return column.cell.read(row.get(column.key), self.names)
        except Unreadable as error:
            self.say(error, row, column)
            return None

    def say(self, error: Unreadable, row: Row, column: Column) -> None:
        """Keep the fault of a cell; one without a name was said elsewhere."""
        if not error.rule:
            return
        found = row.get(column.key)
        text = (_WRONG if found else _EMPTY).fill(head=column.head, found=found, wanted=error.wanted)
        self.faults.append(fault(error.rule, text, row.at(column.key), error.remedy))


_WRONG = Text("{head}: 「{found}」は使えません。{wanted}", "{head}: {found!r} will not do: {wanted}")
_EMPTY = Text("{head}: {wanted}", "{head}: {wanted}")
