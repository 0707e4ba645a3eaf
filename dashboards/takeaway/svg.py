"""Marks of SVG for charts that are taken away: texts with bold parts and several lines, dashes, hatchings.

Sizes are points; every text is escaped. The simpler drawings of briefs have their own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from html import escape

FONT = "Source Sans 3, Source Sans, Libertinus Serif, sans-serif"
DASHES = {"dot": "2 3", "dash": "7 5", "dashdot": "7 4 2 4", "longdash": "11 6", "solid": ""}
LINE = 1.25
"""The height of a line of text, as a share of its size."""
Place = tuple[float, float]


def _paint(kind: str, colour: str) -> str:
    """A colour, with its transparency apart, as some programs want it."""
    found = re.fullmatch(r"rgba\((\d+),\s*(\d+),\s*(\d+),\s*([\d.]+)\)", colour)
    if not found:
        return f'{kind}="{escape(colour)}"'
    red, green, blue = (int(part) for part in found.groups()[:3])
    return f'{kind}="#{red:02X}{green:02X}{blue:02X}" {kind}-opacity="{float(found[4]):g}"'


def text(
    x: float, y: float, words: str, colour: str, size: float, anchor: str = "start", weight: int = 400
) -> str:
    """A text as charts hold them, with ``<b>`` and ``<br>``; ``y`` is the base line of its first line."""
    lines = words.split("<br>")
    body = "".join(
        f'<tspan x="{x:.1f}" dy="{size * LINE if number else 0:.1f}">{_bold(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    look = f'font-size="{size:g}" {_paint("fill", colour)} text-anchor="{anchor}"'
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}{bold}>{body}</text>'


def _bold(line: str) -> str:
    parts = re.split(r"<b>(.*?)</b>", line)
    plain = [escape(html.unescape(re.sub(r"<[^>]*>", "", part))) for part in parts]
    return "".join(f'<tspan font-weight="700">{p}</tspan>' if n % 2 else p for n, p in enumerate(plain))


def turned(x: float, y: float, words: str, colour: str, size: float) -> str:
    """A text that reads upwards, about its middle."""
    return f'<g transform="translate({x:.1f} {y:.1f}) rotate(-90)">{text(0, 0, words, colour, size, "middle")}</g>'


def polyline(points: Sequence[Place], colour: str, width: float, dash: str = "", opacity: float = 1) -> str:
    """A line through points; ``dash`` is a word of Plotly's, or lengths."""
    lengths = DASHES.get(dash, dash.replace("px", "").replace(",", " "))
    dashed = f' stroke-dasharray="{escape(lengths)}"' if lengths else ""
    faint = f' opacity="{opacity:g}"' if opacity != 1 else ""
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    look = f'fill="none" {_paint("stroke", colour)} stroke-width="{width:g}" stroke-linejoin="round"'
    return f'<polyline points="{way}" {look}{dashed}{faint}/>'


def filled(rings: Sequence[Sequence[Place]], fill: str, edge: str, width: float) -> str:
    """An area of some rings."""
    way = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring) + "Z" for ring in rings)
    line = f'{_paint("stroke", edge)} stroke-width="{width:g}"' if width else 'stroke="none"'
    return f'<path d="{way}" {_paint("fill", fill)} fill-rule="evenodd" {line}/>'


def box(
    x: float, y: float, width: float, height: float, fill: str, edge: str = "none", line: float = 0
) -> str:
    """A rectangle, with an edge where a line has a width."""
    stroke = f' {_paint("stroke", edge)} stroke-width="{line:g}"' if line else ""
    size = f'width="{max(width, 0):.1f}" height="{max(height, 0):.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} {_paint("fill", fill)}{stroke}/>'


def mark(place: Place, radius: float, symbol: str, colour: str, paper: str, opacity: float = 1) -> str | None:
    """The mark of a point; hollow where the symbol is open; None for a symbol that is not known here."""
    shape, _, hollow = symbol.partition("-open")
    fill = paper if symbol.endswith("-open") or hollow else colour
    (x, y), faint = place, f' opacity="{opacity:g}"' if opacity != 1 else ""
    look = f'{_paint("fill", fill)} {_paint("stroke", colour)} stroke-width="1.4"{faint}'
    if symbol == "line-ns":
        return f'<path d="M{x:.1f} {y - radius:.1f}V{y + radius:.1f}" {_paint("stroke", colour)} stroke-width="3"/>'
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {look}/>'
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
        "triangle-up": ((0, -1), (1, 0.8), (-1, 0.8)),
        "triangle-down": ((0, 1), (1, -0.8), (-1, -0.8)),
    }.get(shape)
    if corners is None:
        return None
    way = " ".join(f"{x + dx * radius:.1f},{y + dy * radius:.1f}" for dx, dy in corners)
    return f'<polygon points="{way}" {look}/>'


def hatching(name: str, shape: str, colour: str, paper: str) -> str:
    """The definition of a hatching: lines, dots or crosses."""
    drawn = {
        "/": '<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke-width="1"/>',
        "x": '<path d="M0 0L6 6M6 0L0 6" stroke-width="0.8"/>',
        ".": '<circle cx="3" cy="3" r="0.9"/>',
    }[shape]
    ground = f'<rect width="6" height="6" {_paint("fill", paper)}/>'
    look = f'{_paint("stroke", colour)} fill="none"'
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">{ground}'
        f"<g {look}>{drawn}</g></pattern>"
    )
