"""The recipe an index was made by: searches read the live generation, and a new recipe is built beside it."""

import logging

from django.db.models import Q
from django.utils import timezone

from inference.backends import BackendError, Embedder, embedder, load
from inference.indexing import passages
from inference.indexing.fingerprints import recipe
from inference.models import IndexGeneration

log = logging.getLogger(__name__)
State = IndexGeneration.State


def live() -> IndexGeneration | None:
    """The generation that searches read."""
    return IndexGeneration.objects.filter(live=True).first()


def live_or_first() -> IndexGeneration:
    """The live generation, made with this machine's embedder where there is none yet."""
    return live() or make(live=True)


def live_model() -> str:
    """The model a question is embedded with: that of the live generation, the configured one before there is any."""
    name = IndexGeneration.objects.filter(live=True).values_list("model", flat=True).first()
    return name or load("embedder").name


def embedder_of(generation: IndexGeneration) -> Embedder:
    """The embedder `generation` is made with, whatever is configured now. Raises BackendError."""
    return embedder(generation.model)


def make(*, live: bool = False) -> IndexGeneration:
    """A new, empty generation by the recipe of this version and the configured embedder."""
    configured = load("embedder")
    try:
        dimensions = configured.dimensions
    except BackendError as problem:
        # Words do without a model; the first vectors will say how long they are.
        log.warning("a generation begins without its model: %s", problem)
        dimensions = 0
    return IndexGeneration.objects.create(
        recipe=recipe(configured.name),
        model=configured.name,
        dimensions=dimensions,
        live=live,
        live_at=timezone.now() if live else None,
    )


def configured_recipe() -> str:
    """The recipe of this version with the configured embedder."""
    return recipe(load("embedder").name)


def is_current(generation: IndexGeneration) -> bool:
    """Whether this version and the configured embedder would make the same index again."""
    return generation.recipe == configured_recipe()


def beside(*, anew: bool = False) -> IndexGeneration | None:
    """The generation to build beside the live one: the one begun, or a new one where the recipe has changed.

    A recipe that was refused, or that one can go back to, is not built again by itself; `anew` builds it all the same.
    What was begun by a recipe that is no longer wanted is dropped.
    """
    wanted = Q(recipe=configured_recipe())
    begun = IndexGeneration.objects.filter(state=State.BUILDING)
    for stale in begun.exclude(wanted):
        log.info("the index begun by %s is given up", stale.recipe)
        drop(stale)
    if (building := begun.filter(wanted).order_by("-pk").first()) is not None:
        return building
    judged = Q(state__in=(State.LIVE, State.PREVIOUS, State.REFUSED))
    if not anew and IndexGeneration.objects.filter(wanted, judged).exists():
        return None
    return make()


def drop(generation: IndexGeneration) -> None:
    """Remove a generation; passages that answers cite stay with it, no longer searched. Safe to stop in the middle."""
    if generation.state != State.RETIRED:
        IndexGeneration.objects.filter(pk=generation.pk).update(state=State.RETIRED)
    empty(generation)
    if not generation.passages.exists():
        generation.delete()


def empty(generation: IndexGeneration) -> None:
    """Remove what a generation holds, but for passages that answers cite, and remember what was said of it."""
    generation.indexed.all().delete()
    passages.retire_all(generation)
