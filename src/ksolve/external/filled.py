"""A plan whose external calendars hold the dates of their files as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ksolve.calendar import FiscalYear, day_text
from ksolve.errors import PlanError, fault, nearest
from ksolve.external.dated import Dated
from ksolve.external.reading import read_dated
from ksolve.findings import Finding, Severity
from ksolve.frequency.closures import ClosedDays
from ksolve.plan import Plan
from ksolve.plan.external import ExternalCalendar, ExternalEntry
from ksolve.plan.references import component_ids
from ksolve.text import Text, plain


@dataclass(frozen=True)
class Filled:
    """A plan with the dates of its external files, and what has to be said of them."""

    plan: Plan
    findings: tuple[Finding, ...]


def filled(plan: Plan) -> Filled:
    """Return a plan whose external calendars hold all their dates. Errors are among the findings.

    Dates of last year that a calendar says are such (`last_year`) move by 52 weeks and are tentative.
    Dates of other years are left out, with a note; where all are, that is an error, as are dates
    without a year in a file that nowhere names one.
    """
    calendars, findings = [], list[Finding]()
    for calendar in plan.resources.external:
        made, found = _calendar(calendar, plan)
        calendars += made
        findings += found
    if not calendars:
        return Filled(plan, ())
    resources = plan.resources.model_copy(update={"external": tuple(calendars)})
    return Filled(plan.model_copy(update={"resources": resources}), tuple(findings))


def _calendar(calendar: ExternalCalendar, plan: Plan) -> tuple[list[ExternalCalendar], list[Finding]]:
    """Return a calendar with its file's dates; those that concern others are calendars of their own."""
    if not calendar.file:
        return [calendar], [*_overlaps(calendar, plan.year)]
    try:
        dated, findings = read_dated(calendar, plan.year)
    except PlanError as error:
        return [calendar], list(error.findings)
    grouped: dict[tuple[str, ...], list[ExternalEntry]] = {(): list(calendar.dates)}
    for one in dated:
        grouped.setdefault(one.concerned, []).append(_entry(one))
    made = []
    for concerned, entries in grouped.items():
        targets, unknown = _targets(
            concerned, plan, next((d for d in dated if d.concerned == concerned), None)
        )
        findings += unknown
        made.append(calendar.model_copy(update={"dates": tuple(entries), **targets}))
    findings += [found for one in made for found in _overlaps(one, plan.year)]
    return made, findings


def _entry(one: Dated) -> ExternalEntry:
    span = (one.first, one.last)
    text = str(one.first) if one.first == one.last else f"{one.first}〜{one.last}"
    entry = ExternalEntry(
        days=ClosedDays(text, span), hours=one.hours, name=one.name, tentative=one.tentative
    )
    return entry.model_copy(update={"place": one.place})


def _targets(
    names: Sequence[str], plan: Plan, at: Dated | None
) -> tuple[dict[str, tuple[str, ...]], list[Finding]]:
    """Return what the names in a file mean: programmes, tags, audiences; and those that mean nothing."""
    nodes = [item for programme in plan.programmes for item in component_ids(programme).items()]
    programmes = {key: name for name, node in nodes for key in (name, node.name)}
    tags = {tag: tag for _, node in nodes for tag in node.tags}
    audiences = {key: one.id for one in plan.resources.audiences for key in (one.id, one.name)}
    found: dict[str, list[str]] = {"programmes": [], "tags": [], "audiences": []}
    findings = []
    for name in names:
        kinds = (("programmes", programmes), ("audiences", audiences), ("tags", tags))
        kind = next((kind for kind, known in kinds if name.strip() in known), None)
        if kind is None:
            known = [*programmes, *audiences, *tags]
            place = at.place if at else None
            findings.append(fault("external-unknown", _UNKNOWN.fill(name=name), place, nearest(name, known)))
        else:
            found[kind].append(dict(kinds)[kind][name.strip()])
    return {kind: tuple(ids) for kind, ids in found.items() if ids}, findings


def _overlaps(calendar: ExternalCalendar, year: FiscalYear) -> Iterator[Finding]:
    """Note two entries of one calendar that share a day and no hours tell apart."""
    stated = []
    for entry in calendar.entries:
        try:
            days = entry.days.within(year)
        except ValueError:
            continue
        if days and entry.hours is None:
            stated.append((days[0], days[-1], entry))
    for (_, end, one), (begin, _, other) in pairwise(sorted(stated, key=lambda item: item[:2])):
        if begin <= end and one.days.days and other.days.days:
            values = {
                "name": calendar.name,
                "one": _named(one),
                "other": _named(other),
                "day": day_text(begin),
            }
            related = (one.place,) if one.place else ()
            yield Finding(
                "external-overlap", Severity.NOTE, _OVERLAP.fill(**values), other.place, related=related
            )


def _named(entry: ExternalEntry) -> Text:
    return plain(f"{entry.days.text} {entry.name}".strip())


_UNKNOWN = Text(
    "事業・対象者・目印「{name}」は見つかりません", "no programme, audience or tag is called {name}"
)
_OVERLAP = Text(
    "{name}: {one} と {other} が {day} に重なっています", "{name}: {one} and {other} both have {day}"
)
