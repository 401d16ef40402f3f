"""Find what two sequences share, in bounded time: difflib where it is quick, else by what is unique in both.

The second way is that of patience diff (https://bramcohen.livejournal.com/73318.html): lines that stand once in either
text are the frame, and what lies between two of them is looked at by itself, or not at all when that costs too much.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from patterns.diffs.effort import Effort

Step = tuple[str, int, int, int, int]
ALIKE: Final = 20_000  # pairs of equal items beyond which difflib is not asked


def steps(
    old: Sequence[str], new: Sequence[str], *, effort: Effort, junk: Callable[[str], bool]
) -> tuple[list[Step], bool]:
    """Return difflib's steps from `old` to `new`, and whether some stretch was not looked at.

    `junk` items (blank lines, signs) never hold a match together by themselves.
    """
    head = common(old, new)
    tail = common(old[head:][::-1], new[head:][::-1])
    ends = len(old) - tail, len(new) - tail
    found, coarse = [("equal", 0, head, 0, head)], False
    for step, skipped in _between(old, new, (head, ends[0], head, ends[1]), effort=effort, junk=junk, unique=True):
        found.append(step)
        coarse = coarse or skipped
    found.append(("equal", ends[0], len(old), ends[1], len(new)))
    return list(_joined(found)), coarse


def common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many items both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(old), len(new)))


def _between(
    old: Sequence[str], new: Sequence[str], part: tuple[int, int, int, int], *,
    effort: Effort, junk: Callable[[str], bool], unique: bool,
) -> Iterator[tuple[Step, bool]]:  # fmt: skip
    i1, i2, j1, j2 = part
    if i1 == i2 or j1 == j2:
        if i1 != i2 or j1 != j2:
            yield (_tag(*part), *part), False
        return
    one, other = old[i1:i2], new[j1:j2]
    pairs = _equal_pairs(one, other, but_for=junk)
    if pairs <= ALIKE and effort.affords(60 + 2 * (len(one) + len(other)) + 4 * pairs):
        for tag, a1, a2, b1, b2 in SequenceMatcher(junk, one, other, autojunk=False).get_opcodes():
            yield (tag, i1 + a1, i1 + a2, j1 + b1, j1 + b2), False
        return
    anchors = list(_anchors(one, other, junk)) if unique else []
    if not anchors:
        yield ("replace", *part), True
        return
    a, b = i1, j1
    for place, match in [*anchors, (len(one), len(other))]:
        yield from _between(old, new, (a, i1 + place, b, j1 + match), effort=effort, junk=junk, unique=False)
        if place < len(one):
            yield ("equal", i1 + place, i1 + place + 1, j1 + match, j1 + match + 1), False
        a, b = i1 + place + 1, j1 + match + 1


def _anchors(old: Sequence[str], new: Sequence[str], junk: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Return the longest run of items, unique in both, that stand in the same order in both."""
    once = {item for item, many in Counter(old).items() if many == 1 and not junk(item)}
    once &= {item for item, many in Counter(new).items() if many == 1}
    where = {item: index for index, item in enumerate(new) if item in once}
    pairs = [(index, where[item]) for index, item in enumerate(old) if item in once]
    tops: list[int] = []
    last: list[int] = []
    behind: list[int] = [-1] * len(pairs)
    for number, (_, match) in enumerate(pairs):
        place = bisect_left(tops, match)
        behind[number] = last[place - 1] if place else -1
        tops[place : place + 1] = [match]
        last[place : place + 1] = [number]
    chain, number = [], last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = behind[number]
    return reversed(chain)


def _equal_pairs(old: Sequence[str], new: Sequence[str], *, but_for: Callable[[str], bool]) -> int:
    """Count the pairs of equal items, one of each: what difflib looks at before it knows which belong together."""
    many = Counter(item for item in new if not but_for(item))
    return sum(many[item] for item in old)


def _tag(i1: int, i2: int, j1: int, j2: int) -> str:
    return "insert" if i1 == i2 else "delete" if j1 == j2 else "replace"


def _joined(found: Sequence[Step]) -> Iterator[Step]:
    """Join neighbouring steps of one kind, and leave out empty ones."""
    held: Step | None = None
    for step in found:
        if step[1] == step[2] and step[3] == step[4]:
            continue
        if held is not None and (held[0] == "equal") == (step[0] == "equal"):
            part = (held[1], step[2], held[3], step[4])
            held = ("equal" if step[0] == "equal" else _tag(*part), *part)
            continue
        if held is not None:
            yield held
        held = step
    if held is not None:
        yield held
