"""What an answer adds after its text: relations that nobody has reviewed, and what is only near in meaning. Pure.

Both stand apart under a heading that says what they are, since neither is anything the library states.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from inference.types import Evidence, Fact
from inference.vocabulary import content_words

SUGGESTED = "Suggested, not reviewed"
NEAR = "Near in meaning"
NEAR_LEAD = "No relation says so; these are the entries whose beginnings read most like that of {}:"


def appended(suggested: Sequence[Fact], near: Sequence[Fact], *, number: Callable[[Evidence], int]) -> Iterator[str]:
    """Yield each part as light Markdown; `number` gives the number that cites a piece of evidence."""
    if suggested:
        yield f"## {SUGGESTED}\n\n" + "\n".join(items(suggested, number=number))
    if near:
        lines = (f"- **{flat(fact.thing)}**: {flat(fact.detail)} [{number(fact.source)}]" for fact in near)
        yield f"## {NEAR}\n\n{NEAR_LEAD.format(flat(near[0].subject))}\n\n" + "\n".join(lines)


def items(facts: Iterable[Fact], *, number: Callable[[Evidence], int]) -> Iterator[str]:
    """Each fact as an item; those of one group together in one that is called like it."""
    for group, found in groupby(facts, key=lambda fact: fact.group):
        lines = [_line(fact, f"[{number(fact.source)}]") for fact in found]
        yield from [f"- **{flat(group)}**: {' '.join(lines)}"] if group else [f"- {line}" for line in lines]


def _line(fact: Fact, mark: str) -> str:
    line = f"{flat(fact.sentence)} {mark}"
    return f"{line} {flat(fact.detail)} {mark}" if fact.detail and _says_more(fact) else line


def _says_more(fact: Fact) -> bool:
    """Whether the evidence says another thing than the fact itself in its words."""
    said = {*content_words(fact.detail)} - {*content_words(fact.sentence)}
    return len(said) > 2


def flat(text: str) -> str:
    """Text on one line in which nothing looks like a citation, a heading or an item of ours."""
    return " ".join(re.sub(r"\[(\d[\d ,–-]*)\]?", r"(\1)", text).replace("*", "").split())
