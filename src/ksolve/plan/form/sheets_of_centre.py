"""The sheets of the centre: rooms, staff, open and closed days."""

from __future__ import annotations

from ksolve.plan.form.cells import ABSENCES, NUMBER, WEEKLY, WORDS
from ksolve.plan.form.columns import ASSUMED_COLUMN, IDENT, REMARK, Column, Sheet
from ksolve.text import Text

ROOMS = Sheet(
    "rooms",
    Text("部屋", "rooms"),
    Text(
        "使う部屋を1行に一つずつ書きます。同じような部屋がいくつもあれば、その数を書きます。",
        "One row for each room, or for several that are alike.",
    ),
    (
        Column("name", Text("部屋", "room"), width=24, example=Text("講座室", "hall")),
        Column("count", Text("数", "number"), NUMBER, 6, example="1"),
        Column("seats", Text("定員", "seats"), NUMBER, 7, example="24"),
        Column(
            "weekly",
            Text("使える時間", "hours"),
            WEEKLY,
            28,
            Text("空けると開館時間どおり", "the opening hours where it is empty"),
            "月-金 9:00-17:00、土 9:00-12:00",
        ),
        Column(
            "closed",
            Text("使えない日", "closed"),
            ABSENCES,
            28,
            Text("8/1〜8/31(空調工事)、12/3 のように", "as 8/1〜8/31(repairs)、12/3"),
            Text("8/1〜8/31(空調工事)", "8/1〜8/31(repairs)"),
        ),
        Column(
            "features",
            Text("設備", "features"),
            WORDS,
            16,
            example=Text("防音、調理台", "soundproof、kitchen"),
        ),
        Column(
            "turnaround",
            Text("片付け(分)", "clearing (min)"),
            NUMBER,
            10,
            Text("次の回までに空ける分", "minutes between two sessions"),
            "30",
        ),
        Column("site", Text("場所", "site"), width=14, example=Text("本館", "main building")),
        ASSUMED_COLUMN,
        REMARK,
        IDENT,
    ),
)

STAFF = Sheet(
    "staff",
    Text("職員", "staff"),
    Text(
        "職種ごとに、人数を1行で書くか、名前を1行に一人ずつ書きます。勤務時間の違う人がいれば、同じ職種の行を分けます。",
        "For each profession either a number (one row), or the members by name (a row each).",
    ),
    (
        Column("name", Text("職種", "profession"), width=20, example=Text("保健師", "nurse")),
        Column(
            "member",
            Text("名前", "member"),
            width=14,
            note=Text("空けると人数で考えます", "empty: the number counts"),
            example=Text("田中", "Tanaka"),
        ),
        Column(
            "count",
            Text("人数", "number"),
            NUMBER,
            6,
            Text("名前を書かないときの人数", "how many, where no name is written"),
        ),
        Column(
            "weekly",
            Text("勤務時間", "hours"),
            WEEKLY,
            30,
            Text("空けると開館時間どおり", "the opening hours where it is empty"),
            "月-水 9:00-17:00、木 9:00-12:00",
        ),
        Column(
            "absent",
            Text("休み", "leave"),
            ABSENCES,
            28,
            Text(
                "8/5〜8/9、12/1 のように。人数で書いた職種では 8/5〜8/9(1人・研修) とも",
                "as 8/5〜8/9、12/1; of a profession also 8/5〜8/9(1人・training): one of them",
            ),
            "8/5〜8/9",
        ),
        Column(
            "available",
            Text("出る日だけ", "only on"),
            WORDS,
            18,
            Text("名前のある人が、この日にだけいるとき", "the only days on which a member is there"),
        ),
        Column("skills", Text("できること", "skills"), WORDS, 14, example=Text("手話", "sign language")),
        Column(
            "fee",
            Text("謝礼(円)", "fee (yen)"),
            NUMBER,
            10,
            Text("外部の専門職に1回ごとに払う額", "what is paid for each session of an outside expert"),
            rare=True,
        ),
        ASSUMED_COLUMN,
        REMARK,
        IDENT,
    ),
)

CALENDAR_KINDS = {
    "open": Text("開館時間", "opening hours"),
    "season": Text("季節の開館時間", "hours of a season"),
    "holidays": Text("祝日", "holidays"),
    "closed": Text("休館日", "closed"),
    "opened": Text("臨時開館日", "opened"),
    "quiet": Text("避けたい日", "avoided"),
}
HOLIDAYS = {"closed": Text("休館", "closed"), "open": Text("開館", "open")}

CALENDAR = Sheet(
    "calendar",
    Text("開館日・休館日", "open and closed"),
    Text(
        "開館時間は曜日ごとに、休館日は1行に一つずつ書きます。避けたい日は、ほかの日にできるなら行わない日です。",
        "Opening hours by weekday; one row for each closed day or stretch, and for days to be avoided.",
    ),
    (
        Column(
            "kind",
            Text("種類", "kind"),
            width=18,
            example=CALENDAR_KINDS["closed"],
            choices=tuple(CALENDAR_KINDS.values()),
        ),
        Column(
            "days",
            Text("日・曜日", "days"),
            width=32,
            note=Text(
                "開館時間では曜日(月-金)、ほかは日: 12/29〜1/3、毎月第3木曜日、祝日の翌日、"
                "月曜日(祝日の場合は翌日)",
                "weekdays for the opening hours (月-金: Monday"
                " to Friday), else days: 12/29〜1/3, 毎月第3木曜日 "
                "(each third Thursday), 祝日の翌日 (the day after a holiday)",
            ),
            example="12/29〜1/3",
        ),
        Column(
            "hours",
            Text("時間", "hours"),
            width=30,
            note=Text(
                "開館時間: 9:00-12:00, 13:00-17:00。祝日: 休館 か 開館",
                "opening hours: 9:00-12:00, 13:00-17:00; holidays: closed or open",
            ),
        ),
        Column("why", Text("理由", "why"), width=24, example=Text("年末年始", "New Year")),
        Column(
            "weight",
            Text("重み", "weight"),
            NUMBER,
            7,
            Text("避けたい日をどれだけ強く避けるか(空けると1)", "how much a day is avoided (1 where empty)"),
        ),
        ASSUMED_COLUMN,
        REMARK,
    ),
)
