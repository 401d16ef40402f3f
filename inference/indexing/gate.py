"""Decides whether a generation built beside the live one may take its place: it is whole, and it finds no worse.

No outside data: questions made from the library's own names are put to both indexes, by words and by meaning together,
through the same fusion a search uses.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from inference.indexing import embedding, planning, trials
from inference.indexing.known_items import KnownItem, Named, figures, known_items, wordings
from inference.models import IndexGeneration, Passage
from patterns.enums import PublicationState
from patterns.models import Pattern

TOLERANCE = {"mrr": 0.02, "recall": 0.02, "mrr_meaning": 0.05, "recall_meaning": 0.05}
MOST_FAILED = 0.01  # share of passages that may be without a vector


@dataclass(frozen=True, slots=True)
class Counts:
    """What is not as it should be in the new generation; `passages` are all it has."""

    passages: int = 0
    missing: int = 0  # published things whose current revision it does not hold
    emptied: int = 0  # things that have passages in the live one and none in this
    waiting: int = 0  # passages that are not embedded
    failed: int = 0  # passages that cannot be


@dataclass(frozen=True, slots=True)
class Verdict:
    """`says` is a sentence for the operator; `figures` are kept with the generation."""

    passed: bool
    says: str
    figures: Mapping[str, Any]


def judge(generation: IndexGeneration, *, live: IndexGeneration, meanwhile: Callable[[], None]) -> Verdict:
    """Compare `generation` with the live one; `meanwhile` is called between questions. Raises BackendError."""
    started = time.monotonic()
    counts = count(generation, live=live)
    items = known_items(_named())
    with trials.Trial(generation, meanwhile=meanwhile) as new, trials.Trial(live, meanwhile=meanwhile) as old:
        measured = _compared(items, new=new.places(items), live=old.places(items))
        words_only = [side for side, trial in (("new", new), ("live", old)) if trial.words_only]
    verdict = decide(counts, measured)
    kept = {
        **{name: measured[name] for name in ("questions", "new", "live", "kinds")},
        "counts": asdict(counts),
        "words_only": words_only,
        "seconds": round(time.monotonic() - started, 1),
        "passed": verdict.passed,
    }
    return Verdict(verdict.passed, verdict.says, kept)


def decide(counts: Counts, measured: Mapping[str, Any]) -> Verdict:
    """Pure: whole first, then no worse than the live one within TOLERANCE."""
    wrong = [
        f"{number} {what}"
        for number, what in (
            (counts.missing, "entries are missing from it"),
            (counts.emptied, "entries have lost all their passages in it"),
            (counts.waiting, "of its passages are not embedded"),
            (counts.failed if counts.failed > MOST_FAILED * counts.passages else 0, "of its passages have no vector"),
        )
        if number
    ]
    new, live = measured["new"], measured["live"]
    said = (
        f"Of {measured['questions']} questions whose answer is known it finds {new['recall']:.0%} in the first ten "
        f"(MRR {new['mrr']:.3f}, by meaning alone {new['mrr_meaning']:.3f}); the live index {live['recall']:.0%} "
        f"({live['mrr']:.3f}, {live['mrr_meaning']:.3f})."
    )
    worse = [name for name, by in TOLERANCE.items() if new[name] < live[name] - by]
    if wrong:
        return Verdict(False, f"The new index was refused: {', '.join(wrong)}. {said}", measured)
    if worse:
        how = "" if set(worse) & {"mrr", "recall"} else " by meaning alone"
        return Verdict(False, f"The new index was refused, because it finds less{how}. {said}", measured)
    return Verdict(True, f"The new index is live. {said}", measured)


def count(generation: IndexGeneration, *, live: IndexGeneration) -> Counts:
    """Read what the new generation holds against the library and against the live one."""
    mine = Passage.objects.filter(generation=generation, current=True)
    theirs = Passage.objects.filter(generation=live, current=True)
    emptied = 0
    for of in ("pattern", "lighthouse"):
        published = {f"{of}__state": PublicationState.PUBLISHED, f"{of}__isnull": False}
        held = mine.filter(**{f"{of}__isnull": False}).values(of)
        emptied += theirs.filter(**published).exclude(**{f"{of}__in": held}).values(of).distinct().count()
    return Counts(
        passages=mine.count(),
        missing=planning.count_lacking(generation),
        emptied=emptied,
        waiting=embedding.count_waiting(generation),
        failed=mine.filter(embedding=None).exclude(problem="").count(),
    )


def _compared(items: list[KnownItem], *, new: list[tuple[int, int]], live: list[tuple[int, int]]) -> dict[str, Any]:
    kinds = sorted({item.kind for item in items})
    of = {kind: [number for number, item in enumerate(items) if item.kind == kind] for kind in kinds}
    return {
        "questions": len(items),
        "new": _figures(new),
        "live": _figures(live),
        "kinds": {
            kind: {
                "questions": len(of[kind]),
                "new": _figures([new[number] for number in of[kind]]),
                "live": _figures([live[number] for number in of[kind]]),
            }
            for kind in kinds
        },
    }


def _figures(places: list[tuple[int, int]]) -> dict[str, float]:
    by_meaning = figures([meaning for _, meaning in places])
    return figures([both for both, _ in places]) | {f"{name}_meaning": value for name, value in by_meaning.items()}


def _named() -> list[Named]:
    rows = Pattern.objects.filter(state=PublicationState.PUBLISHED).exclude(current=None)
    values = rows.values_list("pk", "slug", "title", "aliases", "summary", "current__front")
    return [
        Named(pk, slug, title, aliases, wordings(front or {}), summary)
        for pk, slug, title, aliases, summary, front in values.iterator(chunk_size=500)
    ]
