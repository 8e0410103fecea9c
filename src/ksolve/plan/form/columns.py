"""A column of the form, a sheet of them, and the columns that most sheets have."""

from __future__ import annotations

from dataclasses import dataclass

from ksolve.plan.form.cells import ASSUMED, MARKED, WORD, Cell
from ksolve.text import Text

_NO_NOTE = Text("", "")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key of the plan that it holds, its heading, its cells, and what its note says.

    `choices` are the words of its drop-down list, or the sheet and column that they stand in. `rare`
    columns are for the few rows that need them. `example` is what the line of examples shows.
    """

    key: str
    head: Text
    cell: Cell = WORD
    width: int = 14
    note: Text = _NO_NOTE
    example: Text | str = ""
    choices: tuple[Text, ...] | str = ()
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the word for it, its name, what it asks for, and its columns.

    Forms made by an earlier version have none that `is_added`.
    """

    key: str
    title: Text
    asks: Text
    columns: tuple[Column, ...]
    is_added: bool = False

    def column(self, key: str) -> Column:
        """Return a column by its key."""
        return next(column for column in self.columns if column.key == key)


TICKED = (Text("○", "○"),)
ASSUMED_COLUMN = Column(
    "assumed",
    Text("仮", "assumed"),
    ASSUMED,
    6,
    Text(
        "まだ決まっていない、仮に置いた行に「仮」と書きます。色が付きます。決まったら消してください",
        "assumed, where the row is still an assumption; the row is coloured until it is deleted",
    ),
    choices=(MARKED,),
)
REMARK = Column(
    "#",
    Text("備考", "remarks"),
    width=26,
    note=Text(
        "自由に書けます。予定には影響しません(計画の YAML では # の行になります)",
        "anything; it changes nothing (in YAML it becomes a comment)",
    ),
)
IDENT = Column(
    "id",
    Text("記号", "id"),
    width=12,
    note=Text(
        "ksolve が行を見分ける記号です。新しい行では空けておいてください。名前を直しても、これは直しません",
        "how ksolve knows the row; leave it empty in a new one, and keep it where a name changes",
    ),
    rare=True,
)
