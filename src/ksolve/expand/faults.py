"""What a plan says that no calendar, room or pool could ever give."""

from __future__ import annotations

from collections.abc import Iterator

from ksolve.calendar import Calendar, FiscalYear, day_text, days_within
from ksolve.clock import covers
from ksolve.errors import fault
from ksolve.expand.asked_of_year import asked_of_part, asked_of_programme
from ksolve.expand.centre import calendar_of, calendar_of_all, resources_of
from ksolve.expand.frequencies import allowed_months, is_open_ended, months_held, told_start
from ksolve.expand.missing_dates import date_faults
from ksolve.expand.series import Part, countable_nodes, parts_of
from ksolve.expand.unmet_needs import kind_faults
from ksolve.findings import Finding, Place
from ksolve.frequency import Frequency, Months, Per, Range
from ksolve.plan.references import known_in_plan
from ksolve.plan.schema import Plan, TogetherNode, rules_in
from ksolve.plan.unheld import unheld
from ksolve.problem.periods import days_of_months
from ksolve.rules.on_dates import OnDates
from ksolve.text import Text


def plan_faults(plan: Plan) -> list[Finding]:
    """Return a fault for each statement of a plan that is wrong whatever the schedule.

    A reference to nothing is left to ksolve.plan.references.
    """
    dates = date_faults(plan)
    if dates:
        return dates  # without open days nothing else of the plan can be judged
    many = list(_too_many(plan))
    if many:
        return many  # to check so many groups one by one would take as long as to plan them
    calendar = calendar_of(plan)
    resources = resources_of(plan, calendar_of_all(plan, calendar))
    parts = parts_of(plan)
    by_id = {part.id: part for part in parts}
    named = known_in_plan(plan).programmes
    faults: list[Finding] = [*_without_kind(plan), *_totals(plan, parts, calendar)]
    faults += [*_same_series(parts), *_bonds_of_whole(plan)]
    for part in parts:
        faults += [
            *_uncountable(part),
            *_uncounted(part),
            *_too_few_months(part),
            *_rhythm_start(part, plan.year),
            *_unencodable(part),
            *_closed_windows(part, calendar.opening(part.all_series[0].opened)),
            *_short_hours(part, calendar),
            *kind_faults(part, resources),
            *(found for bond in part.node.together for found in _together(part, bond, by_id, named)),
        ]
    faults += _pinned_closed(plan, calendar_of_all(plan, calendar))
    once = {(found.rule, found.place): found for found in reversed(faults)}  # many parts share a kind
    return sorted(once.values(), key=lambda found: found.place or Place(""))


def _too_many(plan: Plan) -> Iterator[Finding]:
    """A frequency whose groups, with those of the programmes before it, are more than can be planned."""
    total = 0
    for _, node in countable_nodes(plan):
        terms = node.frequency.terms if node.frequency else ()
        total += sum(term.groups for term in terms)
        if total > MOST_GROUPS:
            text = _TOO_MANY.fill(who=node.name, total=total, most=MOST_GROUPS)
            yield fault("too-many-groups", text, node.at("frequency"), _TOO_MANY_REMEDY)
            return


def _pinned_closed(plan: Plan, calendar: Calendar) -> Iterator[Finding]:
    """A pinned date on which the centre is closed; a soft one may be missed."""
    for rule in rules_in(plan):
        if isinstance(rule, OnDates) and rule.effective_tier is None:
            closed = [day for day in days_within(rule.days, plan.year) if not calendar.hours(day)]
            for day in closed:
                why = calendar.closed.get(day, _WEEKLY)
                text = _PINNED.fill(day=day_text(day), why=why)
                yield fault("pinned-closed", text, rule.at("days"), _PINNED_REMEDY)


def _without_kind(plan: Plan) -> Iterator[Finding]:
    for programme, node in countable_nodes(plan):
        if not (node.session or programme.session):
            yield fault("missing-session", _NO_KIND.fill(who=node.name), node.at("session"), _NO_KIND_REMEDY)


def _totals(plan: Plan, parts: tuple[Part, ...], calendar: Calendar) -> Iterator[Finding]:
    """The components of a programme must be able to add up to its frequency."""
    for programme in plan.programmes:
        if not programme.components or not programme.frequency or not programme.frequency.terms:
            continue
        mine = [part for part in parts if part.programme is programme and not part.node.optional]
        if not mine:
            continue
        whole = asked_of_programme(programme, mine, calendar)
        total = sum((asked_of_part(part, calendar) for part in mine), Range(0, 0))
        too_many = whole.high is not None and total.low > whole.high
        too_few = total.high is not None and total.high < whole.low
        if too_many or too_few:
            text = _TOTAL.fill(who=programme.name, total=total, whole=whole)
            yield fault("component-sum", text, programme.at("frequency"), _TOTAL_REMEDY)


def _bonds_of_whole(plan: Plan) -> Iterator[Finding]:
    """A programme with components holds no sessions itself that could be held with others."""
    for programme in plan.programmes:
        if programme.components and programme.together:
            yield fault("together-whole", _WHOLE.fill(who=programme.name), programme.at("together"), _AT_PART)


def _uncountable(part: Part) -> Iterator[Finding]:
    if any(term.per is Per.SITE and term.courses == 1 for term in part.terms):
        yield fault("unknown-count", _SITES.fill(who=part.name), part.node.at("frequency"), _SITES_REMEDY)


def _unencodable(part: Part) -> Iterator[Finding]:
    """What a frequency says that no schedule is held to: it would look kept and be broken."""
    frequency = part.node.frequency
    if frequency is None or part.node.remainder:
        return
    for text in unheld(frequency):
        filled = _NOT_HELD.fill(who=part.name, frequency=frequency.text, what=text)
        yield fault("frequency-not-held", filled, part.node.at("frequency"), _NOT_HELD_REMEDY)


_NOTHING = Frequency("")


def _closed_windows(part: Part, calendar: Calendar) -> Iterator[Finding]:
    """A window or mark in whose months the centre is never open on the part's weekdays."""
    stated = [("windows", window.months) for window in part.node.windows]
    stated += [("marks", window.months) for window in part.node.marks]
    stated += [("months", part.node.months)] if part.node.months else []
    closed = [(key, months) for key, months in stated if not _open_days(part, months, calendar)]
    for key, months in closed:
        text = _CLOSED.fill(who=part.name, months=months)
        yield fault("closed-window", text, part.node.at(key), _CLOSED_REMEDY)
    for term in part.terms if not closed else ():
        if not months_held(term, part.node, part.kind.weekdays, calendar):
            text = _NO_DAY.fill(who=part.name, frequency=(part.node.frequency or _NOTHING).text)
            yield fault("closed-window", text, part.node.at("frequency"), _CLOSED_REMEDY)


def _uncounted(part: Part) -> Iterator[Finding]:
    """A frequency that says when, but not how often: nothing would be dated."""
    if any(term.count is None for term in part.terms):
        text = _NO_COUNT.fill(who=part.name, frequency=(part.node.frequency or _NOTHING).text)
        yield fault("unknown-count", text, part.node.at("frequency"), _NO_COUNT_REMEDY)


def _too_few_months(part: Part) -> Iterator[Finding]:
    for term in part.terms:
        months = allowed_months(term, part.node)
        if term.periods > len(months):
            text = _RUN.fill(who=part.name, periods=term.periods, months=len(months))
            yield fault("closed-window", text, part.node.at("frequency"), _CLOSED_REMEDY)


def _rhythm_start(part: Part, year: FiscalYear) -> Iterator[Finding]:
    """隔週火曜日(4月15日から), where that is a Wednesday: which Tuesday is the first is not said."""
    for term in part.terms:
        if term.every == 1 or term.per is not Per.WEEK or not term.pattern or not is_open_ended(term):
            continue
        first = term.within[0][0]
        if first.day > 1 and told_start(term, year) is None:
            values = {"who": part.name, "day": day_text(first.within(year))}
            text = _START.fill(**values, pattern=Text(str(term.pattern), term.pattern.english))
            yield fault("rhythm-start", text, part.node.at("frequency"), _START_REMEDY)


def _same_series(parts: tuple[Part, ...]) -> Iterator[Finding]:
    """Programme a with two groups has series a-g1 and a-g2; no other programme may be called so."""
    owners: dict[str, Part] = {}
    for part in parts:
        for series in (*part.all_series, *(spare for _, spare in part.reserves)):
            other = owners.setdefault(series.id, part)
            if other.id != part.id:
                text = _SAME_SERIES.fill(id=series.id, who=part.name, other=other.name)
                yield fault("duplicate-id", text, part.node.at("id"))


def _open_days(part: Part, months: Months, calendar: Calendar) -> int:
    weekdays = part.kind.weekdays
    days = days_of_months(months.values, calendar.year)
    return sum(bool(calendar.hours(day)) and (weekdays is None or day.weekday() in weekdays) for day in days)


def _short_hours(part: Part, calendar: Calendar) -> Iterator[Finding]:
    """A session that fits into no opening hours at any of its starts."""
    kind = part.kind
    weekdays = kind.weekdays if kind.weekdays is not None else range(7)
    hours = {*(calendar.weekly[weekday] for weekday in weekdays), *calendar.seasonal.values()}
    fits = any(covers(spans, start, start + kind.minutes) for spans in hours for start in kind.starts)
    if not fits:
        yield fault("closed-hours", _HOURS.fill(who=part.name, minutes=kind.minutes), kind.at("starts"))


def _together(
    part: Part, bond: TogetherNode, by_id: dict[str, Part], named: frozenset[str]
) -> Iterator[Finding]:
    host = by_id.get(bond.host)
    if host is None and bond.host in named:
        text = _NO_HOST.fill(who=part.name, host=bond.host)
        yield fault("together-host", text, bond.at("with"), _NO_HOST_REMEDY)
    if host is None:
        return
    if host is part or (bond.shared and any(other.shared for other in host.node.together)):
        text = (_SELF if host is part else _CHAIN).fill(who=part.name, host=host.name)
        yield fault("together-chain", text, bond.place)
        return
    if len(host.all_series) > 1 or len(part.all_series) > 1:
        yield fault("together-groups", _GROUPS.fill(who=part.name, host=host.name), bond.place)
    if bond.shared and part.all_series[0].minutes > host.all_series[0].minutes:
        values = {"who": part.name, "mine": part.all_series[0].minutes, "host": host.name}
        text = _LONGER.fill(**values, theirs=host.all_series[0].minutes)
        yield fault("together-minutes", text, bond.place)


MOST_GROUPS = 5_000
"""More groups than this are a slip of the pen: each is planned by itself, and a centre has some fifty."""
_TOO_MANY = Text(
    "{who}: ここまでのグループは合わせて{total}組になります(計画できるのは{most}組まで)",
    "{who}: up to here there are {total} groups in all; no more than {most} can be planned",
)
_TOO_MANY_REMEDY = Text(
    "グループの数を確かめてください。本当に必要なら、計画をいくつかに分けてください",
    "check the number of groups; if it is right, split the plan",
)
_NO_KIND = Text("{who}: 回の種類(session)がありません", "{who}: session is missing")
_NO_KIND_REMEDY = Text(
    "session に回の種類(sessions)の id を、記入表では「回の種類」の列にその名前を書いてください",
    "name one of the kinds of sessions: by its id as session, in a form by its name",
)
_TOTAL = Text(
    "{who}: 内訳の合計は{total}回で、実施回数{whole}回になりません",
    "{who}: the components add up to {total}, which cannot be {whole}",
)
_TOTAL_REMEDY = Text(
    "どれかの回数を直すか、任意の内訳に optional: true を(記入表では「合計外」に ○ を)書いてください",
    "correct a count, or mark a component as optional: true (in a form: extra)",
)
_WHOLE = Text(
    "{who}: 内訳のある事業なので、併せて実施するのがどの内訳の回か分かりません",
    "{who} has components: which of them together is about is not known",
)
_AT_PART = Text(
    "内訳の together(記入表では内訳の行の「併せて行う事業」)に書いてください",
    "write together at the component (in a form: held with, in its row)",
)
_SITES = Text(
    "{who}: 「各校」などの数が分からず、回数が決まりません", "{who}: the number of sites is not known"
)
_SITES_REMEDY = Text("年15回 のように全体の回数を書いてください", "write the whole number, such as 年15回")
_WEEKLY = Text("定休日", "closed on that weekday")
_PINNED = Text("決まった日付 {day} は休館日です({why})", "the pinned date {day} is closed ({why})")
_PINNED_REMEDY = Text("別の日付にするか、開館日を直してください", "choose another date, or open on it")
_NO_DAY = Text(
    "{who}: 「{frequency}」に当てはまる開館日(月・曜日・日付)が一日もありません",
    "{who}: no open day fits the months, weekdays and dates of {frequency}",
)
_NO_COUNT = Text(
    "{who}: 「{frequency}」には回数がないので、何回入れるか分かりません",
    "{who}: {frequency} states no count",
)
_NO_COUNT_REMEDY = Text(
    "年3回(11月～2月) のように回数を書いてください", "write a count, such as 年3回(11月～2月)"
)
_RUN = Text(
    "{who}: {periods}か月続けるには、使える月が{months}か月しかありません",
    "{who}: {periods} months are wanted, {months} may be used",
)
_START = Text("{who}: {day} は{pattern}ではありません", "{who}: {day} is not {pattern}")
_START_REMEDY = Text(
    "最初の回の日付を書いてください。どの週から始めてもよければ日付を書きません",
    "write the date of the first session, or none where any week may be the first",
)
_SAME_SERIES = Text(
    "{who} の回の名前「{id}」が {other} のものと同じになります。id を変えてください",
    "the sessions of {who} would be called {id}, as those of {other} are: change the id",
)
_NOT_HELD = Text(
    "{who}: 「{frequency}」のうち{what}は、計画の実施回数としては扱えません",
    "{who}: of {frequency}, {what} cannot be held as a frequency of the plan",
)
_NOT_HELD_REMEDY = Text(
    "その部分を除き、together(記入表では「併せて行う事業」)や rules(記入表では「その他」)に書いてください",
    "leave it out here and write it as together (in a form: held with) or under rules (in a form: other)",
)
_CLOSED = Text(
    "{who}: {months}には開館日(この回の曜日)が一日もありません",
    "{who}: no open day (of its weekdays) in {months}",
)
_CLOSED_REMEDY = Text(
    "月、曜日、または休館日を直してください", "change the months, the weekdays or the closures"
)
_HOURS = Text(
    "{who}: {minutes}分の回がどの開始時刻でも開館時間に収まりません",
    "{who}: a session of {minutes} minutes fits the opening hours at none of its starts",
)
_NO_HOST = Text(
    "{who}: 「{host}」には日付を決める回がないので、併せて実施できません",
    "{who}: {host} holds no sessions to join",
)
_SELF = Text("{who}: 自分自身と併せて実施することはできません", "{who} cannot be held together with itself")
_CHAIN = Text(
    "{who}: {host} もほかの事業と併せて実施するので、つなげられません。同じ相手を書いてください",
    "{who}: {host} is itself held together with another programme; name that one instead",
)
_NO_HOST_REMEDY = Text(
    "内訳がある事業は 事業.内訳 の形で書いてください",
    "name a component as programme.component",
)
_GROUPS = Text(
    "{who} と {host}: グループが二つ以上ある事業は併せて実施できません",
    "{who} and {host}: programmes with several groups cannot be held together",
)
_LONGER = Text(
    "{who}({mine}分)は {host}({theirs}分)より長いので、同じ部屋・時間では行えません",
    "{who} ({mine} minutes) is longer than {host} ({theirs}), so it cannot share its room",
)
