"""Compare two lines word by word; runs of the same state are one piece. Signs and spaces count with their words."""

import re
from collections.abc import Iterator, Sequence

from patterns.diffs.effort import Effort
from patterns.diffs.pieces import Piece
from patterns.diffs.steps import steps

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def words_of(text: str) -> list[str]:
    """Words, signs and spaces in order; together they are `text`."""
    return _WORDS.findall(text)


def diff_words(before: str, after: str, *, effort: Effort | None = None) -> tuple[Piece, ...]:
    """Compare two texts word by word."""
    return compared_words(before, after, effort=effort or Effort())[0]


def compared_words(before: str, after: str, *, effort: Effort) -> tuple[tuple[Piece, ...], bool]:
    """Return the pieces, and whether part of it was too much to be compared."""
    old, new = words_of(before), words_of(after)
    found, coarse = steps(old, new, effort=effort, junk=is_sign)
    pieces = []
    for tag, i1, i2, j1, j2 in found:
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
        else:
            pieces += [Piece("removed", "".join(old[i1:i2])), Piece("added", "".join(new[j1:j2]))]
    return tuple(_merged([piece for piece in pieces if piece.text])), coarse


def is_sign(word: str) -> bool:
    return not (word[0].isalnum() or word[0] == "_")


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
