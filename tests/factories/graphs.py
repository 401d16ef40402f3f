"""Graph backends for tests; one lives in a process of its own, since two engines of one family do not go together."""

import contextlib
import multiprocessing
from collections.abc import Iterator
from multiprocessing.managers import BaseManager
from pathlib import Path
from typing import Any

from django.utils.module_loading import import_string

ENGINES = {"kuzu": "inference.backends.kuzu.Graph", "ladybug": "inference.backends.ladybug.Graph"}


def make(path: str, folder: Path) -> Any:
    """The snapshot graph of this dotted path, over `folder`."""
    return import_string(path)(folder)


class Elsewhere(BaseManager):
    """Makes graphs in another process; what they return and raise comes back."""


Elsewhere.register("graph", callable=make)


@contextlib.contextmanager
def maker(engine: str) -> Iterator[Any]:
    """Yield a function from a folder to a graph of `engine`; Kuzu in this process, where it is loaded anyway."""
    if engine == "kuzu":
        yield lambda folder: make(ENGINES[engine], folder)
        return
    with Elsewhere(ctx=multiprocessing.get_context("spawn")) as elsewhere:
        yield lambda folder: elsewhere.graph(ENGINES[engine], folder)
