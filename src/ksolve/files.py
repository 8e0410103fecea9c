"""Text files in, whole files out."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.findings import Place
from ksolve.text import Text, plain

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
"""What no text holds."""


def read_text(path: Path) -> str:
    """Return a file's text, from UTF-8 (with or without BOM) or Shift_JIS.

    Raises PlanError when the file is missing, cannot be opened, or is no text.
    """
    return decode_text(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Return what a file holds. Raises PlanError when it is missing or cannot be opened."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise PlanError([fault("unreadable-file", _MISSING, Place(str(path)))]) from error
    except OSError as error:
        reason = _UNREADABLE.fill(why=plain(error.strerror))
        raise PlanError([fault("unreadable-file", reason, Place(str(path)))]) from error


def decode_text(data: bytes, file: str) -> str:
    """Return bytes as text, from UTF-8 (with or without BOM) or Shift_JIS.

    Raises PlanError when they are no text.
    """
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise PlanError([fault("unknown-encoding", _ENCODING, Place(file), _SAVE_AS)])


def beside(path: Path, name: str) -> Path:
    """Return the file that `name` means when it is written in the file `path`."""
    return Path(os.path.normpath(path.parent / name))


def write_whole(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all; with `force` an existing one is replaced.

    Raises PlanError when the file exists and `force` is off, or when it cannot be written.
    """
    if path.exists() and not force:
        raise PlanError([fault("file-exists", _EXISTS, Place(str(path)), _FORCE)])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            part.chmod(0o666 & ~_umask())
            part.replace(path)
        except BaseException:
            part.unlink()
            raise
    except OSError as error:
        reason = _UNWRITABLE.fill(why=plain(error.strerror))
        raise PlanError([fault("unwritable-file", reason, Place(str(path)))]) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


_MISSING = Text("ファイルがありません", "there is no such file")
_UNREADABLE = Text("ファイルを開けません ({why})", "the file cannot be opened ({why})")
_UNWRITABLE = Text("ファイルを書けません ({why})", "the file cannot be written ({why})")
_ENCODING = Text(
    "UTF-8 でも Shift_JIS でもないため読み取れません",
    "not text in UTF-8 or Shift_JIS",
)
_SAVE_AS = Text(
    "表計算ソフトから「CSV UTF-8」またはタブ区切りテキストで保存してください",
    "save it from the spreadsheet as CSV UTF-8 or tab-separated text",
)
_EXISTS = Text("ファイルがすでにあります", "the file already exists")
_FORCE = Text(
    "別の名前にするか、--force を付けて置き換えてください",
    "choose another name, or replace it with --force",
)
