"""What a row of the table of words says as an item, and the rows whose meaning needs code of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from ksolve.calendar import WEEKDAYS, parse_weekdays
from ksolve.frequency import counts, dates, months
from ksolve.frequency.draft import NOTHING, ContradictionError, Draft, Says, merged
from ksolve.frequency.items import Beside, Item, Kind
from ksolve.frequency.months import whole_months
from ksolve.frequency.values import LAST, Bond, Hedge, Months, Moved, OffDays, Pattern, Per, Range, Service
from ksolve.frequency.word_table import PARTS, ROWS, Row
from ksolve.letters import number
from ksolve.text import Text

Found = re.Match[str]
_ONCE = Range(1, 1)
_EVERY_DAY = frozenset(range(7))
_WEEKEND = frozenset({5, 6})

# --- weekdays -----------------------------------------------------------------------------------------


def weekdays_of(words: str) -> frozenset[int]:
    """Return 火・木曜日, 平日 or 月～金 as weekday numbers. Raises ValueError."""
    words = words.removesuffix("まで").replace("から", "~").replace("平日", "月~金")
    return parse_weekdays(words.replace("と", ","))


def nths_of(words: str) -> tuple[int, ...]:
    """Return 第1・第3, 第1～第4 or 第2・最終 as numbers, LAST behind the others."""
    found: set[int] = {LAST} if re.search("最終|最後|月末", words) else set()
    for part in re.finditer("([1-5一二三四五])(?:~第?([1-5一二三四五]))?", words):
        first, last = number(part[1]), number(part[2] or part[1])
        if last < first:
            raise ContradictionError(counts.BAD_RANGE)
        found |= set(range(first, last + 1))
    return tuple(sorted(found, key=lambda n: (n == LAST, n)))


def _nths(words: str) -> Draft:
    either = re.search("又|また|もし|若し|或い|ある|か", words)
    return Draft(pattern=Pattern(nths=nths_of(words)), says=frozenset({Says.EITHER} if either else ()))


def _weekly(words: str, every: int = 0) -> Draft:
    days = weekdays_of(words)
    count = Range(len(days), len(days))
    return Draft(pattern=Pattern(days), per=Per.WEEK, every=every, count=count)


READERS: dict[str, Callable[[str], Draft]] = {
    **counts.READERS,
    **months.READERS,
    **dates.READERS,
    "days": lambda words: Draft(pattern=Pattern(weekdays_of(words))),
    "nths": _nths,
    "weekly": _weekly,
    "fortnightly": lambda words: _weekly(words, 2),
    "hedge": lambda words: Draft(hedges=frozenset({_hedge(words)})),
}
"""What reads the words of a group of an expression, by its name."""


def _hedge(words: str) -> Hedge:
    rows = (row for row in ROWS if row.says[0] == Kind.HEDGE.name)
    return next(
        Hedge(row.says[1].removeprefix("hedge=")) for row in rows if re.fullmatch(row.expression, words)
    )


# --- what any row says --------------------------------------------------------------------------------


def item_of(row: Row, found: Found) -> Item:
    """Return what the words say that a row has found. Raises ContradictionError where that is nonsense."""
    kind, *says = row.says
    if kind in _SPECIAL:
        return _SPECIAL[kind](found)
    if kind == Kind.REFUSED.name:
        named = found.groupdict().get("named") or found[0]
        raise ContradictionError(_REFUSED[says[0]].fill(found=named))
    if kind == Kind.BESIDE.name:
        return Item(Kind.BESIDE, beside=_beside(says, found[0]))
    draft = said(found)
    for word in says:
        name, _, value = word.partition("=")
        if name == "per":
            draft = draft._replace(per=Per(value))
        elif name == "hedge":
            draft = draft._replace(hedges=frozenset({Hedge(value)}))
        elif name == "once":
            draft = draft._replace(count=_ONCE)
        else:
            draft = draft.marked(Says[name])
    draft = counts.ranged(draft) if draft.longest else draft
    names = (found[0],) if kind == Kind.LABEL.name else ()
    return Item(Kind[kind], draft, names=names, of_them=kind == Kind.OF_THEM.name)


def said(found: Found) -> Draft:
    """Return what the groups of an expression say together."""
    draft = NOTHING
    for name, words in found.groupdict().items():
        if words:
            one = READERS[name.rstrip("2")](words)
            if draft == NOTHING:
                draft = one
                continue
            if draft.pattern and one.pattern:  # 第2 and 火曜日
                weekdays = draft.pattern.weekdays | one.pattern.weekdays
                both = Pattern(weekdays, draft.pattern.nths or one.pattern.nths)
                draft, one = draft._replace(pattern=None), one._replace(pattern=both)
            draft = merged(draft, one)
    return draft


_BOND = re.compile(
    r"(?:[とに](?:合わせて|併せて|あわせて|同時に?)|の?(?:終了|実施)?後に?|と同日に?|時に?)(?:実施|開催)?(?:する)?$"
)


def _beside(says: Sequence[str], words: str) -> Beside:
    flags = {name: True for name in says if name in Beside._fields}
    values = dict(word.split("=") for word in says if "=" in word)
    services = frozenset({Service(values["service"])} if "service" in values else ())
    other = _BOND.sub("", words).strip("()~") if "bond" in values else ""
    bond = (Bond(values["bond"]), other) if other else None
    remarks = (words,) if "remark" in says or ("bond" in values and not other) else ()
    return Beside(services, remarks, bond, **flags)


# --- rows that need more ------------------------------------------------------------------------------


def _stretch(found: Found) -> Item:
    """8月5日～7日(3日間): a session on each of the days, which must be so many."""
    held = dates.days_of_stretch(found["dates"])
    if len(held) != number(found["days_long"]):
        raise ContradictionError(_REFUSED["DAYS_LONG"])
    return Item(Kind.WHEN, Draft(dates=held))


def _courses_or_all(found: Found) -> Item:
    """2クール5回 could be five sessions in each course, or in both together."""
    each = Item(Kind.COUNT, said(found)._replace(per=Per.COURSE))
    both = Item(Kind.COUNT, Draft(count=each.said.count, per=Per.YEAR))
    return Item(Kind.COUNT, ways=((each,), (both,)))


def _nth_days(found: Found) -> Item:
    """第2・4火曜日; 第1火曜・木曜 could have every 木曜, as 第2土曜・日曜 could not."""
    whole = Item(Kind.WHEN, said(found))
    words, pattern = found["days"], whole.said.pattern or Pattern()
    if words.count("曜") < _SEVERAL or pattern.weekdays == _WEEKEND:
        return whole
    first, *others = re.findall("[月火水木金土日](?=曜)", words)
    one = whole._replace(said=whole.said._replace(pattern=Pattern(weekdays_of(first), pattern.nths)))
    return Item(Kind.WHEN, ways=((whole,), (one, Item(Kind.WHEN, _weekly("".join(others))))))


_SEVERAL = 2


def _either_nth_day(found: Found) -> Item:
    """第1土曜日か第2土曜日; of two weekdays no one pattern could be made."""
    days = weekdays_of(found["days"])
    if days != weekdays_of(found["days2"]):
        raise ContradictionError(_EITHER_DAYS)
    nths = nths_of(found["nths"]), nths_of(found["nths2"])
    if max(map(len, nths)) > 1:
        raise ContradictionError(_EITHER_WEEKS)
    pattern = Pattern(days, nths_of(f"{found['nths']}{found['nths2']}"))
    return Item(Kind.WHEN, Draft(pattern=pattern, says=frozenset({Says.EITHER})))


def _exception(found: Found) -> Item:
    """8月は第1土曜, 8月は第1 (of the weekday of the other months), 8月は2回."""
    if found["count"]:
        other: Pattern | Range = counts.range_of(found["count"])
    else:
        days = weekdays_of(found["days"]) if found["days"] else frozenset[int]()
        other = Pattern(days, nths_of(found["nths"] or found["nths2"] or ""))
    return Item(Kind.EXCEPTION, Draft(exceptions=((whole_months(found["months"]), other),)))


_MOVES = {
    "週": Moved.NEXT_WEEK,
    "前(?:の)?(?:平|業務|開庁)": Moved.PREVIOUS_WORKDAY,
    "平|業務|開庁": Moved.NEXT_WORKDAY,
    "前": Moved.PREVIOUS_OPEN,
    "翌|次|後": Moved.NEXT_OPEN,
    "休|中止|なし": Moved.LEFT_OUT,
}
"""Where a session moves to, the first that is found in the words."""


def _moved(found: Found) -> Item:
    """祝日の場合は翌日, 土・日・祝の場合は翌平日."""
    to = next(to for sign, to in _MOVES.items() if re.search(sign, found["where"]))
    days = found["off"].replace("閉庁日", "土日祝日")  # offices are closed on just these
    named = re.sub("祝祭日|祝日|[休閉][館所業室]日|休日|曜日?", "", days)
    weekdays = frozenset(WEEKDAYS.index(day) for day in named if day in WEEKDAYS)
    if to is Moved.NEXT_WEEK and weekdays:
        raise ContradictionError(_SAME_WEEKDAY.fill(found=found[0]))
    off = OffDays("祝" in days or "休日" in days, weekdays)
    return Item(Kind.WHEN, Draft(moved=(to, off)))


_LEFT = re.compile(
    "|".join(
        f"(?P<{name}>{PARTS[f'LEFT_{name.upper()}']})"
        for name in ("dates", "holidays", "closures", "nths", "months", "days")
    )
)
_DAY_BEFORE = re.compile("[月火水木金土日]曜|[月火水木金土日][~,][月火水木金土日]|平日|毎日|開館日|通年")


def _left_out(found: Found) -> Item:
    """8月・祝日を除く; weekdays at the head of a list may be when it is held: 毎週土曜日、8月を除く."""
    text, end = found.string, found.end("left")
    items = list(takewhile(lambda item: item.end() <= end, _LEFT.finditer(text, found.start("left"))))
    days = list(takewhile(lambda item: item.lastgroup in ("days", "nths"), items))
    others = tuple(_one_left_out(item) for item in items[len(days) :])
    whole = (*map(_one_left_out, days), *others)
    before = text[: found.start()]
    every_day = found.groupdict().get("every_day") is not None
    if not days or not others or _DAY_BEFORE.search(before) or every_day:
        return Item(Kind.LEFT_OUT, ways=(whole,))
    nths = nths_of("".join(item[0] for item in days if item.lastgroup == "nths"))
    words = "".join(re.sub("第|[1-5一二三四五]|週目?", "", item[0]) for item in days).strip(",~")
    weekdays = weekdays_of(words)
    held = (Item(Kind.WHEN, Draft(pattern=Pattern(weekdays, nths))), *others)
    if nths or re.search(r"[毎隔][週月]の?\Z", before):
        return Item(Kind.LEFT_OUT, ways=(held,))
    closed = all(item.lastgroup in ("holidays", "closures") for item in items[len(days) :])
    return Item(Kind.LEFT_OUT, ways=(whole,) if closed and weekdays <= _WEEKEND else (held, whole))


def _one_left_out(found: Found) -> Item:
    words, kind = found[0], found.lastgroup
    if kind == "holidays":
        return Item(Kind.LEFT_OUT, Draft(holidays=False))
    if kind == "closures":  # says what the calendar of the place says
        return Item(Kind.BESIDE, beside=Beside(remarks=("休館日を除く",)))
    if kind == "dates":
        return Item(Kind.LEFT_OUT, dates.dates_left_out(words))
    if kind == "months":
        return Item(Kind.LEFT_OUT, Draft(without=Months(whole_months(words).values)))
    if kind == "days":
        return Item(Kind.LEFT_OUT, Draft(pattern=Pattern(_EVERY_DAY - weekdays_of(words))))
    day = re.search("[月火水木金土日](?=曜)", words)
    weekdays = weekdays_of(day[0]) if day else frozenset[int]()
    return Item(Kind.LEFT_OUT, Draft(left_nths=nths_of(words), left_weekdays=weekdays))


_SPECIAL: dict[str, Callable[[Found], Item]] = {
    "stretch": _stretch,
    "courses_or_all": _courses_or_all,
    "nth_days": _nth_days,
    "either_nth_day": _either_nth_day,
    "exception": _exception,
    "moved": _moved,
    "left_out": _left_out,
}

_REFUSED = {
    "WITH_HOLIDAYS": Text(
        "「祝日も行う」は扱えません。曜日だけなら 土・日曜日、祝日の日付も行うなら"
        " 5/3・5/4 のように日付を足し、祝日に行わないなら (祝日を除く) と書きます",
        "sessions on holidays as well cannot be held: write the weekdays alone (土・日曜日), add the holidays"
        " as dates (5/3・5/4), or leave holidays out (祝日を除く)",
    ),
    "HALF_DAY": Text(
        "「午前」「午後」だけでは開始時刻が決まりません。13:30～15:00 のように書くか、"
        "午前と午後の2回なら 1日に2回 と書きます",
        "morning or afternoon alone gives no start: write 13:30～15:00, or 1日に2回 for one in each",
    ),
    "PAIRS": Text(
        "「{found}」が定員なのか、組ごとに行うのか分かりません。定員なら (定員{found})、"
        "組ごとなら 年3回×{found} と書きます",
        "{found} as places, or sessions for each: write (定員{found}) for places, 年3回×{found} for each",
    ),
    "PER_PERSON": Text(
        "「{found}」に続く回数は一人が使える回数で、行う回数ではありません。行う回数を書きます",
        "the count after {found} is what one person may use, not how many are held: write how many are held",
    ),
    "TERMS": Text(
        "「{found}」が何番めの学期なのか、学期の数なのか分かりません。"
        "第3学期2回 か 学期に2回 のように書きます",
        "{found}: which term, or how many? Write 第3学期2回 or 学期に2回",
    ),
    "DAYS_LONG": Text(
        "何日も続く1回なのか、日ごとの回なのか分かりません。日ごとの回なら、2日間を3回は 年6回 のように"
        "日の数を書き、計画の rules(記入表では「その他」の項目 rules)に"
        " {{rule: day_runs, length: 2}} を足せば続いた日になります。"
        "初日だけを入れるなら 年3回、日付が決まっていれば 8/1・8/2・8/3 と書きます",
        "one session over several days, or one on each? For one on each count the days (2日間 three times:"
        " 年6回) and add {{rule: day_runs, length: 2}} under rules"
        " (in a form: other), so that they follow one another; for"
        " the first days alone write 年3回; or write the dates, 8/1・8/2・8/3",
    ),
    "SEASON_LEFT_OUT": Text(
        "「{found}」がいつからいつまでかは所によって違います。"
        "除く月か日付で、8月を除く、8/13～8/16を除く のように書きます",
        "when {found} begins and ends differs from place to place:"
        " name the months or dates, as in 8月を除く or 8/13～8/16を除く",
    ),
    "SEASON_VARIES": Text(
        "「{found}」がいつのことかは所によって違います。"
        "8/10～8/12 のような日付か、12月下旬 のような月の部分で書きます",
        "when {found} is, differs from place to place:"
        " write dates (8/10～8/12) or a part of a month (12月下旬)",
    ),
    "TIMES_OF_WHAT": Text(
        "「×{found}」が何の数なのか分かりません。×{found}クール、×{found}会場、×{found}か月 のように書きます",
        "×{found} of what? Write ×{found}クール for courses, ×{found}会場 for places,"
        " ×{found}か月 for months",
    ),
    "COUNTED_DAYS": Text(
        "「{found}」のように、開いている日を数えて決まる日は扱えません。月の終わりごろでよければ"
        " 月1回(下旬)、曜日で決められれば 月1回(最終金曜日)、日付が決まっていれば 4/30・5/31 と書きます",
        "{found} counts the days that are open, which cannot be held: write 月1回(下旬) for the end"
        " of the month, 月1回(最終金曜日) for a weekday, or the dates, 4/30・5/31",
    ),
}
_SAME_WEEKDAY = Text(
    "「{found}」の翌週は、また同じ曜日です。(土・日・祝の場合は翌平日) のように書きます",
    "{found}: a week on it is the same weekday again; write (土・日・祝の場合は翌平日)",
)
_EITHER_WEEKS = Text(
    "「第1・3週か、第2・4週」は扱えません。月2回(火曜日) のように回数だけを書くか、どちらかに決めます",
    "either these weeks or those cannot be held: give the count (月2回(火曜日)), or decide for one",
)
_EITHER_DAYS = Text(
    "「別の曜日のどちらか」は扱えません。月1回(土・日曜日) のように曜日を並べるか、どちらかに決めます",
    "one of two different weekdays cannot be held: name the weekdays (月1回(土・日曜日)), or one",
)
