"""Shared by all tests: the Koganei plan, solved once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ksolve.api import Case, prepare
from ksolve.schedule import Schedule
from ksolve.solver import Answer, Options
from ksolve.verified import solve

# The same examples in every run; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile(
    "same", max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("explore", max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

ROOT = Path(__file__).parents[1]
KOGANEI = ROOT / "models" / "koganei"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def koganei() -> Case:
    return prepare(KOGANEI / "r6.yaml")


@pytest.fixture(scope="session")
def koganei_answer(koganei: Case) -> Answer:
    return solve(koganei.problem, Options(limit_s=120))


@pytest.fixture(scope="session")
def koganei_schedule(koganei_answer: Answer) -> Schedule:
    assert koganei_answer.schedule is not None
    return koganei_answer.schedule
