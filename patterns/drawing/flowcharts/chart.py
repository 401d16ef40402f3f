"""What a flowchart says: its nodes and the arrows between them, however it was written."""

from dataclasses import dataclass
from typing import Literal

Shape = Literal["box", "round", "pill", "choice"]
Heads = Literal["forward", "both", "none"]


@dataclass(frozen=True, slots=True)
class Node:
    """One thing in the chart; `label` may hold line breaks."""

    name: str
    label: str
    shape: Shape = "box"


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one node to another, by their names; `label` says how, or nothing."""

    source: str
    target: str
    label: str = ""
    heads: Heads = "forward"
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Nodes in the order they are first named, and arrows in the order they are drawn."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]

    def sentences(self) -> tuple[str, ...]:
        """Say every arrow as `A → B: label`, and name what no arrow touches."""
        labels = {node.name: " ".join(node.label.split()) for node in self.nodes}
        signs = {"forward": "→", "both": "↔", "none": "–"}
        said = [
            f"{labels[arrow.source]} {signs[arrow.heads]} {labels[arrow.target]}"
            + (f": {' '.join(arrow.label.split())}" if arrow.label else "")
            for arrow in self.arrows
        ]
        touched = {name for arrow in self.arrows for name in (arrow.source, arrow.target)}
        return (*said, *(labels[node.name] for node in self.nodes if node.name not in touched))
