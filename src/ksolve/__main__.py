"""``python -m ksolve``."""

import signal
import sys


def main() -> None:
    """Run the command line; a Ctrl-C while its modules are still loaded ends without a traceback.

    Once the status is known, a late Ctrl-C changes nothing any more: without this it would strike while
    the interpreter shuts down, and the process would end as killed by a signal.
    """
    status: int | str | None = 130
    try:
        from ksolve.cli import main as run

        run()
    except KeyboardInterrupt:
        pass
    except SystemExit as ended:
        status = ended.code
    _ignore_interrupts()
    sys.exit(status)


def _ignore_interrupts() -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


if __name__ == "__main__":
    main()
