"""What a card says of a pattern, and how much of it fits on A6 paper. Pure: a revision's words in, fitted words out.

Lengths are points (1/72 inch) of the printed card; `static/css/cards.css` sets the same sizes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

from patterns.cards.fitting import CUT, line_count, whole_sentences

HEIGHT: Final = 376  # of the card's inside: 148.5 mm less its margins, and a little less
WIDTH: Final = 250  # 105 mm less its margins
FOOT_WIDTH: Final = 166  # beside the code
CODE: Final = 68  # height of the code, 24 mm
HEAD: Final = 14  # the line above the title
GAP: Final = 7
BETWEEN: Final = " · "


class Face(NamedTuple):
    """A size of type and its line, in points."""

    size: float
    line: float

    def ems(self, width: float) -> float:
        return width / self.size


TITLES: Final = {"large": Face(16, 18.5), "medium": Face(13, 15.5), "small": Face(10, 12)}
BOLD: Final = 1.1  # how much wider
LEAD: Final = Face(9.5, 13)
TEXT: Final = Face(8.5, 11.75)
FOOT: Final = Face(7, 9.25)
SANS: Final = 1.1  # how much wider the face of the foot runs
LABEL: Final = 11.5  # the small heading above a text


@dataclass(frozen=True, slots=True)
class Content:
    """What a revision gives a card; equal contents make equal cards. `practice` are names, without a solution."""

    title: str
    lead: str
    problem: str
    solution: str
    practice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fitted:
    """The words that stand on the card; `size` names the title's face, `relations` are phrases and titles."""

    title: str
    size: str
    original: str
    lead: str
    problem: str
    solution: str
    practice: str
    note: str
    relations: tuple[tuple[str, tuple[str, ...]], ...]


def fitted(
    content: Content,
    *,
    title: str = "",
    note: str = "",
    relations: Sequence[tuple[str, Sequence[str]]] = (),
    imprint: Iterable[str] = (),
) -> Fitted:
    """Return what of `content` fits on one card.

    `title`: another wording; the library's own then stands beneath. `imprint`: the lines of the foot that are printed
    whole (address, revision, licence). Every text first gets its usual share; what is left over goes round again.
    """
    shown = " ".join((title or content.title).split())
    original = content.title if title and title != content.title else ""
    size = _title_size(shown)
    face = TITLES[size]
    space = HEIGHT - HEAD - GAP - face.line * line_count(shown, ems=face.ems(WIDTH) / BOLD)
    if original:
        space -= FOOT.line * line_count(original, ems=FOOT.ems(WIDTH) / SANS) + LABEL + 3
    joined = _fitting_relations(relations)
    space -= foot_height(joined, imprint)
    texts = _shared_out(
        {
            "note": (note, TEXT, 4),
            "solution": (content.solution, TEXT, 5),
            "practice": (BETWEEN.join(content.practice), TEXT, 3),
            "lead": (content.lead, LEAD, 4),
            "problem": (content.problem, TEXT, 4),
        },
        space,
    )
    if texts["practice"].endswith(CUT):
        texts["practice"] = texts["practice"].rpartition(BETWEEN)[0]  # whole names only
    return Fitted(title=shown, size=size, original=original, relations=joined, **texts)


def foot_height(relations: Sequence[tuple[str, Sequence[str]]], imprint: Iterable[str]) -> float:
    """Return how tall the foot is: the code, or the text beside it where that is taller."""
    lines = line_count(_in_words(relations), ems=FOOT.ems(FOOT_WIDTH) / SANS)
    lines += sum(line_count(line, ems=FOOT.ems(FOOT_WIDTH) / SANS) for line in imprint)
    return max(CODE, lines * FOOT.line) + 2 * GAP


def height(card: Fitted, *, imprint: Iterable[str] = ()) -> float:
    """Return how tall a card comes out, in points, by the same estimate that fitted it."""
    face = TITLES[card.size]
    total = HEAD + GAP + face.line * line_count(card.title, ems=face.ems(WIDTH) / BOLD)
    if card.original:
        total += FOOT.line * line_count(card.original, ems=FOOT.ems(WIDTH) / SANS) + LABEL + 3
    for name, type_ in (("note", TEXT), ("lead", LEAD), ("problem", TEXT), ("solution", TEXT), ("practice", TEXT)):
        text = getattr(card, name)
        if text:
            total += _overhead(name) + type_.line * line_count(text, ems=type_.ems(WIDTH))
    return total + foot_height(card.relations, imprint)


def changed_parts(old: Content, new: Content) -> tuple[str, ...]:
    """Return the names of what stands differently on the two cards, in the card's order."""
    return tuple(field.name for field in fields(Content) if getattr(old, field.name) != getattr(new, field.name))


def wording_of(front: Mapping[str, Any], context: str) -> str:
    """Return what the pattern is called in `context` (`tech`), or nothing."""
    labels = front.get("context_labels")
    said = labels.get(context) if context and isinstance(labels, Mapping) else None
    return " ".join(str(said).split())[:300] if isinstance(said, str | int | float) else ""


def _title_size(title: str) -> str:
    for name, most in (("large", 2), ("medium", 3)):
        if line_count(title, ems=TITLES[name].ems(WIDTH) / BOLD) <= most:
            return name
    return "small"


def _overhead(name: str) -> float:
    return GAP if name == "lead" else GAP + LABEL


def _shared_out(wanted: Mapping[str, tuple[str, Face, int]], space: float) -> dict[str, str]:
    """Give each text its share of lines, then let each take what is left: first those cut within a sentence."""
    given: dict[str, str] = dict.fromkeys(wanted, "")
    used: dict[str, int] = dict.fromkeys(wanted, 0)
    for generous in (False, True):
        for name in sorted(wanted, key=lambda name: not given[name].endswith(CUT)):
            text, face, share = wanted[name]
            overhead = 0 if used[name] else _overhead(name)
            lines = used[name] + int(max(0.0, space - overhead) // face.line)
            if not text or (generous and not used[name]):
                continue
            ems = face.ems(WIDTH)
            given[name] = whole_sentences(text, lines=lines if generous else min(lines, share), ems=ems)
            now = line_count(given[name], ems=ems)
            space -= (overhead if now else 0) + (now - used[name]) * face.line
            used[name] = now
    return given


def _fitting_relations(relations: Sequence[tuple[str, Sequence[str]]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Take whole titles, one kind of relation after the other, while they stand in three lines of the foot."""
    taken: list[tuple[str, tuple[str, ...]]] = []
    for phrase, titles in relations:
        fitting: tuple[str, ...] = ()
        for title in titles:
            longer = (*fitting, title)
            if line_count(_in_words([*taken, (phrase, longer)]), ems=FOOT.ems(FOOT_WIDTH) / SANS) > 3:
                break
            fitting = longer
        if fitting:
            taken.append((phrase, fitting))
    return tuple(taken)


def _in_words(relations: Iterable[tuple[str, Sequence[str]]]) -> str:
    return " ".join(f"{phrase}: {' · '.join(titles)}." for phrase, titles in relations)
