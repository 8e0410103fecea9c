"""The sheets of the form in their order, and the words of their lists."""

from __future__ import annotations

from ksolve.letters import name_key
from ksolve.plan.form.columns import REMARK, Column, Sheet
from ksolve.plan.form.sheets_beside import AUDIENCES, EXTERNAL, LEAD_TIMES
from ksolve.plan.form.sheets_of_centre import CALENDAR, ROOMS, STAFF
from ksolve.plan.form.sheets_of_work import PROGRAMMES, SESSIONS, WISHES
from ksolve.text import Text

OTHER = Sheet(
    "other",
    Text("その他", "other"),
    Text(
        "ほかのシートに書けない規則などを、計画の YAML の文のまま置く所です。消すと計画から消えます。",
        "What the other sheets cannot say, as YAML of the plan. What is deleted here is gone.",
    ),
    (
        Column("where", Text("どこ", "where"), width=18, choices="sheets"),
        Column("which", Text("記号", "id"), width=26),
        Column("key", Text("項目", "key"), width=18),
        Column("value", Text("内容(YAML)", "value (YAML)"), width=90),
        REMARK,
    ),
)

BASICS_ROWS = {
    "title": (Text("題名", "title"), Text("計画の名前", "the plan's name")),
    "year": (Text("年度", "fiscal year"), Text("令和6年度 のように", "as 令和6年度 or 2024年度")),
    "published": (
        Text("公表された表", "published table"),
        Text(
            "公表された表のファイル名(この記入表と同じフォルダに置きます)。なければ空けます",
            "the file of the printed table, beside this one; or nothing",
        ),
    ),
    "published_columns": (
        Text("見出しの読み替え", "headings"),
        Text(
            "表の見出しが ksolve の言葉と違うとき: 事業=教室名",
            "where the table has its own: programme=教室名",
        ),
    ),
    "wishes": (
        Text("通常の希望", "usual wishes"),
        Text(
            "いつもの曜日・偏りのない月などを「使う」か「使わない」か。空けるとふつうは使います",
            "usual places, even months and so on: yes or no",
        ),
    ),
    "assumed": (
        Text("仮の理由", "why assumed"),
        Text(
            "部屋・職員・開館時間が全体として仮なら、その理由。報告書に出ます",
            "why rooms, staff and hours are assumptions, if they are; reports say so",
        ),
    ),
    "id": (Text("記号", "id"), Text("英小文字と数字の短い名前", "a short name in small letters")),
}
USUAL = {
    "usual": Text("使う", "yes"),
    "none": Text("使わない", "no"),
    "": Text("規則に任せる", "as the rules say"),
}
"""Words for `wishes`; without it a plan has the usual ones unless its rules state wishes."""

BASICS = Sheet(
    "plan",
    Text("はじめに", "read me first"),
    Text("", ""),
    (
        Column("item", Text("項目", "item"), width=20),
        Column("value", Text("記入", "entry"), width=56),
    ),
)

SHEETS = (
    BASICS,
    PROGRAMMES,
    ROOMS,
    STAFF,
    CALENDAR,
    SESSIONS,
    WISHES,
    EXTERNAL,
    AUDIENCES,
    LEAD_TIMES,
    OTHER,
)
BY_KEY = {sheet.key: sheet for sheet in SHEETS}
EXAMPLE = ("例", "e.g.")
"""What the first cell of the line of examples says; that line is not read."""


def chosen(words: dict[str, Text], text: str) -> str:
    """Return the key of a word of a drop-down list, in either language; the text itself for no word of it."""
    wanted = name_key(text)
    return next((key for key, word in words.items() if wanted in map(name_key, (word.ja, word.en))), text)
