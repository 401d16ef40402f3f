"""HTTP/1.1 as uvicorn speaks it, with a plain sentence for a request whose address never ends (RFC 9110, 15.5.15)."""

import asyncio
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST = 60_000  # bytes; the parser's own limit is 65,535, and Django's pages answer 414 from 8 kB on
SAID = (
    "This address is longer than this site reads. Go back and shorten what you typed: a question may have 2,000 "
    "characters, a search 400.\n"
)
PATIENCE = 2.0  # seconds the rest of such a request is read and dropped, so that the sentence can still arrive


class Protocol(HttpToolsProtocol):
    """Refuses an endless address while it arrives, instead of gathering it."""

    refused = False

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.url) > LONGEST:
            raise ValueError("the address is too long")  # the parser hands it to send_400_response

    def data_received(self, data: bytes) -> None:
        if not self.refused:
            super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        if len(getattr(self, "url", b"")) <= LONGEST:
            super().send_400_response(msg)
            return
        self.refused = True
        status = HTTPStatus.REQUEST_URI_TOO_LONG
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
            f"content-length: {len(SAID)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write((head + SAID).encode())
        if self.transport.can_write_eof():
            self.transport.write_eof()
        asyncio.get_running_loop().call_later(PATIENCE, self.transport.close)
