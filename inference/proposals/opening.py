"""The part of a proposal that tells what it is, as the embedder reads it, and when it has changed enough. Pure."""

from typing import Final

from inference.indexing.fingerprints import embedded_text
from inference.indexing.plain_text import plain

FIRST_WORDS: Final = 110  # an embedder reads about two hundred with title and summary
READ: Final = 6_000  # characters of a body from which they are taken
SAME: Final = 0.92  # share of words in common from which an earlier vector still does


def opening(*, title: str, summary: str, body: str) -> str:
    """Title, summary and first words, laid out as passages of the library are."""
    lines = [line for line in body[:READ].splitlines() if not line.lstrip().startswith(("#", "|", "```", "---"))]
    words = plain("\n".join(lines)).split()[:FIRST_WORDS]
    text = " ".join([*summary.split()[:80], *words])
    return embedded_text(title=" ".join(title.split())[:300], section="", text=text)


def much_alike(one: str, other: str) -> bool:
    """Whether two openings share so many words that they mean the same: a word typed more, a slip mended."""
    left, right = set(one.lower().split()), set(other.lower().split())
    return bool(left) and len(left & right) >= SAME * max(len(left), len(right)) and _title(one) == _title(other)


def _title(text: str) -> str:
    return text.partition("\n")[0].lower()
