"""The live view of one answer. Asynchronous, and without a database connection while it is open."""

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from inference.event_stream import events, look
from inference.models import Answer


@require_GET
async def answer_stream(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Server-Sent Events from the `Last-Event-ID` the browser brings, or `?after=`, or the beginning."""
    try:
        now = await look(public_id)
    except Answer.DoesNotExist as missing:
        raise Http404("There is no such answer.") from missing
    resume = request.headers.get("Last-Event-ID", "") or request.GET.get("after", "")
    return StreamingHttpResponse(
        events(public_id, now, resume=resume[:60]),
        content_type="text/event-stream",
        headers={
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
            "X-Robots-Tag": "noindex",
            "Content-Encoding": "identity",
        },
    )
