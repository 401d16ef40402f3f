"""Reads what an OpenAI-compatible server streams, trusting none of it: every line, and all of them, have a limit.

Server-Sent Events whose data are `chat.completion.chunk` objects, ended by `[DONE]`.
https://platform.openai.com/docs/api-reference/chat-streaming, https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inference.types import Usage

LONGEST_LINE = 256 * 1024  # bytes
MOST_BYTES = 8 * 1024 * 1024


class Rubbish(Exception):
    """What came is no chat stream; the message completes the sentence "It sends …"."""


@dataclass(frozen=True)
class Delta:
    """One event: a piece of text (empty while the model thinks), the counts, or that the answer is finished."""

    text: str = ""
    usage: Usage | None = None
    finished: bool = False


class ChatStream:
    """Turns bytes, cut anywhere, into deltas. `finished` is set once the server said that the answer is whole."""

    def __init__(self) -> None:
        self.finished = False
        self._rest = b""
        self._data: list[str] = []
        self._seen = 0
        self._thinking = False

    def feed(self, piece: bytes) -> Iterator[Delta]:
        """Yield what `piece` completes. Raises `Rubbish`."""
        self._seen += len(piece)
        if self._seen > MOST_BYTES:
            raise Rubbish(f"more than {MOST_BYTES // 2**20} MB for one answer")
        *lines, self._rest = (self._rest + piece).replace(b"\r\n", b"\n").split(b"\n")
        if len(self._rest) > LONGEST_LINE or any(len(line) > LONGEST_LINE for line in lines):
            raise Rubbish("a line without an end")
        for line in lines:
            yield from self._line(line.decode("utf-8", "replace"))

    def _line(self, line: str) -> Iterator[Delta]:
        field, _, value = line.partition(":")
        if field == "data":
            self._data.append(value.removeprefix(" "))
        elif not line and self._data:
            data, self._data = "\n".join(self._data), []
            yield from self._event(data)
        elif line and field not in {"", "event", "id", "retry", "error"}:
            raise Rubbish("something else than a stream of events")
        elif field == "error":
            raise Rubbish("an error instead of an answer")

    def _event(self, data: str) -> Iterator[Delta]:
        if data.strip() == "[DONE]":
            self.finished = True
            yield Delta(finished=True)
            return
        try:
            chunk = json.loads(data)
        except (ValueError, RecursionError) as problem:
            raise Rubbish("events that are no JSON") from problem
        if not isinstance(chunk, dict):
            raise Rubbish("events of a shape that no chat stream has")
        if chunk.get("error"):
            raise Rubbish("an error instead of an answer")
        choices = chunk.get("choices")
        if usage := _usage(chunk.get("usage")):
            yield Delta(usage=usage)
        if choices or not usage:
            yield self._delta(choices)

    def _delta(self, choices: Any) -> Delta:
        """The first choice's text, without what a model thinks aloud before its answer."""
        if choices == []:
            return Delta()
        try:
            choice = choices[0]
            text = choice["delta"].get("content") or ""
            ended = choice.get("finish_reason")
        except (TypeError, KeyError, IndexError, AttributeError) as problem:
            raise Rubbish("events of a shape that no chat stream has") from problem
        if not isinstance(text, str):
            raise Rubbish("something else than text")
        if ended:
            self.finished = True
        return Delta(text=self._without_thoughts(text), finished=bool(ended))

    def _without_thoughts(self, text: str) -> str:
        """Drop `<think> … </think>`; servers that know the model send the two marks as pieces of their own."""
        if "<think>" in text:
            before, _, text = text.partition("<think>")
            self._thinking = True
            return before + self._without_thoughts(text)
        if self._thinking:
            _, mark, after = text.partition("</think>")
            self._thinking = not mark
            return after.lstrip() if mark else ""
        return text


def _usage(given: Any) -> Usage | None:
    """The server's own counts, where they are believable."""
    if not isinstance(given, dict):
        return None
    details = given.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    counts = [given.get("prompt_tokens"), given.get("completion_tokens"), cached or 0]
    if not all(isinstance(each, int) and 0 <= each < 10**9 for each in counts):
        return None
    return Usage(tokens_in=counts[0], tokens_out=counts[1], cached=counts[2])
