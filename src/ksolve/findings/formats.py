"""Findings for machines: JSON, SARIF 2.1.0, JUnit and GitHub workflow commands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, tostring

from ksolve.findings import Finding, Place, Severity
from ksolve.text import Lang

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(findings: Iterable[Finding], lang: Lang) -> str:
    """Return findings as a JSON array, one object each."""
    return json.dumps([as_dict(found, lang) for found in findings], ensure_ascii=False, indent=2)


def as_dict(found: Finding, lang: Lang) -> dict[str, object]:
    """Return a finding as a JSON object."""
    place = found.place
    return {
        "rule": found.rule,
        "fingerprint": found.fingerprint,
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
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": {"text": _message(found, lang)},
        "partialFingerprints": {"ksolve/v1": found.fingerprint},
    }
    if found.place:
        result["locations"] = [_location(found.place)]
    if found.related:
        result["relatedLocations"] = [_location(place) for place in found.related]
    return result


def _message(found: Finding, lang: Lang) -> str:
    """Return the text of a finding with what follows from it, without its places."""
    parts = [found.text(lang)]
    parts += [f"→ {found.resolution(lang)}"] if found.resolution else []
    parts += [f"({found.remedy(lang)})"] if found.remedy else []
    return " ".join(parts)


def as_junit(findings: Iterable[Finding], lang: Lang) -> str:
    """Return findings as a JUnit report: a failed case for each, a note as a case with output.

    Without findings it holds one case that passed, as CI takes a report without cases for a fault.
    """
    found = tuple(findings)
    failures = sum(one.severity is not Severity.NOTE for one in found)
    counts = {"tests": str(len(found) or 1), "failures": str(failures), "errors": "0"}
    suites = Element("testsuites", counts)
    suite = SubElement(suites, "testsuite", {"name": "ksolve", **counts})
    for one in found:
        name = _xml(f"{one.place}: {one.text(lang)}" if one.place else one.text(lang))
        case = SubElement(suite, "testcase", {"classname": one.rule, "name": name})
        if one.severity is Severity.NOTE:
            SubElement(case, "system-out").text = _xml(_message(one, lang))
        else:
            failure = SubElement(
                case, "failure", {"type": str(one.severity), "message": _xml(_message(one, lang))}
            )
            failure.text = "\n".join(_xml(str(place)) for place in (one.place, *one.related) if place)
    if not found:
        SubElement(suite, "testcase", {"classname": "ksolve", "name": "ksolve"})
    return tostring(suites, encoding="unicode", xml_declaration=False)


def _xml(text: str) -> str:
    """Return text without the characters that XML 1.0 cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


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
