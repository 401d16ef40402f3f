"""Mark the passage a citation points at, without letting the marks change how the text parses.

Block structure is parsed first. Then two private-use characters are put into the inline text at the passage's ends,
and after inline parsing they become `<mark>` around each stretch of text between them. Markdown drops indentation
and quote signs from inline text, so a position in the source is found by walking both side by side.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

_OPEN, _CLOSE = "\ue000", "\ue001"
_NEVER_MARKS = str.maketrans("", "", _OPEN + _CLOSE)
_ENCODED_SIGNS = re.compile("%EE%80%8[01]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters `start` to `end` of a body, or of the part of it at hand."""

    start: int
    end: int

    def within(self, start: int, end: int) -> "Passage | None":
        """Return the overlap with `start`..`end`, counted from `start`; nothing where they do not meet."""
        low, high = max(self.start, start), min(self.end, end)
        return Passage(low - start, high - start) if low < high else None


def without_signs(text: str) -> str:
    """Return `text` with the two signs this module uses taken out, so that nobody can write them."""
    return text.translate(_NEVER_MARKS) if _OPEN in text or _CLOSE in text else text


def place_signs(tokens: Iterable[Token], *, source: str, passage: Passage) -> None:
    """Put the signs into every inline token of `tokens` (parsed from `source`) that the passage touches."""
    lines = [0, *(place + 1 for place, sign in enumerate(source) if sign == "\n"), len(source)]
    around: list[int] | None = None
    for token in tokens:
        around = token.map or around
        if token.type not in {"inline", "fence", "code_block"} or around is None:
            continue
        first, last = lines[min(around[0], len(lines) - 1)], lines[min(around[1], len(lines) - 1)]
        overlap = passage.within(first, last)
        if overlap is None:
            continue
        if token.type != "inline":
            token.attrJoin("class", "cited-block")
            continue
        start, end = _in_content(token.content, source[first:last], overlap)
        token.content = token.content[:start] + _OPEN + token.content[start:end] + _CLOSE + token.content[end:]


def signs_to_marks(tokens: Iterable[Token]) -> None:
    """Replace the signs by `<mark class="cited">`, the first of them with the id `passage`."""
    first = True
    for token in tokens:
        if token.type != "inline" or _OPEN not in token.content:
            continue
        inside, children = False, []
        for child in token.children or []:
            _forget_signs_in_attributes(child)
            for text, marked in _pieces(child.content, inside=inside):
                inside = marked
                if child.type in {"text", "code_inline"} and text:
                    piece = child.copy(content=text)
                    children += _marked(piece, first=first) if marked else [piece]
                    first = first and not marked
            if child.type not in {"text", "code_inline"}:
                child.content = without_signs(child.content)
                children.append(child)
        token.children = children


def _in_content(content: str, source: str, overlap: Passage) -> tuple[int, int]:
    """Find where `overlap` of `source` lies in `content`, which is `source` with some characters left out."""
    start = end = len(content)
    at = 0
    for place, sign in enumerate(source):
        if place >= overlap.start and start == len(content):
            start = at
        if place >= overlap.end:
            end = at
            break
        if at < len(content) and content[at] == sign:
            at += 1
    return start, max(start, end)


def _pieces(text: str, *, inside: bool) -> Iterator[tuple[str, bool]]:
    """Yield `text` cut at the signs, each piece with whether it lies in the passage."""
    piece: list[str] = []
    for sign in text:
        if sign in (_OPEN, _CLOSE):
            yield "".join(piece), inside
            piece, inside = [], sign == _OPEN
        else:
            piece.append(sign)
    yield "".join(piece), inside


def _marked(piece: Token, *, first: bool) -> list[Token]:
    opening = Token("mark_open", "mark", 1, attrs={"class": "cited"})
    if first:
        opening.attrSet("id", "passage")
    return [opening, piece, Token("mark_close", "mark", -1)]


def _forget_signs_in_attributes(token: Token) -> None:
    for name, value in token.attrs.items():
        if isinstance(value, str):
            token.attrs[name] = _ENCODED_SIGNS.sub("", without_signs(value))
