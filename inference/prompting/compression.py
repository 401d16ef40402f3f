"""Packs evidence into what a model can read, in three layers: full passages, a line about the rest, and links. Pure.

Nothing is lost silently: every passage is read, summarised, linked or counted. A sentence is checked against the whole
passage whatever was read of it, so the evidence keeps its texts and what is read stands beside them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inference.prompting import framing
from inference.types import Evidence, Read
from inference.words.sentences import sentences
from inference.words.vocabulary import asked_words, content_words

SUMMARISED = 0.25  # share of the budget kept for the second and third layer where not all can be read
FEW = 3  # passages that are read at least, where the budget is small; each is then a window
LEAST = 24  # tokens a window must have to be worth reading
LONGEST_LINE = 28  # words of the sentence that stands for a passage


@dataclass(frozen=True)
class Packed:
    """Evidence in the order of its numbers, what is read of each, links to more, and how many passages are left out."""

    evidence: tuple[Evidence, ...]
    read: tuple[Read, ...]
    links: tuple[str, ...] = ()
    left: int = 0


def fit(evidence: Sequence[Evidence], *, budget: int, count: Callable[[str], int], question: str = "") -> Packed:
    """The evidence, best first, packed into `budget` tokens as `count` counts them.

    A passage that says what an earlier one says (the same fingerprint) is left out; it is the one kind not counted.
    """
    once = _once(evidence)
    whole = [Read("full", one.text) for one in once]
    costs = [_cost(number, one, read, count) for number, (one, read) in enumerate(zip(once, whole, strict=True), 1)]
    if sum(costs) <= budget:
        return Packed(tuple(once), tuple(whole))
    asked = asked_words(question)
    room = budget - int(budget * SUMMARISED)
    read: list[Read] = []
    for number, (one, full, cost) in enumerate(zip(once, whole, costs, strict=True), 1):
        most = room if number > FEW else min(room, max(budget // FEW, LEAST))
        if cost > most:
            full = Read("part", _window(one, number, asked, most, count))  # noqa: PLW2901
            cost = _cost(number, one, full, count)  # noqa: PLW2901
        if not full.text or cost > room:
            break
        read.append(full)
        room -= cost
    room += int(budget * SUMMARISED)
    return _with_the_rest(once, read, asked, room, count)


def _with_the_rest(
    once: Sequence[Evidence], read: list[Read], asked: frozenset[str], room: int, count: Callable[[str], int]
) -> Packed:
    """The second layer and the third, for what could not be read."""
    rest = list(once[len(read) :])
    while rest:
        line = Read("summary", _telling(rest[0].text, asked))
        cost = _cost(len(read) + 1, rest[0], line, count)
        if not line.text or cost > room:
            break
        read.append(line)
        room -= cost
        rest.pop(0)
    links: dict[str, None] = {}
    linked = 0
    for one in rest:
        line = framing.link(one)
        if line not in links and (cost := count(line) + 1) > room:
            break
        room -= 0 if line in links else cost
        links[line] = None
        linked += 1
    return Packed(tuple(once[: len(read)]), tuple(read), tuple(links), len(rest) - linked)


def _once(evidence: Sequence[Evidence]) -> list[Evidence]:
    kept: dict[object, Evidence] = {}
    for one in evidence:
        kept.setdefault(one.sha256 if one.sha256 and one.passage_id else one, one)
    return list(kept.values())


def _cost(number: int, one: Evidence, read: Read, count: Callable[[str], int]) -> int:
    framed = framing.summary if read.layer == "summary" else framing.passage
    return count(framed(number, one, read.text)) + 2


def _window(one: Evidence, number: int, asked: frozenset[str], room: int, count: Callable[[str], int]) -> str:
    """The sentences around the one that says most of the question, as many as `room` has place for."""
    parts = [sentence for line in one.text.splitlines() for sentence in sentences(line)]
    if not parts:
        return ""
    first = last = max(range(len(parts)), key=lambda place: _said(parts[place], asked))
    left = room - _cost(number, one, Read("part", "… …"), count) - count(parts[first])
    if left < 0:
        return _begun(parts[first], room - _cost(number, one, Read("part", "…"), count), count)
    grown = True
    while grown:
        grown = False
        for place in (last + 1, first - 1):
            if 0 <= place < len(parts) and (cost := count(parts[place]) + 1) <= left:
                first, last, left, grown = min(first, place), max(last, place), left - cost, True
    return f"{'… ' if first else ''}{' '.join(parts[first : last + 1])}{' …' if last + 1 < len(parts) else ''}"


def _begun(sentence: str, room: int, count: Callable[[str], int]) -> str:
    """The beginning of a sentence that is too long by itself, so that a model with a tiny context reads something."""
    words = sentence.split()
    while words and count(" ".join(words)) > room:
        words = words[: len(words) // 2]
    return f"{' '.join(words)} …" if words else ""


def _telling(text: str, asked: frozenset[str]) -> str:
    """The sentence that stands for a passage: the one that says most of the question, or the first."""
    parts = [sentence for line in text.splitlines() for sentence in sentences(line)]
    if not parts:
        return ""
    words = max(parts, key=lambda one: _said(one, asked)).split()
    return " ".join(words) if len(words) <= LONGEST_LINE else f"{' '.join(words[:LONGEST_LINE])} …"


def _said(sentence: str, asked: frozenset[str]) -> int:
    return len(asked.intersection(content_words(sentence)))
