"""What a scenario names, by its id, its name, or a part of it that no other has."""

from __future__ import annotations

from ksolve.errors import PlanError
from ksolve.plan import scenario as changes
from ksolve.plan.named import OF_PLAN, Called, Fields
from ksolve.plan.scenario import Scenario
from ksolve.plan.schema import Plan

_OF_SCENARIO: Fields = {
    **OF_PLAN,
    changes.CloseRoom: {"room": "room"},
    changes.Absent: {"staff": "staff"},
    changes.Present: {"of": "pool"},
    changes.Relax: {"programme": "programme"},
    changes.Capacity: {"of": "pool"},
    changes.SetSession: {"of": "session", "rooms": "room"},
    changes.Hours: {"of": "pool"},
    changes.More: {"of": "pool"},
    changes.SetAudience: {"of": "audience"},
    changes.SetFrequency: {"programme": "programme"},
    changes.Remove: {"programme": "programme"},
}


def by_ids(plan: Plan, scenario: Scenario) -> Scenario:
    """Return the scenario with ids for what it names, as far as the plan has them.

    Raises PlanError with every name that several have.
    """
    called = Called(plan, _OF_SCENARIO)
    made = called.in_ids(scenario)
    if called.faults:
        raise PlanError(called.faults)
    return made
