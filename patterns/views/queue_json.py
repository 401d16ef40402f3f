"""The review queue for programs: the list, the counts and the neighbours of the page, as plain values."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from patterns.models import User
from patterns.queries.queue import Page, Row
from patterns.queries.queue_counts import Bounded
from patterns.review.filters import Filters, Place, joined
from patterns.views.queue_lists import label_of_kinds


def queue_as_json(
    filters: Filters,
    page: Page,
    *,
    reader: User,
    states: Mapping[str, Bounded],
    in_kinds: Mapping[str, int],
    everything: Mapping[str, Mapping[Any, int]] | None,
) -> dict[str, Any]:
    """Everything the page of the queue shows of its list. No query."""
    labels = label_of_kinds()
    counts: dict[str, Any] = {
        "states": {name: _bounded(count) for name, count in states.items()},
        "kinds": {name: {"label": str(labels.get(name, name)), "count": count} for name, count in in_kinds.items()},
    }
    if everything is not None:
        counts |= {name: {str(value): n for value, n in found.items()} for name, found in everything.items()}
    return {
        "filters": {
            "kind": list(filters.kinds), "state": filters.state, "author": filters.author, "others": filters.others,
            "age": filters.age, "level": filters.level, "tier": filters.tier, "domain": filters.domain,
            "quick": filters.quick, "q": filters.words, "sort": filters.sort,
        },
        "total": _bounded(states[filters.state]),
        "counts": counts,
        "items": [_row(row, reader) for row in page.rows],
        "before": _address(filters, page.before),
        "after": _address(filters, page.after),
    }  # fmt: skip


def _row(row: Row, reader: User) -> dict[str, Any]:
    item, claim, review = row.item, row.claim, row.review
    return {
        "id": item.pk,
        "version": item.version,
        "address": item.get_absolute_url(),
        "kind": item.kind,
        "kind_label": str(row.kind.label),
        "title": item.title,
        "author": item.author.credit if item.author else None,
        "own": item.author_id == reader.pk,
        "open": item.open,
        "with_author": item.with_author,
        "waits_since": item.waits_since,
        "minutes": item.minutes,
        "tier": item.tier,
        "domain": item.domain,
        "priority": item.priority,
        "level": row.level,
        "why": list(row.why),
        "claim": claim
        and {"by": claim.reviewer.credit, "mine": claim.reviewer_id == reader.pk, "until": claim.expires_at},
        "decided": review and {"decision": review.decision, "by": review.reviewer.credit, "at": review.at},
    }


def _bounded(count: Bounded) -> dict[str, Any]:
    """A count; `more` says that there are more than that."""
    return {"count": count.count, "more": count.more}


def _address(filters: Filters, place: Place | None) -> str | None:
    if place is None:
        return None
    return reverse("review_queue") + joined(filters.query(), place.query, "format=json")
