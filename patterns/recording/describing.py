"""Copy what a file says of itself onto its pattern, clipped to what the columns hold: browsing then needs no file."""

from patterns.format import Document, facets
from patterns.models import Pattern


def describe(pattern: Pattern, document: Document) -> None:
    """Set the names and facets of `pattern` (unsaved) from `document`; its address, state and tier stay."""
    said = facets(document)
    pattern.uid = document.uid[:120]
    pattern.nested_uids = list(dict.fromkeys(one.id[:120] for one in document.nested))
    pattern.title = document.title[:300]
    pattern.aliases = [alias[:300] for alias in document.aliases]
    pattern.summary = said.summary
    pattern.stars = said.stars
    pattern.domain = said.domain[:120]
    pattern.categories = [one[:120] for one in said.categories]
    pattern.commons_domains = [one[:120] for one in said.commons_domains]
    pattern.lifecycle_status = said.lifecycle_status[:60]
    pattern.universality = said.universality[:60]
