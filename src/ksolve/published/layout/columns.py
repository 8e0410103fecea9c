"""The columns of one table: what each holds, and which months a mark in one may mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ksolve.calendar import MONTHS
from ksolve.published.cell.grid import Row
from ksolve.published.cell.header_words import RANK, Head, Role, read_heads
from ksolve.published.cell.holds import role_held
from ksolve.published.cell.signs import is_number
from ksolve.published.layout.headers import NAMING, WHEN, month_labels

_SINGLE = (
    Role.LAST_DAY,
    Role.START,
    Role.END,
    Role.HOURS,
    Role.PLACE,
    Role.FACILITY,
    Role.PEOPLE,
    Role.AUDIENCE,
    Role.TOTAL,
    Role.WEEKDAY,
)


@dataclass(frozen=True)
class Columns:
    """The columns of one table, counted from 0; those not there are None.

    `when` are those that say how often and when; `months` the labelled month columns, `parts` those
    of them that are for a part of the month (第2週, 上旬); `last` the last of the month cells;
    `others` those kept as remarks, `unknown` the ones without a meaning; `told` are those whose
    heading is not known, with what their cells hold.
    """

    name: int
    category: int | None
    content: int | None
    when: tuple[tuple[int, Head], ...]
    months: Mapping[int, tuple[int, ...]]
    single: Mapping[Role, int]
    others: Mapping[int, str]
    unknown: tuple[int, ...]
    last: int
    in_brackets: bool = False
    is_tree: bool = False
    parts: Mapping[int, str] = field(default_factory=dict)
    told: Mapping[int, Role] = field(default_factory=dict)

    @cached_property
    def frequency(self) -> int | None:
        """The first column that says how often."""
        return next((column for column, head in self.when if head.role is Role.FREQUENCY), None)

    @cached_property
    def stated(self) -> int:
        """The column at which a missing or contradicted frequency is reported."""
        return self.frequency if self.frequency is not None else self.when[0][0] if self.when else self.name

    @cached_property
    def first_month(self) -> int:
        """The first month column; beyond all columns where there is none."""
        return min(self.months, default=self.last + 1)

    @cached_property
    def last_label(self) -> int:
        """The last column with a month label."""
        return max(self.months)

    @cached_property
    def labels(self) -> int:
        """How many columns have a month label."""
        return len(self.months)

    @cached_property
    def month_cells(self) -> int:
        """How many cells the body has for months."""
        return self.last - self.first_month + 1

    @cached_property
    def may_shift(self) -> bool:
        """Whether content, frequency and months follow one another, so that a row can slip by one."""
        content, frequency = self.content, self.frequency
        return (
            content is not None
            and frequency == content + 1
            and self.first_month == frequency + 1
            and self.name < content
        )

    @cached_property
    def is_plain_run(self) -> bool:
        """Whether the labels are single months from April on, side by side."""
        first = self.first_month
        return all(self.months.get(first + n) == (MONTHS[n],) for n in range(min(self.labels, len(MONTHS))))

    def is_beyond(self, column: int, shift: int) -> bool:
        """Tell whether a column lies right of the last month label (for a row moved by `shift`)."""
        return column - shift > self.last_label

    def readings(self, column: int, shift: int) -> tuple[tuple[int, ...], ...]:
        """Return the spans of months (1 to 12) that a mark in a column may mean.

        Under a month label, and in the last column (March), there is one. Any other has two:
        right of the labels counted back from the right edge, and stretched in proportion;
        between two labels either of them. Right of labels that are no run from April there is
        none. `shift` is how many columns the whole row stands to the right.
        """
        at = column - shift
        if at in self.months:
            return (self.months[at],)
        if at < self.last_label:
            left, right = max(c for c in self.months if c < at), min(c for c in self.months if c > at)
            return self.months[left], self.months[right]
        if not self.is_plain_run or column > self.last:
            return ()
        if column == self.last:
            return (MONTHS[-1:],)
        from_right = len(MONTHS) - 1 - (self.last - column)
        stretched = (at - self.first_month) * len(MONTHS) // (self.month_cells - shift)
        return (MONTHS[max(0, from_right)],), (MONTHS[stretched],)


def find_columns(headers: Sequence[Row], body: Sequence[Row]) -> Columns | None:
    """Return the columns of a table with these header rows above this body, None where none is named."""
    months = month_labels(headers[-1])
    stated = _heads(headers, months)
    heads = _with_weekdays(heads_by_content(stated, body))
    by_role = _by_role(heads)
    if not by_role.keys() & set(NAMING):
        return None
    name, category, content = _naming(by_role)
    if role_held(_texts(body, name)) is Role.DATES:
        return None
    single = {role: by_role[role][0] for role in _SINGLE if role in by_role}
    used = {name, category, content, *single.values()}
    when = tuple((column, head) for column, head in heads.items() if head.role in WHEN and column not in used)
    used |= {column for column, _ in when}
    others = {
        column: head.word for column, head in heads.items() if column not in used and column not in months
    }
    width, labels = max(len(row.cells) for row in (*headers, *body)), read_heads(headers[-1].cells)
    return Columns(
        name,
        category,
        content,
        tuple(sorted(when, key=lambda item: (item[1].role is not Role.FREQUENCY, item[0]))),
        months,
        single,
        others,
        tuple(column for column in others if not heads[column].is_known),
        _last_month(months, [*used, *others], width),
        in_brackets=heads[name].also is not None,
        is_tree=bool(months) and _is_tree(body, name, content),
        parts={column: head.part for column, head in labels.items() if head.part and column in months},
        told={
            column: head.role for column, head in heads.items() if head.role and not stated[column].is_known
        },
    )


def _heads(headers: Sequence[Row], months: Mapping[int, object]) -> dict[int, Head]:
    """Return what each column is headed, the lower line first; what stands over months is no head."""
    heads: dict[int, Head] = {}
    over = set(months)
    for row in reversed(headers):
        for column, head in read_heads(row.cells).items():
            above_months = row is not headers[-1] and over & set(row.spanned(column))
            upper = row is not headers[-1]  # an era over the months may reach further than they do
            beyond = upper and bool(months) and column > max(months) and not head.is_known
            if column not in heads and column not in months and not above_months and not beyond:
                heads[column] = head
    return dict(sorted(heads.items()))


def heads_by_content(stated: Mapping[int, Head], body: Sequence[Row]) -> dict[int, Head]:
    """Return the heads of columns, those that are not known by what stands below them.

    A column of dates, frequencies, times or weekdays says when, unless its heading names another
    matter (申込締切) or a column of dates is known; without a column of names, the leftmost of
    texts that differ is it.
    """
    heads = dict(stated)
    known = {head.role for head in stated.values()}
    for column, head in stated.items():
        role = None if head.is_known or is_other_matter(head.word) else role_held(_texts(body, column))
        if role and not (role in (Role.DATES, Role.HOURS) and role in known):
            heads[column] = replace(head, role=role)
    content = next((column for column, head in heads.items() if head.role is Role.CONTENT), None)
    if not any(head.role in (Role.NAME, Role.CATEGORY) for head in heads.values()):
        for column, head in heads.items():
            is_left = content is None or column < content
            if not head.is_known and heads[column].role is None and is_left and _is_naming(body, column):
                heads[column] = replace(head, role=Role.NAME)
                break
    return heads


_OTHER_MATTER = re.compile(r"締切|申込|募集|受付|更新|公開|発行|登録|作成|前年|昨年|実績|結果|期限|予備日")
"""A column of dates or counts under such a heading says nothing of when the sessions are."""


def _is_naming(body: Sequence[Row], column: int) -> bool:
    """Tell a column of texts, no numbers, at least half of which differ."""
    texts = [text for text in _texts(body, column) if text]
    return bool(texts) and 2 * len(set(texts)) >= len(texts) and not any(map(is_number, texts))


def is_other_matter(word: str) -> bool:
    """Tell a heading of dates or counts that are not those of the sessions: 申込締切, 前年実績."""
    return bool(_OTHER_MATTER.search(word))


def _texts(body: Sequence[Row], column: int) -> list[str]:
    """Return the texts of a column, those of merged cells too."""
    return [row[column] or (row.covered[column].text if column in row.covered else "") for row in body]


def _with_weekdays(heads: Mapping[int, Head]) -> dict[int, Head]:
    """Return the heads with 曜日 beside 日付 as the weekday of the date; alone it says how often."""
    dated = any(head.role in (Role.DATES, Role.FIRST_DAY) and not head.days_of for head in heads.values())
    return {
        column: replace(head, role=Role.WEEKDAY if dated else Role.FREQUENCY)
        if head.word in ("曜日", "曜") or head.role is Role.WEEKDAY
        else head
        for column, head in heads.items()
    }


def _by_role(heads: Mapping[int, Head]) -> dict[Role, list[int]]:
    found: dict[Role, list[int]] = {}
    for column, head in sorted(heads.items(), key=lambda item: (RANK.get(item[1].word, 0), item[0])):
        if head.role:
            found.setdefault(head.role, []).append(column)
    return found


def _naming(by_role: Mapping[Role, Sequence[int]]) -> tuple[int, int | None, int | None]:
    """Return the columns of name, category and content; without a name another stands in."""
    first = {role: by_role[role][0] for role in NAMING if role in by_role}
    stands_in = next(role for role in NAMING if role in first)
    name = first.pop(stands_in)
    return name, first.get(Role.CATEGORY), first.get(Role.CONTENT)


def _last_month(months: Mapping[int, object], used: Sequence[int | None], width: int) -> int:
    """Return the last column for months: before the next column that has another meaning."""
    if not months:
        return width - 1
    right = [column for column in used if column is not None and column > max(months)]
    return min([*right, width]) - 1


def _is_tree(body: Sequence[Row], name: int, content: int | None) -> bool:
    """Tell a table whose name column holds groups: it is empty beside a filled content somewhere."""
    if content is None:
        return False
    return any(row[content] and not row[name] and not row.lent & {name} for row in body)
