"""Words of frequencies in any order: a meaning that can be told, or a refusal, and never a crash."""

from __future__ import annotations

import json
import re
from random import Random

import pytest

from ksolve.frequency import Frequency, FrequencyError, read_frequency
from ksolve.frequency.data import as_data
from ksolve.frequency.explaining import sentences
from ksolve.frequency.wording import canonical

WORDS = re.split(
    r"\s+",
    """
    年3回 月2回 週1回 毎週 毎月 隔週 隔月 隔年 ( ) （ 、 ・ ＋ × / ／ 〃 は で に の ～ - と
    か 及び 又は または 計4回 全6回 延べ8回 うち 各 各2回 2回ずつ ずつ ごと のいずれか ほか その他の月は
    年10日 1日2回 3日間 4会場 各会場2回 3校 各校1回 2クール 1クール5回 10講座 ×3コース ×10週
    ×5か月 ×2グループ 20組 1人 無料 第2土曜 第1・3火曜日 第2・4水曜日(8月は第1のみ) 火曜日 土・日
    月～金 平日 文化の日 祝日の場合は翌日 8月を除く 祝日を除く 8月は休み 8月は2回 4月～9月 5～7月 5月
    6・10月 前期 後期 春 秋 夏休み 第1期 第2期 学期に1回 1～2か月に1回 5/7 5月7・14日 毎月10日
    10:00～12:00 午前 総会 役員会 0歳児 Aクラス ①5月②6月 随時 通年 程度 以上 以内 予定
    と合わせて実施 ※1 新規
    """.strip(),
)


@pytest.mark.parametrize("seed", range(4))
def test_words_in_any_order_are_read_or_refused(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - words to read, no secret
    read = 0
    for _ in range(2_000):
        text = "".join(
            random.choice(WORDS) + random.choice(["", "", " "]) for _ in range(random.randint(1, 6))
        )
        found = _read(text)
        if isinstance(found, FrequencyError):
            assert 0 <= found.column <= len(text), text
            assert found.reason.ja, text
            assert found.reason.en, text
            continue
        read += 1
        assert canonical(found), text
        assert all(said.ja and said.en for said in sentences(found)), text
        json.dumps(as_data(found))
    assert read > 100  # a mixer that finds nothing to read tests nothing


def _read(text: str) -> Frequency | FrequencyError:
    try:
        return read_frequency(text)
    except FrequencyError as error:
        return error
