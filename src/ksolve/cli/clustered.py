"""Searches on the machines of a cluster, and what is told and kept of their parts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ksolve.errors import PlanError, fault
from ksolve.solver.search.engine import Engines, PartsSoFar, PartsWatch, searching_with
from ksolve.text import Text


@dataclass(frozen=True)
class Machines:
    """Where parts are searched: the address of a cluster (empty: this machine) and the folder of its keys."""

    address: str = ""
    security: Path | None = None

    @contextmanager
    def used(self, watch: PartsWatch) -> Iterator[None]:
        """Let the searches within run there; `watch` hears of those that have several parts.

        Raises PlanError where the cluster cannot be reached, or Dask is not installed.
        """

        def told(parts: PartsSoFar) -> None:
            if len(parts.found) > 1:
                watch(parts)

        with ExitStack() as stack:
            reached = stack.enter_context(_reached(self.address, self.security)) if self.address else None
            stack.enter_context(searching_with(reached, told))
            yield


@contextmanager
def _reached(where: str, security: Path | None) -> Iterator[Engines]:
    try:
        from ksolve.solver.search.cluster.reached import cluster
    except ImportError as error:
        raise PlanError([fault("no-dask", _NO_DASK.fill(missing=error.name), None, _INSTALL)]) from error
    with cluster(where, security) as reached:
        yield reached


HERE = Machines()
_NO_DASK = Text(
    "--cluster には Dask が必要ですが、入っていません({missing})",
    "--cluster needs Dask ({missing} is missing)",
)
_INSTALL = Text("pip install 'ksolve[dask]' で入ります", "install it with pip install 'ksolve[dask]'")
