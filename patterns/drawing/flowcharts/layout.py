"""Where the boxes and arrows of a flowchart stand: layers from top to bottom, crossings reduced, nothing overlapping.

The layered method of Sugiyama, Tagawa and Toda (1981). The label of an arrow takes a place of its own in a layer
between those of its ends, so that no label lies on a box or on another label. Charts are drawn from top to bottom
whatever their source asks for: a column of text has more height than width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from patterns.drawing.flowcharts.chart import Arrow, Chart
from patterns.drawing.flowcharts.places import Place, box, label
from patterns.drawing.flowcharts.ranking import layers, turned_back

MOST_NODES: Final = 40
MOST_ARROWS: Final = 80
MOST_PLACES: Final = 700  # nodes, labels and bends together: what a page is willing to work for
WIDEST: Final = 760  # a column of text and a little sideways; wider, its words say more than its picture
_GAP, _ROW, _MARGIN = 22, 26, 6
_SWEEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Route:
    """An arrow as the points it passes, from its source to its target."""

    points: tuple[tuple[float, float], ...]
    arrow: Arrow


@dataclass(frozen=True, slots=True)
class Layout:
    """A chart with everything in its place."""

    width: int
    height: int
    boxes: tuple[Place, ...]
    labels: tuple[Place, ...]
    routes: tuple[Route, ...]


def laid_out(chart: Chart) -> Layout | None:
    """Return where everything in `chart` stands; None for a chart too large or too wide to be a good picture."""
    if not chart.arrows or len(chart.nodes) > MOST_NODES or len(chart.arrows) > MOST_ARROWS:
        return None
    plan = _Plan(chart)
    if len(plan.places) > MOST_PLACES:
        return None
    plan.order()
    plan.set_across()
    plan.set_down()
    layout = plan.layout()
    return layout if layout.width <= WIDEST else None


class _Plan:
    """The layers of one chart while they are worked out. Layers are lists of indexes into `places`."""

    def __init__(self, chart: Chart) -> None:
        names = [node.name for node in chart.nodes]
        edges = [(names.index(arrow.source), names.index(arrow.target)) for arrow in chart.arrows]
        step = 2 if any(arrow.label for arrow in chart.arrows) else 1
        turned = turned_back(edges, count=len(names))
        ranks = layers(edges, turned=turned, count=len(names))
        crowd = max(ranks.count(rank) for rank in set(ranks))
        self.places = [box(node, width=132 if crowd <= 3 else 104) for node in chart.nodes]
        self.layers: list[list[int]] = [[] for _ in range(step * max(ranks) + 1)]
        for index, rank in enumerate(ranks):
            self.layers[step * rank].append(index)
        self.chains: list[tuple[list[int], Arrow, bool]] = []
        for (a, b), arrow, back in zip(edges, chart.arrows, turned, strict=True):
            if a != b:
                first, last = (b, a) if back else (a, b)
                chain = self._chain(first, last, step * ranks[first], step * ranks[last], arrow)
                self.chains.append((chain, arrow, back))

    def _chain(self, first: int, last: int, top: int, bottom: int, arrow: Arrow) -> list[int]:
        """Add a place in every layer that the arrow passes, its label in the middle one, and join them."""
        chain = [first]
        middle = (top + bottom) // 2 if (bottom - top) <= 2 else top + 1
        for layer in range(top + 1, bottom):
            place = label(arrow.label) if arrow.label and layer == middle else Place(width=8)
            self.places.append(place)
            self.layers[layer].append(len(self.places) - 1)
            chain.append(len(self.places) - 1)
        chain.append(last)
        for upper, lower in pairwise(chain):
            self.places[upper].below.append(lower)
            self.places[lower].above.append(upper)
        return chain

    def order(self) -> None:
        """Order layers by the mean position of neighbours, down and up, and keep the order that crosses least."""
        best, fewest = [list(layer) for layer in self.layers], self._crossings()
        for sweep in range(_SWEEPS):
            down = sweep % 2 == 0
            swept = self.layers[1:] if down else self.layers[-2::-1]
            at = {one: place for layer in self.layers for place, one in enumerate(layer)}
            for layer in swept:
                weight = {}
                for one in layer:
                    near = self.places[one].above if down else self.places[one].below
                    weight[one] = sum(at[other] for other in near) / len(near) if near else at[one]
                layer.sort(key=weight.__getitem__)
                at.update((one, place) for place, one in enumerate(layer))
            crossings = self._crossings()
            if crossings < fewest:
                best, fewest = [list(layer) for layer in self.layers], crossings
        self.layers = best

    def _crossings(self) -> int:
        at = {one: place for layer in self.layers for place, one in enumerate(layer)}
        count = 0
        for layer in self.layers:
            ends = [at[other] for one in layer for other in sorted(self.places[one].below, key=at.__getitem__)]
            count += sum(a > b for i, a in enumerate(ends) for b in ends[i + 1 :])
        return count

    def set_across(self) -> None:
        """Set every `x`: side by side first, then drawn towards the neighbours, layer by layer, never overlapping."""
        for layer in self.layers:
            self._spread(layer, [0.0] * len(layer))
        for sweep in range(2 * _SWEEPS):
            down = sweep % 2 == 0
            for layer in self.layers if down else reversed(self.layers):
                wanted = []
                for one in layer:
                    place = self.places[one]
                    near = (place.above if down else place.below) or place.above or place.below
                    wanted.append(sum(self.places[other].x for other in near) / len(near) if near else place.x)
                self._spread(layer, wanted)
        left = min(place.x - place.width / 2 for place in self.places)
        for place in self.places:
            place.x += _MARGIN - left

    def _spread(self, layer: Sequence[int], wanted: Sequence[float]) -> None:
        """Place `layer` as near to `wanted` as its order and widths allow: least squares by pooling neighbours."""
        pools: list[tuple[float, int]] = []  # (sum of wanted positions less offsets, how many) moved as one
        offsets, offset = [], 0.0
        for place, one in enumerate(layer):
            if place:
                before = self.places[layer[place - 1]]
                offset += (before.width + self.places[one].width) / 2 + _GAP
            offsets.append(offset)
            pools.append((wanted[place] - offset, 1))
            while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
                (upper, many), (lower, few) = pools[-2:]
                pools[-2:] = [(upper + lower, many + few)]
        position = 0
        for total, count in pools:
            for _ in range(count):
                self.places[layer[position]].x = total / count + offsets[position]
                position += 1

    def set_down(self) -> None:
        """Set every `y`: each layer as high as the highest in it."""
        top = float(_MARGIN)
        for layer in self.layers:
            height = max((self.places[one].height for one in layer), default=0)
            for one in layer:
                self.places[one].y = top + height / 2
            top += height + _ROW

    def layout(self) -> Layout:
        right = max(place.x + place.width / 2 for place in self.places)
        bottom = max(place.y + place.height / 2 for place in self.places)
        boxes = tuple(place for place in self.places if place.node)
        labels = tuple(place for place in self.places if place.lines and not place.node)
        routes = tuple(self._route(*chain) for chain in self.chains)
        return Layout(round(right) + _MARGIN, round(bottom) + _MARGIN, boxes, labels, routes)

    def _route(self, chain: list[int], arrow: Arrow, back: bool) -> Route:
        """Leave and reach boxes at places of their own, in the order of what they lead to."""
        ends = self._port(chain[0], chain[1], below=True), self._port(chain[-1], chain[-2], below=False)
        points = [ends[0]]
        for one in chain[1:-1]:
            place = self.places[one]
            half = place.height / 2
            points += [(place.x, place.y - half), (place.x, place.y + half)] if half else [(place.x, place.y)]
        points.append(ends[1])
        return Route(tuple(reversed(points)) if back else tuple(points), arrow)

    def _port(self, one: int, other: int, *, below: bool) -> tuple[float, float]:
        place = self.places[one]
        near = sorted(place.below if below else place.above, key=lambda index: self.places[index].x)
        room = place.width * 0.6
        step = room / len(near)
        x = place.x - room / 2 + step * (near.index(other) + 0.5)
        return x, place.y + place.height / 2 * (1 if below else -1)
