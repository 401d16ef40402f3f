"""Pages while this machine works hard: while a model writes, and while a library is embedded, each beside idle.

A whole site with all its processes. The model is a stand-in that keeps every core busy with products of matrices, as
llama.cpp does; the library is two hundred synthetic patterns that the bulk worker really embeds. Then what one waits
for an answer: from sending the form to the first event and to the last, without a language model.
"""

import re
import statistics
import threading
import time
from collections.abc import Iterator

import httpx

from bench.figures import Figure, report
from bench.whole_site import WholeSite, whole_site
from inference.backends import extractive
from inference.types import Prompt, Token

NAME = "undisturbed"
BUSY = "☼"  # in a question: write with a model that keeps every core busy
SECONDS = 25.0  # of requests in each situation
PAGES = ("/", "/patterns/", "/patterns/steward-ownership/", "/lighthouses/buurtzorg/", "/constellations/")
QUESTIONS = ("What is steward ownership?", "What patterns does Buurtzorg use?", "How can housing stay affordable?")
ROUNDS = 4
FIELD = re.compile(r'name="(csrfmiddlewaretoken|key)" value="([^"]+)"')
GROW = "from bench.pages import grow; grow(0, 200)"


class SometimesBusy(extractive.Generator):
    """Quotes, like the extractive generator; asked with `BUSY`, it works like a language model for half a minute."""

    def stream(self, prompt: Prompt) -> Iterator[Token]:
        if BUSY not in prompt.question:
            yield from super().stream(prompt)
            return
        import numpy as np

        weights = np.ones((1500, 1500), dtype=np.float32)
        end = time.monotonic() + SECONDS + 15
        while time.monotonic() < end:
            weights @ weights
            yield Token("word ")


def measure() -> Iterator[Figure]:
    with whole_site(CLM_GENERATOR="bench.undisturbed.SometimesBusy") as site:
        site.wait_for_workers()
        firsts, steps, wholes = zip(*(waited(site, text) for _ in range(ROUNDS) for text in QUESTIONS), strict=True)
        page_times(site, seconds=5)  # fills what is kept
        idle = page_times(site, seconds=SECONDS)
        answer = ask(site, f"What is steward ownership? {BUSY}")
        writing = page_times(site, seconds=SECONDS)
        assert state(site, answer) == "running", "the model was done too early"
        time.sleep(20)
        idle += page_times(site, seconds=SECONDS)
        site.shell(GROW)
        while not (before := site.unembedded()):
            time.sleep(1)
        embedding = page_times(site, seconds=SECONDS)
        embedded = before - site.unembedded()
        assert embedded, "nothing was embedded meanwhile"
    rest = p95(idle)
    for what, times, load in (
        ("while a model writes", writing, "every core busy"),
        ("while a library is embedded", embedding, f"{embedded} passages meanwhile"),
    ):
        note = f"{p95(times) * 1000:.0f} ÷ {rest * 1000:.0f} ms, {len(times)} pages, {load}"
        yield Figure(NAME, f"page p95 {what} ÷ idle", p95(times) / rest, most=2.5, note=note)
    note = f"slowest {max(firsts) * 1000:.0f} ms, of {len(firsts)}; first step of the answer after {_ms(steps)} ms"
    yield Figure(
        NAME,
        "from sending the form to the first event, p50",
        statistics.median(firsts) * 1000,
        "ms",
        most=150,
        note=note,
    )
    note = f"p50 {_ms(wholes)} ms, quoted"
    yield Figure(NAME, "from sending the form to the whole answer, slowest", max(wholes), "s", most=5, note=note)


def page_times(site: WholeSite, *, seconds: float, readers: int = 2) -> list[float]:
    """Seconds of every page that `readers` people opened, one after the other with a breath between."""
    found: list[float] = []

    def read(first: int) -> None:
        with httpx.Client(base_url=site.address, timeout=30) as browser:
            end, number = time.monotonic() + seconds, first
            while time.monotonic() < end:
                started = time.perf_counter()
                browser.get(PAGES[number % len(PAGES)]).raise_for_status()
                found.append(time.perf_counter() - started)
                number += 1
                time.sleep(0.05)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def waited(site: WholeSite, text: str) -> tuple[float, float, float]:
    """Seconds from sending the form to the first event, to the answer's first step, and to its end."""
    with httpx.Client(base_url=site.address, timeout=30) as browser:
        form = dict(FIELD.findall(browser.get("/ask/").text))
        begun = time.perf_counter()
        address = browser.post("/ask/", data=form | {"question": text}).headers["location"]
        first = step = 0.0
        with browser.stream("GET", f"{address}stream/") as response:
            for line in response.iter_lines():
                if not line.startswith("event: "):
                    continue
                now = time.perf_counter() - begun
                first = first or now
                step = step or (now if line == "event: step" else 0.0)
                if line == "event: done":
                    return first, step, now
    raise RuntimeError("The stream ended before the answer did.")


def ask(site: WholeSite, text: str) -> str:
    """Ask as a new visitor; returns the public id of the answer."""
    with httpx.Client(base_url=site.address, timeout=30) as browser:
        form = dict(FIELD.findall(browser.get("/ask/").text))
        address = browser.post("/ask/", data=form | {"question": text}).headers["location"]
    return address.strip("/").rpartition("/")[2]


def state(site: WholeSite, public_id: str) -> str:
    return site.shell(f"from inference.models import Answer; print(Answer.objects.get(public_id={public_id!r}).state)")


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _ms(times: tuple[float, ...]) -> str:
    return f"{statistics.median(times) * 1000:.0f}"


if __name__ == "__main__":
    report(measure)
