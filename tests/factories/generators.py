"""Generators that misbehave in one way each, named in settings by the tests that need them."""

import os
import signal
import time
from collections.abc import Iterator

from django.db import OperationalError

from inference.types import Prompt, Token


class Broken:
    """Writes a little and breaks."""

    name, context = "broken", 4096

    def stream(self, prompt: Prompt) -> Iterator[Token]:  # noqa: ARG002
        yield Token("A beginning ")
        raise ZeroDivisionError

    def count(self, text: str) -> int:
        return len(text) // 4 + 1


class Storeless(Broken):
    """Writes a little, and then the database is away."""

    name = "storeless"

    def stream(self, prompt: Prompt) -> Iterator[Token]:  # noqa: ARG002
        yield Token("A beginning ")
        raise OperationalError("the connection is closed")


class Endless(Broken):
    """Never comes to an end by itself."""

    name = "endless"

    def stream(self, prompt: Prompt) -> Iterator[Token]:  # noqa: ARG002
        while True:
            time.sleep(0.01)
            yield Token("on and ")


class Slow(Broken):
    """Writes the same words at the pace of a model; a question with a `POISON` kills the process that writes.

    `WRITTEN` is what a whole answer says: one more or one less shows that two attempts were mixed.
    """

    name = "slow"
    POISON = "☠"  # no word, so that a question is routed and searched as if it were not there
    PACE = 0.03  # seconds a word
    WORDS = tuple(f"word{number} " for number in range(50))
    WRITTEN = "".join(WORDS).strip()

    def stream(self, prompt: Prompt) -> Iterator[Token]:
        for number, word in enumerate(self.WORDS):
            time.sleep(self.PACE)
            if number > 5 and self.POISON in prompt.question:
                os.kill(os.getpid(), signal.SIGKILL)
            yield Token(word)
