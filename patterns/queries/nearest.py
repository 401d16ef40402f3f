"""Find what a mistyped address meant: the patterns and lighthouses whose names look most like it."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from rapidfuzz import fuzz, process, utils

from patterns.queries.library import library_state, published, published_lighthouses, remembered

READ: Final = 120  # characters of an address
SHORTEST: Final = 3
LIKE: Final = 72.0  # of 100: one letter in four may be wrong, or words may stand in another order


@dataclass(frozen=True, slots=True)
class Near:
    """Something that is here, with its address."""

    title: str
    address: str


def nearest(name: str, *, limit: int = 5) -> list[Near]:
    """Return what looks most like `name` (a slug as somebody typed it), the likest first. Three queries at most."""
    wanted = utils.default_process(name[:READ].replace("-", " ").replace("_", " "))
    if len(wanted) < SHORTEST:
        return []
    names = remembered("names-for-nearest", _names, state=library_state())
    found = process.extract(wanted, [key for key, _ in names], scorer=_likeness, score_cutoff=LIKE, limit=3 * limit)
    once = {names[place][1]: None for _, _, place in found}
    return [Near(title, address) for title, address in list(once)[:limit]]


def _likeness(one: str, other: str, *, score_cutoff: float = 0) -> float:
    """Letters in order, or words in any order; a part of a long name counts a little less."""
    return max(
        fuzz.ratio(one, other, score_cutoff=score_cutoff),
        fuzz.token_sort_ratio(one, other, score_cutoff=score_cutoff),
        0.9 * fuzz.token_set_ratio(one, other, score_cutoff=score_cutoff) if " " in one else 0,
    )


def _names() -> list[tuple[str, tuple[str, str]]]:
    """Each slug and title, as compared, with what it names."""
    rows = [("pattern", *row) for row in published().order_by("pk").values_list("slug", "title")]
    rows += [("lighthouse", *row) for row in published_lighthouses().order_by("pk").values_list("slug", "title")]
    names = []
    for view, slug, title in rows:
        thing = (title, reverse(view, args=[slug]))
        keys = {utils.default_process(slug.replace("-", " ")), utils.default_process(title.replace("-", " "))}
        names += [(key, thing) for key in sorted(keys) if key]
    return names
