"""Findings for machines, and the page of all findings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import KOGANEI, ROOT
from ksolve.findings import Finding, Place, Severity
from ksolve.findings.formats import as_github, as_json, as_sarif
from ksolve.published import read_published
from ksolve.published.examples import EXAMPLES, TOLD
from ksolve.published.findings_page import catalogue, shown_in
from ksolve.published.messages import MESSAGES
from ksolve.text import Lang, Text

# What SARIF 2.1.0 asks of a log with one run, in its own words: required keys, levels, 1-based regions.
REGION = {
    "type": "object",
    "properties": {key: {"type": "integer", "minimum": 1} for key in ("startLine", "startColumn")},
    "required": ["startLine"],
}
LOCATION = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {
                    "required": ["uri"],
                    "properties": {"uri": {"type": "string", "pattern": "^[!-~]+$"}},
                },
                "region": REGION,
            },
            "additionalProperties": False,
        },
        "logicalLocations": {"type": "array", "items": {"required": ["name"]}},
    },
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "ruleIndex", "level"],
    "properties": {
        "message": {"required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "locations": {"type": "array", "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "relatedLocations": {"type": "array", "items": LOCATION},
    },
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {
                        "required": ["driver"],
                        "properties": {"driver": {"required": ["name", "rules"]}},
                    },
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": RESULT},
                },
            },
        },
    },
}
FOUND = (
    Finding("min_gap", Severity.ERROR, Text("近すぎます 100%\n", "too close"), Place("予定 1.csv", 3, 2)),
    Finding(
        "labelled-mark",
        Severity.NOTE,
        Text("印", "mark"),
        Place("book.xlsx", 5, 0, "後期"),
        resolution=Text("読み方", "reading"),
        related=(Place("book.xlsx", 7),),
    ),
    Finding("bare", Severity.WARNING, Text("場所なし", "no place")),
)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_sarif_log_has_the_structure_that_the_standard_asks_for(lang: Lang) -> None:
    for findings in (FOUND, (), read_published(KOGANEI / "r6-published.tsv").findings):
        log = json.loads(as_sarif(findings, lang))
        assert [error.message for error in Draft202012Validator(SARIF).iter_errors(log)] == []
        (run,) = log["runs"]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert [rules[result["ruleIndex"]] for result in run["results"]] == [f.rule for f in findings]
        assert [result["ruleId"] for result in run["results"]] == [f.rule for f in findings]


def test_the_sarif_log_names_the_sheet_and_writes_paths_as_uris() -> None:
    results = json.loads(as_sarif(FOUND, "ja"))["runs"][0]["results"]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E4%BA%88%E5%AE%9A%201.csv"
    assert place["region"] == {"startLine": 3, "startColumn": 2}
    assert results[1]["locations"][0]["logicalLocations"][0]["name"] == "後期"
    assert results[1]["message"]["text"] == "印 → 読み方"
    assert "locations" not in results[2]


def test_json_and_github_lines_say_the_same() -> None:
    items = json.loads(as_json(FOUND, "en"))
    assert [(item["rule"], item["sheet"], item["line"]) for item in items] == [
        ("min_gap", None, 3),
        ("labelled-mark", "後期", 5),
        ("bare", None, None),
    ]
    assert (
        as_github(FOUND[0], "ja")
        == "::error file=予定 1.csv,line=3,col=2,title=min_gap::近すぎます 100%25%0A"
    )
    assert as_github(FOUND[2], "en") == "::warning title=bare::no place"


def test_every_finding_has_an_example_and_no_example_is_left_over() -> None:
    assert set(EXAMPLES) | set(TOLD) == set(MESSAGES)
    assert not set(EXAMPLES) & set(TOLD)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_really_has_its_finding(name: str) -> None:
    assert shown_in(EXAMPLES[name], name).severity is MESSAGES[name].severity


@pytest.mark.parametrize("name", MESSAGES)
def test_each_finding_says_how_it_was_resolved_or_what_to_do(name: str) -> None:
    message = MESSAGES[name]
    is_error = message.severity is Severity.ERROR
    assert (message.remedy if is_error else message.resolution) is not None


@pytest.mark.parametrize(("lang", "page"), [("ja", "findings.md"), ("en", "findings.en.md")])
def test_the_page_of_findings_is_current(lang: Lang, page: str) -> None:
    """Renew with `make docs`."""
    assert (ROOT / "docs" / page).read_text(encoding="utf-8") == catalogue(lang)


def test_the_page_names_every_finding() -> None:
    page = Path(ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert [name for name in MESSAGES if f"### {name}\n" not in page] == []
