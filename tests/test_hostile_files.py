"""Files made to exhaust whoever reads them: refused within bounds of memory and time, in a process each."""

from __future__ import annotations

import resource
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from conftest import SMALL

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of a process as Linux has them")
MEMORY = 900 << 20
"""Bytes of address space: the program itself takes a third of it."""
PROCESSOR_S = 60
"""No file here needs a tenth of it; one that has no end would be stopped."""


def _within_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ksolve", *map(str, arguments)],
        preexec_fn=_within_limits,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def _book(*changes: tuple[bytes, bytes], more: dict[str, bytes] | None = None) -> bytes:
    """Return a book of one sheet whose XML was changed, with further parts."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (["事業名", "実施回数", "4月"], ["健診", "年2回", "○"], ["事業", "日付", "開始"]):
        sheet.append(cells)
    plain, made = BytesIO(), BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            for old, new in changes if name == "xl/worksheets/sheet1.xml" else ():
                assert old in data
                data = data.replace(old, new)
            target.writestr(name, data)
        for name, data in (more or {}).items():
            target.writestr(name, data)
    return made.getvalue()


END = b"</sheetData>"
ROW = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>'


def merged() -> bytes:
    # openpyxl makes a cell for each of 27 million
    return _book((END, END + b'<mergeCells count="1"><mergeCell ref="A1:Z1048576"/></mergeCells>'))


def linked() -> bytes:
    return _book((END, END + b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'))


def bomb() -> bytes:
    return _book(more={"xl/media/image1.png": bytes(200 << 20)})


def bomb_of_cells() -> bytes:
    rows = b"".join(ROW % (n, n) for n in range(4, 10)) + b" " * (80 << 20)
    return _book((END, rows + END))


def many_parts() -> bytes:
    return _book(more={f"xl/media/{n}": b"" for n in range(5_000)})


def far_row() -> bytes:
    return _book((END, ROW % (4_000_000_000, 4_000_000_000) + END))


def laughing() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]>'.encode()
    cell = b'<row r="4"><c r="A4" t="inlineStr"><is><t>&a11;</t></is></c></row>'
    return _book((b"<worksheet", head + b"<worksheet"), (END, cell + END))


def wide_document() -> bytes:
    made = BytesIO()
    body = (
        '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2000000000"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    return made.getvalue()


def _pdf(box: bytes = b"0 0 595 842", stream: bytes = b"", pages: int = 1) -> bytes:
    kids = b" ".join(b"%d 0 R" % (n + 4) for n in range(pages))
    packed = zlib.compress(stream, 9)
    parts = [
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n",
        b"2 0 obj <</Type/Pages/Count %d/Kids[%s]>> endobj\n" % (pages, kids),
        b"3 0 obj <</Filter/FlateDecode/Length %d>> stream\n%s\nendstream endobj\n" % (len(packed), packed),
    ]
    page = b"%d 0 obj <</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 3 0 R>> endobj\n"
    parts += [page % (n + 4, box) for n in range(pages)]
    return b"".join([*parts, b"trailer <</Root 1 0 R/Size %d>>\n%%%%EOF" % (pages + 4)])


HOSTILE: dict[str, Callable[[], bytes]] = {
    "merged.xlsx": merged,
    "linked.xlsx": linked,
    "bomb.xlsx": bomb,
    "cells.xlsx": bomb_of_cells,
    "parts.xlsx": many_parts,
    "far.xlsx": far_row,
    "laughing.xlsx": laughing,
    "wide.docx": wide_document,
    "endless.pdf": lambda: _pdf(box=b"0 0 1e38 1e38"),
    "infinite.pdf": lambda: _pdf(box=b"0 0 99999999999999999999999999999999999999999999 1"),
    "none.pdf": lambda: _pdf(box=b"0 0 0 0"),
    "short.pdf": lambda: _pdf(box=b"0 0"),
    "names.pdf": lambda: _pdf(box=b"/a /b /c /d"),
    "bomb.pdf": lambda: _pdf(stream=b"q Q " * (50 << 20)),
    "pages.pdf": lambda: _pdf(pages=3_000),
    "nothing.tsv": lambda: bytes(1 << 20),
    "commas.csv": lambda: b"," * (20 << 20),
    "events.ics": lambda: b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 200_000 + b"END:VCALENDAR\n",
}


ASKED = [
    *(("read", name) for name in HOSTILE),
    *(("check", name) for name in HOSTILE if not name.endswith((".pdf", ".docx"))),
    ("published", "merged.xlsx"),
]


@pytest.mark.parametrize(("command", "name"), ASKED)
def test_a_hostile_file_is_refused_in_words(command: str, name: str, tmp_path: Path) -> None:
    path, plan = tmp_path / name, tmp_path / "plan.yaml"
    path.write_bytes(HOSTILE[name]())
    plan.write_text(SMALL if command == "check" else f"published: {name}\n{SMALL}", encoding="utf-8")
    asked = {"read": ("read", path), "check": ("check", plan, path), "published": ("check", plan)}
    done = _run(*asked[command])
    assert "Traceback" not in done.stderr
    if name == "far.xlsx":  # it holds little, and nothing up to where it is
        assert done.returncode in {0, 1}
        return
    assert done.returncode == 2, (done.stdout[-500:], done.stderr[-2000:])
    assert str(path) in done.stderr
    assert len(done.stderr) < 2_000


@pytest.mark.parametrize(
    "text",
    [
        "[],[]," * (1 << 20),
        "a: &a [" + "x, " * 1000 + "]\nb: [" + "*a, " * 1000 + "]\n",
        "[" * 100_000,
        "- " * 100_000,
        "a: " + "x" * (3 << 20),
        "? " * 50_000,
        "{" + ", ".join(f"k{n}: v" for n in range(60_000)) + "}",
    ],
    ids=["many", "aliases", "deep", "dashes", "long", "keys", "wide"],
)
def test_a_hostile_plan_is_refused_in_words(text: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(text, encoding="utf-8")
    done = _run("check", plan)
    assert done.returncode == 2, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(str(plan))
