"""What a run was made from, and what came of it."""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ksolve.files import is_file
from ksolve.problem import Problem, Tier
from ksolve.record.beside import record_beside
from ksolve.record.outputs import digest
from ksolve.report.view import Reached
from ksolve.solver import Answer, Options
from ksolve.solver.search.parts import candidates, parts
from ksolve.text import Text

try:
    import resource
except ImportError:  # Windows has no such module
    resource = None  # type: ignore[assignment]

_LIBRARIES = ("ksolve", "ortools", "jpholiday", "pydantic")


@dataclass
class Course:
    """When the steps of a run ended, in seconds since it began, as far as it has come."""

    began: float = field(default_factory=time.monotonic)
    ended_s: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """The seconds since it began."""
        return time.monotonic() - self.began

    def end(self, step: str) -> None:
        """Note that a step has ended; the first word on a step counts."""
        self.ended_s.setdefault(step, round(self.seconds, 2))


@dataclass(frozen=True, slots=True)
class Sources:
    """What a run was made from: the plan's files, the scenarios and other files, the schedule revised."""

    inputs: tuple[Path, ...]
    scenarios: tuple[Path, ...] = ()
    parent: Mapping[str, object] | None = None


def manifest(
    sources: Sources,
    problem: Problem,
    options: Options,
    answer: Answer,
    course: Course,
    schedule: bytes,
) -> bytes:
    """Return a run's record as JSON: input hashes, versions, parameters, size, verdict, tiers, times.

    The record of a reproducible run has no times and no memory: its bytes are the same each time.
    """
    verdict, scenarios = answer.text, sources.scenarios
    measured = {"seconds": course.ended_s, "peak_memory_mib": _peak_mib()}
    record = {
        "inputs": [{"file": str(p), "sha256": _digest(p)} for p in (*sources.inputs, *scenarios)],
        "scenarios": [str(path) for path in scenarios],
        "versions": versions(),
        "parameters": {
            "limit_s": options.limit_s,
            "workers": options.tuning.workers,
            "seed": options.tuning.seed,
            "gap": options.tuning.gap,
            "reproducible": options.tuning.reproducible,
        },
        "problem": {
            "series": len(problem.series),
            "rules": len(problem.rules),
            "parts": [
                {"series": len(part.series), "candidates": candidates(part.series, part)}
                for part in parts(problem)
            ],
        },
        "result": {
            "verdict": str(answer.verdict),
            "verdict_text": {"ja": verdict.ja, "en": verdict.en},
            "tiers": [
                {"tier": t.tier.name, "value": t.value, "bound": t.bound, "bound_from": str(t.source)}
                for t in answer.tiers
            ],
            "names": _names(answer),
            "interrupted": answer.interrupted,
        },
        **({} if options.tuning.reproducible else {"measured": measured}),
        **({"parent": dict(sources.parent)} if sources.parent else {}),
        "schedule_sha256": digest(schedule),
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def _names(answer: Answer) -> dict[str, int] | None:
    return {"value": answer.names.value, "bound": answer.names.bound} if answer.names else None


def _peak_mib() -> dict[str, int]:
    """Return the most memory that this process and its largest child have held, where that is told."""
    if resource is None:
        return {}
    unit = 1 << 10 if sys.platform == "linux" else 1 << 20  # kibibytes there, bytes on macOS
    whose = {"process": resource.RUSAGE_SELF, "largest_child": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(of).ru_maxrss // unit for name, of in whose.items()}


def versions() -> dict[str, str]:
    """Return the versions of what can change an answer."""
    return {"python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}


def verdict_beside(schedule: Path) -> tuple[Text, ...]:
    """Return the verdict of the run that made a schedule file, if its record lies beside it unchanged."""
    result = _result_beside(schedule)
    try:
        return verdict_texts(Text(**result["verdict_text"]), result["tiers"], result.get("names"))
    except (KeyError, TypeError):
        return ()  # not a record of ours: then the verdict is simply not known


def tiers_beside(schedule: Path) -> tuple[Reached, ...]:
    """Return what the tiers of that run reached, as far as its record tells."""
    try:
        tiers = _result_beside(schedule)["tiers"]
        return tuple(Reached(Tier[one["tier"]], int(one["value"]), int(one["bound"])) for one in tiers)
    except (KeyError, TypeError, ValueError):
        return ()


def tiers_of(answer: Answer) -> tuple[Reached, ...]:
    """Return what the tiers of an answer reached, as the reports draw it."""
    return tuple(Reached(one.tier, one.value, one.bound) for one in answer.tiers)


def _result_beside(schedule: Path) -> Mapping[str, Any]:
    """Return the result in the record beside a schedule; empty where it is of another schedule, or none."""
    record = record_beside(schedule)
    try:
        same = record["schedule_sha256"] == digest(schedule.read_bytes())
        return dict(record["result"]) if same else {}
    except (KeyError, TypeError, ValueError):
        return {}


def verdict_texts(
    verdict: Text, tiers: Iterable[Mapping[str, Any]], names: Mapping[str, Any] | None
) -> tuple[Text, ...]:
    """Return the verdict, and the tiers that cost anything; at last what the names of people cost."""
    shown = [verdict]
    for tier in tiers:
        if tier["value"]:
            name = Tier[tier["tier"]].text
            shown.append(_TIER.fill(name=name, value=tier["value"], bound=tier["bound"]))
    if names and names["value"]:
        shown.append(_TIER.fill(name=Tier.PEOPLE.text, value=names["value"], bound=names["bound"]))
    return tuple(shown)


def answer_texts(answer: Answer) -> tuple[Text, ...]:
    """Return an answer's verdict and tiers as the reports show them."""
    tiers = [{"tier": t.tier.name, "value": t.value, "bound": t.bound} for t in answer.tiers]
    return verdict_texts(answer.full_text, tiers, _names(answer))


def parent_of(schedule: Path, history: date | None, wishes: Iterable[str]) -> dict[str, object]:
    """Return what names the schedule that was revised, from which day on, and for which wishes."""
    return {
        "file": str(schedule),
        "sha256": digest(schedule.read_bytes()),
        "from": history.isoformat() if history else None,
        "wishes": list(wishes),
    }


def _digest(path: Path) -> str | None:
    """Return the digest of an input, None where it was a pipe or is gone: no answer is lost for that."""
    try:
        return digest(path.read_bytes()) if is_file(path) else None
    except OSError:
        return None


_TIER = Text("{name}: 残り{value}(下限{bound})", "{name}: {value} left (bound {bound})")
