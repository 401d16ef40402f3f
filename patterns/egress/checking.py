"""Check an address somebody typed before this machine talks to it: its form, its name, and where the name leads."""

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from patterns.egress.addresses import Address, trouble

PORTS = {"http": 80, "https": 443}
MAX_URL = 2048  # characters
_HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
_PRIVATE_NAMES = (".localhost", ".local", ".internal", ".home.arpa", ".lan", ".test", ".invalid", ".onion")


class Refused(ValueError):
    """This machine does not talk to that address; the message is a sentence that says why."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An address that may be talked to, and the public IP addresses its name had when it was checked."""

    url: str
    host: str
    port: int
    addresses: tuple[str, ...]


def check_url(url: str, *, ports: Iterable[int] = (), resolve: bool = True) -> Checked:
    """Return `url` with the addresses to use, or raise `Refused`.

    Only http and https, only on their own ports and `ports`. With `resolve=False` nothing is asked of the network:
    only the form is checked, and names that always mean this machine or its neighbours are refused.
    """
    if len(url) > MAX_URL:
        raise Refused(_("The address is longer than %(most)s characters.") % {"most": f"{MAX_URL:,}"})
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused(_("The address holds spaces, backslashes or control characters."))
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or ""), parts.port
    except ValueError as problem:
        raise Refused(_("The address cannot be read.")) from problem
    if parts.scheme not in PORTS:
        raise Refused(_("Only addresses that begin with http:// or https:// are fetched."))
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise Refused(_("The address holds a user name or password."))
    port = port if port is not None else PORTS[parts.scheme]
    if port != PORTS[parts.scheme] and port not in set(ports):
        raise Refused(_("Port %(port)s is not one that web pages are on.") % {"port": port})
    if "%" in host:
        raise Refused(_("The address names a network interface or hides its name behind percent signs."))
    literal = _literal(host)
    host = str(literal) if literal else _name(host)
    if literal:
        _refuse_unless_public(literal)
    addresses = (str(literal),) if literal else (_resolved(host, port) if resolve else ())
    return Checked(url=url, host=host, port=port, addresses=addresses)


def _name(host: str) -> str:
    """Return a host name in its ASCII form, if it is one that may stand for a public machine."""
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as problem:
        raise Refused(_("The name in the address cannot be read.")) from problem
    if re.fullmatch(r"[0-9a-fx.]*\.?(?:0x[0-9a-f]*|[0-9]+)", name):
        raise Refused(_("The address writes an IP address in an unusual way."))
    if not _HOST.match(name):
        raise Refused(_("The address names no public machine."))
    if name.endswith(_PRIVATE_NAMES):
        raise Refused(_("The address names a machine of a private network."))
    return name


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _resolved(host: str, port: int) -> tuple[str, ...]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Refused(_("The name “%(host)s” is not known.") % {"host": host}) from problem
    addresses = tuple(dict.fromkeys(str(one[4][0]) for one in found))
    for address in addresses:
        _refuse_unless_public(ipaddress.ip_address(address.split("%", 1)[0]))
    return addresses


def _refuse_unless_public(address: Address) -> None:
    if why := trouble(address):
        raise Refused(why)
