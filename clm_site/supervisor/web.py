"""The web process: uvicorn on a socket the supervisor already listens on.

A browser that comes while the process starts, or is started again, waits a moment instead of being refused.
"""

import argparse
import socket

import uvicorn

from clm_site.supervisor.protocol import Protocol

SHUTDOWN_PATIENCE = 3  # seconds open streams may go on after the order to stop


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve clm_site.asgi on an inherited socket.")
    parser.add_argument("--fd", type=int, required=True)
    fd = parser.parse_args().fd
    config = uvicorn.Config(
        "clm_site.asgi:application",
        http=Protocol,
        lifespan="off",
        log_level="warning",
        access_log=False,  # addresses of visitors are not kept
        timeout_graceful_shutdown=SHUTDOWN_PATIENCE,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=fd)])


if __name__ == "__main__":
    main()
