"""Plans: the YAML that a planner owns."""

from ksolve.plan.centre import Resources
from ksolve.plan.loading import Loaded, files_of, load, load_leniently
from ksolve.plan.schema import Component, Plan, Programme

__all__ = ["Component", "Loaded", "Plan", "Programme", "Resources", "files_of", "load", "load_leniently"]
