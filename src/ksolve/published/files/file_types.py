"""A file to a grid: which kind of file it is, and a way out where it is none that can be read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from ksolve.errors import PlanError
from ksolve.files import decode_text, read_bytes, read_stdin
from ksolve.findings import Finding, Place
from ksolve.published.cell.grid import Grid
from ksolve.published.files.text import parse_grid
from ksolve.published.messages import finding

STDIN = Path("-")
_NAMED = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), "text"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx"), "xlsx"),
    **dict.fromkeys((".docx", ".docm"), "docx"),
    ".pdf": "pdf",
}
_SUFFIX = {"text": ".csv", "xlsx": ".xlsx", "docx": ".docx", "pdf": ".pdf"}
_EXTRAS = {"docx": "docx", "pdf": "pdfplumber"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SEALED = "EncryptedPackage".encode("utf-16-le")


def read_grid(path: Path) -> Grid:
    """Read a table from tab-separated text, CSV (UTF-8, Shift_JIS), xlsx, docx or pdf; ``-`` is stdin.

    Raises PlanError when the file is missing, empty, encrypted, broken, a scan, not what its
    name says, or of no kind that is read, and when the extra that reads it is not installed.
    """
    is_piped = path == STDIN
    data, file = (read_stdin(), "<stdin>") if is_piped else (read_bytes(path), str(path))
    kind = _kind(data, file)
    named = _NAMED.get(path.suffix.lower(), kind)
    if named != kind:
        raise _refused("renamed-file", file, found=kind, named=path.suffix, suffix=_SUFFIX[kind])
    if kind in _EXTRAS and find_spec(_EXTRAS[kind]) is None:
        raise _refused("missing-extra", file, extra=kind)
    return _READERS[kind](data, file)


def _refused(name: str, file: str, **values: object) -> PlanError:
    return PlanError([_of_file(name, file, **values)])


def _of_file(name: str, file: str, **values: object) -> Finding:
    return finding(name, Place(file), **values)


def _kind(data: bytes, file: str) -> str:
    """Return what a file is by how it begins. Raises PlanError for what cannot be read."""
    if not data.strip(b"\0 \t\r\n"):
        raise _refused("empty-file", file)
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(_OLE):
        raise _refused("encrypted-file" if _SEALED in data else "old-format", file)
    return _kind_of_archive(data, file) if data.startswith(b"PK") and b"\0" in data else "text"


def _kind_of_archive(data: bytes, file: str) -> str:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _refused("broken-file", file) from error
    for name, kind in (("xl/workbook.xml", "xlsx"), ("word/document.xml", "docx")):
        if name in names:
            return kind
    raise _refused("unknown-kind", file)


def _text(data: bytes, file: str) -> Grid:
    return parse_grid(decode_text(data, file), file)


def _xlsx(data: bytes, file: str) -> Grid:
    from ksolve.published.files.xlsx import read_xlsx

    return read_xlsx(data, file)


def _docx(data: bytes, file: str) -> Grid:
    from ksolve.published.files.docx import read_docx

    return read_docx(data, file)


def _pdf(data: bytes, file: str) -> Grid:
    from ksolve.published.files.pdf import read_pdf

    return read_pdf(data, file)


_READERS: dict[str, Callable[[bytes, str], Grid]] = {
    "text": _text,
    "xlsx": _xlsx,
    "docx": _docx,
    "pdf": _pdf,
}
