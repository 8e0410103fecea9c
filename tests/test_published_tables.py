"""Sixty small tables of six kinds of places, each with what an eye reads in it, written before it was run.

A block of a file in ``tables/`` is a title behind #, the table, and what it means: ``= name: dates``,
``= name: count in months``, ``= name: ?`` where nothing says how often, ``-`` for a service, ``~26``
for 26 or 27, ``52 held 46`` for so many on the days that are open (no holidays, Sundays, New Year; of a
hall no Mondays, nor 5/7 and 9/24, the workdays after holidays); ``x`` closed days, ``!`` an error that it
must have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from ksolve.api import prepare
from ksolve.calendar import FiscalYear
from ksolve.findings import Severity
from ksolve.plan.skeleton import skeleton
from ksolve.published import PublishedRow, parse_grid, read_published, survey
from ksolve.solver import Options
from ksolve.verified import solve

YEAR = FiscalYear(2026)
FOLDER = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class _Table:
    title: str
    text: str
    rows: tuple[tuple[str, str], ...]
    closed: tuple[str, ...]
    errors: tuple[str, ...]


def _table(block: str) -> _Table:
    title, *lines = block.strip().splitlines()
    said = {sign: [line[2:] for line in lines if line.startswith(f"{sign} ")] for sign in "=x!"}
    table = [line for line in lines if line[:2] not in ("= ", "x ", "! ")]
    rows = tuple((name, meaning) for name, _, meaning in (line.rpartition(": ") for line in said["="]))
    return _Table(title, "\n".join(table) + "\n", rows, tuple(said["x"]), tuple(said["!"]))


def _tables() -> list[object]:
    return [
        pytest.param(_table(block), id=f"{path.stem}: {block.strip().splitlines()[0]}")
        for path in sorted(FOLDER.glob("*.txt"))
        for block in ("\n" + path.read_text(encoding="utf-8")).split("\n# ")[1:]
    ]


def _meaning(row: PublishedRow, wanted: str) -> str:
    """Return what a row means in the form of what is wanted of it."""
    if "2026-" in wanted or "2027-" in wanted:
        return " ".join(day.isoformat() for day in row.days_in(YEAR))
    if wanted in ("?", "-"):
        return (
            "-" if row.is_service else "?" if row.counted_from == "nothing" or row.frequency is None else "n"
        )
    count = f"{'~' if row.count.low != row.count.high and wanted[0] == '~' else ''}{row.count.low}"
    if " held " in wanted:
        return f"{count} held {wanted.rsplit(maxsplit=1)[-1]}"
    if " in " not in wanted:
        return count
    return f"{count} in " + " ".join(map(str, row.months.values if row.months else ()))


@pytest.mark.parametrize("table", _tables())
def test_a_table_means_what_an_eye_reads_in_it(table: _Table) -> None:
    plan = survey(parse_grid(table.text, "t.csv"))
    assert plan.year == YEAR
    assert [row.name for row in plan.rows] == [name for name, _ in table.rows]
    assert [_meaning(row, wanted) for row, (_, wanted) in zip(plan.rows, table.rows, strict=True)] == [
        wanted for _, wanted in table.rows
    ]
    assert tuple(one.days for one in plan.closures) == table.closed
    errors = [found.rule for found in plan.findings if found.severity is Severity.ERROR]
    assert tuple(errors) == table.errors
    grid = parse_grid(table.text, "t.csv")
    assert {(cell.line, cell.column) for cell in grid.cells} == set(plan.ledger)


KINDS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("kind", KINDS, ids=[path.stem for path in KINDS])
def test_the_dates_of_each_kind_of_table_are_those_of_its_schedule(kind: Path, tmp_path: Path) -> None:
    for number, block in enumerate(("\n" + kind.read_text(encoding="utf-8")).split("\n# ")[1:]):
        table = _table(block)
        if table.errors:
            continue
        file, target = tmp_path / f"{number}.csv", tmp_path / f"{number}.yaml"
        file.write_text(table.text, encoding="utf-8")
        plan = read_published(file)
        target.write_text(skeleton(plan, YEAR, target), encoding="utf-8")
        case = prepare(target)
        answer = solve(case.problem, Options(limit_s=60))
        assert answer.schedule is not None, (table.title, answer.verdict)
        for row, (name, wanted) in zip(plan.rows, table.rows, strict=True):
            held = [
                session.day.isoformat()
                for session in answer.schedule.sessions
                if re.match(rf"line-{row.line}(?!\d)", session.series)
            ]
            if "2026-" in wanted or "2027-" in wanted:
                assert sorted(held) == wanted.split(), (table.title, name)
            elif " held " in wanted:
                assert len(held) == int(wanted.split()[-1]), (table.title, name)
            elif wanted[0].isdecimal():
                assert len(held) in row.count, (table.title, name)
