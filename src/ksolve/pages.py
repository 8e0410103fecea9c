"""Templates of pages: one way for all to escape what plans say, and one head for those of a table or two."""

from __future__ import annotations

from functools import cache

from jinja2 import DictLoader, Environment, StrictUndefined, Template

_BASE = """<!doctype html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<style>
  body { font: 14px/1.5 "Yu Gothic", "Hiragino Sans", "Noto Sans CJK JP", sans-serif; }
  body { margin: 1rem; color: #1a1a1a; }
  h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; margin-top: 1.5rem; } .scroll { overflow-x: auto; }
  table { border-collapse: collapse; } thead th { background: #dfe7ef; }
  th, td { border: 1px solid #9aa5b1; padding: .2rem .5rem; vertical-align: top; text-align: left; }
  @media print { thead { display: table-header-group; } tr { break-inside: avoid; } }
  @media print { .scroll { overflow: visible; } }
{% block style %}{% endblock %}
</style>
</head>
<body>
{% block body %}{% endblock %}
</body>
</html>
"""


@cache
def page_template(text: str) -> Template:
    """Return the template of a page; whatever is put into it is escaped, and what is missing is an error.

    One that extends "base" fills its blocks `style` and `body`, and is given `lang` and `title`.
    """
    return _environment().from_string(text)


@cache
def _environment() -> Environment:
    return Environment(
        loader=DictLoader({"base": _BASE}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
