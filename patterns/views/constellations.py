"""Constellations: choose an archetype, a stage and a sector; see what suits them, ranked, and why."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.faceting.index import SUITS
from patterns.queries.browsing import Browsing
from patterns.queries.constellations import choices, constellation
from patterns.queries.facet_index import Kept, kept_index
from patterns.queries.facets import LABELS
from patterns.queries.library import remembered
from patterns.queries.situation_table import situation_table
from patterns.queries.situations import Situation
from patterns.views.swapping import swaps, varying


@dataclass(frozen=True, slots=True)
class ConstellationPage:
    """What a page says, the same for everyone until the library changes; `said` is read out when it is swapped in."""

    exists: bool
    content: SafeString
    chosen: str
    said: str
    canonical: str
    indexable: bool


@require_safe
def constellations(request: HttpRequest) -> HttpResponse:
    """Show what suits a situation, or all situations there are. A form's empty fields are taken out of the address."""
    situation = Situation.from_query(request.GET)
    address = reverse("constellations") + situation.address(page=situation.page).removesuffix("?")
    swapping = swaps(request, "constellation")
    if not swapping and any(not value.strip() for axis in SUITS for value in request.GET.getlist(axis)):
        return HttpResponseRedirect(address)
    kept = kept_index()
    key = f"constellation:{get_language()}:{kept.stamp.version}:{situation.key}"
    page = remembered(key, lambda: _page(situation, kept), state=kept.stamp.newest)
    context = {"shown": page, "content": page.content, "page": situation.page}
    template = "patterns/constellations.html#swapped" if swapping else "patterns/constellations.html"
    response = render(request, template, context, status=200 if page.exists else 404)
    if swapping:
        response["HX-Push-Url"] = address
    return varying(response)


def _page(situation: Situation, kept: Kept) -> ConstellationPage:
    found = constellation(situation, kept)
    offered = choices(kept, situation.named)
    known = replace(situation, named={axis: key for axis, key in situation.named.items() if axis in found.names})
    both = Browsing(chosen=known.chosen, sort="suited").address() if found.complete else ""
    context = {
        "found": found,
        "axes": [(axis, LABELS[axis], _any(axis), offered[axis], situation.named.get(axis, "")) for axis in SUITS],
        "sources": kept.sources,
        "table": None if found.names else situation_table(kept),
        "is_empty": not any(offered.values()),
        "in_browse": both,
        "before": situation.address(page=situation.page - 1) if situation.page > 1 else "",
        "after": situation.address(page=situation.page + 1) if situation.page < found.pages else "",
        "last_page": situation.address(page=found.pages),
    }
    said = (
        ngettext("%(n)s pattern", "%(n)s patterns", found.total) % {"n": intcomma(found.total)} if found.names else ""
    )
    return ConstellationPage(
        exists=found.exists,
        content=render_to_string("patterns/_constellation.html", context),
        chosen=", ".join(found.names.values()),
        said=said,
        canonical=settings.PUBLIC_URL + reverse("constellations") + known.address(page=known.page).removesuffix("?"),
        indexable=len(found.names) < 2 and not found.unknown and not situation.unread,
    )


def _any(axis: str) -> str:
    return {"archetype": _("Any archetype"), "stage": _("Any stage"), "sector": _("Any sector")}[axis]
