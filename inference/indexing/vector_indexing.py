"""Builds the index of vectors beside the embedding: minutes for a large library, in which everything goes on."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Final

from django.db import connection

from inference.indexing import nearness
from inference.indexing.runs import SLICE
from inference.models import IndexGeneration

EVERY: Final = 20.0  # seconds between two looks at whether it is due, which count a large table


class VectorIndexing:
    """One build at a time, in a thread and a connection of its own."""

    def __init__(self) -> None:
        self._building: Future[bool] | None = None
        self._next = 0.0

    def begin_now_and_then(self, generation: IndexGeneration) -> None:
        """`begin` for a loop that comes by every few seconds."""
        if time.monotonic() >= self._next:
            self.begin(generation)
            self._next = time.monotonic() + EVERY

    def begin(self, generation: IndexGeneration) -> None:
        """Build the index of `generation` where that is due and none is being built."""
        if connection.in_atomic_block:
            nearness.ensure(generation)
        elif not self._is_building() and nearness.is_due(generation):
            builder = ThreadPoolExecutor(1, thread_name_prefix="nearness")
            self._building = builder.submit(nearness.ensure_and_close, generation)
            builder.shutdown(wait=False)

    def wait(self, *, meanwhile: Callable[[], None]) -> None:
        """Return when nothing is being built; `meanwhile` is called every few seconds until then."""
        while self._is_building():
            wait([self._building], timeout=SLICE)
            meanwhile()

    def _is_building(self) -> bool:
        return self._building is not None and not self._building.done()
