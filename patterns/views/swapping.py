"""Pages of which htmx swaps one part: who gets the part, and what caches must know about it."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers


def swaps(request: HttpRequest, part: str) -> bool:
    """Whether the browser asks for the element with id `part` alone. Going back in its history it wants the page."""
    return bool(request.htmx) and request.htmx.target == part and not request.htmx.history_restore_request


def varying(response: HttpResponse) -> HttpResponse:
    """Return `response`, marked so that no cache takes a part for the page."""
    patch_vary_headers(response, ["HX-Request", "HX-Target", "HX-History-Restore-Request"])
    return response
