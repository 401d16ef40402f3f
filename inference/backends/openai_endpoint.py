"""Writes with a model behind an OpenAI-compatible server: vLLM, llama-server, Ollama, or a community's shared one.

Nothing the server sends is trusted or shown raw: redirects are not followed, sizes and times are limited, and every
way to fail is a sentence of ours. https://platform.openai.com/docs/api-reference/chat/create
"""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from inference.backends import BackendError
from inference.backends.chat_stream import ChatStream, Rubbish
from inference.backends.endpoint_faults import Faults
from inference.generation.endpoints import address_now, key_of
from inference.prompting.prompt import STOPS, messages
from inference.types import Prompt, Token, Usage

CONNECT = 5.0  # seconds to reach the server
FIRST_TOKEN = 60.0  # seconds to its first sign of an answer
BETWEEN = 30.0  # seconds between two signs after that
TICK = 0.2  # seconds a stop goes unheard at most
MOST_PIECES = 4  # pieces of text for each token asked for
MOST_ERROR = 16 * 1024  # bytes of a refusal that are looked at


class Generator:
    """A model at an endpoint. Safe to share between threads; every generation has its own connection."""

    def __init__(
        self,
        base: str,
        *,
        model: str,
        name: str = "",
        context: int = 4096,
        private: bool = False,
        key_env: str = "",
    ) -> None:
        self.name, self.context = name or model, context
        self._base, self._model, self._private, self._key_env = base, model, private, key_env
        self._faults = Faults(self.name)
        self.first_token, self.between = FIRST_TOKEN, BETWEEN

    def count(self, text: str) -> int:
        """An estimate that errs on the high side: no tokenizer is at hand, and most tokens hold more than 3 bytes."""
        return len(text.encode("utf-8", "replace")) // 3 + 1

    def stream(self, prompt: Prompt) -> Iterator[Token]:
        """Yield the answer; empty tokens while the server is silent, so that a stop is heard."""
        said = messages(prompt)
        needed = sum(self.count(text) for _, text in said) + prompt.max_tokens
        if needed - prompt.max_tokens >= self.context:
            raise BackendError(
                f"The question and its passages do not fit into the {self.context} tokens of {self.name}."
            )
        body = {
            "model": self._model,
            "messages": [{"role": role, "content": _sendable(text)} for role, text in said],
            "max_tokens": prompt.max_tokens,
            "temperature": 0,
            "stop": list(STOPS[:4]),
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        yield from self._in_a_loop(body, tokens_in=needed - prompt.max_tokens)

    def _in_a_loop(self, body: dict[str, Any], *, tokens_in: int) -> Iterator[Token]:
        """Drive the asynchronous reading step by step: only an event loop can end a silent server and hear a stop."""
        loop = asyncio.new_event_loop()
        reading = self._pieces(body)
        stream, begun, said = ChatStream(), time.monotonic(), 0
        last, limit = begun, self.first_token
        usage: Usage | None = None
        step: asyncio.Task | None = None
        try:
            while True:
                step = step or loop.create_task(_next(reading))
                loop.run_until_complete(asyncio.wait({step}, timeout=TICK))
                if step.done():
                    piece, step = step.result(), None
                    if piece is None:
                        break
                    for delta in stream.feed(piece):
                        last, limit = time.monotonic(), self.between
                        usage = delta.usage or usage
                        said += bool(delta.text)
                        yield Token(delta.text)
                    if said > MOST_PIECES * body["max_tokens"]:
                        raise Rubbish("far more than was asked for")
                if time.monotonic() - last > limit:
                    raise self._faults.said(f"was silent for {limit:g} seconds")
                if time.monotonic() - begun > settings.ANSWER_TIME_LIMIT:
                    raise self._faults.said("took longer than an answer may take")
                yield Token("")
            if not stream.finished:
                raise self._faults.said("broke off in the middle of its answer")
            if not said:
                raise self._faults.said("ended its answer without a word")
            yield Token("", usage=usage or Usage(tokens_in=tokens_in, tokens_out=said))
        except Rubbish as problem:
            raise self._faults.said(f"sends {problem}") from problem
        except httpx.HTTPError as problem:
            raise self._faults.broken(problem) from problem
        finally:
            _end(loop, step, reading)

    async def _pieces(self, body: dict[str, Any]) -> AsyncIterator[bytes]:
        """The bytes of the answer as they come, from exactly the address that was checked."""
        address = await asyncio.to_thread(address_now, self._base, private=self._private)
        parts = urlsplit(self._base)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        pinned = parts._replace(netloc=f"[{address}]:{port}" if ":" in address else f"{address}:{port}")
        headers = {"Host": parts.netloc, "Accept": "text/event-stream", "Accept-Encoding": "identity",
                   "User-Agent": "clm"}  # fmt: skip
        if key := key_of(self._key_env):
            if parts.scheme == "http" and not self._private:
                raise self._faults.said("would get our key unencrypted: it has to be registered by https://")
            headers["Authorization"] = f"Bearer {key}"
        limits = httpx.Timeout(None, connect=CONNECT, write=CONNECT)
        verify = _certificates() if parts.scheme == "https" else False
        async with (
            httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=limits, verify=verify) as client,
            client.stream("POST", f"{pinned.geturl()}/chat/completions", json=body, headers=headers,
                          extensions={"sni_hostname": parts.hostname}) as answer,
        ):  # fmt: skip
            if answer.status_code != httpx.codes.OK:
                raise self._faults.refused(answer.status_code, await _beginning(answer))
            kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind != "text/event-stream":
                shown = kind if kind in {"text/html", "application/json", "text/plain"} else "something else"
                raise Rubbish(f"{shown} where a stream of events was asked for")
            async for piece in answer.aiter_raw():
                yield piece


def _sendable(text: str) -> str:
    """Text that is UTF-8: half a surrogate pair is none."""
    return text.encode("utf-8", "replace").decode()


@cache
def _certificates() -> ssl.SSLContext:
    """Those everybody trusts; reading them takes longer than a good server needs for its first word."""
    return httpx.create_ssl_context()


async def _next(pieces: AsyncIterator[bytes]) -> bytes | None:
    return await anext(pieces, None)


async def _beginning(answer: httpx.Response) -> str:
    found = b""
    with suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(CONNECT):
            async for piece in answer.aiter_raw():
                found += piece
                if len(found) > MOST_ERROR:
                    break
    return found[:MOST_ERROR].decode("utf-8", "replace").lower()


def _end(loop: asyncio.AbstractEventLoop, step: asyncio.Task | None, reading: Any) -> None:
    """Cancel what is being waited for and close the connection, so that the server stops writing too."""
    try:
        if step and not step.done():
            step.cancel()
        with suppress(Exception, asyncio.CancelledError):
            if step:
                loop.run_until_complete(step)
        with suppress(Exception):
            loop.run_until_complete(reading.aclose())
    finally:
        loop.close()
