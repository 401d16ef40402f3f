"""The graph in Kuzu, which the site runs on unless it is told otherwise."""

from inference.backends.cypher import CypherGraph


class Graph(CypherGraph):
    """See `inference.graphs.Graph`."""

    engine = "kuzu"
    wanted = "kuzu==0.11.3"
