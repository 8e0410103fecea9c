"""``python -m ksolve``."""

import os
import signal
import sys
from contextlib import suppress

_INTERRUPTED = 130


def main() -> None:
    """Run the command line; a Ctrl-C while its modules are still loaded ends without a traceback.

    Once the status is known, a late Ctrl-C changes nothing any more: without this it would strike while
    the interpreter shuts down, and the process would end as killed by a signal.
    """
    status: int | str | None = _INTERRUPTED
    try:
        from ksolve.cli import main as run

        run()
    except KeyboardInterrupt:
        pass
    except SystemExit as ended:
        status = ended.code
    _ignore_interrupts()
    if status == _INTERRUPTED:
        _end_at_once()
    sys.exit(status)


def _end_at_once() -> None:
    """End with 130, which `sys.exit` may not.

    An interrupt that has passed through `exec` (the making of a dataclass, say) lets Python end as if
    killed by SIGINT, although it was caught.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(_INTERRUPTED)


def _ignore_interrupts() -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


if __name__ == "__main__":
    main()
