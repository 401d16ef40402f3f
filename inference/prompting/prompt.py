"""Builds what a model reads: static instructions first, so that its prefix is reused, and retrieved text as data after.

The frame is our own and the same for every model; a chat template inside a model file is never run, because whoever
made the file wrote it. Pure, but for the instructions being files.
"""

import hashlib
from collections.abc import Sequence

from inference.prompting import framing
from inference.prompting.compression import Packed
from inference.prompts import text
from inference.types import Evidence, Fact, Prompt, Read, Route

MAX_TOKENS = 400
STOPS = ("\n### ", "\n<passage", "\nQuestion:", "\n## Question")


def build(
    question: str,
    evidence: Sequence[Evidence] | Packed,
    route: Route,
    *,
    facts: Sequence[Fact] = (),
    max_tokens: int = MAX_TOKENS,
) -> Prompt:
    """The prompt for one answer. Evidence is numbered from 1 in the order given; facts whose source did not fit go."""
    packed = evidence if isinstance(evidence, Packed) else Packed(tuple(evidence), ())
    stated = tuple(fact for fact in facts if fact.source in packed.evidence)
    return Prompt(
        text("answer"), question, packed.evidence, route, max_tokens, stated, packed.read, packed.links, packed.left
    )


def plain(prompt: Prompt) -> str:
    """The prompt as one text for a model that continues text; it begins alike for every question."""
    return f"### Instructions\n{prompt.instructions}\n\n{data(prompt)}\n\n### Answer\n"


def messages(prompt: Prompt) -> tuple[tuple[str, str], ...]:
    """The prompt as (role, text) for a model that is spoken to: the instructions, then everything that varies."""
    return (("system", prompt.instructions), ("user", data(prompt)))


def data(prompt: Prompt) -> str:
    """What varies from question to question: passages, facts, how to answer this kind of question, and the question."""
    read = prompt.read or tuple(Read("full", one.text) for one in prompt.evidence)
    numbered = list(enumerate(zip(prompt.evidence, read, strict=True), 1))
    passages = [framing.passage(n, one, part.text) for n, (one, part) in numbered if part.layer != "summary"]
    lines = [framing.summary(n, one, part.text) for n, (one, part) in numbered if part.layer == "summary"]
    facts = [f"- {framing.on_one_line(fact.sentence)} [{prompt.number(fact.source)}]" for fact in prompt.facts]
    sections = [
        ("Passages", "\n\n".join(passages)),
        ("More passages, one line each", "\n".join(lines)),
        ("Not shown here", _not_shown(prompt)),
        ("Facts stated in the library", "\n".join(facts)),
        ("How to answer this one", text(f"route_{prompt.route.kind}")),
        ("Question", framing.on_one_line(prompt.question)),
    ]
    return "\n\n".join(
        f"### {name}\n{inside}" for name, inside in sections if inside or name in {"Passages", "Question"}
    )


def sha256(prompt: str) -> str:
    """The fingerprint of a plain prompt, kept with the answer, so that it can be recognised without keeping it."""
    return hashlib.sha256(prompt.encode()).hexdigest()


def _not_shown(prompt: Prompt) -> str:
    more = [f"and {prompt.left} more"] if prompt.left else []
    return "\n".join([*prompt.links, *more])
