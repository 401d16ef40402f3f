"""Names linked in questions, written right and with a slip, on the library CLM_CORPUS names or on made-up titles."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

from bench.figures import Figure, report
from bench.site import fresh_site
from bench.titles import fill, ms, timed, titles

NAME = "names"
QUESTIONS = 1_500
FRAMES = (
    "What is {}?",
    "How is {} different from {}?",
    "Who uses {} and what does it need first?",
    "We are a ten-person co-op that has used {} for years. Should we change to {} or to something else?",
    "Why do people in a town share what they have with people they have never met?",
)


def measure() -> Iterator[Figure]:
    with fresh_site():
        random.seed(7)
        fill()
        from inference.names import entities

        built = timed(partial(entities.link, "warm"))
        known = [title for title in titles() if len(title.split()) > 1]
        asked = [question(known) for _ in range(QUESTIONS)]
        busy, took = zip(*(worked(partial(entities.link, text)) for text, _ in asked), strict=True)
        note = f"p50 {ms(busy, 50):.2f} ms, {len(known):,} titles; with all waiting p95 {ms(took, 95):.1f} ms"
        yield Figure(NAME, "p95 of linking a question, processor time", ms(busy, 95), unit="ms", most=10, note=note)
        yield Figure(NAME, "building the table", built, unit="s", note="once a change of the library")
        right = statistics.mean(named(title, title) for title in random.sample(known, 500))
        yield Figure(NAME, "titles not linked", 100 * (1 - right), unit="%", most=1)
        slipped = statistics.mean(named(title, with_slip(title)) for title in random.sample(known, 500))
        yield Figure(NAME, "titles with one slip not linked", 100 * (1 - slipped), unit="%", most=15)


def worked(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time that `act` took, and seconds that passed: others may keep the processor busy."""
    began, since = time.thread_time(), time.perf_counter()
    act()
    return time.thread_time() - began, time.perf_counter() - since


def question(known: list[str]) -> tuple[str, list[str]]:
    """A question and the titles in it, every second one with a slip."""
    frame = random.choice(FRAMES)
    some = random.sample(known, frame.count("{}"))
    return frame.format(*(with_slip(title) if random.random() < 0.5 else title for title in some)), some


def named(title: str, written: str) -> bool:
    from inference.names import entities

    return title.casefold() in {entity.title.casefold() for entity in entities.link(f"What is {written}?")}


def with_slip(title: str) -> str:
    """The title with two letters swapped, one left out or one doubled, in its longest word and not at its start."""
    word = max(title.split(), key=len)
    if len(word) < 5:
        return title
    place = random.randrange(2, len(word) - 1)
    head, tail = word[:place], word[place:]
    slip = random.choice((tail[1] + tail[0] + tail[2:], tail[1:], tail[0] + tail))
    return title.replace(word, head + slip, 1)


if __name__ == "__main__":
    report(measure)
