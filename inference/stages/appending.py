"""What an answer adds after its text: relations that nobody has reviewed, and what is only near in meaning. Pure.

Both stand apart under a heading that says what they are, since neither is anything the library states.
"""

from collections.abc import Callable, Iterator, Sequence

from inference.quoting.marks import flat
from inference.quoting.stated import items
from inference.types import Evidence, Fact

SUGGESTED = "Suggested, not reviewed"
NEAR = "Near in meaning"
NEAR_LEAD = "No relation says so; these are the entries whose beginnings read most like that of {}:"


def appended(suggested: Sequence[Fact], near: Sequence[Fact], *, number: Callable[[Evidence], int]) -> Iterator[str]:
    """Yield each part as light Markdown; `number` gives the number that cites a piece of evidence."""
    if suggested:
        yield f"## {SUGGESTED}\n\n" + "\n".join(items(suggested, number=number))
    if near:
        lines = (f"- **{flat(fact.thing)}**: {flat(fact.detail)} [{number(fact.source)}]" for fact in near)
        yield f"## {NEAR}\n\n{NEAR_LEAD.format(flat(near[0].subject))}\n\n" + "\n".join(lines)
