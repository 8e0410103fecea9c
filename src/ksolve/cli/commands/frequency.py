"""frequency: what an expression means, and all that are known."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Literal

from rich.cells import cell_len

from ksolve.cli.console import leave, put, say
from ksolve.cli.options import LangOption
from ksolve.cli.parameters import argument, option
from ksolve.errors import Exit
from ksolve.frequency import Frequency, FrequencyError, read_frequency
from ksolve.frequency.data import as_data
from ksolve.frequency.explaining import sentences
from ksolve.frequency.forms import SECTIONS, forms, forms_page
from ksolve.frequency.nearest import nearest
from ksolve.frequency.wording import canonical
from ksolve.text import Lang, Text


def frequency(
    texts: Annotated[
        list[str] | None,
        argument(
            Text(
                "実施回数。書かなければ書き方の一覧、- なら標準入力の各行",
                "frequencies; none: the list of all forms; -: the lines of stdin",
            ),
            metavar="[TEXT]...",
        ),
    ] = None,
    *,
    form: Annotated[
        Literal["text", "json", "markdown"],
        option(Text("出力の形式(markdown は一覧)", "output format (markdown: the list)"), "--format"),
    ] = "text",
    lang: LangOption = "ja",
) -> None:
    """Say what frequencies mean, or list all forms."""
    if not texts:
        _list_forms(form, lang)
        return
    asked = [line for text in texts for line in (sys.stdin.read().splitlines() if text == "-" else [text])]
    read = [meaning for text in asked if text.strip() and (meaning := _read(text, lang))]
    if form == "json":
        _print_json(read, single=len(asked) == 1)
    else:
        for meaning in read:
            _print_meaning(meaning, lang)
    if len(read) < len([text for text in asked if text.strip()]) or not read:
        leave(Exit.USAGE)


def _read(text: str, lang: Lang) -> Frequency | None:
    try:
        return read_frequency(text)
    except FrequencyError as error:
        _print_error(error, lang)
        return None


def _print_error(error: FrequencyError, lang: Lang) -> None:
    """Show the text with a caret under the first character that is not understood."""
    say(_ERROR.fill(column=error.column + 1, reason=error.reason), lang, to=sys.stderr)
    shown = "".join(letter if letter.isprintable() else " " for letter in error.text)
    put(f"  {shown}", to=sys.stderr)
    put("  " + " " * cell_len(shown[: error.column]) + "^", to=sys.stderr)
    near = nearest(error)
    if near:
        say(_NEAREST.fill(near=near), lang, to=sys.stderr)
    say(_FORMS, lang, to=sys.stderr)


_ERROR = Text(
    "実施回数が読み取れません({column}文字目): {reason}", "not a frequency (character {column}): {reason}"
)
_NEAREST = Text("近い書き方: {near}", "nearest form: {near}")
_FORMS = Text("書き方の一覧: ksolve frequency", "all forms: ksolve frequency")


def _print_meaning(meaning: Frequency, lang: Lang) -> None:
    put(meaning.text)
    for sentence in sentences(meaning):
        print(f"  {sentence(lang)}")
    count = _SERVICE if meaning.is_service else _COUNT.fill(count=meaning.year_count)
    print(f"  = {count(lang)}")
    say(_CANONICAL.fill(canonical=canonical(meaning)), lang)


_COUNT = Text("1年の回数(休館日を考えない): {count}", "sessions in a year without closed days: {count}")
_SERVICE = Text("日付を決める回はありません", "no sessions to date")
_CANONICAL = Text("  標準の書き方: {canonical}", "  canonical form: {canonical}")


def _print_json(read: list[Frequency], *, single: bool) -> None:
    found = [as_data(meaning) for meaning in read]
    shown = found[0] if single and found else found
    if found:
        print(json.dumps(shown, ensure_ascii=False, indent=2))


def _list_forms(form: str, lang: Lang) -> None:
    if form == "markdown":
        print(forms_page(lang), end="")
    elif form == "json":
        print(json.dumps([as_data(read_frequency(f.example)) for f in forms()], ensure_ascii=False, indent=2))
    else:
        section = ""
        for one in forms():
            if one.section != section:
                section = one.section
                print(f"\n{SECTIONS[section](lang)}")
            gap = " " * max(2, 44 - cell_len(one.example))
            print(f"  {one.example}{gap}= {one.canonical}")
