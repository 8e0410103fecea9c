"""The words that head the columns of published tables and of schedules alike, the usual one first."""

from __future__ import annotations

NAMES = (
    "事業名称 事業名 講座名 教室名 行事名 催し物名 イベント名 会議名 活動名 名称 "
    "講座 教室 行事 事業 催し イベント プログラム "
    "大会名 ひろば名 広場名 学級名 サロン名 クラブ名 サークル名 団体名 相談名 健診名 検診名 公演名"
)
DAYS = (
    "日付 年月日 期日 開催日 実施日 実施予定日 開催日時 実施日時 日時 日程 実施日程 "
    "日にち 月日 開催月日 実施月日 開講日 予定日 開催予定日 実施日等 行事日 活動日 活動日程"
)
FIRST_DAYS = "開始日 開催開始日 開始年月日 初日"
LAST_DAYS = "終了日 開催終了日 終了年月日 最終日"
STARTS = "開始 開始時刻 開始時間"
ENDS = "終了 終了時刻 終了時間"
HOURS = "時刻 時間 受付時間 開催時間 実施時間 活動時間 時間帯"
PLACES = "会場 場所 実施場所 開催場所 活動場所 集合場所 開催会場 実施会場 会場名 場所名称 室名 部屋"
STAFF = "担当 担当者 担当課 講師 職員名 担当職員"
