"""Meaning to sentences: what a frequency says, for a planner who learns to write one."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.calendar import WEEKDAYS, WEEKDAYS_EN, show_days
from ksolve.clock import clock
from ksolve.frequency.meaning import Frequency, Term, count_of_year, is_rhythm
from ksolve.frequency.values import Bond, Hedge, Months, Moved, OffDays, Pattern, Per, Service
from ksolve.frequency.wording import days_in_words, months_in_words, pattern_in_words
from ksolve.text import Text, plain

_PERIODS = {
    Per.YEAR: Text("年に", "a year"),
    Per.HALF: Text("半期ごとに", "in each half-year"),
    Per.QUARTER: Text("四半期ごとに", "in each quarter"),
    Per.TERM: Text("学期ごとに", "in each school term"),
    Per.MONTH: Text("毎月", "in each month"),
    Per.WEEK: Text("毎週", "in each week"),
    Per.DAY: Text("一日に", "a day"),
    Per.COURSE: Text("1クールに", "in each course"),
    Per.SITE: Text("1か所ごとに", "at each site"),
}
_SEVERAL = {
    Per.MONTH: Text("{every}か月ごとに", "every {every} months"),
    Per.WEEK: Text("{every}週ごとに", "every {every} weeks"),
}
_HEDGES = {
    Hedge.ABOUT: Text("およその回数・時期です(書かれた数で計画します)", "approximate; taken at its word"),
    Hedge.AT_LEAST: Text("これより多くてもよい回数です", "more are allowed"),
    Hedge.AT_MOST: Text("これより少なくてもよい回数です", "fewer are allowed"),
    Hedge.TENTATIVE: Text("予定・未定です(書かれた数で計画します)", "tentative; taken at its word"),
    Hedge.USUALLY: Text("原則で、例外がありえます", "as a rule; exceptions are possible"),
}
_SERVICES = {
    Service.CONTINUOUS: Text(
        "通年・常時の業務で、日付を決める回はありません", "goes on all year, without dates"
    ),
    Service.ON_DEMAND: Text(
        "必要なときに行い、日付を決める回はありません", "held when needed, without dates"
    ),
    Service.IRREGULAR: Text("不定期で、回数が決まっていません", "irregular, without a stated count"),
}
_MOVED = {
    Moved.NEXT_WEEK: Text("{off}に当たる回は翌週の同じ曜日へ移します", "on {off} it moves a week on"),
    Moved.NEXT_OPEN: Text("{off}に当たる回は次の開館日へ移します", "on {off} it moves to the next open day"),
    Moved.PREVIOUS_OPEN: Text(
        "{off}に当たる回は前の開館日へ移します", "on {off} it moves to the open day before"
    ),
    Moved.NEXT_WORKDAY: Text(
        "{off}に当たる回は次の平日へ移します", "on {off} it moves to the next weekday that is no holiday"
    ),
    Moved.PREVIOUS_WORKDAY: Text(
        "{off}に当たる回は前の平日へ移します", "on {off} it moves to the weekday before that is no holiday"
    ),
    Moved.LEFT_OUT: Text("{off}に当たる回は行いません", "on {off} it is left out"),
}
_BONDS = {
    Bond.TOGETHER: Text("「{other}」と同じ回に行います", "held together with {other}"),
    Bond.AFTER: Text("「{other}」の後に行います", "held after {other}"),
}


def sentences(frequency: Frequency) -> tuple[Text, ...]:
    """Return what a frequency says, one sentence for each part of it."""
    found = list(_sentences(frequency))
    if frequency.otherwise:
        found += [_OR, *_sentences(frequency.otherwise)]
    return tuple(found)


def _sentences(frequency: Frequency) -> Iterator[Text]:
    for term in frequency.terms:
        yield from _of_term(term)
    for service in sorted(frequency.services):
        yield _SERVICES[service]
    if frequency.bond:
        kind, other = frequency.bond
        yield _BONDS[kind].fill(other=other)
    if frequency.ditto:
        yield _DITTO
    if frequency.closing:
        closing = frequency.closing
        patterns = [*([Pattern(closing.weekdays)] if closing.weekdays else []), *closing.monthly]
        weekdays = Text("・".join(map(str, patterns)), ", ".join(pattern.english for pattern in patterns))
        after = Text("祝日の翌日", "the day after a holiday") if closing.after_holidays else plain("")
        yield _CLOSED.fill(weekdays=weekdays, after=after, days=show_days(closing.dates))
    beside = [word for word in (frequency.label, *frequency.remarks) if word]
    if beside:
        yield _BESIDE.fill(words="".join(f"「{word}」" for word in beside))


def _of_term(term: Term) -> Iterator[Text]:
    if term.count is None:
        yield _UNCOUNTED
    else:
        template = _SEVERAL[term.per] if term.every > 1 and not term.pace else _PERIODS[term.per]
        period = template.fill(every=term.every)
        year = count_of_year(term)
        count, in_year = (Text(str(held), held.english) for held in (term.count, year))
        yield _COUNT.fill(period=period, count=count, year=in_year)
    for number, text in ((term.periods, _MONTHS_LONG), (term.groups, _GROUPS), (term.courses, _COURSES)):
        if number > (text is not _MONTHS_LONG):
            yield text.fill(number=number)
    if term.pace and not is_rhythm(term):
        most, per = term.pace
        period = _SEVERAL[per].fill(every=term.every) if term.every > 1 else _PERIODS[per]
        yield _PACE.fill(most=most, period=period)
    if is_rhythm(term) and term.every > 1:
        yield _RHYTHM.fill(every=term.every)
    if term.consecutive:
        yield _DAY_BY_DAY if term.day_by_day else _CONSECUTIVE
    yield from _when(term)
    for hedge in sorted(term.hedges):
        yield _HEDGES[hedge]


def _when(term: Term) -> Iterator[Text]:
    if term.months:
        yield _months(term.months)
    if term.without:
        listed = "・".join(f"{month}月" for month in term.without.values)
        yield _WITHOUT.fill(months=Text(listed, term.without.english))
    if term.within:
        yield _WITHIN.fill(days=show_days(term.within))
    if term.pattern:
        yield _PATTERN.fill(pattern=Text(pattern_in_words(term.pattern), term.pattern.english))
    if term.dates:
        yield _DATES.fill(days="・".join(str(day) for day in term.dates))
    if term.days:
        yield _DAYS.fill(days=days_in_words(term.days))
    if term.hours:
        start, end = term.hours
        yield (
            _START.fill(start=clock(start))
            if start == end
            else _HOURS.fill(start=clock(start), end=clock(end))
        )
    yield from _left_out(term)


def _left_out(term: Term) -> Iterator[Text]:
    """Yield on which days no session is held, and what becomes of it."""
    if not term.holidays:
        yield _NO_HOLIDAYS
    if term.left_out:
        yield _LEFT_OUT.fill(days=show_days(term.left_out))
    if term.moved:
        yield _MOVED[term.moved].fill(off=_off_days(term.moved_from))


def _off_days(off: OffDays) -> Text:
    days = [Text(WEEKDAYS[day], f"a {WEEKDAYS_EN[day]}") for day in sorted(off.weekdays)]
    days += [Text("祝日", "a holiday")] if off.holidays else []
    named = [*days, Text("休館日", "a closed day")]
    return Text("・".join(day.ja for day in named), " or ".join(day.en for day in named))


def _months(months: Months) -> Text:
    if months.either:
        return _EITHER.fill(months=Text(str(months), months.english))
    return (_EACH if months.each else _SPAN).fill(months=Text(months_in_words(months), months.english))


_COUNT = Text("{period}{count}回 (1年に{year}回)", "{count} {period} ({year} in the year)")
_UNCOUNTED = Text("回数は書かれていません", "no count is stated")
_MONTHS_LONG = Text("そのような月が年に{number}か月", "in {number} months of the year")
_GROUPS = Text("{number}グループ(会場)がそれぞれ", "for each of {number} groups or sites")
_COURSES = Text("年に{number}クール", "in {number} courses a year")
_PACE = Text("ただし{period}{most}回まで", "at most {most} {period}")
_RHYTHM = Text(
    "{every}週ごとの同じ間隔を続けます。休みの日があっても間隔は変わらず、どの週から始めるかだけを選びます"
    "(最初の日が書かれていればその日から)",
    "a rhythm of {every} weeks that goes on over closed days; only the week to begin with is chosen"
    " (that of the first day where it is written)",
)
_CONSECUTIVE = Text("続けて行います", "one after the other")
_DAY_BY_DAY = Text("日を続けて行います", "on days in a row")
_EITHER = Text("{months}のどちらか", "in one of {months}")
_EACH = Text("挙げた月のそれぞれ: {months}", "in each month named: {months}")
_SPAN = Text("{months}の間", "within {months}")
_WITHOUT = Text("{months}を除く", "not in {months}")
_WITHIN = Text("{days}の間", "within {days}")
_PATTERN = Text("曜日: {pattern}", "on {pattern}")
_DATES = Text("決まった日付: {days}", "on the dates {days}")
_DAYS = Text("日: 月の{days}", "on day {days} of the month")
_HOURS = Text("時間: {start}～{end}", "from {start} to {end}")
_START = Text("開始: {start}", "from {start}")
_NO_HOLIDAYS = Text("祝日には行いません", "not on holidays")
_LEFT_OUT = Text("{days} には行いません", "not on {days}")
_DITTO = Text("上の行と同じです", "the same as the row above")
_CLOSED = Text("休館日のこと: {weekdays} {after} {days}", "closed days: {weekdays} {after} {days}")
_BESIDE = Text(
    "そばにある言葉(回数には関わりません): {words}",
    "words beside it, without effect on the count: {words}",
)
_OR = Text("または:", "or:")
