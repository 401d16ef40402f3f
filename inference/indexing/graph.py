"""Builds this machine's graph snapshot from the records, when the library changed since the last one."""

import logging

from inference.backends import Graph, load
from patterns.models import LibraryChange

log = logging.getLogger(__name__)


def build_graph(*, always: bool = False) -> str:
    """Build the graph if the library changed since; returns what was built in words, empty for nothing to do."""
    graph: Graph = load("graph")
    newest = LibraryChange.objects.order_by("-transaction", "-id").values_list("transaction", "id").first()
    # The count catches a change that committed late under an older id.
    mark = f"{newest[0]}:{newest[1]}:{LibraryChange.objects.count()}" if newest else "empty"
    if graph.mark() == mark and not always:
        return ""
    nodes, edges = load("records").everything()
    graph.build(nodes, edges, mark=mark)
    return f"{len(nodes)} nodes, {len(edges)} edges"
