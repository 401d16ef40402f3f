"""Writes with a GGUF model on this machine through llama.cpp. One model, one sequence at a time.

Two traps are handled here: builds that repack quantised weights die on machines that report AMX but trap on it
(`use_extra_bufts=False` avoids it), and a chat template inside a model file is somebody's code and is never run.
"""

import codecs
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import llama_cpp
from django.conf import settings
from llama_cpp import llama_cpp as low

from inference.backends import BackendError
from inference.prompting import STOPS, plain
from inference.types import Prompt, Token

PREFILL = 128  # tokens read between two chances to be cancelled
SAMPLING = {"temp": 0.0, "top_k": 1, "repeat_penalty": 1.1}
_making = threading.Lock()


class Generator:
    """A loaded model. Greedy, so the same prompt gives the same answer; the prefix of the last prompt is reused."""

    def __init__(self, location: str, *, name: str = "", context: int = 4096) -> None:
        if not Path(location).is_file():
            raise BackendError(f"The model file {location} is not there any more.")
        self.name = name or Path(location).stem
        self._busy = threading.Lock()
        try:
            with _safe_weights():
                self._llama = llama_cpp.Llama(
                    model_path=location,
                    n_ctx=context,
                    n_batch=PREFILL,
                    n_threads=settings.GENERATION_THREADS or None,
                    n_threads_batch=settings.GENERATION_THREADS or None,
                    seed=1,
                    verbose=False,
                )
        except (ValueError, RuntimeError, OSError, AssertionError) as problem:
            raise BackendError(f"The model {self.name} cannot be loaded: {problem}.") from problem
        self.context = self._llama.n_ctx()

    def count(self, text: str) -> int:
        return len(self._llama.tokenize(text.encode(), add_bos=False, special=False))

    def stream(self, prompt: Prompt) -> Iterator[Token]:
        """Yield the answer; an empty token now and then while the prompt is read, so that a stop is heard."""
        tokens = self._llama.tokenize(plain(prompt).encode(), add_bos=True, special=False)
        room = self.context - len(tokens)
        if room < 1:
            raise BackendError(
                f"The question and its passages do not fit into the {self.context} tokens of {self.name}."
            )
        with self._busy:
            for read in range(PREFILL, len(tokens), PREFILL):
                # Sampling one token and dropping it makes llama.cpp read this far; the next call reuses the prefix.
                with contextlib.closing(self._llama.generate(tokens[:read], **SAMPLING)) as reading:
                    next(reading)
                yield Token("")
            with contextlib.closing(self._llama.generate(tokens, **SAMPLING)) as writing:
                yield from self._texts(writing, most=min(prompt.max_tokens, room))

    def close(self) -> None:
        """Give the model's memory back, after the generation that may be running."""
        with self._busy:
            self._llama.close()

    def _texts(self, tokens: Iterator[int], *, most: int) -> Iterator[Token]:
        """Tokens as text: whole characters only, cut before a stop, nothing held back that cannot begin one."""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        held, before = "", list[int]()
        for number, token in enumerate(tokens):
            if number >= most or low.llama_vocab_is_eog(self._vocabulary, token):
                break
            held += decoder.decode(self._llama.detokenize([token], prev_tokens=before[-3:] or None))
            before.append(token)
            if cut := min((at for stop in STOPS if (at := held.find(stop)) >= 0), default=None):
                held = held[:cut]
                break
            free = len(held) - _may_begin_stop(held)
            if free:
                yield Token(held[:free])
                held = held[free:]
            else:
                yield Token("")
        if held := held.rstrip():
            yield Token(held)

    @property
    def _vocabulary(self) -> Any:
        return low.llama_model_get_vocab(self._llama.model)


def _may_begin_stop(text: str) -> int:
    """How many of the last characters could be the beginning of a stop."""
    return max((n for stop in STOPS for n in range(1, len(stop)) if text.endswith(stop[:n])), default=0)


@contextlib.contextmanager
def _safe_weights() -> Iterator[None]:
    """Have `Llama` load weights as they are: its class has no argument for `use_extra_bufts`."""
    with _making:
        original = low.llama_model_default_params

        def params() -> Any:
            chosen = original()
            chosen.use_extra_bufts = False
            return chosen

        low.llama_model_default_params = params
        try:
            yield
        finally:
            low.llama_model_default_params = original
