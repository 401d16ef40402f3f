"""A real little model server on this machine that behaves, or misbehaves in one way for each model name.

OpenAI-compatible where it behaves: `POST …/chat/completions` with `stream`, answered as Server-Sent Events.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WORDS = ("A steward ", "holds the votes ", "of a company ", "in trust", " [1]. Grüße", ".")


@dataclass
class Server:
    """Where the server is and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)


def chunk(text: str | None = None, **more: Any) -> bytes:
    """One event with a piece of text."""
    delta = {"role": "assistant"} if text is None else {"content": text}
    return event({"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, **more}]})


def event(data: Any) -> bytes:
    return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


COUNTS = {"prompt_tokens": 70, "completion_tokens": 9, "prompt_tokens_details": {"cached_tokens": 60}}
END = chunk("", finish_reason="stop") + event({"choices": [], "usage": COUNTS}) + b"data: [DONE]\n\n"
WHOLE = chunk() + b"".join(chunk(word) for word in WORDS) + END

# Bodies sent with status 200 and the type of an event stream, then the connection closes.
BODIES = {
    "good": WHOLE,
    "comments": b": hello\n\nevent: message\n" + WHOLE.replace(b"\n", b"\r\n"),
    "thinks": chunk("<think>") + chunk("hm, who knows") + chunk("</think>") + WHOLE,
    "silent-thinker": event({"choices": [{"delta": {"reasoning_content": "hm"}}]}) + WHOLE,
    "uncounted": chunk("Yes.") + chunk("", finish_reason="stop") + b"data: [DONE]\n\n",
    "controls": chunk("a\x00b\ud800c".encode("utf-8", "replace").decode()) + END,
    "empty": b"",
    "wordless": chunk() + END,
    "cut": chunk("A steward ") + chunk("holds"),
    "cut-in-a-letter": chunk("A steward ") + b'data: {"choices": [{"delta": {"content": "Gr\xc3',
    "no-json": b"data: hello there\n\n",
    "html": b"<!doctype html><title>hi</title>\n\n",
    "list": event([1, 2]),
    "shape": event({"choices": "none"}),
    "number": event({"choices": [{"delta": {"content": 7}}]}),
    "deep": b"data: " + b"[" * 100_000 + b"\n\n",
    "error": event({"error": {"message": "secret trouble"}}),
}
STATUSES = {"refuses": 401, "forbids": 403, "unknown": 404, "busy": 429, "broken": 500, "moved": 302, "too-long": 400}


class _Handler(BaseHTTPRequestHandler):
    server: Any
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        noted: Server = self.server.noted
        noted.asked.append(body)
        noted.headers.append(dict(self.headers))
        self.close_connection = True
        model = body["model"]
        if model in STATUSES:
            self._refuse(STATUSES[model])
            return
        if model == "hangs":
            noted.closing.wait(20)
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json" if model == "whole" else "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for piece in _pieces(model):
                self.wfile.write(piece)
                self.wfile.flush()
        except OSError:
            noted.hung_up.set()

    def _refuse(self, status: int) -> None:
        body = b'{"error": {"message": "context length exceeded; secret-key-1 said: my private question"}}'
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def _pieces(model: str) -> Iterator[bytes]:
    match model:
        case "bytes":  # one at a time, so that letters and lines are cut everywhere
            yield from (WHOLE[at : at + 1] for at in range(len(WHOLE)))
        case "endless-line":
            while True:
                yield b"data: " + b"x" * 65536
        case "endless":
            while True:
                yield chunk("on and ")
        case "slow":
            while True:
                time.sleep(0.02)
                yield chunk("on and ")
        case "stalls":
            yield chunk("A steward ")
            time.sleep(5)
        case "keeps-alive":
            for _ in range(200):
                time.sleep(0.05)
                yield b": still here\n\n"
        case "whole":
            yield json.dumps({"choices": [{"message": {"content": "hello"}}]}).encode()
        case _:
            yield BODIES[model]


@contextmanager
def model_server() -> Iterator[Server]:
    """A server on a free port of this machine; `url` is what an operator would register."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    noted = Server(f"http://127.0.0.1:{server.server_port}/v1")
    server.noted = noted  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield noted
    finally:
        noted.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
