"""The links and words of the queue's lists: each filter as an address, what is chosen as chips, the views as tabs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from patterns.models import SavedView
from patterns.queries.queue_counts import Bounded
from patterns.review import kinds
from patterns.review.filters import AGES, AUTHORS, LEVELS, QUICK, SORTS, STATES, TIERS, Filters, joined
from patterns.review.saved import BUILT_IN


@dataclass(frozen=True, slots=True)
class Link:
    """One choice: where it leads, what it is called, how much it would show, and whether it is chosen."""

    label: Any
    url: str
    count: Bounded | None = None
    chosen: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the list without it."""

    label: str
    url: str


STATE_LABELS = {
    "waiting": gettext_lazy("Waiting"),
    "free": gettext_lazy("Free for me"),
    "mine": gettext_lazy("Held by me"),
    "held": gettext_lazy("Held by others"),
    "author": gettext_lazy("With the author"),
    "decided": gettext_lazy("Decided lately"),
}
SORT_LABELS = {
    "pressing": gettext_lazy("Most pressing"),
    "oldest": gettext_lazy("Longest waiting"),
    "newest": gettext_lazy("Newest"),
}
LEVEL_LABELS = {
    "high": gettext_lazy("High priority"),
    "raised": gettext_lazy("Raised priority"),
    "usual": gettext_lazy("Usual priority"),
}
AUTHOR_LABELS = {"new": gettext_lazy("by newcomers"), "known": gettext_lazy("by known authors")}
TIER_LABELS = {"bronze": gettext_lazy("bronze"), "silver": gettext_lazy("silver"), "gold": gettext_lazy("gold")}


def address(filters: Filters, **changes: Any) -> str:
    """The address of a list, or of one that differs by `changes`."""
    return reverse("review_queue") + joined(filters.query(**changes))


def state_links(filters: Filters, counts: Mapping[str, Bounded]) -> list[Link]:
    return [
        Link(STATE_LABELS[name], address(filters, state=name), counts[name], filters.state == name) for name in STATES
    ]


def kind_links(filters: Filters, counts: Mapping[str, int]) -> list[Link]:
    """Kinds that there are now, and those that were chosen; choosing adds one, choosing again takes it away."""
    names = label_of_kinds()
    links = []
    for name in sorted({*counts, *filters.kinds}, key=lambda one: str(names.get(one, one))):
        chosen = name in filters.kinds
        url = reverse("review_queue") + joined(filters.without_kind(name)) if chosen else ""
        url = url or address(filters, kinds=tuple(sorted({*filters.kinds, name})))
        links.append(Link(names.get(name, name), url, Bounded(counts.get(name, 0)), chosen))
    return links


def label_of_kinds() -> dict[str, Any]:
    return {one.name: one.label for one in kinds()}


def sort_links(filters: Filters) -> list[Link]:
    return [Link(SORT_LABELS[name], address(filters, sort=name), chosen=filters.sort == name) for name in SORTS]


def more_links(filters: Filters, counts: Mapping[str, Mapping[Any, int]]) -> list[tuple[Any, list[Link]]]:
    """All other filters with their counts, in groups. What is chosen stays, so that it can be undone."""

    def group(name: str, field: str, values: Sequence[Any], label: Callable[[Any], Any], none: Any) -> list[Link]:
        links = []
        for value in values:
            chosen, count = getattr(filters, field) == value, counts[name].get(value, 0)
            if chosen or count:
                links.append(
                    Link(label(value), address(filters, **{field: none if chosen else value}), Bounded(count), chosen)
                )
        return links

    domains = list(dict.fromkeys([*([filters.domain] if filters.domain else []), *counts["domain"]]))
    groups = [
        (_("Priority"), group("level", "level", LEVELS, LEVEL_LABELS.__getitem__, "")),
        (_("Waiting for"), group("age", "age", AGES, _older, 0)),
        (_("Author"), group("author", "author", AUTHORS, AUTHOR_LABELS.__getitem__, "")),
        (_("Time to read"), group("quick", "quick", [True], lambda _value: _quick(), False)),
        (_("Tier touched"), group("tier", "tier", TIERS, TIER_LABELS.__getitem__, "")),
        (_("Domain touched"), group("domain", "domain", domains, str, "")),
    ]
    return [(title, links) for title, links in groups if links]


def chips(filters: Filters) -> list[Chip]:
    """Each filter that is on, in words."""
    names, found = label_of_kinds(), []
    for name in filters.active:
        value = getattr(filters, name)
        if name == "kinds":
            found += [
                Chip(str(names.get(one, one)), reverse("review_queue") + joined(filters.without_kind(one)))
                for one in value
            ]
            continue
        label = {
            "author": lambda v: str(AUTHOR_LABELS[v]),
            "others": lambda _v: _("without my own"),
            "age": _older,
            "level": lambda v: str(LEVEL_LABELS[v]),
            "tier": lambda v: _("touches %(tier)s") % {"tier": TIER_LABELS[v]},
            "domain": str,
            "quick": lambda _v: _quick(),
            "words": lambda v: f"“{v}”",
        }[name](value)
        found.append(Chip(label, address(filters, **{name: type(value)()})))
    return found


def view_links(filters: Filters, saved: Sequence[SavedView]) -> tuple[list[Link], list[Link]]:
    """The lists that everybody has, and one's own, that which is shown marked."""
    here = filters.query()
    built_in = [
        Link(one.label, address(one.filters), chosen=one.filters.query() == here, value=one.name) for one in BUILT_IN
    ]
    mine = [
        Link(view.name, address(wanted), chosen=wanted.query() == here, value=str(view.pk))
        for view in saved
        for wanted in [list_of(view)]
    ]
    return built_in, mine


def list_of(view: SavedView) -> Filters:
    """The list that a saved view stands for."""
    return Filters.read(QueryDict(view.query))


def _older(days: int) -> str:
    return ngettext("more than %(n)s day", "more than %(n)s days", days) % {"n": days}


def _quick() -> str:
    return ngettext("%(n)s minute or less", "%(n)s minutes or less", QUICK) % {"n": QUICK}
