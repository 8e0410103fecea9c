"""The frequency parser kept in the user's cache directory: only what nobody else can have written is read.

What is kept there is run when it is loaded. So a file is looked at only where it and both folders above it
are the user's own, writable by nobody else, and no links.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

_MOST = 32
"""So much of a kind is kept; what was kept first goes first."""


def recall(kind: str, key: bytes) -> bytes | None:
    """Return what was kept of a kind under a key, None where it is missing, damaged or somebody else's.

    A file is named after its key, so that what other versions keep stays beside it. It begins with a
    digest of the key and of what follows; where that differs it is not looked at any further.
    """
    kept = _file(kind, key)
    if kept is None:
        return None
    try:
        if not _is_private(kept.parent):
            return None
        with open(kept, "rb", opener=_straight) as file:
            data = file.read() if _is_own(os.fstat(file.fileno()), stat.S_IFREG) else b""
    except OSError:
        return None
    size = sha256().digest_size
    digest, value = data[:size], data[size:]
    return value if digest == _digest(key, value) else None


def keep(kind: str, key: bytes, value: bytes) -> None:
    """Keep a value under a key, whole or not at all; a directory that takes no file is no fault."""
    kept = _file(kind, key)
    if kept is None:
        return
    with suppress(OSError):
        kept.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        if not _is_private(kept.parent):
            return
        handle, name = tempfile.mkstemp(dir=kept.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(key, value) + value)
            Path(name).replace(kept)
        except OSError:
            Path(name).unlink()
            raise
        _forget_oldest(kept.parent)


def _file(kind: str, key: bytes) -> Path | None:
    """Return where something is kept, None where the user has no cache directory."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        folder = Path(named) if named else Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        return None
    return folder / "ksolve" / kind / sha256(key).hexdigest() if folder.is_absolute() else None


def _straight(name: str, flags: int) -> int:
    """Open a file that is no link."""
    return os.open(name, flags | getattr(os, "O_NOFOLLOW", 0))


def _is_private(folder: Path) -> bool:
    """Tell whether a folder and the one above it are the user's own, and not links to others."""
    return all(_is_own(one.lstat(), stat.S_IFDIR) for one in (folder, folder.parent))


def _is_own(found: os.stat_result, kind: int) -> bool:
    """Tell whether a file or folder is the user's, and no other may write to it (where there are users)."""
    if stat.S_IFMT(found.st_mode) != kind:
        return False
    return os.name != "posix" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


def _digest(key: bytes, value: bytes) -> bytes:
    return sha256(sha256(key).digest() + sha256(value).digest()).digest()


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in kept[_MOST:]:
        file.unlink()
