"""Findings: the signs in month cells."""

from __future__ import annotations

from ksolve.findings import Severity
from ksolve.published.messages.message import BY_FREQUENCY, BY_WINDOWS, Message
from ksolve.text import Text

MARKS: dict[str, Message] = {
    "mark-beyond-header": Message(
        Severity.WARNING,
        Text(
            "「{mark}」は見出しの最後の月より右の列にあり、月が確かではありません",
            "the mark {mark} stands right of the last month label, so its month is not certain",
        ),
        Text(
            "右端から数えると{from_right}、幅に合わせると{stretched}。期間は{hull}とします",
            "counted from the right edge it is {from_right}, stretched in proportion {stretched}; "
            "the window is {hull}",
        ),
        BY_WINDOWS,
    ),
    "mark-in-last-column": Message(
        Severity.NOTE,
        Text(
            "「{mark}」は見出しの最後の月より右、表の右端の列にあります",
            "the mark {mark} stands right of the last month label, in the last column",
        ),
        Text("右端の列は3月とします", "the last column is read as March"),
        BY_WINDOWS,
    ),
    "arrow-end-lost": Message(
        Severity.WARNING,
        Text("矢印「{mark}」の一方の端が失われています", "one end of the arrow {mark} is lost"),
        Text("{hull}とします(その月と翌月)", "read as {hull} (its month and the next)"),
        BY_WINDOWS,
    ),
    "arrow-clipped": Message(
        Severity.WARNING,
        Text(
            "矢印「{mark}」の一方の端が失われ、翌月は年度の外です",
            "one end of the arrow {mark} is lost, and the next month lies outside the year",
        ),
        Text("{hull}とします", "read as {hull}"),
        BY_WINDOWS,
    ),
    "every-cell-marked": Message(
        Severity.WARNING,
        Text(
            "すべての月の列({marks}列)に印があり、実施回数は{count}回です",
            "all {marks} month cells are marked, the frequency is {count}",
        ),
        Text("毎月とします", "read as every month"),
        BY_WINDOWS,
    ),
    "parts-of-months": Message(
        Severity.NOTE,
        Text("月の中の週や旬の欄に印があります", "marks stand under parts of months"),
        Text("「{found}」とします(計{count}回)", "read as {found} ({count} in all)"),
        BY_FREQUENCY,
    ),
    "part-not-kept": Message(
        Severity.NOTE,
        Text(
            "「{found}」の欄の印は、その週や旬のままでは書き表せません",
            "marks under {found} cannot be said as sessions in these parts of the month",
        ),
        Text("その月の印とします", "read as marks of the month"),
        BY_FREQUENCY,
    ),
    "week-without-month": Message(
        Severity.WARNING,
        Text("「{found}」の列に月がありません", "the columns {found} name no month"),
        Text("毎月のその週とします", "read as that week of every month"),
        Text(
            "一つの月だけの表なら、計画の frequency(記入表では「実施回数」)を「4月第2週」の形で書き、"
            "why(記入表では「表と違う理由」)に理由を書いてください",
            "if the table is for one month, write 4月第2週 as frequency with a why in the plan",
        ),
    ),
    "labelled-mark": Message(
        Severity.NOTE,
        Text("月の欄に「{mark}」と書かれています", "the month cell says {mark}"),
        Text("{hull}に1回の印とします", "read as a mark for one session in {hull}"),
        BY_WINDOWS,
    ),
    "labelled-frequency": Message(
        Severity.WARNING,
        Text(
            "月の欄に、どれだけ行うか(「{mark}」)が書かれています",
            "the month cell says how often: {mark}",
        ),
        Text("{hull}に1回の印としか読みません", "read as a mark for one session in {hull}, no more"),
        Text(
            "計画の frequency(記入表では「実施回数」)に 毎週月曜日(4月～6月) のように書いてください",
            "write it as frequency in the plan (in a form: frequency): 毎週月曜日(4月～6月)",
        ),
    ),
    "unknown-mark": Message(
        Severity.ERROR,
        Text("印「{mark}」の意味が分かりません", "the mark {mark} is not known"),
        Text("この印はないものとします", "read as if this mark were not there"),
        Text("使える印は ○ ● ◎ ↔ → ↓ と文字です", "known marks are ○ ● ◎ ↔ → ↓ and words"),
    ),
    "missing-arrow": Message(
        Severity.NOTE,
        Text("通年ですが、印↓がありません", "all year round, but the mark ↓ is missing"),
        Text("通年とします", "read as all year round"),
        BY_FREQUENCY,
    ),
    "start-contradicts-arrow": Message(
        Severity.WARNING,
        Text(
            "印↓は年度初めから、「{mark}」は{month}月からと言っています",
            "the mark ↓ says from the start of the year, {mark} says from month {month}",
        ),
        Text("{month}月に始まる事業とします", "read as a service that starts in month {month}"),
        BY_WINDOWS,
    ),
    "mark-between-labels": Message(
        Severity.WARNING,
        Text(
            "「{mark}」は見出しに月名のない列にあり、月が確かではありません",
            "the mark {mark} stands in a column without a month label, so its month is not certain",
        ),
        Text(
            "左の見出しなら{from_right}、右なら{stretched}。期間は{hull}とします",
            "by the label to its left it is {from_right}, to its right {stretched}; the window is {hull}",
        ),
        BY_WINDOWS,
    ),
    "mark-without-month": Message(
        Severity.WARNING,
        Text(
            "「{mark}」は月名の列の外にあり、どの月か決められません",
            "the mark {mark} stands outside the month columns; no month can be told for it",
        ),
        Text("どの月にも置きません", "it places nothing"),
        BY_WINDOWS,
    ),
    "period-of-days": Message(
        Severity.NOTE,
        Text("「{found}」は長い期間です", "{found} is a long period"),
        Text(
            "{hull}のどこかで行うとし、毎日とはしません",
            "held some time in {hull}, and not on each of its days",
        ),
        BY_WINDOWS,
    ),
    "number-in-month-cell": Message(
        Severity.WARNING,
        Text(
            "月の欄の数「{found}」は、{found}日とも{found}回とも読めます",
            "the number {found} in a month cell may be a day or a count",
        ),
        Text("その月に{sessions}回とします", "read as so many sessions in the month: {sessions}"),
        BY_WINDOWS,
    ),
}
