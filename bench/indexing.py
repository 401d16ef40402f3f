"""Indexing, against a bare `SentenceTransformer.encode` of the same passages at the same precision, in one run.

CLM_CORPUS names a Commons OS snapshot, of which CLM_BENCH_PASSAGES passages (2,000 where nothing is said) are taken;
without it the starter library stands in. The library is cut into parts, and each is embedded both ways, in turns, so
that both meet the same load. Both run with the weights in the format the product chose for this processor.
"""

import copy
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figures import Figure, report
from bench.site import fresh_site

NAME = "indexing"
PARTS = 5
ROOT = Path(__file__).resolve().parent.parent


def measure() -> Iterator[Figure]:
    wanted = int(os.environ.get("CLM_BENCH_PASSAGES", "2000"))
    with fresh_site():
        from patterns.importing import import_library

        named = os.environ.get("CLM_CORPUS")
        import_library(Path(named) if named else ROOT / "library")
        parts = _parts(wanted)
        first = _First(0, 0.0)
        yield from _against_bare(parts, "real" if named else "starter", first)
        yield from _again(first)


@dataclass(slots=True)
class _First:
    """The first indexing: its passages, and its seconds with cutting and words."""

    passages: int
    seconds: float


def _parts(wanted: int) -> list[list[int]]:
    """Patterns of about `wanted` passages in all, in PARTS parts; everything else is taken out of the library."""
    from inference.indexing import chunking
    from patterns.enums import PublicationState
    from patterns.models import Lighthouse, Pattern

    parts: list[list[int]] = [[] for _ in range(PARTS)]
    sizes = [0] * PARTS
    for pattern in Pattern.objects.select_related("current").order_by("uid", "pk").iterator(chunk_size=50):
        if sum(sizes) >= wanted:
            break
        smallest = sizes.index(min(sizes))
        parts[smallest].append(pattern.pk)
        sizes[smallest] += len(chunking.passages(pattern.current.body)) + 1
    Lighthouse.objects.update(state=PublicationState.RETIRED)
    Pattern.objects.update(state=PublicationState.RETIRED)
    return parts


def _against_bare(parts: list[list[int]], library: str, first: _First) -> Iterator[Figure]:
    from inference import indexing
    from inference.backends import load
    from inference.models import Passage
    from patterns.enums import PublicationState
    from patterns.models import Pattern

    embedder = load("embedder")
    embedder.embed(["A first text loads the model."] * 8)
    model = embedder._model  # noqa: SLF001 - the bare call is on the very same weights
    form = str(next(model.parameters()).dtype).removeprefix("torch.")
    ours, bare, in_order = [], [], []  # seconds of each part
    for part in parts:
        Pattern.objects.filter(pk__in=part).update(state=PublicationState.PUBLISHED)
        started = time.perf_counter()
        indexing.follow(embed=False)
        cut = time.perf_counter()
        done = indexing.follow()
        ended = time.perf_counter()
        texts = _texts(Passage.objects.filter(pattern__in=part, current=True))
        assert done.embedded == len(texts), (done, len(texts))
        first.passages += len(texts)
        first.seconds += ended - started
        ours.append(ended - cut)
        started = time.perf_counter()
        model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        bare.append(time.perf_counter() - started)
        in_order.append(_in_order(model, texts))
    each = [one / other for one, other in zip(bare, ours, strict=True)]
    note = (
        f"{first.passages:,} passages of the {library} library in {form}: {first.passages / sum(ours):.1f} a second "
        f"÷ {first.passages / sum(bare):.1f}; of {PARTS} parts {min(each):.2f} to {max(each):.2f}"
    )
    # A figure has a most; the bar is a rate of at least nine tenths, so it is told by the seconds.
    yield Figure(NAME, "embedding ÷ bare encode, seconds", sum(ours) / sum(bare), most=1.111, note=note)
    note = f"{first.passages / first.seconds:.1f} a second, with cutting, words and vectors"
    yield Figure(NAME, "whole indexing ÷ bare encode, seconds", first.seconds / sum(bare), most=1.111, note=note)
    yield Figure(NAME, "bare encode in batches as they come ÷ sorted by length", sum(in_order) / sum(bare))
    yield _full_precision(model, form, texts[:100])


def _full_precision(model: Any, form: str, texts: list[str]) -> Figure:
    """The same weights in float32, in turns with the format that was chosen for this processor."""
    full = copy.deepcopy(model).float()
    seconds = {"chosen": 0.0, "full": 0.0}
    for begun in range(0, len(texts), 25):
        for which, of in (("chosen", model), ("full", full)):
            started = time.perf_counter()
            of.encode(texts[begun : begun + 25], normalize_embeddings=True, show_progress_bar=False)
            seconds[which] += time.perf_counter() - started
    what = "encode in float32 ÷ in the format chosen here"
    return Figure(NAME, what, seconds["full"] / seconds["chosen"], note=f"{form} was chosen")


def _again(first: _First) -> Iterator[Figure]:
    from inference import indexing

    started = time.perf_counter()
    assert str(indexing.follow()) == ""
    again = time.perf_counter() - started
    note = f"{again:.2f} s ÷ {first.seconds:.1f} s"
    yield Figure(NAME, "unchanged re-index ÷ first", again / first.seconds, most=0.02, note=note)
    started = time.perf_counter()
    done = indexing.rebuild()
    rebuilt = time.perf_counter() - started
    assert done.swapped, done
    assert not done.embedded, done
    note = f"{rebuilt:.1f} s, {done.passages} passages cut again, none embedded; judged and swapped"
    yield Figure(NAME, "rebuild of an unchanged library ÷ first", rebuilt / first.seconds, note=note)


def _texts(passages: Any) -> list[str]:
    from inference.indexing.fingerprints import embedded_text

    rows = passages.order_by("pk").values_list("revision__title", "section", "text")
    return [embedded_text(title=title, section=section, text=text) for title, section, text in rows]


def _in_order(model: Any, texts: list[str]) -> float:
    """Seconds in batches of 32 as they come: `encode` sorts only what it is given at once."""
    started = time.perf_counter()
    for place in range(0, len(texts), 32):
        model.encode(texts[place : place + 32], normalize_embeddings=True, show_progress_bar=False)
    return time.perf_counter() - started


if __name__ == "__main__":
    report(measure)
