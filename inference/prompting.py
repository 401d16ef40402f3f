"""Builds what a model reads: static instructions first, so that its prefix is reused, and retrieved text as data after.

The frame is our own and the same for every model; a chat template inside a model file is never run, because whoever
made the file wrote it. Pure, but for the instructions being a file.
"""

import hashlib
import re
from collections.abc import Sequence

from inference.prompts import text
from inference.types import Evidence, Fact, Prompt, Route

MAX_TOKENS = 400
STOPS = ("\n### ", "\n<passage", "\nQuestion:", "\n## Question")
_FRAME = re.compile(r"</?\s*passage|^#{2,3}(?= )", re.IGNORECASE | re.MULTILINE)


def build(
    question: str,
    evidence: Sequence[Evidence],
    route: Route,
    *,
    facts: Sequence[Fact] = (),
    max_tokens: int = MAX_TOKENS,
) -> Prompt:
    """The prompt for one answer. Evidence is numbered from 1 in the order given; facts whose source did not fit go."""
    stated = tuple(fact for fact in facts if fact.source in evidence)
    return Prompt(text("answer"), question, tuple(evidence), route, max_tokens, stated)


def plain(prompt: Prompt) -> str:
    """The prompt as one text for a model that continues text."""
    passages = "\n\n".join(_passage(number, one) for number, one in enumerate(prompt.evidence, 1))
    facts = "".join(f"- {_harmless(fact.sentence)} [{prompt.number(fact.source)}]\n" for fact in prompt.facts)
    return (
        f"### Instructions\n{prompt.instructions}\n\n### Passages\n{passages}\n\n"
        + (f"### Facts stated in the library\n{facts}\n" if facts else "")
        + f"### Question\n{_harmless(prompt.question)}\n\n### Answer\n"
    )


def sha256(prompt: Prompt) -> str:
    """The fingerprint kept with the answer, so that a prompt can be recognised without keeping it."""
    return hashlib.sha256(plain(prompt).encode()).hexdigest()


def _passage(number: int, one: Evidence) -> str:
    where = f"{one.title}, {one.section}" if one.section else one.title
    named = _harmless(where).replace('"', "'")
    return f'<passage number="{number}" from="{named}">\n{_harmless(one.text)}\n</passage>'


def _harmless(text_: str) -> str:
    """Text that cannot close its passage or open a section of the frame."""
    return _FRAME.sub(lambda found: found[0].replace("<", "‹").replace("#", "＃"), text_)
