"""Where a pattern stands on this site, and what becomes of the address it leaves."""

import re

from django.utils.text import slugify

from patterns.models import MovedSlug, Pattern

_SLUG = re.compile(r"[A-Za-z0-9_-]{1,200}\Z")


def address_of(name: str) -> str:
    """Return `name` where it can stand in an address, else the nearest that can."""
    return name if _SLUG.match(name) else slugify(name)[:200] or "pattern"


def free_address(name: str, *, but_for: Pattern | None = None) -> str:
    """Return an address for `name` that no other pattern has or had; a number is added where it must be."""
    stem = address_of(name)
    slug, number = stem, 2
    while _taken(slug, but_for=but_for):
        slug, number = f"{stem[:190]}-{number}", number + 1
    return slug


def move(pattern: Pattern, *, to: str) -> None:
    """Give `pattern` (unsaved) the address its file now asks for; the old one leads here from now on."""
    asked_before = pattern.file_slug or pattern.slug
    if not to or to == asked_before:
        return
    relocate(pattern, to=free_address(to, but_for=pattern))
    pattern.file_slug = to[:200] if to != pattern.slug else ""


def relocate(pattern: Pattern, *, to: str) -> None:
    """Give `pattern` (unsaved) the free address `to`, which its file is to say as well; the old one leads here."""
    old, pattern.slug, pattern.file_slug = pattern.slug, to, ""
    if pattern.slug == old:
        return
    MovedSlug.objects.filter(slug=pattern.slug).delete()
    MovedSlug.objects.update_or_create(slug=old, defaults={"pattern": pattern})


def holder_of(slug: str, *, but_for: Pattern) -> Pattern | None:
    """Return the other pattern that stands, or stood, at the address `slug`."""
    found = Pattern.objects.filter(slug=slug).exclude(pk=but_for.pk).first()
    moved = MovedSlug.objects.select_related("pattern").filter(slug=slug).exclude(pattern=but_for).first()
    return found or (moved.pattern if moved else None)


def _taken(slug: str, *, but_for: Pattern | None) -> bool:
    own = but_for.pk if but_for else None
    return (
        Pattern.objects.filter(slug=slug).exclude(pk=own).exists()
        or MovedSlug.objects.filter(slug=slug).exclude(pattern=own).exists()
    )
