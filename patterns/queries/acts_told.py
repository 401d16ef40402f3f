"""Acts of curators and reviewers as changes to tell: of one pattern for its history, of all of them for the feed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from patterns.models import Lighthouse, Pattern, PatternMerge, Revision
from patterns.queries.acts import AT_MOST, RENAMED, REVERTED, Act, done_to, of_tiers
from patterns.queries.changes import Change, urn
from patterns.queries.library import published
from patterns.queries.relation_acts import Decided, decided, decided_about

MOST: Final = 100  # acts on one page of a history
_WITH_ANOTHER: Final = {"merged pattern", "took merge back"}
_VERBS: Final = {
    "retired pattern": "retired", "retired lighthouse": "retired", "restored pattern": "returned",
    "restored lighthouse": "returned", "merged pattern": "merged", "took merge back": "parted",
    "confirmed gold": "gold", "lowered tier": "lowered",
}  # fmt: skip


def verb_of(act: Act, *, reverted_to: Revision | None = None) -> tuple[str, str]:
    """Name what an act is told as, and the other name or number it is told with."""
    said = act.details
    if act.action in RENAMED:
        if said.get("from_title") != said.get("title"):
            return "renamed", str(said.get("from_title", ""))
        return "moved", str(said.get("from_slug", ""))
    if act.action in REVERTED:
        return "reverted", str(reverted_to.number) if reverted_to else _revision_in(str(said.get("message", "")))
    return _VERBS[act.action], str(said.get("into") or said.get("kept") or said.get("lighthouse") or "")


def tiers_changed(domains: Sequence[str], *, before: datetime | None, limit: int) -> list[Change]:
    """Return what was confirmed as gold and made silver again, of what is published. Three queries at most."""
    patterns = published().filter(domain__in=domains) if domains else published()
    acts = of_tiers(patterns, before=before, limit=limit)
    things = published().select_related("library").in_bulk({act.of[1] for act in acts}) if acts else {}
    titles = _places(acts)
    return [
        _change(act, things[act.of[1]], other=titles.get(act.details.get("lighthouse", ""), ""))
        for act in acts
        if act.of[1] in things
    ]


def relations_decided(*, before: datetime | None, limit: int) -> Iterator[Change]:
    """Yield decisions about relations, what one person did on one day for one reason as one. Two queries at most."""
    return (_decision(one, reverse("relations")) for one in decided(before=before, limit=limit))


def done_with(thing: Pattern | Lighthouse) -> list[Change]:
    """Return every act on `thing` but new texts, newest first: what curators did, what it took in and gave back, what
    was decided about its relations. Six queries at most.
    """
    kind = "pattern" if isinstance(thing, Pattern) else "lighthouse"
    acts = done_to([(kind, thing.pk)], limit=MOST)
    if kind == "lighthouse":
        return [_change(act, thing) for act in acts]
    merges = list(thing.merges_in.select_related("merged", "actor").defer("moved"))
    ended = {one.merged_id: one for one in merges if one.ended_at}
    back = done_to([("pattern", pk) for pk in ended], actions=["took merge back"])
    titles = others(acts)
    found = [_change(act, thing, other=titles.get(verb_of(act)[1], "")) for act in acts]
    found += [_merge(one, thing) for one in merges]
    found += [
        _change(act, thing, verb="gave_back", other=act.title)
        for act in back
        if any(abs(act.at - one.ended_at) <= AT_MOST for one in merges if one.ended_at and one.merged_id == act.of[1])
    ]
    about = reverse("relations_of", args=[thing.slug])
    found += [_decision(one, about) for one in decided_about(thing, limit=MOST)]
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)[:MOST]


def _change(act: Act, thing: Pattern | Lighthouse, *, verb: str = "", other: str = "") -> Change:
    named, said = verb_of(act)
    return Change(
        verb=verb or named,
        thing=act.of[0],
        title=thing.title,
        address=thing.get_absolute_url(),
        at=act.at,
        id=urn(f"clm:act:{act.number}:{act.at.isoformat()}"),
        library=thing.library.title,
        who=act.who,
        message=act.reason,
        domain=getattr(thing, "domain", ""),
        other=other or said,
    )


def _merge(one: PatternMerge, kept: Pattern) -> Change:
    return Change(
        verb="took_in", thing="pattern", title=kept.title, address=kept.get_absolute_url(), at=one.at,
        id=urn(f"clm:merge:{one.pk}"), who=one.actor.credit if one.actor else _("an operator"), message=one.reason,
        other=one.merged.title,
    )  # fmt: skip


def _decision(one: Decided, address: str) -> Change:
    name = f"clm:decided:{one.reviewer.public_id}:{one.act}:{one.day}:{one.reason}:{address}"
    return Change(
        verb=one.act, thing="relations", title="", address=address, at=one.at, id=urn(name), who=one.reviewer.credit,
        message=one.reason, count=one.count,
    )  # fmt: skip


def others(acts: Sequence[Act]) -> dict[str, str]:
    """Return the titles of what acts name by address: patterns merged with, lighthouses as evidence. Two queries at
    most.
    """
    slugs = {verb_of(act)[1] for act in acts if act.action in _WITH_ANOTHER}
    found = dict(Pattern.objects.filter(slug__in=slugs).values_list("slug", "title")) if slugs else {}
    return found | _places(acts)


def _places(acts: Sequence[Act]) -> dict[str, str]:
    slugs = {act.details.get("lighthouse", "") for act in acts} - {""}
    return dict(Lighthouse.objects.filter(slug__in=slugs).values_list("slug", "title")) if slugs else {}


def _revision_in(message: str) -> str:
    """The number in `Back to revision 3: why`."""
    return message.removeprefix("Back to revision ").partition(":")[0].strip()
