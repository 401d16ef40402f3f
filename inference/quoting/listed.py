"""An answer out of several entries: each with the sentence that answers, and why it was chosen. Pure."""

import re
import textwrap
from collections.abc import Sequence

from inference.quoting import fixed
from inference.quoting.aspects import Aspect
from inference.quoting.aspects import asked as aspects_asked
from inference.quoting.choosing import Answered, Asked, asked_of, best, definition, names_of, therefore
from inference.quoting.direct import about
from inference.quoting.marks import cited, flat, item
from inference.quoting.parts import steps
from inference.quoting.reading import Said, stems_of
from inference.types import Entity, Evidence, Prompt, RouteKind

MOST = 4  # entries
BESIDE = 0.78  # share of the best entry's score that another one needs to stand beside it
ALONE = 0.8  # share of the best entry's score below which all others are so far that it answers alone
TOGETHER = 0.3  # what words that stand together add, where they do in the question
TITLED = 0.9  # share of the question's words in a title from which the question is about that entry
_PARTICULAR = {Aspect.DECAY, Aspect.SIGNS, Aspect.LIMITS, Aspect.ASIDE}  # said only to those who ask for it
LONGEST_REASON = 160  # characters
ALIKE = 0.8  # share of common stems from which two entries say the same
_SUITS = ("suits", "fits", "used by")
BESIDE_SUITED = 0.6  # ... where a situation is described, which no entry has all the words of
LEAST = 0.3  # share of the question's words that an entry listed must say
ENOUGH = 0.5  # share of the question's words that a sentence says if it is to be the one that answers


def listed(prompt: Prompt, said: Sequence[Said]) -> str:
    """The entries that answer, the best first; where one stands out, the answer is about that one."""
    entries = _entries(said)
    asked = asked_of(prompt.question, said)
    scored = sorted(((_score(own, asked), own) for own in entries), key=lambda pair: -pair[0])
    if not scored:
        return ""
    top = scored[0][0]
    context = prompt.route.kind == RouteKind.CONTEXT
    beside, least = (BESIDE_SUITED, LEAST / 2) if context else (BESIDE, LEAST)
    near = [own for score, own in scored if score >= beside * top and _covered(own, asked) >= least]
    near = (near or [scored[0][1]])[:MOST]
    first = near[0][0].evidence
    titled = asked.share(stems_of(first.title)) >= TITLED
    if not context and (titled or _stands_out(scored, asked)):
        return about(prompt.question, near[0], entity_of(first), named=titled)
    told, wanted = Answered(alike=ALIKE), aspects_asked(prompt.question)
    items = []
    for own in near:
        if run := _answering(own, asked, told, aspects=wanted):
            told.add(*run)
            items.append(_item(run, own, context=context))
    if len(items) == 1 and not context:
        return items[0].removeprefix("- ")
    lead = fixed.SUITED if context else fixed.LISTED
    if not items:
        return about(prompt.question, near[0], entity_of(first), named=False)
    return f"{lead}\n\n" + "\n".join(items)


def _stands_out(scored: Sequence[tuple[float, Sequence[Said]]], asked: Asked) -> bool:
    """Whether the best entry is a pattern that leaves all other patterns behind and says most of what is asked."""
    patterns = [score for score, own in scored if own[0].evidence.kind == "pattern"]
    top, own = scored[0]
    alone = len(patterns) < 2 or patterns[1] < ALONE * top
    return own[0].evidence.kind == "pattern" and alone and _covered(own, asked) >= ENOUGH


def entity_of(evidence: Evidence) -> Entity:
    """The entry of a passage as if it had been named."""
    return Entity(evidence.kind, 0, evidence.slug, evidence.title, evidence.title, 100.0)


def _entries(said: Sequence[Said]) -> list[list[Said]]:
    found: dict[tuple[str, str], list[Said]] = {}
    for one in said:
        found.setdefault((one.evidence.kind, one.evidence.slug), []).append(one)
    return list(found.values())


def _score(own: Sequence[Said], asked: Asked) -> float:
    """How well an entry answers: its best sentence, its best passage, and what its name says of the question."""
    sentence = max(asked.share(one.stems) for one in own)
    return 0.4 * sentence + 0.6 * _covered(own, asked) + max(one.evidence.score for one in own)


def _covered(own: Sequence[Said], asked: Asked) -> float:
    """Share of the question that the entry's best passage says."""
    passages = [f"{one.title} {one.text}" for one in {one.number: one.evidence for one in own}.values()]
    return max(asked.share(stems_of(text)) + TOGETHER * asked.meets(text) for text in passages)


def _answering(own: Sequence[Said], asked: Asked, told: Answered, *, aspects: Sequence[Aspect]) -> list[Said]:
    """The sentence that answers; where none says enough of the question, what the entry does about it."""
    general = [one for one in own if one.aspect in aspects or one.aspect not in _PARTICULAR]
    runs = [run for run in best(general, own, asked, words=50) if not told.has(*run) and not run[-1].persona]
    if runs and asked.share(frozenset().union(*(one.stems for one in runs[0]))) >= ENOUGH:
        return runs[0]
    entity = entity_of(own[0].evidence)
    stated = therefore(own)
    fallback = [
        *([stated] if stated and stated.text.startswith("Therefore") else []),
        *definition(own, names_of([entity]))[:1],
        *([stated] if stated else []),
    ]
    if run := next(([one] for one in fallback if not told.has(one)), []):
        return run
    return next((run for run in runs if asked.share(frozenset().union(*(one.stems for one in run))) >= LEAST), [])


def _item(run: Sequence[Said], own: Sequence[Said], *, context: bool) -> str:
    text = item(run, label=own[0].evidence.title)
    if context and (first := steps([one for one in own if one.aspect == Aspect.STEPS], own, Answered())):
        name = f"{first[0][0].label}: " if first[0][0].label else ""
        text += f" {fixed.FIRST_STEP}: {flat(name)}{' ' if name else ''}{cited(first[0])}"
    reasons = max((one.evidence for one in own), key=lambda one: one.score).why
    suits = next((why for why in reasons if why.startswith(_SUITS)), "")
    # Whom something is for is no reason: "says “we” and “small”" tells nobody that it suits them.
    says = "" if context else next((why for why in reasons if why.startswith("says")), "")
    reason = re.sub(r"[()]", "", flat(suits or says))
    return f"{text} ({textwrap.shorten(reason, LONGEST_REASON, placeholder=' …')})" if reason else text
