"""Simple flowcharts as Mermaid writes them: read, laid out, and drawn as SVG, all pure and in bounded work."""

from patterns.drawing.flowcharts.chart import Arrow, Chart, Node
from patterns.drawing.flowcharts.layout import laid_out
from patterns.drawing.flowcharts.reading import read
from patterns.drawing.flowcharts.svg import svg

__all__ = ["Arrow", "Chart", "Node", "laid_out", "read", "svg"]
