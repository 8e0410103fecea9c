"""Findings for machines: JSON, SARIF 2.1.0 and GitHub workflow commands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ksolve.findings import Finding, Place, Severity
from ksolve.text import Lang

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def as_json(findings: Iterable[Finding], lang: Lang) -> str:
    """Return findings as a JSON array, one object each."""
    return json.dumps([_as_dict(found, lang) for found in findings], ensure_ascii=False, indent=2)


def _as_dict(found: Finding, lang: Lang) -> dict[str, object]:
    place = found.place
    return {
        "rule": found.rule,
        "severity": str(found.severity),
        "text": found.text(lang),
        "file": place.file if place else None,
        "sheet": (place.sheet or None) if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "sessions": list(found.sessions),
        "resolution": found.resolution(lang) if found.resolution else None,
        "remedy": found.remedy(lang) if found.remedy else None,
        "related": [str(place) for place in found.related],
    }


def as_github(found: Finding, lang: Lang) -> str:
    """Return ``::error file=plan.yaml,line=3,col=5,title=min_gap::text``."""
    command = "notice" if found.severity is Severity.NOTE else str(found.severity)
    place = found.place
    where = f"file={place.file},line={place.line or 1},col={place.column or 1}," if place else ""
    text = found.text(lang).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{command} {where}title={found.rule}::{text}"


def as_sarif(findings: Iterable[Finding], lang: Lang) -> str:
    """Return findings as a SARIF log of one run.

    A column counts the cells of a row in a table, and characters elsewhere.
    """
    found = tuple(findings)
    rules = sorted({one.rule: one.severity for one in found}.items())
    index = {rule: number for number, (rule, _) in enumerate(rules)}
    driver = {
        "name": "ksolve",
        "rules": [
            {"id": rule, "defaultConfiguration": {"level": _LEVELS[severity]}} for rule, severity in rules
        ],
    }
    results = [_result(one, index[one.rule], lang) for one in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(found: Finding, rule: int, lang: Lang) -> dict[str, Any]:
    parts = [found.text(lang)]
    parts += [f"→ {found.resolution(lang)}"] if found.resolution else []
    parts += [f"({found.remedy(lang)})"] if found.remedy else []
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": " ".join(parts)},
    }
    if found.place:
        result["locations"] = [_location(found.place)]
    if found.related:
        result["relatedLocations"] = [_location(place) for place in found.related]
    return result


def _location(place: Place) -> dict[str, Any]:
    path = PurePath(place.file)
    uri = quote(path.as_posix())
    physical: dict[str, Any] = {"artifactLocation": {"uri": f"file://{uri}" if path.is_absolute() else uri}}
    if place.line:
        physical["region"] = {"startLine": place.line, "startColumn": max(1, place.column)}
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.sheet:
        location["logicalLocations"] = [{"name": place.sheet, "kind": "module"}]
    return location
