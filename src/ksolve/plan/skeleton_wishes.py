"""The usual wishes in a plan drafted from a table: a line each, to weigh it or to switch it off."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.calendar import parse_days, show_days
from ksolve.plan.centre import QUIET_DAYS
from ksolve.plan.wishes import NAMES, Wishes
from ksolve.plan.yaml_text import quoted
from ksolve.text import Lang, Text


def usual_wishes(lang: Lang) -> Iterator[str]:
    """Yield the wishes with their weights and what each asks."""
    yield ""
    yield f"# {_WISHES(lang)}"
    yield "wishes:"
    for name in NAMES:
        field = Wishes.model_fields[name]
        japanese, _, english = str(field.description).partition(" / ")
        line = f"  {name}: {field.default}"
        yield f"{line:<20}# {japanese if lang == 'ja' else english}"


def quiet_days(lang: Lang) -> Iterator[str]:
    """Yield the days that the calendar avoids, each with the reason."""
    yield f"    # {_QUIET(lang)}"
    yield "    quiet:"
    for days, japanese, english in QUIET_DAYS:
        why = Text(japanese, english)(lang)
        yield f"      - {{days: {show_days([parse_days(days)])}, why: {quoted(why)}}}"


_WISHES = Text(
    "通常の希望と、その重み(守れなくても予定はできます)。0 で外れます。すべて外すなら wishes: none",
    "The usual wishes and their weights (a schedule may break them). 0 switches one off; all: wishes: none",
)
_QUIET = Text(
    "開館していても、ほかの日にできるなら行わない日。直しても消してもかまいません",
    "Days avoided although the centre is open, wherever another will do: change or delete them",
)
