"""Generators that a benchmark's site is told to use: for a question that says *alone* they loop over themselves first.

So the bare loop runs in the very process and moment in which the product writes. What was seen goes to a file.
"""

import json
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path

from inference.types import Prompt, Token, Usage

ALONE = "alone"
TOKENS = 400


def seen() -> Path:
    """Where each writing leaves a line: how many tokens, the seconds between first and last, what was not re-read."""
    return Path(os.environ["CLM_HOME"]) / "bare-beside.jsonl"


class _Beside(ABC):
    """Writes what `_inner` writes, or only runs through it."""

    name, context = "beside", 4096

    def stream(self, prompt: Prompt) -> Iterator[Token]:
        alone = ALONE in prompt.question
        stamps, usage, cpu = [], Usage(0), 0.0
        for token in self._inner(prompt):
            if token.usage:
                usage = token.usage
            if token.text:
                cpu = cpu or time.process_time()
                stamps.append(time.perf_counter())
            if not alone:
                yield token
        seconds = stamps[-1] - stamps[0] if stamps else 0.0
        line = {"alone": alone, "tokens": len(stamps), "seconds": seconds, "cpu": time.process_time() - cpu,
                "cached": usage.cached, "static": usage.static}  # fmt: skip
        with seen().open("a") as file:
            file.write(json.dumps(line) + "\n")
        if alone:
            yield Token("Measured.")

    @abstractmethod
    def _inner(self, prompt: Prompt) -> Iterator[Token]:
        """What is measured."""

    def count(self, text: str) -> int:
        return len(text) // 4 + 1


class Stub(_Beside):
    """200 tokens a second, as a good model on a small machine."""

    PACE = 0.005

    def _inner(self, prompt: Prompt) -> Iterator[Token]:  # noqa: ARG002
        due = time.perf_counter()
        for number in range(TOKENS):
            due += self.PACE
            time.sleep(max(0.0, due - time.perf_counter()))
            yield Token(f"word{number} ")


class Local(_Beside):
    """A real model of 10 million random weights through llama.cpp."""

    context = 2048  # its tokens are bytes: more would only be more to read

    def __init__(self) -> None:
        from inference.backends.llama_cpp import Generator

        self._model = Generator(os.environ["BENCH_MODEL"], context=self.context)

    def _inner(self, prompt: Prompt) -> Iterator[Token]:
        return self._model.stream(prompt)

    def count(self, text: str) -> int:
        return self._model.count(text)
