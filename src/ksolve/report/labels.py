"""The words of the reports."""

from __future__ import annotations

from ksolve.text import Text

GLYPHS = "●▲■◆★▼✚"
"""One for each heading, beside its colour: for those who see no colours, and copies in black."""

LABELS: dict[str, Text] = {
    "annual": Text("年間予定表", "The year"),
    "calendar": Text("カレンダー", "Calendar"),
    "fit": Text("公表計画との適合", "Fit with the published plan"),
    "contradictions": Text(
        "公表計画の矛盾と読み方", "Contradictions in the published plan, and how they were read"
    ),
    "assumptions": Text("前提(仮定)", "Assumptions"),
    "data": Text("データ", "Data"),
    "programme": Text("事業", "Programme"),
    "frequency": Text("実施回数", "Frequency"),
    "planned": Text("計画", "Planned"),
    "dated": Text("日付あり", "Dated"),
    "count": Text("計", "Total"),
    "marks": Text("月の印と、それを守る回", "Marks, and the session that honours each"),
    "outside": Text("印の外の回", "Sessions outside the marks"),
    "note": Text("備考", "Notes"),
    "assumed": Text("仮定", "assumed"),
    "content": Text("内容", "content"),
    "assumed_notice": Text(
        "この予定表は計画上の仮定に基づく案です。部屋・職員・開館時間は公表計画にありません。",
        "This schedule is a draft on planning assumptions: "
        "the published plan names no rooms, staff or opening hours.",
    ),
    "holiday_note": Text(
        "祝日は計算によるものです。官報の告示と異なる場合は計画で直してください。",
        "National holidays are computed; correct them in the plan if the official notice differs.",
    ),
    "closed": Text("休館", "closed"),
    "sessions": Text("回", "sessions"),
    "programmes": Text("事業", "programmes"),
    "verdict": Text("判定", "Verdict"),
    "fit_figure": Text("適合度", "Fit"),
    "regularity": Text("規則性", "Regularity"),
    "rhythm": Text("いつもの日", "Usual place"),
    "missing": Text("なし", "none"),
    "service": Text("通年の事業(日付なし)", "Service without dates"),
    "unplanned": Text("日付なし(実施回数が未定)", "No sessions: how often is not known"),
    "filter": Text("しぼり込み", "Filter"),
    "all": Text("すべて", "all"),
    "room": Text("部屋", "Room"),
    "staff": Text("職員", "Staff"),
    "line": Text("行", "Line"),
    "finding": Text("指摘", "Finding"),
    "resolution": Text("読み方", "Resolution"),
    "remedy": Text("直すには", "To overrule"),
    "legend": Text("凡例", "Legend"),
    "honoured": Text("印を守る回", "honours a mark"),
    "kept_sessions": Text("約束の回", "Promised sessions"),
    "kept_marks": Text("印", "Marks"),
    "total_row": Text("全事業の合計", "Total of all programmes"),
    "years": Text("前年度と今年度", "Last year and this year"),
    "times": Text("回", "×"),
    "time": Text("時刻", "Time"),
    "to_content": Text("本文へ", "Skip to content"),
    "contents": Text("目次", "Contents"),
    "holidays": Text("日・祝", "Sunday, holiday"),
    "saturday": Text("土", "Saturday"),
    "details": Text("終わりの時刻・部屋・職員も表示", "show end, room and staff"),
    "pictures": Text("図で見る", "Pictures"),
    "as_table": Text("表で見る", "as a table"),
    "marks_sheet": Text("○↔", "Marks"),
    "load": Text("負荷", "Load"),
    "load_note": Text(
        "割合 = 予定の回に使う時間 ÷ 使える時間(開館中に職員・部屋が使える時間)。週は職員全員の合計",
        "Share = hours of sessions / hours that there are while the centre is open; weeks: of all staff",
    ),
    "days": Text("日ごとの回数", "Sessions of each day"),
    "tiers": Text("段と下限", "Tiers"),
    "tier": Text("段", "Tier"),
    "left": Text("残り", "Left"),
    "bound": Text("証明された下限", "Proven bound"),
    "others_held": Text("ほかの予定", "also on"),
    "others": Text("外部日程(参考)", "What others decide, for information"),
    "more": Text("ほか", "more"),
}
