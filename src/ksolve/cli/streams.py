"""What is printed: control characters are shown and not sent; a stream that takes no more ends nothing."""

from __future__ import annotations

import errno
import io
import os
import re
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ksolve.text import Lang, Text

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_UNSENT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, colours it, or turns the direction of its text."""


def shown(text: str) -> str:
    """Return a text with its control characters spelled out by their numbers."""
    return _UNSENT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class _Sink(io.RawIOBase):
    """A stream of the system; once it takes no more, what is written to it goes nowhere."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.failed: OSError | None = None

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def fileno(self) -> int:
        """Return the system's number of the stream."""
        return self._handle

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return os.isatty(self._handle)

    def write(self, data: ReadableBuffer, /) -> int:
        """Write what the system takes, and return how much that is."""
        view = memoryview(data).cast("B")
        if self.failed is not None:
            return len(view)
        try:
            return os.write(self._handle, view)
        except BlockingIOError:
            select.select([], [self._handle], [])
            return self.write(data)
        except OSError as error:
            self.failed = error
            return len(view)


@contextmanager
def lenient(lang: Lang) -> Iterator[None]:
    """Let a program run on whose output is closed or full: its exit status is that of its answer."""
    sinks = {name: _opened(name) for name in ("stdout", "stderr")}
    try:
        yield
    finally:
        for name, sink in sinks.items():
            getattr(sys, name).flush()
            if name == "stdout" and sink and sink.failed and sink.failed.errno != errno.EPIPE:
                from ksolve.files import reason_of

                print(_UNWRITTEN.fill(why=reason_of(sink.failed))(lang), file=sys.stderr)


def _opened(name: str) -> _Sink | None:
    """Put a lenient stream in the place of one of Python's; one that was closed leads nowhere."""
    stream = getattr(sys, name)
    if stream is None:
        setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - until the end
        return None
    sink = _Sink(stream.fileno())
    setattr(
        sys,
        name,
        io.TextIOWrapper(
            io.BufferedWriter(sink),
            encoding="utf-8",
            errors="backslashreplace",
            line_buffering=name == "stderr" or sink.isatty(),
        ),
    )
    return sink


_UNWRITTEN = Text(
    "標準出力に最後まで書けませんでした({why})", "standard output did not take all that was written ({why})"
)
