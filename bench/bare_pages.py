"""The addresses of the site, and beside each measured page a plain view that makes the same queries and no page.

A page's queries are caught once, as the database saw them; the plain view makes them through Django's cursor and
answers with what came back. Middleware, sessions and the server are the same for both.
"""

from functools import cache

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, resolve
from django.contrib.auth.models import AnonymousUser


@cache
def queries_of(address: str) -> tuple[str, ...]:
    """Return the SQL that showing `address` costs once everything that is kept has been kept."""
    view, args, kwargs = resolve(address.partition("?")[0])
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    view(request, *args, **kwargs)
    with CaptureQueriesContext(connection) as caught:
        view(request, *args, **kwargs)
    return tuple(query["sql"] for query in caught.captured_queries)


def bare(request: HttpRequest) -> HttpResponse:
    rows = []
    for sql in queries_of(request.GET["page"]):
        with connection.cursor() as cursor:
            cursor.execute(sql.replace("%", "%%"), ())
            rows += cursor.fetchall()
    return HttpResponse("\n".join(map(repr, rows)))


urlpatterns = [path("bare/", bare), path("", include("clm_site.urls"))]
