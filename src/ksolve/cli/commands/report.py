"""report: a schedule drawn in every form."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from ksolve.api import Prepared, prepare
from ksolve.cli.console import opened, print_findings, put, say
from ksolve.cli.options import (
    ForceOption,
    FormatsOption,
    LangOption,
    OpenOption,
    OutOption,
    PlanArgument,
    ScenarioOption,
    ScheduleArgument,
)
from ksolve.cli.parameters import option
from ksolve.cli.scheduled import leave_checked, read_checked, year_before
from ksolve.cli.view import make_view, published_last
from ksolve.errors import PlanError, fault, nearest
from ksolve.files import is_same_file, locked, refuse_unwritable, write_whole
from ksolve.findings import Place
from ksolve.plan import files_of
from ksolve.record.manifest import tiers_beside, verdict_beside
from ksolve.record.outputs import write_in_place_of
from ksolve.report.calendar_file import Published
from ksolve.report.deadlines import early_findings
from ksolve.report.editions import Edition, Kind, edition_files, make_edition
from ksolve.report.editions.revealing import revealed
from ksolve.report.tabled import listed
from ksolve.report.writing import reports_of, write_reports
from ksolve.text import Lang, Text

MORE = Text(
    "--edition で、読む人ごとの版を作ります。公表用の版には職員の名前も `public: false` の事業も出ません。"
    "予定が計画の規則を守っていなければ、書いた上で1で終わります。",
    "--edition draws it for its readers: the public edition has no staff and no programme that is "
    "`public: false`. Writes, and exits 1, when a rule is broken.",
)
EditionOption = Annotated[
    list[str] | None,
    option(
        Text(
            "版: `public`(公表用)、`staff`(職員別)、`room`(部屋別)、`month`(月間)、`week`(週間勤務表)",
            "edition: `public`, `staff`, `room`, `month` (for the wall), `week` (duty roster)",
        ),
        "--edition",
        metavar="EDITION",
    ),
]


def report(  # noqa: PLR0913 - one parameter for each option
    plan: PlanArgument,
    schedule: ScheduleArgument,
    out: OutOption = Path("out"),
    scenario: ScenarioOption = None,
    last_year: Annotated[
        Path | None,
        option(
            Text("前年度に実施した予定(比較を付ける)", "last year's schedule, to be set beside it"),
            "--last-year",
            metavar="HELD",
        ),
    ] = None,
    *,
    edition: EditionOption = None,
    update: Annotated[
        Path | None,
        option(
            Text(
                "前に配った版のフォルダ(カレンダーを、取り込み直すと更新されるように作る)",
                "folder of the editions handed out last, whose calendars the new ones update",
            ),
            "--update",
            metavar="DIR",
        ),
    ] = None,
    formats: FormatsOption = None,
    show: OpenOption = False,
    force: ForceOption = False,
    lang: LangOption = "ja",
) -> None:
    """Write every report of a schedule, or some editions of it."""
    kinds = _kinds(edition or ())
    case = prepare(plan, tuple(scenario or ()))
    if kinds:
        read = (*files_of(plan, case.plan), *(scenario or ()), schedule)
        editions = _Asked(kinds, tuple(formats or ()), out, update)
        _write_editions(case, editions, read, lang, force=force, show=show)
        return
    wanted = reports_of(formats)
    names = [name for name in wanted if not is_same_file(out / name, schedule)]
    inputs = (*files_of(plan, case.plan), *(scenario or ()), *((last_year,) if last_year else ()))
    refuse_unwritable([out / name for name in names], force=force, inputs=inputs)
    held = year_before(last_year, case.problem) if last_year else None
    with locked(out):
        dated, findings = read_checked(case.problem, schedule)
        verdict = () if findings else verdict_beside(schedule)  # it was said of a plan that was kept
        tiers = () if findings else tiers_beside(schedule)
        view = replace(make_view(case, dated, verdict, findings), tiers=tiers, last_year=held)
        paths = write_reports(view, out, lang, force=force, names=names)
        for path in paths:
            put(str(path))
        opened(paths, lang, wanted=show)
        print_findings(tuple(early_findings(view.deadlines)), lang, to=sys.stderr)
        if len(names) < len(wanted):
            say(_LEFT_AS_IT_IS.fill(path=schedule), lang, to=sys.stderr)
        leave_checked(dated, findings, lang)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The editions that are wanted, in which formats (none: all), where to, and what they update."""

    kinds: Sequence[Kind]
    formats: tuple[str, ...]
    out: Path
    update: Path | None = None

    def files(self, edition: Edition, lang: Lang) -> dict[Path, bytes]:
        """Return the files of an edition."""
        drawn = edition_files(edition, lang, self._last(edition.kind))
        return {self.out / name: data for name, data in drawn.items() if name.endswith(self._endings)}

    def write(self, drawn: Mapping[Path, bytes], *, force: bool) -> Iterator[Path]:
        """Write the files of editions; yield those of people and rooms that are no more, taken away."""
        apart = {self.out / kind for kind in self.kinds if (self.out / kind).is_dir()}
        for folder in sorted({path.parent for path in drawn} | apart):
            mine = {path.name: data for path, data in drawn.items() if path.parent == folder}
            if folder != self.out:
                yield from write_in_place_of(folder, mine, self._endings, force=force)
            for name, data in mine.items() if folder == self.out else ():
                write_whole(folder / name, data, force=force)

    @property
    def _endings(self) -> tuple[str, ...]:
        """How the files of the formats end that are wanted."""
        return tuple(f".{one}" for one in self.formats) or ("",)

    def _last(self, kind: Kind) -> dict[str, Published]:
        """Return the calendars of an edition that were handed out last, by their names."""
        if self.update is None:
            return {}
        paths = [*self.update.glob(f"{kind}.ics"), *self.update.glob(f"{kind}/*.ics")]
        if not paths:
            raise PlanError([fault("nothing-to-update", _NO_LAST.fill(kind=kind), Place(str(self.update)))])
        return {path.relative_to(self.update).as_posix(): published_last(path) for path in paths}


def _write_editions(
    case: Prepared, asked: _Asked, read: Sequence[Path], lang: Lang, *, force: bool, show: bool
) -> None:
    """Write some editions of the schedule that was `read` last, all drawn before the first is written."""
    if asked.formats and not set(asked.formats) & {"html", "xlsx", "ics"}:
        raise PlanError([fault("unknown-edition", _NO_FORMAT, None)])
    with locked(asked.out):
        dated, findings = read_checked(case.problem, read[-1])
        view = make_view(case, dated, (), findings)
        editions = [make_edition(view, kind) for kind in asked.kinds]
        drawn = {path: data for made in editions for path, data in asked.files(made, lang).items()}
        refuse_unwritable(list(drawn), force=force, inputs=read)
        for gone in asked.write(drawn, force=force):
            say(_TAKEN_AWAY.fill(path=gone), lang, to=sys.stderr)
        for path in drawn:
            put(str(path))
        opened(drawn, lang, wanted=show)
        for made in editions:
            print_findings(revealed(made, view) if made.kind is Kind.PUBLIC else (), lang, to=sys.stderr)
        leave_checked(dated, findings, lang)


def _kinds(asked: Iterable[str]) -> list[Kind]:
    """Return the editions of some names in either language. Raises PlanError with the nearest one."""
    known = {**{kind.value: kind for kind in Kind}, **_NAMES}
    words = [word for text in asked for word in listed(text)]
    faults = [
        fault("unknown-edition", _NO_EDITION.fill(word=word), None, nearest(word, known))
        for word in words
        if word not in known
    ]
    if faults:
        raise PlanError(faults)
    return list(dict.fromkeys(known[word] for word in words))


_NAMES = {
    "公表用": Kind.PUBLIC,
    "職員別": Kind.STAFF,
    "部屋別": Kind.ROOM,
    "月間": Kind.MONTH,
    "週間": Kind.WEEK,
}
_NO_LAST = Text("{kind} の版のカレンダーがありません", "there are no calendars of the edition {kind}")
_NO_FORMAT = Text("版の形式は html・xlsx・ics のどれかです", "editions are html, xlsx and ics")
_NO_EDITION = Text("「{word}」という版はありません", "there is no edition {word}")
_LEFT_AS_IT_IS = Text(
    "{path} は読み込んだ予定なので、書き換えていません",
    "{path} is the schedule that was read: it stays as it is",
)
_TAKEN_AWAY = Text(
    "{path} は、もうない人・部屋のものなので除きました",
    "{path} is taken away: it was of a person or a room that is no more",
)
