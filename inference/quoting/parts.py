"""The parts of an entry as an answer tells them: its steps in order, its risks as a list, a sentence of each. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from inference.quoting import fixed
from inference.quoting.aspects import Aspect, cue
from inference.quoting.choosing import Answered, Asked, best, standing, therefore
from inference.quoting.marks import item, part
from inference.quoting.reading import Said

MOST_STEPS = 8
MOST_ITEMS = 4
BARE_STEP = 16  # words
TELLING = 0.3  # share of the other words of a question that a sentence must say to be quoted for them
_OWN = {Aspect.DEFINITION, Aspect.STEPS}  # speaking of a risk there is no statement about the risks
_TURNED = re.compile(
    r"\b(?:reduc\w+|mitigat\w+|lower\w*|overcom\w+|safe|solv\w+|prevent\w*|despite|address\w*)\b", re.IGNORECASE
)
# Where one part is asked for and the entry has none, what comes nearest to it.
_ELSE = {
    Aspect.LIMITS: (Aspect.RISKS, Aspect.DECAY),
    Aspect.RISKS: (Aspect.LIMITS, Aspect.DECAY),
    Aspect.DECAY: (Aspect.RISKS,),
    Aspect.GAINS: (Aspect.SOLUTION, Aspect.PROBLEM),
    Aspect.FIT: (Aspect.PROBLEM,),
    Aspect.STEPS: (Aspect.SOLUTION,),
    Aspect.SIGNS: (Aspect.GAINS,),
}


def one_of(aspect: Aspect, own: Sequence[Said]) -> list[Said]:
    """Sentences of one aspect that stand alone, those that begin a paragraph first."""
    found = [one for one in own if one.aspect == aspect and not (one.leans or one.empty or one.persona)]
    return sorted(found, key=lambda one: (not one.head, one.words > 40, one.order))


def all_of(aspect: Aspect, own: Sequence[Said]) -> list[Said]:
    """What the entry says of an aspect: in a section of it, in sentences that speak of it, or what comes nearest."""
    if found := [one for one in own if one.aspect == aspect and not one.empty]:
        return found
    spoken = cue(aspect)
    found = [
        one
        for one in own
        if spoken
        and spoken.search(one.text)
        and not _TURNED.search(one.text)
        and not one.leans
        and one.aspect not in _OWN
    ]
    if found:
        return [replace(one, aspect=aspect) for one in found]
    return next((near for each in _ELSE.get(aspect, ()) if (near := [one for one in own if one.aspect == each])), [])


def asked_part(aspect: Aspect, own: Sequence[Said], words: Asked, said: Answered) -> list[str]:
    found = [one for one in all_of(aspect, own) if not one.persona]
    if not found:
        return []
    name = fixed.PARTS[found[0].aspect or aspect]
    if found[0].aspect == Aspect.STEPS:
        return _as_list(name, steps(found, own, said), numbered=True)
    if aspect == Aspect.SIGNS and (decay := [one for one in own if one.aspect == Aspect.DECAY]):
        signs, decays = (_items(each, own, words, said, most=3) for each in (found, decay))
        return [*_as_list(name, signs), *_as_list(fixed.PARTS[Aspect.DECAY], decays)]
    if found[0].aspect == Aspect.SOLUTION and (stated := therefore(own)) and not said.has(stated):
        said.add(stated)
        more = [one for one in found if one.label and not one.leans]
        return [part(name, [stated]), *_as_list(fixed.PRINCIPLES, _items(more, own, words, said, most=MOST_ITEMS))]
    return _as_list(name, _items(found, own, words, said, most=MOST_ITEMS))


def _items(found: Sequence[Said], own: Sequence[Said], words: Asked, said: Answered, *, most: int) -> list[list[Said]]:
    """The telling sentences of one aspect: those with the question's words, or else the first ones; in order."""
    if max((words.share(one.stems) for one in found), default=0.0) >= TELLING:
        runs = best(found, own, words)
    else:
        heads = sorted(found, key=lambda one: (not one.head, one.order))
        runs = [run for one in heads if (run := standing(one, own))]
    kept: list[list[Said]] = []
    for run in runs:
        if len(kept) == most:
            break
        if not said.has(*run) and run[-1].words <= 45:
            said.add(*run)
            kept.append(run)
    return sorted(kept, key=place_of)


def steps(found: Sequence[Said], own: Sequence[Said], said: Answered) -> list[list[Said]]:
    """The first sentence of each step, in order."""
    heads = [one for one in found if one.head and not (one.leans or one.empty) and not one.persona and one.words <= 45]
    heads = [one for one in heads if not _NO_STEP.match(one.label)]
    preferred = [one for one in heads if "practice" not in one.evidence.section.lower()]
    heads = preferred or heads
    named = [one for one in heads if one.label]
    if len(named) > 2:  # steps with names, and between them steps that need none; longer ones explain
        heads = [one for one in heads if one.label or one.words <= BARE_STEP]
    first = heads[0].evidence.section if heads else ""
    # One way of doing it is enough: a second section that also tells how ("Key Practices") is left out.
    runs = [[one] for one in heads if one.evidence.section == first]
    kept = []
    for run in runs[: MOST_STEPS + 4]:
        if len(kept) < MOST_STEPS and not said.has(run[0]):
            said.add(run[0])
            kept.append(run)
    plain = [one for one in found if not one.persona]
    return kept or [run for one in plain[:1] if (run := standing(one, own))]


_NO_STEP = re.compile(
    r"(?:prerequisites?|tools?|resources|common|key|timeline|getting started|success)\b", re.IGNORECASE
)


def _as_list(name: str, runs: Sequence[Sequence[Said]], *, numbered: bool = False) -> list[str]:
    """One paragraph, or a list under its name."""
    if not runs:
        return []
    if len(runs) == 1:
        return [part(name, runs[0])]
    signs = [f"{place}." if numbered else "-" for place in range(1, len(runs) + 1)]
    return [f"## {name}\n\n" + "\n".join(item(run, sign=sign) for sign, run in zip(signs, runs, strict=True))]


def place_of(run: Sequence[Said]) -> tuple[str, tuple[int, int, int]]:
    return (run[0].evidence.slug, run[0].order)
