"""The search page: what the library says about some words, and why each entry was found."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from inference.names import entities
from inference.names.naming import Named
from inference.searching.page import FindingPage, finding_page
from inference.searching.query import Searching
from inference.showing.examples import examples
from inference.titles.respelling import respelt
from inference.titles.suggesting import suggest
from patterns.enums import PublicationState
from patterns.queries.facet_index import kept_index
from patterns.queries.library import library_state, published, remembered
from patterns.views.swapping import swaps, varying

NEAR = 5  # titles offered where nothing was found
USED = 8  # patterns offered where nothing was asked


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """`?q=` words, facets as in browsing narrow, `page=` turns. No words: the page says what can be searched."""
    searching = Searching.from_query(request.GET)
    if not searching.words:
        state = library_state()
        context = {"query": "", "examples": examples(state=state), "used": remembered("most-used", _used, state=state)}
        return varying(render(request, "inference/search.html", context))
    page = finding_page(searching, kept_index())
    context = {
        "query": searching.words,
        "searching": searching,
        "listing": page,
        "kept": [(facet, key) for facet, keys in searching.chosen.items() for key in keys],
        "meant": respelt(searching.words),
        "named": _named(searching.words, page),
        "near": () if page.everything else suggest(searching.words, limit=NEAR),
        "without_facets": Searching(words=searching.words).address(),
        "first_page": searching.address(),
        "before": searching.address(page=page.page - 1) if page.page > 1 else "",
        "after": searching.address(page=page.page + 1) if page.page < page.pages else "",
    }
    template = "inference/search.html#swapped" if swaps(request, "search") else "inference/search.html"
    return varying(render(request, template, context, status=200 if page.exists else 404))


def _named(query: str, page: FindingPage) -> list[Named]:
    """Entries that the query names with a typo, where something was found; where nothing was, titles are offered."""
    if not page.everything:
        return []
    misspelt = [entity for entity in entities.link(query) if entity.score < 100]
    return [Named(entity.kind, entity.id, entity.slug, entity.title, ()) for entity in misspelt]


def _used() -> list[tuple[str, str, int]]:
    """The patterns that most lighthouses use, to begin with: (slug, title, how many use it)."""
    published_one = Q(adoptions__lighthouse__state=PublicationState.PUBLISHED)
    uses = Count("adoptions__lighthouse", filter=published_one, distinct=True)
    rows = published().annotate(uses=uses).filter(uses__gt=0)
    return list(rows.order_by("-uses", "-stars", "title", "pk").values_list("slug", "title", "uses")[:USED])
