"""Reading: a table of 5,000 rows as text, CSV, xlsx and with faults, and two commands as processes.

Run with ``make bench``. Times drift between machines. What is wanted: a table of 5,000 rows in
less than 2 s, ``ksolve frequency`` in less than 0.4 s.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from xlsxwriter import Workbook as Book

KOGANEI = Path(__file__).parents[1] / "models" / "koganei" / "r6-published.tsv"
ROWS = 5000
RUNS = 3
MONTHS = [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
HEADER = ["事業名称", "事業内容", "実施回数", *MONTHS]


def main() -> None:
    """Print the median of each measurement, and all of them as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        tables = _tables(Path(folder))
        figures = {name: _median(lambda path=path: _read(path)) for name, path in tables.items()}
    figures["ksolve frequency 月1回×5か月×2グループ"] = _median(
        lambda: _process("frequency", "月1回×5か月×2グループ")
    )
    figures["ksolve read r6-published.tsv"] = _median(lambda: _process("read", str(KOGANEI)))
    for name, seconds in figures.items():
        print(f"{name:48} {seconds:6.2f} s")
    print(json.dumps(figures, ensure_ascii=False))


def _median(measured: Callable[[], float]) -> float:
    return round(statistics.median(measured() for _ in range(RUNS)), 3)


def _read(path: Path) -> float:
    """Read a table in a process of its own state: what is remembered from before is forgotten."""
    code = (
        "import sys, time; from pathlib import Path; from ksolve.published import read_grid, survey\n"
        "began = time.perf_counter(); survey(read_grid(Path(sys.argv[1])))\n"
        "print(time.perf_counter() - began)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _process(*arguments: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "ksolve", *arguments], capture_output=True, check=True)
    return time.perf_counter() - began


def _tables(folder: Path) -> dict[str, Path]:
    """Write the tables: few different frequencies, one for each row, none that can be read, a list."""
    few = _grid(lambda n: f"年{n % 50 + 1}回(第{n % 4 + 1}{'月火水木金'[n % 5]}曜日)")
    return {
        "5,000 rows x 12 months, tsv": _write(folder / "few.tsv", few, "\t"),
        "the same, csv": _write(folder / "few.csv", few, ","),
        "the same, xlsx": _book(folder / "few.xlsx", few),
        "the same with 計 as formulas, xlsx": _book_of_formulas(folder / "sums.xlsx", few),
        "5,000 different frequencies, tsv": _write(folder / "all.tsv", _grid(lambda n: f"年{n}回"), "\t"),
        "5,000 unreadable frequencies, tsv": _write(
            folder / "none.tsv", _grid(lambda n: f"年に何度か{n}"), "\t"
        ),
        "5,000 rows without months, csv": _write(folder / "list.csv", _list(), ","),
    }


def _grid(frequency: Callable[[int], str]) -> list[list[str]]:
    rows = [["令和6年度 事業計画"], HEADER]
    for n in range(ROWS):
        content = f"教室{n} 春の会{n}(年{n % 7 + 1}回) 秋の会(年2回)"
        marks = ["○" if (n + month) % 6 == 0 else "" for month in range(12)]
        rows.append(["" if n % 5 else f"事業{n}", content, frequency(n), *marks])
    return rows


def _list() -> list[list[str]]:
    rows = [["令和6年度 事業計画"], ["事業名", "回数", "実施期間", "対象", "会場", "時間"]]
    for n in range(ROWS):
        period = f"{n % 6 + 4}月~{n % 3 + 10}月"
        rows.append(
            [f"講座{n}", f"1講座につき{n % 9 + 1}回", period, "小学生", "会議室", f"10:00~{11 + n % 4}:30"]
        )
    return rows


def _write(path: Path, rows: list[list[str]], separator: str) -> Path:
    path.write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    return path


def _book(path: Path, rows: list[list[str]]) -> Path:
    book, data = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(data)
    path.write_bytes(data.getvalue())
    return path


def _book_of_formulas(path: Path, rows: list[list[str]]) -> Path:
    """Write the table with the number of its marks in a column of formulas, each with its value."""
    with Book(path) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
            if line > 1:
                sheet.write_formula(line, 15, f'=COUNTIF(D{line + 1}:O{line + 1},"○")', None, row.count("○"))
        sheet.write(1, 15, "計")
    return path


if __name__ == "__main__":
    main()
