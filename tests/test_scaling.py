"""What all municipalities would take is calculated from measured rows: checked against one done by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked import with_lines
from paper import EVERYWHERE, Row, calculated, compared, figures

SMALL = Row(
    *("8", "local:2", "all", "optimal", 40.0),
    parts=8,
    dated=8,
    proven=4,
    first_s=8.0,
    total_s=20.0,
    after_s=1.0,
    busy_s=32.0,
    longest_s=9.0,
    client_s=2.0,
    search_s=34.0,
    client_mib=200,
    search_mib=400,
)
LARGE = replace(
    SMALL,
    centres="108",
    parts=108,
    first_s=108.0,
    after_s=10.8,
    client_s=16.2,
    client_mib=300,
    search_mib=500,
)


def test_what_a_centre_takes_is_what_was_measured_by_the_largest_run_and_the_growth_between_two() -> None:
    found = figures([SMALL, LARGE])
    assert found is not None
    assert found.first_s == 2.0  # 108 s of two workers for 108 centres
    assert found.proven_s == 4.0  # 32 s of searching for 8
    assert found.proven_share == 0.5
    assert found.client_s == pytest.approx(0.05)  # 16.2 s less 10.8 s of checking
    assert found.after_s == pytest.approx(0.1)
    assert found.client_mib == 1.0  # 100 MiB more for 100 centres more
    assert found.search_mib == 500


def test_cores_bound_a_few_and_the_client_many() -> None:
    lines = list(calculated([SMALL, LARGE], "en"))
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| ")]
    few, many = cells[1], cells[-1]
    minutes = (EVERYWHERE * 2.0 / 2 + EVERYWHERE * 0.1) / 60
    assert few == ["2", f"{minutes:,.1f}", "cores", "60.9", "cores", "0.98"]
    assert many[:3] == [str(EVERYWHERE), f"{EVERYWHERE * 0.15 / 60:,.1f}", "the client"]


def test_nothing_is_calculated_from_one_size_or_where_a_centre_has_no_schedule() -> None:
    assert figures([SMALL]) is None
    assert figures([SMALL, replace(LARGE, first_s=None)]) is None


def test_a_cluster_is_compared_with_as_many_processes_per_part() -> None:
    pool = replace(SMALL, way="pool:2", total_s=16.0, search_s=30.0)
    (line,) = compared([pool, SMALL, replace(SMALL, way="local:4")])
    assert "2 workers" in line
    assert "+0.50 s of wall time (+25 %), +0.50 s of processor time (+12 %)" in line


def test_a_document_without_the_marks_is_refused() -> None:
    assert with_lines("a <!-- x: begin -->old<!-- x: end --> b", "x", ["new"]).splitlines() == [
        "a <!-- x: begin -->",
        "new",
        "<!-- x: end --> b",
    ]
    with pytest.raises(ValueError, match="x: begin"):
        with_lines("nothing", "x", [])
