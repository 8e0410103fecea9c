"""A cluster that is there, or one that is started here for the time of a command."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import dask
from distributed import Client, LocalCluster
from distributed.security import Security

from ksolve.errors import PlanError, fault
from ksolve.solver.search.cluster import deaf
from ksolve.solver.search.cluster.places import Places
from ksolve.solver.search.cluster.work import forget, versions
from ksolve.solver.search.memory import SHARE, free_bytes
from ksolve.text import Text

_PATIENCE_S = 10.0
"""How long a cluster may take to answer."""
_RENEWED_S = 30.0
"""How long a scheduler that went away may take to be there again."""
_HERE = ("127.0.0.1", "::1", "localhost")
_OURS = {
    "distributed.scheduler.allowed-failures": 0,  # a part that kills its worker is no other worker's
    "distributed.scheduler.work-stealing": False,
    "distributed.worker.memory.target": False,  # how much a search takes is decided before it begins
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    # What Dask looks at fifty and a hundred times a second took 3 % of a core from the search
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "1s",
    "distributed.admin.system-monitor.interval": "10s",
}
_FILES = {"tls_ca_file": "ca.pem", "tls_client_cert": "cert.pem", "tls_client_key": "key.pem"}


@dataclass
class Cluster:
    """A cluster as an engine: as many places as its workers have threads."""

    client: Client
    address: str
    security: Security | None
    places: int
    memory: int | None

    @contextmanager
    def open(self, count: int) -> Iterator[Places]:
        """Open so many places, and give up what still runs on them in the end."""
        places = Places(self.client, count, self.renewed)
        try:
            yield places
        finally:
            places.close()

    def close(self) -> None:
        """Leave the cluster without the processes that wait on its workers."""
        if self.client.status == "running":
            self.client.run(forget, on_error="ignore")
        self.client.close()

    def renewed(self) -> Client | None:
        """Connect once more; None where no scheduler answers."""
        try:
            self.client = Client(self.address, security=self.security, timeout=_RENEWED_S)
            self.client.wait_for_workers(1, timeout=_RENEWED_S)
        except (OSError, TimeoutError):
            return None
        return self.client


@contextmanager
def cluster(where: str, security: Path | None = None) -> Iterator[Cluster]:
    """Reach the cluster at an address, or start one here: `tcp://…`, `tls://…`, `local`, `local:4`.

    `security` is a folder with ca.pem, cert.pem and key.pem. Raises PlanError where none is there, its
    workers have other versions, or pickles would travel in the open.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is told in our own words
    with ExitStack() as stack, dask.config.set(_OURS):
        keys = _keys(security)
        local = re.fullmatch(r"local(?::([1-9]\d{0,3}))?", where)
        address = stack.enter_context(_started(int(local[1] or 2))) if local else _checked(where, keys)
        client = _client(address, keys)
        reached = Cluster(client, address, keys, *_measured(client))
        stack.callback(reached.close)
        yield reached


@contextmanager
def _started(workers: int) -> Iterator[str]:
    """Start a scheduler and so many workers of one thread on this machine."""
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        memory_limit=0,
        dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
        preload=[deaf.__name__],
    ) as started:
        yield started.scheduler_address


def _checked(where: str, keys: Security | None) -> str:
    """Return an address, unless it is none, or pickles would be sent there in the open."""
    parts = urlsplit(where)
    if parts.scheme not in ("tcp", "tls") or not parts.hostname or not _port(where):
        raise PlanError([fault("cluster-address", _NO_ADDRESS.fill(where=where), None, _ADDRESSES)])
    if parts.scheme == "tcp" and parts.hostname not in _HERE:
        raise PlanError([fault("cluster-open", _IN_THE_OPEN.fill(where=where), None, _USE_TLS)])
    if parts.scheme == "tls" and keys is None:
        raise PlanError([fault("cluster-keys", _NO_KEYS.fill(where=where), None, _USE_TLS)])
    return where


def _port(where: str) -> int | None:
    try:
        return urlsplit(where).port
    except ValueError:
        return None


def _keys(folder: Path | None) -> Security | None:
    if folder is None:
        return None
    files = {option: folder / name for option, name in _FILES.items()}
    missing = [str(path) for path in files.values() if not path.is_file()]
    if missing:
        raise PlanError([fault("cluster-keys", _MISSING.fill(path=path), None) for path in missing])
    return Security(require_encryption=True, **{option: str(path) for option, path in files.items()})


def _client(address: str, keys: Security | None) -> Client:
    try:
        client = Client(address, security=keys, timeout=_PATIENCE_S, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        told = _NOBODY.fill(where=address, why=str(error).splitlines()[0][:200])
        raise PlanError([fault("cluster-away", told, None, _START)]) from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
    except TimeoutError as error:
        client.close()
        raise PlanError([fault("cluster-empty", _EMPTY.fill(where=address), None, _START)]) from error
    return client


def _measured(client: Client) -> tuple[int, int | None]:
    """Return the places of a cluster and the bytes for all of them; refuse workers of other versions."""
    told = client.run(versions, on_error="return")
    here = versions()
    faults = [
        fault("cluster-versions", _OTHER.fill(worker=worker, there=_named(there), here=_named(here)), None)
        for worker, there in sorted(told.items())
        if there != here
    ]
    if faults:
        client.close()
        raise PlanError(faults)
    threads = client.nthreads()
    return sum(threads.values()), _memory(client.run(free_bytes))


def _memory(free: Mapping[str, int | None]) -> int | None:
    """Return the bytes that a search may take on all machines together, None where one does not tell.

    `free` is what each worker is told, by its address: those of one machine are told the same bytes.
    """
    of_machine = {urlsplit(worker).hostname: bytes_ for worker, bytes_ in free.items()}
    known = [bytes_ for bytes_ in of_machine.values() if bytes_ is not None]
    return int(sum(known) * SHARE) if len(known) == len(of_machine) else None


def _named(found: object) -> str:
    if isinstance(found, dict):
        return ", ".join(f"{name} {number}" for name, number in found.items())
    return f"{type(found).__name__}: {found}"


_NO_ADDRESS = Text("「{where}」はクラスタのアドレスではありません", "{where} is no address of a cluster")
_ADDRESSES = Text(
    "local、local:4(このコンピューターで4つ)、tcp://127.0.0.1:8786、tls://名前:8786 のどれかを書いてください",
    "write one of local, local:4 (four on this machine), tcp://127.0.0.1:8786, tls://host:8786",
)
_IN_THE_OPEN = Text(
    "{where} へは計画と職員の名前が暗号なしで送られ、途中で書き換えられるおそれがあります",
    "plans and names would travel to {where} unencrypted, and could be changed on the way",
)
_USE_TLS = Text(
    "tls:// のアドレスと --cluster-security 鍵のフォルダー を使ってください(docs/scale.md)",
    "use a tls:// address with --cluster-security FOLDER (docs/scale.en.md)",
)
_NO_KEYS = Text("{where} に接続するための鍵がありません", "there are no keys to connect to {where}")
_MISSING = Text("鍵のファイル {path} がありません", "there is no key file {path}")
_NOBODY = Text("{where} にクラスタが見つかりません({why})", "there is no cluster at {where} ({why})")
_EMPTY = Text("{where} でワーカーが一つも動いていません", "the cluster at {where} has no workers")
_START = Text(
    "dask scheduler と dask worker を始めるか、--cluster local を使ってください(docs/scale.md)",
    "start dask scheduler and dask worker, or use --cluster local (docs/scale.en.md)",
)
_OTHER = Text(
    "ワーカー {worker} のソフトの版が、こちらと違います: あちら {there}、こちら {here}",
    "the worker {worker} has other versions: {there} there, {here} here",
)
