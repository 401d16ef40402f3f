"""Small true records for tests: what the importer and publishing would leave behind, without going through them."""

import hashlib
import itertools
import uuid
from typing import Any

from django.utils.text import slugify

from patterns.enums import ChangeKind, LibraryOrigin, Provenance, RelationKind, RelationState, Role, Tier
from patterns.models import (
    Adoption,
    Library,
    LibraryChange,
    Lighthouse,
    Pattern,
    Relation,
    Revision,
    Suitability,
    TierConfirmation,
    User,
)

_number = itertools.count(1)


def make_user(name: str = "", *, email: str = "", password: str | None = None, **fields: Any) -> User:
    """An account that can sign in; `roles=[Role.REVIEWER]` makes a reviewer."""
    return User.objects.create_user(
        email or f"person-{uuid.uuid4().hex[:12]}@example.org",
        password,
        name=name or f"Person {next(_number)}",
        **fields,
    )


def make_curator(name: str = "", **fields: Any) -> User:
    return make_user(name, roles=[Role.CURATOR], **fields)


def make_library(slug: str = "starter", **fields: Any) -> Library:
    """The library called `slug`, made once."""
    values = {"title": slug.title(), "origin": LibraryOrigin.STARTER, "license": "CC-BY-SA-4.0"} | fields
    return Library.objects.get_or_create(slug=slug, defaults=values)[0]


def make_pattern(title: str = "", body: str = "", *, revision: dict[str, Any] | None = None, **fields: Any) -> Pattern:
    """A published pattern with its first revision and its line in the library's log."""
    title = title or f"Pattern {next(_number)}"
    fields.setdefault("slug", slugify(title))
    fields.setdefault("uid", f"pat_{next(_number)}")
    fields.setdefault("summary", f"{title} in one sentence.")
    tier = fields.pop("tier", Tier.BRONZE)
    below = Tier.SILVER if tier == Tier.GOLD else tier
    library = fields.pop("library", None) or make_library()
    pattern = Pattern.objects.create(library=library, title=title, tier=below, **fields)
    add_revision(pattern, body or f"## Context\n\n{title} helps people who share something.\n", **(revision or {}))
    if tier == Tier.GOLD:
        confirm(pattern)
    return pattern


def confirm(pattern: Pattern, *, by: User | None = None, lighthouse: Lighthouse | None = None) -> TierConfirmation:
    """The record that makes `pattern` gold, on the evidence of a lighthouse that uses it."""
    lighthouse = lighthouse or make_lighthouse(uses=(pattern,))
    made = TierConfirmation.objects.create(
        pattern=pattern, lighthouse=lighthouse, adoption_reference=pattern.title, revision=pattern.current,
        confirmed_by=by or make_user(), ground="They have worked this way for years.",
    )  # fmt: skip
    pattern.tier = Tier.GOLD
    pattern.save(update_fields=["tier"])
    return made


def make_lighthouse(
    title: str = "", body: str = "", *, uses: tuple[Pattern | str, ...] = (), **fields: Any
) -> Lighthouse:
    """A published lighthouse with its first revision; `uses` are patterns, or titles that name none."""
    title = title or f"Lighthouse {next(_number)}"
    fields.setdefault("slug", slugify(title))
    lighthouse = Lighthouse.objects.create(library=fields.pop("library", None) or make_library(), title=title, **fields)
    add_revision(lighthouse, body or f"## Story\n\n{title} is a place where patterns are used.\n")
    for position, used in enumerate(uses):
        named = isinstance(used, str)
        Adoption.objects.create(
            lighthouse=lighthouse,
            pattern=None if named else used,
            reference=used if named else used.title,
            position=position,
            line=position + 4,
        )
    return lighthouse


def add_revision(thing: Pattern | Lighthouse, body: str, **fields: Any) -> Revision:
    """The next revision of a pattern or lighthouse, made current and written to the log."""
    of = {"pattern" if isinstance(thing, Pattern) else "lighthouse": thing}
    front = fields.pop("front", None) or {"id": getattr(thing, "uid", "") or thing.slug, "title": thing.title}
    head = "---\n" + "".join(f"{key}: {value}\n" for key, value in front.items()) + "---\n"
    source = head + body
    values = {
        "title": thing.title,
        "source": source,
        "body_start": len(head),
        "sha256": hashlib.sha256(source.encode()).hexdigest(),
        "front": front,
        "author_name": "A careful contributor",
        "origin": LibraryOrigin.STARTER,
        "license": "CC-BY-SA-4.0",
    } | fields
    revision = Revision.objects.create(number=thing.revisions.count() + 1, **of, **values)
    thing.current = revision
    thing.save()
    kind = ChangeKind.PATTERN_PUBLISHED if isinstance(thing, Pattern) else ChangeKind.LIGHTHOUSE_PUBLISHED
    LibraryChange.objects.create(kind=kind, revision=revision, **of)
    return revision


def make_relation(
    source: Pattern, kind: str = RelationKind.ENABLES, target: Pattern | None = None, **fields: Any
) -> Relation:
    """An approved relation; `state=RelationState.SUGGESTED` for one nobody reviewed. No target: unresolved."""
    values = {"state": RelationState.APPROVED, "provenance": Provenance.CURATED, "library": source.library} | fields
    relation = Relation.objects.create(
        source=source,
        source_ref=source.slug,
        kind=kind,
        target=target,
        target_ref=target.slug if target else "nowhere",
        **values,
    )
    LibraryChange.objects.create(kind=ChangeKind.RELATIONS_CHANGED, pattern=source)
    return relation


def suits(pattern: Pattern, axis: str, name: str, score: float | str | None, rationale: str = "") -> Suitability:
    """What `pattern` is said to suit; a `score` that is a word is kept as one, as files write it for sectors."""
    said = {"level": score} if isinstance(score, str) else {"score": score}
    return Suitability.objects.create(
        library=pattern.library,
        pattern=pattern,
        pattern_ref=pattern.uid,
        axis=axis,
        name=name,
        rationale=rationale or f"{pattern.title} and {name} go together.",
        **said,
    )
