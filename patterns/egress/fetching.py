"""Get a page from an address that was checked, from exactly the IP address that was checked."""

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx
from django.utils.translation import gettext as _

from patterns.egress.checking import PORTS, Checked, Refused, check_url

MAX_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FetchFailed(OSError):
    """The address may be talked to, but what came back is of no use: no answer, too slow, too large."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: the final address, its status, its type and its bytes."""

    url: str
    status: int
    content_type: str
    content: bytes


def fetch(
    url: str,
    *,
    max_bytes: int = 2_000_000,
    seconds: float = 15.0,
    ports: Iterable[int] = (),
    accept: str = "text/html,text/plain;q=0.9,*/*;q=0.1",
) -> Fetched:
    """Get `url`, following at most three redirects, each of them checked. Raises `Refused` or `FetchFailed`.

    `seconds` is for the whole of it, `max_bytes` counts what is left after decompression. Call it from a worker or a
    synchronous view: it runs its own event loop, because only that can end a server that answers byte by byte.
    """
    deadline = time.monotonic() + seconds
    for _hop in range(MAX_REDIRECTS + 1):
        checked = check_url(url, ports=ports)
        try:
            answer = asyncio.run(asyncio.wait_for(_get(checked, max_bytes, accept), deadline - time.monotonic()))
        except TimeoutError as late:
            raise FetchFailed(
                _("The address did not answer within %(seconds)s s.") % {"seconds": f"{seconds:g}"}
            ) from late
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            said = _("The address did not answer as a web page does (%(problem)s).")
            raise FetchFailed(said % {"problem": type(problem).__name__}) from problem
        if isinstance(answer, Fetched):
            return answer
        try:
            url = urljoin(checked.url, answer)
        except ValueError as problem:
            raise Refused(_("The address redirects to something that cannot be read.")) from problem
    raise FetchFailed(_("The address redirects more than %(most)s times.") % {"most": MAX_REDIRECTS})


async def _get(checked: Checked, max_bytes: int, accept: str) -> Fetched | str:
    """Ask the checked IP address itself; the name stays in the Host header and in the TLS handshake.

    Returns what came back, or where it redirects to. https://www.python-httpx.org/advanced/extensions/
    """
    parts, address = urlsplit(checked.url), checked.addresses[0]
    pinned = parts._replace(netloc=f"[{address}]:{checked.port}" if ":" in address else f"{address}:{checked.port}")
    name = f"[{checked.host}]" if ":" in checked.host else checked.host
    headers = {
        "Host": name if checked.port == PORTS[parts.scheme] else f"{name}:{checked.port}",
        "Accept": accept,
        "Accept-Encoding": "identity",
        "User-Agent": "clm",
    }
    async with (
        httpx.AsyncClient(trust_env=False, follow_redirects=False) as client,
        client.stream("GET", pinned.geturl(), headers=headers, extensions={"sni_hostname": checked.host}) as answer,
    ):
        if answer.status_code in _REDIRECTS and (onward := answer.headers.get("location")):
            return onward
        content = bytearray()
        async for piece in answer.aiter_bytes():
            content += piece
            if len(content) > max_bytes:
                raise FetchFailed(_("The page is larger than %(most)s bytes.") % {"most": f"{max_bytes:,}"})
        return Fetched(checked.url, answer.status_code, answer.headers.get("content-type", ""), bytes(content))
