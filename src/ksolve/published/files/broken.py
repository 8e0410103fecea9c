"""What the libraries that open books and documents raise when a file is broken."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import BadZipFile

from ksolve.errors import PlanError
from ksolve.findings import Place
from ksolve.published.messages import finding

# They name no exception of their own for a damaged part: whatever its XML or its archive makes
# them trip over comes out as it is.
_TRIPPED = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    BadZipFile,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@contextmanager
def opened(file: str) -> Iterator[None]:
    """Turn what a library raises over a broken file into a PlanError."""
    try:
        yield
    except _TRIPPED as error:
        raise PlanError([finding("broken-file", Place(file))]) from error
