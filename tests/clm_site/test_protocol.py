"""An address without end gets a sentence and the right status from the server itself, before Django sees it."""

import asyncio
import contextlib
import socket
import threading

import pytest
import uvicorn

from clm_site.supervisor.protocol import SAID, Protocol


async def application(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"fine"})


@pytest.fixture
def address():
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = uvicorn.Server(uvicorn.Config(application, http=Protocol, lifespan="off", log_level="critical"))
    thread = threading.Thread(target=asyncio.run, args=(server.serve(sockets=[listening]),))
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join()
    listening.close()


def said_to(address, request: bytes) -> str:
    with socket.create_connection(address, timeout=10) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def test_ten_megabytes_of_address_are_refused_in_words(address):
    answer = said_to(address, b"GET /search/?q=" + b"a" * 10_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer.startswith("HTTP/1.1 414 ")
    assert answer.endswith(SAID)


def test_an_ordinary_address_is_answered(address):
    answer = said_to(address, b"GET /search/?q=a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith("HTTP/1.1 200 ")


def test_rubbish_is_still_a_bad_request(address):
    assert said_to(address, b"rubbish\r\n\r\n").startswith("HTTP/1.1 400 ")
