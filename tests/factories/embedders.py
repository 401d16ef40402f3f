"""Embedders that are there at once, for tests in which meaning is not the question; some that fail on purpose; and the
real one with a memory.
"""

import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from django.conf import settings
from django.utils.module_loading import import_string


class SharedWords:
    """Texts are as close as the words they share, each word hashed to one of the dimensions.

    Another model, named by EMBEDDING_MODEL or by hand, hashes them otherwise: vectors of two models do not compare.
    """

    dimensions = 384

    def __init__(self, model: str | None = None) -> None:
        self.name = (settings.EMBEDDING_MODEL if model is None else model) or "shared-words"
        self.ready = False

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.ready = True
        vectors = np.full((len(texts), self.dimensions), 1e-3, dtype=np.float32)
        salt = crc32(self.name.encode())
        for vector, text in zip(vectors, texts, strict=True):
            for word in text.lower().split():
                vector[crc32(word.strip(".,:;?!").encode(), salt) % self.dimensions] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed([text])[0]


class Slow(SharedWords):
    """Takes a hundredth of a second a text, and notes in CLM_HOME every text it was given: its hash, one a line."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        vectors = super().embed(texts)
        time.sleep(0.01 * len(texts))
        with (Path(settings.CLM_HOME) / "embedded").open("a") as record:
            record.writelines(hashlib.sha256(text.encode()).hexdigest() + "\n" for text in texts)
        return vectors


class Squeamish(SharedWords):
    """Fails on every text that says *poison*, and on whatever stands in a batch with it; *nan* gives it no numbers."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        if any("poison" in text for text in texts):
            raise ValueError("a text of this batch is poison")
        vectors = super().embed(texts)
        vectors[[number for number, text in enumerate(texts) if "nan" in text.split()]] = np.nan
        return vectors


class Meaningless(SharedWords):
    """Where it is called *meaningless* it gives every text the same vector: nothing is found by it."""

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        if self.name != "meaningless":
            return super().embed(texts)
        return np.full((len(texts), self.dimensions), self.dimensions**-0.5, dtype=np.float32)


class Broken(SharedWords):
    """Embeds nothing at all."""

    def embed(self, _texts: Sequence[str]) -> np.ndarray:
        raise RuntimeError("the model is gone")


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
