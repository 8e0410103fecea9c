"""Tables for Excel begin with a byte order mark, and whatever reads tables takes them with and without."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from ksolve.api import prepare
from ksolve.files.separated import csv_bytes, tsv_bytes
from ksolve.plan import load
from ksolve.plan.difference import difference
from ksolve.published import read_published
from ksolve.revise.wish_rows import read_wishes
from ksolve.schedules import read_schedule

ROWS = st.lists(st.lists(st.text(max_size=5), min_size=1, max_size=3), max_size=3)
SOURCES = sorted((ROOT / "src").rglob("*.py"))
WRITERS = re.compile(r"csv\.(?:Dict)?[wW]riter|\.to_csv\(")


@given(ROWS, st.sampled_from([csv_bytes, tsv_bytes]))
def test_every_table_has_one_mark(rows: list[list[str]], write: Callable[[Any], bytes]) -> None:
    data = write(rows)
    assert data.startswith(codecs.BOM_UTF8)
    assert not data.removeprefix(codecs.BOM_UTF8).startswith(codecs.BOM_UTF8) or "\ufeff" in rows[0][0]


def test_tables_are_written_in_one_place() -> None:
    found = {path.name for path in SOURCES if WRITERS.search(path.read_text(encoding="utf-8"))}
    assert found == {"separated.py"}


@pytest.fixture
def case(small: Path) -> Any:
    return prepare(small)


SCHEDULE = "事業,日付,開始\r\n健診,2024-04-03,10:00\r\n"
WISHES = "事業,新しい日付,理由\r\n健診,5/8,祭り\r\n"
TABLE = "令和6年度 事業計画\n事業\t実施回数\t4月\t5月\n健診\t年1回\t○\t\n"


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("s.csv", SCHEDULE, lambda path, case: read_schedule(path, case.problem).sessions),
        ("s.tsv", SCHEDULE.replace(",", "\t"), lambda path, case: read_schedule(path, case.problem).sessions),
        ("w.csv", WISHES, lambda path, _case: [one.text for one in read_wishes(path)]),
        ("t.tsv", TABLE, lambda path, _case: [(row.name, row.months) for row in read_published(path).rows]),
        (
            "t.csv",
            TABLE.replace("\t", ","),
            lambda path, _case: [row.name for row in read_published(path).rows],
        ),
    ],
)
def test_a_table_is_read_with_and_without_its_mark(
    tmp_path: Path, case: Any, name: str, text: str, read: Callable[[Path, Any], Any]
) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    plain = read(path, case)
    assert plain
    path.write_bytes(codecs.BOM_UTF8 + text.encode())
    assert read(path, case) == plain


def test_a_plan_is_read_with_and_without_its_mark(small: Path, tmp_path: Path) -> None:
    marked = tmp_path / "marked.yaml"
    marked.write_bytes(codecs.BOM_UTF8 + small.read_bytes())
    assert difference(load(small), load(marked)) is None
