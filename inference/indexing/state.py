"""How the index stands, for the doctor, the metrics and whoever wonders why something is not found yet."""

from dataclasses import dataclass

from inference.backends import BackendError, load
from inference.indexing import embedding, generations, planning, words
from inference.models import Passage
from patterns import changes


@dataclass(frozen=True, slots=True)
class IndexState:
    """`problem` is a sentence with what to do, empty when all is well. Counts are of the live generation."""

    recipe: str = ""
    passages: int = 0
    not_indexed: int = 0
    not_embedded: int = 0
    changes_behind: int = 0
    words: int = 0
    words_behind: bool = False
    problem: str = ""


def index_state() -> IndexState:
    """Read how the index stands on this machine; loads no model."""
    generation = generations.live()
    if generation is None:
        return IndexState(problem="Nothing is indexed yet. Run `manage.py index`.")
    lacking = planning.count_lacking(generation)
    waiting = embedding.count_waiting(generation)
    problem = ""
    if not generations.is_current(generation):
        problem = f"The index was made by another recipe ({generation.recipe}). Run `manage.py index --rebuild`."
    elif lacking or waiting:
        problem = (
            f"{lacking} entries are not indexed and {waiting} passages not embedded yet. The bulk worker does it, "
            "or `manage.py index`."
        )
    try:
        held, behind = load("words").count(), words.is_behind(generation)
    except BackendError as failure:
        held, behind, problem = 0, True, str(failure)
    return IndexState(
        recipe=generation.recipe,
        passages=Passage.objects.filter(generation=generation, current=True).count(),
        not_indexed=lacking,
        not_embedded=waiting,
        changes_behind=changes.behind("index"),
        words=held,
        words_behind=behind,
        problem=problem,
    )
