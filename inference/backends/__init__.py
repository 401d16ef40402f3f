"""The seams where heavy libraries plug in: one Protocol a need, one adapter a file, chosen by dotted path in settings.

This package is the only home of torch, sentence_transformers, transformers, llama_cpp, kuzu, ladybug and tantivy;
it is loaded by name in worker processes and never imported by the web process.
"""

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from inference.graphs import Edge, Graph, Node
from inference.types import Prompt, Token

if TYPE_CHECKING:
    import numpy as np

__all__ = [
    "BackendError", "Edge", "Embedder", "Generator", "Graph", "Node", "Words", "WordsPassage", "forget", "load",
]  # fmt: skip


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


def embedder(model: str) -> Embedder:
    """The embedder called `model`: the configured one, or another of its kind, for an index that was made with it.

    Raises BackendError where the configured kind cannot be made by that name; whether the model loads shows at its
    first text.
    """
    configured = load("embedder")
    if configured.name == model:
        return configured
    key = f"embedder {model}"
    with _loading:
        if key not in _loaded:
            try:
                other = import_string(settings.EMBEDDER)(model)
            except TypeError as problem:
                raise BackendError(f"{settings.EMBEDDER} embeds by no other model, so not by {model}.") from problem
            if other.name != model:
                raise BackendError(f"{settings.EMBEDDER} was asked for {model} and gave {other.name}.")
            _loaded[key] = other
        return _loaded[key]


def forget(*needs: str) -> None:
    """Let the next `load` make these backends anew, by the settings of then."""
    with _loading:
        for key in [key for key in _loaded if key.split()[0] in needs]:
            del _loaded[key]
