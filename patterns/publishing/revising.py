"""The next revision of a pattern or a lighthouse: what it says, whose text it is, under which licence."""

import hashlib
from dataclasses import dataclass

from django.db.models import Max

from patterns.enums import LibraryOrigin
from patterns.format import Document, facets
from patterns.models import Lighthouse, Pattern, Revision, User

SITE_LICENSE = "CC-BY-SA-4.0"


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose text it is (`author`, or a bare name), who published it (`by`), and what stands beside the revision."""

    author: User | None = None
    author_name: str = ""
    by: User | None = None
    message: str = ""
    origin: str = LibraryOrigin.SITE
    based_on: Revision | None = None

    @property
    def reviewed(self) -> bool:
        """True when somebody other than the author said yes."""
        return self.author is not None and self.by is not None and self.author.pk != self.by.pk


def says_the_same(thing: Pattern | Lighthouse, document: Document) -> bool:
    """True when `document` is, to the byte, what `thing` says already."""
    return thing.current is not None and thing.current.sha256 == _digest(document)


def next_revision(thing: Pattern | Lighthouse, document: Document, credit: Credit) -> Revision:
    """Keep `document` as the newest revision of a locked `thing`; making it the current one is the caller's."""
    said, latest = facets(document), thing.revisions.aggregate(Max("number"))["number__max"] or 0
    return thing.revisions.create(
        number=latest + 1,
        title=thing.title,
        source=document.text,
        body_start=document.body_start,
        sha256=_digest(document),
        front=dict(document.front),
        author=credit.author,
        author_name=(credit.author_name or (credit.author.credit if credit.author else ""))[:300],
        origin=credit.origin,
        license=(said.license or thing.library.license or SITE_LICENSE)[:80],
        attribution=said.attribution or thing.library.attribution,
        based_on=credit.based_on or thing.current,
        message=credit.message[:500],
    )


def _digest(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()
