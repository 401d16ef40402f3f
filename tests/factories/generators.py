"""Generators that misbehave in one way each, named in settings by the tests that need them."""

import time
from collections.abc import Iterator

from inference.types import Prompt, Token


class Broken:
    """Writes a little and breaks."""

    name, context = "broken", 4096

    def stream(self, prompt: Prompt) -> Iterator[Token]:  # noqa: ARG002
        yield Token("A beginning ")
        raise ZeroDivisionError

    def count(self, text: str) -> int:
        return len(text) // 4 + 1


class Endless(Broken):
    """Never comes to an end by itself."""

    name = "endless"

    def stream(self, prompt: Prompt) -> Iterator[Token]:  # noqa: ARG002
        while True:
            time.sleep(0.01)
            yield Token("on and ")
