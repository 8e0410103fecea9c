"""Names that a public edition tells although nobody meant it: they stand in the plan's own words."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.findings import Finding, Severity
from ksolve.plan.groups import part_name
from ksolve.report.editions.edition import Edition
from ksolve.report.view import View
from ksolve.text import Text


def revealed(edition: Edition, view: View) -> Iterator[Finding]:
    """Yield a warning for each member of staff and closed programme named in a public text.

    Such a name may be another's as well (a course 助産師講座 beside a 助産師): that is for people to tell.
    """
    texts = dict.fromkeys(_texts(edition))
    for name, what in _secret(view):
        where = next((text for text in texts if name in text), None)
        if where is not None:
            yield Finding(
                "named-in-public", Severity.WARNING, what.fill(name=name, where=where), remedy=_LOOK
            )


def _secret(view: View) -> Iterator[tuple[str, Text]]:
    members = [unit for one in view.problem.resources if one.kind == "staff" for unit in one.units]
    members += [member for session in view.schedule.sessions for member in session.staff]
    yield from ((name, _MEMBER) for name in dict.fromkeys(members))
    for programme in view.plan.programmes:
        if not programme.public:
            yield programme.name, _CLOSED
        yield from ((part_name(programme, part), _CLOSED) for part in programme.components if not part.public)


def _texts(edition: Edition) -> Iterator[str]:
    yield edition.title
    yield from edition.colours.values()
    for about in edition.about:
        yield from (about.name, about.description, about.whom, about.sign_up, about.where)
    for entry in edition.entries:
        yield from (entry.name, entry.description, entry.whom, entry.sign_up, *entry.rooms)


_MEMBER = Text(
    "公表用の版に職員「{name}」と同じ名前があります: 「{where}」",
    "the public edition has a text with the name of a member of staff, {name}: {where}",
)
_CLOSED = Text(
    "公表用の版に公開しない事業「{name}」と同じ名前があります: 「{where}」",
    "the public edition has a text with the name of a closed programme, {name}: {where}",
)
_LOOK = Text(
    "公表してよいか確かめ、いけなければ計画のその文を直してください",
    "see whether it may be published; if not, change that text of the plan",
)
