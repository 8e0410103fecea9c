"""Published plans: reading the printed table, faults included."""

from ksolve.published.cells import Grid, parse_grid, read_grid
from ksolve.published.reading import interpret, read_published
from ksolve.published.rows import (
    Component,
    Mark,
    MarkKind,
    Promise,
    PublishedPlan,
    PublishedRow,
    PublishedTable,
)

__all__ = [
    "Component",
    "Grid",
    "Mark",
    "MarkKind",
    "Promise",
    "PublishedPlan",
    "PublishedRow",
    "PublishedTable",
    "interpret",
    "parse_grid",
    "read_grid",
    "read_published",
]
