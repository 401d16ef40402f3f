"""What the records state, grouped by who says what, each with the sentence that tells more where there is one. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from inference.quoting.marks import flat
from inference.types import Evidence, Fact, Prompt
from inference.words.vocabulary import content_words


def stated(prompt: Prompt) -> str:
    """The facts of a prompt as lists, those without a detail as one sentence after them."""
    parts: list[str] = []
    said: set[str] = set()  # details, which are told once
    for (group, subject, says), found in groupby(prompt.facts, key=_told_together):
        facts = list(found)
        if group:
            parts.append("\n".join(items(facts, number=prompt.number, said=said)))
            continue
        said.update(fact.detail for fact in facts)
        detailed = [fact for fact in facts if fact.detail]
        bare = [fact for fact in facts if not fact.detail]
        lines = [f"{flat(subject)} {says}:", ""] if detailed else []
        lines += [f"- **{flat(fact.thing)}**: {flat(fact.detail)} [{prompt.number(fact.source)}]" for fact in detailed]
        if bare:
            also = "also " if detailed or parts else ""
            lines += ["", f"{flat(subject)} {also}{says} {_listed(bare)} {_marks(prompt, bare)}."]
        parts.append("\n".join(lines).strip())
    return "\n\n".join(parts)


def items(facts: Iterable[Fact], *, number: Callable[[Evidence], int], said: set[str] | None = None) -> Iterator[str]:
    """Each fact as an item; those of one group together in one that is called like it. Details in `said` are left out,
    and what is told joins them.
    """
    said = set() if said is None else said
    for group, found in groupby(facts, key=lambda fact: fact.group):
        lines = [_line(fact, f"[{number(fact.source)}]", said) for fact in found]
        yield from [f"- **{flat(group)}**: {' '.join(lines)}"] if group else [f"- {line}" for line in lines]


def _line(fact: Fact, mark: str, said: set[str]) -> str:
    line = f"{flat(fact.sentence)} {mark}"
    if fact.detail and fact.detail not in said and _says_more(fact):
        line += f" {flat(fact.detail)} {mark}"
    said.add(fact.detail)
    return f"{line} {flat(fact.doubt)} {mark}" if fact.doubt else line


def _says_more(fact: Fact) -> bool:
    """Whether the evidence says another thing than the fact itself in its words."""
    return len({*content_words(fact.detail)} - {*content_words(fact.sentence)}) > 2


def _told_together(fact: Fact) -> tuple[str, str, str]:
    return (fact.group, "", "") if fact.group else ("", fact.subject, fact.says)


def _listed(facts: Sequence[Fact]) -> str:
    names = [flat(fact.thing) for fact in facts]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _marks(prompt: Prompt, facts: Sequence[Fact]) -> str:
    return "".join(f"[{number}]" for number in dict.fromkeys(prompt.number(fact.source) for fact in facts))
