"""Text files in, whole files out."""

from __future__ import annotations

import codecs
import csv
import errno
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.findings import Finding, Place
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
        reason = _UNREADABLE.fill(why=_why(error))
        raise PlanError([fault("unreadable-file", reason, Place(str(path)))]) from error


def read_stdin() -> bytes:
    """Return what standard input holds."""
    return sys.stdin.buffer.read()


def decode_text(data: bytes, file: str) -> str:
    """Return bytes as text, from UTF-8 (with or without BOM), Shift_JIS, or UTF-16 with its BOM.

    Raises PlanError when they are no text.
    """
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp932"):
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
        raise PlanError([_unwritable(path, error)]) from error


def refuse_unwritable(paths: Iterable[Path], *, force: bool) -> None:
    """Raise PlanError for everything that keeps files from being written at the end of a long run.

    That is a file that exists (unless `force`), a folder of the same name, a folder that
    cannot be made or written to.
    """
    listed = list(paths)
    faults = [
        fault("file-exists", _EXISTS, Place(str(p)), _FORCE) for p in listed if p.is_file() and not force
    ]
    faults += [_unwritable(path, IsADirectoryError(errno.EISDIR, "")) for path in listed if path.is_dir()]
    for folder in sorted({path.parent for path in listed}):
        try:
            _probe(folder)
        except OSError as error:
            faults.append(_unwritable(folder, error))
    if faults:
        raise PlanError(faults)


def _probe(folder: Path) -> None:
    """Write a nameless file into a folder, or into the nearest one above it that exists."""
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    with tempfile.TemporaryFile(dir=existing) as file:
        file.write(b"x")


def _unwritable(path: Path, error: OSError) -> Finding:
    return fault("unwritable-file", _UNWRITABLE.fill(why=_why(error)), Place(str(path)))


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV in UTF-8 with a byte order mark; no cell of it is a formula to Excel.

    A cell that begins with =, +, - or @ gets an apostrophe in front, which `unguarded` takes away.
    """
    text = io.StringIO(newline="")
    guarded = ([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row] for row in rows)
    csv.writer(text, lineterminator="\r\n").writerows(guarded)
    return text.getvalue().encode("utf-8-sig")


def tsv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as tab-separated text in UTF-8; white space within a cell becomes one space."""
    lines = ("\t".join(" ".join(cell.split()) for cell in row).rstrip("\t") for row in rows)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def unguarded(cell: str) -> str:
    """Return a cell of a CSV file as it was before `csv_bytes` guarded it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r].", re.DOTALL)
"""What a spreadsheet may run, and what looks guarded already. A dash alone is harmless."""


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _why(error: OSError) -> Text:
    """Return the system's reason in both languages, or as the system says it where it is a rare one."""
    return _REASONS.get(error.errno or 0, plain(error.strerror or error))


_REASONS = {
    errno.ENOENT: Text("ファイルやフォルダがありません", "no such file or folder"),
    errno.EISDIR: Text("フォルダです", "it is a folder"),
    errno.ENOTDIR: Text(
        "フォルダのはずの所に同じ名前のファイルがあります", "a file stands where a folder is wanted"
    ),
    errno.EEXIST: Text("同じ名前のファイルがあります", "a file of that name exists"),
    errno.EACCES: Text("権限がありません", "permission denied"),
    errno.EPERM: Text("権限がありません", "permission denied"),
    errno.EROFS: Text("書き込みできない場所です", "it cannot be written to"),
    errno.ENOSPC: Text("空き容量がありません", "no space is left"),
    errno.ENAMETOOLONG: Text("名前が長すぎます", "the name is too long"),
    errno.EBUSY: Text("ほかのプログラムが使っています", "another program is using it"),
    errno.ELOOP: Text("リンクが循環しています", "the links go in circles"),
}
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
