"""Say what changed between two texts the way a reader would: section by section, line by line, word by word.

Pure. Sections are matched by their headings, so that a change in one never shows up as noise in the next. Longer than
most modules because what is compared, and how much work that may be, belong together: anyone may ask for it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from patterns.sections import Section, split

State = Literal["same", "changed", "added", "removed"]
CONTEXT = 1  # unchanged lines shown around a change
LONG_LINE = 4_000  # words beyond which a changed line is shown whole, before and after
MANY_LINES = 2_000  # lines beyond which difflib may take its short cut for frequent lines
ALIKE_LINES = 20_000  # pairs of equal lines beyond which lines are compared in their order, one with one
MOST_EFFORT = 2_000_000  # pairs of equal words one comparison looks at; then changed lines are shown whole
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line that is in both texts, or only in the later (`added`) or the earlier (`removed`)."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as shown; `changed` lines mix pieces. `skipped` counts the unchanged lines that are left out here."""

    state: State
    pieces: tuple[Piece, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class SectionDiff:
    """A section of either text; `lines` is empty for one that is the same in both."""

    title: str
    state: State
    lines: tuple[Line, ...] = ()

    @property
    def added_words(self) -> int:
        return _count(self.lines, "added")

    @property
    def removed_words(self) -> int:
        return _count(self.lines, "removed")


@dataclass(slots=True)
class Effort:
    """How many pairs a comparison may still look at: hostile texts are built of a few words, many times."""

    left: int = MOST_EFFORT

    def affords(self, pairs: int) -> bool:
        """Take `pairs` from what is left; say no, and take nothing, when there is not as much."""
        if pairs > self.left:
            return False
        self.left -= pairs
        return True


def diff_bodies(before: str, after: str) -> tuple[SectionDiff, ...]:
    """Compare two bodies; every section of both is in the result, in the order a reader of both would expect."""
    effort = Effort()
    old, new = _titled(before), _titled(after)
    matcher = SequenceMatcher(None, [key for key, _, _ in old], [key for key, _, _ in new], autojunk=False)
    found: list[SectionDiff] = []
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        if i2 - i1 == j2 - j1:  # the same headings, or as many renamed ones
            found += [_section(old[i], new[j], effort) for i, j in zip(range(i1, i2), range(j1, j2), strict=True)]
        else:
            found += [_section(old[i], None, effort) for i in range(i1, i2)]
            found += [_section(None, new[j], effort) for j in range(j1, j2)]
    return tuple(found)


def diff_lines(before: str, after: str, *, effort: Effort | None = None) -> tuple[Line, ...]:
    """Compare two texts line by line, and changed lines word by word."""
    effort = effort or Effort()
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in _line_steps(old, new):
        if tag == "equal":
            lines += [Line("same", (Piece("same", text),)) for text in old[i1:i2]]
        elif tag == "replace":
            lines += _replaced(old[i1:i2], new[j1:j2], effort)
        else:
            lines += [Line("removed", (Piece("removed", text),)) for text in old[i1:i2]]
            lines += [Line("added", (Piece("added", text),)) for text in new[j1:j2]]
    return tuple(lines)


def diff_texts(before: str, after: str, *, effort: Effort | None = None) -> tuple[Line, ...]:
    """Compare two texts without headings; lines far from any change are counted, not shown."""
    return tuple(_with_context(diff_lines(before, after, effort=effort)))


def diff_words(before: str, after: str, *, effort: Effort | None = None) -> tuple[Piece, ...]:
    """Compare two texts word by word; runs of the same state are one piece. Signs and spaces count with their words."""
    effort = effort or Effort()
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
    pieces = [Piece("same", "".join(old[:head]))]
    too_long = len(old_middle) > LONG_LINE or len(new_middle) > LONG_LINE
    if too_long or not effort.affords(_equal_pairs(old_middle, new_middle, but_for=_is_sign)):
        pieces += [Piece("removed", "".join(old_middle)), Piece("added", "".join(new_middle))]
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(_is_sign, old_middle, new_middle, autojunk=False).get_opcodes():
            if tag == "equal":
                pieces.append(Piece("same", "".join(old_middle[i1:i2])))
            else:
                pieces.append(Piece("removed", "".join(old_middle[i1:i2])))
                pieces.append(Piece("added", "".join(new_middle[j1:j2])))
    pieces.append(Piece("same", "".join(old[len(old) - tail :]) if tail else ""))
    return tuple(_merged([piece for piece in pieces if piece.text]))


def _titled(body: str) -> list[tuple[str, str, str]]:
    """Return `(key, title, text)` of each section; the key tells sections with one name apart."""
    return [(section.anchor, section.name, _text(body, section)) for section in split(body)]


def _text(body: str, section: Section) -> str:
    return body[section.start : section.end]


def _section(old: tuple[str, str, str] | None, new: tuple[str, str, str] | None, effort: Effort) -> SectionDiff:
    if old is None or new is None:
        one, state = (new, "added") if old is None else (old, "removed")
        lines = tuple(Line(state, (Piece(state, text),)) for text in one[2].splitlines() if text.strip())
        return SectionDiff(one[1], state, lines)
    if old[2] == new[2]:
        return SectionDiff(new[1], "same")
    return SectionDiff(new[1], "changed", diff_texts(old[2], new[2], effort=effort))


def _replaced(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Line]:
    """Pair the lines of a replaced stretch; two that share hardly a word are shown apart."""
    for index in range(max(len(old), len(new))):
        before = old[index] if index < len(old) else None
        after = new[index] if index < len(new) else None
        if before is not None and after is not None:
            pieces = diff_words(before, after, effort=effort)
            kept = sum(len(piece.text) for piece in pieces if piece.state == "same")
            if kept * 4 >= max(len(before), len(after)):
                yield Line("changed", pieces)
                continue
        if before is not None:
            yield Line("removed", (Piece("removed", before),))
        if after is not None:
            yield Line("added", (Piece("added", after),))


def _with_context(lines: Sequence[Line]) -> Iterator[Line]:
    """Leave out blank lines, and those that stand far from any change, and say how many the latter are."""
    near = {
        index + offset
        for index, line in enumerate(lines)
        if line.state != "same"
        for offset in range(-CONTEXT, CONTEXT + 1)
    }
    skipped = 0
    for index, line in enumerate(lines):
        if not any(piece.text.strip() for piece in line.pieces):
            continue
        if index not in near:
            skipped += 1
            continue
        if skipped:
            yield Line("same", skipped=skipped)
        skipped = 0
        yield line
    if skipped:
        yield Line("same", skipped=skipped)


def _line_steps(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return difflib's steps from `old` to `new`; for texts of a few lines over and over, the plain ones."""
    if _equal_pairs(old, new, but_for=_is_blank) <= ALIKE_LINES:
        junk = len(old) > MANY_LINES or len(new) > MANY_LINES
        return SequenceMatcher(_is_blank, old, new, autojunk=junk).get_opcodes()
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    i, j = len(old) - tail, len(new) - tail
    return [("equal", 0, head, 0, head), ("replace", head, i, head, j), ("equal", i, len(old), j, len(new))]


def _equal_pairs(old: Sequence[str], new: Sequence[str], *, but_for: Callable[[str], bool]) -> int:
    """Count the pairs of equal items, one of each: what difflib looks at before it knows which belong together."""
    many = Counter(item for item in new if not but_for(item))
    return sum(many[item] for item in old)


def _is_blank(line: str) -> bool:
    return not line.strip()


def _is_sign(word: str) -> bool:
    return not (word[0].isalnum() or word[0] == "_")


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(old), len(new)))


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join what belongs together: a lone space between two changes is part of both, and removed comes before added."""
    removed, added, blank = "", "", ""
    for piece in pieces:
        if piece.state == "same" and (not piece.text.isspace() or not (removed or added)):
            yield from _change(removed, added, blank)
            removed = added = blank = ""
            yield piece
        elif piece.state == "same":
            blank += piece.text
        else:
            if blank:
                removed, added, blank = removed + blank, added + blank, ""
            if piece.state == "removed":
                removed += piece.text
            else:
                added += piece.text
    yield from _change(removed, added, blank)


def _change(removed: str, added: str, blank: str) -> Iterator[Piece]:
    pieces = (Piece("removed", removed), Piece("added", added), Piece("same", blank))
    return (piece for piece in pieces if piece.text)


def _count(lines: Sequence[Line], state: State) -> int:
    return sum(len(piece.text.split()) for line in lines for piece in line.pieces if piece.state == state)
