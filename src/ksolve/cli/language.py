"""The language of a run: it is known before anything is parsed, and the same everywhere."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Sequence
from typing import get_args

from ksolve.cli.settings import settings_file
from ksolve.text import Lang

VARIABLE = "KSOLVE_LANG"
"""Also tells every option --lang, and every process that is started, the language of the run."""


def language() -> Lang:
    """Return the language of this run."""
    return "en" if os.environ.get(VARIABLE) == "en" else "ja"


def settle_language(arguments: Sequence[str]) -> None:
    """Make the language that `spoken` finds that of this run; a wrong KSOLVE_LANG stays, to be refused."""
    if os.environ.get(VARIABLE, "") in ("", "ja", "en") or _asked(arguments):
        os.environ[VARIABLE] = spoken(arguments)


def spoken(arguments: Sequence[str]) -> Lang:
    """Return the language asked for: by --lang, KSOLVE_LANG, ksolve.toml or the locale, else Japanese."""
    asked = (_asked(arguments), os.environ.get(VARIABLE), _of_settings(arguments), _of_locale())
    return next((lang for one in asked for lang in get_args(Lang) if one == lang), "ja")


def _asked(arguments: Sequence[str]) -> str:
    """Return what --lang is given last, wherever it stands."""
    asked = ""
    rest: Iterator[str] = iter(arguments)
    for one in rest:
        if one == "--":
            break
        if one == "--lang":
            asked = next(rest, "")
        elif one.startswith("--lang="):
            asked = one.removeprefix("--lang=")
    return asked


def _of_settings(arguments: Sequence[str]) -> str:
    """Return what the settings beside the plan say; those that cannot be read are refused later."""
    path = settings_file(arguments)
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get("lang", "")) if path else ""
    except (OSError, ValueError):
        return ""


def _of_locale() -> str:
    """Return English for the locale of another language than Japanese; the bare one says nothing."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    name = named.partition(".")[0]
    if name in ("", "C", "POSIX"):
        return ""
    return "ja" if name.startswith("ja") else "en"
