"""Writes with a GGUF model on this machine through llama.cpp. One model, one sequence at a time.

Greedy with a light repetition penalty (see `llama_session`), so the same prompt gives the same answer. Control tokens
are put in by number; no text a visitor or a pattern holds can become one, and no chat template of a file is run.
"""

import codecs
import os
import re
import threading
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from inference.backends import BackendError
from inference.backends.llama_session import CHUNK, Session
from inference.generation.chat_formats import ALL_MARKS, PLAIN, Mark, choose
from inference.prompting.prompt import STOPS, messages
from inference.types import Prompt, Token, Usage

HEARD_WITHIN = 1.0  # seconds: a slow model reads less at once, so that a stop is heard
LEAST_CHUNK = 16  # tokens


@dataclass(frozen=True)
class _Written:
    """A prompt as tokens; the first `static` of them are the same for every question."""

    tokens: list[int]
    static: int


class Generator:
    """A loaded model. The instructions stay read between questions; so does all else two prompts begin with."""

    def __init__(self, location: str, *, name: str = "", context: int = 4096, check: bool = False) -> None:
        if not Path(location).is_file():
            raise BackendError(f"The model file {location} is not there any more.")
        self.name = name or Path(location).stem
        self._busy = threading.Lock()
        threads = settings.GENERATION_THREADS or len(os.sched_getaffinity(0))
        self._session = Session(location, context=context, threads=threads, check=check)
        self._free = weakref.finalize(self, self._session.close)
        self._free.atexit = False  # a process that ends gives all back, and a thread of it may still be reading
        self._chunk = CHUNK
        self.context = self._session.context
        session = self._session
        self._marks = {name: token for name in ALL_MARKS if (token := session.mark(name)) is not None}
        self.format = choose(self._marks.__contains__, template=session.template, ends=session.ends)
        self._ends = {self._marks[name] for name in self.format.marks if name in self._marks}
        self._may_think = self.format is not PLAIN and {"<think>", "</think>"} <= set(self._marks)
        self._spelt = re.compile("|".join(map(re.escape, self._marks))) if self._marks else None

    def count(self, text: str) -> int:
        self._still_open()
        return len(self._plain_tokens(text))

    def stream(self, prompt: Prompt) -> Iterator[Token]:
        """Yield the answer; an empty token now and then while the prompt is read, so that a stop is heard."""
        with self._busy:
            self._still_open()
            written = self._written(prompt)
            room = self.context - len(written.tokens)
            if room < 1:
                raise BackendError(
                    f"The question and its passages do not fit into the {self.context} tokens of {self.name}."
                )
            kept = self._session.keep(written.tokens)
            for _ in self._read(written.tokens, kept, stop_at=written.static):
                yield Token("")
            yield Token("", usage=Usage(len(written.tokens), 0, kept, written.static))
            wrote = yield from self._texts(most=min(prompt.max_tokens, room))
            yield Token("", usage=Usage(len(written.tokens), wrote, kept, written.static))

    def warm(self, prompt: Prompt) -> None:
        """Read the instructions before the first question comes."""
        with self._busy:
            self._still_open()
            written = self._written(prompt)
            kept = self._session.keep(written.tokens)
            for _ in self._read(written.tokens[: written.static], kept, stop_at=written.static):
                pass

    def close(self) -> None:
        """Give the model's memory back, after the generation that may be running."""
        with self._busy:
            self._free()

    def _still_open(self) -> None:
        if not self._free.alive:
            raise BackendError(f"The model {self.name} was just taken out of use.")

    def _read(self, tokens: list[int], kept: int, *, stop_at: int) -> Iterator[None]:
        """Read what is not held yet, a chunk a step, with a step that ends where the instructions do."""
        at = kept
        while at < len(tokens):
            to = min(at + self._chunk, len(tokens))
            if at < stop_at < to:
                to = stop_at
            begun = time.monotonic()
            self._session.read(tokens[at:to])
            if time.monotonic() - begun > HEARD_WITHIN:
                self._chunk = max(self._chunk // 2, LEAST_CHUNK)
            at = to
            if at == stop_at:
                self._session.remember()
            yield

    def _written(self, prompt: Prompt) -> _Written:
        """The prompt in the model's own format; each piece is tokenised alone, so that the first ones never vary."""
        said = messages(prompt)
        tokens, static = list(self._session.begin), 0
        for piece in self.format.pieces(said, no_thinking=self._may_think):
            if isinstance(piece, Mark):
                tokens.append(self._marks[piece.name])
            else:
                if piece == said[1][1]:
                    static = len(tokens)
                tokens += self._plain_tokens(piece)
        return _Written(tokens, static)

    def _plain_tokens(self, text: str) -> list[int]:
        """Tokens of a text in which no control token is recognised, though it may spell one.

        llama.cpp takes a token that a file calls user-defined for itself wherever it is spelt; cut in two, it is text.
        """
        if not self._spelt or not self._spelt.search(text):
            return self._session.tokens(text)
        found, at = list[int](), 0
        for match in self._spelt.finditer(text):
            found += self._session.tokens(text[at : match.start() + 1])
            at = match.start() + 1
        return found + self._session.tokens(text[at:])

    def _texts(self, *, most: int) -> Iterator[Token]:
        """What the model writes: whole characters only, cut before a stop, nothing held back that cannot begin one.

        Returns how many tokens were written.
        """
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        held, wrote = "", 0
        while wrote < most:
            token = self._session.choose()
            if self._session.is_end(token) or token in self._ends:
                break
            wrote += 1
            held += decoder.decode(self._session.piece(token))
            if (cut := _first_stop(held)) is not None:
                held = held[:cut]
                break
            free = len(held) - _may_begin_stop(held)
            yield Token(held[:free])
            held = held[free:]
            if wrote < most:
                self._session.read([token])
        if held := held.rstrip():
            yield Token(held)
        return wrote


def _first_stop(text: str) -> int | None:
    return min((at for stop in STOPS if (at := text.find(stop)) >= 0), default=None)


def _may_begin_stop(text: str) -> int:
    """How many of the last characters could be the beginning of a stop."""
    return max((n for stop in STOPS for n in range(1, len(stop)) if text.endswith(stop[:n])), default=0)
