"""The command line: parse, call, exit status. No logic."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from importlib import import_module
from typing import Annotated

import typer

from ksolve.cli.language import spoken
from ksolve.cli.streams import lenient
from ksolve.errors import Exit, PlanError

app = typer.Typer(
    help="公表された年間事業計画を、日付の入った確かな予定にします。/ "
    "Turns a published annual programme plan into a dated, checked schedule.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if wanted:
        from importlib.metadata import version

        print(f"ksolve {version('ksolve')}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="版を示す / print the version"),
    ] = False,
) -> None:
    """Take the options before the command's name."""


def main() -> None:
    """Run the command line; faults of the user's files end with 2, bugs with 70 and their traceback."""
    gc.set_threshold(
        50_000, 20, 20
    )  # looking for garbage after each 700 objects is a tenth of a short command
    atexit.register(gc.freeze)  # what is left then goes with the process, and need not be looked through
    # looking for plugins of pydantic opens every installed package
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for number in _STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, signal.default_int_handler)
    with lenient(spoken(sys.argv)):
        sys.exit(_status())


_STOPPING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""A service manager's stop, and a terminal that is closed: each is a Ctrl-C."""


def _status() -> int:
    """Call the command that is named, and return its exit status."""
    try:
        _run()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else Exit.OK
    except PlanError as error:
        from ksolve.cli.console import print_findings

        print_findings(error.findings, spoken(sys.argv), to=sys.stderr)
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last handler: whatever else is raised is a bug
        if _is_interrupt(error):
            return Exit.INTERRUPTED
        from ksolve.cli.trouble import report_bug

        report_bug(error, spoken(sys.argv))
        return Exit.INTERNAL
    return Exit.OK


def _is_interrupt(error: BaseException | None) -> bool:
    """Tell whether a stop lies behind an error: a library that is just being imported makes one of it."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False


COMMANDS = {
    "frequency": ("frequency",),
    "reading": ("read", "schema"),
    "rules": ("rules",),
    "solving": ("solve",),
    "reporting": ("fit", "report"),
    "tabling": ("table",),
    "checking": ("check",),
    "revising": ("revise",),
    "differing": ("diff",),
    "applying": ("apply",),
    "explaining": ("explain",),
    "asking": ("why-not", "why"),
    "planning": ("whatif", "draft", "demo"),
}
"""The modules that add commands with those that each adds, in the order in which --help lists them."""


def _run() -> None:
    """Add the commands and call one; a command that is named first answers without loading the others."""
    called = [module for module, names in COMMANDS.items() if set(sys.argv[1:2]) & set(names)]
    for module in called or COMMANDS:
        import_module(f"ksolve.cli.{module}")
    app()
