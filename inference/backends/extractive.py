"""The generator that needs no model: it quotes the library's own sentences, cites them, and says that it quotes.

What is shown is chosen by `inference.excerpts`; this module gives it the shape the route asks for. Everything it
writes is a quotation, a name, or one of a few fixed lines.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from inference.excerpts import Excerpt, excerpts
from inference.stages.appending import items
from inference.types import Evidence, Fact, Prompt, RouteKind, Token

BESIDE = 0.7  # share of the best excerpt's score that another entry's needs to stand beside it
_PIECES = re.compile(r"\s*\S+")


class Generator:
    """Writes by quoting. `context` is large because nothing but these functions reads the prompt."""

    name = "extractive"
    context = 8192

    def stream(self, prompt: Prompt) -> Iterator[Token]:
        for piece in _PIECES.findall(written(prompt)):
            yield Token(piece)

    def count(self, text: str) -> int:
        return len(text) // 4 + 1


def written(prompt: Prompt) -> str:
    """The whole answer, in the light Markdown that answers use: paragraphs, `- ` items and `## ` headings."""
    if prompt.facts:
        return _stated(prompt)
    if prompt.route.kind == RouteKind.COMPARE and len({e.slug for e in prompt.route.entities}) > 1:
        return _compared(prompt)
    named = [e for e in prompt.route.entities if prompt.route.kind == RouteKind.DIRECT]
    own = [one for one in prompt.evidence if one.slug in {e.slug for e in named}]
    found = excerpts(prompt.question, prompt.evidence, prompt.route, limit=4)
    if named and own:
        found = _about(prompt, own) or found
    elif len({one.evidence.slug for one in found}) > 1:
        return _by_pattern(found)
    return "\n\n".join(_cited(one) for one in _in_order(found))


def _about(prompt: Prompt, own: Sequence[Evidence]) -> list[Excerpt]:
    """Excerpts from the entry that the question names, their numbers those of the whole prompt."""
    found = excerpts(prompt.question, own, prompt.route, limit=3)
    return [Excerpt(one.text, prompt.number(one.evidence), one.score, one.evidence) for one in found]


def _by_pattern(found: Sequence[Excerpt]) -> str:
    """The best excerpt of each entry as a list with its name, so that several answers stand beside each other."""
    items, named = [], set()
    for one in found:
        if one.evidence.slug not in named and one.score >= BESIDE * found[0].score:
            named.add(one.evidence.slug)
            items.append(f"- **{_flat(one.evidence.title)}**: {_cited(one)}")
    return "\n".join(items)


def _compared(prompt: Prompt) -> str:
    """A part for each thing compared, in the order the question names them."""
    parts = []
    for entity in {e.slug: e for e in prompt.route.entities}.values():
        own = [one for one in prompt.evidence if one.slug == entity.slug]
        found = [
            Excerpt(one.text, prompt.number(one.evidence), one.score, one.evidence)
            for one in excerpts(prompt.question, own, prompt.route, limit=2)
        ]
        body = "\n\n".join(_cited(one) for one in _in_order(found))
        parts.append(f"## {_flat(entity.title)}\n\n{body or 'No passage about it was found.'}")
    return "\n\n".join(parts)


def _stated(prompt: Prompt) -> str:
    """Facts grouped by what they say, each with the sentence that tells more where there is one."""
    parts = []
    for (group, subject, says), found in groupby(prompt.facts, key=_told_together):
        facts = list(found)
        if group:
            parts += items(facts, number=prompt.number)
            continue
        detailed = [fact for fact in facts if fact.detail]
        bare = [fact for fact in facts if not fact.detail]
        lines = [f"{_flat(subject)} {says}:", ""] if detailed else []
        lines += [
            f"- **{_flat(fact.thing)}**: {_flat(fact.detail)} [{prompt.number(fact.source)}]" for fact in detailed
        ]
        if bare:
            also = "also " if detailed or parts else ""
            lines += ["", f"{_flat(subject)} {also}{says} {_listed(bare)} {_marks(prompt, bare)}."]
        parts.append("\n".join(lines).strip())
    return "\n\n".join(parts)


def _told_together(fact: Fact) -> tuple[str, str, str]:
    return (fact.group, "", "") if fact.group else ("", fact.subject, fact.says)


def _listed(facts: Sequence[Fact]) -> str:
    names = [_flat(fact.thing) for fact in facts]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _marks(prompt: Prompt, facts: Sequence[Fact]) -> str:
    return "".join(f"[{number}]" for number in dict.fromkeys(prompt.number(fact.source) for fact in facts))


def _in_order(found: Sequence[Excerpt]) -> list[Excerpt]:
    """The best first, the rest as they follow each other in their source."""
    return [
        *found[:1],
        *sorted(found[1:], key=lambda one: (one.evidence.slug != found[0].evidence.slug, one.evidence.start)),
    ]


def _cited(one: Excerpt) -> str:
    """The excerpt with its mark once, at its end."""
    return f"{_flat(one.text)} [{one.number}]"


def _flat(text: str) -> str:
    """Text on one line in which nothing looks like a citation, a heading or an item of ours."""
    return " ".join(re.sub(r"\[(\d)", r"(\1", text).replace("*", "").split())
