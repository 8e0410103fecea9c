"""Published plans: reading the printed table, faults included."""

from ksolve.published.cells import Grid
from ksolve.published.opening import read_grid
from ksolve.published.reading import interpret, read_published, survey
from ksolve.published.rows import (
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
from ksolve.published.text_tables import parse_grid

__all__ = [
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
