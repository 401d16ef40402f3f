"""The recipe an index was made by: searches read the live generation, and a new recipe is built beside it."""

from inference.backends import load
from inference.indexing.fingerprints import recipe
from inference.models import IndexGeneration


def live() -> IndexGeneration | None:
    """The generation that searches read."""
    return IndexGeneration.objects.filter(live=True).first()


def live_or_first() -> IndexGeneration:
    """The live generation, made with this machine's embedder where there is none yet."""
    return live() or make(live=True)


def make(*, live: bool = False) -> IndexGeneration:
    """A new, empty generation by the recipe of this version and the configured embedder."""
    embedder = load("embedder")
    return IndexGeneration.objects.create(
        recipe=recipe(embedder.name), model=embedder.name, dimensions=embedder.dimensions, live=live
    )


def is_current(generation: IndexGeneration) -> bool:
    """Whether this version and the configured embedder would make the same index again."""
    return generation.recipe == recipe(load("embedder").name)


def go_live(generation: IndexGeneration) -> None:
    """Let searches read `generation`; to be called in a transaction."""
    IndexGeneration.objects.filter(live=True).exclude(pk=generation.pk).update(live=False)
    IndexGeneration.objects.filter(pk=generation.pk).update(live=True)
    generation.live = True
