"""A folder of files whose names differ from run to run: what is no more is taken away, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ksolve.errors import PlanError
from ksolve.files import is_file, read_text, write_whole

NAME = ".ksolve-files.json"
"""The record in such a folder: each file's name, and the SHA-256 of what was written."""


def write_in_place_of(
    folder: Path, files: Mapping[str, bytes], endings: tuple[str, ...], *, force: bool
) -> tuple[Path, ...]:
    """Write files into a folder, by their names, and return those of earlier runs that were taken away.

    With `force` these are all that the folder's record names, that end as one of `endings`, are not among
    `files`, and that nobody has changed since they were written. Raises PlanError as write_whole does.
    """
    known = _known(folder)
    gone = [name for name in known if name not in files and name.endswith(endings)] if force else []
    for name, data in files.items():
        write_whole(folder / name, data, force=force)
    taken = tuple(folder / name for name in gone if _is_as_written(folder / name, known[name]))
    for path in taken:
        path.unlink()
    kept = {name: written for name, written in known.items() if name not in gone}
    record = dict(sorted((kept | {name: digest(data) for name, data in files.items()}).items()))
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    write_whole(folder / NAME, text.encode(), force=True)
    return taken


def _known(folder: Path) -> dict[str, str]:
    """Return the files that a folder's record names; none where there is no record, or no sound one."""
    record = None
    with suppress(PlanError, ValueError, RecursionError):
        record = json.loads(read_text(folder / NAME))
    if not isinstance(record, dict):
        return {}
    return {name: str(written) for name, written in record.items() if Path(name).name == name}


def _is_as_written(path: Path, written: str) -> bool:
    return is_file(path) and digest(path.read_bytes()) == written


def digest(data: bytes) -> str:
    """Return the SHA-256 of what a file holds, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
