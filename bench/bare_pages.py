"""The site's addresses, and beside them what the measured pages are measured against. Serves on an inherited socket.

`/plain/…` are plain Django views: the same reads, answered as a few lines of text. `/raw/` makes a page's SQL again
through a cursor, as the database saw it. Middleware and server are the same for all.
"""

import socket
import sys
from functools import cache


@cache
def queries_of(address: str) -> tuple[str, ...]:
    """Return the SQL that showing `address` costs once everything that is kept has been kept."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    visitor = Client(SERVER_NAME="127.0.0.1")
    visitor.get(address)
    with CaptureQueriesContext(connection) as caught:
        visitor.get(address)
    return tuple(query["sql"] for query in caught.captured_queries)


def plain_browse(request):
    from django.http import HttpResponse

    from patterns.queries.browsing import Browsing
    from patterns.queries.facet_index import kept_index
    from patterns.queries.listing import listing

    found = listing(Browsing.from_query(request.GET), kept_index())
    return HttpResponse("\n".join([str(found.total), *(pattern.title for pattern in found.patterns)]))


def plain_pattern(request, slug):  # noqa: ARG001 - Django's signature
    from django.http import HttpResponse

    from patterns.queries import reading
    from patterns.queries.relations import relation_rows
    from patterns.rendering import revision_html

    pattern = reading.find_pattern(slug)
    others = [row.target_title for row in relation_rows(pattern)]
    lighthouses = [adoption.lighthouse.title for adoption in reading.adoptions_of(pattern)]
    return HttpResponse("\n".join([pattern.title, revision_html(pattern.current).html, *others, *lighthouses]))


def raw(request):
    from django.db import connection
    from django.http import HttpResponse

    rows = []
    for sql in queries_of(request.GET["page"]):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            rows += cursor.fetchall()
    return HttpResponse("\n".join(map(repr, rows)))


def _addresses() -> list:
    from django.urls import include, path

    return [
        path("plain/patterns/", plain_browse),
        path("plain/patterns/<str:slug>/", plain_pattern),
        path("raw/", raw),
        path("", include("clm_site.urls")),
    ]


def __getattr__(name: str) -> list:
    if name == "urlpatterns":
        return _addresses()
    raise AttributeError(name)


def serve(fd: int) -> None:
    """Serve until the process is ended."""
    import uvicorn
    from django.conf import settings
    from django.core.asgi import get_asgi_application

    settings.ROOT_URLCONF = "bench.bare_pages"
    config = uvicorn.Config(get_asgi_application(), lifespan="off", log_level="error", access_log=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=fd)])


if __name__ == "__main__":
    serve(int(sys.argv[1]))
