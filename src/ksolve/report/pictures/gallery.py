"""Which pictures a schedule has, in the order in which the page shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from ksolve import frames
from ksolve.fit.regularity import FEWEST
from ksolve.report.labels import LABELS
from ksolve.report.pictures.bars import Share, tier_bars, unit_bars, week_bars
from ksolve.report.pictures.picture import Picture
from ksolve.report.pictures.year import Strip, heat_map, rhythm_strips
from ksolve.report.tabled import rows
from ksolve.report.view import View
from ksolve.text import Lang, Text


def pictures(view: View, lang: Lang) -> Iterator[Picture]:
    """Yield the pictures of a schedule; none of those for which it has nothing to show."""
    if view.schedule.sessions:
        yield _heat(view, lang)
        yield from _weeks(view, lang)
        yield from _units(view, "staff", _STAFF, lang)
        yield from _units(view, "room", _ROOM, lang)
        yield from _rhythms(view, lang)
    if view.tiers:
        table = [
            tuple(LABELS[key](lang) for key in ("tier", "left", "bound")),
            *((one.tier.text(lang), str(one.value), str(one.bound)) for one in view.tiers),
        ]
        yield Picture(
            "tiers", _TIERS(lang), _TIERS_HOW(lang), tier_bars(view.tiers, _TIERS(lang), lang), table
        )


def _heat(view: View, lang: Lang) -> Picture:
    counts = Counter(session.day for session in view.held)
    closed = frozenset(day for day, of in view.days.items() if of.closed)
    table = frames.pivot(view.plan, view.problem, view.schedule, ["month", "weekday"], "sessions")
    svg = heat_map(view.plan.year, counts, closed, lang)
    return Picture("heat", _HEAT(lang), _HEAT_HOW(lang), svg, _months(rows(table, lang), lang))


def _months(table: list[tuple[str, ...]], lang: Lang) -> list[tuple[str, ...]]:
    """Return rows whose first cell is a month with the word for it."""
    if lang == "en":
        return table
    return [table[0], *((f"{row[0]}月" if row[0].isdecimal() else row[0], *row[1:]) for row in table[1:])]


def _weeks(view: View, lang: Lang) -> Iterator[Picture]:
    pools = frames.loads(view.plan, view.problem, view.schedule, ["staff", "week"])
    table = pools.groupby("week", as_index=False)[["hours", "available"]].sum()
    if not table["available"].any():
        return
    table["share"] = table["hours"] / table["available"].where(table["available"] > 0)
    weeks = [
        (date(week.year, week.month, week.day), Share("", hours, available))
        for week, hours, available in zip(table["week"], table["hours"], table["available"], strict=True)
    ]
    yield Picture(
        "weeks", _WEEKS(lang), _WEEKS_HOW(lang), week_bars(weeks, _WEEKS(lang), lang), rows(table, lang)
    )


def _units(view: View, kind: str, title: Text, lang: Lang) -> Iterator[Picture]:
    table = frames.loads(view.plan, view.problem, view.schedule, [kind])
    shares = [
        Share(str(name), hours, available)
        for name, hours, available in zip(table[kind], table["hours"], table["available"], strict=True)
    ]
    if shares:
        yield Picture(
            kind, title(lang), _UNITS_HOW(lang), unit_bars(shares, title(lang), lang), rows(table, lang)
        )


def _rhythms(view: View, lang: Lang) -> Iterator[Picture]:
    sessions = frames.sessions(view.plan, view.problem, view.schedule)
    held = sessions.groupby(["programme", "part"], observed=True)["date"]
    strips = [
        Strip(f"{programme} {part}".strip(), [date(day.year, day.month, day.day) for day in days])
        for (programme, part), days in held
        if len(days) >= FEWEST
    ]
    if not strips:
        return
    table = rows(frames.regularity(view.regularity)[["programme", "text", "share"]], lang)
    svg = rhythm_strips(view.plan.year, strips, _RHYTHMS(lang), lang)
    yield Picture("rhythms", _RHYTHMS(lang), _RHYTHMS_HOW(lang), svg, table)


_HEAT = Text("1日ごとの回数", "Sessions of each day")
_HEAT_HOW = Text(
    "色が濃い日ほど回が多く、小さな点は休館日です。", "The darker, the more; small dots are closed days."
)
_WEEKS = Text("週ごとの負荷", "Load of each week")
_WEEKS_HOW = Text(
    "職員の勤務時間(開館中)のうち、予定の回に使う割合です。赤い線は年間の平均です。",
    "What part of the hours of the staff, while the centre is open, sessions take. The red line is the mean.",
)
_STAFF = Text("職員ごとの負荷", "Load of each person")
_ROOM = Text("部屋ごとの負荷", "Load of each room")
_UNITS_HOW = Text(
    "使える時間(開館中)のうち、予定の回に使う割合です。",
    "What part of the hours that there are sessions take.",
)
_RHYTHMS = Text("事業ごとのリズム", "The rhythm of each programme")
_RHYTHMS_HOW = Text(
    "点が1回です。行の中の高さは曜日(上が月曜)なので、いつも同じ曜日の事業はまっすぐに並びます。",
    "A dot is a session, its height in the row the weekday, Monday on top: one weekday makes a straight row.",
)
_TIERS = Text("段ごとの結果と証明", "Tiers and their bounds")
_TIERS_HOW = Text(
    "上の段から順に、残り(かなわなかった分)を少なくします。青は証明された下限で、残りと同じなら、これより良い予定はありません。",
    "Tier by tier, as little as possible is left. Blue is the proven bound: where it is all that is left, "
    "no schedule is better.",
)
