"""One row of a table to one programme: which cells it uses, its name, its count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ksolve.calendar import MONTHS, FiscalYear
from ksolve.frequency import Range
from ksolve.published.cell.findings import Findings
from ksolve.published.cell.grid import Row
from ksolve.published.row.agreement import Dated, check_count, check_dates, check_months, note_unreal
from ksolve.published.row.components import components_of, note_bindings, note_restated
from ksolve.published.row.content import Content, read_content
from ksolve.published.row.how_often import HowOften, note_certainty, read_how_often, with_content
from ksolve.published.row.marks import marks_of_days
from ksolve.published.row.month_cells import read_month_cells
from ksolve.published.row.months_marked import by_month_cells, in_marked_months, on_weekdays
from ksolve.published.row.names import note_name, programmes_in_name
from ksolve.published.row.particulars import Particulars, note_total, read_particulars, with_start
from ksolve.published.row.promises import promises_of
from ksolve.published.row.remarks import note_remarks, with_days_of_remark, with_months_of_remark
from ksolve.published.row.row_columns import RowColumns
from ksolve.published.row.rows_above import RowsAbove
from ksolve.published.row.sittings import with_sittings
from ksolve.published.row.weeks_marked import by_marked_weeks
from ksolve.published.rows import Component, Ditto, Mark, MarkKind, PublishedRow

NEW = "【新規】"
_NEW_WORD = re.compile(r"[(（【]?新規?[)）】]?")
_PUBLISHED = re.compile(
    r"発行|刊行|(?:だより|便り|通信|広報誌|広報紙|会報|館報|機関[紙誌]|ニュース(?:レター)?)$"
)
_NOT_STATED = Range(0, None)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the cells of a row say: its names, its content, how often and when, and beside that.

    `inner` are the programmes that the name cell itself lists with their frequencies; `count`
    overrules what the frequency says where it can be read in two ways.
    """

    name: str
    own: str
    content_text: str
    content: Content
    facts: Content
    when: HowOften
    particulars: Particulars
    inner: tuple[Component, ...] = ()
    count: Range | None = None


def read_programme(
    row: Row,
    dittos: tuple[Ditto, ...],
    where: RowColumns,
    above: RowsAbove,
    year: FiscalYear | None,
    findings: Findings,
) -> PublishedRow:
    """Return the programme of one row, with what it repeats filled in, in the light of those above it."""
    said = _said(row, where, above, findings)
    _note_group(row, above)
    _note_frequency(row, where, said, findings)
    said, stated, marks = _with_marks(row, where, said, above, year, findings)
    counted = _count(row, where, said, stated, marks, findings)
    components = _components(row, where, said, counted[0], findings)
    read = _row(row, said, above, counted, components, marks, dittos)
    read = replace(read, promises=promises_of(read, said.when, where.columns, where.shift, findings))
    _note_row(row, where, said, read, findings)
    return read


def _note_frequency(row: Row, where: RowColumns, said: _Said, findings: Findings) -> None:
    """Say what the frequency leaves open, and what the content says of it again."""
    if said.when.frequency:
        note_certainty(row, said.when, said.when.frequency, findings)
        note_restated(row, where.described or where.content or 0, said.when.frequency, said.facts, findings)


def _with_marks(
    row: Row, where: RowColumns, said: _Said, above: RowsAbove, year: FiscalYear | None, findings: Findings
) -> tuple[_Said, Range | None, list[Mark]]:
    """Return what a row says in the light of its months and days, the count that it states, and its marks."""
    stated = said.count or _stated(said)
    counted = stated or _NOT_STATED, said.when.frequency
    marks, dated = read_month_cells(row, where, counted, above.numbers, findings)
    paced = _paced(row, where, said, marks, findings)
    if paced is not said.when:
        said = replace(said, when=paced)
        stated = _stated(said)
    listed = [pair for column, named in said.when.days for pair in marks_of_days(row.cell(column), named)]
    _check(said, stated, [*listed, *dated], year, findings)
    if listed or dated:
        said = replace(said, particulars=with_start(said.particulars, [*listed, *dated], findings))
    return said, stated, [*marks, *(mark for mark, _ in listed)]


def _note_row(row: Row, where: RowColumns, said: _Said, read: PublishedRow, findings: Findings) -> None:
    """Say what is odd about the name, the bindings and the total of a row that is read."""
    if not read.name:
        findings.say("missing-name", row.line, where.columns.name + 1)
    note_name(row, where.columns, said.name or said.own, findings)
    note_bindings(read, where.described or where.content or 0, findings)
    note_remarks(row, where.columns, read, findings)
    note_total(row, where.columns, said.particulars.total, read.count, findings)


def _paced(row: Row, where: RowColumns, stated: _Said, marks: Sequence[Mark], findings: Findings) -> HowOften:
    """Return what a row says about how often in the light of its marks."""
    when = stated.when
    if where.columns.parts:
        said = by_marked_weeks(when, marks, where.columns, where.shift, findings)
        if said is not when:
            return said
    when = on_weekdays(when, marks, stated.particulars.total, row.line, findings)
    return by_month_cells(
        in_marked_months(when, marks, where.columns, row.line, findings), marks, row.line, findings
    )


def _said(row: Row, where: RowColumns, above: RowsAbove, findings: Findings) -> _Said:
    columns = where.columns
    own = row[columns.name]
    content_text = row.text(where.content)
    described = row.text(where.described)
    content, facts = read_content(content_text), read_content(described)
    told = read_how_often(row, columns, above, findings)
    for with_remark in (with_months_of_remark, with_days_of_remark):
        told = with_remark(row, columns, told, findings)
    told = with_sittings(row, columns, told, findings)
    when, name, inner = programmes_in_name(row, told, columns, findings)
    count = None
    if where.content is not None and not columns.months:
        when, count = with_content(row, when, content_text, where.content, findings)
    if columns.is_tree:
        name = (content.name or content_text) if where.shift else content.name
    particulars = read_particulars(row, columns, when.unused, findings)
    return _Said(name, own, content_text, content, facts, when, particulars, inner, count)


def _note_group(row: Row, above: RowsAbove) -> None:
    """Keep the group that a row names for those below it."""
    columns = above.columns
    own = row.text(columns.category)
    above.category = (row[columns.name] if columns.is_tree else own) or above.category


def _stated(said: _Said) -> Range | None:
    """Return the count that the row states itself, None where it states none.

    A month alone (5月) is no count beside the days in it.
    """
    if said.when.is_listing and said.when.days:
        return None
    count = said.when.frequency.year_count if said.when.frequency else _NOT_STATED
    if count != _NOT_STATED:
        return count
    total = said.particulars.total
    return Range(total, total) if total is not None and not said.when.frequency else None


def _check(
    said: _Said, stated: Range | None, dated: Sequence[Dated], year: FiscalYear | None, findings: Findings
) -> None:
    """Hold the published dates against the year, the rule, the months and the count."""
    frequency = said.when.frequency
    note_unreal(dated, findings)
    check_dates(dated, frequency, year, findings)
    check_months(dated, frequency, findings)
    if stated and not said.when.is_partial:
        check_count(dated, stated, findings)


def _count(
    row: Row, where: RowColumns, said: _Said, stated: Range | None, marks: Sequence[Mark], findings: Findings
) -> tuple[Range, str]:
    """Return the sessions of a year and what says so."""
    if stated:
        return stated, "frequency" if said.when.frequency else "total"
    days = sum(mark.day is not None for mark in marks)
    if days:
        days += sum(mark.sessions for mark in marks if mark.is_placing and mark.day is None)
        return Range(days, None if said.when.is_partial else days), "dates"
    if said.when.frequency:
        return said.when.frequency.year_count, "frequency"
    if said.when.pieces:
        return _NOT_STATED, "nothing"
    return _derived(row, where, said, marks, findings)


def _derived(
    row: Row, where: RowColumns, said: _Said, marks: Sequence[Mark], findings: Findings
) -> tuple[Range, str]:
    """Return the count that the places named in the content give, or the marks of a table without counts."""
    at = row.line, where.columns.stated + 1
    if said.facts.sites:
        total = sum(count for _, count in said.facts.sites)
        units = "・".join(f"{kind}{count}" for kind, count in said.facts.sites)
        findings.say("derived-count", *at, units=units, count=total)
        return Range(total, total), "sites"
    signed = [mark for mark in marks if mark.is_placing]
    weekly = bool(where.columns.parts) and any(mark.months == MONTHS for mark in signed)
    if signed and not weekly and where.columns.frequency is None:
        low = sum(mark.sessions for mark in signed)
        return Range(low, low if all(mark.kind is not MarkKind.ARROW for mark in signed) else None), "marks"
    findings.say("missing-frequency", *at)
    return _NOT_STATED, "nothing"


def _components(
    row: Row, where: RowColumns, said: _Said, count: Range, findings: Findings
) -> tuple[Component, ...]:
    found = said.inner or said.content.components
    column = where.columns.name if said.inner else where.content or 0
    return components_of(row, column, found, count, said.when.frequency, findings)


def _row(
    row: Row,
    said: _Said,
    above: RowsAbove,
    counted: tuple[Range, str],
    components: tuple[Component, ...],
    marks: Sequence[Mark],
    dittos: tuple[Ditto, ...],
) -> PublishedRow:
    grouped = not above.columns.is_tree or bool(said.name)
    hours = [term.hours for term in said.when.frequency.terms if term.hours] if said.when.frequency else []
    texts = said.own, said.content_text
    return PublishedRow(
        line=row.line,
        category=above.category if grouped else "",
        name=(said.name or said.own or said.content.name or above.category).replace(NEW, ""),
        content=said.content_text,
        frequency_text=said.when.text,
        frequency=said.when.frequency,
        count=counted[0],
        counted_from=counted[1],
        components=components,
        parts=said.facts.parts,
        marks=tuple(marks),
        binding=said.facts.binding,
        is_new=any(NEW in text or _NEW_WORD.fullmatch(text) for text in texts),
        is_publication=any(_PUBLISHED.search(text) for text in texts),
        hours=said.particulars.hours or (hours[0] if hours else None),
        audience=said.particulars.audience,
        place=said.particulars.place,
        facility=said.particulars.facility,
        people=said.particulars.people,
        remarks=said.particulars.remarks,
        dittos=dittos,
    )
