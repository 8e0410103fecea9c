"""What a content cell holds: a name, components with frequencies, bindings, splits, counts of sites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ksolve.frequency import Range, Service
from ksolve.published.cell.frequencies import meaning_of
from ksolve.published.rows import Component, HeldWith

OMITTED = "〔略〕"
"""Stands for a description that was left out of a shipped table."""

_TOGETHER = re.compile(
    r"(?:うち(?P<count>\d+)回は)?(?:[^\s。、「」〕※]*「(?P<quoted>[^」]+)」|(?P<plain>[^\s。、「」〕※]+?))"
    r"[にと](?:併せて|合わせて|あわせて)実施"
)
_SPLIT = re.compile(r"(?P<name>[^\s、。〕はを]+)を(?P<count>\d+)回")
_SITES = re.compile(r"(?P<kind>[^\s、。()〔〕\d]{1,8}?)(?P<count>\d+)(?P<unit>園|校|か所|館|施設)")
_LONGEST = 2000
"""A content cell of more characters is a description, whatever is in it."""
_BRACKETED = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Content:
    """A content cell taken apart.

    `name` is its first word where that is a name and not a description. `parts` are the
    named shares of a split (全体会を2回、地区別を3回), `sites` the counted places of a visit.
    """

    name: str
    components: tuple[Component, ...] = ()
    binding: HeldWith | None = None
    parts: tuple[tuple[str, int], ...] = ()
    sites: tuple[tuple[str, int], ...] = ()
    restated: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def read_content(text: str) -> Content:
    """Take a content cell apart; text without any known form is a description and left alone."""
    if len(text) > _LONGEST:
        return Content("")
    tokens = list(_tokens(text))
    first = tokens[0] if tokens else ""
    if is_description(first) or _together(first):
        return _facts(text)
    name, head = first, _component(first)
    components = tuple(_components(tokens[1:]))
    if head:
        name, components = head.name, (head, *components) if components else ()
    facts = _facts(" ".join(token for token in tokens[1:] if is_description(token)))
    bound = any(component.binding for component in components)
    return Content(
        name,
        components,
        None if bound else facts.binding,
        facts.parts,
        facts.sites,
        (head.text, *facts.restated) if head else facts.restated,
    )


def _facts(prose: str) -> Content:
    """Return what a description states in known forms."""
    together = _together(prose)
    return Content(
        "",
        (),
        _binding(together) if together else None,
        _split(prose),
        _sites(prose),
        tuple(_restated(prose)),
    )


def _together(text: str) -> re.Match[str] | None:
    """Find 講習会と合わせて実施; the word that ends it is looked for first, as most texts lack it."""
    return _TOGETHER.search(text) if "実施" in text else None


def is_description(text: str) -> bool:
    """Tell a description from a name: only a description has 。 or 、 or the particle を."""
    if text.startswith(OMITTED):
        return True
    if "。" not in text and "、" not in text and "を" not in text:
        return False
    outside = re.sub(r"[(（][^()（）]*[)）]", "", text)
    return any(sign in outside for sign in "。、を")


def _tokens(text: str) -> Iterator[str]:
    """Split at spaces outside brackets, and before ※; a bracket on its own joins the word before."""
    if not _PARTS.search(text):
        yield from filter(None, [text])
        return
    depth, token = 0, ""
    tokens: list[str] = []
    for part in _SIGNS.split(text):
        if part in _BRACKETS:
            depth += _BRACKETS[part]
            token += part
        elif part == "※" or (part.isspace() and depth <= 0):
            tokens.append(token)
            token = "※" if part == "※" else ""
        else:
            token += part
    tokens.append(token)
    for token in filter(None, tokens):
        yield token


_PARTS = re.compile(r"[\s※]")
_SIGNS = re.compile(r"([\s※()（）])")
_BRACKETS = {"(": 1, "（": 1, ")": -1, "）": -1}


def _components(tokens: list[str]) -> Iterator[Component]:
    pending: Component | None = None
    for token in tokens:
        together = _together(token)
        if together and pending:
            pending = _bind(pending, _binding(together))
            continue
        if pending:
            yield pending
        pending = None if is_description(token) else _component(token)
    if pending:
        yield pending


def _component(token: str) -> Component | None:
    """Read ``カルガモ教室(月1回×2か月)×6グループ:10～14か月児対象`` as name, frequency and note.

    The frequency begins at the first bracket from which everything up to a colon can be read; a
    bracket that says nothing of it, before another, belongs to the name: さくらんぼクラブ(多胎児の会)(年6回).
    """
    if "(" not in token and "（" not in token:
        return None
    body, _, note = token.partition(":")
    for match in _OPENS.finditer(body):
        own = _OF_NAME.match(body, match.start())
        if own and not meaning_of(own[1]):
            continue
        frequency = meaning_of(body[match.start() :])
        if frequency:
            is_open = Service.IRREGULAR in frequency.services
            count = Range(0, None) if is_open else frequency.year_count
            return Component(body[: match.start()], body[match.start() :], frequency, count, is_open, note)
    return None


_OPENS = re.compile(r"[(（]")
_OF_NAME = re.compile(r"[(（]([^()（）]*)[)）](?=[(（])")


def _bind(component: Component, binding: HeldWith) -> Component:
    return Component(
        component.name,
        component.text,
        component.frequency,
        component.count,
        component.open,
        component.note,
        binding,
    )


def _binding(match: re.Match[str]) -> HeldWith:
    name = match["quoted"] or match["plain"]
    return HeldWith(name, int(match["count"]) if match["count"] else None)


def _split(prose: str) -> tuple[tuple[str, int], ...]:
    """Read ``全体会を2回、地区別を3回行う`` as ((全体会, 2), (地区別, 3))."""
    found = tuple((match["name"], int(match["count"])) for match in _SPLIT.finditer(prose))
    return found if len(found) > 1 else ()


def _sites(prose: str) -> tuple[tuple[str, int], ...]:
    """Read ``(公立5園、私立34園、子ども園1園→新規4園)`` as places; what follows an arrow is news."""
    for bracket in _BRACKETED.finditer(prose):
        counted = bracket[1].split("→")[0]
        found = tuple((match["kind"], int(match["count"])) for match in _SITES.finditer(counted))
        if found:
            return found
    return ()


def _restated(prose: str) -> Iterator[str]:
    """Find ``(毎月1回、個別対応あり)`` within a description."""
    for bracket in _BRACKETED.finditer(prose):
        if meaning_of(bracket[1]):
            yield bracket[1]
