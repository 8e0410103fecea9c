"""Where each programme stands in the printed table: under its heading, new ones beside their like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ksolve.letters import name_key
from ksolve.plan import Plan, Programme
from ksolve.published import PublishedPlan, PublishedRow


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the printed table with its programmes, in order; and the category of each, by its id."""

    name: str
    programmes: tuple[Programme, ...]
    categories: Mapping[str, str]


def arranged(plan: Plan, published: PublishedPlan | None) -> tuple[Heading, ...]:
    """Return the headings of the published table with the programmes of a plan, or one where there is none.

    A programme stands where its line is, else under the heading that the plan names: that of a table,
    or a category within one, behind the last of it; one that the table does not have is added. `after`
    puts it behind another programme, and under its heading if none is named.
    """
    tables = published.tables if published else ()
    headings = [table.heading or _category(table.rows) for table in tables]
    found = _Places(plan, published, headings)
    members: dict[int, list[Programme]] = {}
    for programme in found.in_order():
        members.setdefault(found.index(programme), []).append(programme)
    names = [*headings, *([plan.title] if len(headings) in members or not headings else [])]
    return tuple(
        Heading(
            name,
            tuple(members.get(index, ())),
            {one.id: found.category(one) for one in members.get(index, ())},
        )
        for index, name in enumerate(names)
    )


class _Places:
    """The heading and the order of programmes. Headings that the plan adds are added to those given."""

    def __init__(self, plan: Plan, published: PublishedPlan | None, headings: list[str]) -> None:
        self._plan = plan
        self._published = published
        self._headings = headings
        tables = published.tables if published else ()
        self._of_line = {row.line: index for index, table in enumerate(tables) for row in table.rows}
        self._of_category = {
            row.category: index for index, table in enumerate(tables) for row in table.rows if row.category
        }
        named = {programme.id: programme for programme in plan.programmes}
        self._named = {name_key(programme.name): programme for programme in plan.programmes} | named
        for programme in plan.programmes:
            ref = programme.published
            known = ref and (ref.heading in headings or ref.heading in self._of_category)
            if published and ref and ref.heading and not known:
                headings.append(ref.heading)

    def index(self, programme: Programme) -> int:
        """Return which heading a programme stands under; their number where it is none of them."""
        return self._index(programme, frozenset())

    def _index(self, programme: Programme, seen: frozenset[str]) -> int:
        ref = programme.published
        if self._published is None or ref is None:
            return len(self._headings)
        if ref.heading and ref.heading in self._headings:
            return self._headings.index(ref.heading)
        if ref.heading and ref.heading in self._of_category:
            return self._of_category[ref.heading]
        before = self.before(programme)
        if before and programme.id not in seen:
            return self._index(before, seen | {programme.id})
        return self._of_line.get(ref.line, len(self._headings))

    def category(self, programme: Programme) -> str:
        """Return the category in which a programme stands."""
        ref = programme.published
        row = self._published.row(ref.line) if self._published and ref and ref.line else None
        if ref and ref.heading and ref.heading in self._of_category and ref.heading not in self._headings:
            return ref.heading
        if row:
            return row.category
        before = self.before(programme)
        return self.category(before) if before and before.published and before.published.line else ""

    def before(self, programme: Programme) -> Programme | None:
        """Return the programme that one is to stand behind, None where none is named or known."""
        ref = programme.published
        found = (
            self._named.get(ref.after, self._named.get(name_key(ref.after))) if ref and ref.after else None
        )
        return None if found is programme else found

    def in_order(self) -> list[Programme]:
        """Return all programmes in the order of the plan, new ones behind those that they are to follow."""
        order = [one for one in self._plan.programmes if not self._is_moved(one)]
        for programme in self._plan.programmes:
            if self._is_moved(programme):
                order.insert(self._at(programme, order), programme)
        return order

    def _is_moved(self, programme: Programme) -> bool:
        ref = programme.published
        return bool(self._published and ref and (self.before(programme) or (ref.heading and not ref.line)))

    def _at(self, programme: Programme, order: Sequence[Programme]) -> int:
        before = self.before(programme)
        there = [n for n, one in enumerate(order) if before and one.id == before.id]
        if there:
            return there[0] + 1
        heading, category = self.index(programme), self.category(programme)
        like = [n for n, one in enumerate(order) if self.index(one) == heading]
        near = [n for n in like if category and self.category(order[n]) == category]
        return (near or like or [len(order) - 1])[-1] + 1


def _category(rows: Sequence[PublishedRow]) -> str:
    """Return the category that all rows of a table share; a table with several has none of its own."""
    found = {row.category for row in rows}
    return found.pop() if len(found) == 1 else ""
