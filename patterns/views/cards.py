"""Cards to print, of one pattern or of a collection, and the page that their codes lead to."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from patterns.cards.card import wording_of
from patterns.enums import PublicationState
from patterns.models import Collection
from patterns.queries import cards as queries
from patterns.queries import collections, reading
from patterns.queries.card_standing import Verdict, card_standing
from patterns.views.errors import asked_again, gone
from patterns.views.owned import for_owner
from patterns.views.shared import found_share, no_longer_shared, unlisted

A_PAGE = 100  # cards, twenty-five sheets
A_SHEET = 4
WORDINGS = ("corporate", "government", "activist", "tech")


@require_safe
def pattern_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The card of one pattern, alone on its sheet; `?wording=tech` titles it so. Three queries."""
    found = reading.find_pattern(slug)
    if found is None:
        raise Http404(_("There is no pattern at this address."))
    if isinstance(found, reading.Moved):
        return asked_again(redirect("pattern_card", found.slug, permanent=True))
    if found.state != PublicationState.PUBLISHED:
        return gone(request, title=found.title, thing=found)
    wording = request.GET.get("wording", "")[:80]
    context = {
        "pattern": found,
        "sheets": _sheets(list(queries.printed_cards([found.pk], wording=wording).values())),
        "wording": wording,
        "wordings": _wordings(found.current.front),
    }
    return render(request, "patterns/card.html", context)


@require_safe
@for_owner
def collection_cards(request: HttpRequest, collection: Collection) -> HttpResponse:
    """The cards of one's own collection. Four queries besides the account's and the collection's."""
    return render(request, "patterns/cards.html", _cards_of(request, collection) | {"back": collection})


@require_safe
def shared_cards(request: HttpRequest, token: str) -> HttpResponse:
    """The cards of a collection somebody shared."""
    link = found_share(token)
    if link.ended_at is not None:
        return no_longer_shared(request)
    return unlisted(render(request, "patterns/cards.html", _cards_of(request, link.collection) | {"back": link}))


@require_safe
def card_check(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say whether a printed card is up to date. The address is on paper: it never changes, and never redirects."""
    standing = card_standing(slug, number)
    if standing is None:
        return render(request, "patterns/card_unknown.html", {"number": number}, status=404)
    status = {Verdict.NEVER: 404, Verdict.RETIRED: 410}.get(standing.verdict, 200)
    if standing.verdict == Verdict.NEVER and standing.pattern.state != PublicationState.PUBLISHED:
        status = 410
    context = {"standing": standing, "pattern": standing.pattern, "number": number}
    return render(request, "patterns/card_check.html", context, status=status)


def _cards_of(request: HttpRequest, collection: Collection) -> dict[str, Any]:
    """A page of cards in the collection's order. What is retired or gone has none, and is counted instead."""
    page = collections.entries(collection, page=request.GET.get("page", "1")[:9], size=A_PAGE)
    here = [entry for entry in page if entry.condition in {collections.Condition.HERE, collections.Condition.RENAMED}]
    with_notes = request.GET.get("notes", "") == "1"
    wording = request.GET.get("wording", "")
    wording = wording if wording in WORDINGS else ""
    notes = {entry.pattern.pk: entry.item.note for entry in here} if with_notes else None
    printed = queries.printed_cards([entry.pattern.pk for entry in here], wording=wording, notes=notes)
    cards = [printed[entry.pattern.pk] for entry in here if entry.pattern.pk in printed]
    return {
        "collection": collection,
        "page": page,
        "sheets": _sheets(cards),
        "count": len(cards),
        "left_out": len(page.object_list) - len(cards),
        "wording": wording,
        "wordings": WORDINGS,
        "notes": with_notes,
    }


def _sheets(cards: list[queries.PrintedCard]) -> list[list[queries.PrintedCard]]:
    return [cards[start : start + A_SHEET] for start in range(0, len(cards), A_SHEET)]


def _wordings(front: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The contexts of a file as it writes them, with what each calls the pattern."""
    labels = front.get("context_labels")
    names = [name for name in labels if isinstance(name, str)] if isinstance(labels, Mapping) else []
    return [(name, title) for name in names[:12] if (title := wording_of(front, name))]
