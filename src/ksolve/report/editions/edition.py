"""What an edition holds: no more than its readers may see, so that no writer can show more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from ksolve.calendar import FiscalYear
from ksolve.text import Text


class Kind(StrEnum):
    """The editions."""

    PUBLIC = "public"
    STAFF = "staff"
    ROOM = "room"
    MONTH = "month"
    WEEK = "week"


EDITIONS: dict[Kind, Text] = {
    Kind.PUBLIC: Text("年間のご案内", "The year"),
    Kind.STAFF: Text("職員別の予定", "By person"),
    Kind.ROOM: Text("部屋別の予定", "By room"),
    Kind.MONTH: Text("月間予定", "Month by month"),
    Kind.WEEK: Text("週間勤務表", "Duty roster"),
}
"""The editions, with what stands above them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One session as its readers see it.

    `staff` is empty where they do not see it; `closed` marks a session that is not for the public in an
    edition for the centre itself. `colour` is the index of the heading that it stands under.
    """

    day: date
    start: int
    end: int
    name: str
    number: int
    """Which session it is, 0 for a reserve date."""
    uid: str
    rooms: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    whom: str = ""
    sign_up: str = ""
    description: str = ""
    closed: bool = False
    colour: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """A programme as the public edition tells of it; `when` and `sessions` are empty and 0 for a service."""

    name: str
    description: str
    whom: str
    sign_up: str
    where: str
    when: Text
    sessions: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page or sheet: all that is shown, or what concerns one person, room, month or week."""

    name: str
    entries: tuple[Entry, ...]
    first: date | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The seven days of a week's sheet."""
        return tuple(self.first + timedelta(days=n) for n in range(7)) if self.first else ()

    @property
    def hours(self) -> float:
        """The hours that the sessions last; those that are held together count once."""
        return sum(end - start for _, start, end in {(e.day, e.start, e.end) for e in self.entries}) / 60


@dataclass(frozen=True, slots=True)
class Shut:
    """A date on which the centre is closed, or a holiday: what is said of it."""

    text: Text
    is_holiday: bool


@dataclass(frozen=True)
class Edition:
    """Sheets with a title, for one kind of readers.

    `warning` is None, or says that the schedule must not be used. `colours` are the names of headings by
    their index; `shut` are closed dates and holidays; `others` is what others hold on a date; `members` are
    the rows of a roster, `away` the dates on which one of them is not there.
    """

    kind: Kind
    title: str
    year: FiscalYear
    sheets: tuple[Sheet, ...]
    notes: tuple[Text, ...] = ()
    warning: Text | None = None
    about: tuple[About, ...] = ()
    colours: Mapping[int, str] = field(default_factory=dict)
    shut: Mapping[date, Shut] = field(default_factory=dict)
    others: Mapping[date, tuple[Text, ...]] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    away: Mapping[str, frozenset[date]] = field(default_factory=dict)

    @property
    def heading(self) -> Text:
        """What the edition is called."""
        return EDITIONS[self.kind]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every session that is shown, once, in order of date and start."""
        found = {entry.uid: entry for sheet in self.sheets for entry in sheet.entries}
        return tuple(sorted(found.values(), key=lambda entry: (entry.day, entry.start, entry.name)))


def apart(names: Iterable[str], longest: int) -> Iterator[str]:
    """Yield each name cut to a length, with a number where another has become the same: 会議室, 会議室-2."""
    taken: set[str] = set()
    for name in names:
        plain = name[:longest] or "_"
        found, count = plain, 1
        while found.casefold() in taken:
            count += 1
            end = f"-{count}"
            found = plain[: longest - len(end)] + end
        taken.add(found.casefold())
        yield found
