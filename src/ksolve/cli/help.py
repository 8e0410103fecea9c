"""A screen of help: usage, what the command does, arguments, options, commands; in one language."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import typer.core
from rich.cells import cell_len
from typer import _click
from typer._click.types import _NumberRangeBase
from typer._types import TyperChoice

from ksolve.cli.parameters import text_of
from ksolve.cli.wrapping import padded, wrapped
from ksolve.text import Lang, Text

_WIDEST = 100
_TERM = 28
"""A term that is wider stands on a line of its own."""


def help_screen(
    command: _click.Command, ctx: _click.Context, lang: Lang, rows: Sequence[tuple[str, Text]] = ()
) -> str:
    """Return the help of a command; `rows` are the commands that it has."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    lines = [*wrapped(usage(command, ctx, lang), width), ""]
    lines += [f"  {line}".rstrip() for line in wrapped(text_of(command.help or "")(lang), width - 2)]
    every = command.get_params(ctx)
    arguments = [(argument_term(one, ctx), about(one, lang)) for one in every if is_argument(one)]
    options = [(option_term(one, ctx), about(one, lang)) for one in every if not is_argument(one)]
    for title, entries in ((_ARGUMENTS, arguments), (_OPTIONS, options), (_COMMANDS, _in(rows, lang))):
        if entries:
            lines += ["", heading(title(lang)), *_definitions(entries, width)]
    named = [one.envvar for one in command.params if not is_argument(one) and one.name != "lang"]
    if named and not rows:
        lines += ["", *wrapped(_ELSEWHERE.fill(variable=named[0])(lang), width)]
    return "\n".join(lines) + "\n"


def usage(command: _click.Command, ctx: _click.Context, lang: Lang) -> str:
    """Return the line that says what may stand where."""
    names = [argument_term(one, ctx) for one in command.params if is_argument(one)]
    if isinstance(command, typer.core.TyperGroup):
        names = [_COMMAND(lang)]
    return " ".join([f"{_USAGE(lang)}: {ctx.command_path}", f"[{_ANY(lang)}]", *names])


def heading(title: str) -> str:
    """Return a heading, in bold on a terminal that is not asked for plain text."""
    bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return typer.style(f"{title}:", bold=True) if bold else f"{title}:"


def is_argument(one: _click.Parameter) -> bool:
    """Tell an argument from an option."""
    return one.param_type_name == "argument"


def argument_term(one: _click.Parameter, ctx: _click.Context) -> str:
    """Return an argument's name as it stands in the usage."""
    name = one.make_metavar(ctx)
    return name if one.required or name.startswith("[") else f"[{name}]"


def option_key(one: _click.Parameter) -> str:
    """Return the name of an option without its dashes, as settings and the environment call it."""
    return max(one.opts, key=len).lstrip("-")


def option_term(one: _click.Parameter, ctx: _click.Context) -> str:
    """Return how an option is written, with what it takes."""
    names = ", ".join(sorted((*one.opts, *one.secondary_opts), key=len))
    return names if getattr(one, "is_flag", False) else f"{names} {value_name(one, ctx)}"


def value_name(one: _click.Parameter, ctx: _click.Context) -> str:
    """Return what stands for an option's value."""
    if one.metavar is None and isinstance(one.type, TyperChoice):
        return "|".join(str(getattr(choice, "value", choice)) for choice in one.type.choices)
    return one.metavar or _VALUES.get(type(one.type).__name__, one.make_metavar(ctx))


_VALUES = {
    "IntParamType": "N",
    "IntRange": "N",
    "FloatParamType": "NUMBER",
    "FloatRange": "NUMBER",
    "StringParamType": "TEXT",
    "TyperPath": "PATH",
}


def about(one: _click.Parameter, lang: Lang) -> str:
    """Return what help says of an option or an argument: its sentence, and in brackets its bounds."""
    if one.name == "help":
        return _HELP(lang)
    told = text_of(getattr(one, "help", None) or "")(lang)
    facts = [fact(lang) for fact in _facts(one)]
    return f"{told} [{'; '.join(facts)}]" if facts else told


def _facts(one: _click.Parameter) -> Iterator[Text]:
    if one.required and not is_argument(one):
        yield _REQUIRED
    if getattr(one, "multiple", False):
        yield _REPEATABLE
    if isinstance(one.type, _NumberRangeBase):
        yield _range(one.type.min, one.type.max)
    default: Any = one.default
    if default not in (None, False, "", ()) and not callable(default) and one.name != "lang":
        shown = getattr(default, "value", default)
        yield _DEFAULT.fill(default=f"{shown:g}" if isinstance(shown, float) else shown)


def _range(low: float | None, high: float | None) -> Text:
    if high is None:
        return _FROM.fill(low=low)
    return _UP_TO.fill(high=high) if low is None else _BETWEEN.fill(low=low, high=high)


def _in(rows: Sequence[tuple[str, Text]], lang: Lang) -> list[tuple[str, str]]:
    return [(name, text(lang)) for name, text in rows]


def _definitions(entries: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield terms with what they mean beside them; a long term stands above it."""
    column = 2 + min(_TERM, max(cell_len(term) for term, _ in entries)) + 2
    for term, meaning in entries:
        said = wrapped(meaning, width - column)
        first = f"  {term}"
        if cell_len(first) + 2 > column:
            yield first
            first = ""
        for line in said or [""]:
            yield f"{padded(first, column)}{line}".rstrip()
            first = ""


_USAGE = Text("使い方", "Usage")
_OPTIONS = Text("オプション", "Options")
_ANY = Text("オプション", "OPTIONS")
_ARGUMENTS = Text("引数", "Arguments")
_COMMANDS = Text("コマンド", "Commands")
_COMMAND = Text("コマンド [引数]...", "COMMAND [ARGS]...")
_HELP = Text("この説明を示す", "show this help")
_REQUIRED = Text("必須", "required")
_REPEATABLE = Text("繰り返し可", "repeatable")
_DEFAULT = Text("既定 {default}", "default {default}")
_ELSEWHERE = Text(
    "どのオプションも、環境変数({variable} など)か、計画の隣の ksolve.toml にも書けます。",
    "Each option may also stand in the environment ({variable} and the like) or in ksolve.toml "
    "beside the plan.",
)
_FROM = Text("{low}以上", "at least {low}")
_UP_TO = Text("{high}以下", "at most {high}")
_BETWEEN = Text("{low}〜{high}", "{low} to {high}")
