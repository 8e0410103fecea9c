"""What a person wants of a revision, said in a line: 専門相談#5=6/11 10:00 会議室."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ksolve.calendar import day_text
from ksolve.clock import clock
from ksolve.errors import PlanError, fault, nearest
from ksolve.findings import Finding, Place
from ksolve.letters import name_key, narrow
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Schedule, Session, label
from ksolve.schedules.naming import find_day, find_series, find_session, find_start
from ksolve.text import Text, plain


class WishKind(StrEnum):
    """What is to become of a session, or of a programme."""

    MOVE = "move"
    PIN = "pin"
    DROP = "drop"
    ADD = "add"
    FREE = "free"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Asking:
    """A wish as it was written, and where; `why` is the reason that is given for it."""

    kind: WishKind
    text: str
    at: Place | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish that is understood.

    `session` is the one that it is about (None for ADD, FREE and KEEP), `series` whose it is. `day`,
    `start` and `units` (names of rooms and members) are where it is to be, as far as that is said.
    """

    asking: Asking
    series: tuple[Series, ...]
    session: Session | None = None
    day: date | None = None
    start: int | None = None
    units: tuple[str, ...] = ()

    @property
    def kind(self) -> WishKind:
        """What is wanted."""
        return self.asking.kind

    @property
    def leaves(self) -> Session | None:
        """The session that is not to stay where it is, if one is not."""
        session = self.session
        if session is None or self.kind in (WishKind.FREE, WishKind.KEEP):
            return None
        stays = (self.day, self.start if self.start is not None else session.start) == (
            session.day,
            session.start,
        )
        return session if self.kind is WishKind.DROP or not stays else None

    def wants(self, session: Session) -> bool:
        """Tell whether a session is where the wish would have it, whatever its rooms and staff."""
        is_there = session.day == self.day and self.start in (None, session.start)
        return is_there and session.series == self.series[0].id

    @property
    def wanted(self) -> Text:
        """Where the session is to be, as people say it."""
        if self.day is None:
            return plain("")
        day = day_text(self.day)
        at = "" if self.start is None else f" {clock(self.start)}"
        units = f" {'・'.join(self.units)}" if self.units else ""
        return Text(f"{day.ja}{at}{units}", f"{day.en}{at}{units}")

    @property
    def line(self) -> Text:
        """The wish as people say it."""
        who = label(self.session, self.series[0]) if self.session else plain(self.series[0].name)
        return _LINES[self.kind].fill(who=who, where=self.wanted)


def understood(askings: Iterable[Asking], problem: Problem, schedule: Schedule) -> tuple[Wish, ...]:
    """Return what the wishes mean for a schedule.

    Raises PlanError with every wish that names no session, programme, date, room or member, and with
    two wishes for one session.
    """
    faults: list[Finding] = []
    wishes: list[Wish] = []
    for asking in askings:
        try:
            wishes.append(_wish(asking, problem, schedule))
        except PlanError as error:
            faults += [_located(found, asking) for found in error.findings]
    faults += _contradicting(wishes)
    faults += _taken(wishes, schedule)
    if faults:
        raise PlanError(faults)
    return tuple(wishes)


def _located(found: Finding, asking: Asking) -> Finding:
    said = _ASKED.fill(kind=asking.kind.value, text=asking.text) + found.text
    return Finding(found.rule, found.severity, said, asking.at or found.place, remedy=found.remedy)


def _wish(asking: Asking, problem: Problem, schedule: Schedule) -> Wish:
    who, equals, where = (part.strip() for part in narrow(asking.text).partition("="))
    if asking.kind in (WishKind.FREE, WishKind.KEEP):
        return Wish(asking, find_series(asking.text, problem))
    if asking.kind is WishKind.ADD:
        (series, *others) = find_series(who, problem)
        if others:
            raise PlanError(
                [fault("several-series", _SEVERAL.fill(name=who, names=_names((series, *others))), None)]
            )
        return _placed(Wish(asking, (series,)), where, problem)
    session = find_session(who, problem, schedule)
    wish = Wish(asking, (next(one for one in problem.series if one.id == session.series),), session)
    if asking.kind is WishKind.DROP:
        return wish
    if equals and where:
        return _placed(wish, where, problem)
    if asking.kind is WishKind.MOVE:
        raise PlanError([fault("unreadable-wish", _WHERE, None)])
    return Wish(asking, wish.series, session, session.day, session.start, session.units)


def _names(series: Iterable[Series]) -> str:
    return "、".join(one.name for one in series)


_TIME = re.compile(r"\d{1,2}:\d\d|(?:午前|午後)?\d{1,2}時(?:半|\d{1,2}分)?")


def _placed(wish: Wish, where: str, problem: Problem) -> Wish:
    """Read ``6/11 10:00 会議室、相談員1`` as a date, a start and units.

    The last two may be left out; so may the date, and the time, of a session that keeps them.
    """
    words = where.split()
    known = {name_key(name) for name, _ in _named(problem)}
    day = wish.session.day if wish.session else None
    start = None
    is_dated = bool(words) and not _TIME.fullmatch(words[0]) and name_key(words[0]) not in known
    if is_dated or day is None:
        day, words = find_day(words[0] if words else "", problem.year), words[1:]
    if words and _TIME.fullmatch(words[0]):
        start, words = find_start(words[0]), words[1:]
    elif wish.session and not is_dated:
        start = wish.session.start
    units = tuple(_unit(name, problem) for name in _listed(" ".join(words), problem))
    return Wish(wish.asking, wish.series, wish.session, day, start, units)


def _listed(text: str, problem: Problem) -> Iterator[str]:
    """Yield names that are parted by 、 or ; or by spaces where no name has one."""
    known = {name_key(name) for name, _ in _named(problem)}
    for part in (part.strip() for part in re.split(r"[;、,]", text)):
        yield from [part] if name_key(part) in known else part.split()


def _named(problem: Problem) -> Iterator[tuple[str, str]]:
    """Yield each name that a wish may use and the unit it means; a pool's, where its units are alike."""
    yield from ((unit, unit) for resource in problem.resources for unit in resource.units)
    for resource in problem.resources:
        if len(problem.of_pool(resource.pool)) == 1:
            yield from ((name, resource.units[0]) for name in (resource.name, resource.pool))


def _unit(name: str, problem: Problem) -> str:
    """Return a unit by its name, or one of a room or pool whose units are alike. Raises PlanError."""
    for known, unit in _named(problem):
        if name_key(known) == name_key(name):
            return unit
    names = dict.fromkeys(known for known, _ in _named(problem))
    raise PlanError([fault("unknown-unit", _UNIT.fill(name=name), None, nearest(name, names))])


def _contradicting(wishes: Iterable[Wish]) -> Iterator[Finding]:
    about: dict[object, Wish] = {}
    for wish in wishes:
        place = (wish.series[0].id, wish.day, wish.start) if wish.day and wish.start is not None else None
        for key, template in ((wish.session and wish.session.id, _TWO), (place, _SAME)):
            if key and key in about:
                values = {"one": about[key].asking.text, "other": wish.asking.text}
                who = label(wish.session, wish.series[0]) if wish.session else wish.series[0].name
                yield fault("two-wishes", template.fill(session=who, **values), wish.asking.at, _ONE)
                break
        about |= {key: wish for key in (wish.session and wish.session.id, place) if key}


def _taken(wishes: Iterable[Wish], schedule: Schedule) -> Iterator[Finding]:
    """Yield a fault for each wish for a date and start at which the series has another session that stays."""
    asked = list(wishes)
    leaving = {wish.leaves.id for wish in asked if wish.leaves}
    for wish in asked:
        for session in schedule.of_series(wish.series) if wish.start is not None else ():
            is_other = wish.session is None or session.id != wish.session.id
            if is_other and session.id not in leaving and wish.wants(session):
                text = _IS_THERE.fill(session=label(session, wish.series[0]))
                yield fault("place-taken", text, wish.asking.at, _ELSEWHERE)


_IS_THERE = Text("そこにはすでに {session} があります", "{session} is there already")
_ELSEWHERE = Text(
    "別の日時にするか、その回も移してください", "name another date or start, or move that session as well"
)
_LINES = {
    WishKind.MOVE: Text("{who} を {where} に移す", "move {who} to {where}"),
    WishKind.PIN: Text("{who} を {where} に固定する", "pin {who} to {where}"),
    WishKind.DROP: Text("{who} を行わない", "drop {who}"),
    WishKind.ADD: Text("{who} を {where} に加える", "add {who} on {where}"),
    WishKind.FREE: Text("{who} は動かしてもよいことにする", "{who} may move"),
    WishKind.KEEP: Text("{who} は動かさないことにする", "{who} may not move"),
}
_ASKED = Text("希望 --{kind} 「{text}」: ", "the wish --{kind} {text}: ")
_WHERE = Text(
    "移す先が書かれていません。専門相談#5=6/11 10:00 のように、= のあとに日付(と時刻、部屋)を書いてください",
    "says no place: write the date (and time, room) behind =, as in 専門相談#5=6/11 10:00",
)
_SEVERAL = Text(
    "「{name}」にはグループや内訳がいくつもあります。どれかを書いてください: {names}",
    "{name} has several series: {names}",
)
_UNIT = Text("「{name}」という部屋・職員は見つかりません", "there is no room or member of staff {name}")
_TWO = Text(
    "{session} に希望が二つあります: 「{one}」と「{other}」", "two wishes for {session}: {one} and {other}"
)
_SAME = Text(
    "{session}: 「{one}」と「{other}」は同じ事業の同じ日時です",
    "{session}: {one} and {other} want the same date and start for one programme",
)
_ONE = Text("どちらか一つにしてください", "leave one of them out")
