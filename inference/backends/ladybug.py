"""The graph in Ladybug, the maintained continuation of Kuzu; an optional package with files of its own."""

from inference.backends.cypher import CypherGraph


class Graph(CypherGraph):
    """See `inference.graphs.Graph`."""

    engine = "ladybug"
    wanted = "ladybug==0.22.0"
