"""Names of what is held, beside how often: 総会1回、役員会3回; 0歳児・1歳児 各10回; 4か月児健診 月2回."""

from __future__ import annotations

import re

_KINDS = (
    r"会議|委員会|審議会|協議会|懇談会|連絡会|例会|総会|理事会|役員会|講演会|講習会|交流会|学習会|研修会|発表会|説明会|相談会|"
    r"[^\W\d_]会|開講式|閉講式|[^\W\d_]式|教室|講座|学級|大学|講演|講義|講習|実習|研修|学習|体験|見学|"
    r"(?:個別|電話|面接|集団)?相談|面接|面談|健診|検診|診査|診断|健康教育|予防接種|訓練|測定|計測|点検|"
    r"まつり|祭り?|大会|展示?|コンサート|公演|上映|ツアー|遠足|読み聞かせ|ワークショップ|イベント|"
    r"だより|たより|便り|[広会館]報[紙誌]?|機関[紙誌]|情報[紙誌]|新聞|[^\W\d_](?:紙|誌)|広場|ひろば|サロン|サークル|クラブ|"
    r"[^\W\d_](?:クラス|コース|の部|編|級|班|館)|入門|基礎|応用|合同"
)
_PEOPLE = (
    r"[0-9]+歳(?:[0-9]+か月)?(?:児|以上|未満)?|[0-9]+か月児|乳児|幼児|乳幼児|未就学児|小学生|中学生|高校生|青少年|"
    r"高齢者|成人|一般|親子|保護者|両親|母親|父親|妊婦"
)
_WORD = r"[^\W\d_]"
_SAYS = (
    r"除|以外|含|合わせ|併せ|あわせ|同時|同日|応じ|随時|適宜|適時|不定期|必要|都度|通年|常時|毎|隔|各|全(?!国|体)|延べ|うち|内|"
    r"程度|頃|ごろ|くらい|ほど|原則|基本|通常|予定|未定|検討|調整|休|祝|閉|回|曜|旬|末|年|月|週|春|夏|秋|冬|期|(?<!臨)時|間|午|"
    r"朝|夜(?!の部)|昼(?!の部)|又は|または|及び|並び|もしくは|若しく|あるいは|翌|前|後|中止|廃止|(?<!は)なし|まで|から|より|"
    r"以上|以下|以内|最大|最低|上限|ずつ|のみ|だけ|連続|希望|申込|要請|依頼|ただし|但し|平日|土日|計(?!測|画)|日(?!本)|その他|それ|"
    r"ほか|として|により|ごと|対応|受付|中に|途中|当初|初め|[一二三四五六七八九十](?:日|度|校|園|館|組|名|人)"
)
"""Words that say something of how often or when: what holds one of them is no name."""
_NAME = re.compile(
    rf"(?:(?<=\A)|(?<=[ ,;:()+/※回])|(?<=及び))(?!の)"
    rf"(?:(?:{_PEOPLE})(?:(?:の|向け|対象)?(?:(?!{_SAYS}){_WORD}){{0,12}}?(?!{_SAYS})(?:{_KINDS}))?"
    rf"|(?:(?!{_SAYS}){_WORD}){{0,14}}?(?!{_SAYS})(?:{_KINDS}))"
    rf"(?:発行|開催|実施|向け|対象)?"
    rf"(?! ?(?:と|に|の)?(?:合わ|併せ|あわせ|同時|同日|後|前(?!半?期)|時))"
    rf"(?=[ ,;:()+/0-9第毎隔年月週全計各延春夏秋冬はや及を]|\Z"
    rf"|[前後上下]半?期|平日|[偶奇]数|と(?!合|併|あわ|同))"
)
_SEVERAL = re.compile(
    r"(?P<each>(?:[A-Z][,と])+[A-Z])(?P<kind>クラス|コース|班)|(?P<ages>(?:[0-9][,と])+[0-9])(?P<age>歳児?)"
)


def names_in(text: str, plain: str, columns: tuple[int, ...]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """Return the names in a text: where each begins, where it ends, and what it names (A・Bクラス two).

    No word in a name is one of a frequency: 水泳教室 holds no Wednesday. A single name before a
    bracket is none: 避難訓練(毎月) has it for its label. `columns` are those of the letters of the
    text in its one spelling, `plain`.
    """
    names = {found.start(): (found.end(), _each(found)) for found in _SEVERAL.finditer(plain)}
    several = [(start, end) for start, (end, _) in names.items()]
    spaced, places = _with_spaces(text, plain, columns)
    for found in _NAME.finditer(spaced):
        start, end = places[found.start()], places[found.end() - 1] + 1
        if not any(first < end and start < last for first, last in several):
            names[start] = (end, (plain[start:end],))
    alone = len(names) == 1 and 0 in names and len(names[0][1]) == 1
    return {} if alone and plain[names[0][0] : names[0][0] + 1] == "(" else names


NAMED = re.compile("(?:" + _KINDS + "|" + _PEOPLE + ")")
"""What every name holds: a text without it has none."""


def _each(found: re.Match[str]) -> tuple[str, ...]:
    kind = found["kind"] or found["age"]
    return tuple(f"{one}{kind}" for one in re.split("[,と]", found["each"] or found["ages"]))


def _with_spaces(text: str, plain: str, columns: tuple[int, ...]) -> tuple[str, list[int]]:
    """Return a text in its one spelling with a space where the text has some, and each letter's place."""
    letters: list[str] = []
    places: list[int] = []
    for place, (letter, column) in enumerate(zip(plain, columns, strict=False)):
        if place and text[column - 1 : column].isspace():
            letters.append(" ")
            places.append(place)
        letters.append(letter)
        places.append(place)
    return "".join(letters), places
