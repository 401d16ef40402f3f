"""Lets a generator write and passes on what it writes, watching for the end: a stop, the time limit, a lost claim."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, cast

from inference.backends import Generator
from inference.citations import Numbering
from inference.streams import Writer
from inference.types import Prompt


@dataclass(frozen=True)
class Draft:
    """How the writing went: `ended` is empty when the generator came to its own end, else why it was ended."""

    ended: str
    tokens_out: int
    first_token_ms: float | None
    seconds: float

    @property
    def tokens_per_second(self) -> float | None:
        return self.tokens_out / self.seconds if self.tokens_out and self.seconds else None


def draft(
    generator: Generator, prompt: Prompt, *, wire: Writer, numbering: Numbering, ended: Callable[[], str]
) -> Draft:
    """Stream the answer to `wire`, renumbering its citations; `ended` is asked between tokens whether to go on."""
    begun = time.perf_counter()
    first: float | None = None
    tokens, why = 0, ""
    # Closing the iterator is how a generation is cancelled (see the Protocol).
    with closing(cast(Any, generator.stream(prompt))) as stream:
        for token in stream:
            if why := ended():
                break
            if token.text:
                tokens += 1
                first = first if first is not None else (time.perf_counter() - begun) * 1000
                wire.write(numbering.feed(token.text))
    wire.write(numbering.flush())
    return Draft(why, tokens, first, time.perf_counter() - begun)
