"""The first words of a body, for lists of patterns whose files have no summary. Pure."""

import re
from typing import Final

READ: Final = 1_500  # characters of a body that are enough to find them
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS: Final = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)")
_NOT_PROSE: Final = re.compile(r"^\s*(?:#|>|\||[-*+]\s|\d+[.)]\s|```|~~~|---|===|<)")


def first_words(body: str, *, longest: int = 260) -> str:
    """Return the first paragraph of prose in `body`, in plain words, cut after a sentence where one ends in time."""
    for block in re.split(r"\n\s*\n", body[:READ]):
        lines = [line for line in block.splitlines() if line.strip()]
        while lines and lines[0].lstrip().startswith("#"):
            lines.pop(0)
        if lines and not _NOT_PROSE.match(lines[0]):
            words = " ".join(_MARKS.sub("", _LINK.sub(r"\1", " ".join(lines))).split())
            return cut(words, longest=longest)
    return ""


def cut(words: str, *, longest: int = 260) -> str:
    """Return `words` cut after a sentence that ends in time, else between two words."""
    if len(words) <= longest:
        return words
    head = words[:longest]
    sentence = max(head.rfind(". "), head.rfind("? "))
    if sentence > longest // 3:
        return head[: sentence + 1]
    return head.rpartition(" ")[0] + " …"
