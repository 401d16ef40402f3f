"""Questions whose answer is known without a judge: a pattern's own title, names and summary must find that pattern.

Known-item retrieval over a sample that is the same every time, so that two indexes of one library can be compared
(see Azzopardi, de Rijke and Balog, Building Simulated Queries for Known-Item Topics, SIGIR 2007).
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PATTERNS = 120  # in the sample
LONGEST = 300  # characters of a question
DEPTH = 10


@dataclass(frozen=True, slots=True)
class KnownItem:
    """`query`, made from a `kind` of name (title, alias, wording, summary), is answered by any of `patterns`."""

    kind: str
    query: str
    patterns: frozenset[int]


@dataclass(frozen=True, slots=True)
class Named:
    """A published pattern and what it says of itself."""

    id: int
    key: str  # the same in every index of the library: the sample is drawn by it
    title: str
    aliases: Sequence[str] = ()
    wordings: Sequence[str] = ()
    summary: str = ""


def known_items(patterns: Iterable[Named], *, sample: int = PATTERNS) -> list[KnownItem]:
    """At most four questions for each of `sample` patterns. Two patterns of one name both answer to it."""
    everyone = list(patterns)
    of_name: dict[str, set[int]] = {}
    for one in everyone:
        for name in (one.title, *one.aliases, *one.wordings):
            of_name.setdefault(_folded(name), set()).add(one.id)
    chosen = sorted(everyone, key=lambda one: hashlib.sha256(one.key.encode()).digest())[:sample]
    found = []
    for one in chosen:
        for kind, text in (
            ("title", one.title),
            ("alias", next(iter(one.aliases), "")),
            ("wording", next((name for name in one.wordings if _folded(name) != _folded(one.title)), "")),
            ("summary", one.summary),
        ):
            query = " ".join(text.split())[:LONGEST]
            if query:
                same = of_name.get(_folded(query), set()) if kind != "summary" else set()
                found.append(KnownItem(kind, query, frozenset({one.id, *same})))
    return found


def wordings(front: Mapping[str, Any]) -> list[str]:
    """The names a revision's front matter gives a pattern in other contexts."""
    labels = front.get("context_labels")
    given = labels.values() if isinstance(labels, Mapping) else ()
    return [name for name in given if isinstance(name, str) and name.strip()]


def place(ranking: Iterable[int | None], wanted: frozenset[int]) -> int:
    """Where the first of `wanted` stands among the different patterns of `ranking`, from 1; 0 where not in DEPTH."""
    seen: dict[int, None] = {}
    for pattern in ranking:
        if pattern is not None:
            seen.setdefault(pattern)
        if len(seen) > DEPTH:
            break
    return next((number for number, one in enumerate(list(seen)[:DEPTH], start=1) if one in wanted), 0)


def figures(places: Sequence[int]) -> dict[str, float]:
    """`mrr` and `recall`, both at DEPTH, of the places of a list of questions."""
    if not places:
        return {"mrr": 0.0, "recall": 0.0}
    return {
        "mrr": round(sum(1 / one for one in places if one) / len(places), 4),
        "recall": round(sum(one > 0 for one in places) / len(places), 4),
    }


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
