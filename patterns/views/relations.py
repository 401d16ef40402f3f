"""The relation explorer: choose a pattern, see its neighbours, what it needs first, and the way to another."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final, Self

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.exploring.matching import LONGEST, Meant
from patterns.exploring.ways import LONGEST as LONGEST_WAY
from patterns.models import Pattern
from patterns.queries import between, choosing
from patterns.queries.library import library_state, remembered
from patterns.queries.prerequisites import prerequisites_of
from patterns.queries.relation_groups import Neighbour, in_words, related, with_doubts
from patterns.queries.relations import neighbourhood, neighbours
from patterns.views import relation_data
from patterns.views.asked_for import asked_for
from patterns.views.exploring import Doubt, address_of, published_or_answer

IN_A_GROUP: Final = 12
PAGE: Final = 100  # neighbours of one kind on a page


@require_safe
def relations(request: HttpRequest) -> HttpResponse:
    """Choose one pattern (`?pattern=`), or two (`&other=`), by typing; what was clearly named is opened at once."""
    typed = {name: _typed(request, name) for name in ("pattern", "other")}
    if not typed["pattern"]:
        typed = {"pattern": typed["other"], "other": ""}
    found = {name: choosing.pattern_meant(text) for name, text in typed.items()}
    doubt = Doubt.of(request)
    one, other = found["pattern"].entry, found["other"].entry
    if one and (other or not typed["other"]):
        if other:
            return HttpResponseRedirect(address_of("relation_paths", one.slug, other.slug, suggested=doubt.suggested))
        return HttpResponseRedirect(address_of("relations_of", one.slug, suggested=doubt.suggested))
    context = {
        "typed": typed,
        "unclear": [
            _Unclear.of(name, typed, found[name], doubt) for name in typed if typed[name] and not found[name].entry
        ],
        "doubt": doubt,
        "overview": remembered(f"relations:{get_language()}", _overview, state=library_state()),
    }
    return render(request, "patterns/relations.html", context)


@dataclass(frozen=True, slots=True)
class _Unclear:
    """A field whose text names no pattern, or several: title, address part where titles clash, and link for each."""

    text: str
    choices: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, name: str, typed: dict[str, str], found: Meant, doubt: Doubt) -> Self:
        titles = Counter(one.title for one in found.nearest)
        choices = (
            (
                one.title,
                one.slug if titles[one.title] > 1 else "",
                doubt.address("relations", **(typed | {name: one.slug})),
            )
            for one in found.nearest
        )
        return cls(typed[name], tuple(choices))


def _overview() -> SafeString:
    context = {"kinds": choosing.kinds(), "starts": choosing.well_joined()}
    return render_to_string("patterns/_relations_overview.html", context)


def _typed(request: HttpRequest, name: str) -> str:
    return " ".join(request.GET.get(name, "").replace("\0", " ").split())[:LONGEST]


@require_safe
def relations_of(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the neighbours of one pattern by kind; `?kind=&way=` shows all of one kind by pages. Three queries, one more
    for doubts. Programs get JSON or Markdown, suggested ones too, by `?format=json` or `text`, or by `Accept`.
    """
    found = published_or_answer(request, slug, "relations_of")
    if isinstance(found, HttpResponse):
        return found
    if form := asked_for(request, "json", "text"):
        response = relation_data.respond(request, found, neighbours(found), form)
    else:
        response = _relations_page(request, found)
    patch_vary_headers(response, ["Accept"])
    return response


def _relations_page(request: HttpRequest, found: Pattern) -> HttpResponse:
    doubt = Doubt.of(request, "relations_of", found.slug)
    every = neighbours(found)
    shown = [one for one in every if doubt.suggested or not one.suggested]
    context = {
        "pattern": found,
        "doubt": doubt,
        "approved": sum(not one.suggested for one in every),
        "total": len(every),
    }
    if kind := request.GET.get("kind", "")[:60]:
        context |= _one_kind(request, shown, kind, doubt, found)
        return render(request, "patterns/relations_of_kind.html", context)
    context |= {
        "related": with_doubts(related(shown, most=len(shown)), most=IN_A_GROUP),
        "picture": neighbourhood(shown) if shown else None,
        "patterns": len({one.slug for one in shown}),
    }
    return render(request, "patterns/relations_of.html", context)


def _one_kind(
    request: HttpRequest, shown: list[Neighbour], kind: str, doubt: Doubt, pattern: Pattern
) -> dict[str, Any]:
    way = request.GET.get("way", "")
    groups = related([one for one in shown if one.kind == kind], most=len(shown)).groups
    group = next((group for group in groups if group.way == way), groups[0] if groups else None)
    if group is None:
        raise Http404(_("This pattern has no such relations."))
    pages = -(-group.total // PAGE)
    page = _page(request.GET.get("page", "1"))
    if page > pages:
        raise Http404(_("There is no such page of this list."))

    def turned(to: int) -> str:
        more = {"page": to} if to > 1 else {}
        return doubt.address("relations_of", pattern.slug, kind=kind, way=group.way, **more)

    return {
        "group": group,
        "neighbours": in_words(group.neighbours[(page - 1) * PAGE : page * PAGE]),
        "page": page,
        "pages": pages,
        "before": turned(page - 1) if page > 1 else "",
        "after": turned(page + 1) if page < pages else "",
    }


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= 6 else 1


@require_safe
def prerequisites(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a pattern needs at any depth, and what needs it. Six queries at most."""
    found = published_or_answer(request, slug, "prerequisites")
    if isinstance(found, HttpResponse):
        return found
    doubt = Doubt.of(request, "prerequisites", found.slug)
    context = {"pattern": found, "doubt": doubt, "found": prerequisites_of(found, doubt.states)}
    return render(request, "patterns/prerequisites.html", context)


@require_safe
def relation_paths(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Show the shortest ways from one pattern to another, and what both share. At most fourteen queries."""
    ends = [published_or_answer(request, slug, "relation_paths", after=(other,))]
    if not isinstance(ends[0], HttpResponse):
        ends.append(published_or_answer(request, other, "relation_paths", before=(slug,)))
    if isinstance(ends[-1], HttpResponse):
        return ends[-1]
    one, two = ends
    doubt = Doubt.of(request, "relation_paths", one.slug, two.slug)
    everything = request.GET.get("shared") == "all"
    shown = between.MOST_SHARED if everything else between.SHARED
    context = {
        "pattern": one,
        "other": two,
        "doubt": doubt,
        "same": one.pk == two.pk,
        "longest": LONGEST_WAY,
        "everything": everything,
        "back": doubt.address("relation_paths", two.slug, one.slug),
    }
    if one.pk != two.pk:
        context["found"] = between.what_joins(one, two, doubt.states, shown=shown)
    return render(request, "patterns/relation_paths.html", context)
