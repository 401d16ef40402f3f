"""The search page: what the library says about some words, and why each entry was found."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from inference import entities
from inference.examples import examples
from inference.highlighting import Stretch, excerpt
from inference.naming import Named
from inference.searching import LONGEST, find
from inference.suggesting import suggest
from inference.types import Evidence, Results
from patterns.enums import PublicationState
from patterns.models import Pattern
from patterns.queries.library import library_state, published, remembered

FOUND = 60  # entries a search shows at most
PAGE = 10
NEAR = 5  # titles offered where nothing was found
USED = 8  # patterns offered where nothing was asked
KINDS = ("pattern", "lighthouse")


@dataclass(frozen=True, slots=True)
class Found:
    """One entry on the page: its best passage, marked, and the pattern's facts (none for a lighthouse)."""

    evidence: Evidence
    excerpt: tuple[Stretch, ...]
    pattern: Pattern | None
    address: str


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """`?q=` words, `domain=` narrows, `page=` turns. No words: the page says what can be searched."""
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    if not query:
        state = library_state()
        context = {"query": "", "examples": examples(state=state), "used": remembered("most-used", _used, state=state)}
        return render(request, "inference/search.html", context)
    domain = request.GET.get("domain", "")[:120].replace("\0", "")
    results = find(query, limit=FOUND, filters={"domain": domain}, one_each=True)
    patterns = _patterns(results)
    pages = max(1, -(-len(results.evidence) // PAGE))
    page = _page(request.GET.get("page", "1"))
    shown = results.evidence[(page - 1) * PAGE : page * PAGE]
    context = {
        "query": query[:LONGEST],
        "cut": len(query) > LONGEST,
        "results": results,
        "found": [_found(one, query, patterns) for one in shown],
        "domain": domain,
        "domains": [] if domain else _domains(patterns, query),
        "without_domain": _address(query),
        "meant": _meant(query, results),
        "near": () if results.evidence else suggest(query, limit=NEAR),
        "page": page,
        "pages": pages,
        "exists": page <= pages,
        "before": _address(query, domain, page - 1) if page > 1 else "",
        "after": _address(query, domain, page + 1) if page < pages else "",
    }
    return render(request, "inference/search.html", context, status=200 if page <= pages else 404)


def _patterns(results: Results) -> dict[str, Pattern]:
    slugs = [one.slug for one in results.evidence if one.kind == "pattern"]
    rows = published().filter(slug__in=slugs).only("slug", "title", "summary", "tier", "stars", "domain")
    return {pattern.slug: pattern for pattern in rows}


def _found(one: Evidence, query: str, patterns: dict[str, Pattern]) -> Found:
    name = "pattern" if one.kind == "pattern" else "lighthouse"
    address = reverse(name, args=[one.slug]) + (f"#{one.anchor}" if one.anchor else "")
    pattern = patterns.get(one.slug) if one.kind == "pattern" else None
    return Found(one, excerpt(one.text, query), pattern, address)


def _domains(patterns: dict[str, Pattern], query: str) -> list[tuple[str, int, str]]:
    """The domains of what was found: (domain, how many, address that narrows to it), the most frequent first."""
    counts = Counter(pattern.domain for pattern in patterns.values() if pattern.domain)
    return [(domain, count, _address(query, domain)) for domain, count in counts.most_common(12)]


def _meant(query: str, results: Results) -> list[Named]:
    """Entries that the query names with a typo, where something was found; where nothing was, titles are offered."""
    if not results.evidence:
        return []
    misspelt = [entity for entity in entities.link(query) if entity.score < 100]
    return [Named(entity.kind, entity.id, entity.slug, entity.title, ()) for entity in misspelt]


def _used() -> list[tuple[str, str, int]]:
    """The patterns that most lighthouses use, to begin with: (slug, title, how many use it)."""
    published_one = Q(adoptions__lighthouse__state=PublicationState.PUBLISHED)
    uses = Count("adoptions__lighthouse", filter=published_one, distinct=True)
    rows = published().annotate(uses=uses).filter(uses__gt=0)
    return list(rows.order_by("-uses", "-stars", "title", "pk").values_list("slug", "title", "uses")[:USED])


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= 6 else 1


def _address(query: str, domain: str = "", page: int = 1) -> str:
    parts: dict[str, Any] = {"q": query[:LONGEST]}
    if domain:
        parts["domain"] = domain
    if page > 1:
        parts["page"] = page
    return "?" + urlencode(parts)
