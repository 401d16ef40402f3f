"""What the records state, grouped by who says what, each with the sentence that tells more where there is one. Pure."""

from collections.abc import Sequence
from itertools import groupby

from inference.quoting.marks import flat
from inference.types import Fact, Prompt


def stated(prompt: Prompt) -> str:
    """The facts of a prompt as lists, those without a detail as one sentence after them."""
    parts = []
    for (subject, says), group in groupby(prompt.facts, key=lambda fact: (fact.subject, fact.says)):
        facts = list(group)
        detailed = [fact for fact in facts if fact.detail]
        bare = [fact for fact in facts if not fact.detail]
        lines = [f"{flat(subject)} {says}:", ""] if detailed else []
        lines += [f"- **{flat(fact.thing)}**: {flat(fact.detail)} [{prompt.number(fact.source)}]" for fact in detailed]
        if bare:
            also = "also " if detailed or parts else ""
            lines += ["", f"{flat(subject)} {also}{says} {_listed(bare)} {_marks(prompt, bare)}."]
        parts.append("\n".join(lines).strip())
    return "\n\n".join(parts)


def _listed(facts: Sequence[Fact]) -> str:
    names = [flat(fact.thing) for fact in facts]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _marks(prompt: Prompt, facts: Sequence[Fact]) -> str:
    return "".join(f"[{number}]" for number in dict.fromkeys(prompt.number(fact.source) for fact in facts))
