"""What quoting and checking cost, and how often the check of a sentence is right about human judgements.

Passages are cut from the starter library's files; times are of the processor, since others may use the machine.
CLM_EVAL names a folder with `begin/labelled.jsonl` (BEGIN, Dziri et al. 2022: answers with their source, judged by
people as attributable or not); the half that nothing was tuned on counts.
"""

import hashlib
import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.figures import Figure, report

NAME = "writing"
LIBRARY = Path(__file__).resolve().parent.parent / "library" / "patterns" / "_patterns"
PASSAGES = 14
DENIES = re.compile(r"\b(?:not|no|never|neither|nor|nobody|nothing|cannot)\b|n't", re.IGNORECASE)
VERB = re.compile(r"\b(is|are|can|will|should|must|may|was|were|has|have)\b")
QUESTIONS = ("What is {}?", "How do we start with {}?", "What are the risks of {}?", "Why does {} matter to a town?")


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="clm-bench-") as home:
        os.environ |= {"CLM_HOME": home, "DJANGO_SETTINGS_MODULE": "clm_site.settings"}
        import django

        django.setup()
        yield from _measured()


def _measured() -> Iterator[Figure]:
    from inference.checking.citations import settle
    from inference.checking.support import grade, ground
    from inference.prompting.prompt import build
    from inference.quoting import reading, written
    from inference.types import Entity, Route, RouteKind

    quoting, warm, checking, sentences = [], [], [], 0
    entries = list(_entries())
    for (title, slug, own), (_, _, other) in pairwise(entries):
        named = Route(RouteKind.DIRECT, "", (Entity("pattern", 1, slug, title, title, 100.0),))
        found = [*own[: PASSAGES // 2], *other[: PASSAGES // 2]]
        for form in QUESTIONS:
            prompt = build(form.format(title), found, named)
            reading._lines.cache_clear()  # noqa: SLF001 - an entry that is quoted for the first time
            quoting.append(_seconds(lambda prompt=prompt: written(prompt)))
            warm.append(_seconds(lambda prompt=prompt: written(prompt)))
            text = written(prompt)
            checking.append(_seconds(lambda text=text, found=found: settle(text, found, range(1, len(found) + 1))))
            sentences += len(settle(text, found, range(1, len(found) + 1))[0])
    note = f"median of {len(quoting)} answers; {statistics.median(warm) * 1000:.2g} ms when quoted before"
    yield Figure(NAME, f"quoting from {PASSAGES} passages", statistics.median(quoting) * 1000, "ms", most=10, note=note)
    each = sum(checking) / sentences * 1000
    yield Figure(NAME, "checking a sentence", each, "ms", most=1, note=f"{sentences} sentences, passages read anew")
    yield from _turned([one for _, _, own in entries for one in own])
    if folder := os.environ.get("CLM_EVAL"):
        yield from _agreement(Path(folder) / "begin" / "labelled.jsonl", ground, grade)


def _turned(passages: Sequence[Any]) -> Iterator[Figure]:
    """Sentences of the library against their own passage, as they are and denied by a *not* after their verb."""
    from inference.checking.support import grade, ground
    from inference.quoting.reading import read

    said = [one for one in read(passages) if one.words >= 8]
    own = [grade(one.text, [ground(one.evidence)]) for one in said]
    plain = [one for one in said if not DENIES.search(one.text) and VERB.search(one.text)]
    denied = [grade(VERB.sub(r"\1 not", one.text, count=1), [ground(one.evidence)]) for one in plain]
    missed = sum(support == "supported" for support in denied) / len(denied)
    doubted = sum(support != "supported" for support in own) / len(own)
    note = f"{len(denied)} sentences of the starter library with a not after their verb"
    yield Figure(NAME, "denied sentences that are called supported", missed * 100, "%", most=5, note=note)
    yield Figure(NAME, "true sentences that are not", doubted * 100, "%", most=0.5, note=f"{len(own)} sentences")


def _agreement(file: Path, ground: Callable[..., Any], grade: Callable[..., str]) -> Iterator[Figure]:
    from inference.checking.support import doubts, share
    from inference.words.vocabulary import content_words

    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if int(hashlib.sha256(row["context"].encode()).hexdigest(), 16) % 2]
    truth = [row["label"] == "Fully attributable" for row in rows]
    grounds = [[ground(_evidence(row["context"]))] for row in rows]

    def words_alone(row: dict[str, Any]) -> float:
        wanted = set(content_words(row["answer"]))
        return len(wanted & set(content_words(row["context"]))) / len(wanted) if wanted else 1.0

    before = [words_alone(row) for row in rows]
    ours = [
        share(row["answer"], one) - 0.2 * bool(doubts(row["answer"], one))
        for row, one in zip(rows, grounds, strict=True)
    ]
    note = f"{len(rows)} answers, {sum(truth)} attributable; by content words alone {1 - _auroc(before, truth):.3f}"
    yield Figure(
        NAME, "pairs of answers ordered wrongly (1 − AUROC)", 1 - _auroc(ours, truth), "", most=0.06, note=note
    )
    wrong = [
        (grade(row["answer"], one) == "supported") != told for row, one, told in zip(rows, grounds, truth, strict=True)
    ]
    wrong_before = [(score >= 0.75) != told for score, told in zip(before, truth, strict=True)]
    note = f"by content words alone {sum(wrong_before) / len(rows):.3f}"
    yield Figure(NAME, "answers judged wrongly as supported or not", sum(wrong) / len(rows), "", most=0.12, note=note)


def _auroc(scores: Sequence[float], truth: Sequence[bool]) -> float:
    """The share of pairs (one true, one not) that the scores order rightly, ties half."""
    from bisect import bisect_left, bisect_right

    false = sorted(score for score, told in zip(scores, truth, strict=True) if not told)
    true = [score for score, told in zip(scores, truth, strict=True) if told]
    right = sum((bisect_left(false, score) + bisect_right(false, score)) / 2 for score in true)
    return right / (len(true) * len(false))


def _entries() -> Iterator[tuple[str, str, list[Any]]]:
    """Title, slug and passages of each pattern of the starter library."""
    from inference.indexing import chunking

    for file in sorted(LIBRARY.glob("*.md")):
        _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
        title = next(line for line in front.splitlines() if line.startswith("title:")).split(":", 1)[1].strip(' "')
        pieces = chunking.passages(body)
        yield title, file.stem, [
            _evidence(one.text, title=title, slug=file.stem, section=one.section, start=one.start, passage_id=place)
            for place, one in enumerate(pieces, 1)
        ]  # fmt: skip


def _evidence(text: str, **fields: Any) -> Any:
    from inference.types import Evidence

    given = {"passage_id": 1, "slug": "a", "title": "", "section": "", "start": 0} | fields
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Evidence(revision_id=1, kind="pattern", anchor="", end=0, text=text, sha256=sha256, score=0.5, **given)


def _seconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


if __name__ == "__main__":
    report(measure)
