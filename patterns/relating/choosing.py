"""Which suggested relations a reviewer has chosen: by filter, and a fingerprint of exactly what the filter found."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Self
from urllib.parse import urlencode

from django.db.models import Count, DecimalField, F, Func, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from patterns.doubting import words
from patterns.enums import RelationState
from patterns.models import Library, Pattern, Relation, RelationDoubt, User
from patterns.queries.relation_words import kind_word

LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter of the desk; empty fields choose everything. `source` and `target` are addresses or names as written.

    `source_id` and `target_id` are the patterns they mean, None where they mean none.
    """

    doubt: str = ""
    kind: str = ""
    library: str = ""
    domain: str = ""
    source: str = ""
    target: str = ""
    source_id: int | None = None
    target_id: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """Read a filter from an address. One query where it names a pattern, else none."""
        said = {name: " ".join(query.get(name, "").replace("\0", " ").split())[:LONGEST] for name in FIELDS}
        wanted = {name: said[name] for name in ("source", "target") if said[name]}
        found: dict[str, int] = {}
        if wanted:
            named = Q()
            for text in wanted.values():
                named |= Q(slug=text) | Q(title__iexact=text)
            rows = list(Pattern.objects.filter(named).order_by("pk").values_list("pk", "slug", "title"))
            for name, text in wanted.items():
                same = [pk for pk, slug, _title in rows if slug == text]
                same += [pk for pk, _slug, title in rows if title.casefold() == text.casefold()]
                found |= {f"{name}_id": same[0]} if same else {}
        return cls(**said, **found)

    @property
    def query(self) -> str:
        """The filter as the query of an address."""
        return urlencode({name: value for name in FIELDS if (value := getattr(self, name))})

    @property
    def anything(self) -> bool:
        return bool(self.query)

    @property
    def words(self) -> str:
        """The filter in words, for the audit log and the confirmation."""
        parts = []
        if self.doubt:
            parts.append(_("doubt: %(doubt)s") % {"doubt": words.name(self.doubt)})
        if self.kind:
            parts.append(_("kind: %(kind)s") % {"kind": kind_word(self.kind)})
        for name, value in ((_("library"), self.library), (_("domain"), self.domain)):
            parts += [f"{name}: {value}"] if value else []
        for name, value in ((_("from"), self.source), (_("to"), self.target)):
            parts += [f"{name}: {value}"] if value else []
        return "; ".join(parts) or _("every suggested relation")


FIELDS: Final = tuple(field.name for field in fields(Chosen) if not field.name.endswith("_id"))


def waiting(chosen: Chosen) -> QuerySet[Relation]:
    """The suggested relations that `chosen` means."""
    rows = Relation.objects.filter(state=RelationState.SUGGESTED)
    if chosen.doubt == words.UNSEEN:
        rows = rows.filter(doubts=None)
    elif chosen.doubt:
        rows = rows.filter(doubts__kind=chosen.doubt)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.library:
        rows = rows.filter(library__in=Library.objects.filter(slug=chosen.library))
    if chosen.domain:
        rows = rows.filter(source__domain=chosen.domain)
    for end in ("source", "target"):
        if pk := getattr(chosen, f"{end}_id"):
            rows = rows.filter(**{end: pk})
        elif text := getattr(chosen, end):
            rows = rows.filter(**{f"{end}_ref": text, end: None})
    return rows


def decidable(chosen: Chosen, *, reviewer: User) -> QuerySet[Relation]:
    """What `reviewer` may decide of `chosen`: nobody decides on what they suggested themselves."""
    return waiting(chosen).exclude(suggested_by=reviewer)


class _Content(Func):
    """A number that stands for what a reviewer reads of a relation: when that changes, so does every sum with it."""

    template = "hashtextextended(concat_ws('|', %(expressions)s), 0)::numeric"
    output_field = DecimalField(max_digits=40, decimal_places=0)

    def __init__(self) -> None:
        read = ("id", "kind", "source_id", "target_id", "source_ref", "target_ref", "weight", "evidence")
        super().__init__(*(F(name) for name in read))


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How many relations a filter found, and which, with what they said: equal when they are the same."""

    count: int
    mark: str

    def __str__(self) -> str:
        return f"{self.count}-{self.mark}"


def fingerprint(rows: QuerySet[Relation]) -> Fingerprint:
    """Read the fingerprint of `rows`. One query."""
    found = rows.order_by().aggregate(count=Count("pk"), mark=Sum(_Content()))
    return Fingerprint(found["count"], f"{int(found['mark'] or 0) % 2**64:x}")


def doubted(rows: QuerySet[Relation]) -> int:
    """How many of `rows` something speaks against. One query."""
    kinds = RelationDoubt.objects.exclude(kind="none").values("relation")
    return rows.filter(pk__in=kinds).count()
