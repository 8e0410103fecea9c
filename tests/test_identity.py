"""A session is the same one when it is moved, renumbered, or another is put before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from ksolve.api import prepare
from ksolve.problem import Problem
from ksolve.problem.identity import identified, series_of
from ksolve.problem.schedule import Schedule, Session, numbered
from ksolve.schedules import read_schedule
from ksolve.schedules.tidy import schedule_csv

MONDAYS = [date(2024, 4, 8) + timedelta(days=7 * n) for n in range(4)]


def problem(small: Path) -> Problem:
    return prepare(small).problem


def dated(*days: date) -> Schedule:
    return numbered(Session("a", 0, day, 600, 60) for day in days)


def test_a_first_dating_counts_as_the_numbers_do(small: Path) -> None:
    uids = [session.uid for session in identified(dated(*MONDAYS[:2]), problem(small)).sessions]
    assert uids == ["a-1.2024@small", "a-2.2024@small"]
    assert [series_of(uid) for uid in (*uids, "somebody@else")] == ["a", "a", ""]


def test_a_session_keeps_its_uid_when_one_is_put_before_it(small: Path) -> None:
    second = identified(dated(MONDAYS[1]), problem(small))
    both = numbered([*dated(MONDAYS[0]).sessions, *second.sessions])
    assert [(s.number, s.uid) for s in identified(both, problem(small)).sessions] == [
        (1, "a-2.2024@small"),
        (2, "a-1.2024@small"),
    ]


def test_the_uid_of_what_is_gone_is_not_given_again(small: Path) -> None:
    before = identified(dated(*MONDAYS[:3]), problem(small))
    kept = numbered([*before.sessions[:2], replace(before.sessions[0], day=MONDAYS[3], uid="")])
    uids = [s.uid for s in identified(kept, problem(small), [s.uid for s in before.sessions]).sessions]
    assert uids == ["a-1.2024@small", "a-2.2024@small", "a-4.2024@small"]


def test_a_schedule_written_and_read_has_the_same_uids_though_a_row_is_moved_by_hand(
    small: Path, tmp_path: Path
) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(schedule_csv(dated(*MONDAYS[:3]), problem(small)))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].replace("2024-04-08", "2024-04-29").replace("a#1", "").replace(",1,", ",,", 1)
    path.write_text("\n".join([lines[0], *lines[2:], lines[1]]), encoding="utf-8")
    read = read_schedule(path, problem(small))
    assert {s.day: s.uid for s in read.sessions}[date(2024, 4, 29)] == "a-1.2024@small"
