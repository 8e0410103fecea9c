"""Tables spoiled at random: nothing is raised but a PlanError, and no cell is lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from conftest import KOGANEI
from ksolve.errors import PlanError
from ksolve.findings import Severity
from ksolve.published import Grid, parse_grid, survey
from ksolve.published.files.xlsx_arrows import Arrow, with_arrows
from ksolve.published.files.xlsx_beside import Drawn

PLANS = Path(__file__).parent / "plans"
LAYOUTS = Path(__file__).parent / "layouts"
MUTANTS = 20_000
SHARES = 4
SMALL = 7
"""Most mutants have so many lines: each is read in two or three milliseconds."""

Rows = list[list[str]]
SIGNS = "○◯〇●◎↔⇔←→⇒↓①②〃年月回日第火曜・、,/～~()（）×－ー※0123456789０１abcZ。を令和度開始休館続き"
STRANGE = "\u200b\u3000\ue000\U0001f600\x01\x07\x7f\x85\u2028\u202e\ufeff\x00"
WORDS = [
    "月1回",
    "",
    "年2回",
    "4/20、5/11",
    "5月",
    "6 20",
    "3",
    "10:30~",
    "〃",
    "①→",
    "←①",
    "第1・3日曜日",
    "通年",
]
WORDS += [
    "事業名",
    "実施回数",
    "4月",
    "計",
    "令和6年度",
    "※",
    "年1～2回",
    "上半期・下半期各1回",
    "2月30日",
    "(月1回×5か月)×2",
]


def _bases() -> list[Rows]:
    tables = [
        [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
        for path in [*sorted(PLANS.glob("*.csv")), *sorted(LAYOUTS.glob("*.csv"))]
    ]
    lines = (KOGANEI / "r6-published.tsv").read_text(encoding="utf-8").splitlines()
    koganei = [line.split("\t") for line in lines]
    heads = [koganei[3:12], koganei[20:30], koganei[34:48], koganei[51:63], koganei[64:77]]
    return [table[:SMALL] for table in [*tables, *heads]]


def _shift(rows: Rows, line: int, column: int, chance: random.Random) -> None:
    rows[line].insert(column, chance.choice(WORDS))


def _delete(rows: Rows, line: int, column: int, _: random.Random) -> None:
    del rows[line][column]


def _merge(rows: Rows, line: int, column: int, _: random.Random) -> None:
    rows[line][column] += "".join(rows[line][column + 1 : column + 2])


def _swap(rows: Rows, line: int, column: int, chance: random.Random) -> None:
    other = chance.randrange(len(rows))
    rows[line], rows[other] = rows[other], rows[line]
    rows[other][:] = rows[other][column:] + rows[other][:column]


def _repeat(rows: Rows, line: int, _: int, chance: random.Random) -> None:
    rows.insert(chance.randrange(len(rows)), list(rows[line]))


def _drop(rows: Rows, line: int, _: int, __: random.Random) -> None:
    del rows[line]


def _scribble(rows: Rows, line: int, column: int, chance: random.Random) -> None:
    rows[line][column] = "".join(chance.choices(SIGNS, k=chance.randint(1, 12)))


def _garble(rows: Rows, line: int, column: int, chance: random.Random) -> None:
    ranges = [(32, 0x3000), (0x3000, 0xD800), (0xE000, 0x110000)]
    letters = [chr(chance.randrange(*chance.choice(ranges))) for _ in range(chance.randint(1, 8))]
    rows[line][column] = "".join(letters) + chance.choice(STRANGE)


def _reword(rows: Rows, line: int, column: int, chance: random.Random) -> None:
    rows[line][column] = chance.choice(WORDS)


def _lengthen(rows: Rows, line: int, column: int, chance: random.Random) -> None:
    if chance.random() < 0.05:
        rows[line][column] = (rows[line][column] or chance.choice(SIGNS)) * 10_000
        rows[line][column] = rows[line][column][:10_000]


MUTATIONS: list[Callable[[Rows, int, int, random.Random], None]] = [
    _shift, _delete, _merge, _swap, _repeat, _drop, _scribble, _garble, _reword, _lengthen,
]  # fmt: skip


def _mutant(base: Rows, chance: random.Random) -> str:
    rows = [list(row) for row in base]
    for _ in range(chance.randint(1, 4)):
        line = chance.randrange(len(rows))
        if rows[line]:
            chance.choice(MUTATIONS)(rows, line, chance.randrange(len(rows[line])), chance)
        rows = rows or [[""]]
    return "\n".join("\t".join(row) for row in rows)


def _merged(grid: Grid, chance: random.Random) -> Grid:
    """Merge a block of cells as a book does: its first cell keeps the text, the others are covered."""
    cells = [cell for cell in grid.cells if cell.line < len(grid.rows)]
    if not cells or chance.random() < 0.5:
        return grid
    origin = chance.choice(cells)
    down, across = chance.randint(0, 3), chance.randint(0, 4)
    block = [(origin.line + n, origin.column - 1 + m) for n in range(down + 1) for m in range(across + 1)][1:]
    rows = [
        replace(
            row,
            cells=tuple("" if (row.line, n) in block else text for n, text in enumerate(row.cells)),
            covered={column: origin for line, column in block if line == row.line},
        )
        for row in grid.rows
    ]
    return Grid(grid.file, tuple(rows))


def _drawn(grid: Grid, chance: random.Random) -> Grid:
    """Draw arrows over a grid as over a sheet; those over free month cells are read."""
    arrows = []
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        line, first = chance.randint(1, len(grid.rows)), chance.randint(0, 15)
        last = first + chance.randint(1, 4)
        arrows.append(Arrow(line, first, last, Drawn(line, first + 1, "")))
    return with_arrows(grid, arrows)[0]


def _hold_the_law(grid: Grid) -> bool:
    """Every non-empty cell ends as a value, or in a finding that names it; tell whether it is a plan."""
    plan = survey(grid)
    cells = {(cell.line, cell.column) for cell in grid.cells}
    assert cells == set(plan.ledger)
    covered = {(row.line, column + 1) for row in grid.rows for column in row.covered}
    assert {(mark.line, mark.column) for row in plan.rows for mark in row.marks} <= cells | covered
    named = {(found.place.line, found.place.column) for found in plan.findings if found.place}
    assert {at for at, role in plan.ledger.items() if role == "finding"} <= named
    faults = [found for found in plan.findings if found.severity is Severity.ERROR]
    return bool(plan.tables) and not faults


@pytest.mark.parametrize("share", range(SHARES))
def test_spoiled_tables_raise_nothing_and_lose_no_cell(share: int) -> None:
    chance = random.Random(share)  # noqa: S311 - the same mutants in every run
    bases = _bases()
    plans = refused = 0
    for _ in range(MUTANTS // SHARES):
        text = _mutant(chance.choice(bases), chance)
        try:
            grid = parse_grid(text, "mutant.tsv")
        except PlanError:
            refused += 1
            continue
        plans += _hold_the_law(_drawn(_merged(grid, chance), chance))
    assert refused < MUTANTS // SHARES // 100  # only what is empty is refused unread
    assert plans > MUTANTS // SHARES // 4  # enough of them are still plans for the law to mean something


def _long(rows: Rows, lines: int, chance: random.Random) -> str:
    head, body = rows[:3], rows[3:]
    many = [list(chance.choice(body)) for _ in range(lines)]
    for _ in range(20):
        line = chance.randrange(len(many))
        if many[line]:
            _garble(many, line, chance.randrange(len(many[line])), chance)
    return "\n".join("\t".join(row) for row in [*head, *many])


@pytest.mark.parametrize("number", range(3))
def test_spoiled_tables_of_5000_rows_lose_no_cell(number: int) -> None:
    chance = random.Random(number)  # noqa: S311
    _hold_the_law(parse_grid(_long(chance.choice(_bases()), 5000, chance), "mutant.tsv"))


@pytest.mark.parametrize(
    "cell",
    ["(", "1", "「", "(1園", "を1回", "、", "4/20、", "○", "-", "①→", "〃", "(年1回)", "年", "\u3000a"],
)
def test_a_cell_of_10000_characters_is_read_in_any_column(cell: str) -> None:
    for column in range(4):
        row = ["甲", "乙", "年1回", "○"]
        row[column] = (cell * 10_000)[:10_000]
        months = "\t".join(f"{month}月" for month in (4, 5, 6))
        text = f"令和6年度 計画\n事業名称\t事業内容\t実施回数\t{months}\n" + "\t".join(row)
        _hold_the_law(parse_grid(text, "long.tsv"))


@pytest.mark.parametrize(
    "many", ["・".join(f"{n % 12 + 1}月" for n in range(60)), "月・" * 60, "第2週、" * 60]
)
def test_a_frequency_with_a_long_list_is_read_or_refused_and_not_tried_in_all_ways(many: str) -> None:
    for text in (f"月1回({many})", f"月1回({many}を除く)", f"{many}以外"):
        _hold_the_law(parse_grid(f"令和6年度 計画\n事業名\t実施回数\n甲\t{text}", "long.tsv"))
