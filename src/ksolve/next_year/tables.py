"""The lists of a new year as rows of text: what is to be decided, what changed, counts, hours, supply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ksolve.calendar import MONTHS, WEEKDAYS, WEEKDAYS_EN, Calendar
from ksolve.fit.regularity import Regularity
from ksolve.fit.worth import lost_days
from ksolve.next_year.counts import CountRow, Fee, Hours, more_or_fewer
from ksolve.next_year.said import Change, Question
from ksolve.next_year.supply import Places, WeekdaySupply
from ksolve.text import Lang, Text


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its title, its header and its rows; `widths` are those of its columns in a book."""

    title: Text
    header: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]

    def with_header(self, lang: Lang) -> Iterator[tuple[str, ...]]:
        """Yield the header and the rows."""
        yield tuple(text(lang) for text in self.header)
        yield from self.rows


def questions_table(asked: Sequence[Question], answers: Mapping[str, str], lang: Lang) -> Table:
    """Return what is to be decided, with a column for the answers; what was answered stands below."""
    rows = [
        (
            one.id,
            one.who,
            one.asks(lang),
            one.taken,
            "、".join(one.others),
            answers.get(one.id, ""),
            str(one.place or ""),
        )
        for one in asked
    ]
    return Table(_TO_DECIDE, _QUESTION, tuple(rows), (22, 24, 56, 20, 20, 20, 30))


def changes_table(changes: Iterable[Change], lang: Lang) -> Table:
    """Return what changed and why."""
    rows = tuple((one.who, one.before, one.after, one.why(lang), str(one.place or "")) for one in changes)
    return Table(_CHANGED, _CHANGE, rows, (28, 34, 34, 50, 30))


def counts_table(rows: Sequence[CountRow], lang: Lang) -> Table:
    """Return the counts of each programme, with a sum below each heading and one of all."""
    body: list[tuple[str, ...]] = []
    heading = object()
    part: list[CountRow] = []
    for row in [*rows, None]:
        if part and (row is None or row.heading != heading):
            if len({one.heading for one in rows}) > 1:
                body.append(_sum(_SUM_OF.fill(heading=part[0].heading or "-")(lang), part, lang))
            part = []
        if row is not None:
            heading = row.heading
            part.append(row)
            body.append(
                (row.heading, row.name, _count(row.planned), str(row.held), _count(row.now), row.change(lang))
            )
    body.append(_sum(_SUM(lang), rows, lang))
    return Table(_COUNTS, _COUNT, tuple(body), (26, 34, 14, 10, 14, 10))


def _count(range_: object) -> str:
    return "" if range_ is None else str(range_)


def _sum(title: str, rows: Sequence[CountRow], lang: Lang) -> tuple[str, ...]:
    planned = sum(one.planned.low for one in rows if one.planned)
    now = sum(one.now.low for one in rows if one.now)
    return (
        title,
        "",
        str(planned),
        str(sum(one.held for one in rows)),
        str(now),
        more_or_fewer(now - planned)(lang),
    )


def hours_table(found: Sequence[Hours], lang: Lang) -> Table:
    """Return the hours of each pool by month: taken, there, and the part that is taken."""
    by_pool: dict[str, list[Hours]] = defaultdict(list)
    for one in found:
        by_pool[one.name].append(one)
    rows: list[tuple[str, ...]] = []
    for name, months in by_pool.items():
        for text, cells in (
            (_TAKEN, [f"{one.taken / 60:.1f}" for one in months]),
            (_THERE, [f"{one.there / 60:.0f}" for one in months]),
            (_SHARE, [f"{one.taken / one.there:.0%}" if one.there else "-" for one in months]),
        ):
            total = _total(text, months)
            rows.append((name, text(lang), *cells, total))
    header = (_POOL, Text("", ""), *(Text(f"{month}月", f"month {month}") for month in MONTHS), _SUM)
    return Table(_HOURS, header, tuple(rows), (22, 16, *[8] * 12, 10))


def _total(text: Text, months: Sequence[Hours]) -> str:
    taken, there = sum(one.taken for one in months), sum(one.there for one in months)
    if text is _SHARE:
        return f"{taken / there:.0%}" if there else "-"
    return f"{(taken if text is _TAKEN else there) / 60:.1f}"


def fees_table(fees: Sequence[Fee], lang: Lang) -> Table:
    """Return the fees of outside experts by programme, and their sum."""
    rows = [(one.pool, one.programme, str(one.sessions), str(one.each), str(one.sum)) for one in fees]
    rows.append((_SUM(lang), "", str(sum(f.sessions for f in fees)), "", str(sum(f.sum for f in fees))))
    return Table(_FEES, _FEE, tuple(rows), (22, 34, 10, 12, 14))


def weekdays_table(found: Sequence[WeekdaySupply], lang: Lang) -> Table:
    """Return the open days of each weekday in both years, and how often each nth of it is closed."""
    names = WEEKDAYS if lang == "ja" else WEEKDAYS_EN
    rows = tuple(
        (
            names[one.weekday],
            str(one.before),
            str(one.after),
            more_or_fewer(one.after - one.before)(lang),
            *(_closed(one, week) for week in range(1, 6)),
        )
        for one in found
    )
    nths = tuple(Text(f"第{n}週が休館", f"nth {n} closed") for n in range(1, 6))
    return Table(_WEEKDAYS, (*_WEEKDAY, *nths), rows, (10, 12, 12, 10, *[24] * 5))


def _closed(one: WeekdaySupply, week: int) -> str:
    days = one.closed.get(week, ())
    listed = "・".join(f"{day.month}/{day.day}" for day in days)
    return f"{len(days)} ({listed})" if days else "0"


def places_table(found: Sequence[Places], lang: Lang) -> Table:
    """Return the usual days of each programme: open in both years as they stand, and where the rest goes."""
    rows = tuple(
        (
            one.habit.name,
            "・".join(str(day) for day in one.habit.days),
            str(one.before),
            str(one.after),
            more_or_fewer(one.after - one.before)(lang),
            one.text(lang),
        )
        for one in sorted(found, key=lambda one: one.after - one.before)
    )
    return Table(_PLACES, _PLACE, rows, (30, 34, 12, 12, 10, 60))


def regularity_table(before: Regularity, after: Regularity, calendar: Calendar, lang: Lang) -> Table:
    """Return how regular each programme was and is, with its sentence and what departs from it; all below.

    `calendar` is that of the new year: the last column has the usual days of it that are closed or avoided.
    """
    was = {one.name: one for one in before.rhythms}
    order = sorted(after.rhythms, key=lambda one: one.share - (was[one.name].share if one.name in was else 0))
    rows = [
        (
            one.name,
            f"{float(was[one.name].share):.0%}" if one.name in was else "",
            f"{float(one.share):.0%}",
            was[one.name].text(lang) if one.name in was else "",
            one.text(lang),
            "・".join(f"{day.month}/{day.day}" for day in lost_days(one, calendar)),
        )
        for one in order
    ]
    shares = (f"{float(one.share):.1%}" if one.share is not None else "" for one in (before, after))
    return Table(_REGULARITY, _REGULAR, (*rows, (_SUM(lang), *shares, "", "", "")), (30, 12, 12, 52, 52, 40))


_TO_DECIDE = Text("決めること", "To decide")
_QUESTION = (
    Text("番号", "id"),
    Text("事業", "programme"),
    Text("決めること", "to decide"),
    Text("今の案", "taken for now"),
    Text("ほかの案", "or"),
    Text("答え", "answer"),
    Text("場所", "place"),
)
_CHANGED = Text("変わったこと", "Changed")
_CHANGE = (
    Text("事業", "programme"),
    Text("前年度", "last year"),
    Text("今年度", "this year"),
    Text("理由", "why"),
    Text("場所", "place"),
)
_COUNTS = Text("回数", "Counts")
_COUNT = (
    Text("見出し", "heading"),
    Text("事業", "programme"),
    Text("前年度の計画", "planned last year"),
    Text("実施", "held"),
    Text("今年度の計画", "planned"),
    Text("増減", "change"),
)
_SUM = Text("合計", "sum")
_SUM_OF = Text("計({heading})", "sum ({heading})")
_HOURS = Text("職員の時間", "Hours of staff")
_POOL = Text("職種", "pool")
_TAKEN = Text("使う時間", "taken (h)")
_THERE = Text("ある時間", "there (h)")
_SHARE = Text("割合", "part")
_FEES = Text("謝金", "Fees")
_FEE = (
    Text("職種", "pool"),
    Text("事業", "programme"),
    Text("回数", "sessions"),
    Text("1回の額(円)", "fee each (yen)"),
    Text("合計(円)", "sum (yen)"),
)
_WEEKDAYS = Text("開館日", "Open days")
_WEEKDAY = (
    Text("曜日", "weekday"),
    Text("前年度の日数", "last year"),
    Text("今年度の日数", "this year"),
    Text("増減", "change"),
)
_PLACES = Text("いつもの日", "Usual days")
_PLACE = (
    Text("事業", "programme"),
    Text("いつもの日", "usual days"),
    Text("前年度の開館", "open last year"),
    Text("今年度の開館", "open this year"),
    Text("増減", "change"),
    Text("休館のときの移し先", "where the closed ones go"),
)
_REGULARITY = Text("規則性", "Regularity")
_REGULAR = (
    Text("事業", "programme"),
    Text("前年度", "last year"),
    Text("今年度", "this year"),
    Text("前年度のいつもの日", "usual days last year"),
    Text("今年度のいつもの日", "usual days this year"),
    Text("休館か避けたい日に当たるいつもの日", "usual days that are closed or avoided"),
)
