"""Relations that a text may have, for its author to tick: nothing is added that nobody ticked."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patterns.checks import typed
from patterns.enums import SubmissionKind
from patterns.format import parse
from patterns.format.document import text_of
from patterns.models import Submission
from patterns.people.limits import allow
from patterns.queries.submissions import find_submission
from patterns.relating.lines import read_lines
from patterns.relating.offered import OfferedRelation, offered
from patterns.views.asked_for import wants_json


@require_http_methods(["GET", "HEAD", "POST"])
def relation_offers(request: HttpRequest) -> HttpResponse:
    """For `?submission=` of one's own, for `title`, `summary` and `text` in the address, or for a form by POST."""
    if not allow(request, "relation-offers"):
        said = _("That was a lot in a minute. Wait a little, then ask again; your text is as it was.")
        return _answer(request, (), said=said, status=429)
    form = request.POST if request.method == "POST" else request.GET
    if int(request.META.get("CONTENT_LENGTH") or 0) > typed.LONGEST:
        return _answer(request, (), said=_("This is too long to propose relations for."), status=413)
    values = form.dict()
    submission = _own(request, values.get("submission", ""))
    text = submission.text if submission else values.get("text", "") or typed.body_of(values)
    document = parse(text) if text.lstrip().startswith("---") else None
    title = values.get("title") or (document and document.title) or (submission.title if submission else "")
    summary = values.get("summary") or (text_of(document.front.get("summary")) if document else "")
    if not (title.strip() or text.strip()):
        return _answer(request, (), said=_("Write a title and a few sentences first."))
    found = offered(title=title[:300], summary=summary[:2000], body=document.body if document else text)
    ticked = set(read_lines(form.getlist("relations")))
    return _answer(request, tuple(one for one in found if read_lines([one.line])[0] not in ticked))


def _own(request: HttpRequest, number: str) -> Submission | None:
    if not number.isdecimal() or len(number) > 18:
        return None
    found = find_submission(int(number), reader=request.user)
    return found if found and found.kind == SubmissionKind.NEW_PATTERN else None


def _answer(
    request: HttpRequest, offers: tuple[OfferedRelation, ...], *, said: str = "", status: int = 200
) -> HttpResponse:
    if wants_json(request):
        rows = [{"kind": one.kind, "slug": one.slug, "title": one.title, "reason": one.reason} for one in offers]
        response: HttpResponse = JsonResponse({"relations": rows, "said": said}, status=status)
    elif request.htmx:
        body = render_to_string("patterns/_relation_offers.html", {"offers": offers, "said": said})
        response = HttpResponse(body)
    else:
        context = {"offers": offers, "said": said}
        response = render(request, "patterns/relation_offers.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
