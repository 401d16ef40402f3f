"""Give a pattern or lighthouse another title or address. The text's own front matter says it too, so that it can be
exported and imported again; the old address leads here for good.
"""

import re

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from patterns.enums import ChangeKind, PublicationState
from patterns.following import changes
from patterns.format import Document, UnwritableError, edit, parse
from patterns.models import Lighthouse, Pattern, Revision, User
from patterns.naming.addressing import address_of, holder_of, relocate
from patterns.people import audit
from patterns.publishing import lighthouse_texts, texts
from patterns.publishing.errors import AddressTaken, Refused, Unpublishable
from patterns.publishing.guarding import locked, require_curator, require_reason, require_seen
from patterns.recording import relations

LONGEST_TITLE, LONGEST_SLUG = 300, 200
_FIRST_HEADING = re.compile(r"\A(\s*#[ \t]+)([^\n\r]*?)([ \t]*\r?\n|\Z)")


def rename(
    thing: Pattern | Lighthouse,
    *,
    by: User | None,
    reason: str,
    title: str = "",
    slug: str = "",
    keep_title: bool = True,
    seen: str | None = None,
) -> Revision:
    """Publish the text with another `title`, `slug` or both (what is empty stays) and return the revision.

    `keep_title`: a pattern can be found by its old title too. The same names again change nothing. Raises a
    `PublishingError`; `AddressTaken` says whose the address is.
    """
    require_curator(by)
    said = require_reason(reason)
    try:
        with transaction.atomic():
            row = locked(thing)
            require_seen(row, seen)
            if row.state != PublicationState.PUBLISHED:
                raise Refused(_("It is taken out of the library. Bring it back first, then give it another name."))
            title, slug = " ".join(title.split()) or row.title, slug.strip() or row.slug
            _check(row, title=title, slug=slug)
            if (title, slug) == (row.title, row.slug):
                return row.current
            before = {"from_title": row.title, "from_slug": row.slug, "title": title, "slug": slug}
            document = _renamed(row, title=title, slug=slug, keep_title=keep_title)
            revision = _write(thing, row, document, slug=slug, by=by, message=_message(before, said))
            thing.refresh_from_db()
            audit.note(by, f"renamed {'pattern' if isinstance(row, Pattern) else 'lighthouse'}", target=thing,
                       reason=said, **before)  # fmt: skip
    except IntegrityError as problem:  # somebody took the address in the same moment
        raise AddressTaken(slug) from problem
    return revision


def _check(row: Pattern | Lighthouse, *, title: str, slug: str) -> None:
    if len(title) > LONGEST_TITLE or len(slug) > LONGEST_SLUG:
        raise Unpublishable(_("A title has at most 300 characters and an address 200."))
    if slug == row.slug:
        return
    if not slugify(slug) or address_of(slug) != slug:
        raise Unpublishable(
            _("An address is letters, digits and hyphens, such as “%(example)s”.")
            % {"example": slugify(slug)[:LONGEST_SLUG] or slugify(title)[:LONGEST_SLUG] or "shared-well"}
        )
    finder = holder_of if isinstance(row, Pattern) else lighthouse_texts.holder_of
    if (holder := finder(slug, but_for=row)) is not None:
        raise AddressTaken(slug, holder.title)


def _renamed(row: Pattern | Lighthouse, *, title: str, slug: str, keep_title: bool) -> Document:
    """Return the current text with its new names; a first heading that repeats the title changes with it."""
    document = parse(row.current.source)
    front: dict[str, object] = {}
    if title != row.title:
        front["title"] = title
        if keep_title and isinstance(row, Pattern):
            names = [alias for alias in document.aliases if alias.casefold() != title.casefold()]
            front["aliases"] = names if row.title in names else [*names, row.title]
    if slug != row.slug:
        front["slug"] = slug
    try:
        return edit(document, front=front, body=_with_heading(document.body, old=row.title, new=title))
    except UnwritableError as problem:
        raise Unpublishable(str(problem)) from problem


def _with_heading(body: str, *, old: str, new: str) -> str:
    found = _FIRST_HEADING.match(body)
    if new == old or not found or found[2].strip().rstrip("#").strip() != old:
        return body
    return f"{found[1]}{new}{found[3]}{body[found.end() :]}"


def _write(
    thing: Pattern | Lighthouse, row: Pattern | Lighthouse, document: Document, *, slug: str, by: User | None,
    message: str,
) -> Revision:  # fmt: skip
    credit = texts.Credit(row.current.author, row.current.author_name, by, message, based_on=row.current)
    if isinstance(row, Pattern):
        if slug != row.slug:
            relocate(row, to=slug)
            row.save(update_fields=["slug", "file_slug", "changed_at"])
            relations.resolve([row])
            changes.record(ChangeKind.PATTERN_PUBLISHED, pattern=row, revision=row.current)
        return texts.write(thing, document, credit, reviewed=False, action="published pattern")
    if slug != row.slug:
        lighthouse_texts.move(row, to=slug)
    return lighthouse_texts.write(thing, document, credit)


def _message(names: dict[str, str], reason: str) -> str:
    if names["from_title"] != names["title"]:
        return f"Renamed from “{names['from_title']}”: {reason}"
    return f"Moved from the address “{names['from_slug']}”: {reason}"
