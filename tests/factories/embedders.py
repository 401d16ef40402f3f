"""Embedders for tests: one that is there at once where meaning is not the question, and the real one with a memory."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from django.utils.module_loading import import_string


class SharedWords:
    """Texts are as close as the words they share, each word hashed to one of the dimensions."""

    name = "shared-words"
    dimensions = 384

    def __init__(self) -> None:
        self.ready = False

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.ready = True
        vectors = np.full((len(texts), self.dimensions), 1e-3, dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for word in text.lower().split():
                vector[crc32(word.encode()) % self.dimensions] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed([text])[0]


class Remembering:
    """The real embedder with a memory on disk, so that what this machine has embedded once it does not embed again."""

    def __init__(self) -> None:
        self._real = import_string("inference.backends.sentence_transformer.Embedder")()
        self.name, self.dimensions, self.ready = self._real.name, self._real.dimensions, True
        self._path = Path(os.environ["CLM_HOME"]) / f"vectors of {self.name}.npz"
        self._known: dict[str, np.ndarray] = {}
        if self._path.exists():
            kept = np.load(self._path)
            self._known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if _print(text) not in self._known]
        if new:
            found = np.asarray(self._real.embed(new), dtype=np.float32)
            self._known |= {_print(text): vector for text, vector in zip(new, found, strict=True)}
            self._keep()
        return np.stack([self._known[_print(text)] for text in texts])

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed([text])[0]

    def _keep(self) -> None:
        """Write the memory, all or nothing, for the next run."""
        whole = self._path.with_suffix(f".{os.getpid()}.npz")
        np.savez(whole, texts=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        whole.replace(self._path)


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
