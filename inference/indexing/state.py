"""How the index stands, for the doctor, the metrics and whoever wonders why something is not found yet."""

import time
from dataclasses import dataclass, field
from typing import Any

from inference.backends import BackendError, load
from inference.indexing import embedding, generations, pace, planning, swapping, words
from inference.models import IndexGeneration, Passage
from patterns.following import changes

STALE = 60.0  # seconds after which a pace says nothing about now


@dataclass(frozen=True, slots=True)
class IndexState:
    """`problem` is a sentence with what to do, empty when all is well. Counts are of the live generation.

    `failed` passages cannot be embedded. `per_second` and `seconds_left` are the embedding's, 0 and None where nothing
    is embedded just now. `building` is empty or tells of a generation built beside the live one: recipe, passages,
    not_indexed, not_embedded, per_second, seconds_left, problem. `refused` and `previous` tell of those kept.
    """

    recipe: str = ""
    passages: int = 0
    not_indexed: int = 0
    not_embedded: int = 0
    failed: int = 0
    changes_behind: int = 0
    words: int = 0
    words_behind: bool = False
    per_second: float = 0.0
    seconds_left: int | None = None
    building: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, Any] = field(default_factory=dict)
    previous: str = ""
    problem: str = ""


def index_state() -> IndexState:
    """Read how the index stands on this machine; loads no model."""
    generation = generations.live()
    if generation is None:
        return IndexState(problem="Nothing is indexed yet. Run `manage.py index`.")
    lacking = planning.count_lacking(generation)
    waiting = embedding.count_waiting(generation)
    failed = Passage.objects.filter(generation=generation, current=True, embedding=None).exclude(problem="")
    building, refused, previous = _building(), swapping.refused(), swapping.previous()
    rate, left = _pace(generation)
    try:
        held, behind, wordless = load("words").count(), words.is_behind(generation), ""
    except BackendError as failure:
        held, behind, wordless = 0, True, str(failure)
    return IndexState(
        recipe=generation.recipe,
        passages=Passage.objects.filter(generation=generation, current=True).count(),
        not_indexed=lacking,
        not_embedded=waiting,
        failed=failed.count(),
        changes_behind=changes.behind("index"),
        words=held,
        words_behind=behind,
        per_second=rate,
        seconds_left=left,
        building=building,
        refused={"recipe": refused.recipe, "says": refused.said, "gate": refused.gate} if refused else {},
        previous=previous.recipe if previous else "",
        problem=wordless
        or _why_not_embedded(generation, lacking, waiting, left)
        or _why_not_current(generation, building)
        or _failures(failed),
    )


def _why_not_embedded(generation: IndexGeneration, lacking: int, waiting: int, left: int | None) -> str:
    if said := generation.pace.get("problem"):
        return f"{waiting} passages are not embedded. {said}"
    if not (lacking or waiting):
        return ""
    about = f", about {pace.said(left)} left" if left is not None else ""
    return (
        f"{lacking} entries are not indexed and {waiting} passages not embedded yet{about}. The bulk worker does it, "
        "or `manage.py index`."
    )


def _why_not_current(generation: IndexGeneration, building: dict[str, Any]) -> str:
    if generations.is_current(generation):
        return ""
    kept = IndexGeneration.objects.filter(recipe=generations.configured_recipe())
    if building:
        said = building["problem"]
        return f"The index by {building['recipe']} cannot be built. {said}" if said else ""
    if (refused := kept.filter(state=IndexGeneration.State.REFUSED).order_by("-pk").first()) is not None:
        return (
            f"Searches read the index by {generation.recipe}, and that of this version is kept beside it: "
            f"{refused.said} Run `manage.py index --rebuild` to build it once more, or `manage.py index --force` to "
            "take it all the same."
        )
    if kept.filter(state=IndexGeneration.State.PREVIOUS).exists():
        return f"Searches read the index by {generation.recipe}. Run `manage.py index --rollback` to go back."
    return f"The index was made by another recipe ({generation.recipe}). The bulk worker builds the new one beside it."


def _failures(failed: Any) -> str:
    first = failed.order_by("-pk").values_list("revision__title", "problem").first()
    if first is None:
        return ""
    return (
        f"{failed.count()} passages cannot be embedded, and are found by their words alone; the last one is of "
        f"“{first[0]}” ({first[1].rstrip('.')}). Run `manage.py index` to try once more."
    )


def _building() -> dict[str, Any]:
    generation = IndexGeneration.objects.filter(state=IndexGeneration.State.BUILDING).order_by("-pk").first()
    if generation is None:
        return {}
    rate, left = _pace(generation)
    return {
        "recipe": generation.recipe,
        "passages": generation.passages.filter(current=True).count(),
        "not_indexed": planning.count_lacking(generation),
        "not_embedded": embedding.count_waiting(generation),
        "per_second": rate,
        "seconds_left": left,
        "problem": generation.pace.get("problem", ""),
    }


def _pace(generation: IndexGeneration) -> tuple[float, int | None]:
    kept = generation.pace
    if time.time() - kept.get("at", 0) > STALE:
        return 0.0, None
    return kept["per_second"], kept["seconds_left"]
