"""The language of messages that are printed where no option is at hand."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ksolve.text import Lang


def spoken(arguments: Sequence[str]) -> Lang:
    """Return the language asked for on the command line or in KSOLVE_LANG, else Japanese."""
    joined = " ".join(arguments)
    asked = "--lang en" in joined or "--lang=en" in joined
    return "en" if asked or ("--lang" not in joined and os.environ.get("KSOLVE_LANG") == "en") else "ja"
