"""Revisions, of patterns and lighthouses alike: one of them, all of them, and what lies between two."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.diffs.comparing import comparison
from patterns.models import Lighthouse, Pattern, Revision
from patterns.queries import reading
from patterns.queries.acts_told import done_with
from patterns.queries.numbers import number_in
from patterns.queries.passages import passage_from
from patterns.rendering import revision_html
from patterns.rendering.stored import render_revision, summary_of
from patterns.views.finding import published_lighthouse, published_pattern

SHOWN = 100  # revisions on one page of a history


@require_safe
def pattern_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one revision; `?start=…&end=…` (characters of its body) marks the passage that somebody cited."""
    found = published_pattern(request, slug, "pattern_revision", number)
    if isinstance(found, HttpResponse):
        return found
    revision = reading.find_revision(found, number)
    if revision is None:
        raise Http404(_("This pattern has no such revision."))
    return _revision(request, found, revision)


@require_safe
def lighthouse_revision(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one revision, with the passage marked that the address names."""
    found = published_lighthouse(request, slug, "lighthouse_revision", number)
    if isinstance(found, HttpResponse):
        return found
    revision = reading.find_revision(found, number)
    if revision is None:
        raise Http404(_("This lighthouse has no such revision."))
    return _revision(request, found, revision)


@require_safe
def pattern_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed a pattern, when and why, which two revisions to compare, and what curators and
    reviewers did. Eight queries at most."""
    found = published_pattern(request, slug, "pattern_history")
    return found if isinstance(found, HttpResponse) else _history(request, found)


@require_safe
def lighthouse_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed a lighthouse, when and why, and what curators did. Three queries."""
    found = published_lighthouse(request, slug, "lighthouse_history")
    return found if isinstance(found, HttpResponse) else _history(request, found)


@require_safe
def pattern_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed between `?from=` and `to=`, revision numbers; without them, in the last change. Two queries."""
    found = published_pattern(request, slug, "pattern_compare")
    return found if isinstance(found, HttpResponse) else _compare(request, found)


@require_safe
def lighthouse_compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what changed between two revisions of a lighthouse. Two queries."""
    found = published_lighthouse(request, slug, "lighthouse_compare")
    return found if isinstance(found, HttpResponse) else _compare(request, found)


def _revision(request: HttpRequest, thing: Pattern | Lighthouse, revision: Revision) -> HttpResponse:
    passage = passage_from(request.GET)
    rendered = render_revision(revision, passage=passage) if passage else revision_html(revision)
    context = {
        **_around(thing),
        "revision": revision,
        "rendered": rendered,
        "lead": summary_of(revision) or rendered.lead,
        "marked": 'id="passage"' in rendered.html,
        "asked_for_passage": passage is not None,
        "passage": passage,
        "before": revision.number - 1 or None,
        "after": revision.number + 1 if revision.number < thing.current.number else None,
    }
    return render(request, "patterns/revision.html", context)


def _history(request: HttpRequest, thing: Pattern | Lighthouse) -> HttpResponse:
    before = number_in(request.GET.get("before", ""))
    found = reading.revisions_of(thing, before=before, limit=SHOWN + 1)
    shown = found[:SHOWN]
    context = {
        **_around(thing),
        "revisions": shown,
        "older": shown[-1].number if len(found) > SHOWN else None,
        "acts": [] if before else done_with(thing),
        "before": before,
    }
    return render(request, "patterns/history.html", context)


def _compare(request: HttpRequest, thing: Pattern | Lighthouse) -> HttpResponse:
    latest = thing.current.number
    asked = request.GET.get("from", str(max(latest - 1, 1))), request.GET.get("to", str(latest))
    numbers = [number_in(text) for text in asked]
    found = reading.revisions_numbered(thing, [number for number in numbers if number])
    ends = [found.get(number) if number else None for number in numbers]
    older, newer = sorted(filter(None, ends), key=lambda one: one.number) if all(ends) else (None, None)
    differ = bool(older and newer and older.number != newer.number)
    context = {
        **_around(thing),
        "older": older,
        "newer": newer,
        "latest": latest,
        "unknown": [text[:20] for text, end in zip(asked, ends, strict=True) if end is None],
        "turned": differ and numbers != [older.number, newer.number],
        "changes": comparison(older, newer) if differ else None,
        "next_number": newer.number + 1 if newer and newer.number < latest else None,
        "previous_number": older.number - 1 if older and older.number > 1 else None,
    }
    return render(request, "patterns/compare.html", context, status=200 if all(ends) else 404)


def _around(thing: Pattern | Lighthouse) -> dict[str, Any]:
    """Return the thing and the addresses of what one can open of its past."""
    kind = "pattern" if isinstance(thing, Pattern) else "lighthouse"
    into = reading.stands_for(thing) if kind == "pattern" and thing.merged_into_id else None
    return {
        "thing": thing,
        "kind": kind,
        "merged_into": into,
        "revision_view": f"{kind}_revision",
        "history_url": reverse(f"{kind}_history", args=[thing.slug]),
        "compare_url": reverse(f"{kind}_compare", args=[thing.slug]),
    }
