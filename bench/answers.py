"""What an answer costs beside the search it rests on, and what our stream adds to a bare loop over its generator.

The starter library, quoted from without a language model, so that the figures show our own work and not a model's.
"""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator

from bench.figures import Figure, report
from bench.site import fresh_site

NAME = "answers"
QUESTIONS = (
    "What is steward ownership?",
    "What patterns does Buurtzorg use?",
    "How can a team decide without a boss?",
    "How can housing stay affordable?",
    "What is the difference between OKRs and retrospectives?",
    "How do I configure nginx?",
)
ROUNDS = 5
TOKENS, GAP = 400, 0.004  # tokens of the stream and seconds between them: a quick model on a small machine


def measure() -> Iterator[Figure]:
    with fresh_site():
        from django.conf import settings

        from inference import indexing
        from patterns.importing import import_library

        import_library(settings.STARTER_LIBRARY)
        indexing.follow()
        yield from _whole_answers()
        yield _stream_beside_loop()
        yield _delivery()


def _whole_answers() -> Iterator[Figure]:
    from inference.answering.running import answer
    from inference.models import Answer, Question
    from inference.retrieval import search

    def pending(text: str) -> Answer:
        return Answer.objects.create(question=Question.objects.create(text=text))

    searches, answers, firsts = [], [], []
    for turn in range(ROUNDS + 1):
        for text in QUESTIONS:
            row = pending(text)
            took = _seconds(lambda text=text: search(text, limit=14))
            whole = _seconds(lambda row=row: answer(row.pk))
            if turn:  # the first round loads the models and fills the caches
                searches.append(took)
                answers.append(whole)
                row.refresh_from_db()
                firsts.append(row.timings.get("route", 0.0))
    middle = statistics.median(answers)
    note = f"p50 {middle * 1000:.0f} ms, slowest {max(answers) * 1000:.0f} ms; first event after {_median(firsts)} ms"
    yield Figure(
        NAME, "whole answer, quoted ÷ its search alone", middle / statistics.median(searches), most=4, note=note
    )


def _stream_beside_loop() -> Figure:
    from inference.streaming.streams import Writer

    def tokens() -> Iterator[str]:
        for number in range(TOKENS):
            time.sleep(GAP)
            yield f"word{number} "

    def bare() -> None:
        "".join(tokens())

    def streamed() -> None:
        with Writer("bench", 1) as wire:
            for token in tokens():
                wire.write(token)

    loops, streams = [_seconds(bare) for _ in range(3)], [_seconds(streamed) for _ in range(3)]
    note = f"{TOKENS} tokens, {GAP * 1000:g} ms apart"
    return Figure(NAME, "generation through our stream ÷ bare loop", min(streams) / min(loops), most=1.1, note=note)


def _delivery() -> Figure:
    """How long a token takes from the worker's hand to a page's, batching included."""
    from inference.streaming.streams import Writer, key
    from inference.streaming.watching import reader

    async def watched() -> list[float]:
        lags: list[float] = []

        async def page() -> None:
            async for event in reader().follow(key("lag", 1)):
                if event is None or event.name == "done":
                    return
                stamps = [float(stamp) for stamp in event.data["text"].split()]
                lags.extend(time.monotonic() - stamp for stamp in stamps)

        def write() -> None:
            with Writer("lag", 1) as wire:
                for _ in range(TOKENS):
                    time.sleep(GAP)
                    wire.write(f"{time.monotonic()} ")
                wire.event("done", {})

        await asyncio.gather(page(), asyncio.to_thread(write))
        await reader().aclose()
        return lags

    lags = sorted(asyncio.run(watched()))
    note = f"p50 {lags[len(lags) // 2] * 1000:.0f} ms of {len(lags)} tokens"
    return Figure(NAME, "token from worker to page, p95", lags[int(len(lags) * 0.95)] * 1000, "ms", most=100, note=note)


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _median(values: list[float]) -> str:
    return f"{statistics.median(values):.0f}"


if __name__ == "__main__":
    report(measure)
