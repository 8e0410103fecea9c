"""A schedule in the layout of the published table, as Excel and as text, which `ksolve read` reads back."""

from ksolve.report.printed.book import published_xlsx
from ksolve.report.printed.text import published_tsv

__all__ = ["published_tsv", "published_xlsx"]
