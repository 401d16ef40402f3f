"""An answer about one entry: what it is, and then the part of it that the question asks for. Pure."""

from collections.abc import Sequence

from inference.quoting import fixed
from inference.quoting.aspects import Aspect, asked
from inference.quoting.choosing import Answered, Asked, asked_of, best, definition, names_of, therefore
from inference.quoting.marks import cited, flat, part
from inference.quoting.parts import TELLING, all_of, asked_part, one_of, place_of
from inference.quoting.reading import Said, stems_of
from inference.types import Entity

EXACT = 100.0  # the score of a name that is written as the library has it
MOST_WORDS = 130  # of an answer that is no list
_FRAGMENTS = {Aspect.FIT, Aspect.LIMITS}  # often lists of half sentences, which read well only under their name


def about(question: str, own: Sequence[Said], entity: Entity, *, named: bool = True) -> str:
    """The answer to a question about `entity` out of what its own passages say.

    A question that did not name it (`named`) is answered by its words first.
    """
    said = Answered()
    words = asked_of(question, own, [entity] if named else [])
    wanted = [aspect for aspect in asked(question) if all_of(aspect, own)][:2]
    opening = definition(own, names_of([entity]))
    if wanted:
        opening = opening[:1]
    said.add(*opening)
    parts = [under_name(opening, entity)] if opening else []
    if not named:
        wanted = [aspect for aspect in wanted if aspect == Aspect.STEPS]
        parts += _told(own, words, said, most=1 if wanted else 2)
    if wanted:
        for aspect in wanted:
            parts += asked_part(aspect, own, words, said)
    elif named and words.words and (told := _told(own, words, said, most=3)):
        parts += told
    unsaid = next((aspect for aspect in asked(question) if named), None)
    if len(parts) == bool(opening):
        parts += _plain(own, said, room=MOST_WORDS - sum(one.words for one in opening))
    if not parts:  # better a sentence that says something of it than nothing
        parts += [cited(run) for run in best(own, own, words)[:2]]
    if unsaid and not all_of(unsaid, own):
        parts.append(fixed.MISSING[unsaid])
    return "\n\n".join(parts)


def under_name(opening: Sequence[Said], entity: Entity) -> str:
    """What the entry is, under its name where the sentence does not have it, or where it was asked for by another."""
    if entity.score == EXACT and not stems_of(entity.matched) & stems_of(entity.title):
        return part(flat(entity.title), opening)
    names = [stems_of(name) for name in names_of([entity])]
    return (
        cited(opening)
        if any(2 * len(name & opening[0].stems) > len(name) for name in names)
        else part(flat(entity.title), opening)
    )


def _told(own: Sequence[Said], words: Asked, said: Answered, *, most: int) -> list[str]:
    """What says most of the words of the question beside the name, in the order of the text."""
    free = [one for one in own if one.aspect not in _FRAGMENTS]
    runs = [run for run in best(free, own, words) if words.share(frozenset().union(*(s.stems for s in run))) >= TELLING]
    kept = []
    for run in runs:
        if len(kept) < most and not said.has(*run):
            said.add(*run)
            kept.append(run)
    room, told = MOST_WORDS, []
    for run in sorted(kept[:1], key=place_of) + sorted(kept[1:], key=place_of):
        room -= sum(one.words for one in run)
        if room < 0 and told:
            break
        told.append(cited(run))
    return told


def _plain(own: Sequence[Said], said: Answered, *, room: int) -> list[str]:
    """In short: the problem it answers, how it works, and when not to use it."""
    parts: list[str] = []
    for aspect in (Aspect.PROBLEM, Aspect.SOLUTION, Aspect.FIT, Aspect.LIMITS):
        if aspect == Aspect.FIT and parts:  # an entry that tells its problem has said when
            continue
        found = [therefore(own)] if aspect == Aspect.SOLUTION else one_of(aspect, own)
        if aspect == Aspect.LIMITS and not found:
            found = one_of(Aspect.RISKS, own)
        run = next((one for one in found if one and not said.has(one)), None)
        if run is not None and run.words <= room:
            said.add(run)
            room -= run.words
            parts.append(part(fixed.PARTS[run.aspect if run.aspect in fixed.PARTS else aspect], [run]))
    return parts
