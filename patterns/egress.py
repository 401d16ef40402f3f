"""The one way out: every address somebody typed is checked before this machine talks to it.

The name is resolved once, every address it has must be a public one, and the connection goes to exactly the address
that was checked, so a name that answers differently the second time gains nothing (DNS rebinding). Redirects are
checked like the first address. https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html
"""

import ipaddress
import re
import socket
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

PORTS = {"http": 80, "https": 443}
MAX_REDIRECTS = 3
MAX_URL = 2048  # characters
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
_IPV4_INSIDE = (
    ipaddress.ip_network("64:ff9b::/96"),  # NAT64, RFC 6052
    ipaddress.ip_network("64:ff9b:1::/48"),  # local NAT64, RFC 8215
    ipaddress.ip_network("::/96"),  # IPv4-compatible, RFC 4291
    ipaddress.ip_network("::ffff:0:0:0/96"),  # IPv4-translated, RFC 2765
)
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # shared address space, RFC 6598
        "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "168.63.129.16/32",
        "fec0::/10", "2001::/32", "2002::/16", "2001:db8::/32", "3fff::/20", "5f00::/16", "100::/64",
    )
)  # fmt: skip


class Refused(ValueError):
    """This machine does not talk to that address; the message is a sentence that says why."""


class FetchFailed(OSError):
    """The address may be talked to, but what came back is of no use: no answer, too slow, too large."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An address that may be talked to, and the public IP addresses its name had when it was checked."""

    url: str
    host: str
    port: int
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: the final address, its status, its type and its bytes."""

    url: str
    status: int
    content_type: str
    content: bytes


def check_url(url: str, *, ports: Iterable[int] = (), resolve: bool = True) -> Checked:
    """Return `url` with the addresses to use, or raise `Refused`.

    Only http and https, only on their own ports and `ports`. With `resolve=False` nothing is asked of the network:
    only the form is checked, and names that always mean this machine or its neighbours are refused.
    """
    if len(url) > MAX_URL:
        raise Refused(f"The address is longer than {MAX_URL:,} characters.")
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused("The address holds spaces, backslashes or control characters.")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or ""), parts.port
    except ValueError as problem:
        raise Refused("The address cannot be read.") from problem
    if parts.scheme not in PORTS:
        raise Refused("Only addresses that begin with http:// or https:// are fetched.")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise Refused("The address holds a user name or password.")
    port = port if port is not None else PORTS[parts.scheme]
    if port != PORTS[parts.scheme] and port not in set(ports):
        raise Refused(f"Port {port} is not one that web pages are on.")
    if "%" in host:
        raise Refused("The address names a network interface or hides its name behind % signs.")
    literal = _literal(host)
    host = str(literal) if literal else _name(host)
    if literal:
        _refuse_unless_public(literal)
    addresses = (str(literal),) if literal else (_resolved(host, port) if resolve else ())
    return Checked(url=url, host=host, port=port, addresses=addresses)


def fetch(
    url: str,
    *,
    max_bytes: int = 2_000_000,
    seconds: float = 15.0,
    ports: Iterable[int] = (),
    accept: str = "text/html,text/plain;q=0.9,*/*;q=0.1",
) -> Fetched:
    """Get `url`, following at most three redirects, each of them checked. Raises `Refused` or `FetchFailed`.

    `seconds` is for the whole of it, `max_bytes` counts what is left after decompression.
    """
    deadline = time.monotonic() + seconds
    for _ in range(MAX_REDIRECTS + 1):
        found, onward = _get(check_url(url, ports=ports), max_bytes=max_bytes, deadline=deadline, accept=accept)
        if not onward:
            return found
        url = onward
    raise FetchFailed(f"The address redirects more than {MAX_REDIRECTS} times.")


def _get(checked: Checked, *, max_bytes: int, deadline: float, accept: str) -> tuple[Fetched, str]:
    """Ask the checked IP address itself; the name stays in the Host header and in the TLS handshake."""
    parts = urlsplit(checked.url)
    address = checked.addresses[0]
    pinned = parts._replace(netloc=f"[{address}]:{checked.port}" if ":" in address else f"{address}:{checked.port}")
    headers = {"Host": _host_header(checked, parts.scheme), "Accept": accept, "User-Agent": "clm"}
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchFailed("The address answered too slowly.")
    try:
        with (
            httpx.Client(trust_env=False, follow_redirects=False, timeout=left) as client,
            client.stream("GET", pinned.geturl(), headers=headers, extensions={"sni_hostname": checked.host}) as answer,
        ):
            if answer.status_code in _REDIRECTS and (location := answer.headers.get("location")):
                return Fetched(checked.url, answer.status_code, "", b""), urljoin(checked.url, location)
            content = _read(answer, max_bytes=max_bytes, deadline=deadline)
            kind = answer.headers.get("content-type", "")
            return Fetched(checked.url, answer.status_code, kind, content), ""
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
        if isinstance(problem, Refused):
            raise
        raise FetchFailed(f"The address did not answer as a web page does ({type(problem).__name__}).") from problem


def _read(answer: httpx.Response, *, max_bytes: int, deadline: float) -> bytes:
    content = bytearray()
    for piece in answer.iter_bytes(65_536):
        content += piece
        if len(content) > max_bytes:
            raise FetchFailed(f"The page is larger than {max_bytes:,} bytes.")
        if time.monotonic() > deadline:
            raise FetchFailed("The address answered too slowly.")
    return bytes(content)


def _host_header(checked: Checked, scheme: str) -> str:
    name = f"[{checked.host}]" if ":" in checked.host else checked.host
    return name if checked.port == PORTS[scheme] else f"{name}:{checked.port}"


def _name(host: str) -> str:
    """Return a host name in its ASCII form, if it is one that may stand for a public machine."""
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as problem:
        raise Refused("The name in the address cannot be read.") from problem
    if re.fullmatch(r"[0-9a-fx.]*\.?(?:0x[0-9a-f]*|[0-9]+)", name):
        raise Refused("The address writes an IP address in an unusual way.")
    if not _HOST.match(name):
        raise Refused("The address names no public machine.")
    if name.endswith((".localhost", ".local", ".internal", ".home.arpa", ".lan", ".test", ".invalid", ".onion")):
        raise Refused("The address names a machine of a private network.")
    return name


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _resolved(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Refused(f"The name “{host}” is not known.") from problem
    addresses = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    for address in addresses:
        _refuse_unless_public(ipaddress.ip_address(address.split("%", 1)[0]))
    return addresses


def _refuse_unless_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    for one in _all_meanings(address):
        if not one.is_global or one.is_multicast or one.is_reserved or one.is_unspecified:
            raise Refused("The address leads to this machine or to a private network.")
        if any(one.version == network.version and one in network for network in _REFUSED):
            raise Refused("The address leads to a network that is not the public one.")


def _all_meanings(address: ipaddress.IPv4Address | ipaddress.IPv6Address):
    """Yield `address` and, when an IPv4 address is wrapped in it, that one instead."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            yield address.ipv4_mapped
            return
        if address.sixtofour:
            yield address.sixtofour
        if address.teredo:
            yield from address.teredo
        if any(address in network for network in _IPV4_INSIDE):
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
            if address in _IPV4_INSIDE[0]:
                return
    yield address
