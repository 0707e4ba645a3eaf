"""Vector drawings from simple marks: text, lines, bars. What a chart shows does not belong here.

Drawn by hand because a chart then costs a millisecond; sizes are points, and every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Literal

FONT = "Libertinus Serif, serif"
Anchor = Literal["start", "middle", "end"]


def text(
    x: float, y: float, said: str, colour: str, size: float = 8, anchor: Anchor = "start", weight: int = 400
) -> str:
    """A text on one line; ``y`` is its base line."""
    style = f'font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"'
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}{bold}>{escape(said)}</text>'


def line(
    points: Iterable[tuple[float, float]], colour: str, width: float, dash: str = "", opacity: float = 1
) -> str:
    """A line through points."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    faint = f' stroke-opacity="{opacity:g}"' if opacity != 1 else ""
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}{faint}/>'


def area(points: Iterable[tuple[float, float]], colour: str, opacity: float) -> str:
    """A filled outline."""
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{way}" fill="{colour}" fill-opacity="{opacity:g}"/>'


def bar(x: float, y: float, width: float, height: float, colour: str, hollow: bool = False) -> str:
    """A bar; a hollow one is an outline."""
    look = f'fill="none" stroke="{colour}" stroke-width="0.8"' if hollow else f'fill="{colour}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.3):.1f}" height="{height:.1f}" {look}/>'


def dot(x: float, y: float, radius: float, colour: str, hollow: bool = False, square: bool = False) -> str:
    """A mark of a line."""
    look = f'fill="{"#FFFFFF" if hollow else colour}" stroke="{colour}" stroke-width="1"'
    if square:
        side = 2 * radius
        return (
            f'<rect x="{x - radius:.1f}" y="{y - radius:.1f}" width="{side:.1f}" height="{side:.1f}" {look}/>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {look}/>'


def drawing(width: float, height: float, marks: Iterable[str]) -> str:
    """A whole drawing of a size in points."""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    body = "".join(marks)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}">{body}</svg>'


def wide(said: str, size: float) -> float:
    """About how wide a text is: enough to keep marks apart."""
    return len(said) * size * 0.5
