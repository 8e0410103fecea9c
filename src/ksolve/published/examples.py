"""For each finding a table that has it, as small as it can be; a test holds each to its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ksolve.text import Text


@dataclass(frozen=True, slots=True)
class Example:
    """A table as CSV, in a file of this name, read for the year given, if any."""

    table: str
    file: str = "plan.csv"
    year: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What has a finding and cannot be shown as CSV, and the values of its sentence."""

    what: Text
    values: Mapping[str, object] = field(default_factory=dict)


_TITLE = "令和6年度 事業計画\n"
_GRID = _TITLE + "事業名,事業内容,実施回数,4月,5月,6月,7月,8月,9月,10月,11月,12月,1月,2月,3月\n"
_BARE = _TITLE + "事業名,4月,5月,6月,7月,8月,9月,10月,11月,12月,1月,2月,3月\n"
_WEEKS = _TITLE + "事業名,4月,,5月,,6月,\n,第1週,第3週,第1週,第3週,第1週,第3週\n"
_LIST = _TITLE + "事業名,実施回数,実施日\n"
_MONTHS = _TITLE + "月,行事名,内容\n"

EXAMPLES: dict[str, Example] = {
    # the table
    "era-contradiction": Example(
        _TITLE + "事業名,実施回数,令和4年,,,令和5年\n,,4月,5月,6月,7月\nおはなし会,年1回,,○,,\n"
    ),
    "another-year": Example(_LIST + "おはなし会,年1回,\n\n令和5年度 実績\n事業名,回数\n映画会,年2回\n"),
    "wide-body": Example(_GRID + "おはなし会,,年1回,,○,,,,,,,,,,,,\n"),
    "column-shifted": Example(_GRID + "訪問,学校訪問,学校を訪ねて話を聞く。,年2回,,○,,,○,,,,,,,\n"),
    "lost-cell": Example(_GRID + "連絡会,年3回,,,○,,,,,,,,,,\n"),
    "heading-after-table": Example(_LIST + "おはなし会,年1回,\n\n図書館の行事\n"),
    "heading-without-table": Example("児童館\n" + _TITLE + "図書館\n事業名,実施回数\nおはなし会,年1回\n"),
    "cell-not-read": Example("令和6年度 事業計画,（案）\n事業名,実施回数\nおはなし会,年1回\n"),
    "turned-table": Example("月,乳児健診,離乳食教室\n4月,9日,10日\n5月,14日,\n6月,11日,12日\n"),
    "tables-beside": Example("事業名,月,実施日,月,実施日\n健診,4月,9日,10月,8日\n教室,5月,14日,11月,12日\n"),
    "turned-unsure": Example("月,主な取組,ねらい\n4月,入園式,親しむ\n5月,遠足,歩く\n6月,水遊び,慣れる\n"),
    "plan-beside-actual": Example(
        _TITLE + "事業名,4月,,5月,,6月,\n,計画,実績,計画,実績,計画,実績\nおはなし会,○,○,,,○,\n"
    ),
    "no-header": Example("令和6年度 事業計画\nおはなし会,年1回\n"),
    "empty-table": Example(_LIST),
    "unknown-column": Example(_TITLE + "事業名,実施回数,ねらい\nおはなし会,年1回,本に親しむ\n"),
    "several-rooms": Example(_TITLE + "事業名,実施回数,会場\n書き初め会,年1回,研修室1・2\n"),
    "whole-house": Example(_TITLE + "事業名,実施回数,会場\nおはなし会,月1回,和室\n文化祭,年1回,全館\n"),
    "any-of-rooms": Example(_TITLE + "事業名,実施回数,会場\n編み物教室,月1回,和室又は会議室\n"),
    "column-by-content": Example(_TITLE + "校下,とき\n東山の会,毎月第2火曜日\n西山の会,5/11\n"),
    "column-says-when": Example(_LIST.replace("実施日", "実施日,集計") + "おはなし会,年1回,5/11,7/20\n"),
    "month-label-unread": Example(_TITLE + "事業名,4月,卯月,6月,7月\nおはなし会,○,○,,\n"),
    "month-label-repeated": Example(_TITLE + "事業名,4月,5月,6月,6月\nおはなし会,○,,,\n"),
    "table-continued": Example(_LIST + "おはなし会,年1回,\n事業名,実施回数,実施日\n工作教室,年2回,\n"),
    "cancelled": Example(_LIST + "おはなし会,年1回,\n(中止)料理教室,年2回,\n"),
    "cancelled-date": Example(_LIST + "おはなし会,年1回,5/11(中止)\n"),
    "missing-name": Example(_LIST + ",年1回,5/11\n"),
    "name-carried": Example(_TITLE + "講座名,日程,内容\n俳句,5/9,俳句とは\n,5/16,句作\n"),
    "carried-down": Example(_MONTHS + "5月,図書館まつり,\n,工作教室,\n"),
    "ditto-beside": Example(_BARE + "おはなし会,第2土,〃,〃,,,,,,,,,\n"),
    "ditto-without-above": Example(_MONTHS + "〃,図書館まつり,\n"),
    "year-contradiction": Example(_LIST + "おはなし会,年1回,\n", year="令和7年度"),
    "year-from-dates": Example("日付,行事\n2024-06-15,ホタル観賞会\n"),
    "year-from-file-name": Example("事業名,実施回数\nおはなし会,年1回\n", "plan_R6.csv"),
    # counts
    "events-in-name": Example(_LIST + "誕生会・身体測定・避難訓練,毎月,\n"),
    "rows-joined": Example(_LIST + "第1回 料理教室,,5/11\n第2回 料理教室,,6/8\n"),
    "count-mismatch": Example(_GRID + "交流会,,年2回,,,,,,,,,,,,○\n"),
    "months-by-marks": Example(_GRID + "ひろば,,月2回,○,○,○,○,,○,○,○,○,○,○,○\n"),
    "weekday-with-count": Example(_TITLE + "事業名,曜日,第1四半期,第2四半期,合計\nヨガ教室,火,10,8,18\n"),
    "reserve-date": Example(_TITLE + "事業名,開催日\n夏まつり,8/23(土)(雨天時8/24)\n"),
    "remark-says-when": Example(_TITLE + "事業名,実施回数,備考\nおはなし会,月1回,10月は中止\n"),
    "days-from-remark": Example(_TITLE + "事業名,実施日,備考\n行政相談,第2火曜日,8月は第3火曜日\n"),
    "months-from-remark": Example(_TITLE + "事業名,実施回数,備考\nパパと遊ぼう,年6回,10月～3月\n"),
    "frequency-in-months": Example(_BARE + "おはなし会,毎週木,毎週木,毎週木,,,,,,,,,\n"),
    "no-marks": Example(_GRID + "交流会,,年2回,,,,,,,,,,,,\n"),
    "unreadable-frequency": Example(_GRID + "交流会,,年に何度か,,,,,,,,,,,,\n"),
    "unreadable-period": Example(_TITLE + "事業名,回数,期間\n展示解説,年4回,企画展の会期中\n"),
    "missing-frequency": Example(_GRID + "交流会,,,,○,,,,,,,,,,\n"),
    "derived-count": Example(_GRID + "訪問,園を訪ねて話を聞く。(公立5園、私立34園),,,○,,,,,,,,,,\n"),
    "component-sum": Example(_GRID + "教室,教室 春の会(年2回) 秋の会(年2回),年5回,,,,,,,,,,,,\n"),
    "open-component": Example(_GRID + "広場,広場 遊び(不定期) 誕生会(月1回),年40回,↓,,,,,,,,,,,\n"),
    "optional-sessions": Example(_GRID + "研修,研修 養成講座(年1回),通年,↓,,,,,,,,,,,\n"),
    "restated-frequency": Example(_GRID + "説明会,会の仕組みを話す。(毎月1回),月1回,↓,,,,,,,,,,,\n"),
    "frequency-contradiction": Example(_GRID + "説明会,会の仕組みを話す。(年2回),月1回,↓,,,,,,,,,,,\n"),
    "tentative-count": Example(_LIST + "あそびの学校,年6回予定,\n"),
    "held-together": Example(_GRID + "活動報告,講習会と合わせて実施,年1回,,○,,,,,,,,,,\n"),
    "split-parts": Example(_GRID + "会議,全体会を1回、地区別を3回行う。,年4回,,○,,,↔,,,,,,,\n"),
    "two-ways": Example(_LIST + "検診,第4火曜日／随時,\n"),
    "irregular-dates": Example(_LIST + "マッサージ,月1回 不定期,\n"),
    "count-not-stated": Example(_TITLE + "事業名,時期\n交流会,7～8月\n"),
    "starts-in-month": Example(_MONTHS + "6月,絵本講座,連続3回\n"),
    "month-or-all-year": Example(_MONTHS + "5月,赤ちゃんひろば,月1回\n"),
    "total-mismatch": Example(_TITLE + "事業名,実施回数,計\nおはなし会,年3回,4\n"),
    "row-total-mismatch": Example(_LIST + "おはなし会,年3回,\n工作教室,年2回,\n合計,6,\n"),
    "half-day-hours": Example(_TITLE + "事業名,実施回数,時間\n育児相談,月1回,午前\n"),
    "several-hours": Example(
        _TITLE + "事業名,開催日,時間\nおはなし会,毎週土曜日,11:00～11:30/14:00～14:30\n"
    ),
    "unreadable-hours": Example(_TITLE + "事業名,実施回数,時間\nおはなし会,年3回,放課後\n"),
    # marks
    "mark-beyond-header": Example(_GRID + "会議,,年1回,,,,,,,,,,,,,○,\n"),
    "mark-in-last-column": Example(_GRID + "会議,,年1回,,,,,,,,,,,,,,○\n"),
    "mark-between-labels": Example(_TITLE + "事業名,4月,,5月,6月\n会議,,○,,\n"),
    "mark-without-month": Example(_TITLE + "事業名,5月,7月,9月\n会議,○,,,○\n"),
    "arrow-end-lost": Example(_GRID + "会議,,年1回,,↔,,,,,,,,,,\n"),
    "arrow-clipped": Example(_GRID + "会議,,年1回,,,,,,,,,,,,↔\n"),
    "every-cell-marked": Example(_GRID + "会議,,年12回" + ",○" * 16 + "\n"),
    "labelled-frequency": Example(_GRID + "育児相談,,年3回,○,,毎週月,,,,,,,,,\n"),
    "parts-of-months": Example(_WEEKS + "おはなし会,,○,○,,,\n"),
    "part-not-kept": Example(_WEEKS + "おはなし会,,○,↔,,,\n"),
    "week-without-month": Example(_TITLE + "事業名,第1週,第2週,第3週,第4週\nおはなし会,,○,,\n"),
    "labelled-mark": Example(_GRID + "会議,,年1回,,第3回,,,,,,,,,,\n"),
    "unknown-mark": Example(_GRID + "会議,,年1回,,△,,,,,,,,,,\n"),
    "missing-arrow": Example(_GRID + "相談,,通年,,,,,,,,,,,,\n"),
    "start-contradicts-arrow": Example(_GRID + "相談,,通年,↓,,,開始,,,,,,,,\n"),
    "period-of-days": Example(_GRID + "工作教室,,年3回,,,,7/22～8/29,,,,,,,,\n"),
    "number-in-month-cell": Example(_BARE + "会議,,2,,,,,,,,,,\n"),
    # dates
    "no-such-date": Example(_LIST + "会議,年1回,4/31\n"),
    "day-without-month": Example(_LIST + "会議,年1回,9日\n"),
    "month-carried": Example(_LIST + "会議,,5月9日\n講座,,16日\n"),
    "date-outside-year": Example(_LIST + "会議,年1回,2025-04-10\n"),
    "dates-in-name": Example(_LIST + "夏休み映画会 8/6・20,年2回,\n"),
    "several-in-name": Example(_TITLE + "月,行事\n5月,遠足(12日)、避難訓練\n"),
    "date-outside-column": Example(_BARE + "会議,,6/11,,,,,,,,,,\n"),
    "weekday-contradiction": Example(_LIST + "会議,年1回,5/11(月)\n"),
    "dates-contradict-rule": Example(_TITLE + "行事,規則,4月の公表日\nおはなし会,第1・3日曜日,7 28\n"),
    "dates-count-mismatch": Example(_LIST + "会議,年3回,5/11・18\n"),
    "closed-days": Example(_LIST + "月例整理休館日,毎月第3木曜日,\n特別整理休館,,2/1～2/5\n"),
    "closed-days-unknown": Example(_BARE + "蔵書点検,,,,,,○,,,,,,\n"),
    "dates-not-checked": Example("事業名,実施日\n会議,5/11(土)\n"),
}

TOLD: dict[str, Told] = {
    "column-named": Told(
        Text("--column 事業=サークル を付けて読むとき", "read with --column programme=サークル"),
        {"found": "サークル", "word": "事業名"},
    ),
    "empty-file": Told(Text("0バイトのファイル", "a file of 0 bytes")),
    "renamed-file": Told(
        Text("xlsx の名前を .csv に変えたもの", "an xlsx that was renamed to .csv"),
        {"named": ".csv", "found": "xlsx", "suffix": ".xlsx"},
    ),
    "encrypted-file": Told(Text("パスワード付きの xlsx や pdf", "an xlsx or pdf with a password")),
    "old-format": Told(Text("Excel 97-2003 の .xls", "an .xls of Excel 97-2003")),
    "broken-file": Told(Text("途中で切れた xlsx", "an xlsx that was cut off")),
    "broken-csv": Told(
        Text(
            "閉じない引用符の後に13万字以上続く CSV",
            "a CSV with an open quotation mark and 131,072 characters",
        )
    ),
    "unknown-kind": Told(Text("zip や ods", "a zip, an ods")),
    "missing-extra": Told(
        Text("docx を、読むためのソフトなしで読むとき", "a docx, without what reads it"), {"extra": "docx"}
    ),
    "scan-without-text": Told(Text("紙をスキャンした pdf", "a scanned pdf")),
    "pdf-without-table": Told(Text("文章だけの pdf", "a pdf that holds nothing but prose")),
    "table-without-lines": Told(Text("罫線のない表の pdf", "a pdf whose table has no lines")),
    "page-without-text": Told(
        Text("3ページ目だけがスキャンの pdf", "a pdf whose third page is a scan"), {"page": 3}
    ),
    "hidden-sheet": Told(
        Text("非表示のシート「名簿」がある xlsx", "an xlsx that hides a sheet"), {"name": "名簿"}
    ),
    "drawn-arrow": Told(
        Text("4月から6月の欄の上に矢印を描いた xlsx", "an xlsx with an arrow drawn from 4月 to 6月"),
        {"months": "4月～6月"},
    ),
    "drawing-not-read": Told(
        Text("月の欄の上に写真を置いた xlsx", "an xlsx with a picture over its months"),
        {"count": 1, "places": "F5"},
    ),
    "comment-not-read": Told(
        Text("セルにメモを付けた xlsx", "an xlsx with a comment on a cell"),
        {"count": 1, "places": "B4「要調整」"},
    ),
    "hidden-cells": Told(
        Text("行や列を非表示にした xlsx", "an xlsx with hidden rows or columns"), {"places": "5～6、C"}
    ),
    "sheet-without-table": Told(
        Text("表のほかに「名簿」のシートがある xlsx", "an xlsx with a list of members beside the table"),
        {"name": "名簿", "cells": 120},
    ),
    "fills-as-marks": Told(
        Text("月の欄に色だけを付けた xlsx", "an xlsx whose month cells are only coloured"), {"cells": 4}
    ),
    "struck-out": Told(Text("取り消し線を引いた欄", "a cell with a line through it"), {"found": "料理教室"}),
    "formula-without-value": Told(
        Text(
            "プログラムが書き、開いて保存していない xlsx",
            "an xlsx that was written by a program and never opened",
        )
    ),
    "cell-error": Told(Text("#REF! と出ている欄", "a cell that shows #REF!"), {"found": "#REF!"}),
    "nested-table": Told(Text("Word の表の欄に表を入れたもの", "a table within a cell of a Word table")),
    "merged-frequency": Told(
        Text("実施回数の欄を2行で結合した xlsx", "an xlsx with a frequency cell merged over two rows"),
        {"found": "年2回"},
    ),
}
