"""Templates of pages: one way for all to escape what plans say, and to refuse a name that is not given."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, StrictUndefined, Template


@cache
def page_template(text: str) -> Template:
    """Return the template of a page; whatever is put into it is escaped, and what is missing is an error."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(text)
