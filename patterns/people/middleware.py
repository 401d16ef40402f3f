"""Keeps a person's list of their own sessions true, without a query on pages where there is nothing to note."""

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from patterns.people.sessions import renew


class OwnSessions(MiddlewareMixin):
    """Looks only where the page itself looked at who is signed in: other pages stay as cacheable as they are."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = getattr(request, "session", None)
        if session is not None and session.accessed and response.status_code < 500 and request.user.is_authenticated:
            renew(request)
        return response
