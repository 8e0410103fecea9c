"""The command line as typer sees it: commands that load when they are called, help in one language."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.core
from typer import _click  # typer holds click within itself: its context and formatter have no other name
from typer._click.shell_completion import CompletionItem
from typer._completion_classes import completion_init

from ksolve.cli.completing import COMPLETING
from ksolve.cli.help import help_screen, is_argument, option_key
from ksolve.cli.language import language
from ksolve.cli.options import LangOption
from ksolve.cli.parameters import joined, option, text_of
from ksolve.cli.settings import defaults, settings_file
from ksolve.cli.table import BY_NAME, COMMANDS, Row
from ksolve.errors import nearest
from ksolve.text import Text


class Command(typer.core.TyperCommand):
    """A command whose help is one screen in the language of the run, and whose defaults have a file."""

    def parse_args(self, ctx: _click.Context, args: list[str]) -> list[str]:
        """Take the arguments; what they leave open is as the settings beside the plan say."""
        if ctx.resilient_parsing:  # a shell asks what may come next, perhaps behind an option
            return super().parse_args(ctx, args[:-1] if args and args[-1].startswith("-") else args)
        options = {option_key(one): one for one in self.params if not is_argument(one)}
        several = {key: bool(getattr(one, "multiple", False)) for key, one in options.items()}
        given = defaults(settings_file(args), self.name or "", several)
        ctx.default_map = {options[key].name or "": value for key, value in given.items()}
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: _click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the options that begin so, with their help in one language."""
        items = super().shell_complete(ctx, incomplete)
        return [CompletionItem(one.value, help=text_of(one.help or "")(language())) for one in items]

    def format_help(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        """Write the help."""
        formatter.write(help_screen(self, ctx, language()))


class Commands(typer.core.TyperGroup):
    """All commands of the table; each is loaded when it is called, and none for the list of them."""

    def list_commands(self, ctx: _click.Context) -> list[str]:  # noqa: ARG002 - typer passes it
        """Return the names of all commands, in the order of the table."""
        return [row.name for row in COMMANDS]

    def get_command(self, ctx: _click.Context, cmd_name: str) -> _click.Command | None:  # noqa: ARG002
        """Load a command; None where there is none of the name."""
        row = BY_NAME.get(cmd_name)
        return loaded(row) if row else None

    def shell_complete(self, ctx: _click.Context, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Return the commands that begin so, without loading any."""
        return [
            CompletionItem(row.name, help=row.line(language()))
            for row in COMMANDS
            if row.name.startswith(incomplete)
        ]

    def resolve_command(
        self, ctx: _click.Context, args: list[str]
    ) -> tuple[str | None, _click.Command | None, list[str]]:
        """Return the command that is named first, and the arguments behind it."""
        if args[0] not in BY_NAME and not args[0].startswith("-"):
            ctx.fail(joined(_NO_COMMAND.fill(name=args[0]) + nearest(args[0], BY_NAME)))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: _click.Context, formatter: _click.HelpFormatter) -> None:
        """Write the help."""
        rows = [(row.name, row.line) for row in COMMANDS]
        formatter.write(help_screen(self, ctx, language(), rows))


def loaded(row: Row) -> _click.Command:
    """Import the module of a command, and return the command."""
    module = import_module(row.module)
    more = getattr(module, "MORE", None)
    text = Text(f"{row.line.ja}\n\n{more.ja}", f"{row.line.en}\n\n{more.en}") if more else row.line
    function = row.name.replace("-", "_")
    one = typer.Typer(add_completion=False, context_settings=_HELP)
    one.command(row.name, cls=Command, help=joined(text))(getattr(module, function))
    command = typer.main.get_command(one)
    for option_ in command.params:
        if not is_argument(option_) and option_.envvar is None:
            key = option_key(option_).upper().replace("-", "_")
            option_.envvar = f"KSOLVE_{function.upper()}_{key}"
    return command


_HELP = {"help_option_names": ["-h", "--help"]}


def called(arguments: Sequence[str]) -> int:
    """Call the command that the arguments name, and return its exit status. Raises what it raises."""
    if COMPLETING in os.environ:
        completion_init()
    status: Any = everything().main(list(arguments), prog_name="ksolve", standalone_mode=False)
    return status if isinstance(status, int) else 0


def everything() -> _click.Command:
    """Return the command `ksolve` with all that stand in the table."""
    whole = typer.Typer(
        cls=Commands,
        help=joined(_ABOUT),
        no_args_is_help=True,
        add_completion=False,
        context_settings=_HELP,
    )
    whole.callback()(_options)
    return typer.main.get_command(whole)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if wanted:
        from importlib.metadata import version

        print(f"ksolve {version('ksolve')}")
        raise typer.Exit


def _options(
    *,
    lang: LangOption = "ja",
    version: Annotated[
        bool,
        option(Text("版を示す", "print the version"), "--version", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Take the options before the command's name."""


_ABOUT = Text(
    "公表された年間事業計画から、重なりのない日付入りの予定を作ります。",
    "Turns a published annual programme plan into a dated, checked schedule.",
)
_NO_COMMAND = Text("{name} というコマンドはありません。", "there is no command {name};")
