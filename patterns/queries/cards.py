"""Gather what cards are made of, for one pattern or for a whole page of them: two queries either way."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from patterns.cards import extracts
from patterns.cards.card import Content, Fitted, fitted, wording_of
from patterns.cards.qr import Code, code
from patterns.enums import PublicationState, RelationState
from patterns.models import Pattern, Relation, Revision
from patterns.queries.library import published
from patterns.queries.relation_words import phrase

_BODY = Substr("source", F("body_start") + 1, extracts.READ)
_CREATIVE_COMMONS = re.compile(r"CC[- ](BY[A-Z-]*)[- ](\d\.\d)", re.IGNORECASE)
_CREDIT = 90  # characters of an attribution


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """One card: what stands on it (`words`), and the code that says later whether it is still so."""

    pattern: Pattern
    words: Fitted
    wording: str
    code: Code
    address: str
    dated: str
    credit: str


def printed_cards(
    wanted: Iterable[int], *, wording: str = "", notes: Mapping[int, str] | None = None
) -> dict[int, PrintedCard]:
    """Return the cards of the patterns with these ids, those that are published; by id.

    `wording` is a context of the files (`tech`); a pattern that has none there keeps its title. `notes` by pattern id.
    """
    ids = set(wanted)
    relations = _relations_of(ids)
    found = (
        published()
        .filter(pk__in=ids)
        .select_related("current")
        .defer("current__source")
        .annotate(body=Substr("current__source", F("current__body_start") + 1, extracts.READ))
    )
    return {
        pattern.pk: _card(pattern, wording=wording, note=(notes or {}).get(pattern.pk, ""), relations=relations)
        for pattern in found
    }


def contents_of(pattern: Pattern, numbers: Iterable[int]) -> dict[int, Content]:
    """Return what cards of these revisions of `pattern` say, by revision number. One query."""
    rows = pattern.revisions.filter(number__in=set(numbers)).annotate(body=_BODY)
    return {
        number: extracts.content(title, _summary(front), body)
        for number, title, front, body in rows.values_list("number", "title", "front", "body")
    }


def later_revisions(pattern: Pattern, number: int) -> list[Revision]:
    """Return revision `number` of `pattern` and all after it, newest first, without their texts. One query."""
    rows = pattern.revisions.filter(number__gte=number).defer("source", "front", "attribution")
    return list(rows.select_related("author").order_by("-number"))


def card_address(slug: str, number: int) -> str:
    """Return what a card's code holds: where it can be checked."""
    return settings.PUBLIC_URL + reverse("card_check", args=[slug, number])


def _card(
    pattern: Pattern, *, wording: str, note: str, relations: Mapping[int, Sequence[tuple[str, Sequence[str]]]]
) -> PrintedCard:
    revision = pattern.current
    address = card_address(pattern.slug, revision.number)
    printed_address = unquote(address).partition("://")[2]
    dated = _("Revision %(number)s, %(date)s") % {
        "number": revision.number, "date": date_format(revision.created_at, "j F Y"),
    }  # fmt: skip
    attribution = " ".join(revision.attribution.split())
    attribution = attribution if len(attribution) <= _CREDIT else attribution[:_CREDIT].rpartition(" ")[0] + " …"
    credit = " · ".join(filter(None, (_licence(revision.license), attribution)))
    words = fitted(
        extracts.content(pattern.title, pattern.summary, pattern.body),
        title=wording_of(revision.front, wording),
        note=note,
        relations=relations.get(pattern.pk, ()),
        imprint=(printed_address, dated, credit),
    )
    return PrintedCard(
        pattern=pattern,
        words=words,
        wording=wording if words.original else "",
        code=code(address),
        address=printed_address,
        dated=dated,
        credit=credit,
    )


def _relations_of(ids: set[int]) -> dict[int, list[tuple[str, list[str]]]]:
    """Return approved relations in words, the weightiest first: nothing else is a fact one may print. One query."""
    rows = (
        Relation.objects.filter(Q(source__in=ids) | Q(target__in=ids), state=RelationState.APPROVED)
        .filter(source__state=PublicationState.PUBLISHED, target__state=PublicationState.PUBLISHED)
        .exclude(source=F("target"))
        .order_by(F("weight").desc(nulls_last=True), "pk")
        .values_list("kind", "source_id", "source__title", "target_id", "target__title")
    )
    by_pattern: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for kind, source, source_title, target, target_title in rows:
        for one, other, outgoing in ((source, target_title, True), (target, source_title, False)):
            titles = by_pattern[one].setdefault(phrase(kind, outgoing=outgoing), []) if one in ids else []
            if other not in titles:
                titles.append(other)
    return {pk: list(groups.items()) for pk, groups in by_pattern.items()}


def _summary(front: Mapping[str, object]) -> str:
    said = front.get("summary") or front.get("description") or ""
    return said if isinstance(said, str) else ""


def _licence(said: str) -> str:
    """Return a licence as people write it: `CC-BY-SA-4.0` is `CC BY-SA 4.0`."""
    known = _CREATIVE_COMMONS.fullmatch(said.strip())
    return f"CC {known[1].upper()} {known[2]}" if known else said.strip() or _("licence not stated")
