"""Loaded by each worker that is started here: Ctrl-C in the terminal is for the program that asks.

The terminal sends it to all processes. The program passes it on as the wish to end, and workers that died of
it would take with them what was found.
"""

import signal


def dask_setup(_worker: object) -> None:
    """Ignore Ctrl-C, once the worker has set its own ways with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
