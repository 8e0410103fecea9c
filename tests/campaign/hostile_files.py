"""Files that nobody writes by mistake, and some that somebody might: bombs, nests, torn and turned bytes."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

from campaign.kills import ROOT, held_plan

Made = Callable[[Random, Path], list[object]]
"""Makes a file in a folder, and returns the command that reads it."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLAN = """schema: 1
id: x
title: t
year: 令和6年度
resources:
  calendar: {open: {月-金: "9:00-17:00"}}
  sessions: [{id: hour, minutes: 60, starts: ["10:00"]}]
programmes:
  - {id: a, name: 教室, frequency: 年2回, session: hour}
"""


def _plan(folder: Path, data: bytes | str) -> list[object]:
    path = folder / "plan.yaml"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return ["check", path, "--limit", 5]


def turned(chance: Random, data: bytes) -> bytes:
    """Turn, drop, double or cut some bytes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed)) if changed else 0
        match chance.choice(["turn", "drop", "double", "cut", "zero"]):
            case "turn" if changed:
                changed[at] = chance.randrange(256)
            case "drop":
                del changed[at : at + chance.randint(1, 40)]
            case "double":
                changed[at:at] = changed[at : at + chance.randint(1, 200)]
            case "cut" if chance.random() < 0.2:
                del changed[at:]
            case "zero" if changed:
                changed[at : at + 1] = b"\0"
    return bytes(changed)


def yaml_aliases(chance: Random, folder: Path) -> list[object]:
    """A billion laughs."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    deep = chance.randint(5, 12)
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, deep)]
    return _plan(folder, "\n".join([*lines, PLAN]))


def yaml_nested(chance: Random, folder: Path) -> list[object]:
    deep = chance.choice([100, 1_000, 20_000, 200_000])
    left, right = chance.choice(["[]", ("{a: ", "}"), ("- ", "")])
    return _plan(folder, PLAN + "rules: " + left * deep + right * deep)


def yaml_turned(chance: Random, folder: Path) -> list[object]:
    return _plan(folder, turned(chance, chance.choice([PLAN.encode(), held_plan()[0].read_bytes()])))


def yaml_numbers(chance: Random, folder: Path) -> list[object]:
    """Numbers, years and counts beyond all measure."""
    many = chance.choice(["9" * 4_400, "99999999", "-1", "1e999", "0", "99999", "nan", "１２", "inf"])
    old, new = chance.choice(
        [
            ("年2回", f"年{many}回"),
            ("年2回", f"年2回×{many}グループ"),
            ("60", many),
            ("令和6年度", f"令和{many}年度"),
            ("令和6年度", many),
            ("10:00", f"{many}:00"),
            ("9:00-17:00", f"{many}:00-{many}:01"),
            ("schema: 1", f"schema: {many}"),
            ("年2回", "年2回、" * 20_000),
        ]
    )
    return _plan(folder, PLAN.replace(old, new, 1))


def yaml_encodings(chance: Random, folder: Path) -> list[object]:
    coding = chance.choice(["utf-16", "utf-32", "euc_jp", "cp932", "utf-7", "iso2022_jp"])
    return _plan(folder, PLAN.encode(coding))


def yaml_references(chance: Random, folder: Path) -> list[object]:
    """Files beside the plan that are no files."""
    (folder / "secret").write_text("root:x:0:0:root\n" * 3, encoding="utf-8")
    (folder / "round.yaml").symlink_to(folder / "round.yaml")
    path = chance.choice(
        ["/dev/zero", "/dev/null", ".", "secret", "round.yaml", "x" * 5_000, "plan.yaml", ""]
    )
    key = chance.choice(["resources", "published"])
    text = PLAN + f"published: {json.dumps(path)}\n"
    if key == "resources":
        begin, end = PLAN.index("resources:"), PLAN.index("programmes:")
        text = PLAN[:begin] + f"resources: {json.dumps(path)}\n" + PLAN[end:]
    return _plan(folder, text)


def _schedule(folder: Path, name: str, data: bytes) -> list[object]:
    path = folder / name
    path.write_bytes(data)
    return ["check", held_plan()[0], path]


def csv_turned(chance: Random, folder: Path) -> list[object]:
    return _schedule(folder, "s.csv", turned(chance, held_plan()[1].read_bytes()))


def csv_wide_or_long(chance: Random, folder: Path) -> list[object]:
    head = "series,date,start\r\n"
    rows = chance.choice(
        [
            "p0,2024-07-01,10:00\r\n" * 20_000,
            "," * 500_000 + "\r\n",
            '"' + "x" * 5_000_000,
            "p0,2024-07-01," + "9" * 200_000 + "\r\n",
            "p0," + "令和" * 50_000 + ",10:00\r\n",
            '"\r\n' * 100_000,
        ]
    )
    return _schedule(folder, "s.csv", (head + rows).encode())


def ics_turned(chance: Random, folder: Path) -> list[object]:
    event = "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:事業p0\r\nDTSTART:20240701T100000\r\nDTEND:20240701T110000\r\n"
    extra = chance.choice(
        [
            "RRULE:FREQ=SECONDLY\r\n",
            "DTSTART:99999999T999999\r\n",
            "DURATION:PT999999999999H\r\n",
            "X-LONG:" + "x" * 2_000_000 + "\r\n",
            "BEGIN:VALARM\r\n" * 5_000,
            "DTSTART;TZID=No/Where:20240701T100000\r\n",
        ]
    )
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}{extra}END:VEVENT\r\nEND:VCALENDAR\r\n"
    data = text.encode()
    return _schedule(folder, "s.ics", turned(chance, data) if chance.random() < 0.5 else data)


@cache
def _book() -> bytes:
    from openpyxl import Workbook

    book, stream = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (["series", "date", "start"], ["p0", "2024-07-01", "10:00"]):
        sheet.append(row)
    book.save(stream)
    return stream.getvalue()


def _with_sheet(folder: Path, name: str, sheet: Callable[[zipfile.ZipFile, str], None]) -> Path:
    """A workbook whose first sheet is written by `sheet`."""
    path = folder / name
    with zipfile.ZipFile(BytesIO(_book())) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            if item.endswith("sheet1.xml"):
                sheet(new, item)
            else:
                new.writestr(item, old.read(item))
    return path


ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>series</t></is></c></row>'


def xlsx_sheets(chance: Random, folder: Path) -> list[object]:
    """Merged cells over a million rows, cells far out, entities, rows without end, megabytes of nothing."""
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in ["A1:XFD1048576", "A1:A1048576"])
    tall = '<mergeCell ref="A1:A900000"/>'
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    body = chance.choice(
        [
            f"<sheetData>{ROW}</sheetData><mergeCells>{merged}</mergeCells>",
            f'<dimension ref="A1:XFD1048576"/><sheetData>{ROW}{far}</sheetData>',
            f"<sheetData>{ROW}" + "<row><c><v>1</v></c></row>" * 100_000 + "</sheetData>",
            f"<sheetData>{ROW}</sheetData><mergeCells>{tall * 200}</mergeCells>",
            "<sheetData>" + "<row>" * 50_000 + "</sheetData>",
            "BOMB",
        ]
    )

    def write(book: zipfile.ZipFile, item: str) -> None:
        with book.open(item, "w", force_zip64=True) as file:
            file.write(f'<worksheet xmlns="{MAIN}">'.encode())
            if body == "BOMB":
                file.write(f"<sheetData>{ROW}<row><c t='inlineStr'><is><t>".encode())
                for _ in range(300):
                    file.write(b" " * 1_000_000)
                file.write(b"</t></is></c></row></sheetData>")
            else:
                file.write(body.encode())
            file.write(b"</worksheet>")

    path = _with_sheet(folder, "s.xlsx", write)
    return chance.choice([["check", held_plan()[0], path], ["read", path]])


def xlsx_turned(chance: Random, folder: Path) -> list[object]:
    command = _schedule(folder, "s.xlsx", turned(chance, _book()))
    return chance.choice([command, ["read", command[-1]]])


def pdf_boxes(chance: Random, folder: Path) -> list[object]:
    """A page as large as the world, without a size, or of no numbers."""
    box = chance.choice(
        ["0 0 1e30 1e30", "0 0 99999999 99999999", "0 0", "a b c d", "9 9 9 9", "-1 0 nan inf"]
    )
    length = chance.choice(["44", "-1", "99999999999"])
    text = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R>>endobj\n"
        f"4 0 obj<</Length {length}>>stream\nBT /F1 12 Tf 72 720 Td (x) Tj ET\nendstream endobj\n"
        "trailer<</Root 1 0 R/Size 5>>\n%%EOF\n"
    )
    path = folder / "p.pdf"
    data = text.encode()
    path.write_bytes(turned(chance, data) if chance.random() < 0.4 else data)
    return ["read", path]


def tables_turned(chance: Random, folder: Path) -> list[object]:
    """A published table with bytes turned, nested HTML, or a device."""
    published = (ROOT / "models" / "koganei" / "r6-published.tsv").read_bytes()
    name, data = chance.choice(
        [
            ("p.tsv", turned(chance, published)),
            ("p.tsv", published.replace(b"\t", b"\t" * 300)),
            ("p.html", b"<table>" + b"<tr><td><table>" * chance.choice([10, 3_000]) + b"x"),
            ("p.html", b"<table><tr><td colspan=999999999 rowspan=999999999>x</td></tr></table>"),
            ("p.docx", turned(chance, _book())),
            ("p.txt", b"\xff\xfe\xfd" * 1_000),
            ("p.csv", b"\0" * 1_000),
        ]
    )
    path = folder / name
    path.write_bytes(data)
    return ["read", path]


def arguments(chance: Random, folder: Path) -> list[object]:
    """Options beyond all measure."""
    plan = held_plan()[0]
    return chance.choice(
        [
            ["solve", plan, "-o", folder / "o", "--seed", chance.choice(["2147483648", "-1", "9" * 30])],
            ["solve", plan, "-o", folder / "o", "--limit", chance.choice(["nan", "inf", "-1", "0", "1e400"])],
            ["solve", plan, "-o", folder / "o", "--workers", chance.choice(["0", "999", "x"])],
            ["solve", plan, "-o", folder / "o", "--gap", chance.choice(["nan", "2", "-0.5"]), "--limit", "5"],
            ["check", "x" * 5_000],
            ["check", b"\xff\xfe.yaml".decode("utf-8", "surrogateescape")],
            ["read", "/dev/zero"],
            ["read", folder],
            ["check", plan, "/dev/zero"],
            ["solve", plan, "-o", plan],
            ["frequency", "年" * 40_000 + "回"],  # one argument is 128 KiB at most
            ["frequency", "(" * 5_000 + "月1回" + ")" * 5_000],
            ["frequency", f"年{'9' * 4_400}回"],
            ["check", plan, "--select", "\x1b[31m"],
        ]
    )


MAKERS: tuple[Made, ...] = (
    yaml_aliases,
    yaml_nested,
    yaml_turned,
    yaml_turned,
    yaml_numbers,
    yaml_numbers,
    yaml_encodings,
    yaml_references,
    csv_turned,
    csv_turned,
    csv_wide_or_long,
    ics_turned,
    xlsx_sheets,
    xlsx_turned,
    pdf_boxes,
    tables_turned,
    arguments,
)
