"""Which IP addresses are public ones, whatever notation or tunnel they hide in."""

import ipaddress
from collections.abc import Iterator

from django.utils.translation import gettext as _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

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


def trouble(address: Address) -> str:
    """Return why this machine does not talk to `address`, as a sentence; nothing for a public address."""
    for one in _all_meanings(address):
        if not one.is_global or one.is_multicast or one.is_reserved or one.is_unspecified:
            return _("The address leads to this machine or to a private network.")
        if any(one.version == network.version and one in network for network in _REFUSED):
            return _("The address leads to a network that is not the public one.")
    return ""


def _all_meanings(address: Address) -> Iterator[Address]:
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
