"""How often a like question is found, how often wrongly, and what looking costs somebody who asks.

On pairs written for it (bench/question_pairs.py), of which one half was written after the thresholds were chosen; then
over many public questions. Looking is timed with the vector at hand, and where no worker embeds.
"""

import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from bench.figures import Figure, report
from bench.question_pairs import OTHER, SAME, TOPICS, UNSEEN_OTHER, UNSEEN_SAME
from bench.site import fresh_site

NAME = "like"
PUBLIC = 5_000  # public questions to look among
LOOKS = 100
DEADLINE = 150  # ms that looking may cost
Pairs = Sequence[tuple[str, str]]


def measure() -> Iterator[Figure]:
    with fresh_site():
        from django.core.management import call_command

        from clm_site.settings import STARTER_LIBRARY

        call_command("import_library", str(STARTER_LIBRARY), verbosity=0)
        for where, same, other in (("", SAME, OTHER), (", unseen pairs", UNSEEN_SAME, UNSEEN_OTHER)):
            by_meaning, by_words = alike()
            for how, judge in (("by meaning", by_meaning), ("by words", by_words)):
                found, wrong = rate(judge, same), rate(judge, other)
                yield Figure(NAME, f"like questions found {how}{where}", found, "", note=f"of {len(same)}")
                yield Figure(NAME, f"others taken for like {how}{where}", wrong, "", 0.1, f"of {len(other)}")
        yield from gathered()
        yield from costs()


def alike() -> tuple[Callable[[str, str], bool], Callable[[str, str], bool]]:
    """The product's own two judgements of a pair."""
    from inference.backends import load
    from inference.questions.likeness import NEAR, SHARED, names_of
    from inference.questions.sameness import same_way_round, share

    def same_subject(one: str, other: str) -> bool:
        return same_way_round(one, other) and names_of(one) == names_of(other)

    embed = load("embedder").embed_query
    return (
        lambda one, other: float(embed(one) @ embed(other)) >= NEAR and same_subject(one, other),
        lambda one, other: share(one, other) >= SHARED and same_subject(one, other),
    )


def rate(judge: Callable[[str, str], bool], pairs: Pairs) -> float:
    return sum(judge(*pair) for pair in pairs) / len(pairs)


def gathered() -> Iterator[Figure]:
    """Whether questions about one thing come together, through the product's own rounds."""
    from inference.models import Answer, Question, UnansweredQuestion
    from inference.wanted.gathering import gather

    topic_of = {}
    for number, questions in enumerate(TOPICS):
        for place, text in enumerate(questions):
            question = Question.objects.create(text=text, visitor=f"visitor {number} {place}")
            Answer.objects.create(question=question, state="done", outcome="none")
            topic_of[question.pk] = number
    while gather().joined:
        pass
    placed = dict(UnansweredQuestion.objects.values_list("question", "topic"))
    pairs = list(itertools.combinations(placed, 2))
    together = [(one, other) for one, other in pairs if placed[one] == placed[other]]
    right = sum(topic_of[one] == topic_of[other] for one, other in together)
    wanted = sum(topic_of[one] == topic_of[other] for one, other in pairs)
    note = f"{len(placed)} questions about {len(TOPICS)} things in {len(set(placed.values()))} topics"
    yield Figure(NAME, "pairs gathered that belong apart", 1 - right / len(together), "", 0.1, note)
    yield Figure(NAME, "pairs left apart that belong together", 1 - right / wanted, "", 0.3, note)


def costs() -> Iterator[Figure]:
    """What looking adds to asking, over many public questions."""
    from django.conf import settings

    from inference.backends import load
    from inference.questions import likeness

    fill()
    texts = [text for pair in (*SAME, *UNSEEN_SAME) for text in pair]
    asked = list(itertools.islice(itertools.cycle(texts), LOOKS))
    vectors = {text: load("embedder").embed_query(text).tolist() for text in texts}
    at_hand = timed(lambda text: likeness.like(text, vector=vectors[text]), asked)
    bare = timed(lambda text: nearest(vectors[text]), asked)
    nobody = timed(likeness.like, asked)
    yield Figure(
        NAME, f"looking among {PUBLIC:,} public questions, vector at hand, p95", p95(at_hand), "ms",
        DEADLINE - settings.LIKE_DEADLINE * 1000, f"p50 {statistics.median(at_hand):.1f} ms",
    )  # fmt: skip
    yield Figure(
        NAME, "looking ÷ the nearest rows by SQL", statistics.median(at_hand) / statistics.median(bare), "×", 3,
        f"p50 {statistics.median(at_hand):.1f} ms ÷ {statistics.median(bare):.1f} ms",
    )  # fmt: skip
    yield Figure(
        NAME, "looking where no worker embeds, p95", p95(nobody), "ms", DEADLINE,
        f"p50 {statistics.median(nobody):.1f} ms",
    )  # fmt: skip


def fill() -> None:
    """As many public questions as there would be after years. The guard is off: no reviewer let them through."""
    from django.db import connection

    from inference.backends import load

    pool = [text for pair in (*OTHER, *UNSEEN_OTHER) for text in pair] + [text for group in TOPICS for text in group]
    texts = [f"{pool[number % len(pool)]} ({number})" for number in range(PUBLIC)]
    embedder = load("embedder")
    vectors = embedder.embed(pool)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE inference_publicquestion DISABLE TRIGGER question_decided_by_review")
        cursor.executemany(
            "INSERT INTO inference_publicquestion (token, state, visitor, credited, text, outcome, answer_text,"
            " sentences, generator, tier, license, reason, offered_at, published_at, embedding, embedder)"
            " VALUES (%s, 'published', '', false, %s, 'answer', %s, '[]', 'extractive', 1, 'CC-BY-SA-4.0', '', now(),"
            " now(), %s, %s)",
            [
                (f"token {n}", text, "A few words. " * 15, str(vectors[n % len(pool)].tolist()), embedder.name)
                for n, text in enumerate(texts)
            ],
        )
        cursor.execute("ALTER TABLE inference_publicquestion ENABLE TRIGGER question_decided_by_review")
        cursor.execute("ANALYZE inference_publicquestion")


def nearest(vector: Sequence[float]) -> list[tuple]:
    """What one would write instead: the closest rows, whatever they ask."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, text, answer_text FROM inference_publicquestion WHERE state = 'published'"
            " ORDER BY embedding <=> %s::halfvec LIMIT 6",
            [str(list(vector))],
        )
        return cursor.fetchall()


def timed(act: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Milliseconds of each call."""
    took = []
    for text in texts:
        since = time.perf_counter()
        act(text)
        took.append((time.perf_counter() - since) * 1000)
    return took


def p95(took: Sequence[float]) -> float:
    return statistics.quantiles(took, n=20)[-1]


if __name__ == "__main__":
    report(measure)
