"""The sheets of what stands beside the work: what others decide, who comes to several, what is due before."""

from __future__ import annotations

from ksolve.plan.external import EFFECTS
from ksolve.plan.form.cells import NUMBER, TICK, WORDS, choice, references
from ksolve.plan.form.columns import ASSUMED_COLUMN, IDENT, REMARK, TICKED, Column, Sheet
from ksolve.text import Text

EXTERNAL = Sheet(
    "external",
    Text("外部日程", "decided by others"),
    Text(
        "議会・学校・健診・他課の行事など、ほかで決まる日程です。日を1行に一つずつ書くか、日程表のファイル名を書きます。",
        "What others decide: the assembly, schools, health checks. A row for each date, or their file.",
    ),
    (
        Column(
            "name",
            Text("日程", "calendar"),
            width=22,
            note=Text(
                "同じ日程の日が続くときは、同じ名前で行を足します", "dates of one calendar have its name"
            ),
            example=Text("議会会期", "council"),
        ),
        Column(
            "effect",
            Text("扱い", "use"),
            width=12,
            note=Text(
                "休館する(全事業)、行わない、避ける(ほかの日にできるなら)、参考(載せるだけ)。空けると避ける",
                "closed (for all), blocked, avoided (where another day will do), info; avoided where empty",
            ),
            example=EFFECTS["avoided"],
            choices=tuple(EFFECTS.values()),
        ),
        Column(
            "days",
            Text("日", "days"),
            width=24,
            note=Text("9/2〜9/26、毎月第2火曜日 など", "9/2〜9/26, 毎月第2火曜日 (each second Tuesday)"),
            example="9/2〜9/26",
        ),
        Column("hours", Text("時間", "hours"), width=14, note=Text("空けると終日", "all day where empty")),
        Column(
            "entry", Text("何の日か", "what it is"), width=24, example=Text("第3回定例会", "third meeting")
        ),
        Column(
            "file",
            Text("ファイル", "file"),
            width=22,
            note=Text(
                "日程表のファイル(xlsx、CSV、ICS)。この記入表と同じフォルダに置きます",
                "a file of its dates (xlsx, CSV, ICS), beside this one",
            ),
        ),
        Column(
            "programmes",
            Text("対象の事業", "programmes"),
            references("programme"),
            22,
            Text("空けるとすべての事業", "all where empty"),
        ),
        Column(
            "tentative",
            Text("仮", "assumed"),
            TICK,
            6,
            Text(
                "日がまだ決まっていない(見込みの)とき ○。日を書かない行では、その日程のすべての日",
                "○ where the day is an estimate; in a row without days: all days of the calendar",
            ),
            choices=TICKED,
        ),
        REMARK,
        Column(
            "last_year",
            Text("前年度の日程", "last year's"),
            TICK,
            8,
            Text(
                "ファイルが前年度のものなら ○。同じ週の同じ曜日の、見込みの日になります",
                "○ where the file is of an earlier year: its dates move to the same weekdays, as estimates",
            ),
            choices=TICKED,
            rare=True,
        ),
        Column(
            "sheet",
            Text("ファイルのシート", "its sheet"),
            width=12,
            note=Text("xlsx のシートの名前(空けるとすべて)", "a sheet of an xlsx; all where empty"),
            rare=True,
        ),
        Column(
            "columns",
            Text("見出しの読み替え", "headings"),
            WORDS,
            16,
            Text(
                "ファイルの見出しが違うとき: 日付=会議日", "where its headings are others: date=meeting day"
            ),
            rare=True,
        ),
        Column(
            "public",
            Text("公表する", "public"),
            TICK,
            8,
            Text(
                "○なら公表用の版にも出ます。工事など内部のものは空けます",
                "○: the public edition shows it too",
            ),
            choices=TICKED,
            rare=True,
        ),
        Column(
            "weight",
            Text("重み", "weight"),
            NUMBER,
            7,
            Text("避ける日をどれだけ強く避けるか(空けると1)", "how much a day is avoided (1 where empty)"),
            rare=True,
        ),
        Column("why", Text("理由", "why"), width=18, rare=True),
        Column("tags", Text("対象の目印", "tags"), WORDS, 12, rare=True),
        Column("audiences", Text("対象の会", "audiences"), references("audience"), 14, rare=True),
        IDENT,
    ),
)

APART = {
    "moment": Text("同じ時間", "the same time"),
    "day": Text("同じ日", "the same day"),
    "week": Text("同じ週", "the same week"),
}

AUDIENCES = Sheet(
    "audiences",
    Text("同じ人が来る会", "audiences"),
    Text(
        "同じ人たちが来るので重ねられない集まりを1行に一つずつ書きます。"
        "事業や回の種類では、この名前を「同じ人が来る会」の列に書きます。",
        "One row for people who come to several programmes. Programmes and kinds of sessions name them.",
    ),
    (
        Column("name", Text("だれ", "who"), width=26, example=Text("0歳児の親子", "babies and parents")),
        Column(
            "apart",
            Text("重ねない範囲", "never on"),
            choice(APART),
            16,
            Text(
                "同じ時間に重ねない、同じ日に重ねない、同じ週に重ねない。空けると同じ時間",
                "what two of their sessions never share: the time (where empty), the day, the week",
            ),
            APART["day"],
            choices=tuple(APART.values()),
        ),
        ASSUMED_COLUMN,
        REMARK,
        IDENT,
    ),
    is_added=True,
)

ON_CLOSED = {
    "before": Text("前の開館日", "the open day before"),
    "after": Text("後の開館日", "the open day after"),
    "same": Text("その日のまま", "that day all the same"),
}

LEAD_TIMES = Sheet(
    "lead_times",
    Text("締切", "deadlines"),
    Text(
        "各回の前に済ませること(広報の原稿、会場の予約など)を1行に一つずつ書きます。"
        "ksolve deadlines が一覧と日付にします。",
        "What is due before each session: copy for the newsletter, a booking. ksolve deadlines dates them.",
    ),
    (
        Column(
            "what", Text("すること", "what"), width=24, example=Text("広報の原稿", "copy for the newsletter")
        ),
        Column(
            "due",
            Text("いつまで", "by when"),
            width=18,
            note=Text(
                "回の何日前か: 2か月前の25日、前月の末日、6週間前、14日前、前日",
                "how long before the session: 2か月前の25日 (the"
                " 25th, two months before), 前月の末日 (the last day of "
                "the month before), 6週間前 (six weeks), 14日前 (14 days), 前日 (the day before)",
            ),
            example="2か月前の25日",
        ),
        Column(
            "on_closed",
            Text("休館日なら", "if closed"),
            choice(ON_CLOSED),
            16,
            Text(
                "締切が休館日に当たるとき。空けると前の開館日",
                "where it falls on a closed day; before it if empty",
            ),
            choices=tuple(ON_CLOSED.values()),
        ),
        Column(
            "programmes",
            Text("事業", "programmes"),
            references("programme"),
            28,
            Text("空けるとすべての事業", "all where empty"),
            Text("育児教室", "Classes for parents"),
        ),
        Column(
            "rooms",
            Text("部屋", "rooms"),
            references("room"),
            16,
            Text("この部屋を使う回だけ", "only in these"),
        ),
        Column(
            "staff",
            Text("職員", "staff"),
            references("staff"),
            16,
            Text("この職種が出る回だけ", "only with these"),
        ),
        Column("why", Text("理由", "why"), width=26),
        REMARK,
        Column("tags", Text("対象の目印", "tags"), WORDS, 12, rare=True),
    ),
    is_added=True,
)
