"""What every report of changes draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ksolve.calendar import day_text
from ksolve.changes import Change, Kind
from ksolve.clock import clock
from ksolve.problem.schedule import Schedule, Session
from ksolve.report.two_years import TwoYears
from ksolve.text import Lang, Text


@dataclass(frozen=True)
class Changed:
    """Two schedules and the changes from one to the other.

    `names` are what people call each series, `notes` what stands above the list: what the changes
    rest on, and how few they could have been. `years` has both side by side where they are of two years.
    """

    title: str
    before: Schedule
    after: Schedule
    changes: tuple[Change, ...]
    names: Mapping[str, str]
    notes: tuple[Text, ...] = ()
    years: TwoYears | None = None

    def name(self, change: Change) -> str:
        """The programme of a change."""
        return self.names.get(change.series, change.series)

    @cached_property
    def summary(self) -> Text:
        """How many changes of each kind there are."""
        counts = Counter(change.kind for change in self.changes)
        if not counts:
            return _NONE
        parts = [(kind.text, counts[kind]) for kind in Kind if counts[kind]]
        return Text(
            "、".join(f"{text.ja} {count}" for text, count in parts),
            ", ".join(f"{text.en}: {count}" for text, count in parts),
        )


def when(session: Session | None) -> Text:
    """Return a session's number, date and start; a dash where there is none."""
    if session is None:
        return _DASH
    day, at = day_text(session.day), clock(session.start)
    number = (f"第{session.number}回 ", f"#{session.number} ") if session.number else ("", "")
    return Text(f"{number[0]}{day.ja} {at}", f"{number[1]}{day.en} {at}")


def units(session: Session | None) -> str:
    """Return a session's rooms and staff."""
    return "・".join(session.units) if session else ""


def same_units(change: Change) -> bool:
    """Tell whether a session keeps its rooms and staff, or had none before or has none now."""
    before, after = change.before, change.after
    return before is None or after is None or set(before.units) == set(after.units)


HEADER = (
    Text("事業", "programme"),
    Text("種別", "change"),
    Text("変更前", "before"),
    Text("変更後", "after"),
    Text("変更前の部屋・職員", "rooms and staff before"),
    Text("変更後の部屋・職員", "rooms and staff after"),
    Text("理由", "reason"),
)


def cells(changed: Changed, change: Change, lang: Lang) -> tuple[str, ...]:
    """Return the cells of a change in the order of HEADER; units only where they differ."""
    both = not same_units(change)
    return (
        changed.name(change),
        change.kind.text(lang),
        when(change.before)(lang),
        when(change.after)(lang),
        units(change.before) if both or change.after is None else "",
        units(change.after) if both or change.before is None else "",
        change.why(lang) if change.why else "",
    )


_DASH = Text("―", "-")
_NONE = Text("変更はありません", "nothing changes")
