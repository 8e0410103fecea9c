"""The rows of a form as a workbook that people fill in: headings, notes, drop-down lists, colours."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from ksolve.plan.form.cells import Shown
from ksolve.plan.form.columns import Column, Sheet
from ksolve.plan.form.other import WHERE, where_title
from ksolve.plan.form.sheets import BASICS, BASICS_ROWS, BY_KEY, EXAMPLE, OTHER, SHEETS, USUAL
from ksolve.text import Lang, Text

Rows = Mapping[str, Sequence[Mapping[str, Shown]]]
_FONT = "Yu Gothic"
_HEADER_ROW = 4
_LINE_HEIGHT = 17
"""Points; Excel does not fit the height of a row by itself when it opens a file."""
_BLANK = 30
"""Empty lines below the last that is filled in."""
_INK, _LINE, _PALE, _RARE = "1F3864", "BFBFBF", "DDE6F3", "EDEDED"
_YELLOW, _GREY = "FFF2CC", "7F7F7F"
_THIN = Side(style="thin", color=_LINE)
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TAB = {"plan": "1F3864", "wishes": "C55A11", "external": "C55A11", "other": "7F7F7F"}


def form_xlsx(rows: Rows, lang: Lang) -> bytes:
    """Return the workbook of a form, without macros; what is still assumed is coloured."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in _styles():
        book.add_named_style(style)
    for sheet in SHEETS:
        made = book.create_sheet(sheet.title(lang))
        made.sheet_properties.tabColor = _TAB.get(sheet.key, "5B9BD5")
        if sheet is BASICS:
            _first_page(made, rows[sheet.key], lang)
        else:
            _table(made, sheet, rows[sheet.key], lang)
        _printed(made, sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _font(*, bold: bool = False, color: str = "000000", size: float = 10.5, italic: bool = False) -> Font:
    return Font(name=_FONT, bold=bold, color=color, size=size, italic=italic)


def _styles() -> Iterator[NamedStyle]:
    """Yield the styles that cells name; a style of its own for each cell would take a second."""
    left = Alignment(vertical="center", wrap_text=True)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for name, font, form in (
        (_ENTRY, _font(), "@"),
        (_NUMBER, _font(), "0"),
        (_FAINT, _font(color=_GREY), "@"),
        (_EXAMPLE, _font(color=_GREY, italic=True, size=9.5), "@"),
    ):
        yield NamedStyle(name, font=font, border=_BOX, alignment=left, number_format=form)
    for name, ink, color in ((_HEAD, _INK, _PALE), (_RARE_HEAD, "404040", _RARE)):
        fill = PatternFill("solid", fgColor=color)
        yield NamedStyle(name, font=_font(bold=True, color=ink), fill=fill, border=_BOX, alignment=middle)
    yield NamedStyle(_COUNT, font=_font(color=_GREY, size=9), alignment=middle)


_ENTRY, _NUMBER, _FAINT, _EXAMPLE = "記入", "記入(数)", "記入(記号)", "記入例"
_HEAD, _RARE_HEAD, _COUNT = "見出し", "見出し(必要なとき)", "番号"


def _put(cell: Any, value: Shown) -> None:
    """Write a value as it is: a text that begins with = is no formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _title(made: Worksheet, title: str, asks: str) -> None:
    _put(made["B1"], title)
    made["B1"].font = _font(bold=True, color=_INK, size=16)
    _put(made["B2"], asks)
    made["B2"].font = _font(color="404040")
    made.row_dimensions[1].height = 28
    made.row_dimensions[2].height = 20
    made.sheet_view.showGridLines = False
    made.column_dimensions["A"].width = 5


def _table(made: Worksheet, sheet: Sheet, rows: Sequence[Mapping[str, Shown]], lang: Lang) -> None:
    _title(made, sheet.title(lang), sheet.asks(lang))
    _headings(made, sheet, lang)
    line = _HEADER_ROW + 1
    if any(column.example for column in sheet.columns):
        _example(made, sheet, line, lang)
        line += 1
    first = line
    for number, row in enumerate([*rows, *({} for _ in range(_BLANK))], start=1):
        _fill(made, sheet, line, row)
        made.cell(line, 1, number).style = _COUNT
        line += 1
    made.freeze_panes = f"C{first}"
    _drop_downs(made, sheet, (first, line - 1 + 200), lang)
    _colour_assumed(made, sheet, (first, line - 1 + 200))


def _headings(made: Worksheet, sheet: Sheet, lang: Lang) -> None:
    made.row_dimensions[_HEADER_ROW].height = 24
    for at, column in enumerate(sheet.columns, start=2):
        cell = made.cell(_HEADER_ROW, at)
        _put(cell, column.head(lang))
        cell.style = _RARE_HEAD if column.rare else _HEAD
        note = column.note(lang)
        if note:
            cell.comment = Comment(note, "ksolve", height=90, width=300)
        made.column_dimensions[get_column_letter(at)].width = column.width


def _example(made: Worksheet, sheet: Sheet, line: int, lang: Lang) -> None:
    _put(made.cell(line, 1), EXAMPLE[0] if lang == "ja" else EXAMPLE[1])
    for at, column in enumerate(sheet.columns, start=2):
        shown = column.example
        _put(made.cell(line, at), shown(lang) if isinstance(shown, Text) else shown)
    for at in range(1, len(sheet.columns) + 2):
        made.cell(line, at).style = _EXAMPLE


def _fill(made: Worksheet, sheet: Sheet, line: int, row: Mapping[str, Shown]) -> None:
    printed = [column for column in sheet.columns if column.key in row and not column.rare]
    lines = max((_lines(str(row[column.key]), column.width) for column in printed), default=1)
    made.row_dimensions[line].height = _LINE_HEIGHT * lines
    for at, column in enumerate(sheet.columns, start=2):
        cell = made.cell(line, at)
        if column.key in row:
            _put(cell, row[column.key])
        is_number = isinstance(cell.value, int)
        cell.style = _NUMBER if is_number else _FAINT if column.key in ("id", "which") else _ENTRY


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column; a Japanese letter is as wide as two others."""
    return sum(max(1, -(-cell_len(line) // (width - 1))) for line in text.splitlines() or [""])


def _drop_downs(made: Worksheet, sheet: Sheet, lines: tuple[int, int], lang: Lang) -> None:
    for at, column in enumerate(sheet.columns, start=2):
        source = _source(column, lang)
        if not source:
            continue
        listed = DataValidation(type="list", formula1=source, allow_blank=True)
        # several names in a cell (講座室、会議室) are right as well, so Excel only offers the list
        listed.showErrorMessage = isinstance(column.choices, tuple) and column.key != "assumed"
        listed.errorTitle = column.head(lang)
        listed.error = _CHOOSE(lang)
        letter = get_column_letter(at)
        listed.add(f"{letter}{lines[0]}:{letter}{lines[1]}")
        made.add_data_validation(listed)


def _source(column: Column, lang: Lang) -> str:
    """Return where the words of a drop-down list stand, or the words themselves."""
    if not column.choices:
        return ""
    if column.choices == "sheets":
        return _quoted([where_title(where) for where in WHERE], lang)
    if isinstance(column.choices, str):
        of, _, key = column.choices.partition(".")
        sheet = BY_KEY[of]
        letter = get_column_letter(2 + [one.key for one in sheet.columns].index(key))
        first = _HEADER_ROW + 2
        return f"{quote_sheetname(sheet.title(lang))}!${letter}${first}:${letter}${first + 499}"
    return _quoted(column.choices, lang)


def _quoted(words: Sequence[Text], lang: Lang) -> str:
    return '"' + ",".join(word(lang) for word in words) + '"'


def _colour_assumed(made: Worksheet, sheet: Sheet, lines: tuple[int, int]) -> None:
    """Colour each row whose 仮 says anything, also when a person writes or deletes it."""
    keys = [column.key for column in sheet.columns]
    if "assumed" not in keys:
        return
    letter = get_column_letter(2 + keys.index("assumed"))
    last = get_column_letter(1 + len(keys))
    yellow = PatternFill("solid", start_color=_YELLOW, end_color=_YELLOW)
    rule = Rule(
        type="expression", dxf=DifferentialStyle(fill=yellow), formula=[f"LEN(${letter}{lines[0]})>0"]
    )
    made.conditional_formatting.add(f"B{lines[0]}:{last}{lines[1]}", rule)


def _first_page(made: Worksheet, rows: Sequence[Mapping[str, Shown]], lang: Lang) -> None:
    _title(made, _TITLE(lang), _SUBTITLE(lang))
    _headings(made, BASICS, lang)
    made.column_dimensions["D"].width = 60
    notes = {head(lang): note(lang) for head, note in BASICS_ROWS.values()}
    line = _HEADER_ROW
    for line, row in enumerate(rows, start=_HEADER_ROW + 1):
        _fill(made, BASICS, line, row)
        made.cell(line, 2).font = _font(bold=True)
        _put(made.cell(line, 4), notes.get(str(row["item"]), ""))
        made.cell(line, 4).font = _font(color=_GREY, size=9.5)
        if row["item"] == BASICS_ROWS["wishes"][0](lang):
            listed = DataValidation(type="list", formula1=_quoted([*USUAL.values()], lang), allow_blank=True)
            listed.add(made.cell(line, 3).coordinate)
            made.add_data_validation(listed)
    line += 2
    _put(made.cell(line, 2), _STEPS_HEAD(lang))
    made.cell(line, 2).font = _font(bold=True, color=_INK, size=12)
    for line, step in enumerate(_STEPS(lang).split("\n"), start=line + 1):  # noqa: B020 - from there on
        _put(made.cell(line, 2), step)
        made.cell(line, 2).font = _font()
    line += 2
    for fill, text in ((_YELLOW, _OF_YELLOW), (_PALE, _OF_PALE), (_RARE, _OF_RARE)):
        made.cell(line, 2).fill = PatternFill("solid", fgColor=fill)
        made.cell(line, 2).border = _BOX
        _put(made.cell(line, 3), text(lang))
        made.cell(line, 3).font = _font()
        line += 1


def _printed(made: Worksheet, sheet: Sheet) -> None:
    made.page_setup.paperSize = 9 if sheet is BASICS else 8  # A4, A3
    made.page_setup.orientation = "portrait" if sheet is BASICS else "landscape"
    made.page_setup.fitToWidth = 1
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    usual = [column for column in sheet.columns if not column.rare]
    if len(usual) < len(sheet.columns):  # on paper the columns that all rows use, in a size that can be read
        made.print_area = f"A1:{get_column_letter(1 + len(usual))}{made.max_row}"
    made.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}" if sheet not in (BASICS, OTHER) else None
    footer: Any = made.oddFooter
    footer.center.text = "&A  &P / &N"
    made.page_margins.left = made.page_margins.right = 0.4


_CHOOSE = Text("一覧から選んでください", "choose from the list")
_TITLE = Text("年間事業計画 記入表", "Annual programme plan: the form")
_SUBTITLE = Text(
    "分かるところから記入してください。空いているところがあっても読み込めます。",
    "Fill in what is known; what is empty can be filled in later.",
)
_STEPS_HEAD = Text("記入のしかた", "How to fill it in")
_STEPS = Text(
    "1. シート「部屋」「職員」「開館日・休館日」を、実際のものに直します。\n"
    "2. シート「回の種類」に、1回の長さ・開始時刻・部屋・職員を書きます。\n"
    "3. シート「事業」の各行で、回の種類を選びます。\n"
    "4. シート「希望」「外部日程」に、分かっている日と希望を書きます。\n"
    "5. 保存して、ksolve check 記入表.xlsx で確かめ、ksolve solve 記入表.xlsx -o out/ で予定を作ります。\n"
    "見出しにマウスを重ねると、書き方が出ます。「例」の行は読みません。シートの名前と見出しは変えないでください。\n"
    "「記号」の列は ksolve が行を見分けるためのものです。新しい行では空けておいてください。",
    "1. Correct the sheets rooms, staff, open and closed.\n"
    "2. In kinds of sessions write how long a session is, when it starts, in which rooms, with whom.\n"
    "3. Choose the kind of session of each programme.\n"
    "4. Write wishes, and the days that others decide.\n"
    "5. Save it, then: ksolve check FORM.xlsx, and ksolve solve FORM.xlsx -o out/.\n"
    "A heading says how its column is written when the pointer is on it. The line e.g. is not read.\n"
    "Keep the names of sheets and the headings. Leave the id empty in a new row.\n"
    "How often, when and on which weekdays is written as the"
    " printed table has it: 年 year, 月 month, 週 week, 回 times;"
    " 月火水木金土日 Monday to Sunday; 第2火曜 the second Tuesday; 人 people.",
)
_OF_YELLOW = Text(
    "仮に置いたもの(「仮」の列に何か書いてある行)", "an assumption: a row whose column assumed says anything"
)
_OF_PALE = Text("ふつう記入する列", "columns that are usually filled in")
_OF_RARE = Text("必要な行だけに書く列", "columns for the few rows that need them")
