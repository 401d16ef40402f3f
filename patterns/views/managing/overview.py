"""The curators' page of a pattern or lighthouse: what it is, what relies on it, what was done to it, what can be."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from patterns.models import AuditEntry, Pattern
from patterns.people.roles import curator_required
from patterns.publishing.relying import counts
from patterns.queries import publication, reading
from patterns.views.managing.acting import Thing, around, managed_lighthouse, managed_pattern

SHOWN: Final = 20  # acts and revisions


@require_safe
@curator_required
def manage_pattern(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything a curator needs to know before acting. Query count constant in whatever relies on it."""
    found = managed_pattern(slug, "manage_pattern")
    if isinstance(found, HttpResponse):
        return found
    merge = publication.open_merge(found) if found.merged_into_id else None
    context = {
        "counts": counts(found),
        "merge": merge,
        "merged_here": publication.merged_into_it(found),
        "evidence": publication.evidence_of(found),
        "adoptions": list(reading.adoptions_of(found)),
    }
    return _page(request, found, context)


@require_safe
@curator_required
def manage_lighthouse(request: HttpRequest, slug: str) -> HttpResponse:
    found = managed_lighthouse(slug, "manage_lighthouse")
    if isinstance(found, HttpResponse):
        return found
    return _page(request, found, {"uses": found.adoptions.count()})


def _page(request: HttpRequest, thing: Thing, context: dict[str, Any]) -> HttpResponse:
    retirement = publication.open_retirement(thing)
    acts = AuditEntry.objects.filter(
        target_type="pattern" if isinstance(thing, Pattern) else "lighthouse", target_id=str(thing.pk)
    )
    whole = {
        "thing": thing,
        **around(thing),
        "retirement": retirement,
        "successor": publication.successor_of(retirement),
        "moved": list(thing.moved_slugs.order_by("-moved_at")),
        "revisions": reading.revisions_of(thing, limit=SHOWN),
        "acts": list(acts.select_related("actor")[:SHOWN]),
        **context,
    }
    return render(request, "patterns/manage/overview.html", whole)
