"""Shared by all tests: the Koganei plan, solved once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from browsing import started
from ksolve.api import Prepared, prepare
from ksolve.problem.schedule import Schedule
from ksolve.schedules.tidy import schedule_csv
from ksolve.solver import Answer, Options
from ksolve.verified import solve

# The same examples in every run; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile(
    "same", max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("explore", max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

os.environ["KSOLVE_LANG"] = "ja"  # whatever the locale of who runs the tests
ROOT = Path(__file__).parents[1]
KOGANEI = ROOT / "models" / "koganei"
SHARED = ROOT.parent / "shared"
SMALL = """\
schema: "1"
id: small
title: 小さな計画
year: 令和6年度
resources:
  calendar: {open: {月-金: 9:00-17:00}}
  rooms: [{id: room, name: 部屋}]
  staff: [{id: doctor, name: 医師, count: 1, weekly: {水: 9:00-12:00}}]
  sessions: [{id: hour, minutes: 60, starts: ["10:00"], rooms: room, staff: {doctor: 1}}]
programmes:
  - {id: a, name: 健診, frequency: 月1回, session: hour}
"""


@pytest.fixture(scope="session", autouse=True)
def _interruptible() -> None:
    """Commands started by tests hear Ctrl-C, even where the tests run in the background of a shell."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def koganei() -> Prepared:
    return prepare(KOGANEI / "r6.yaml")


@pytest.fixture(scope="session")
def koganei_answer(koganei: Prepared) -> Answer:
    return solve(koganei.problem, Options(limit_s=120))


@pytest.fixture(scope="session")
def koganei_schedule(koganei_answer: Answer) -> Schedule:
    assert koganei_answer.schedule is not None
    return koganei_answer.schedule


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A plan of one programme, in a file."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def dated(koganei: Prepared, koganei_schedule: Schedule, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The schedule of the Koganei plan, in a file."""
    path = tmp_path_factory.mktemp("dated") / "schedule.csv"
    path.write_bytes(schedule_csv(koganei_schedule, koganei.problem))
    return path
