"""Findings: headers, headings, years, and cells out of place."""

from __future__ import annotations

from ksolve.findings import Severity
from ksolve.published.messages.message import (
    BY_COLUMN,
    BY_FREQUENCY,
    BY_ROOMS,
    BY_WINDOWS,
    BY_YEAR,
    Message,
)
from ksolve.text import Text

TABLES: dict[str, Message] = {
    "era-contradiction": Message(
        Severity.WARNING,
        Text(
            "見出しの「{found}」は表題の{title}と合いません",
            "the header says {found}, the title {title}",
        ),
        Text(
            "表題を信じ、4月～12月は{first}年、1月～3月は{second}年とします",
            "the title is trusted: April to December is {first}, January to March {second}",
        ),
        Text("年度は計画の year(記入表では「はじめに」の「年度」)で決まります", "year in the plan decides"),
    ),
    "another-year": Message(
        Severity.WARNING,
        Text(
            "表の見出し「{found}」は{year}の表ではありません",
            "the heading {found} names another year than {year}",
        ),
        Text("この表の事業も同じ計画に入れます", "the programmes of this table are read with the others"),
        Text(
            "不要な事業は計画から消すか、その年の表だけのファイルを読みます",
            "delete the programmes from the plan, or read a file without that table",
        ),
    ),
    "wide-body": Message(
        Severity.NOTE,
        Text(
            "表の本体の月の列は{cells}列あり、見出しの{labels}か月より広くなっています",
            "the body has {cells} month cells under {labels} month labels",
        ),
        Text(
            "見出しの下の印はその月、右端の列は3月、その間の列は二通りに読みます",
            "a mark under a label means that month, the last column is March, "
            "columns between have two readings",
        ),
        BY_WINDOWS,
    ),
    "column-shifted": Message(
        Severity.WARNING,
        Text("内容が1列右の欄に入っています", "the content stands one column to the right"),
        Text(
            "実施回数と月の印も1列右として読みます",
            "frequency and months are read one column to the right too",
        ),
        BY_WINDOWS,
    ),
    "lost-cell": Message(
        Severity.WARNING,
        Text(
            "実施回数が1列左の欄に入っており、欄が一つ失われています",
            "the frequency stands one column to the left: a cell is lost",
        ),
        Text(
            "「{name}」を事業名とし、月の印は見出しどおりに読みます",
            "{name} is read as the programme, and the months as the header has them",
        ),
        BY_WINDOWS,
    ),
    "heading-after-table": Message(
        Severity.NOTE,
        Text("見出し「{heading}」は表の後ろにあります", "the heading {heading} stands after its table"),
        Text("{line}行目からの表の見出しとします", "read as the heading of the table at line {line}"),
    ),
    "heading-without-table": Message(
        Severity.NOTE,
        Text("「{heading}」はどの表の見出しでもありません", "{heading} belongs to no table"),
        Text("読み飛ばさず、文章として残します", "kept as text"),
    ),
    "cell-not-read": Message(
        Severity.WARNING,
        Text("「{found}」がどの欄にも当てはまりません", "{found} fits no column"),
        Text("値にせず、ここに報告だけします", "no value is taken from it"),
    ),
    "turned-table": Message(
        Severity.NOTE,
        Text("月が縦に、事業が横に並んでいます", "months go down and programmes across"),
        Text(
            "縦の列を一つの事業として読みます。位置は元の表の行と列で示します",
            "each column is read as a programme; places are those of the table as printed",
        ),
        Text(
            "月ごとの行事の表なら、月の右の見出しを「行事名」に変えてください",
            "if it lists the events of each month, write 行事名 as the heading beside the months",
        ),
    ),
    "tables-beside": Message(
        Severity.NOTE,
        Text("同じ列が{copies}組、横に並んでいます", "the same columns stand {copies} times side by side"),
        Text(
            "組ごとに、上から下へ続く表として読みます。位置は元の表の行と列で示します",
            "each is read as a table of its own; places are those of the table as printed",
        ),
    ),
    "turned-unsure": Message(
        Severity.ERROR,
        Text(
            "月が縦に並んでいますが、横に事業が並ぶ表か、月ごとの行事の表かが分かりません",
            "months go down, but it is not clear whether programmes go across or each month lists its events",
        ),
        remedy=Text(
            "月ごとの行事の表なら、月の右の見出しを「行事名」「内容」に、横に事業が並ぶ表なら、"
            "見出しを事業の名前に、月の欄を ○・日付・回数にしてください",
            "if it lists events, write 行事名 and 内容 as the headings beside the months; if programmes go "
            "across, head each column with its name and write ○, dates or counts beside the months",
        ),
    ),
    "plan-beside-actual": Message(
        Severity.NOTE,
        Text(
            "「{kept}」と「{left}」の列が並んでいます",
            "columns of {kept} and of {left} stand side by side",
        ),
        Text(
            "「{kept}」の列を読み、「{left}」の列({cells}欄)は読みません",
            "{kept} is read, and {left} ({cells} cells) is left out",
        ),
        Text(
            "「{left}」を読むには、「{kept}」の列を消したファイルを読みます",
            "to have {left} read, read a file without the columns of {kept}",
        ),
    ),
    "no-header": Message(
        Severity.ERROR,
        Text(
            "表の見出し行がありません(探したのは、名前の列(事業名・行事名・講座名・内容など)と"
            "実施回数・時期・日付・月名の列が並ぶ行、または下に日付や回数の欄が続く行です)",
            "no header row was found (looked for: a row that names the programmes, as 事業名 or 内容, "
            "and when; or one with dates or frequencies below it)",
        ),
        None,
        Text(
            "見出しの行を足すか、--column 事業=教室名 --column 頻度=活動日 のように指定してください",
            "add a header row, or say which column is which: --column 事業=教室名 --column 頻度=活動日",
        ),
    ),
    "empty-table": Message(
        Severity.ERROR,
        Text("見出し行の下に事業がありません", "there is no programme below the header row"),
        None,
        Text("見出しの次の行から事業を書いてください", "write the programmes from the next line on"),
    ),
    "several-rooms": Message(
        Severity.NOTE,
        Text("会場「{found}」はいくつかの部屋です", "the place {found} is several rooms"),
        Text("「{rooms}」のすべてを同じ時間に使うとします", "all of {rooms} are taken at the same time"),
        BY_ROOMS,
    ),
    "whole-house": Message(
        Severity.NOTE,
        Text("会場は「{found}」です", "the place is {found}, the whole house"),
        Text(
            "この表の会場の欄にある部屋のすべてを同じ時間に使うとします",
            "all rooms that the table names as places are taken at the same time",
        ),
        BY_ROOMS,
    ),
    "any-of-rooms": Message(
        Severity.NOTE,
        Text("会場「{found}」は部屋のどれか一つです", "the place {found} is one of several rooms"),
        Text("「{rooms}」のうち空いている部屋を使うとします", "one of {rooms} that is free is taken"),
        BY_ROOMS,
    ),
    "unknown-column": Message(
        Severity.NOTE,
        Text("見出し「{found}」の列の意味が分かりません", "the column heading {found} is not known"),
        Text("この列は備考として残します", "the column is kept as a remark"),
    ),
    "column-named": Message(
        Severity.NOTE,
        Text("見出し「{found}」の意味を指定されました", "what the heading {found} means was told"),
        Text("「{word}」の列とします", "read as {word}"),
    ),
    "column-by-content": Message(
        Severity.NOTE,
        Text("見出し「{found}」の意味は決まっていません", "the column heading {found} is not a known one"),
        Text("下の欄から、{role}の列とします", "by the cells below, it is read as {role}"),
        BY_COLUMN,
    ),
    "column-says-when": Message(
        Severity.ERROR,
        Text(
            "見出し「{found}」の意味が分かりませんが、欄に時期や回数(「{example}」)があります",
            "the column heading {found} is not known, yet its cells say when or how often: {example}",
        ),
        Text(
            "この列は備考として残し、回数と日付には使いません",
            "kept as a remark, not used for counts or dates",
        ),
        BY_COLUMN,
    ),
    "month-label-unread": Message(
        Severity.ERROR,
        Text(
            "月の並びの中の見出し「{found}」が読めず、その下の{cells}欄が失われます",
            "the label {found} among the months cannot be read, and {cells} cells below it are lost",
        ),
        None,
        Text("4月 や 令和6年4月 のように書いてください", "write it as 4月 or 令和6年4月"),
    ),
    "month-label-repeated": Message(
        Severity.WARNING,
        Text("見出しに同じ月が二度あります", "a month stands twice in the header"),
        Text("どちらの列もその月とします", "both columns are read as that month"),
        BY_WINDOWS,
    ),
    "table-continued": Message(
        Severity.NOTE,
        Text("{line}行目からの表の続きです", "this table goes on from the one at line {line}"),
        Text("一つの表とします", "both are read as one table"),
    ),
    "cancelled": Message(
        Severity.WARNING,
        Text("「{name}」は行わないとあります(「{found}」)", "{name} is said not to be held: {found}"),
        Text("事業とせず、回を置きません", "no programme, and no sessions"),
        Text("行うなら、表の「中止」を消すか、計画に書き足してください", "if it is held, add it to the plan"),
    ),
    "cancelled-date": Message(
        Severity.WARNING,
        Text("「{found}」は行わないとあります", "{found} is said not to be held"),
        Text("この欄は使わず、同じ行のほかの欄だけを読みます", "only the other cells of the row are read"),
        BY_FREQUENCY,
    ),
    "missing-name": Message(
        Severity.WARNING,
        Text("事業の名前がありません", "the programme has no name"),
        Text("名前のない事業として残します", "kept as a programme without a name"),
        Text(
            "計画の name(記入表では「事業」)に名前を書いてください",
            "write its name in the plan (in a form: programme)",
        ),
    ),
    "carried-down": Message(
        Severity.NOTE,
        Text("月の欄が空です", "the month cell is empty"),
        Text("{line}行目の「{found}」を引き継ぎます", "{found} of line {line} is carried down"),
        BY_WINDOWS,
    ),
    "name-carried": Message(
        Severity.NOTE,
        Text("日付のある行に事業名がありません", "a row with a date has no name"),
        Text("{line}行目の「{found}」の続きとします", "read as going on with {found} of line {line}"),
        Text(
            "別の事業なら、名前の欄に名前を書いてください",
            "if it is another, write its name in the column of names",
        ),
    ),
    "ditto-beside": Message(
        Severity.NOTE,
        Text("月の欄に「{found}」とあります", "a month cell holds {found}"),
        Text("左の月と同じ「{repeats}」とします", "read as {repeats}, as in the month before"),
        BY_WINDOWS,
    ),
    "ditto-without-above": Message(
        Severity.WARNING,
        Text("「{found}」の上に、繰り返す欄がありません", "there is nothing above {found} to repeat"),
        Text("空欄とします", "read as empty"),
    ),
    "year-contradiction": Message(
        Severity.WARNING,
        Text("表題は{title}、指定は{asked}です", "the title says {title}, {asked} is asked for"),
        Text("指定の年度とします", "the year asked for is taken"),
    ),
    "year-from-dates": Message(
        Severity.NOTE,
        Text("年度の書かれた表題がありません", "no title names the fiscal year"),
        Text("日付から{year}とします", "its dates lie in {year}"),
        BY_YEAR,
    ),
    "year-from-file-name": Message(
        Severity.NOTE,
        Text("年度の書かれた表題がありません", "no title names the fiscal year"),
        Text(
            "見出しかファイル名の「{found}」から{year}とします",
            "{found} in a heading or the file's name is read as {year}",
        ),
        BY_YEAR,
    ),
}
