"""What went wrong, in words: a designed page for every status the site answers with.

The arguments are Django's (https://docs.djangoproject.com/en/5.2/topics/http/views/#customizing-error-views).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return render(request, "400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": _reason(exception)}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"reason": _reason(exception)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Without the request: neither its session nor its account may be read when the database is what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return render(request, "403_csrf.html", status=403)


def gone(request: HttpRequest, *, title: str) -> HttpResponse:
    """Say that something was here and was taken out."""
    return render(request, "410.html", {"title": title}, status=410)


def _reason(exception: Exception | None) -> str:
    """Return what the view said, when it was one of our sentences rather than the router's."""
    said = exception.args[0] if exception is not None and exception.args else ""
    return said if isinstance(said, str) and said.endswith(".") else ""
