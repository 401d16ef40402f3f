"""The browse page: every published pattern, cut by facets."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from patterns.queries.browsing import Browsing
from patterns.queries.facet_index import Kept, kept_index
from patterns.queries.facets import facets
from patterns.queries.library import remembered
from patterns.queries.listing import listing
from patterns.views.swapping import swaps, varying

SORTS: Final = (
    ("title", _("Title")),
    ("recent", _("Recently changed")),
    ("confidence", _("Confidence")),
    ("suited", _("Best suited")),
)


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """What a page says, the same for everyone until the library changes; `said` is read out when it is swapped in."""

    exists: bool
    content: SafeString
    chosen: str
    said: str
    canonical: str
    before: str
    after: str
    indexable: bool
    items: tuple[tuple[str, str], ...]  # (title, whole address) of what is listed, for machines
    total: int
    domain: str  # the one chosen, whose feed one may follow


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """List patterns; words (`?q=`) are for the search page. A page past the end is a 404 that shows the way back."""
    if words := request.GET.get("q", "").strip():
        return HttpResponseRedirect(f"{reverse('search')}?{urlencode({'q': words})}")
    browsing = Browsing.from_query(request.GET)
    kept = kept_index()
    key = f"browse:{get_language()}:{kept.stamp.version}:{browsing.key}"
    page = remembered(key, lambda: _page(browsing, kept), state=kept.stamp.newest)
    template = "patterns/browse.html#swapped" if swaps(request, "browse") else "patterns/browse.html"
    context = {"browsed": page, "content": page.content, "page": browsing.page}
    return varying(render(request, template, context, status=200 if page.exists else 404))


def _page(browsing: Browsing, kept: Kept) -> BrowsePage:
    found = listing(browsing, kept)
    before = browsing.address(page=browsing.page - 1) if browsing.page > 1 else ""
    after = browsing.address(page=browsing.page + 1) if browsing.page < found.pages else ""
    context = {
        "listing": found,
        "facets": facets(browsing, kept),
        "sorts": [(name, label, browsing.address(sort=name)) for name, label in SORTS if _offered(name, browsing)],
        "before": before,
        "after": after,
        "last_page": browsing.address(page=found.pages),
        "situation": _situation(browsing),
    }
    home = settings.PUBLIC_URL + reverse("browse")
    return BrowsePage(
        exists=found.exists,
        content=render_to_string("patterns/_listing.html", context),
        chosen=", ".join(chip.label for chip in found.chips[:3]) + (", …" if len(found.chips) > 3 else ""),
        said=ngettext("%(n)s pattern", "%(n)s patterns", found.total) % {"n": intcomma(found.total)},
        canonical=home + browsing.address(page=browsing.page).removesuffix("?"),
        before=home + before.removesuffix("?") if before and found.exists else "",
        after=home + after if after and found.exists else "",
        indexable=browsing.depth < 2 and browsing.sort == "title" and not browsing.unread and found.total > 0,
        items=tuple((one.title, settings.PUBLIC_URL + one.get_absolute_url()) for one in found.patterns),
        total=found.total,
        domain=browsing.chosen["domain"][0] if len(browsing.chosen.get("domain", ())) == 1 else "",
    )


def _offered(sort: str, browsing: Browsing) -> bool:
    return sort != "suited" or browsing.suits


def _situation(browsing: Browsing) -> str:
    """Return the query of the constellation this list belongs to, where it names one archetype, stage or sector."""
    axes = {axis: browsing.chosen[axis] for axis in ("archetype", "stage", "sector") if axis in browsing.chosen}
    return urlencode({axis: keys[0] for axis, keys in axes.items()}) if all(len(k) == 1 for k in axes.values()) else ""
