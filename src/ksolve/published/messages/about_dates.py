"""Findings: published dates."""

from __future__ import annotations

from ksolve.findings import Severity
from ksolve.published.messages.message import BY_DATES, BY_YEAR, Message
from ksolve.text import Text

DATES: dict[str, Message] = {
    "no-such-date": Message(
        Severity.ERROR,
        Text("{day} という日はありません", "there is no {day}"),
        Text("この日付に回を置きません", "no session is placed on it"),
        Text("表の日付を直してください", "mend the date in the table"),
    ),
    "day-without-month": Message(
        Severity.ERROR,
        Text("「{found}」が何月の日か分かりません", "of which month {found} is a day is not said"),
        Text("この日付は読みません", "the date is not read"),
        Text(
            "5月9日 のように月を付けるか、月の欄か「5月」の行を置いてください",
            "write 5月9日, or add a column of months or a line 5月 above",
        ),
    ),
    "reserve-date": Message(
        Severity.NOTE,
        Text("「{found}」は予備日です", "{found} is a reserve date"),
        Text("回にはしません", "no session"),
        Text(
            "予備日の部屋と職員を空けておくなら、計画に reserve: 1(記入表では「予備日」)を書いてください",
            "to hold room and staff free for one, write reserve: 1 in the plan (in a form: reserve dates)",
        ),
    ),
    "month-carried": Message(
        Severity.NOTE,
        Text("「{found}」に月がありません", "{found} names no month"),
        Text("{line}行目に続く{month}月の日とします", "read as a day of month {month}, as in line {line}"),
        BY_DATES,
    ),
    "date-outside-year": Message(
        Severity.WARNING,
        Text("{day} は{year}の外です", "{day} lies outside {year}"),
        Text("書かれた日のまま残します", "kept as it is written"),
        BY_DATES,
    ),
    "dates-in-name": Message(
        Severity.WARNING,
        Text("名前の中に日付「{found}」があります", "the name holds dates: {found}"),
        Text("名前の一部として残し、日付としては使いません", "kept as part of the name, not as dates"),
        BY_DATES,
    ),
    "several-in-name": Message(
        Severity.WARNING,
        Text("「{name}」はいくつかの行事を並べたものかもしれません", "{name} may be a list of programmes"),
        Text("一つの事業として読みます", "read as one programme"),
        Text(
            "表で一行に一つずつ書くか、計画で事業を分けてください",
            "write one in a row, or divide it in the plan",
        ),
    ),
    "date-outside-column": Message(
        Severity.WARNING,
        Text("{day} は同じ行の「{months}」と合いません", "{day} does not fit {months} beside it"),
        Text("書かれた日を守ります", "the date is kept"),
        BY_DATES,
    ),
    "weekday-contradiction": Message(
        Severity.ERROR,
        Text("{day} に「{stated}」とあります", "{day} is said to be {stated}"),
        Text("日付を守り、曜日は使いません", "the date is kept, the weekday is not used"),
        BY_DATES,
    ),
    "dates-contradict-rule": Message(
        Severity.WARNING,
        Text(
            "{month} の日付は {given}、規則「{rule}」では {asked} です",
            "in {month} the dates are {given}, the rule {rule} gives {asked}",
        ),
        Text("日付を守ります", "the dates are kept"),
        BY_DATES,
    ),
    "dates-count-mismatch": Message(
        Severity.WARNING,
        Text(
            "日付は{dates}日、回数は{count}回で合いません", "{dates} dates, but {count} sessions are stated"
        ),
        Text("回数を守り、残りはどの日でもよいとします", "the count is kept, the rest may fall on any day"),
        BY_DATES,
    ),
    "dates-not-checked": Message(
        Severity.NOTE,
        Text(
            "年度が分からないため、日付と曜日を照らせません",
            "without the year, dates cannot be held against weekdays",
        ),
        Text("日付だけを残します", "the dates are kept"),
        BY_YEAR,
    ),
    "closed-days": Message(
        Severity.NOTE,
        Text("「{name}」は休館日です({days})", "{name} names closed days ({days})"),
        Text(
            "事業とせず、計画の calendar の closed(記入表では「開館日・休館日」)に入れます",
            "no programme: closed days of the plan's calendar (in a form: open and closed)",
        ),
        Text(
            "休みでないなら、計画の closed(記入表では「開館日・休館日」)から消してください",
            "if it is open then, delete it from closed in the plan (in a form: open and closed)",
        ),
    ),
    "closed-days-unknown": Message(
        Severity.ERROR,
        Text(
            "「{name}」は休館日のようですが、どの日か読めません",
            "{name} seems to be about closed days, but which days they are cannot be read",
        ),
        Text("事業とせず、休館日にもしません", "neither a programme nor closed days"),
        Text(
            "計画の calendar の closed(記入表では「開館日・休館日」)に、"
            "2/1〜2/5 や 毎月第3木曜日 のように書いてください",
            "write them in closed of the plan's calendar (in a"
            " form: open and closed), as 2/1〜2/5 or 毎月第3木曜日",
        ),
    ),
}
