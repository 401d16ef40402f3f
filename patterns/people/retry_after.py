"""Every refusal for haste says when to come back, whichever view or library answered it (RFC 6585, section 4)."""

from collections.abc import Callable

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponse

USUAL = 60  # seconds, where the limit that refused is not one of ours
TOO_MANY = 429


class RetryAfter:
    """Puts `Retry-After` on each 429 that has none: what is left of the limit that refused, as `limits` noted it."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest):
        if iscoroutinefunction(self):
            return self._later(request)
        return _said(request, self.get_response(request))

    async def _later(self, request: HttpRequest) -> HttpResponse:
        return _said(request, await self.get_response(request))


def _said(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code == TOO_MANY:
        response.setdefault("Retry-After", str(getattr(request, "retry_after", USUAL)))
    return response
