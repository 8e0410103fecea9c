"""Published plans: reading the printed table, faults included."""

from ksolve.published.cell.grid import Grid
from ksolve.published.files.file_types import read_grid
from ksolve.published.files.text import parse_grid
from ksolve.published.reading import interpret, read_published, survey
from ksolve.published.rows import (
    Closure,
    Component,
    Ditto,
    Mark,
    MarkKind,
    Note,
    Promise,
    PublishedPlan,
    PublishedRow,
    PublishedTable,
)

__all__ = [
    "Closure",
    "Component",
    "Ditto",
    "Grid",
    "Mark",
    "MarkKind",
    "Note",
    "Promise",
    "PublishedPlan",
    "PublishedRow",
    "PublishedTable",
    "interpret",
    "parse_grid",
    "read_grid",
    "read_published",
    "survey",
]
