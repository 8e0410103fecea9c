"""The command line: parse, call, exit status. No logic."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections.abc import Sequence

import typer

from ksolve.cli.app import called
from ksolve.cli.language import language, settle_language
from ksolve.cli.streams import lenient
from ksolve.errors import Exit, PlanError


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
    settle_language(sys.argv[1:])
    with lenient(language()):
        sys.exit(answered(sys.argv[1:]))


_STOPPING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""A service manager's stop, and a terminal that is closed: each is a Ctrl-C."""


def answered(arguments: Sequence[str]) -> int:
    """Call the command that is named first, say what is wrong, and return the exit status."""
    try:
        return called(arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else Exit.OK
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last handler: see `_told`
        return _told(error)


def _told(error: Exception) -> int:
    """Say what was wrong, with the files, the command line or this program; return the exit status."""
    if isinstance(error, PlanError):
        from ksolve.cli.console import print_findings

        print_findings(error.findings, language(), to=sys.stderr)
        return Exit.USAGE
    if isinstance(error, typer.TyperException):
        from ksolve.cli.usage import tell_usage

        return tell_usage(error, language())
    if _is_interrupt(error):
        return Exit.INTERRUPTED
    from ksolve.cli.trouble import report_bug

    report_bug(error, language())
    return Exit.INTERNAL


def _is_interrupt(error: BaseException | None) -> bool:
    """Tell whether a stop lies behind an error: a library that is just being imported makes one of it."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        if type(error).__name__ == "SchemaError" and "KeyboardInterrupt:" in str(error):
            return True  # pydantic keeps nothing but the name of what struck while it built a class
        error = error.__cause__ or error.__context__
    return False
