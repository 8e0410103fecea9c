"""Every finding of the reader: its stable name, severity, sentence, resolution and remedy."""

from __future__ import annotations

from dataclasses import dataclass

from ksolve.findings import Finding, Place, Severity
from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Message:
    """The wording of one kind of finding; ``{names}`` are filled in where it is found."""

    severity: Severity
    text: Text
    resolution: Text | None = None
    remedy: Text | None = None


_WINDOWS = Text(
    "計画の marks または windows に月と why を書くと上書きできます",
    "to overrule, write marks or windows with a why in the plan",
)
_FREQUENCY = Text(
    "計画の frequency と why で上書きできます",
    "to overrule, write frequency with a why in the plan",
)

MESSAGES: dict[str, Message] = {
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
        Text("年度は計画の year で決まります", "year in the plan decides"),
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
        _WINDOWS,
    ),
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
        _WINDOWS,
    ),
    "mark-in-last-column": Message(
        Severity.NOTE,
        Text(
            "「{mark}」は見出しの最後の月より右、表の右端の列にあります",
            "the mark {mark} stands right of the last month label, in the last column",
        ),
        Text("右端の列は3月とします", "the last column is read as March"),
        _WINDOWS,
    ),
    "arrow-end-lost": Message(
        Severity.WARNING,
        Text("矢印「{mark}」の一方の端が失われています", "one end of the arrow {mark} is lost"),
        Text("{hull}とします(その月と翌月)", "read as {hull} (its month and the next)"),
        _WINDOWS,
    ),
    "arrow-clipped": Message(
        Severity.WARNING,
        Text(
            "矢印「{mark}」の一方の端が失われ、翌月は年度の外です",
            "one end of the arrow {mark} is lost, and the next month lies outside the year",
        ),
        Text("{hull}とします", "read as {hull}"),
        _WINDOWS,
    ),
    "every-cell-marked": Message(
        Severity.WARNING,
        Text(
            "すべての月の列({marks}列)に印があり、実施回数は{count}回です",
            "all {marks} month cells are marked, the frequency is {count}",
        ),
        Text("毎月とします", "read as every month"),
        _WINDOWS,
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
        _WINDOWS,
    ),
    "no-marks": Message(
        Severity.NOTE,
        Text("実施回数は{count}回ですが、月の印がありません", "{count} sessions, but no month is marked"),
        Text("どの月でもよいとします", "they may fall in any month"),
        _WINDOWS,
    ),
    "missing-arrow": Message(
        Severity.NOTE,
        Text("通年ですが、印↓がありません", "all year round, but the mark ↓ is missing"),
        Text("通年とします", "read as all year round"),
        _FREQUENCY,
    ),
    "start-contradicts-arrow": Message(
        Severity.WARNING,
        Text(
            "印↓は年度初めから、「{mark}」は{month}月からと言っています",
            "the mark ↓ says from the start of the year, {mark} says from month {month}",
        ),
        Text("{month}月に始まる事業とします", "read as a service that starts in month {month}"),
        _WINDOWS,
    ),
    "labelled-mark": Message(
        Severity.NOTE,
        Text("月の欄に「{mark}」と書かれています", "the month cell says {mark}"),
        Text("{hull}に1回の印とします", "read as a mark for one session in {hull}"),
        _WINDOWS,
    ),
    "unknown-mark": Message(
        Severity.ERROR,
        Text("印「{mark}」の意味がわかりません", "the mark {mark} is not known"),
        None,
        Text("使える印は ○ ● ◎ ↔ → ↓ と文字です", "known marks are ○ ● ◎ ↔ → ↓ and words"),
    ),
    "unreadable-frequency": Message(
        Severity.ERROR,
        Text(
            "実施回数「{found}」は{character}文字目: {reason}{near}",
            "the frequency {found}: character {character}: {reason}{near}",
        ),
        None,
        Text(
            "年20回、月1回×5か月×2グループ、通年 のように書いてください",
            "write it as 年20回, 月1回×5か月×2グループ or 通年",
        ),
    ),
    "missing-frequency": Message(
        Severity.WARNING,
        Text("実施回数の欄が空です", "the frequency column is empty"),
        Text("回数は未定とします", "the number of sessions is taken as not stated"),
        _FREQUENCY,
    ),
    "derived-count": Message(
        Severity.WARNING,
        Text("実施回数の欄が空です", "the frequency column is empty"),
        Text(
            "内容の{units}から、各1回で{count}回とします",
            "derived from {units} in the content: one each, {count}",
        ),
        _FREQUENCY,
    ),
    "column-shifted": Message(
        Severity.WARNING,
        Text("内容が1列右の欄に入っています", "the content stands one column to the right"),
        Text(
            "実施回数と月の印も1列右として読みます",
            "frequency and months are read one column to the right too",
        ),
        _WINDOWS,
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
        _WINDOWS,
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
    "component-sum": Message(
        Severity.WARNING,
        Text(
            "内訳の合計は{sum}回、実施回数は{count}回で合いません",
            "the components add up to {sum}, the frequency promises {count}",
        ),
        Text("実施回数を守ります", "the frequency is kept"),
        _FREQUENCY,
    ),
    "open-component": Message(
        Severity.NOTE,
        Text("「{name}」は回数が決まっていません", "{name} has no fixed count"),
        Text("全体の残りの{count}回とします", "it takes the remainder, {count} sessions"),
        _FREQUENCY,
    ),
    "optional-sessions": Message(
        Severity.NOTE,
        Text("通年の事業の中に「{name}」{count}回があります", "the service holds {name}, {count} sessions"),
        Text("実施回数の合計には入れず、別に数えます", "counted apart from the frequency column's total"),
        _FREQUENCY,
    ),
    "restated-frequency": Message(
        Severity.NOTE,
        Text("内容に「{found}」ともあります", "the content also says {found}"),
        Text("実施回数の欄と同じ意味とします", "read as the same as the frequency column"),
        _FREQUENCY,
    ),
    "frequency-contradiction": Message(
        Severity.WARNING,
        Text(
            "内容には「{found}」とあり、実施回数の欄と合いません",
            "the content says {found}, unlike the frequency column",
        ),
        Text("実施回数の欄を守ります", "the frequency column is kept"),
        _FREQUENCY,
    ),
    "tentative-count": Message(
        Severity.NOTE,
        Text("「{found}」は確かな回数ではありません", "{found} is not a firm count"),
        Text("{count}回とします", "read as {count} sessions"),
        _FREQUENCY,
    ),
    "held-together": Message(
        Severity.NOTE,
        Text("「{name}」は「{partner}」と併せて実施するとあります", "{name} is held together with {partner}"),
        Text(
            "{count}回を相手の回と同じ日時に置くものとします",
            "{count} of its sessions fall on the partner's dates and times",
        ),
        Text("計画の together で相手の事業を決めます", "together in the plan names the partner"),
    ),
    "split-parts": Message(
        Severity.NOTE,
        Text(
            "内容に{parts}とあり、合計が実施回数と同じです",
            "the content says {parts}, which add up to the frequency",
        ),
        Text("{placed}", "{placed}"),
        _WINDOWS,
    ),
    "cell-not-read": Message(
        Severity.WARNING,
        Text("「{found}」がどの欄にも当てはまりません", "{found} fits no column"),
        Text("値にせず、ここに報告だけします", "no value is taken from it"),
    ),
    "no-header": Message(
        Severity.ERROR,
        Text("表の見出し行がありません", "no header row was found"),
        None,
        Text(
            "事業名・実施回数と、4月から3月の月名が並ぶ行が要ります",
            "a row is wanted that names the programme, its frequency and the months 4月 to 3月",
        ),
    ),
    "empty-table": Message(
        Severity.ERROR,
        Text("見出し行の下に事業がありません", "there is no programme below the header row"),
        None,
        Text("見出しの次の行から事業を書いてください", "write the programmes from the next line on"),
    ),
}


def finding(name: str, place: Place, /, **values: object) -> Finding:
    """Return the finding `name` with its sentences filled in."""
    message = MESSAGES[name]
    return Finding(
        name,
        message.severity,
        message.text.fill(**values),
        place,
        resolution=message.resolution and message.resolution.fill(**values),
        remedy=message.remedy and message.remedy.fill(**values),
    )
