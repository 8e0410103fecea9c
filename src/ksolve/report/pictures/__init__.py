"""Pictures of a schedule, drawn from its data frames as SVG, each with the table that it shows."""

from ksolve.report.pictures.gallery import pictures
from ksolve.report.pictures.picture import Picture

__all__ = ["Picture", "pictures"]
