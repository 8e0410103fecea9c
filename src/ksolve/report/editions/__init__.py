"""What of a schedule is shown to whom: for the public, each person and room, the wall, the week."""

from ksolve.report.editions.edition import EDITIONS, Edition, Kind
from ksolve.report.editions.making import make_edition
from ksolve.report.editions.writing import edition_files

__all__ = ["EDITIONS", "Edition", "Kind", "edition_files", "make_edition"]
