"""doctor: what this machine lacks, each with the command that mends it."""

from __future__ import annotations

from ksolve.cli.console import leave, put, say, table
from ksolve.cli.health import examined
from ksolve.cli.options import LangOption
from ksolve.errors import Exit
from ksolve.text import Text

MORE = Text(
    "必要なものが欠けていれば1で終わります。一部の機能だけに必要なものは △ です。",
    "Ends with 1 where something is missing that ksolve cannot do without; △ is what a part of it wants.",
)
_SIGNS = {"fine": "○", "optional": "△", "missing": "×"}


def doctor(*, lang: LangOption = "ja") -> None:
    """Say whether this machine has all that is needed."""
    found = list(examined())
    put(table([(_SIGNS[one.state], one.name(lang), one.text(lang)) for one in found]))
    lacking = [one for one in found if one.command]
    for one in lacking:
        put(f"{one.name(lang)}: {one.command(lang) if one.command else ''}")
    needed = [one for one in found if one.state == "missing"]
    say(_LACKING.fill(count=len(needed)) if needed else _READY, lang)
    leave(Exit.FINDINGS if needed else Exit.OK)


_READY = Text("使えます。", "Ready.")
_LACKING = Text("必要なものが{count}件足りません。", "{count} things are missing.")
