"""How good an answer looks from what is stored with it: a few components from 0 to 1, and why in words. Pure.

It advises; a person judges. What people say later is compared with it (`agreement`), so the names of the components
never change their meaning.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Below it about half of what an answer says lacks its source, or a third does and its readers say that it did not help.
LOW: Final = 0.6
# Unsupported sentences do most harm, since a reader cannot tell them from the others; readers come next, because they
# see what no count of words does. What is missing (nobody rated it, nothing was claimed) has no weight.
WEIGHTS: Final[Mapping[str, float]] = {"grounded": 0.45, "cited": 0.15, "outcome": 0.15, "readers": 0.25}
WORTH: Final[Mapping[str, float]] = {"supported": 1.0, "weak": 0.5, "unsupported": 0.0}
OUTCOMES: Final[Mapping[str, float]] = {"answer": 1.0, "nearest": 0.5, "none": 0.0}


@dataclass(frozen=True, slots=True)
class Component:
    """One voice in the score. `counts` are the numbers it was made from; kept so that its words can be made anew."""

    name: str
    value: float
    counts: Mapping[str, Any]

    @property
    def words(self) -> str:
        """Why it is so, in one sentence in the language of the page."""
        return _WORDS[self.name](self.counts) if self.name in _WORDS else ""


@dataclass(frozen=True, slots=True)
class Score:
    """All of it; `total` is the weighted mean of the components that there are."""

    components: tuple[Component, ...]

    @property
    def total(self) -> float:
        weight = sum(WEIGHTS[one.name] for one in self.components)
        return sum(one.value * WEIGHTS[one.name] for one in self.components) / weight if weight else 0.0

    @property
    def low(self) -> bool:
        return self.total < LOW

    @property
    def percent(self) -> int:
        return round(100 * self.total)

    def kept(self) -> dict[str, Any]:
        """As a verdict keeps it: numbers, and no word of the answer."""
        return {one.name: {"value": one.value, "counts": dict(one.counts)} for one in self.components}


def score(sentences: Sequence[Mapping[str, Any]], *, outcome: str, helpful: int = 0, unhelpful: int = 0) -> Score:
    """Score an answer by its checked `sentences` (as they are stored), its outcome and how many it helped or not."""
    found = [_outcome(outcome), *_said(sentences), *_readers(helpful, unhelpful)]
    order = list(WEIGHTS)
    return Score(tuple(sorted(found, key=lambda one: order.index(one.name))))


def read(kept: Mapping[str, Mapping[str, Any]]) -> Score:
    """A score as a verdict kept it; components of another version of this site are passed over."""
    known = (name for name in WEIGHTS if name in kept)
    return Score(tuple(Component(name, kept[name]["value"], kept[name]["counts"]) for name in known))


def _said(sentences: Sequence[Mapping[str, Any]]) -> Iterable[Component]:
    """What is claimed, and of it what the sources say. An answer that claims nothing has nothing to be judged by."""
    claims = [one for one in sentences if one.get("support") in WORTH]
    if not claims:
        return
    support = [one["support"] for one in claims]
    worth = sum(WORTH[one] for one in support) / len(claims)
    counts = {"all": len(claims), "weak": support.count("weak"), "unsupported": support.count("unsupported")}
    yield Component("grounded", worth, counts)
    bare = sum(not one.get("citations") for one in claims)
    yield Component("cited", 1 - bare / len(claims), {"all": len(claims), "bare": bare})


def _outcome(outcome: str) -> Component:
    return Component("outcome", OUTCOMES.get(outcome, 0.0), {"outcome": outcome})


def _readers(helpful: int, unhelpful: int) -> Iterable[Component]:
    """One voice more on each side, so that a single reader neither saves nor sinks an answer."""
    if helpful + unhelpful:
        value = (helpful + 1) / (helpful + unhelpful + 2)
        yield Component("readers", value, {"all": helpful + unhelpful, "unhelpful": unhelpful})


def _grounded_words(counts: Mapping[str, Any]) -> str:
    weak, without = counts["weak"], counts["unsupported"]
    if not weak and not without:
        return ngettext(
            "Its %(all)s sentence is supported by what it cites.",
            "All %(all)s sentences are supported by what they cite.",
            counts["all"],
        ) % {"all": counts["all"]}
    said = []
    if without:
        said.append(
            ngettext(
                "%(n)s of %(all)s sentences is not supported by what it cites.",
                "%(n)s of %(all)s sentences are not supported by what they cite.",
                without,
            )
            % {"n": without, "all": counts["all"]}
        )
    if weak:
        said.append(
            ngettext(
                "%(n)s of %(all)s sentences is supported only in part.",
                "%(n)s of %(all)s sentences are supported only in part.",
                weak,
            )
            % {"n": weak, "all": counts["all"]}
        )
    return " ".join(said)


def _cited_words(counts: Mapping[str, Any]) -> str:
    if not counts["bare"]:
        return _("Every sentence names its source.")
    return ngettext(
        "%(n)s of %(all)s sentences names no source.", "%(n)s of %(all)s sentences name no source.", counts["bare"]
    ) % {"n": counts["bare"], "all": counts["all"]}


def _outcome_words(counts: Mapping[str, Any]) -> str:
    return {
        "answer": _("The library had an answer."),
        "nearest": _("The library had only passages that come near."),
    }.get(counts["outcome"], _("The library had nothing on it."))


def _readers_words(counts: Mapping[str, Any]) -> str:
    return ngettext(
        "It did not help %(n)s of %(all)s reader.", "It did not help %(n)s of %(all)s readers.", counts["all"]
    ) % {"n": counts["unhelpful"], "all": counts["all"]}


_WORDS = {
    "grounded": _grounded_words,
    "cited": _cited_words,
    "outcome": _outcome_words,
    "readers": _readers_words,
}
