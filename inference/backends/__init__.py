"""The seams where heavy libraries plug in: one Protocol a need, one adapter a file, chosen by dotted path in settings.

This package is the only home of torch, sentence_transformers, transformers, llama_cpp, kuzu and tantivy; it is
loaded by name in worker processes and never imported by the web process.
"""

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from inference.types import Prompt, Token

if TYPE_CHECKING:
    import numpy as np


class BackendError(Exception):
    """A backend cannot do what was asked; the message is a sentence for the operator."""


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    name: str
    dimensions: int
    ready: bool
    """Whether the model is in this process's memory; reading it loads nothing."""

    def embed(self, texts: Sequence[str]) -> "np.ndarray":
        """Float32 array of shape (len(texts), dimensions); rows have length 1."""

    def embed_query(self, text: str) -> "np.ndarray":
        """Float32 array of shape (dimensions,)."""


class Generator(Protocol):
    """Writes an answer from a prompt, piece by piece. Closing the iterator cancels the generation."""

    name: str
    context: int

    def stream(self, prompt: Prompt) -> Iterator[Token]: ...

    def count(self, text: str) -> int:
        """Tokens `text` would take."""


@dataclass(frozen=True, slots=True)
class WordsPassage:
    """A passage as a word index reads it."""

    id: int
    title: str
    section: str
    text: str


class Words(Protocol):
    """A word index with true BM25 weights over passages; a derived snapshot on this machine."""

    def replace(self, things: Mapping[str, Sequence[WordsPassage]], *, mark: str, whole: bool = False) -> None:
        """Give each thing (`p12`, `l3`) exactly these passages, none to drop it, and remember `mark`, in one commit.

        `whole`: things not named are dropped too.
        """

    def mark(self) -> str:
        """What the last write was marked with; empty for a new or lost snapshot."""

    def clear(self) -> None: ...

    def search(
        self, query: str, *, limit: int, only: Collection[str] | None = None, without: Collection[str] = ()
    ) -> list[tuple[int, float]]:
        """(passage id, BM25 score), best first. Any text is allowed as a query, none raises.

        `only`: nothing but passages of these things (`p12`, `l3`); `without`: none of these. Scores stay the same.
        """

    def count(self) -> int:
        """Passages held."""


@dataclass(frozen=True, slots=True)
class Node:
    """A pattern or lighthouse: `key` is `p12` or `l3`, with the record's id."""

    key: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Edge:
    """`source —kind→ target`; `state` is a relation's, or `declared` for what a lighthouse says of itself.

    `relation_id` is the Relation's id, or the Adoption's where the kind is `uses`.
    """

    source: str
    target: str
    kind: str
    state: str
    relation_id: int


class Graph(Protocol):
    """Typed edges between patterns and lighthouses; built whole from the records, then only read.

    Reading raises `BackendError` where nothing was built or the engine fails; pages then go without.
    """

    def build(self, nodes: Iterable[Node], edges: Iterable[Edge], *, mark: str) -> None:
        """Replace the graph by this one, all or nothing, and remember `mark`."""

    def mark(self) -> str:
        """What the last build was marked with; empty when nothing was built."""

    def neighbours(self, key: str, *, limit: int = 50) -> list[Edge]:
        """Edges at `key`, in both directions, approved and declared ones first."""

    def paths(self, source: str, target: str, *, longest: int = 4, limit: int = 5) -> list[tuple[Edge, ...]]:
        """Ways between two nodes over approved and declared edges, whatever their direction, shortest first."""

    def count(self) -> tuple[int, int]:
        """(nodes, edges)."""


PATHS = {"embedder": "EMBEDDER", "words": "WORDS", "graph": "GRAPH"}
RECORDS = "inference.backends.postgres_graph.Graph"
_loaded: dict[str, Any] = {}
_loading = threading.Lock()


def load(need: str) -> Any:
    """The configured backend for `need` (`embedder`, `words`, `graph`), made once a process.

    `records` is the graph as the records hold it now, which needs no snapshot.
    """
    with _loading:
        if need not in _loaded:
            path = RECORDS if need == "records" else getattr(settings, PATHS[need])
            _loaded[need] = import_string(path)()
        return _loaded[need]


def forget(*needs: str) -> None:
    """Let the next `load` make these backends anew, by the settings of then."""
    with _loading:
        for need in needs:
            _loaded.pop(need, None)
