"""What the product adds to a bare loop over its generator, as a client of the token stream sees it.

A whole site with its own processes. The bare loop runs in the worker that answers, in turn with answers that are
streamed, so that both meet the same load. Rates are of the tokens after the first.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
import redis

from bench.bare_beside import ALONE
from bench.figures import Figure, report

NAME = "generation"
PAIRS = 7
POSTS = 40
QUESTIONS = (
    "What is steward ownership?",
    "What is sociocratic consent?",
    "What is a community land trust?",
    "What is a food forest?",
    "What is participatory budgeting?",
)


@dataclass(frozen=True)
class Watched:
    """One answer as its visitor saw it, in seconds: the page with the form, the post to the first event, all tokens."""

    page: float
    first_event: float
    seconds: float


def measure() -> Iterator[Figure]:
    from tests.factories.gguf import Size, tiny_model

    with tempfile.TemporaryDirectory(prefix="clm-bench-") as folder:
        Path(folder).chmod(0o755)
        size = Size(layers=6, width=384, hidden=1024, heads=6, shared_heads=3)
        model = tiny_model(Path(folder) / "model.gguf", context=2048, size=size, endless=True)
        with _site(Path(folder) / "stub", "bench.bare_beside.Stub") as visit:
            yield from _first_events(visit)
            yield from _rates(visit, "stub of 200 tokens/s")
        with _site(Path(folder) / "local", "bench.bare_beside.Local", BENCH_MODEL=str(model)) as visit:
            yield from _rates(visit, "llama.cpp, 10 million weights")
            yield _reread(visit)
        yield _warm(model)


class _site:  # noqa: N801
    """A running site that writes with one generator, and two visitors of it."""

    def __init__(self, home: Path, generator: str, **settings: str) -> None:
        from tests.e2e.site import running_site

        self.home = home
        self._running = running_site(home, patience=400, settings={"CLM_GENERATOR": generator, **settings})

    def __enter__(self) -> Self:
        site = self._running.__enter__()
        site.wait_for_workers()
        from clm_site import embedded

        self._redis = redis.Redis.from_url(embedded.recorded(self.home).redis_url)
        self._visitors = [httpx.Client(base_url=site.address, timeout=60) for _ in range(2)]
        self._asked = 0
        self._until_answered()
        return self

    def __exit__(self, *problem: object) -> None:
        self._running.__exit__(*problem)

    def ask(self, question: str) -> Watched:
        """Ask as one visitor and the other in turn, and watch the stream."""
        from tests.campaign.people import FIELD

        browser = self._visitors[self._asked % 2]
        self._asked += 1
        for key in self._redis.scan_iter("clm:limit:ask*"):
            self._redis.delete(key)
        begun = time.perf_counter()
        form = dict(FIELD.findall(browser.get("/ask/").text))
        posted = time.perf_counter()
        response = browser.post("/ask/", data=form | {"question": question})
        address = f"{response.headers['location']}stream/"
        first_event, stamps, name = 0.0, [], ""
        with browser.stream("GET", address) as stream:
            for line in stream.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                    first_event = first_event or time.perf_counter() - posted
                    if name == "done":
                        break
                elif line.startswith("data: ") and name == "token":
                    stamps.append(time.perf_counter())
        return Watched(posted - begun, first_event, stamps[-1] - stamps[0] if stamps else 0.0)

    def lines(self) -> list[dict[str, float]]:
        return [json.loads(line) for line in (self.home / "bare-beside.jsonl").read_text().splitlines()]

    def _until_answered(self) -> None:
        """The starter library is being indexed; ask until its passages are found."""
        for _ in range(120):
            self.ask(QUESTIONS[0])
            if (self.home / "bare-beside.jsonl").exists():
                return
            time.sleep(2)
        raise AssertionError("No question was answered.")


def _first_events(visit: _site) -> Iterator[Figure]:
    # A question the library has no answer to ends at once, so that only the way to the first event is measured.
    seen = [visit.ask("How do I configure nginx?") for _ in range(POSTS)]
    waits = sorted(one.first_event * 1000 for one in seen)
    page = statistics.median(one.page for one in seen) * 1000
    middle, late = statistics.median(waits), waits[int(len(waits) * 0.95)]
    note = f"p50 {middle:.0f} ms of {POSTS} posts, quickest {waits[0]:.0f} ms"
    yield Figure(NAME, "first event after the post, p95", late, "ms", most=150, note=note)
    note = f"p50 {middle:.0f} ÷ {page:.0f} ms"
    yield Figure(NAME, "first event after the post ÷ the page with the form", middle / page, note=note)


def _rates(visit: _site, what: str) -> Iterator[Figure]:
    print(f"{what} …", file=sys.stderr)
    bare, streamed, work = [], [], []
    for pair in range(PAIRS + 1):
        visit.ask(f"{QUESTIONS[0]} {ALONE}")
        seen = visit.ask(QUESTIONS[0])
        alone, beside = visit.lines()[-2:]
        if pair:  # the first pair warms both up
            bare.append((alone["tokens"] - 1) / alone["seconds"])
            streamed.append((beside["tokens"] - 1) / seen.seconds)
            work.append((beside["cpu"] / beside["tokens"]) / (alone["cpu"] / alone["tokens"]))
    ratios = sorted(ours / theirs for theirs, ours in zip(bare, streamed, strict=True))
    middle = statistics.median(ratios)
    note = (
        f"{middle:.2f} of the bare rate (bar 0.90): {statistics.median(streamed):.0f} ÷ "
        f"{statistics.median(bare):.0f} tokens/s, {PAIRS} pairs, {ratios[0]:.2f} to {ratios[-1]:.2f}"
    )
    yield Figure(NAME, f"bare loop ÷ SSE client, {what}", 1 / middle, most=1 / 0.9, note=note)
    note = "processor seconds of the worker for a token, which other work on the machine changes little"
    yield Figure(NAME, f"work for a streamed token ÷ a bare one, {what}", statistics.median(work), note=note)


def _reread(visit: _site) -> Figure:
    before = len(visit.lines())
    for number in range(20):
        visit.ask(f"{QUESTIONS[number % 5]} I ask as number {number}.")
    lines = visit.lines()[before:]
    again = 1 - sum(min(line["cached"], line["static"]) for line in lines) / sum(line["static"] for line in lines)
    note = f"{len(lines)} answers to two visitors in turn, {lines[-1]['static']:.0f} tokens of instructions"
    return Figure(NAME, "instruction tokens read again", again * 100, "%", most=5, note=note)


def _warm(model: Path) -> Figure:
    """Time to the first word with the instructions read before, beside a model that has read nothing."""
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "clm_site.settings"
    import django

    django.setup()
    from inference.backends.llama_cpp import Generator
    from inference.prompting.prompt import build
    from inference.types import Route, RouteKind

    generator = Generator(str(model), context=2048)

    def first_word(question: str) -> float:
        prompt = build(question, (), Route(RouteKind.SEMANTIC, ""), max_tokens=8)
        begun = time.perf_counter()
        stream = generator.stream(prompt)
        next(token for token in stream if token.text)
        took = time.perf_counter() - begun
        stream.close()
        return took

    cold, warm = [], []
    for question in QUESTIONS * 2:
        generator._session.forget()  # noqa: SLF001
        cold.append(first_word(question))
        warm.append(first_word(f"{question} Again?"))
    note = f"{statistics.median(warm) * 1000:.0f} ÷ {statistics.median(cold) * 1000:.0f} ms, no passages"
    return Figure(NAME, "first word, warm ÷ cold", statistics.median(warm) / statistics.median(cold), note=note)


if __name__ == "__main__":
    if "--quick" in sys.argv:
        PAIRS, POSTS = 2, 5
    report(measure)
