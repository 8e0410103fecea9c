"""rules: the rules that a plan may state."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

from ksolve.cli.console import leave, put, say, table
from ksolve.cli.options import LangOption
from ksolve.cli.parameters import argument, option
from ksolve.errors import Exit, nearest
from ksolve.plan.rule_pages import is_written, rule_page, rules_page, strength
from ksolve.rules.catalogue import BY_NAME
from ksolve.text import Lang, Text


def rules(
    name: Annotated[str | None, argument(Text("規則の名前", "the name of a rule"), metavar="[RULE]")] = None,
    *,
    form: Annotated[
        Literal["text", "markdown"], option(Text("出力の形式", "output format"), "--format")
    ] = "text",
    lang: LangOption = "ja",
) -> None:
    """List the rules, or show one."""
    if name is None:
        _list(form, lang)
    elif name in BY_NAME:
        print(rule_page(name, lang), end="")
    else:
        say(_UNKNOWN.fill(name=name) + nearest(name, BY_NAME), lang, to=sys.stderr)
        leave(Exit.USAGE)


def _list(form: str, lang: Lang) -> None:
    if form == "markdown":
        print(rules_page(lang), end="")
        return
    written = {key: rule for key, rule in BY_NAME.items() if is_written(rule)}
    put(table([(key, rule.title(lang), strength(rule, lang)) for key, rule in written.items()]))
    say(_ONE, lang)


_ONE = Text("一つの規則の説明: ksolve rules 名前", "one rule in full: ksolve rules NAME")
_UNKNOWN = Text("規則「{name}」はありません。", "there is no rule {name};")
