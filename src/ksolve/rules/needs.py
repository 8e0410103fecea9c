"""Each session has one of its rooms, and its staff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar, Literal, TypeGuard

from ksolve.problem import Binding, Need, Resource, Series, Setting
from ksolve.problem.case import Breach, Case
from ksolve.problem.rule import Chapter, Does, Rule
from ksolve.problem.schedule import Session
from ksolve.problem.verbs import Verbs
from ksolve.text import Text


class Needs(Rule):
    """A session takes a room that is allowed, equipped and large enough, and all the staff it needs.

    Of several rooms that it needs at once, each is another, and their seats add up. Staff must have the
    skills that the session asks for. It takes no more of a pool than it needs: whoever wants two of it
    says so in the plan. What a schedule names of other pools is taken, but counts for no other rule.

    One unit of breach is one session that lacks something, or has too much.
    """

    title: ClassVar[Text] = Text("必要な部屋と職員", "Needs")
    japanese: ClassVar[str] = (
        "各回に、使ってよい(設備と定員の足りる)部屋と、必要な職員(資格のある人)がすべてそろいます。"
        "同時に使ういくつもの部屋はそれぞれ別の部屋で、定員は合わせて数えます。"
        "必要な職種・部屋は、必要な数より多くは使いません(2人にするなら計画に書きます)。"
        "予定にほかの職種・部屋の名前があれば、使っているものとしますが、ほかの規則では数えません。"
        "違反の一単位は、何かが欠けているか余分な1回です。"
    )

    chapter: ClassVar[Chapter] = Chapter.UNITS
    does: ClassVar[Does] = "limits"
    always_hard: ClassVar[bool] = True

    rule: Literal["needs"] = "needs"

    @property
    def sentence(self) -> Text:
        """The sentence has no parameters."""
        return Text("必要な部屋と職員がそろう", "each session has its room and staff")

    def said(self, posted: Binding, problem: Setting) -> Text:
        """Return 会議室か講座室・保健師2人: what each session takes."""
        needs = [_said(need, problem) for need in posted.series[0].needs]
        listed = Text("・".join(text.ja for text in needs), ", ".join(text.en for text in needs))
        return _USED.fill(needs=listed)

    def is_implied(self, posted: Binding) -> bool:
        """Whether no series needs anything."""
        return not any(series.needs for series in posted.series)

    def post(self, posted: Binding, model: Verbs) -> None:
        """Let each session choose among the resources that suit it."""
        for series in posted.series:
            allowed = [suitable(need, model.problem) for need in series.needs]
            model.serve(posted, series, allowed)
            if series.people:
                model.seat(posted, series, series.people)

    def check(self, posted: Binding, case: Case) -> Iterator[Breach]:
        """Look up the room's seats and the pool of each member of staff that a session names."""
        for series in posted.series:
            for session in case.schedule.of_series([series]):
                if session.held_with:
                    continue
                for lack in _lacks(session, series, case.resource_of, case.problem):
                    yield Breach(_BREACH.fill(session=case.label(session), lack=lack), (session,))


def _said(need: Need, problem: Setting) -> Text:
    """Return 会議室か講座室, or 保健師2人."""
    pools = {resource.pool: resource.name for resource in problem.resources}
    names = [pools[pool] for pool in need.pools]
    either = Text("か".join(names), " or ".join(names))
    if need.kind == "room":
        return either
    return Text(f"{either.ja}{need.amount}人", f"{need.amount} of {either.en}")


def suitable(need: Need, problem: Setting) -> tuple[Resource, ...]:
    """Return the resources of the need's pools that have its features; rooms only with enough seats."""
    found = [resource for pool in need.pools for resource in problem.of_pool(pool)]
    able = [resource for resource in found if need.features <= resource.features]
    return tuple(r for r in able if r.seats is None or r.seats >= need.seats)


def _lacks(session: Session, series: Series, pools: dict[str, Resource], problem: Setting) -> Iterator[Text]:
    in_rooms = list(_room_lacks(session, series, pools, problem))
    yield from in_rooms or _seat_lacks(session, series, pools)
    staff = [(member, pools.get(member)) for member in dict.fromkeys(session.staff)]
    for member, times in Counter(session.staff).items() if len(staff) < len(session.staff) else ():
        if times > 1:
            yield _AGAIN.fill(name=member)
    for unknown in [member for member, resource in staff if resource is None or resource.kind != "staff"]:
        yield _UNKNOWN.fill(name=unknown)
    for need in series.needs:
        if need.kind == "room":
            continue
        mine = [resource for _, resource in staff if resource and resource.pool in need.pools]
        able = sum(all(skill in resource.features for skill in need.features) for resource in mine)
        if len(mine) != need.amount:
            yield _STAFF.fill(pools=_names(need, problem), wanted=need.amount, found=len(mine))
        elif able < need.amount:
            skills = "・".join(sorted(need.features))
            yield _SKILLS.fill(pools=_names(need, problem), wanted=need.amount, skills=skills, found=able)


def _names(need: Need, problem: Setting) -> str:
    resources = [resource for pool in need.pools for resource in problem.of_pool(pool)]
    return "・".join(dict.fromkeys(resource.name for resource in resources))


def _room_lacks(
    session: Session, series: Series, pools: dict[str, Resource], problem: Setting
) -> Iterator[Text]:
    """Give each room that a session names to one of its needs, as far as that goes."""
    needs = [need for need in series.needs if need.kind == "room"]
    if len(needs) == len(session.rooms) == 1:  # as most sessions: there is nothing to choose
        lack = _lack(session.rooms[0], needs[0], pools, problem)
        if lack:
            yield lack
        return
    lacks = {room: [_lack(room, need, pools, problem) for need in needs] for room in session.rooms}
    given: dict[int, str] = {}
    for place in range(len(needs)):
        _give(place, lacks, given, set())
    spare = [room for room in lacks if room not in given.values()]
    for place, need in enumerate(needs):
        if place not in given:
            missing = _MISSING.fill(pools=_names(need, problem))
            yield (lacks[spare.pop(0)][place] if spare else None) or missing
    needed = {pool for need in needs for pool in need.pools}
    for name in spare:
        room = pools.get(name)
        if not _is_room(room):
            yield _UNKNOWN.fill(name=name)
        elif room.pool in needed:
            yield _ONE_TOO_MANY.fill(room=name, wanted=len(needs))


def _seat_lacks(session: Session, series: Series, pools: dict[str, Resource]) -> Iterator[Text]:
    """Add up the seats of rooms that are taken together."""
    needed = {pool for need in series.needs if need.kind == "room" for pool in need.pools}
    taken = [pools[room] for room in dict.fromkeys(session.rooms)]
    seats = [room.seats for room in taken if room.pool in needed]
    total = sum(number for number in seats if number is not None)
    if series.people > total and None not in seats:
        yield _TOGETHER.fill(rooms="・".join(session.rooms), seats=total, people=series.people)


def _give(place: int, lacks: dict[str, list[Text | None]], given: dict[int, str], tried: set[str]) -> bool:
    """Give a need a room, moving the rooms of others where that makes way (augmenting paths, Kuhn 1955)."""
    for room in [room for room, lack in lacks.items() if lack[place] is None and room not in tried]:
        tried.add(room)
        holder = next((other for other, its in given.items() if its == room), None)
        if holder is None or _give(holder, lacks, given, tried):
            given[place] = room
            return True
    return False


def _is_room(resource: Resource | None) -> TypeGuard[Resource]:
    return resource is not None and resource.kind == "room"


def _lack(name: str, need: Need, pools: dict[str, Resource], problem: Setting) -> Text | None:
    """Return why a room does not meet a need, None where it does."""
    room = pools.get(name)
    if not _is_room(room):
        return _UNKNOWN.fill(name=name)
    if room.pool not in need.pools:
        return _ROOM.fill(room=name, pools=_names(need, problem))
    if room.seats is not None and room.seats < need.seats:
        return _SEATS.fill(room=name, seats=room.seats, people=need.seats)
    lacking = [feature for feature in sorted(need.features) if feature not in room.features]
    return _FEATURES.fill(room=name, features="・".join(lacking)) if lacking else None


_USED = Text("{needs} を使う", "needs {needs}")
_SKILLS = Text(
    "{skills} のできる {pools} が{wanted}人必要ですが{found}人です",
    "{wanted} of {pools} with {skills} are needed, {found} are there",
)
_FEATURES = Text("部屋「{room}」には {features} がありません", "room {room} has no {features}")
_AGAIN = Text("職員「{name}」が二度書かれています", "{name} is named twice")
_UNKNOWN = Text("「{name}」という部屋・職員は見つかりません", "there is no room or member of staff {name}")
_STAFF = Text(
    "{pools} が{wanted}人必要ですが{found}人です", "{wanted} of {pools} are needed, {found} are there"
)
_ONE_TOO_MANY = Text(
    "部屋「{room}」は多すぎます (必要なのは{wanted}室)", "room {room} is one too many: {wanted} will do"
)
_MISSING = Text("部屋が足りません (使える部屋: {pools})", "a room is missing: one of {pools}")
_ROOM = Text("部屋「{room}」は使えません (使える部屋: {pools})", "room {room} is not one of {pools}")
_SEATS = Text(
    "部屋「{room}」の定員{seats}人に{people}人は入りません", "room {room} seats {seats}, not {people}"
)
_TOGETHER = Text(
    "{rooms} の定員は合わせて{seats}人で、{people}人は入りません",
    "{rooms} together seat {seats}, not {people}",
)
_BREACH = Text("{session}: {lack}", "{session}: {lack}")
