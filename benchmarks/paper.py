"""What `scaling.py` has measured, as tables, and what follows for all municipalities of Japan, on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from marked import cell

Lang = Literal["ja", "en"]
EVERYWHERE = 1741
"""The municipalities of Japan: 1,718 cities, towns and villages, and the 23 special wards of Tokyo."""
_CORES = (2, 16, 64, 256, 1741)


@dataclass(frozen=True)
class Row:
    """One search of many centres; seconds of wall time, but for `client_s` and `search_s` (processor time).

    `first_s`: every part has a schedule. `after_s`: checking and naming the whole. `busy_s`: how long all
    parts were searched, added up; `longest_s`: the one that took longest. `search_mib`: the largest process
    that searched a part.
    """

    centres: str
    way: str
    steps: str
    verdict: str
    limit_s: float
    sessions: int = 0
    parts: int = 0
    dated: int = 0
    proven: int = 0
    start_s: float | None = None
    first_s: float | None = None
    total_s: float | None = None
    after_s: float | None = None
    busy_s: float | None = None
    longest_s: float | None = None
    client_s: float | None = None
    search_s: float | None = None
    client_mib: int | None = None
    search_mib: int | None = None
    sent_mib: float | None = None
    heard_mib: float | None = None
    load: float | None = None

    @property
    def workers(self) -> int:
        """How many parts were searched at once."""
        return int(self.way.partition(":")[2])


_HEADS = {
    "ja": "館|探す所|段階|判定|上限 秒|回数|部分|予定あり|証明済み|用意 秒|最初の全体 秒|全部 秒"
    "|うち確かめ 秒|部分の合計 秒|最長の部分 秒|手元 CPU秒|探索 CPU秒|手元 MiB|探索 MiB|送った MiB"
    "|受けた MiB|負荷",
    "en": "centres|way|steps|verdict|limit s|sessions|parts|dated|proven|start s|first whole s|total s"
    "|of it checking s|all parts s|longest part s|client CPU s|search CPU s|client MiB|search MiB|sent MiB"
    "|heard MiB|load",
}


def table(rows: Sequence[Row], title: str, lang: Lang) -> Iterator[str]:
    """Yield the lines of a table of all rows, and of what a cluster costs beside processes."""
    yield f"{title} · `python benchmarks/scaling.py --write docs/scale.md docs/scale.en.md`"
    yield ""
    yield from _lines(_HEADS[lang], ([getattr(row, one.name) for one in fields(row)] for row in rows))
    yield ""
    yield from (f"- {line}" for line in compared(rows, lang))


def compared(rows: Sequence[Row], lang: Lang = "en") -> Iterator[str]:
    """Yield what a part costs more on the workers of a cluster than in as many processes of this machine."""
    told = {(row.centres, row.steps, row.way): row for row in rows if row.total_s}
    for (centres, steps, way), row in told.items():
        beside = told.get((centres, steps, way.replace("local", "pool")))
        if beside is None or beside is row:
            continue
        more_s = [
            (mine - theirs) / row.parts for mine, theirs in zip(_spent(row), _spent(beside), strict=True)
        ]
        shares = [
            100 * more * row.parts / theirs for more, theirs in zip(more_s, _spent(beside), strict=True)
        ]
        yield _COMPARED[lang].format(
            workers=row.workers, wall=more_s[0], wall_share=shares[0], cpu=more_s[1], cpu_share=shares[1]
        )


def _spent(row: Row) -> tuple[float, float]:
    """Return the seconds that a search took, and those of the processor."""
    return row.total_s or 0.0, (row.client_s or 0.0) + (row.search_s or 0.0)


@dataclass(frozen=True)
class Figures:
    """What one centre takes, from measured rows: core seconds, the client's seconds, and memory in MiB."""

    first_s: float
    proven_s: float
    proven_share: float
    longest_s: float
    client_s: float
    after_s: float
    client_mib: float
    client_base_mib: float
    search_mib: float
    traffic_mib: float


def figures(rows: Sequence[Row]) -> Figures | None:
    """Return what a centre takes, from the runs of most centres; None where too little was measured."""
    whole = [row for row in rows if row.steps == "all" and row.centres.isdecimal() and row.first_s]
    if len(whole) < 2:
        return None
    small, large = (of(whole, key=lambda row: row.parts) for of in (min, max))
    return Figures(
        first_s=large.workers * (large.first_s or 0.0) / large.parts,
        proven_s=(small.busy_s or 0.0) / small.parts,
        proven_share=small.proven / small.parts,
        longest_s=max(row.longest_s or 0.0 for row in whole),
        client_s=((large.client_s or 0.0) - (large.after_s or 0.0)) / large.parts,
        after_s=(large.after_s or 0.0) / large.parts,
        client_mib=((large.client_mib or 0) - (small.client_mib or 0)) / (large.parts - small.parts),
        client_base_mib=float(small.client_mib or 0),
        search_mib=max(float(row.search_mib or 0) for row in whole),
        traffic_mib=((large.sent_mib or 0.0) + (large.heard_mib or 0.0)) / large.parts,
    )


def calculated(rows: Sequence[Row], lang: Lang) -> Iterator[str]:
    """Yield what all municipalities would take on so many cores: a calculation, and what it is made of."""
    found = figures(rows)
    if found is None:
        yield _TOO_LITTLE[lang]
        return
    yield _MADE_OF[lang].format(**vars(found), share=100 * found.proven_share, everywhere=EVERYWHERE)
    yield ""
    yield from _lines(_PAPER_HEADS[lang], (_on(found, cores, lang) for cores in _CORES))
    yield ""
    memory_mib = found.client_base_mib + EVERYWHERE * found.client_mib
    yield _CLIENT[lang].format(
        memory=memory_mib / 1024,
        traffic=EVERYWHERE * found.traffic_mib,
        after=EVERYWHERE * found.after_s / 60,
    )


def _on(found: Figures, cores: int, lang: Lang) -> list[object]:
    """Return the row of so many cores: minutes to first schedules and to the end, what bounds it, memory."""
    after_s = EVERYWHERE * found.after_s
    row: list[object] = [cores]
    for seconds, longest_s in ((found.first_s, found.first_s), (found.proven_s, found.longest_s)):
        bounds = {
            "cores": EVERYWHERE * seconds / cores,
            "longest": longest_s,
            "client": EVERYWHERE * found.client_s,
        }
        bound = max(bounds, key=lambda name: bounds[name])
        row += [(bounds[bound] + after_s) / 60, _BOUNDS[lang][bound]]
    return [*row, cores * found.search_mib / 1024]


def _lines(heads: str, rows: Iterator[list[object]]) -> Iterator[str]:
    names = heads.split("|")
    yield "| " + " | ".join(names) + " |"
    yield "|---" * len(names) + "|"
    for row in rows:
        yield "| " + " | ".join(cell(value) for value in row) + " |"


_COMPARED = {
    "ja": "ワーカー{workers}: 同じ数のプロセスより、部分一つにつき時計で{wall:+.2f}秒({wall_share:+.0f}%)、"
    "CPUで{cpu:+.2f}秒({cpu_share:+.0f}%)",
    "en": "{workers} workers beside as many processes: per part {wall:+.2f} s of wall time"
    " ({wall_share:+.0f} %), {cpu:+.2f} s of processor time ({cpu_share:+.0f} %)",
}
_MADE_OF = {
    "ja": "一館(小金井と同じ大きさ)につき、最初の予定まで {first_s:.1f} コア秒、"
    "探索の終わりまで {proven_s:.1f} コア秒(そのときの証明済みは{share:.0f}%)、"
    "最も長い一館は {longest_s:.0f} 秒、手元のプログラムは探索中に {client_s:.2f} CPU秒、"
    "合わせたあとの確かめに {after_s:.2f} 秒。探索のプロセス一つは {search_mib:.0f} MiB。"
    "これが{everywhere:,}あるとして:",
    "en": "A centre (as large as Koganei's) takes {first_s:.1f} core seconds to its first schedule and"
    " {proven_s:.1f} until its search ends ({share:.0f} % are proven then); the longest took"
    " {longest_s:.0f} s. The client spends {client_s:.2f} s of processor time on each while it is searched"
    " and {after_s:.2f} s on checking it in the end. A process that searches takes {search_mib:.0f} MiB."
    " With {everywhere:,} of them:",
}
_PAPER_HEADS = {
    "ja": "コア|最初の予定まで 分|決めるもの|最後まで 分|決めるもの|探索の記憶 GiB",
    "en": "cores|minutes to first schedules|bounded by|minutes to the end|bounded by|memory of searches GiB",
}
_BOUNDS = {
    "ja": {"cores": "コアの数", "longest": "最も長い一館", "client": "手元のプログラム"},
    "en": {"cores": "cores", "longest": "the longest centre", "client": "the client"},
}
_CLIENT = {
    "ja": "手元のプログラムは約 {memory:.1f} GiB、通信は全部で {traffic:.0f} MiB、合わせた予定の確かめは"
    "約 {after:.0f} 分です(一つのプロセスなので、コアを増やしても縮みません)。",
    "en": "The client takes about {memory:.1f} GiB; {traffic:.0f} MiB travel in all; checking the whole takes"
    " about {after:.0f} minutes (in one process: more cores do not help).",
}
_TOO_LITTLE = {
    "ja": "計算するための測定が足りません(二つ以上の大きさで、全部の館に予定が要ります)。",
    "en": "Too little was measured for it: two sizes are needed at which every centre has a schedule.",
}
