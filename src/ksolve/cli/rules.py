"""rules."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from ksolve.cli import app
from ksolve.cli.console import LangOption, leave, put, say, table
from ksolve.errors import Exit
from ksolve.text import Text


@app.command()
def rules(
    name: Annotated[
        str | None, typer.Argument(metavar="[RULE]", help="規則の名前 / the name of a rule")
    ] = None,
    *,
    form: Annotated[
        Literal["text", "markdown"], typer.Option("--format", help="出力の形式 / output format")
    ] = "text",
    lang: LangOption = "ja",
) -> None:
    """計画に書ける規則の一覧、または一つの規則の説明を示します / List the rules, or show one."""
    from ksolve.errors import nearest
    from ksolve.plan.rule_pages import is_written, rule_page, rules_page, strength
    from ksolve.rules import BY_NAME

    if name is None:
        if form == "markdown":
            print(rules_page(lang), end="")
            return
        written = {key: rule for key, rule in BY_NAME.items() if is_written(rule)}
        put(table([(key, rule.title(lang), strength(rule, lang)) for key, rule in written.items()]))
        say(_ONE, lang)
    elif name in BY_NAME:
        print(rule_page(name, lang), end="")
    else:
        say(_UNKNOWN.fill(name=name) + nearest(name, BY_NAME), lang, to=sys.stderr)
        leave(Exit.USAGE)


_ONE = Text("一つの規則の説明: ksolve rules 名前", "one rule in full: ksolve rules NAME")
_UNKNOWN = Text("規則「{name}」はありません。", "there is no rule {name};")
