"""A workbook whose packed data is damaged is said to be broken, whoever looks into it first."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from ksolve.plan.form.rows import is_form
from running import ksolve


def test_a_workbook_with_damaged_packed_data_is_a_broken_file_and_no_crash(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" * 99)
    data = bytearray(packed.getvalue())
    begin = 30 + len("xl/workbook.xml")  # a local header is as long, and the file's name
    data[begin] |= 0b110  # a block of the third kind, which there is not
    path = tmp_path / "torn.xlsx"
    path.write_bytes(data)
    assert not is_form(bytes(data))
    done = ksolve("read", path)
    assert done.returncode == 2, done.stderr
    assert "[broken-file]" in done.stderr
