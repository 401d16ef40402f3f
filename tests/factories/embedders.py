"""An embedder that is there at once, for tests of a whole site in which meaning is not the question."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np


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
