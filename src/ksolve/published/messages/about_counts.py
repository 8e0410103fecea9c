"""Findings: how often, and whether it adds up."""

from __future__ import annotations

from ksolve.findings import Severity
from ksolve.published.messages.message import BY_FREQUENCY, BY_WINDOWS, Message
from ksolve.text import Text

COUNTS: dict[str, Message] = {
    "events-in-name": Message(
        Severity.NOTE,
        Text("「{name}」は{events}件の行事を並べています", "{name} lists {events} events"),
        Text("それぞれを「{each}」とします", "each is held {each}"),
        Text(
            "一つの事業なら、計画で内訳(components)を消してください",
            "if it is one, delete its components in the plan",
        ),
    ),
    "rows-joined": Message(
        Severity.NOTE,
        Text(
            "「{name}」の日付は{rows}行に分けて書かれています",
            "the dates of {name} stand in {rows} rows",
        ),
        Text("一つの事業の{count}回とします", "read as {count} sessions of one programme"),
        Text(
            "別の事業なら、名前か対象を書き分けてください", "if they are several, give them different names"
        ),
    ),
    "count-mismatch": Message(
        Severity.WARNING,
        Text(
            "実施回数は{count}回、印は{marks}個で合いません",
            "the frequency promises {count} sessions, the marks place {marks}",
        ),
        Text(
            "実施回数を守り、印に入るだけ入れ、残りはどの月でもよいとします",
            "the frequency is kept, the marks place as many as they can, the rest may fall in any month",
        ),
        BY_WINDOWS,
    ),
    "months-by-marks": Message(
        Severity.WARNING,
        Text(
            "「{found}」ですが、印のある月は{marked}か月だけです",
            "{found}, but only {marked} months are marked",
        ),
        Text(
            "印のない月には行わないとし、1年に{count}回とします",
            "nothing is held in the months without a mark: {count} in the year",
        ),
        BY_FREQUENCY,
    ),
    "remark-says-when": Message(
        Severity.WARNING,
        Text(
            "「{heading}」の欄に、時期や回数(「{found}」)が書かれています",
            "the column {heading} says when or how often: {found}",
        ),
        Text(
            "回数と期間には入れず、備考として残します",
            "kept as a remark, and not in the count or the windows",
        ),
        BY_FREQUENCY,
    ),
    "months-from-remark": Message(
        Severity.NOTE,
        Text(
            "「{heading}」の欄に、月(「{found}」)が書かれています",
            "the column {heading} names months: {found}",
        ),
        Text("回数をその月に行うとします", "the sessions are held in these months"),
        BY_FREQUENCY,
    ),
    "days-from-remark": Message(
        Severity.NOTE,
        Text(
            "「{heading}」の欄に、行う日や休む日(「{found}」)が書かれています",
            "the column {heading} says on which days, or on which not: {found}",
        ),
        Text("回数と合わせて読みます", "read together with the count"),
        BY_FREQUENCY,
    ),
    "weekday-with-count": Message(
        Severity.NOTE,
        Text(
            "曜日の欄は「{found}」だけで、回数は月の欄か計の欄にあります",
            "beside the weekday {found} stand counts, under the months or in the total",
        ),
        Text(
            "毎週ではなく、その曜日に{count}回とします",
            "not every week, but {count} sessions on that weekday",
        ),
        BY_FREQUENCY,
    ),
    "frequency-in-months": Message(
        Severity.NOTE,
        Text(
            "月の欄に、どれだけ行うか(「{found}」)が書かれています",
            "the months' cells say how often: {found}",
        ),
        Text(
            "その月の回数として読みます(1年に{count}回)",
            "read as the count of those months: {count} in the year",
        ),
        BY_FREQUENCY,
    ),
    "row-total-mismatch": Message(
        Severity.WARNING,
        Text(
            "合計の行は{total}回ですが、上の事業の回数の和({sum})と合いません",
            "the row of totals says {total}, the programmes above it add up to {sum}",
        ),
        Text("事業ごとの回数を守ります", "the count of each programme is kept"),
        BY_FREQUENCY,
    ),
    "no-marks": Message(
        Severity.NOTE,
        Text("実施回数は{count}回ですが、月の印がありません", "{count} sessions, but no month is marked"),
        Text("どの月でもよいとします", "they may fall in any month"),
        BY_WINDOWS,
    ),
    "unreadable-frequency": Message(
        Severity.ERROR,
        Text(
            "実施回数「{found}」は{character}文字目: {reason}{near}",
            "the frequency {found}: character {character}: {reason}{near}",
        ),
        Text("回数は未定とし、回を入れません", "the count is taken as not stated: no sessions are asked for"),
        Text(
            "年20回、月1回×5か月×2グループ、通年 のように書いてください",
            "write it as 年20回, 月1回×5か月×2グループ or 通年",
        ),
    ),
    "unreadable-period": Message(
        Severity.ERROR,
        Text("時期「{found}」が読み取れません", "the period {found} cannot be read"),
        Text(
            "回数はほかの欄のとおりとし、この時期は守りません",
            "the count is that of the other column; nothing is held to this period",
        ),
        Text(
            "5月～9月、7月18日～8月30日 のように書くか、計画に months か"
            " windows(記入表では「行う月」「必ず行う月」)を書いてください",
            "write it as 5月～9月 or 7月18日～8月30日, or write months or"
            " windows in the plan (in a form: months, months that must hold)",
        ),
    ),
    "missing-frequency": Message(
        Severity.WARNING,
        Text("実施回数の欄が空です", "the frequency column is empty"),
        Text("回数は未定とします", "the number of sessions is taken as not stated"),
        BY_FREQUENCY,
    ),
    "derived-count": Message(
        Severity.WARNING,
        Text("実施回数の欄が空です", "the frequency column is empty"),
        Text(
            "内容の{units}から、各1回で{count}回とします",
            "derived from {units} in the content: one each, {count}",
        ),
        BY_FREQUENCY,
    ),
    "component-sum": Message(
        Severity.WARNING,
        Text(
            "内訳の合計は{sum}回、実施回数は{count}回で合いません",
            "the components add up to {sum}, the frequency promises {count}",
        ),
        Text("実施回数を守ります", "the frequency is kept"),
        BY_FREQUENCY,
    ),
    "open-component": Message(
        Severity.NOTE,
        Text("「{name}」は回数が決まっていません", "{name} has no fixed count"),
        Text("全体の残りの{count}回とします", "it takes the remainder, {count} sessions"),
        BY_FREQUENCY,
    ),
    "optional-sessions": Message(
        Severity.NOTE,
        Text("通年の事業の中に「{name}」{count}回があります", "the service holds {name}, {count} sessions"),
        Text("実施回数の合計には入れず、別に数えます", "counted apart from the frequency column's total"),
        BY_FREQUENCY,
    ),
    "restated-frequency": Message(
        Severity.NOTE,
        Text("内容に「{found}」ともあります", "the content also says {found}"),
        Text("実施回数の欄と同じ意味とします", "read as the same as the frequency column"),
        BY_FREQUENCY,
    ),
    "frequency-contradiction": Message(
        Severity.WARNING,
        Text(
            "内容には「{found}」とあり、実施回数の欄と合いません",
            "the content says {found}, unlike the frequency column",
        ),
        Text("実施回数の欄を守ります", "the frequency column is kept"),
        BY_FREQUENCY,
    ),
    "tentative-count": Message(
        Severity.NOTE,
        Text("「{found}」は確かな回数ではありません", "{found} is not a firm count"),
        Text("{count}回とします", "read as {count} sessions"),
        BY_FREQUENCY,
    ),
    "held-together": Message(
        Severity.NOTE,
        Text("「{name}」は「{partner}」と併せて実施するとあります", "{name} is held together with {partner}"),
        Text(
            "{count}回を相手の回と同じ日時に置くものとします",
            "{count} of its sessions fall on the partner's dates and times",
        ),
        Text(
            "相手の事業は計画の together(記入表では「併せて行う事業」)で決めます",
            "together in the plan (in a form: held with) names the partner",
        ),
    ),
    "split-parts": Message(
        Severity.NOTE,
        Text(
            "内容に{parts}とあり、合計が実施回数と同じです",
            "the content says {parts}, which add up to the frequency",
        ),
        Text("{placed}", "{placed}"),
        BY_WINDOWS,
    ),
    "two-ways": Message(
        Severity.WARNING,
        Text("「{found}」は二通りのどちらかです", "{found} leaves two ways open"),
        Text("先に書かれたほうで計画します", "the first of them is planned"),
        BY_FREQUENCY,
    ),
    "irregular-dates": Message(
        Severity.WARNING,
        Text("「{found}」は日程が不定期です", "{found} has no regular dates"),
        Text("{count}回とし、日はどこでもよいとします", "read as {count} sessions on any days"),
        BY_FREQUENCY,
    ),
    "count-not-stated": Message(
        Severity.NOTE,
        Text("「{found}」には回数がありません", "{found} states no count"),
        Text("期間だけを守ります", "only the time is kept"),
        BY_FREQUENCY,
    ),
    "starts-in-month": Message(
        Severity.NOTE,
        Text("{month}の欄に「{found}」とあります", "listed under {month}, it says {found}"),
        Text("{month}に始まる{count}回とします", "read as {count} sessions that start in {month}"),
        BY_WINDOWS,
    ),
    "month-or-all-year": Message(
        Severity.WARNING,
        Text(
            "{month}の欄に「{found}」とあり、{month}に始まるのか、{month}に載せた毎月の事業なのか決められません",
            "listed under {month}, it says {found}: it may start then, or be held in every month",
        ),
        Text(
            "{month}からとし、回数は{low}回({month}から)から{high}回(毎月)とします",
            "held from {month} on; {low} sessions (from then) to {high} (every month)",
        ),
        BY_FREQUENCY,
    ),
    "merged-frequency": Message(
        Severity.WARNING,
        Text(
            "実施回数「{found}」の欄が上の行と結合されています",
            "the cell of the frequency {found} is merged with the row above",
        ),
        Text("各行とも同じ回数とします", "each row is read with the same frequency"),
        BY_FREQUENCY,
    ),
    "total-mismatch": Message(
        Severity.WARNING,
        Text(
            "計の欄は{total}回、実施回数は{count}回で合いません",
            "the total column says {total}, the frequency promises {count}",
        ),
        Text("実施回数を守ります", "the frequency is kept"),
        BY_FREQUENCY,
    ),
    "half-day-hours": Message(
        Severity.NOTE,
        Text("時刻は「{found}」とだけあります", "of the time it is said only: {found}"),
        Text(
            "開始を午前は10:00、午後は13:30と仮に置きます",
            "taken to begin at 10:00 in the morning, 13:30 after noon",
        ),
        Text(
            "計画の回の種類の starts(記入表では「開始時刻」)に時刻を書いてください",
            "write them as starts of a kind of session (in a form: starts)",
        ),
    ),
    "several-hours": Message(
        Severity.NOTE,
        Text("時刻がいくつかあります(「{found}」)", "there are several times of day: {found}"),
        Text("同じ日に{count}回行うとします", "held {count} times on each of its days"),
        BY_FREQUENCY,
    ),
    "unreadable-hours": Message(
        Severity.WARNING,
        Text("「{found}」は時刻として読めません", "{found} is no time of day"),
        Text(
            "時刻は未定とし、備考に残します",
            "the hours are taken as not stated; the text is kept as a remark",
        ),
        Text(
            "計画の回の種類の starts(記入表では「開始時刻」)に時刻を書いてください",
            "write them as starts of a kind of session (in a form: starts)",
        ),
    ),
}
