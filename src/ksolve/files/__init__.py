"""Plain files in, up to a size, and whole files out."""

from __future__ import annotations

import codecs
import errno
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ksolve.errors import PlanError, fault
from ksolve.files.existing import FILE_EXISTS, together
from ksolve.findings import Finding, Place
from ksolve.text import Text, plain

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
"""What no text holds; but a name in our own files, which are UTF-8, may."""


MOST_BYTES = 32 << 20
"""No file of more bytes is read; a table of 5,000 programmes has one million."""
MOST_TEXT = 16 << 20
"""No more bytes are read as text; a schedule of 100,000 sessions has fifteen million."""
MOST_PLAN = 2 << 20
"""No more bytes are read of a plan in YAML; one of 1,000 programmes has a tenth of it."""


def read_text(path: Path, most: int = MOST_TEXT) -> str:
    """Return a file's text, from UTF-8 (with or without BOM) or Shift_JIS.

    Raises PlanError when the file is missing, cannot be opened, is no text, or holds more than `most` bytes.
    """
    return decode_text(read_bytes(path, most), str(path))


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """Return what a file, a pipe or a terminal holds.

    Raises PlanError when it is missing, a device, cannot be opened, or holds more than `most` bytes.
    """
    try:
        _refuse_unnameable(path)
        found = path.stat()
        if not _is_readable(path, found.st_mode):
            raise PlanError([fault("unreadable-file", _DEVICE, Place(str(path)))])
        if stat.S_ISREG(found.st_mode) and found.st_size > most:
            raise _too_large(str(path), most)
        with path.open("rb") as file:
            return _bounded(file, str(path), most)
    except FileNotFoundError as error:
        raise PlanError([fault("unreadable-file", _MISSING, Place(str(path)))]) from error
    except OSError as error:
        reason = _UNREADABLE.fill(why=reason_of(error))
        remedy = _ONE_OF_IT if isinstance(error, IsADirectoryError) else None
        raise PlanError([fault("unreadable-file", reason, Place(str(path)), remedy)]) from error
    except ValueError as error:
        raise PlanError([fault("unreadable-file", _NAME, Place(str(path)))]) from error


def read_stdin() -> bytes:
    """Return what standard input holds. Raises PlanError when that is more than MOST_BYTES."""
    return _bounded(sys.stdin.buffer, "-", MOST_BYTES) if sys.stdin else b""


def _refuse_unnameable(path: Path) -> None:
    """Raise ValueError for a name that is no UTF-8, which no record could hold, or has a zero byte."""
    if b"\0" in str(path).encode():
        raise ValueError(path)


def _is_readable(path: Path, mode: int) -> bool:
    """Tell whether something has an end: a file, a pipe, a folder (which says so itself), a terminal."""
    if stat.S_ISCHR(mode):
        with path.open("rb") as file:
            return file.isatty()
    return not (stat.S_ISBLK(mode) or stat.S_ISSOCK(mode))


def _bounded(file: IO[bytes], name: str, most: int) -> bytes:
    data = file.read(most + 1)
    if len(data) > most:
        raise _too_large(name, most)
    return data


def _too_large(name: str, most: int) -> PlanError:
    said = _LARGE.fill(most=f"{most >> 20} MB")
    return PlanError([fault("too-large", said, Place(name), _SMALLER)])


def decode_text(data: bytes, file: str, most: int = MOST_TEXT) -> str:
    """Return bytes as text, from UTF-8 (with or without BOM), Shift_JIS, or UTF-16 with its BOM.

    Raises PlanError when they are no text, or more than `most`.
    """
    if len(data) > most:
        raise _too_large(file, most)
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp932"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" and "\0" not in text:
            return text
        if not _CONTROL.search(text):
            return text
    raise PlanError([fault("unknown-encoding", _ENCODING, Place(file), _SAVE_AS)])


def beside(path: Path, name: str) -> Path:
    """Return the file that `name` means when it is written in the file `path`."""
    return Path(os.path.normpath(path.parent / name))


def write_whole(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all; with `force` an existing one is replaced, its permissions kept.

    Behind a link it is the file that the link names. Raises PlanError when the file exists and `force` is
    off, when something else than a plain file stands there, or when it cannot be written.
    """
    obstacle = _obstacle(path, force=force)
    if obstacle:
        raise PlanError([obstacle])
    try:
        target = path.resolve() if path.exists() else path
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:_PREFIX]}.")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            part.chmod(mode)
            part.replace(target)
        except BaseException:
            part.unlink()
            raise
    except OSError as error:
        raise PlanError([_unwritable(path, error)]) from error


def write_together(files: Mapping[Path, bytes], *, force: bool = False) -> None:
    """Write several files, all or none: what was there before comes back where one cannot be written.

    Raises PlanError as `write_whole` does.
    """
    refuse_unwritable(files, force=force)
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    written: list[Path] = []
    try:
        for path, data in files.items():
            write_whole(path, data, force=force)
            written.append(path)
    except BaseException:
        for path in written:
            old = before[path]
            if old is None:
                path.unlink()
            else:
                write_whole(path, old, force=True)
        raise


def refuse_unwritable(paths: Iterable[Path], *, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Raise PlanError for everything that keeps files from being written at the end of a long run.

    That is a file that exists (unless `force`), one that is an input of the run, anything that is no
    plain file, and a folder that cannot be made or written to.
    """
    listed, read = list(paths), list(inputs)
    faults = [
        fault("output-is-input", _INPUT, Place(str(path)), _ELSEWHERE)
        for path in listed
        if any(is_same_file(path, one) for one in read)
    ]
    faults += faults or [found for path in listed if (found := _obstacle(path, force=force))]
    for folder in sorted({path.parent for path in listed}):
        try:
            _probe(folder)
        except OSError as error:
            faults.append(_unwritable(folder, error))
    if faults:
        raise PlanError(together(faults))


def is_file(path: Path) -> bool:
    """Tell whether a name, which may be one that no file can have, is that of a plain file."""
    with suppress(OSError, ValueError):
        return stat.S_ISREG(path.stat().st_mode)
    return False


def is_folder(path: Path) -> bool:
    """Tell whether a name, which may be one that no file can have, is that of a folder."""
    with suppress(OSError, ValueError):
        return stat.S_ISDIR(path.stat().st_mode)
    return False


def is_same_file(one: Path, other: Path) -> bool:
    """Tell whether two names are those of one file that exists."""
    with suppress(OSError, ValueError):
        return one.samefile(other)
    return False


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder to write to, which is made; it goes again if nothing was written.

    The lock is the system's and ends with the process, however that ends. Raises PlanError where
    another run has it, or where the folder cannot be made.
    """
    try:
        made = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlanError([_unwritable(folder, error)]) from error
    handle = _lock(folder)
    try:
        yield
    finally:
        for one in made:
            with suppress(OSError):  # it holds what was written
                one.rmdir()
        if handle is not None:
            os.close(handle)


def _lock(folder: Path) -> int | None:
    """Return an open handle that holds a folder's lock, None where the system has no such locks."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise PlanError([fault("folder-in-use", _IN_USE, Place(str(folder)), _WAIT)]) from error
    except OSError:  # a file system without locks
        pass
    return handle


def _obstacle(path: Path, *, force: bool) -> Finding | None:
    """Return what keeps a path from being written, None where nothing does."""
    try:
        _refuse_unnameable(path)
        found = path.lstat()
        is_link = stat.S_ISLNK(found.st_mode)
        with suppress(OSError):  # a link that names nothing, or itself, is replaced as it is
            found = path.stat() if is_link else found
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return _unwritable(path, error)
    except ValueError:
        return fault("unwritable-file", _NAME, Place(str(path)), _RENAME)
    if stat.S_ISDIR(found.st_mode):
        return _unwritable(path, IsADirectoryError(errno.EISDIR, ""))
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode)):
        return fault("no-plain-file", _NOT_PLAIN, Place(str(path)), _ELSEWHERE)
    return None if force else fault(FILE_EXISTS, _EXISTS, Place(str(path)), _FORCE)


def _probe(folder: Path) -> None:
    """Write a nameless file into a folder, or into the nearest one above it that exists."""
    existing = next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))
    with tempfile.TemporaryFile(dir=existing) as file:
        file.write(b"x")


def _unwritable(path: Path, error: OSError) -> Finding:
    return fault("unwritable-file", _UNWRITABLE.fill(why=reason_of(error)), Place(str(path)))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def reason_of(error: OSError) -> Text:
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
_PREFIX = 60
"""So much of a name is in that of the part that is written first: a name may have 255 bytes."""
_NAME = Text("名前が UTF-8 ではありません", "its name is not UTF-8")
_ONE_OF_IT = Text("その中のファイルを一つ指定してください", "name one file of it")
_RENAME = Text("別の名前にしてください", "choose another name")
_DEVICE = Text("読めるファイルではありません", "it is neither a file nor a pipe")
_LARGE = Text("{most} を超えるため読みません", "it is larger than {most}, and is not read")
_SMALLER = Text("必要な部分だけのファイルにしてください", "save what is needed of it as a file of its own")
_NOT_PLAIN = Text(
    "普通のファイルではない(デバイスなど)ので置き換えません",
    "it is no plain file but a device or a pipe, and is not replaced",
)
_INPUT = Text("読み込むファイルと書き出すファイルが同じです", "the file to be written is one that is read")
_ELSEWHERE = Text("別の所に書き出してください", "write to another place")
_IN_USE = Text(
    "別の ksolve がこのフォルダに書き出しているところです", "another ksolve is writing to this folder"
)
_WAIT = Text(
    "それが終わるまで待つか、-o で別のフォルダに書き出してください",
    "wait until it has ended, or write to another folder with -o",
)
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
