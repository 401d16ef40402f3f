"""The seams where heavy libraries plug in: one Protocol a need, one adapter a file, chosen by dotted path in settings.

This package is the only home of torch, sentence_transformers, transformers, llama_cpp, kuzu and tantivy; it is
loaded by name in worker processes and never imported by the web process.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from inference.types import Prompt, Token

if TYPE_CHECKING:
    import numpy


class BackendError(Exception):
    """A backend cannot do what was asked; the message is a sentence for the operator."""


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    name: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> "numpy.ndarray":
        """Float32 array of shape (len(texts), dimensions); rows have length 1."""

    def embed_query(self, text: str) -> "numpy.ndarray":
        """Float32 array of shape (dimensions,)."""


class Generator(Protocol):
    """Writes an answer from a prompt, piece by piece. Closing the iterator cancels the generation."""

    name: str
    context: int

    def stream(self, prompt: Prompt) -> Iterator[Token]: ...

    def count(self, text: str) -> int:
        """Tokens `text` would take."""


class Words(Protocol):
    """A word index with true BM25 weights over passages; a derived snapshot on this machine."""

    def replace(self, passages: Iterable[tuple[int, str, str, str]], *, removed: Iterable[int] = ()) -> None:
        """Add or replace passages given as (id, title, section, text) and drop `removed` ids, in one commit."""

    def clear(self) -> None: ...

    def search(self, query: str, *, limit: int) -> list[tuple[int, float]]:
        """(passage id, BM25 score), best first. Any text is allowed as a query, none raises."""

    def count(self) -> int: ...


class Graph(Protocol):
    """Typed edges between patterns and lighthouses; built whole from the records, then only read."""

    def build(self, nodes: Iterable[dict[str, Any]], edges: Iterable[dict[str, Any]]) -> None:
        """Nodes `{key, kind, id, slug, title}` (key `p12` or `l3`); edges `{source, target, kind, state, relation_id}`."""

    def neighbours(self, key: str, *, limit: int = 50) -> list[dict[str, Any]]:
        """Edges at `key`, both directions: `{key, kind, state, direction, relation_id, title, slug}`."""

    def paths(self, source: str, target: str, *, longest: int = 4, limit: int = 5) -> list[list[dict[str, Any]]]: ...

    def count(self) -> tuple[int, int]:
        """(nodes, edges)."""


PATHS = {"embedder": "EMBEDDER", "words": "WORDS", "graph": "GRAPH"}


@cache
def load(need: str) -> Any:
    """The configured backend for `need` (`embedder`, `words`, `graph`), made once a process."""
    return import_string(getattr(settings, PATHS[need]))()
