"""Which series a session belongs to, where its file names only the programme."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ksolve.letters import name_key
from ksolve.problem import Problem, Series
from ksolve.problem.schedule import Session
from ksolve.text import Text

_GROUP = re.compile(r"\s*第\d+グループ$")


class Names:
    """The series of a problem by what people call them."""

    def __init__(self, problem: Problem) -> None:
        self.by_id = {series.id: series for series in problem.series}
        self._exact: dict[str, list[Series]] = defaultdict(list)
        self._plain: dict[str, list[Series]] = defaultdict(list)
        for series in problem.series:
            for name in dict.fromkeys(_called(series)):
                self._exact[name].append(series)
                self._plain[name_key(name)].append(series)

    def of(self, name: str) -> Sequence[Series]:
        """Return the series that a name may mean: by its exact spelling, else but for widths and spaces."""
        exact: Sequence[Series] = self._exact.get(name.strip(), ())
        return exact or self._plain.get(name_key(name), ())

    @property
    def known(self) -> Mapping[str, object]:
        """Every name and id."""
        return {**self._exact, **self.by_id}


def _called(series: Series) -> Sequence[str]:
    """Return the names of a series: with its group and without, and that of its part alone."""
    whole = _GROUP.sub("", series.name)
    return [name for name in (series.name, whole, series.part) if name]


def shared_out(sessions: Sequence[Session], choices: Mapping[int, Sequence[Series]]) -> list[Session]:
    """Give each session whose name means several series to one of them, in the order of the dates.

    `choices` has the series by the session's place in the list. It goes to one that may begin then, and
    of these to the one with the fewest sessions so far.
    """
    held = Counter(session.series for place, session in enumerate(sessions) if place not in choices)
    done = list(sessions)
    for place in sorted(choices, key=lambda n: (sessions[n].day, sessions[n].start, n)):
        session = sessions[place]
        fitting = [one for one in choices[place] if session.start in one.starts] or choices[place]
        chosen = min(fitting, key=lambda one: held[one.id])
        held[chosen.id] += 1
        done[place] = replace(session, series=chosen.id, minutes=session.minutes or chosen.minutes)
    return done


SHARED_OUT = Text(
    "事業名だけの{count}回は、同じ名前のグループ(系列)に日付順に割り振りました(系列の列を書けば、そのとおりに読みます)",
    "{count} sessions name a programme with several series: they were shared out in the order of their dates"
    " (with a column of series they are taken as written)",
)
