"""Keeps passages, vectors, the word index and the graph in step with the library; all of it can be made anew."""

from inference.indexing.graph import build_graph
from inference.indexing.reports import IndexReport
from inference.indexing.state import IndexState, index_state
from inference.indexing.sync import follow, prune, rebuild, roll_back, take_refused

__all__ = [
    "IndexReport",
    "IndexState",
    "build_graph",
    "follow",
    "index_state",
    "prune",
    "rebuild",
    "roll_back",
    "take_refused",
]
