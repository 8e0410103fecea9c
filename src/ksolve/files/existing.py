"""Files that exist already, said once for each folder: a run writes a dozen of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ksolve.errors import fault
from ksolve.findings import Finding, Place
from ksolve.text import Text

FILE_EXISTS = "file-exists"
_NAMED = 3
"""So many files of a folder are named."""


def together(faults: Iterable[Finding]) -> Iterator[Finding]:
    """Yield faults, those of several files of one folder that exist already as one, where the first stood."""
    found = list(faults)
    there: dict[Path, list[str]] = {}
    for one in found:
        if one.rule == FILE_EXISTS and one.place:
            path = Path(one.place.file)
            there.setdefault(path.parent, []).append(path.name)
    for one in found:
        folder = Path(one.place.file).parent if one.rule == FILE_EXISTS and one.place else None
        names = there.pop(folder, []) if folder else []
        if folder is None or len(names) == 1:
            yield one
        elif names:
            yield _several(folder, names)


def _several(folder: Path, names: list[str]) -> Finding:
    listed = Text("、".join(names[:_NAMED]), ", ".join(names[:_NAMED]))
    if len(names) > _NAMED:
        listed += _MORE.fill(more=len(names) - _NAMED)
    return fault(FILE_EXISTS, _SEVERAL.fill(count=len(names), names=listed), Place(str(folder)), _FORCE)


_SEVERAL = Text(
    "このフォルダには、書き出すファイルと同じ名前のファイルが{count}個あります({names})",
    "{count} of the files to be written exist in this folder already ({names})",
)
_MORE = Text("、ほか{more}個", "and {more} more")
_FORCE = Text(
    "-o で別のフォルダに書き出すか、--force を付けて置き換えてください",
    "write to another folder with -o, or replace them with --force",
)
