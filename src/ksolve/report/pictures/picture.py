"""A picture with its table, and the few shapes that pictures are drawn of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

INK, QUIET, LINE, BAR, REST = "#1c2430", "#4b5563", "#c9d1da", "#0072b2", "#e3e9ef"


@dataclass(frozen=True, slots=True)
class Picture:
    """What is shown: a title, a sentence that says how to read it, the SVG, and the rows behind it."""

    id: str
    title: str
    caption: str
    svg: Markup
    rows: Sequence[Sequence[str]]


class Drawing:
    """SVG of a fixed size in pixels, which the page scales; texts are escaped."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._shapes: list[str] = []

    def rect(self, box: tuple[float, float, float, float], fill: str, hint: str = "") -> None:
        """Draw a rectangle (left, top, width, height), with what the pointer shows."""
        x, y, width, height = box
        size = f'x="{x:.1f}" y="{y:.1f}" width="{max(0.0, width):.1f}" height="{max(0.0, height):.1f}"'
        self._shapes.append(_hinted(f"<rect {size} fill={_quoted(fill)}", "rect", hint))

    def circle(self, centre: tuple[float, float], radius: float, fill: str, hint: str = "") -> None:
        """Draw a dot."""
        x, y = centre
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill={_quoted(fill)}'
        self._shapes.append(_hinted(shape, "circle", hint))

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str = LINE) -> None:
        """Draw a line."""
        ends = f'x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"'
        self._shapes.append(f"<line {ends} stroke={_quoted(colour)}/>")

    def text(
        self,
        place: tuple[float, float],
        words: str,
        *,
        anchor: str = "start",
        colour: str = INK,
        size: float = 12,
    ) -> None:
        """Write words; the place is where their base line starts, or ends with anchor="end"."""
        where = f'x="{place[0]:.1f}" y="{place[1]:.1f}" text-anchor="{anchor}"'
        self._shapes.append(
            f'<text {where} fill={_quoted(colour)} font-size="{size:g}">{escape(words)}</text>'
        )

    def svg(self, title: str) -> Markup:
        """Return the drawing as one element that screen readers call by its title."""
        size = f'viewBox="0 0 {self.width:g} {self.height:g}" width="{self.width:g}" height="{self.height:g}"'
        head = f'<svg role="img" aria-label="{escape(title)}" {size}>'
        return Markup(head + "".join(self._shapes) + "</svg>")  # noqa: S704 - what is not ours is escaped


def _hinted(shape: str, name: str, hint: str) -> str:
    return f"{shape}><title>{escape(hint)}</title></{name}>" if hint else f"{shape}/>"


def _quoted(colour: str) -> str:
    return f'"{colour}"'
