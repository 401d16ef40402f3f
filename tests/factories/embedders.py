"""Embedders that are there at once, for tests in which meaning is not the question; some that fail on purpose; and the
real one with a memory.
"""

import atexit
import hashlib
import os
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.text import slugify


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

    def __init__(self, model: str | None = None) -> None:
        self._real = import_string("inference.backends.sentence_transformer.Embedder")(model)
        self.name = self._real.name
        self._path = Path(os.environ["CLM_HOME"]) / f"vectors of {slugify(self.name)}.npz"
        self._known = _remembered(self._path)
        self.ready = False

    @property
    def dimensions(self) -> int:
        return self._real.dimensions

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if _print(text) not in self._known]
        if new or not texts:
            found = np.asarray(self._real.embed(new), dtype=np.float32)
            self._known |= {_print(text): vector for text, vector in zip(new, found, strict=True)}
        self.ready = True
        return np.stack([self._known[_print(text)] for text in texts]) if texts else found

    def embed_query(self, text: str) -> np.ndarray:
        return self.embed([text])[0]


@cache
def _remembered(path: Path) -> dict[str, np.ndarray]:
    """What earlier runs embedded; what this one adds is written when it ends."""
    kept = dict(zip(*np.load(path).values(), strict=True)) if path.exists() else {}
    known = {str(text): vector for text, vector in kept.items()}
    atexit.register(_keep, path, known, len(known))
    return known


def _keep(path: Path, known: dict[str, np.ndarray], before: int) -> None:
    """Write the memory, all or nothing."""
    if len(known) > before:
        whole = path.with_suffix(f".{os.getpid()}.npz")
        np.savez(whole, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
        whole.replace(path)


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
