"""Two or three entries beside each other: a row for each aspect that one of them speaks of. Pure.

A row is a heading with an item for each thing, so that it reads well as text; the page makes columns of it.
"""

import re
from collections.abc import Sequence

from inference.quoting import fixed
from inference.quoting.aspects import Aspect, asked
from inference.quoting.choosing import Answered, definition, names_of, therefore
from inference.quoting.marks import cited, flat
from inference.quoting.parts import one_of, steps
from inference.quoting.reading import Said
from inference.types import Entity, Prompt

MOST = 3
ROWS = (Aspect.DEFINITION, Aspect.SOLUTION, Aspect.FIT, Aspect.RISKS, Aspect.STEPS)
CELL = 45  # words
_CONTRASTS = re.compile(r"\b(?:while|whereas|unlike|differ\w*|rather than|instead of|than|compared|contrast|but)\b")


def compared(prompt: Prompt, said: Sequence[Said]) -> str:
    """The comparison of what the route names, in the order the question names it."""
    things = list({(one.kind, one.slug): one for one in prompt.route.entities}.values())[:MOST]
    own = {
        one.slug: [each for each in said if (each.evidence.kind, each.evidence.slug) == (one.kind, one.slug)]
        for one in things
    }
    told = Answered()
    rows = [ROWS[0], *(aspect for aspect in asked(prompt.question) if aspect in fixed.PARTS), *ROWS[1:]]
    parts = []
    for aspect in dict.fromkeys(rows):
        cells = {one.slug: _cell(aspect, own[one.slug], one, told) for one in things}
        known = [one for one in things if own[one.slug]]
        # A row where only one has something to say is worth its place only beside the definition.
        if aspect != Aspect.DEFINITION and sum(bool(cells[one.slug]) for one in known) < min(2, len(known)):
            continue
        lines = [
            f"- **{flat(one.title)}**: {cells[one.slug] or ('' if own[one.slug] else fixed.NOTHING)}".rstrip()
            for one in things
            if cells[one.slug] or (aspect == Aspect.DEFINITION and not own[one.slug])
        ]
        if lines:
            parts.append(f"## {fixed.PARTS[aspect]}\n\n" + "\n".join(lines))
    both = _together(said, things, told) if len(things) > 1 else ""
    return "\n\n".join([*([both] if both else []), *parts])


def _cell(aspect: Aspect, own: Sequence[Said], thing: Entity, told: Answered) -> str:
    run: list[Said] = []
    if aspect == Aspect.DEFINITION:
        run = definition(own, names_of([thing]), words=CELL)
    elif aspect == Aspect.SOLUTION:
        run = [one for one in [therefore(own)] if one]
    elif aspect == Aspect.STEPS:
        run = next(iter(steps([one for one in own if one.aspect == aspect], own, Answered())), [])
    else:
        run = one_of(aspect, own)[:4]
        run = [one for one in run if not told.has(one) and one.words <= CELL][:1]
    if not run or any(told.has(one) for one in run):
        return ""
    told.add(*run)
    name = run[0].label if aspect == Aspect.STEPS and run[0].label else ""
    return f"{flat(name)}. {cited(run)}" if name else cited(run)


def _together(said: Sequence[Said], things: Sequence[Entity], told: Answered) -> str:
    """A sentence that speaks of both by name, where the library has one: it says the difference best."""
    names = [names_of([one]) for one in things]
    for one in said:
        text = f" {one.text.lower().replace('-', ' ')} "
        if one.evidence.slug not in {each.slug for each in things} or not _CONTRASTS.search(text) or one.empty:
            continue
        if one.words <= CELL and not one.leans and all(any(f" {name}" in text for name in each) for each in names):
            told.add(one)
            return cited([one])
    return ""
