"""An option or an argument of a command, with its help in both languages."""

from __future__ import annotations

from typing import Any

import typer

from ksolve.text import Text

_SEAM = "␟"
"""Stands between the languages in what typer carries as one string."""


def option(text: Text, *names: str, **more: Any) -> Any:
    """Return what typer wants to know of an option; `more` is that of `typer.Option`."""
    return typer.Option(*names, help=joined(text), **more)


def argument(text: Text, **more: Any) -> Any:
    """Return what typer wants to know of an argument; `more` is that of `typer.Argument`."""
    return typer.Argument(help=joined(text), **more)


def text_of(help_text: str) -> Text:
    """Return the sentence that `option` or `argument` was given; what has no seam is said in both."""
    japanese, seam, english = help_text.partition(_SEAM)
    return Text(japanese, english if seam else japanese)


def joined(text: Text) -> str:
    """Return a sentence in both languages as one string, which typer takes as any other."""
    return f"{text.ja}{_SEAM}{text.en}"
