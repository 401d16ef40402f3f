"""What was found of facts for one question, and how much more there is to see on the pages of the site."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from inference.facts.telling import Telling
from inference.graphs import Edge
from inference.types import Fact

MOST_FACTS = 24
MOST_SUGGESTED = 6


@dataclass(frozen=True, slots=True)
class More:
    """What is not told in an answer: how many, of what, and where it stands."""

    count: int
    what: str  # relations, prerequisites, ways or shared
    title: str
    url: str
    suggested: bool


@dataclass(frozen=True)
class Facts:
    """What is stated, and apart from it what is only suggested and what is only near in meaning, with their evidence.

    `missing` says what nobody has approved, where that was asked for, as the beginning of a sentence. `whole`: the
    facts are all there is to say, so that no passages need be quoted beside them. `opening` leads to facts in groups
    where they are listed as they stand.
    """

    stated: tuple[Fact, ...] = ()
    suggested: tuple[Fact, ...] = ()
    near: tuple[Fact, ...] = ()
    more: tuple[More, ...] = field(default=())
    missing: str = ""
    whole: bool = False
    opening: str = ""

    @property
    def lead(self) -> str:
        """What an answer begins with where nothing is stated; it leads on to what is, and claims nothing itself."""
        if self.stated or not self.missing:
            return ""
        if self.whole:
            return f"{self.missing}; what follows is only suggested, or near in meaning:" if self.apart else ""
        return f"{self.missing}; the texts of the library say this:"

    @property
    def apart(self) -> tuple[Fact, ...]:
        """What stands under a heading of its own."""
        return (*self.suggested, *self.near)


def tell(telling: Telling, edges: Iterable[tuple[Edge, str]], *, group: str = "") -> tuple[Fact, ...]:
    """The facts of edges, each told from the end named with it; what the records no longer say is left out."""
    told = list(edges)
    telling.look_up_places(edge for edge, _ in told)
    found = (telling.fact(edge, start, group=group) for edge, start in told)
    return tuple(fact for fact in found if fact is not None)


def best_founded(telling: Telling, edges: Sequence[Edge], *, most: int = MOST_SUGGESTED) -> list[Edge]:
    """The best few of suggested edges: those nothing speaks against, then those whose evidence speaks of both
    ends, then as the graph orders them.
    """
    return sorted(edges, key=lambda edge: (telling.doubted(edge), not telling.fits(edge)))[:most]
