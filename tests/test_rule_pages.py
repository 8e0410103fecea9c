"""The rule catalogue as people read it."""

from __future__ import annotations

from typing import get_args

import pytest
import yaml
from pydantic import TypeAdapter

from conftest import ROOT
from ksolve.plan.rule_pages import about, is_written, rule_page, rules_page
from ksolve.problem.rule import Rule, rule_name
from ksolve.rules.catalogue import BY_NAME, PlannedRule
from running import ksolve

WRITTEN = sorted(name for name, rule in BY_NAME.items() if is_written(rule))


def test_the_rules_with_an_example_are_those_that_a_plan_may_hold() -> None:
    union, _ = get_args(PlannedRule)
    assert {rule_name(rule) for rule in get_args(union)} == set(WRITTEN)


@pytest.mark.parametrize("name", WRITTEN)
def test_the_example_of_a_rule_is_that_rule(name: str) -> None:
    given = yaml.load(BY_NAME[name].example, Loader=yaml.BaseLoader)  # noqa: S506 - text only
    rule: Rule = TypeAdapter(PlannedRule).validate_python(given)
    assert rule.name == name
    assert rule.sentence.ja
    assert rule.sentence.en


@pytest.mark.parametrize("name", BY_NAME)
def test_a_rule_is_explained_in_both_languages_with_what_one_breach_counts(name: str) -> None:
    rule = BY_NAME[name]
    assert rule.title.ja != rule.title.en
    assert "違反の一単位は" in about(rule, "ja")
    assert "one unit of breach is" in about(rule, "en").lower()


@pytest.mark.parametrize("name", WRITTEN)
def test_every_parameter_has_its_meaning_in_both_languages(name: str) -> None:
    for lang in ("ja", "en"):
        rows = [row for row in rule_page(name, lang).splitlines() if row.startswith("| `")]
        assert all(row.split("|")[2].strip() for row in rows)
        assert all(" / " not in row for row in rows)


@pytest.mark.parametrize(("lang", "name"), [("ja", "rules.md"), ("en", "rules.en.md")])
def test_the_catalogue_in_the_docs_is_current(lang: str, name: str) -> None:
    page = rules_page("ja" if lang == "ja" else "en")
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page


def test_the_command_lists_the_rules_and_shows_one() -> None:
    listed = ksolve("rules").stdout
    assert all(name in listed for name in WRITTEN)
    assert "回から次の回まで" in ksolve("rules", "min_gap").stdout
    assert "fewest days" in ksolve("rules", "min_gap", "--lang", "en").stdout


def test_an_unknown_rule_is_refused_with_the_nearest_name() -> None:
    done = ksolve("rules", "mingap")
    assert done.returncode == 2
    assert "min_gap" in done.stderr
