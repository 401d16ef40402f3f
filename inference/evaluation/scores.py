"""From what was found for each judged question to the figures of the whole file. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from inference.evaluation.questions import Judged

NO_ANSWER = frozenset(("nearest", "none"))
FAILED = "failed"


@dataclass(frozen=True)
class Found:
    """What answering one question brought.

    `ranked` are distinct slugs, the best first: of what the answer names and cites, in its order, then of the further
    evidence it was written from. `outcome` is answer, nearest, none or failed. `sentences` counts those that claim
    something, `supported` those of them whose sources say it.
    """

    route: str
    outcome: str
    ranked: tuple[str, ...]
    text: str
    sentences: int
    supported: int
    first_token_ms: float | None
    total_ms: float
    error: str = ""
    understood: str = ""
    score: float | None = None


Row = tuple[Judged, Found]


def figures(rows: Sequence[Row]) -> dict[str, Any]:
    """The figures of the file. A share of nothing is None.

    A question's first hit may be any of `expect` or `also_ok`; recall is the share of `expect` that was found at all.
    Saying that there is no answer counts as right where `answerable` is false; the nearest passages, shown as such, say
    it too.
    """
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        kinds.setdefault(row[0].kind, []).append(row)
    said_none = [row for row in rows if row[1].outcome in NO_ANSWER]
    is_none = [row for row in rows if not row[0].answerable]
    both = [row for row in said_none if not row[0].answerable]
    return {
        "kinds": {kind: _of_kind(some) for kind, some in kinds.items()},
        "no_answer": {"precision": _share(len(both), len(said_none)), "recall": _share(len(both), len(is_none))},
        "failed": sum(found.outcome == FAILED for _, found in rows),
        "supported": _share(sum(f.supported for _, f in rows), sum(f.sentences for _, f in rows)),
        "first_token_ms": _median(f.first_token_ms for _, f in rows if f.first_token_ms is not None),
        "total_ms": _median(f.total_ms for _, f in rows),
    }


def rank(judged: Judged, found: Found) -> int | None:
    """Where the first slug that counts stands, from 1; None where none was found."""
    good = {*judged.expect, *judged.also_ok}
    return next((place for place, slug in enumerate(found.ranked, 1) if slug in good), None)


def recall(judged: Judged, found: Found) -> float:
    """Share of the expected slugs that were found."""
    return len({*judged.expect} & {*found.ranked}) / len({*judged.expect})


def says_all(judged: Judged, found: Found) -> bool:
    """Whether every phrase that must stand in the answer does, however it is capitalised and spaced."""
    text = " ".join(found.text.casefold().split())
    return all(" ".join(phrase.casefold().split()) in text for phrase in judged.must_say)


def _of_kind(rows: Sequence[Row]) -> dict[str, Any]:
    expecting = [row for row in rows if row[0].expect]
    ranks = [rank(*row) for row in expecting]
    routed = [row for row in rows if row[0].expect_route]
    told = [row for row in rows if row[0].must_say]
    return {
        "n": len(rows),
        "hit@1": _share(sum(place == 1 for place in ranks), len(ranks)),
        "hit@5": _share(sum(place is not None and place <= 5 for place in ranks), len(ranks)),
        "recall": _share(sum(recall(*row) for row in expecting), len(expecting)),
        "mrr": _share(sum(1 / place for place in ranks if place), len(ranks)),
        "route": _share(sum(judged.expect_route == found.route for judged, found in routed), len(routed)),
        "must_say": _share(sum(says_all(*row) for row in told), len(told)),
    }


def _share(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(median(found), 1) if found else None
