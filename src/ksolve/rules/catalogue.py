"""Every rule, found by walking this package: a file is a rule, and its class is named after the file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import Field

import ksolve.rules
from ksolve.problem.rule import Chapter, Rule, rule_name


def _found() -> Iterator[type[Rule]]:
    """Yield the rule of each file; a file without one is what several rules share (moving)."""
    for file in iter_modules(ksolve.rules.__path__):
        if file.name != "catalogue":
            module = import_module(f"{ksolve.rules.__name__}.{file.name}")
            values = [value for value in vars(module).values() if isinstance(value, type)]
            rules = [value for value in values if issubclass(value, Rule) and "rule" in value.model_fields]
            yield from (rule for rule in rules if rule_name(rule) == file.name)


def _in_order(rule: type[Rule]) -> tuple[int, str]:
    return list(Chapter).index(rule.chapter), rule_name(rule)


RULES: tuple[type[Rule], ...] = tuple(sorted(_found(), key=_in_order))
"""Every rule, by the chapters in which `ksolve rules` and the docs list them."""

BY_NAME: dict[str, type[Rule]] = {rule_name(rule): rule for rule in RULES}

WRITTEN: tuple[type[Rule], ...] = tuple(rule for rule in RULES if rule.example)
"""The rules that a planner may write in a plan; the others follow from its programmes."""

if TYPE_CHECKING:
    PlannedRule = Rule
else:
    PlannedRule: Any = Annotated[Union[WRITTEN], Field(discriminator="rule")]  # noqa: UP007 - of a tuple
    """Any rule that a planner may write, told by its name in `rule`."""
