"""Findings: files that cannot be read, and parts of files."""

from __future__ import annotations

from ksolve.findings import Severity
from ksolve.published.messages.message import Message
from ksolve.text import Text

FILES: dict[str, Message] = {
    "empty-file": Message(
        Severity.ERROR,
        Text("ファイルに文字がありません", "the file holds no text"),
        None,
        Text("表の入ったファイルを指定してください", "name a file that holds a table"),
    ),
    "renamed-file": Message(
        Severity.ERROR,
        Text("名前は {named} ですが、中身は {found} です", "it is named {named}, but it holds {found}"),
        None,
        Text("名前の終わりを {suffix} に変えてください", "rename it so that it ends in {suffix}"),
    ),
    "encrypted-file": Message(
        Severity.ERROR,
        Text("パスワードで保護されているため開けません", "it is protected by a password"),
        None,
        Text("パスワードを外して保存し直してください", "save it again without the password"),
    ),
    "old-format": Message(
        Severity.ERROR,
        Text("古い形式(.xls、.doc)のファイルです", "a file of the old kind (.xls, .doc)"),
        None,
        Text(".xlsx または .docx で保存し直してください", "save it again as .xlsx or .docx"),
    ),
    "broken-file": Message(
        Severity.ERROR,
        Text("ファイルが壊れているため開けません", "the file is damaged and cannot be opened"),
        None,
        Text(
            "元のソフトで開いて保存し直すか、CSV で保存してください",
            "open it in the program that wrote it and save it again, or save it as CSV",
        ),
    ),
    "broken-csv": Message(
        Severity.ERROR,
        Text(
            'CSV の引用符(")が閉じていないため、長すぎる欄になっています',
            "a quotation mark in the CSV is not closed, so that a cell grows too long",
        ),
        None,
        Text(
            "引用符を直すか、xlsx のまま指定してください", "mend the quotation marks, or name the xlsx itself"
        ),
    ),
    "unknown-kind": Message(
        Severity.ERROR,
        Text("この種類のファイルは読めません", "files of this kind are not read"),
        None,
        Text(
            "CSV、タブ区切り、xlsx、docx、文字の入った pdf のどれかにしてください",
            "it should be CSV, tab-separated text, xlsx, docx, or a pdf with text",
        ),
    ),
    "missing-extra": Message(
        Severity.ERROR,
        Text("{extra} を読むためのソフトが入っていません", "what reads {extra} is not installed"),
        None,
        Text("pip install 'ksolve[{extra}]' で入ります", "install it with: pip install 'ksolve[{extra}]'"),
    ),
    "scan-without-text": Message(
        Severity.ERROR,
        Text(
            "この pdf は紙を写した画像で、文字が入っていません",
            "this pdf is a picture of paper (a scan) and holds no text",
        ),
        None,
        Text(
            "元の Word・Excel のファイルか、文字の入った pdf を使ってください",
            "use the Word or Excel file that it was made from, or a pdf with text",
        ),
    ),
    "pdf-without-table": Message(
        Severity.ERROR,
        Text(
            "この pdf には、罫線で区切られた表も、見出しの下に列のそろった表もありません",
            "this pdf holds no table drawn with lines, and none in columns below a header row",
        ),
        None,
        Text(
            "元の Word・Excel のファイルを使ってください", "use the Word or Excel file that it was made from"
        ),
    ),
    "table-without-lines": Message(
        Severity.WARNING,
        Text("この表には罫線がありません", "this table is not drawn with lines"),
        Text(
            "見出しの言葉の位置で列を分け、一行を一つの行として読みます",
            "its columns are told by where the words of the header stand, and each line is a row",
        ),
        Text(
            "列のずれた所があれば、元の Word・Excel のファイルを使ってください",
            "where a column is wrong, use the Word or Excel file that it was made from",
        ),
    ),
    "page-without-text": Message(
        Severity.WARNING,
        Text("{page}ページは画像で、文字が入っていません", "page {page} is a picture and holds no text"),
        Text("このページは読みません", "the page is not read"),
        Text(
            "元のファイルから、このページの事業を足してください", "add its programmes from the original file"
        ),
    ),
    "hidden-sheet": Message(
        Severity.NOTE,
        Text("シート「{name}」は非表示です", "the sheet {name} is hidden"),
        Text("このシートは読みません", "the sheet is not read"),
        Text(
            "読むには、シートを再表示して保存してください",
            "to have it read, show the sheet and save the book",
        ),
    ),
    "drawn-arrow": Message(
        Severity.WARNING,
        Text(
            "月のセルの上に線か矢印が描かれています", "a line or an arrow is drawn over the cells of months"
        ),
        Text("{months}の ↔ とします", "read as ↔ over {months}"),
        Text(
            "違うときは、図形を消し、月のセルに ○ や ↔ を書いてください",
            "where it is not, delete the shape and write ○ or ↔ into the cells of the months",
        ),
    ),
    "drawing-not-read": Message(
        Severity.WARNING,
        Text(
            "セルの上に描かれた図形や画像が{count}個あります({places})",
            "{count} shapes or pictures are drawn over the cells ({places})",
        ),
        Text("図形は読みません", "shapes are not read"),
        Text(
            "月のセルからはみ出した矢印などが実施月を表すなら、月のセルに ○ や ↔ を書いてください",
            "where an arrow stands for months, write ○ or ↔ into the cells of the months",
        ),
    ),
    "comment-not-read": Message(
        Severity.NOTE,
        Text("セルのメモが{count}件あります({places})", "{count} cells have comments ({places})"),
        Text("メモは読みません", "comments are not read"),
        Text(
            "予定にかかわることは、セルか計画に書いてください",
            "what concerns the schedule belongs in a cell or in the plan",
        ),
    ),
    "hidden-cells": Message(
        Severity.NOTE,
        Text("非表示の行・列があります({places})", "rows or columns are hidden ({places})"),
        Text("見えている欄と同じように読みます", "they are read like the visible ones"),
        Text(
            "載せないものなら、行・列を削除して保存してください",
            "what is not meant to be in the plan: delete the rows or columns and save the book",
        ),
    ),
    "sheet-without-table": Message(
        Severity.NOTE,
        Text(
            "「{name}」には表の見出し行がありません({cells}欄)",
            "{name} has no header row of a table ({cells} cells)",
        ),
        Text("この部分は読みません", "this part is not read"),
        Text(
            "事業名・実施回数か月名の並ぶ行を見出しにすると読みます",
            "it is read once a row names the programme and its frequency, or the months",
        ),
    ),
    "fills-as-marks": Message(
        Severity.WARNING,
        Text(
            "月の欄に文字はなく、{cells}欄に色が付いています",
            "no month cell holds a text, but {cells} are coloured",
        ),
        Text(
            "色の付いた欄を ○、続く欄を ↔ とします",
            "a coloured cell is read as ○, several in a row as ↔",
        ),
        Text(
            "印でないなら、色を消すか、月の欄に ○ を書いてください",
            "if they are no marks, write ○ in the cells that are",
        ),
    ),
    "struck-out": Message(
        Severity.NOTE,
        Text("「{found}」は取り消し線で消されています", "{found} is struck out"),
        Text("中止とします", "read as cancelled"),
        Text("行うなら、取り消し線を外してください", "if it is held, take the line away"),
    ),
    "formula-without-value": Message(
        Severity.WARNING,
        Text("数式の計算結果が保存されていません", "the formula was saved without its value"),
        Text("空欄とします", "read as empty"),
        Text("表計算ソフトで開いて保存し直してください", "open the book in a spreadsheet and save it again"),
    ),
    "cell-error": Message(
        Severity.WARNING,
        Text("数式の結果が「{found}」です", "the formula gives {found}"),
        Text("空欄とします", "read as empty"),
        Text("表計算ソフトで数式を直してください", "mend the formula in the spreadsheet"),
    ),
    "nested-table": Message(
        Severity.WARNING,
        Text("欄の中に、もう一つの表があります", "there is another table within the cell"),
        Text("中の表は読みません", "the inner table is not read"),
        Text("中の表を外に出してください", "move the inner table out of the cell"),
    ),
}
