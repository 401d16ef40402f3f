"""Lift the first words of a text without a summary out of it, so that its page begins as one with a summary does."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

LONGEST: Final = 340  # characters a lead may have
SHORTEST: Final = 40  # less says nothing by itself
_SENTENCE_END: Final = re.compile(
    r"(?:(?<=[^\W\d_]{3}[.?!؟])|(?<=[\d)\]%][.?!؟]))[”’\")]?(?:\s+(?![a-z])|$)|[。！？]"  # not after `e.g.` or `U.S.`
)


def lift(parts: Sequence[tuple[bool, list[Token]]]) -> list[Token]:
    """Take the first sentences out of the first paragraph in `parts` and return them, as inline tokens.

    A part is whether a section has a heading, and its tokens. Returns nothing where the text begins with anything
    but a paragraph, with a very long sentence, or with one that would leave its heading without a text.
    """
    headed, tokens = next((part for part in parts if part[1]), (False, []))
    if [token.type for token in tokens[:2]] != ["paragraph_open", "inline"]:
        return []
    children = tokens[1].children or []
    words = sum(len(child.content) for child in children)
    if words < SHORTEST:
        return []
    if words <= LONGEST and (len(tokens) > 3 or not headed):
        del tokens[:3]
        return children
    at, place = _last_sentence(children)
    if not place:
        return []
    cut = children[at]
    rest = [cut.copy(content=cut.content[place:].lstrip()), *children[at + 1 :]]
    tokens[1].children = rest if rest[0].content else rest[2:]  # what follows an ended text is the break of its line
    return [*children[:at], cut.copy(content=cut.content[:place].rstrip())]


def _last_sentence(children: Sequence[Token]) -> tuple[int, int]:
    """Return the child in which the last sentence ends that ends in time, and where in it; (0, 0) for nowhere."""
    found, passed, depth = (0, 0), 0, 0
    for index, child in enumerate(children):
        depth += child.nesting
        if child.type == "text" and depth == 0:
            breaks = index + 1 < len(children) and children[index + 1].type == "softbreak"
            for end in _SENTENCE_END.finditer(child.content):
                in_time = SHORTEST <= passed + end.end() <= LONGEST
                if in_time and (end.end() < len(child.content) or breaks):
                    found = (index, end.end())
        passed += len(child.content)
    return found
