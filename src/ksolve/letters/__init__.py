"""One spelling for the many widths, dashes, tildes, dots, brackets and radicals of written plans.

Every reader of the program looks at a text through `narrow` (dates, times, names, cells) or `bare`
(frequencies, which have no words to keep apart); nothing else normalises.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇𠘨⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑𡯂⺒巳⺓幺⺔彑⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛"
    "⺨犭⺩王⺪𤴔⺫目⺬示⺭礻⺮𥫗⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺵𦉫⺶羊⺷𦍌⺸𦍋⺹耂⺺肀⺻聿⺼肉⺽𦥑⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇𧢲⻈讠⻉贝⻊𧾷⻋车⻌辶⻍辶"
    "⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻕𨸏⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞𩙿⻟飠⻠饣⻡𩠐⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Each radical of U+2E80 to U+2EF3 with the ideograph it is drawn like (Unicode: EquivalentUnifiedIdeograph).

NFKC knows two of them and all Kangxi radicals; PDF files are full of the others (公⺠館).
"""
_SAME = {
    **dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)),
    **dict.fromkeys("〜～∼˜⁓∿〰", "~"),
    **dict.fromkeys("‐‑‒–—―−─━﹘﹣⁃⸺", "-"),
    **dict.fromkeys("･‧•·∙⋅", "・"),
    **dict.fromkeys("（〔［[｛{【〖❨", "("),
    **dict.fromkeys("）〕］]｝}】〗❩", ")"),
    **dict.fromkeys("∶꞉", ":"),
    **dict.fromkeys("∕⁄", "/"),
}
_BARE = {
    **dict.fromkeys("-", "~"),
    **dict.fromkeys("、,・.｡。", ","),
    **dict.fromkeys("〈《<「『", "("),
    **dict.fromkeys("〉》>」』", ")"),
    **dict.fromkeys("×✕✖xX*", "×"),
}
_BEFORE_DASH = "0123456789月火水木金土日曜時分年回半"
_AFTER_DASH = "0123456789月火水木金土日翌午正第最"
_COUNTER_KA = "ヶヵケカｹｶ箇個か"
"""Read as か before 月, 年, 週, 所 or 国, as in ３ヶ月 and 5箇所."""
_KANJI_DIGITS = "〇一二三四五六七八九"


def narrow(text: str) -> str:
    """Return a text in one width, with one dash (-), tilde (~), middle dot (・), and round brackets.

    Words, spaces and line breaks stay. So do circled numbers: NFKC would turn ①② into 12.
    """
    return "".join(letter for letter, _ in _narrowed(text))


def name_key(text: str) -> str:
    """Return what two spellings of one name have in common: narrow, small letters, no spaces."""
    return "".join(narrow(text).casefold().split())


def meant(name: str, names: Iterable[str]) -> list[str]:
    """Return the names that a person may mean: the very one in any spelling, else all that contain it."""
    wanted = name_key(name)
    known = list(dict.fromkeys(names))
    same = [one for one in known if name_key(one) == wanted]
    return same or [one for one in known if wanted and wanted in name_key(one)]


def bare(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a frequency in one spelling, without spaces, and for each letter its column in the text.

    Dashes and tildes are ~, dots and commas a comma, quotation marks brackets, x and * are ×. A space
    between two numbers stays: it is what keeps them apart. Columns count from 0; one
    more names the text's end.
    """
    letters: list[str] = []
    columns: list[int] = []
    spaced = False
    for letter, column in _narrowed(text):
        if letter.isspace():
            spaced = True
            continue
        if spaced and letter.isdecimal() and letters and letters[-1].isdecimal():
            letters.append(" ")  # 5/1 10:00 and 1 2月 are two numbers, not one
            columns.append(column - 1)
        counter = letter in _COUNTER_KA and text[column + 1 : column + 2] in tuple("月年週所国")
        letters.append("か" if counter else _BARE.get(letter, letter))
        columns.append(column)
        spaced = False
    return "".join(letters), (*columns, len(text))


def _narrowed(text: str) -> Iterator[tuple[str, int]]:
    """Yield each letter of a text in one spelling with its column; 8/1ー8/31 has a dash, センター none."""
    before, long_vowel = "", -1
    for column, cluster in _clusters(text):
        for letter in _spelling(cluster):
            if long_vowel >= 0:
                yield ("-" if letter in _AFTER_DASH else "ー"), long_vowel
                long_vowel = -1
            if letter == "ー" and before and before in _BEFORE_DASH:
                long_vowel = column
            else:
                yield letter, column
            before = letter
    if long_vowel >= 0:
        yield "ー", long_vowel


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Yield the letters of a text, each with the marks that belong to it (ｶ and ﾞ), and its column."""
    start = 0
    for column in range(1, len(text) + 1):
        if column == len(text) or not _is_mark(text[column]):
            yield start, text[start:column]
            start = column


def _is_mark(letter: str) -> bool:
    return not letter.isascii() and (letter in "ﾞﾟ" or unicodedata.combining(letter) > 0)


@lru_cache(maxsize=1 << 14)
def _spelling(cluster: str) -> str:
    """Return one letter in its one spelling; nothing for what has no width of its own."""
    if cluster in _SAME or unicodedata.category(cluster[0]) == "No":
        return _SAME.get(cluster, cluster)
    plain = unicodedata.normalize("NFKC", cluster)
    return "".join(_SAME.get(letter, letter) for letter in plain if not _is_unseen(letter))


def _is_unseen(letter: str) -> bool:
    """Tell what only steers how a text is shown: zero-width spaces, soft hyphens, variation selectors."""
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f" or letter >= "\U000e0100"


def number(text: str) -> int:
    """Return 12, 1,200, 十二, 百二十 or 一〇 (below 1000) as a number. Raises ValueError."""
    text = text.replace(",", "")
    if text.isdecimal():
        return int(text)
    hundreds, hundred, rest = text.rpartition("百")
    if hundred:
        return 100 * (_digits(hundreds) if hundreds else 1) + (number(rest) if rest else 0)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _digits(ones)
    return 10 * (_digits(tens) if tens else 1) + (_digits(ones) if ones else 0)


def _digits(text: str) -> int:
    return int("".join(str(_KANJI_DIGITS.index(letter)) for letter in text))
