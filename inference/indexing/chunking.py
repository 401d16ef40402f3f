"""Cut a body into passages that read well alone: whole sentences and rows, one section each, about 700 characters.

Pure. Offsets count characters in the body, so that a citation can point at the place; the text of a passage is plain
words, white space collapsed, with one line a paragraph, list item or table row.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from inference.indexing.plain_text import Unit, asides, heading, is_residue, part, units
from patterns.texts.sections import Section, split

VERSION = 2  # part of the index's recipe: another way of cutting is another generation
# 700 on average; about 200 tokens, so that a passage with its title fits an embedder that reads 256.
TARGET = 800  # characters
LONGEST = 1000
SHORTEST = 160  # a last piece shorter than this joins the one before it

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]*_]*\s+(?=[\"'“‘(\[*_]*[A-Z0-9À-Þ])")


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage of a body: `body[start:end]` is where it stands, `text` what it says."""

    section: str
    anchor: str
    start: int
    end: int
    text: str


def passages(body: str) -> tuple[Piece, ...]:
    """The passages of `body` in order: no two overlap, none crosses a section, none is longer than LONGEST."""
    skipping = asides(body)
    sections = split(body)
    found: list[Piece] = []
    for section in sections:
        start = _after_heading(body, section)
        kept = [unit for unit in units(body, start, section.end, skipping) if unit.text]
        while section is sections[-1] and kept and is_residue(kept[-1].text):
            kept.pop()
        found.extend(_packed(_cut(body, kept), section))
    return tuple(found)


def _after_heading(body: str, section: Section) -> int:
    if not section.level:
        return section.start
    end = body.find("\n", section.start, section.end)
    return section.end if end < 0 else end + 1


def _cut(body: str, kept: Iterable[Unit]) -> Iterator[Unit]:
    """The same units, those longer than a passage cut between sentences, else between words, else anywhere."""
    for unit in kept:
        if len(unit.text) <= LONGEST:
            yield unit
            continue
        for start, end in _spans(body, unit.start, unit.end):
            piece = part(body, start, end)
            if piece.text:
                yield piece


def _spans(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of `body[start:end]` of at most LONGEST characters, cut at the best place there is."""
    ends = [match.end() for match in _SENTENCE_END.finditer(body, start, end)] + [end]
    begun = start
    for here, following in zip(ends, [*ends[1:], end], strict=True):
        if following - begun > TARGET or here == end:
            yield from _word_spans(body, begun, here)
            begun = here


def _word_spans(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        at = max(body.rfind(" ", start, start + LONGEST), body.rfind("\n", start, start + LONGEST))
        at = start + LONGEST if at <= start else at
        yield start, at
        start = at
    if start < end:
        yield start, end


def _packed(kept: Iterable[Unit], section: Section) -> Iterator[Piece]:
    """Neighbouring units joined to about TARGET characters."""
    groups: list[list[Unit]] = []
    for unit in kept:
        if groups and _length(groups[-1]) + 1 + len(unit.text) <= TARGET:
            groups[-1].append(unit)
        else:
            groups.append([unit])
    if len(groups) > 1 and _length(groups[-1]) < SHORTEST and _length(groups[-2]) + _length(groups[-1]) < LONGEST:
        groups[-2].extend(groups.pop())
    for group in groups:
        text = "\n".join(unit.text for unit in group)
        yield Piece(heading(section.name or section.title), section.anchor, group[0].start, group[-1].end, text)


def _length(group: list[Unit]) -> int:
    return sum(len(unit.text) for unit in group) + len(group) - 1
