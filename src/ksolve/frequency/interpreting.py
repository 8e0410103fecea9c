"""One method for each alternative of the grammar: what its words say."""

from __future__ import annotations

import re
from typing import Any

from lark import Token, v_args

from ksolve.calendar import WEEKDAYS
from ksolve.frequency.clauses import Clause, Folded
from ksolve.frequency.counting import Counting
from ksolve.frequency.fields import ContradictionError
from ksolve.frequency.folding import fold
from ksolve.frequency.meaning import (
    Bond,
    Hedge,
    Moved,
    OffDays,
    Service,
)
from ksolve.frequency.naming import MARK
from ksolve.frequency.timing import Timing
from ksolve.text import Text

_REFUSED = {
    "WITH_HOLIDAYS": Text(
        "「祝日も行う」は予定に守らせられません。曜日だけなら 土・日曜日、祝日の日付も行うなら"
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
        "「{found}」が定員なのか、組ごとに行うのかわかりません。定員なら (定員{found})、"
        "組ごとなら 年3回×{found} と書きます",
        "{found} as places, or sessions for each: write (定員{found}) for places, 年3回×{found} for each",
    ),
    "PER_PERSON": Text(
        "「{found}」に続く回数は一人が使える回数で、行う回数ではありません。行う回数を書きます",
        "the count after {found} is what one person may use, not how many are held: write how many are held",
    ),
    "DAYS_LONG": Text(
        "何日も続く1回なのか、日ごとの回なのかわかりません。1回なら 年1回、日ごとなら 年3回 のように、"
        "日付が決まっていれば 8/1・8/2・8/3 と書きます",
        "one session over several days, or one on each: write 年1回 or 年3回, or the dates as 8/1・8/2・8/3",
    ),
}
_MOVES = (
    ("週", Moved.NEXT_WEEK),
    ("前(?:の)?(?:平|業務)", Moved.PREVIOUS_WORKDAY),
    ("平|業務", Moved.NEXT_WORKDAY),
    ("前", Moved.PREVIOUS_OPEN),
    ("翌|次|後", Moved.NEXT_OPEN),
    ("休|中止|なし", Moved.LEFT_OUT),
)
"""Where a session moves to, the first that is found in the words."""
_SAME_WEEKDAY = Text(
    "「{found}」の翌週は、また同じ曜日です。(土・日・祝の場合は翌平日) のように書きます",
    "{found}: a week on it is the same weekday again; write (土・日・祝の場合は翌平日)",
)
_NOTHING_ADDED = Text(
    "何を足すのかがわかりません。年10回＋年1回 のように、両側に回数を書きます",
    "it is not said what is added: write a count on either side, as in 年10回＋年1回",
)
_BOND = re.compile(
    r"(?:[とに](?:合わせて|併せて|あわせて|同時に?)|の?(?:終了|実施)?後に?|と同日に?|時に?)(?:実施|開催)?(?:する)?$"
)


@v_args(inline=True)
class Interpreter(Counting, Timing):
    """One method per alternative of the grammar, named like it; the result is a Folded."""

    def start(self, label: Token | None, *terms: Folded) -> Folded:
        """Join the terms between the plus signs; a label may stand before them."""
        whole = Folded(label=str(label or ""))
        for term in terms:
            if len(terms) > 1 and not any((term.terms, term.services, term.bond)):
                raise ContradictionError(_NOTHING_ADDED)
            whole.join(term)
        return whole

    def term(self, *clauses: Clause | None) -> Folded:
        return fold(clause for clause in clauses if clause is not None)

    def __default__(self, data: Token, children: list[Any], meta: Any) -> Any:
        """Refuse an alternative that has no method: what it says would be lost."""
        raise NotImplementedError(data)

    def clause(self) -> None:
        """A separator means nothing."""

    def service(self, name: Token) -> Clause:
        """隔年 is irregular to a plan of one year, and says that a count beside it is not each year's."""
        other_years = bool(re.match(r"隔年|[2-9]年", name))
        return Clause(beside={"services": [Service(name.type.lower())], "other_years": other_years})

    def hedge(self, name: Token) -> Clause:
        return Clause({"hedges": frozenset({Hedge(name.type.lower())})})

    def moved(self, name: Token) -> Clause:
        """祝日の場合は翌日, 土・日・祝の場合は翌平日."""
        kinds, to = re.split("(?:の|に当|にあ|に重|と重)[^場時と]*(?:場合|時|とき)|は", name, maxsplit=1)
        moved = next(moved for pattern, moved in _MOVES if re.search(pattern, to))
        named = re.sub("祝祭日|祝日|[休閉][館所業]日|休日|曜日?", "", kinds)
        weekdays = frozenset(WEEKDAYS.index(day) for day in named if day in WEEKDAYS)
        holidays = "祝" in kinds or "休日" in kinds
        if moved is Moved.NEXT_WEEK and weekdays:
            raise ContradictionError(_SAME_WEEKDAY.fill(found=name))
        return Clause({"moved": moved, "moved_from": OffDays(holidays, weekdays)})

    def refused(self, name: Token) -> None:
        """Refuse what has two meanings, or one that no schedule is held to, and say how to write it."""
        raise ContradictionError(_REFUSED[name.type].fill(found=name))

    def closed(self, name: Token) -> Clause:
        return Clause(beside={"after_holidays": True} if name.type == "AFTER_HOLIDAYS" else {"closed": True})

    def depend(self, name: Token) -> Clause:
        kind = Bond(name.type.lower())
        other = _BOND.sub("", str(name)).strip("()")
        if not other:
            return Clause(beside={"remarks": [str(name)]})
        return Clause(beside={"bond": (kind, other)})

    def ditto(self, _name: Token) -> Clause:
        return Clause(beside={"ditto": True})

    def name(self, text: Token) -> Clause:
        """総会1回、役員会3回."""
        return Clause(name=str(text).strip(MARK))

    def remark(self, text: Token) -> Clause:
        return Clause(beside={"remarks": [str(text)]})
