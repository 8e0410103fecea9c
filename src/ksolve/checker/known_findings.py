"""Which findings count: those of the rules that are wanted, and not those that were known before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from ksolve.errors import PlanError, fault
from ksolve.files import read_text
from ksolve.findings import Finding, Place
from ksolve.text import Text

Known = Counter[str]
"""How often each fingerprint is known."""


def of_rules(
    findings: Iterable[Finding], select: Collection[str], ignore: Collection[str]
) -> tuple[Finding, ...]:
    """Return the findings of the selected rules (none selected: of all) that are not ignored."""
    return tuple(
        found for found in findings if (not select or found.rule in select) and found.rule not in ignore
    )


def read_baseline(path: Path) -> Known:
    """Return what an earlier run wrote with ``--format json``. Raises PlanError when it is something else."""
    try:
        listed = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
        raise PlanError([fault("wrong-baseline", _NO_JSON, Place(str(path), line), _WRITE)]) from error
    whole = _listed(listed) if isinstance(listed, dict) else listed
    items = whole if isinstance(whole, list) else [None]
    prints = [item.get("fingerprint") if isinstance(item, dict) else None for item in items]
    known = Counter(text for text in prints if isinstance(text, str))
    if known.total() < len(prints):
        raise PlanError([fault("wrong-baseline", _NO_FINDINGS, Place(str(path)), _WRITE)])
    return known


def _listed(answer: dict[str, Any]) -> list[Any] | None:
    """Return the findings in the answer of a check: of a folder also those of each plan."""
    found = answer.get("findings")
    if not isinstance(found, list):
        return None
    plans = answer.get("plans")
    answers = [one.get("answer") for one in plans if isinstance(one, dict)] if isinstance(plans, list) else []
    return [*found, *(item for one in answers if isinstance(one, dict) for item in _listed(one) or ())]


def new_findings(findings: Iterable[Finding], known: Known) -> Iterator[Finding]:
    """Yield the findings that are not known; what is known once hides one finding, not all like it."""
    left = Counter(known)
    for found in findings:
        if left[found.fingerprint] > 0:
            left[found.fingerprint] -= 1
        else:
            yield found


_NO_JSON = Text("JSON として読めません", "it is no JSON")
_NO_FINDINGS = Text("指摘の一覧ではありません", "it is no list of findings")
_WRITE = Text(
    "ksolve check PLAN SCHEDULE --format json -o FILE で書いたものを指定してください",
    "name what ksolve check PLAN SCHEDULE --format json -o FILE wrote",
)
