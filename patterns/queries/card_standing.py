"""Answer the question a printed card asks when its code is scanned: is what I say still so?"""

from dataclasses import dataclass
from enum import StrEnum

from patterns.cards.card import changed_parts
from patterns.enums import PublicationState
from patterns.models import Pattern, Revision
from patterns.queries import cards, reading


class Verdict(StrEnum):
    """What a card is worth. SAME: the text went on, but not where the card quotes it."""

    CURRENT = "current"
    SAME = "same"
    STALE = "stale"
    RETIRED = "retired"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdict on a card of revision `printed` (none if there never was one), and what came `later`, newest first.

    `changed` names the parts of the card that read differently today; `moved` is true when its address is an old one;
    `part_of` is what the pattern became part of.
    """

    verdict: Verdict
    pattern: Pattern
    printed: Revision | None
    later: tuple[Revision, ...]
    changed: tuple[str, ...]
    moved: bool
    part_of: Pattern | None = None


def card_standing(slug: str, number: int) -> Standing | None:
    """Return how a card stands, or None where no pattern has or had that address. At most five queries."""
    found = reading.find_pattern(slug, merged=True)
    moved = isinstance(found, reading.Moved)
    if moved:
        found = reading.find_pattern(found.slug, merged=True)
    if not isinstance(found, Pattern):
        return None
    known = cards.later_revisions(found, number)
    printed = next((one for one in known if one.number == number), None)
    later = tuple(one for one in known if one.number > number)
    changed: tuple[str, ...] = ()
    if printed is None:
        verdict = Verdict.NEVER
    elif found.state != PublicationState.PUBLISHED:
        verdict = Verdict.RETIRED
    elif not later:
        verdict = Verdict.CURRENT
    else:
        contents = cards.contents_of(found, (number, found.current.number))
        changed = changed_parts(contents[number], contents[found.current.number])
        verdict = Verdict.STALE if changed else Verdict.SAME
    return Standing(
        verdict=verdict, pattern=found, printed=printed, later=later if printed else (), changed=changed, moved=moved,
        part_of=reading.stands_for(found) if found.merged_into_id else None,
    )  # fmt: skip
