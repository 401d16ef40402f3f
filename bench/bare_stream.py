"""The least an ASGI application must do to stream events: what `bench.readers` measures our pages' memory against."""

import asyncio
import socket
import sys

import uvicorn

_HEAD = {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]}


async def application(scope, receive, send) -> None:  # noqa: ARG001 - ASGI's signature
    await send(_HEAD)
    while True:
        await send(
            {"type": "http.response.body", "body": b'event: bare\ndata: {"text": "word "}\n\n', "more_body": True}
        )
        await asyncio.sleep(1)


def main() -> None:
    config = uvicorn.Config(application, lifespan="off", log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])


if __name__ == "__main__":
    main()
