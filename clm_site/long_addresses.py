"""Refuse an address that is longer than anyone means, before anything reads or repeats it."""

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class LongAddresses:
    """Answers 414 when path and query string together pass `QUERY_STRING_LIMIT` (RFC 9110, section 15.5.15)."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest):
        if len(request.META.get("QUERY_STRING", "")) + len(request.path_info) <= settings.QUERY_STRING_LIMIT:
            return self.get_response(request)
        return self._refused() if iscoroutinefunction(self) else _refusal()

    async def _refused(self) -> HttpResponse:
        return _refusal()


def _refusal() -> HttpResponse:
    """Without the request: its address would be repeated in the page."""
    return HttpResponse(render_to_string("414.html"), status=414)
