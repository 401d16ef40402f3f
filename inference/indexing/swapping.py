"""Which generation searches read: letting a new one in, going back to the one before, and clearing away the rest."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from inference.indexing import generations
from inference.models import IndexGeneration

State = IndexGeneration.State


def go_live(generation: IndexGeneration, *, says: str, leaving: str = State.PREVIOUS, because: str = "") -> None:
    """Let searches read `generation` from this moment on; what was live becomes `leaving`."""
    with transaction.atomic():
        before = IndexGeneration.objects.select_for_update().filter(live=True).exclude(pk=generation.pk).first()
        if before is not None:
            before.live, before.state, before.pace = False, leaving, {}
            before.said = because or before.said
            before.save(update_fields=["live", "state", "pace", "said"])
        generation.live, generation.said, generation.live_at = True, says, timezone.now()
        generation.save(update_fields=["live", "state", "said", "live_at"])


def note(generation: IndexGeneration, figures: Mapping[str, Any]) -> None:
    """Keep what the comparison measured."""
    generation.gate = dict(figures)
    generation.save(update_fields=["gate"])


def refuse(generation: IndexGeneration, says: str) -> None:
    """Leave `generation` beside the live one, with the reason."""
    generation.state, generation.said, generation.pace = State.REFUSED, says, {}
    generation.save(update_fields=["state", "said", "pace"])


def previous() -> IndexGeneration | None:
    """The generation one can go back to."""
    return (
        IndexGeneration.objects.filter(state=State.PREVIOUS).order_by(F("live_at").desc(nulls_last=True), "-pk").first()
    )


def refused() -> IndexGeneration | None:
    """The last generation that was refused or taken back."""
    return IndexGeneration.objects.filter(state=State.REFUSED).order_by("-pk").first()


def tidy() -> int:
    """Remove what is neither live, nor being built, nor the one to go back to; returns how many generations went."""
    kept = previous()
    spare = IndexGeneration.objects.exclude(state__in=(State.LIVE, State.BUILDING))
    return _cleared(spare.exclude(pk=kept.pk) if kept else spare, generations.drop)


def prune() -> int:
    """Remove what is neither live nor being built. That one was refused is remembered: it is not built again."""
    gone = _cleared(IndexGeneration.objects.filter(state=State.REFUSED), generations.empty)
    return gone + _cleared(IndexGeneration.objects.filter(state__in=(State.PREVIOUS, State.RETIRED)), generations.drop)


def _cleared(spare: QuerySet[IndexGeneration], clear: Callable[[IndexGeneration], None]) -> int:
    gone = 0
    for generation in spare:
        gone += generation.indexed.exists()
        clear(generation)
    return gone
