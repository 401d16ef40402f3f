"""A flowchart as SVG: boxes, arrows and words carry classes, and the site's sheet gives them colour."""

from html import escape
from itertools import pairwise

from patterns.drawing.flowcharts.layout import Layout, Route
from patterns.drawing.flowcharts.places import SIZE, SMALL, Place
from patterns.drawing.lettering import LINE

_HEAD = 8.0


def svg(layout: Layout, *, label: str) -> str:
    """Return the picture; `label` (escaped) names it for those who do not see it. Its words are escaped here."""
    parts = [
        *(_route(route) for route in layout.routes),
        *(_box(place) for place in layout.boxes),
        *(_said(place) for place in layout.labels),
    ]
    return (
        f'<svg class="flowchart" role="img" aria-label="{label}" width="{layout.width}" height="{layout.height}"'
        f' viewBox="0 0 {layout.width} {layout.height}" focusable="false">{"".join(parts)}</svg>'
    )


def _box(place: Place) -> str:
    left, top = place.x - place.width / 2, place.y - place.height / 2
    shape = place.node.shape if place.node else "box"
    if shape == "choice":
        right, bottom, nick = left + place.width, top + place.height, 11
        corners = (
            *((left + nick, top), (right - nick, top), (right, place.y)),
            *((right - nick, bottom), (left + nick, bottom), (left, place.y)),
        )
        outline = f'<polygon class="box" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in corners)}"/>'
    else:
        round_ = {"box": 2.0, "round": 9.0, "pill": place.height / 2}[shape]
        outline = (
            f'<rect class="box" x="{left:.1f}" y="{top:.1f}" width="{place.width:.1f}" height="{place.height:.1f}"'
            f' rx="{round_:.1f}"/>'
        )
    return outline + _words(place, SIZE, "name")


def _said(place: Place) -> str:
    """The words on an arrow, which passes behind them."""
    ground = (
        f'<rect class="ground" x="{place.x - place.width / 2:.1f}" y="{place.y - place.height / 2:.1f}"'
        f' width="{place.width:.1f}" height="{place.height:.1f}"/>'
    )
    return ground + _words(place, SMALL, "said")


def _words(place: Place, size: float, kind: str) -> str:
    pitch = size * LINE
    top = place.y - pitch * (len(place.lines) - 1) / 2 + size * 0.35
    lines = "".join(
        f'<tspan x="{place.x:.1f}" y="{top + pitch * index:.1f}">{escape(line)}</tspan>'
        for index, line in enumerate(place.lines)
    )
    return f'<text class="{kind}" font-size="{size}" text-anchor="middle">{lines}</text>'


def _route(route: Route) -> str:
    points = list(route.points)
    heads = ""
    if route.arrow.heads in {"forward", "both"}:
        heads += _head(points[-1], points[-2])
        points[-1] = _short(points[-1], points[-2])
    if route.arrow.heads == "both":
        heads += _head(points[0], points[1])
        points[0] = _short(points[0], points[1])
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (y + to_y) / 2
        path += f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}"
    dotted = " dotted" if route.arrow.dotted else ""
    return f'<path class="arrow{dotted}" d="{path}"/>{heads}'


def _head(tip: tuple[float, float], before: tuple[float, float]) -> str:
    """Arrows arrive upright, so the head points straight up or down."""
    back = -_HEAD if tip[1] > before[1] else _HEAD
    x, y = tip
    return f'<polygon class="head" points="{x:.1f},{y:.1f} {x - 4:.1f},{y + back:.1f} {x + 4:.1f},{y + back:.1f}"/>'


def _short(tip: tuple[float, float], before: tuple[float, float]) -> tuple[float, float]:
    return tip[0], tip[1] + (-_HEAD + 1 if tip[1] > before[1] else _HEAD - 1)
