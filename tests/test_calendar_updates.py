"""Calendars that people subscribe to: an update moves events, cancels what is gone, and doubles nothing.

khal is a calendar client that takes events by their UID, as those of telephones do.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from running import ksolve

CONFIG = """\
[calendars]
[[centre]]
path = {folder}/events
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Asia/Tokyo
default_timezone = Asia/Tokyo
[sqlite]
path = {folder}/khal.db
"""


class Client:
    """A calendar client with one calendar."""

    def __init__(self, folder: Path) -> None:
        (folder / "events").mkdir(parents=True)
        self.config = folder / "khal.conf"
        self.config.write_text(CONFIG.format(folder=folder), encoding="utf-8")

    def _run(self, *arguments: object) -> str:
        command = [sys.executable, "-m", "khal", "-c", str(self.config), *map(str, arguments)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout

    def take(self, path: Path) -> None:
        """Import a file."""
        self._run("import", "--batch", "-a", "centre", path)

    def events(self) -> dict[str, str]:
        """Each event's date, start and status by its UID; fails where one stands twice."""
        shown = self._run(
            "list", "2024-04-01", "370d", "--day-format", "", "--format", "{uid} {start} {status}"
        )
        lines = [line.split(" ", 1) for line in shown.splitlines() if line.strip()]
        assert len({uid for uid, _ in lines}) == len(lines)
        return {uid: rest.strip() for uid, rest in lines}


@pytest.fixture
def printed(small: Path, tmp_path: Path) -> Path:
    """The folder of a schedule of the small plan."""
    assert ksolve("solve", small, "-o", tmp_path / "printed").returncode == 0
    return tmp_path / "printed"


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def _versions(path: Path) -> dict[str, int]:
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return {str(event["uid"]): int(str(event["sequence"])) for event in events if isinstance(event, Event)}


def _revised(small: Path, printed: Path, out: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Move the first session and drop the third; return the rows of both."""
    first, _, third, *_ = _rows(printed / "schedule.csv")
    day = "4/10" if first["date"] != "2024-04-10" else "4/17"
    wishes = ["--move", f"健診#1={day}", "--drop", "健診#3"]
    done = ksolve("revise", small, printed / "schedule.csv", *wishes, "-o", out)
    assert done.returncode == 0, done.stderr
    return first, third


def test_an_update_moves_and_cancels_and_taking_it_twice_doubles_nothing(
    small: Path, printed: Path, tmp_path: Path
) -> None:
    out, client = tmp_path / "out", Client(tmp_path / "client")
    first, third = _revised(small, printed, out)
    client.take(printed / "schedule.ics")
    before = client.events()
    assert len(before) == len(_rows(printed / "schedule.csv"))
    for _ in range(2):
        client.take(out / "schedule.ics")
        after = client.events()
        assert before.keys() == after.keys()
        rows = {row["uid"]: row for row in _rows(out / "schedule.csv")}
        for uid, shown in after.items():
            row = rows.get(uid.removesuffix(".ksolve"))
            if row is None:
                assert uid == f"{third['uid']}.ksolve"
                assert shown.endswith("CANCELLED")
            else:
                assert shown == f"{row['date']} {row['start']:0>5}"
    assert not client.events()[f"{first['uid']}.ksolve"].startswith(first["date"])


def test_the_changes_alone_bring_a_calendar_to_the_same_state(
    small: Path, printed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    _revised(small, printed, out)
    whole, alone = Client(tmp_path / "whole"), Client(tmp_path / "alone")
    for client, update in ((whole, "schedule.ics"), (alone, "changes.ics")):
        client.take(printed / "schedule.ics")
        client.take(out / update)
    assert whole.events() == alone.events()


def test_versions_rise_only_where_something_differs(small: Path, printed: Path, tmp_path: Path) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    first, third = _revised(small, printed, out)
    assert set(_versions(printed / "schedule.ics").values()) == {0}
    versions = _versions(out / "schedule.ics")
    changed = {uid for uid, version in versions.items() if version == 1}
    assert {f"{first['uid']}.ksolve", f"{third['uid']}.ksolve"} <= changed
    assert _versions(out / "changes.ics").keys() == changed
    done = ksolve("revise", small, out / "schedule.csv", "-o", again, "--drop", "健診#1")
    assert done.returncode == 0, done.stderr
    assert _versions(again / "schedule.ics")[f"{third['uid']}.ksolve"] == 1  # cancelled, and said once


def test_a_revision_that_changes_nothing_leaves_the_calendar_as_it_was(
    small: Path, printed: Path, tmp_path: Path
) -> None:
    done = ksolve("revise", small, printed / "schedule.csv", "-o", tmp_path / "same")
    assert done.returncode == 0, done.stderr
    for name in ("schedule.ics", "schedule.csv"):
        assert (tmp_path / "same" / name).read_bytes() == (printed / name).read_bytes()
