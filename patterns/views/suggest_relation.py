"""Suggest a relation: choose, look at the sentence it makes, send."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from patterns.relating.drafting import drafted
from patterns.relating.forms import RelationForm
from patterns.views import drafts
from patterns.views.relation_writing import Course, pattern_of, write


@require_http_methods(["GET", "HEAD", "POST"])
@drafts.guarded()
def suggest_relation(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on one pattern; `?other=` names the other one, `?submission=` opens one's own draft again."""
    found = pattern_of(request, slug, "suggest_relation")
    if isinstance(found, HttpResponse):
        return found
    return write(
        request,
        Course(
            pattern=found,
            address=reverse("suggest_relation", args=[found.slug]),
            template="patterns/suggest_relation.html",
            form=partial(RelationForm, title=found.title),
            draft=partial(drafted, found),
        ),
    )
