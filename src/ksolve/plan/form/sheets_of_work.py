"""The sheets of the work: programmes, the kinds of their sessions, and wishes."""

from __future__ import annotations

from ksolve.plan.form.cells import (
    CLOSED_TO_PUBLIC,
    LINE,
    NUMBER,
    PUBLIC,
    TICK,
    WINDOWS,
    WORDS,
    reference,
    references,
)
from ksolve.plan.form.cells_of_work import FURTHER_ROOMS, RESERVE, SKILLS, STAFF_NEEDED, TOGETHER
from ksolve.plan.form.columns import ASSUMED_COLUMN, IDENT, REMARK, TICKED, Column, Sheet
from ksolve.text import Text

PROGRAMMES = Sheet(
    "programmes",
    Text("事業", "programmes"),
    Text(
        "年間の事業を1行に一つずつ書きます。内訳(一つの事業の中の教室など)は、すぐ下の行に、事業名と内訳の名前で書きます。",
        "One row for each programme; its parts below it, each with the programme's name and its own.",
    ),
    (
        Column("name", Text("事業", "programme"), width=28, example=Text("育児教室", "Classes for parents")),
        Column("part", Text("内訳", "part"), width=22, example=Text("エンジェル教室", "Babies")),
        Column(
            "frequency",
            Text("実施回数", "frequency"),
            width=20,
            note=Text(
                "印刷された表のとおりに: 年20回、月1回、月1回×5か月、毎月第2火曜日、通年(回のない事業)",
                "as the table says it: 年20回 (20 a year), 月1回"
                " (once a month), 毎月第2火曜日 (each second Tuesday), "
                "通年 (a service without sessions)",
            ),
            example="月2回",
        ),
        Column(
            "session",
            Text("回の種類", "kind of session"),
            reference("session"),
            16,
            Text("シート「回の種類」の名前", "a name of the sheet kinds of sessions"),
            Text("親子教室", "class"),
            choices="sessions.name",
        ),
        Column(
            "marks",
            Text("印の月", "marks"),
            WINDOWS,
            16,
            Text(
                "表で○や↔のある月: 5月、10月～1月に3回。できるだけ守ります",
                "the months that the table marks: 5月、10月～1月に3回 (May; three from October to January); "
                "kept wherever possible",
            ),
            "5月、12月",
        ),
        Column(
            "months",
            Text("行う月", "months"),
            width=14,
            note=Text("この月のほかには行いません: 5月～7月", "no other months: 5月～7月 (May to July)"),
        ),
        Column(
            "together",
            Text("併せて行う事業", "held with"),
            TOGETHER,
            22,
            Text(
                "同じ日・部屋・職員で行う相手の事業。2回だけなら 講習会(2回)、日だけ同じなら 講習会(日だけ)。"
                "理由も書けます: 講習会(2回・参加者が同じ)",
                "whose date, room and staff it shares; lecture(2回):"
                " twice only; lecture(日だけ): the date only; "
                "also with the reason: lecture(2回・the same people)",
            ),
        ),
        Column("for", Text("対象", "for"), width=18, example=Text("0歳児と保護者", "babies and parents")),
        Column("description", Text("内容", "what it is"), width=24),
        Column(
            "sign_up",
            Text("申込", "sign up"),
            width=18,
            note=Text("申込の方法。公表用の予定に出ます", "how to sign up; the public edition shows it"),
            example=Text("電話、前月1日から", "by phone, from the 1st of the month before"),
        ),
        Column("why", Text("表と違う理由", "why it departs"), width=24),
        Column(
            "public",
            Text("公開", "public"),
            PUBLIC,
            8,
            Text(
                "市民に知らせない会議などは「しない」。公開用の予定に出ません",
                "no for closed meetings, which the public edition leaves out",
            ),
            choices=(CLOSED_TO_PUBLIC,),
        ),
        ASSUMED_COLUMN,
        REMARK,
        Column(
            "audiences",
            Text("同じ人が来る会", "audiences"),
            references("audience"),
            16,
            Text(
                "同じ人が来るので重ねない会の、シート「同じ人が来る会」の名前",
                "people who must not be called twice at once: a name of the sheet audiences",
            ),
            choices="audiences.name",
            rare=True,
        ),
        Column(
            "windows",
            Text("必ず行う月", "months that must hold"),
            WINDOWS,
            14,
            Text("印の月と同じ書き方。必ず守ります", "as the marks, but always kept"),
            rare=True,
        ),
        Column(
            "in_turn",
            Text("順に", "in turn"),
            TICK,
            6,
            Text("グループを一つずつ順に行う", "its groups meet one after the other"),
            choices=TICKED,
            rare=True,
        ),
        Column(
            "remainder",
            Text("残り", "rest"),
            TICK,
            6,
            Text(
                "内訳のうち、事業の回数の残りを受け持つもの", "the part that takes what the programme leaves"
            ),
            choices=TICKED,
            rare=True,
        ),
        Column(
            "optional",
            Text("合計外", "extra"),
            TICK,
            7,
            Text("事業の回数に入れない内訳", "a part that is not in the programme's sum"),
            choices=TICKED,
            rare=True,
        ),
        Column(
            "reserve",
            Text("予備日", "reserve dates"),
            RESERVE,
            8,
            Text(
                "雨などのときの予備日を1回に何日取っておくか: 1、1(7日以内)",
                "dates held free for each session, for rain: 1, or 1(7日以内): within 7 days",
            ),
            rare=True,
        ),
        Column(
            "opened",
            Text("特別に開ける日", "opened"),
            WORDS,
            14,
            Text("休館日でもこの事業のために開ける日: 5/5", "closed days on which it is held all the same"),
            rare=True,
        ),
        Column("tags", Text("目印", "tags"), WORDS, 12, rare=True),
        Column(
            "published",
            Text("表の行", "line of the table"),
            LINE,
            8,
            Text("印刷された表の何行目か", "where it stands in the printed table"),
            rare=True,
        ),
        IDENT,
    ),
)

SESSIONS = Sheet(
    "sessions",
    Text("回の種類", "kinds of sessions"),
    Text(
        "1回が何分で、いつ始まり、どの部屋と職員を使うかの型です。事業は、この型を名前で選びます。",
        "What a session takes: minutes, starts, room, staff. Programmes choose one by its name.",
    ),
    (
        Column("name", Text("回の種類", "kind of session"), width=20, example=Text("親子教室", "class")),
        Column("minutes", Text("分", "minutes"), NUMBER, 7, example="90"),
        Column(
            "starts",
            Text("開始時刻", "starts"),
            WORDS,
            18,
            Text("始めてよい時刻をすべて: 10:00、13:30", "every start that will do: 10:00、13:30"),
            "10:00、13:30",
        ),
        Column(
            "weekdays",
            Text("曜日", "weekdays"),
            width=10,
            note=Text("行ってよい曜日。空けるとどの曜日でも", "weekdays that will do; all where empty"),
            example="火-金",
        ),
        Column(
            "rooms",
            Text("部屋(どれか一つ)", "rooms (any one)"),
            references("room"),
            26,
            Text("どれでもよい部屋をすべて: 講座室、会議室", "every room that will do: hall、meeting room"),
            Text("講座室、会議室", "hall、meeting room"),
            choices="rooms.name",
        ),
        Column(
            "staff",
            Text("職員", "staff"),
            STAFF_NEEDED,
            26,
            Text("職種と人数: 保健師 1人、保育士 2人", "professions with numbers: nurse 1、teacher 2"),
            Text("保健師 1人、保育士 2人", "nurse 1、teacher 2"),
        ),
        Column("people", Text("参加者", "people"), NUMBER, 8, example="20"),
        ASSUMED_COLUMN,
        REMARK,
        Column(
            "more_rooms",
            Text("同時に使う部屋", "further rooms"),
            FURTHER_ROOMS,
            22,
            Text(
                "上の部屋と同時に使う部屋: 調理室、会議室または研修室",
                "taken at the same time: kitchen、meeting room or hall",
            ),
            rare=True,
        ),
        Column("features", Text("必要な設備", "features"), WORDS, 14, rare=True),
        Column(
            "per_day",
            Text("1日の回数", "a day"),
            NUMBER,
            9,
            Text("同じ日に何回までか(空けると1)", "how many a day (1 where empty)"),
            rare=True,
        ),
        Column(
            "skills",
            Text("職員の要件", "skills"),
            SKILLS,
            16,
            Text(
                "出る職員ができること: 保育士(手話)",
                "what those taken must be able to do: teacher(sign language)",
            ),
            rare=True,
        ),
        Column(
            "audiences",
            Text("同じ人が来る会", "audiences"),
            references("audience"),
            16,
            Text("シート「同じ人が来る会」の名前", "a name of the sheet audiences"),
            choices="audiences.name",
            rare=True,
        ),
        Column("site", Text("場所", "site"), width=12, rare=True),
        IDENT,
    ),
)

STRENGTHS = {
    "wish": Text("希望", "wish"),
    "must": Text("必ず", "must"),
    "avoid": Text("避けたい", "avoid"),
    "never": Text("行わない", "never"),
}

WISHES = Sheet(
    "wishes",
    Text("希望", "wishes"),
    Text(
        "事業ごとの希望を1行に一つずつ書きます。「希望」と「避けたい」は守れないこともありますが、「必ず」と「行わない」は必ず守ります。",
        "One row for each wish. A wish may be broken where it must be; must and never are always kept.",
    ),
    (
        Column(
            "programme",
            Text("事業", "programme"),
            width=28,
            example=Text("育児教室/エンジェル教室", "Classes for parents/Babies"),
            choices="programmes.name",
        ),
        Column(
            "strength",
            Text("強さ", "how much"),
            width=10,
            example=STRENGTHS["wish"],
            choices=tuple(STRENGTHS.values()),
        ),
        Column(
            "days",
            Text("日", "days"),
            width=24,
            note=Text(
                "10/12(その日に行う)、7/21〜8/10(その間に行う)、火木、第2火曜 のどれか。空けてもかまいません",
                "10/12 (held on it), 7/21〜8/10 (within it), 火木 (Tuesdays and Thursdays), or 第2火曜 "
                "(the second Tuesday); or nothing",
            ),
            example="10/12",
        ),
        Column("start", Text("時刻", "start"), WORDS, 14, example="10:00"),
        Column("room", Text("部屋", "room"), width=18, example=Text("講座室", "hall"), choices="rooms.name"),
        Column(
            "member",
            Text("担当", "led by"),
            width=14,
            note=Text(
                "どの回にもいてほしい職員の名前(シート「職員」)",
                "a member of staff, by name, who is to be there each time",
            ),
            choices="staff.member",
        ),
        Column(
            "gap",
            Text("間隔(日)", "gap (days)"),
            NUMBER,
            9,
            Text(
                "回と回の間を何日以上あけるか: 14 なら2週間以上",
                "fewest days from one session to the next: 14 is two weeks",
            ),
        ),
        Column(
            "why",
            Text("理由", "why"),
            width=36,
            example=Text("市の祭りと合わせるため", "on the day of the fair"),
        ),
        REMARK,
    ),
)
