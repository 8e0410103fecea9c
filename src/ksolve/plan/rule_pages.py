"""The rule catalogue as pages for people, read off the rules themselves."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from typing import Any, get_args

from ksolve.problem import Tier
from ksolve.problem.rule import Chapter, Rule, TierName, rule_name
from ksolve.rules.catalogue import BY_NAME, RULES
from ksolve.text import Lang, Text

_COMMON = ("programmes", "tags", "tier", "weight", "why")
"""What every rule that a planner writes may say beside its own parameters."""


def is_written(rule: type[Rule]) -> bool:
    """Whether a planner may write the rule in a plan; others follow from its programmes."""
    return bool(rule.example)


def about(rule: type[Rule], lang: Lang) -> str:
    """Return what a rule says, and what one unit of breach is."""
    text = rule.japanese if lang == "ja" else " ".join((inspect.getdoc(rule) or "").split())
    return text.replace("\n", " ")


def strength(rule: type[Rule], lang: Lang) -> str:
    """Return whether a rule is hard, and where its breaches count if it is not."""
    if rule.always_hard:
        return _ALWAYS(lang)
    if rule.usual is None:
        return _HARD(lang)
    return _SOFT.fill(tier=rule.usual.text)(lang)


def binding(rule: type[Rule], lang: Lang) -> str:
    """Return whether a rule looks at its series one by one, by parts, or all together."""
    if rule.by_part:
        return _BY_PART(lang)
    return _TOGETHER(lang) if rule.joint else _EACH(lang)


def rule_page(name: str, lang: Lang, level: int = 1) -> str:
    """Return the page of one rule as Markdown. Raises KeyError for an unknown name."""
    rule = BY_NAME[name]
    lines = [f"{'#' * level} {name}", "", f"**{rule.title(lang)}** — {strength(rule, lang)}", ""]
    lines += [about(rule, lang), ""]
    if rule.example:
        lines += [binding(rule, lang), ""]
        own = list(_parameters(rule, lang))
        if own:
            lines += [_HEADER(lang), "| --- | --- | --- |", *own, ""]
        lines += ["```yaml", "rules:", f"  - {rule.example}", "```"]
    else:
        lines += [_DERIVED(lang)]
    return "\n".join(lines) + "\n"


def rules_page(lang: Lang) -> str:
    """Return the whole catalogue as Markdown."""
    pages = [page for chapter in Chapter for page in _chapter(chapter, lang)]
    common = [_row(name, field, lang) for name, field in _fields(RULES[0]) if name in _COMMON]
    head = [_TITLE(lang), "", _INTRODUCTION(lang), "", _HEADER(lang), "| --- | --- | --- |", *common, ""]
    tiers = "、".join if lang == "ja" else ", ".join
    named = get_args(TierName)
    order = tiers(f"{tier.name.lower()} ({tier.text(lang)})" for tier in Tier if tier.name.lower() in named)
    return "\n".join([*head, _TIERS.fill(order=order)(lang), "", "\n".join(pages)])


def _chapter(chapter: Chapter, lang: Lang) -> Iterator[str]:
    yield f"## {chapter.value(lang)}\n"
    for rule in RULES:
        if rule.chapter is chapter:
            yield rule_page(rule_name(rule), lang, level=3)


def _parameters(rule: type[Rule], lang: Lang) -> Iterator[str]:
    for name, field in _fields(rule):
        if name not in (*_COMMON, "rule"):
            yield _row(name, field, lang)


def _fields(rule: type[Rule]) -> Iterator[tuple[str, dict[str, Any]]]:
    schema = rule.model_json_schema(by_alias=True)
    for name, field in schema["properties"].items():
        yield name, {**field, "required": name in schema.get("required", ())}


def _row(name: str, field: dict[str, Any], lang: Lang) -> str:
    japanese, _, english = str(field.get("description", "")).partition(" / ")
    said = japanese if lang == "ja" else english or japanese
    return f"| `{name}` | {said} | {'、'.join(_values(field, lang))} |"


def _values(field: dict[str, Any], lang: Lang) -> Iterator[str]:
    """Yield what a parameter may be: its range or words, its default, an example."""
    kinds = [field, *field.get("anyOf", ())]
    low = next((kind["minimum"] for kind in kinds if "minimum" in kind), None)
    high = next((kind["maximum"] for kind in kinds if "maximum" in kind), None)
    words = next((kind["enum"] for kind in kinds if "enum" in kind), None)
    if low is not None or high is not None:
        yield f"{'' if low is None else low}～{'' if high is None else high}"
    if words:
        yield " | ".join(map(str, words)).replace("|", "\\|")
    if field["required"]:
        yield _REQUIRED(lang)
    elif field.get("default") not in (None, "", [], {}) and not isinstance(field["default"], dict):
        yield _DEFAULT.fill(value=json.dumps(field["default"], ensure_ascii=False))(lang)
    for example in field.get("examples", ())[:1]:
        yield _EXAMPLE.fill(value=json.dumps(example, ensure_ascii=False))(lang)


_ALWAYS = Text("必ず守る規則", "always hard")
_HARD = Text("必ず守る規則(tier を書けば希望)", "hard, or soft where a tier is given")
_SOFT = Text("希望({tier})", "soft, counted in {tier}")
_EACH = Text(
    "対象の系列(グループ)を一つずつ見ます。", "Each series (group) that it binds is looked at by itself."
)
_TOGETHER = Text("対象の系列をすべて合わせて見ます。", "All the series that it binds are looked at together.")
_BY_PART = Text(
    "対象の事業(内訳)を一つずつ見ます。",
    "Each programme (or component) that it binds is looked at by itself.",
)
_DERIVED = Text(
    "計画の事業・部屋・職員から自動的に加わります(計画には書きません)。",
    "Follows from the programmes, rooms and staff of the plan; it is not written.",
)
_TITLE = Text("# 規則の一覧", "# The rule catalogue")
_INTRODUCTION = Text(
    "計画の `rules:` に書ける規則です。`ksolve rules` が同じものを表示します。"
    "この表は規則そのものから作られます(`make docs`)。どの規則にも次を書けます。",
    "The rules that a plan's `rules:` may hold, as `ksolve rules` shows them. The page is made of the"
    " rules themselves (`make docs`). Any rule may also say:",
)
_TIERS = Text(
    "希望は段ごとに、前の段を損なわない順に守られます: {order}。",
    "Soft rules are kept in strict tiers, each without spoiling the one before: {order}.",
)
_HEADER = Text("| 項目 | 意味 | 値 |", "| parameter | meaning | values |")
_REQUIRED = Text("必須", "required")
_DEFAULT = Text("既定 {value}", "default {value}")
_EXAMPLE = Text("例 {value}", "e.g. {value}")
