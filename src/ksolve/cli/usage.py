"""What is wrong with a command line, in one language: what typer says of it is said in our words."""

from __future__ import annotations

import re
import sys
from typing import Any

import typer
from typer._click.core import ParameterSource
from typer._click.exceptions import (
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from ksolve.cli.help import argument_term, is_argument, option_term, usage
from ksolve.cli.parameters import text_of
from ksolve.cli.settings import NAME
from ksolve.cli.streams import shown
from ksolve.errors import Exit
from ksolve.text import Lang, Text


def tell_usage(error: typer.TyperException, lang: Lang) -> int:
    """Print on stderr what is wrong with a command line and how it is used; return the exit status."""
    if isinstance(error, NoArgsIsHelpError):
        typer.echo(error.ctx.get_help(), err=True)
        return Exit.USAGE
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        print(usage(ctx.command, ctx, lang), file=sys.stderr)
    print(shown(_FAULT.fill(what=_said(error))(lang)), file=sys.stderr)
    if ctx is not None:
        print(_MORE.fill(command=ctx.command_path)(lang), file=sys.stderr)
    return Exit.USAGE


def _said(error: typer.TyperException) -> Text:
    """Return the sentence about a fault; what typer says of a value is preceded by where it stands."""
    if isinstance(error, MissingParameter) and error.param is not None and error.ctx is not None:
        name = argument_term if is_argument(error.param) else option_term
        return _MISSING.fill(name=name(error.param, error.ctx))
    told = _translated(error.message)
    if isinstance(error, NoSuchOption) and error.possibilities:
        told += _NEAR.fill(names=", ".join(sorted(error.possibilities)))
    param = getattr(error, "param", None)
    hint = getattr(error, "param_hint", None) or (", ".join(param.opts) if param else "")
    if param is not None and is_argument(param):
        hint = param.make_metavar(error.ctx) if isinstance(error, UsageError) and error.ctx else hint
    return _OF.fill(name=hint, what=told + _source(param, error)) if hint else told


def _source(param: Any, error: typer.TyperException) -> Text:
    """Return where a value comes from that does not stand on the command line."""
    ctx = getattr(error, "ctx", None)
    if ctx is None or param is None:
        return Text("", "")
    source = ctx.get_parameter_source(param.name)
    if source is ParameterSource.ENVIRONMENT:
        return _FROM.fill(where=param.envvar)
    return _FROM.fill(where=NAME) if source is ParameterSource.DEFAULT_MAP else Text("", "")


def _translated(message: str) -> Text:
    """Return one of typer's sentences in our words; one that is not known stays as it is."""
    for pattern, text in _SENTENCES:
        found = pattern.fullmatch(message)
        if found:
            return text.fill(**found.groupdict())
    return text_of(message)


_FAULT = Text("誤り: {what}", "error: {what}")
_MORE = Text("説明: {command} --help", "for help: {command} --help")
_MISSING = Text("{name} がありません", "{name} is missing")
_NEAR = Text("。{names} ではありませんか", "; did you mean {names}?")
_FROM = Text("({where} に書かれています)", "(from {where})")
_OF = Text("{name}: {what}", "{name}: {what}")


def _sentence(pattern: str, ja: str, en: str) -> tuple[re.Pattern[str], Text]:
    return re.compile(pattern, re.DOTALL), Text(ja, en)


_SENTENCES = (
    _sentence(r"Missing command\.", "コマンドを書いてください", "name a command"),
    _sentence(
        r"No such option: (?P<name>.+)", "{name} というオプションはありません", "there is no option {name}"
    ),
    _sentence(
        r"Got unexpected extra argument\(s\) \((?P<extra>.*)\)",
        "余分な引数があります: {extra}",
        "too many arguments: {extra}",
    ),
    _sentence(r"Option '(?P<name>.+)' requires .+", "{name} には値が必要です", "{name} needs a value"),
    _sentence(
        r"Option '(?P<name>.+)' does not take a value\.", "{name} に値は付けません", "{name} takes no value"
    ),
    _sentence(
        r"(?P<value>.+) is not a valid int( range)?\.",
        "{value} は整数ではありません",
        "{value} is not a whole number",
    ),
    _sentence(
        r"(?P<value>.+) is not a valid float( range)?\.",
        "{value} は数ではありません",
        "{value} is not a number",
    ),
    _sentence(
        r"(?P<value>.+) is not a valid boolean\. .*",
        "{value} ではなく、true か false を書いてください",
        "{value} is neither true nor false",
    ),
    _sentence(
        r"(?P<value>.+) is not in the range (?P<low>[^<]+)<=x<=(?P<high>.+)\.",
        "{value} は使えません({low}〜{high})",
        "{value} is not between {low} and {high}",
    ),
    _sentence(
        r"(?P<value>.+) is not in the range x>=(?P<low>.+)\.",
        "{value} は使えません({low}以上)",
        "{value} is less than {low}",
    ),
    _sentence(
        r"(?P<value>.+) is not in the range x<=(?P<high>.+)\.",
        "{value} は使えません({high}以下)",
        "{value} is more than {high}",
    ),
    _sentence(
        r"(?P<value>.+) is not one of (?P<choices>.+)\.",
        "{value} は使えません。使えるもの: {choices}",
        "{value} is none of {choices}",
    ),
)
