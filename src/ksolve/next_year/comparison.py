"""How regular a new year is beside the one before, and why: rows of the list of what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from ksolve.calendar import Calendar
from ksolve.fit.regularity import Regularity, Rhythm
from ksolve.fit.worth import lost_days
from ksolve.next_year.said import Change
from ksolve.text import Text, plain

WHOLE = "regularity"
"""The kind of the change of the whole year's regularity."""
LESS = "less-regular"
"""The kind of those of programmes that are less regular than they were."""


def compared(
    years: tuple[Regularity, Regularity], calendars: tuple[Calendar, Calendar], best: Text | None
) -> Iterator[Change]:
    """Yield the regularity of both years, and each programme whose sentence predicts less, the worst first.

    `calendars` are those of both years, `best` says whether a more regular schedule there could be.
    """
    before, after = years
    if before.share is None or after.share is None:
        return
    yield Change(WHOLE, "", _percent(before.share), _percent(after.share), best or _WHOLE)
    known = {one.name: one for one in before.rhythms}
    both = [(known[one.name], one) for one in after.rhythms if one.name in known]
    fallen = [(was, now) for was, now in both if now.share < was.share]
    for was, now in sorted(fallen, key=lambda pair: (pair[1].share - pair[0].share) * pair[1].sessions):
        why = _why(was, now, calendars)
        yield Change(LESS, now.name, _share(was), _share(now), why)


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f}%"


def _share(one: Rhythm) -> str:
    """Return 90% (43/48): sessions that the sentence predicts, half ones among them, of all."""
    return f"{float(one.share):.0%} ({float(one.points):g}/{one.sessions})"


def _why(was: Rhythm, now: Rhythm, calendars: tuple[Calendar, Calendar]) -> Text:
    """Say whether the usual days are others, or more of them closed, or where its sessions are."""
    closed_before, closed = lost_days(was, calendars[0]), lost_days(now, calendars[1])
    counted = {"before": len(closed_before), "after": len(closed), "days": _listed(closed)}
    if (was.slots, was.weeks) != (now.slots, now.weeks):
        return _OTHER.fill(was=was.sentence, now=now.text)
    template = _CLOSED if len(closed) > len(closed_before) else _NO_MORE if closed else _ELSEWHERE
    return template.fill(now=now.text, **counted)


def _listed(days: Sequence[date]) -> Text:
    shown = "・".join(f"{day.month}/{day.day}" for day in days[:_SHOWN])
    rest = len(days) - _SHOWN
    return Text(f"{shown}・ほか{rest}日", f"{shown}, {rest} more") if rest > 0 else plain(shown)


_SHOWN = 8
_WHOLE = Text("規則性(全体)", "regularity, all together")
_OTHER = Text(
    "規則性: いつもの日が「{was}」から変わりました。今年度は {now}",
    "regularity: the usual days were {was}; now {now}",
)
_CLOSED = Text(
    "規則性: いつもの日のうち休館か避けたい日が、前年度の{before}日から{after}日に増えたため({days})。{now}",
    "regularity: {after} of its usual days are closed or avoided, {before} last year ({days}). {now}",
)
_NO_MORE = Text(
    "規則性: いつもの日のうち休館か避けたい日は前年度{before}日、今年度{after}日({days})で、"
    "移した日が違います。{now}",
    "regularity: its usual days that are closed or avoided ({before} last year, {after} now: {days}) went "
    "elsewhere. {now}",
)
_ELSEWHERE = Text(
    "規則性: いつもの日は休館にも避けたい日にも当たりません。ほかの希望か空きのため移しました。{now}",
    "regularity: none of its usual days is closed or avoided; other wishes or want of room moved some. {now}",
)
