"""The words of the editions."""

from __future__ import annotations

from ksolve.text import Text

WORDS: dict[str, Text] = {
    "date": Text("日付", "Date"),
    "time": Text("時刻", "Time"),
    "programme": Text("事業", "Programme"),
    "number": Text("回", "No."),
    "room": Text("場所", "Place"),
    "whom": Text("対象", "For"),
    "sign_up": Text("申込", "Sign up"),
    "description": Text("内容", "What"),
    "staff": Text("職員", "Staff"),
    "colleagues": Text("一緒の職員", "With"),
    "when": Text("いつ", "When"),
    "sessions": Text("回数", "Sessions"),
    "all_year": Text("通年・随時", "all year"),
    "about": Text("事業の一覧", "Programmes"),
    "calendar": Text("月ごとの予定", "Month by month"),
    "closed": Text("内部", "internal"),
    "hours": Text("時間", "hours"),
    "total": Text("計", "Total"),
    "none": Text("予定はありません", "nothing is planned"),
    "away": Text("勤務なし", "off"),
    "to_content": Text("本文へ", "Skip to content"),
    "legend": Text("凡例", "Legend"),
    "holiday": Text("日・祝", "Sunday, holiday"),
    "saturday": Text("土", "Saturday"),
    "shut": Text("休館日", "closed"),
    "week_of": Text("{first}の週", "Week of {first}"),
    "others": Text("ほかの予定", "Also on"),
    "cancelled": Text("中止", "cancelled"),
    "contents": Text("目次", "Contents"),
}
