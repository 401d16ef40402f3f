"""Say that a relation is wrong: a reason, and a reviewer decides. Kept as a draft or sent, like a suggestion of one."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from patterns.relating.drafting import objected
from patterns.relating.forms import ObjectionForm
from patterns.relating.objecting import standing_relation
from patterns.views import drafts, kept
from patterns.views.relation_writing import Course, pattern_of, write


@require_http_methods(["GET", "HEAD", "POST"])
@drafts.guarded(usual=drafts.SEND)
def object_relation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The form about one relation of a pattern; `?submission=` opens one's own objection again."""
    found = pattern_of(request, slug, "relations_of")
    if isinstance(found, HttpResponse):
        return found
    relation = standing_relation(found, pk)
    if relation is None:
        said = _("This pattern has no such relation; it may have been rejected already.")
        if request.method == "POST":
            return kept.gone(request, said)
        raise Http404(said)
    return write(
        request,
        Course(
            pattern=found,
            address=reverse("object_relation", args=[found.slug, relation.pk]),
            template="patterns/object_relation.html",
            form=ObjectionForm,
            draft=partial(objected, found, relation),
            relation=relation.pk,
            straight=True,
            shown={"relation": relation},
        ),
    )
