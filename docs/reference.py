"""Write the reference of all commands, from what their help says: make docs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from ksolve.cli.app import loaded
from ksolve.cli.help import about, argument_term, is_argument, option_term, usage
from ksolve.cli.language import VARIABLE
from ksolve.cli.parameters import text_of
from ksolve.cli.table import COMMANDS, Row
from ksolve.text import Lang, Text


def page(lang: Lang) -> str:
    """Return the reference in one language, as Markdown."""
    os.environ[VARIABLE] = lang
    lines = [_TITLE(lang), "", _INTRO(lang), ""]
    lines += [f"- [`{row.name}`](#{row.name}) {row.line(lang)}" for row in COMMANDS]
    for row in COMMANDS:
        lines += ["", *_command(row, lang)]
    return "\n".join(lines) + "\n"


def _command(row: Row, lang: Lang) -> Iterator[str]:
    command = loaded(row)
    ctx = command.make_context(f"ksolve {row.name}", [], resilient_parsing=True)
    yield from (f"## {row.name}", "", text_of(command.help or "")(lang), "")
    yield from ("```text", usage(command, ctx, lang), "```")
    for title, wanted in ((_ARGUMENTS, True), (_OPTIONS, False)):
        of_kind = [one for one in command.params if is_argument(one) is wanted]
        term = argument_term if wanted else option_term
        if of_kind:
            yield from (
                "",
                *_table(title(lang), [(term(one, ctx), about(one, lang)) for one in of_kind], lang),
            )


def _table(title: str, entries: Sequence[tuple[str, str]], lang: Lang) -> Iterator[str]:
    yield f"| {title} | {_MEANING(lang)} |"
    yield "|---|---|"
    for term, meaning in entries:
        yield f"| `{_cell(term)}` | {_cell(meaning)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


_TITLE = Text("# コマンドの一覧", "# All commands")
_INTRO = Text(
    "`make docs` が各コマンドの `--help` から書き出したものです。どのコマンドにも `-h`、`--help` と"
    " `--lang ja|en` があります。"
    "オプションは、環境変数(`ksolve solve` の `--limit` なら `KSOLVE_SOLVE_LIMIT`)か、計画の隣の"
    " `ksolve.toml` にも"
    "書けます。コマンド行、環境変数、`ksolve.toml` の順に優先します。\n\n"
    "```toml\n"
    "# 次の五つは、持っているコマンドすべてに効く: lang, limit, workers, seed, formats\n"
    'lang = "ja"\n'
    "limit = 120\n"
    'formats = ["html", "xlsx"]\n\n'
    "[check]                      # そのコマンドだけ。どのオプションも書ける\n"
    "limit = 300\n"
    "```\n\n"
    "事業の名前は、ほかの事業にない部分だけでも通じます(`ひだまり`)。探索は Ctrl-C で止められ、それま"
    "での結果が残ります。"
    "もう一度押すとすぐに終わります。\n\n"
    "終了ステータス: 0 問題なし、1 指摘あり、2 使い方や入力の誤り、3 成り立たないと証明、4 時間内に分からず、"
    "70 ksolve の不具合、130 残すものがないまま中断。",
    "Written by `make docs` from what each command's `--help` says. Every command has `-h`, `--help` "
    "and `--lang ja|en`. Options may "
    "also stand in the environment (`KSOLVE_SOLVE_LIMIT` for `--limit` of `ksolve solve`) or in "
    "`ksolve.toml` beside the plan; the command "
    "line comes before the environment, and that before `ksolve.toml`.\n\n"
    "```toml\n"
    "# these five are for every command that has them: lang, limit, workers, seed, formats\n"
    'lang = "en"\n'
    "limit = 120\n"
    'formats = ["html", "xlsx"]\n\n'
    "[check]                      # of one command: any of its options\n"
    "limit = 300\n"
    "```\n\n"
    "A part of a programme's name that no other has is enough (`ひだまり`). A search ends at Ctrl-C "
    "and keeps what it has; another one ends "
    "the program at once.\n\n"
    "Exit status: 0 fine, 1 findings, 2 usage or unreadable input, 3 proven infeasible, 4 no answer "
    "within the limit, 70 a bug of "
    "ksolve, 130 interrupted with nothing to keep.",
)
_ARGUMENTS = Text("引数", "argument")
_OPTIONS = Text("オプション", "option")
_MEANING = Text("意味", "meaning")


if __name__ == "__main__":
    print(page("en" if sys.argv[1:] == ["en"] else "ja"), end="")
