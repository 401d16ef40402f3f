"""The web socket, opened by the supervisor: the port is ours before anything else starts, and freed by the kernel."""

import errno
import socket

TRIED = 50  # ports after the wished one


def listen(host: str, port: int, *, strict: bool) -> socket.socket:
    """A listening TCP socket. Port 0 takes any; otherwise, unless `strict`, the next free one after `port`.

    Raises `OSError` when none can be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last: OSError | None = None
    for candidate in [port] if strict or not port else range(port, port + TRIED):
        sock = socket.socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, candidate))
            sock.listen(2048)
        except OSError as problem:
            sock.close()
            if problem.errno != errno.EADDRINUSE:
                raise
            last = problem
            continue
        sock.setblocking(False)
        return sock
    raise last or OSError(errno.EADDRINUSE, "no free port")


def address_of(sock: socket.socket) -> str:
    """The address to type into a browser on this machine."""
    host, port = sock.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"
