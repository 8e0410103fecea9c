"""Files in the user's cache directory: whole or not there, and only the user's own are looked at."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path


def cache_folder() -> Path | None:
    """Return the folder of this program in the user's cache directory, None where there is none."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        folder = Path(named) if named else Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        return None
    return folder / "ksolve" if folder.is_absolute() else None


def recall(kept: Path, key: bytes) -> bytes | None:
    """Return what was kept under a key, None where it is missing, damaged, stale or somebody else's.

    The file begins with a digest of the key and of what follows: what was kept under another key
    is not looked at any further.
    """
    try:
        with kept.open("rb") as file:
            if not _is_own(os.fstat(file.fileno())):
                return None
            data = file.read()
    except OSError:
        return None
    size = sha256().digest_size
    digest, value = data[:size], data[size:]
    return value if digest == _digest(key, value) else None


def keep(kept: Path, key: bytes, value: bytes) -> None:
    """Keep a value under a key, whole or not at all; a directory that takes no file is no fault."""
    with suppress(OSError):
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=kept.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(key, value) + value)
            Path(name).replace(kept)
        except OSError:
            Path(name).unlink()
            raise


def _is_own(found: os.stat_result) -> bool:
    """Tell whether a file is the user's, and no other may write to it (where the system knows of users)."""
    if not stat.S_ISREG(found.st_mode):
        return False
    return os.name != "posix" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


def _digest(key: bytes, value: bytes) -> bytes:
    return sha256(sha256(key).digest() + sha256(value).digest()).digest()
