"""The live view of one answer. Asynchronous, and without a database connection while it is open."""

from collections.abc import AsyncIterator

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from inference.models import Answer
from inference.streaming.event_stream import COME_BACK, events, look


@require_GET
async def answer_stream(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Server-Sent Events from the `Last-Event-ID` the browser brings, or `?after=`, or the beginning."""
    language = get_language() or ""
    try:
        now = await look(public_id, language=language)
    except Answer.DoesNotExist as missing:
        raise Http404("There is no such answer.") from missing
    except DatabaseError:
        return _stream(_once(COME_BACK))
    resume = request.headers.get("Last-Event-ID", "") or request.GET.get("after", "")
    return _stream(events(public_id, now, resume=resume[:60], language=language))


def _stream(messages: AsyncIterator[bytes]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        messages,
        content_type="text/event-stream",
        headers={
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
            "X-Robots-Tag": "noindex",
            "Content-Encoding": "identity",
        },
    )


async def _once(message: bytes) -> AsyncIterator[bytes]:
    yield message
