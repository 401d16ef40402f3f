"""Lets a generator write and passes on what it writes, watching for the end: a stop, the time limit, a lost claim."""

import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, cast

from inference.backends import Generator
from inference.checking.citations import Numbering
from inference.streaming.streams import Writer
from inference.types import Prompt, Usage

# No store takes these: NUL ends a text in PostgreSQL, half a surrogate pair is no UTF-8; other controls are no text.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Draft:
    """How the writing went: `ended` is empty when the generator came to its own end, else why it was ended."""

    ended: str
    tokens_out: int
    first_token_ms: float | None
    seconds: float
    usage: Usage | None = None

    @property
    def tokens_per_second(self) -> float | None:
        """The rate from the first token on; reading the prompt is told by `first_token_ms`."""
        writing = self.seconds - (self.first_token_ms or 0) / 1000
        return self.tokens_out / writing if self.tokens_out and writing > 0 else None


def draft(
    generator: Generator,
    prompt: Prompt,
    *,
    wire: Writer,
    numbering: Numbering,
    ended: Callable[[], str],
    lead: str = "",
) -> Draft:
    """Stream the answer to `wire`, renumbering its citations; `ended` is asked between tokens whether to go on.

    `lead` stands before the first word; a generator that fails before it leaves nothing on the wire.
    """
    begun = time.perf_counter()
    first: float | None = None
    tokens, why, usage = 0, "", None
    # Closing the iterator is how a generation is cancelled (see the Protocol).
    with closing(cast(Any, generator.stream(prompt))) as stream:
        for token in stream:
            usage = token.usage or usage
            if why := ended():
                break
            if token.text:
                if first is None and lead:
                    wire.write(f"{lead}\n\n")
                tokens += 1
                first = first if first is not None else (time.perf_counter() - begun) * 1000
                wire.write(numbering.feed(_UNSTORABLE.sub("�", token.text)))
    wire.write(numbering.flush())
    written = usage.tokens_out if usage and usage.tokens_out else tokens
    return Draft(why, written, first, time.perf_counter() - begun, usage)
