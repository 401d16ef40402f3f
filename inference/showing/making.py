"""How an answer was made, in words for whoever wants to know: how the question was read, what was found, who wrote.

Reads only what the answer stored, whatever its worker knew to store: older answers say less.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inference.models import Answer, UsageRecord

EXTRACTIVE = "extractive"


@dataclass(frozen=True)
class Making:
    """One line of the account: what is told, in words, and how many milliseconds it took where that was measured."""

    name: str
    words: tuple[str, ...]
    took: float | None = None


def account(answer: Answer, usage: UsageRecord | None) -> tuple[Making, ...]:
    """The steps of a finished answer in their order; those without anything to tell are left out."""
    route, times = answer.route, answer.timings
    steps = (
        Making(_("Reading the question"), _reading(route), times.get("route")),
        Making(_("Searching"), _searching(route), times.get("retrieve")),
        Making(_("Judging what was found"), _texts([route.get("why")])),
        Making(_("Writing"), _writing(answer, usage), times.get("write")),
        Making(_("Checking each sentence"), _checking(answer), times.get("check")),
    )
    return tuple(step for step in steps if step.words)


def tier_words(tier: int) -> str:
    return {
        1: _("answered on this server"),
        2: _("answered by the commons"),
        3: _("answered by an outside service"),
    }.get(tier, "")


def generator_words(generator: str) -> str:
    return _("quoted from the library, no language model") if generator == EXTRACTIVE else generator


def cost_words(usage: UsageRecord | None) -> str:
    """What the generation cost, empty where nothing was generated or where it ran here for nothing."""
    if usage is None or usage.tier == 1:
        return ""
    if usage.cost_confidence == "unknown":
        return _("cost unknown")
    return _("cost %(sum)s") % {"sum": f"{usage.cost:.4f}"}


def _reading(route: Mapping[str, Any]) -> tuple[str, ...]:
    reason = str(route.get("reason") or "")
    titles = dict.fromkeys(_texts(one.get("title") for one in _mappings(route.get("entities"))))
    named = ", ".join(title for title in titles if title not in reason)
    cues = ", ".join(_cues(route.get("cues")))
    return _texts(
        [
            _("Understood as: %(question)s") % {"question": route["understood"]} if route.get("understood") else "",
            reason,
            _("It names %(titles)s.") % {"titles": named} if named else "",
            _("It says of you: %(cues)s.") % {"cues": cues} if cues else "",
        ]
    )


def _searching(route: Mapping[str, Any]) -> tuple[str, ...]:
    found, entries = route.get("passages"), route.get("entries")
    counted = ""
    if isinstance(found, int) and isinstance(entries, int):
        passages = ngettext("%(n)d passage", "%(n)d passages", found) % {"n": found}
        where = ngettext("%(n)d entry", "%(n)d entries", entries) % {"n": entries}
        counted = _("Found %(passages)s in %(entries)s.") % {"passages": passages, "entries": where}
    by_words = _("By words alone: nothing could search by meaning at that moment.") if route.get("words_only") else ""
    return _texts([counted, by_words])


def _writing(answer: Answer, usage: UsageRecord | None) -> tuple[str, ...]:
    if not answer.generator:
        return ()
    words = [f"{generator_words(answer.generator)}, {tier_words(answer.tier)}", str(answer.route.get("fallback") or "")]
    if usage is not None and usage.tokens_out and answer.generator != EXTRACTIVE:
        counts = {"read": f"{usage.tokens_in:,}", "written": f"{usage.tokens_out:,}"}
        words.append(_("%(read)s tokens read, %(written)s written.") % counts)
    if answer.attempt > 1:
        words.append(_("The first attempt was lost with its process, so it was written again."))
    return _texts(words)


def _checking(answer: Answer) -> tuple[str, ...]:
    claims = [one.get("support") for one in answer.sentences if one.get("support")]
    if not claims:
        return ()
    counts = {
        "supported": claims.count("supported"),
        "weak": claims.count("weak"),
        "without": claims.count("unsupported"),
    }
    return (_("%(supported)d supported, %(weak)d weak, %(without)d not found in the sources.") % counts,)


def _cues(cues: Any) -> tuple[str, ...]:
    """Cues as texts, or as mappings that have their words under one of the usual names."""
    if isinstance(cues, Mapping):
        return _texts(cues.values())
    named = (
        one.get("words") or one.get("label") or one.get("name") if isinstance(one, Mapping) else one
        for one in cues or ()
    )
    return _texts(named)


def _mappings(values: Any) -> list[Mapping[str, Any]]:
    return [one for one in values or () if isinstance(one, Mapping)]


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(value for value in values if isinstance(value, str) and value)
