"""Where a model server is, checked: an operator may name one on this machine or network, and only by a command.

An address that was public when it was registered has to stay public (its name is resolved and checked at each use);
one on a private network was named by the operator on purpose. Link-local addresses never are model servers.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from inference.backends import BackendError
from patterns.egress import Refused, check_url

KEY_PREFIX = "CLM_ENDPOINT_KEY_"


class BadEndpoint(ValueError):
    """The address cannot be used; the message is a sentence for the operator."""


@dataclass(frozen=True)
class Place:
    """An address taken apart. `base` ends before `/chat/completions`; `private` leads to this machine or network."""

    base: str
    host: str
    port: int
    secure: bool
    private: bool


def locate(url: str, *, with_key: bool = False) -> Place:
    """Check what an operator typed; asks the network only for the addresses of its name. Raises `BadEndpoint`."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as problem:
        raise BadEndpoint("The address cannot be read.") from problem
    if parts.scheme not in {"http", "https"} or not host:
        raise BadEndpoint("Write the whole address, such as http://127.0.0.1:8080/v1.")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise BadEndpoint(
            "The address holds a user name, a password or a query. Keys belong into the environment: see --key-env."
        )
    port = port or (443 if parts.scheme == "https" else 80)
    base = url.strip().rstrip("/").removesuffix("/chat/completions")
    base += "" if urlsplit(base).path.strip("/") else "/v1"
    try:
        check_url(base, ports=[port])
        private = False
    except Refused as refused:
        if any(_never(address) for address in _addresses(host, port, why=str(refused))):
            raise BadEndpoint("The address leads to no server that answers questions.") from refused
        private = True
    if with_key and parts.scheme == "http" and not private:
        raise BadEndpoint("A key would travel unencrypted: use https:// for a server on the internet.")
    return Place(base, host, port, parts.scheme == "https", private)


def address_now(base: str, *, private: bool) -> str:
    """The IP address to talk to now; raises `BackendError` when a public endpoint's name leads somewhere private."""
    parts = urlsplit(base)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        if not private:
            return check_url(base, ports=[port]).addresses[0]
        return next(iter(_addresses(parts.hostname or "", port, why="")))
    except (Refused, BadEndpoint, StopIteration) as problem:
        raise BackendError("The model server's name leads nowhere this site may go.") from problem


def key_name(name: str) -> str:
    """The environment variable that holds the key of the endpoint called `name`."""
    return KEY_PREFIX + name.upper().replace("-", "_")


def key_of(variable: str) -> str:
    """The key in `variable`, as the settings read it at the start; nothing where there is none."""
    return settings.ENDPOINT_KEYS.get(variable.removeprefix(KEY_PREFIX), "")


def _addresses(host: str, port: int, *, why: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise BadEndpoint(why or f"The name {host} is not known.") from problem
    return list(dict.fromkeys(str(one[4][0]).split("%", 1)[0] for one in found))


def _never(address: str) -> bool:
    one = ipaddress.ip_address(address)
    one = getattr(one, "ipv4_mapped", None) or one
    return one.is_link_local or one.is_multicast or one.is_unspecified or str(one) == "168.63.129.16"
