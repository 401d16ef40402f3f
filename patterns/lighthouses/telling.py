"""What a lighthouse's own text says of a pattern it uses: the words under its heading or label, or a sentence. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from patterns.faceting.spelling import folded
from patterns.queries.excerpts import cut, first_words
from patterns.texts.sections import Section, split

LONGEST: Final = 240  # characters of what is told
READ: Final = 400_000  # characters of a body
_BOTH: Final = 2  # the rank of a sentence that names the pattern and the lighthouse
SHORTEST: Final = 6  # words; less tells nothing
_LABEL: Final = re.compile(
    r"\s*(?:[-*+]\s+)?(?:\*\*|__)(?P<name>[^*_\n]{2,120}?)(?:[.:]\s*(?:\*\*|__)|(?:\*\*|__)[.:])\s+(?P<rest>\S.*)",
    re.DOTALL,
)
_ITEM: Final = re.compile(r"\n(?=[ \t]*(?:[-*+]|\d{1,3}[.)])\s)")
_END: Final = re.compile(r"(?<=[.!?])\s+(?=[\"“‘(]?[^\W\d_])")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS: Final = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)|^\s*(?:[-+>]|\d+[.)])\s+", re.MULTILINE)


class Teller:
    """One lighthouse's text, cut once, to be asked about each pattern it uses."""

    def __init__(self, body: str, *, title: str) -> None:
        self._body = body[:READ]
        self._sections = split(self._body)
        self._title = f"-{folded(title)}-"

    def told(self, names: Sequence[str]) -> str:
        """Return what the text says of the pattern that has `names`, in plain words; empty where it is silent.

        Best are the words under a heading that is one of the names, then those after it as a bold label, then a
        sentence that names both it and the lighthouse, then one that names it.
        """
        wanted = {name for one in names if (name := folded(one))}
        for section in self._sections:
            if section.level and folded(section.name) in wanted and (words := self._under(section)):
                return words
        best, rank = "", 0
        for paragraph in self._paragraphs():
            label = _LABEL.match(paragraph)
            if label and folded(label["name"]) in wanted:
                return cut(_plain(label["rest"]), longest=LONGEST)
            sentence, weight = self._sentence(paragraph, wanted) if rank < _BOTH else ("", 0)
            if weight > rank:
                best, rank = sentence, weight
        return cut(best, longest=LONGEST)

    def _under(self, section: Section) -> str:
        return first_words(self._body[section.start : section.end], longest=LONGEST)

    def _paragraphs(self) -> Iterator[str]:
        for section in self._sections:
            text = self._body[section.start : section.end]
            for block in re.split(r"\n\s*\n", text):
                if not block.lstrip().startswith(("#", "|", "```", "~~~", "<")):
                    yield from _ITEM.split(block)

    def _sentence(self, paragraph: str, wanted: set[str]) -> tuple[str, int]:
        for sentence in _END.split(_plain(paragraph)):
            said = f"-{folded(_signs_apart(sentence))}-"
            if len(sentence.split()) >= SHORTEST and any(f"-{name}-" in said for name in wanted):
                return sentence, _BOTH if self._title in said else 1
        return "", 0


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def _signs_apart(text: str) -> str:
    return re.sub(r"[^\w\s-]+", " ", text)
