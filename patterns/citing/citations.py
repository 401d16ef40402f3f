"""How to cite a revision, in every form the site offers: what the pattern page shows and what its downloads hold."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from patterns.citing.formats import Work, authors_of, bibtex, csl_json
from patterns.citing.licences import licence
from patterns.models import Pattern, Revision

_TYPES: Final = {
    "text": ("txt", "text/plain; charset=utf-8"),
    "bibtex": ("bib", "application/x-bibtex; charset=utf-8"),
    "csl-json": ("json", "application/vnd.citationstyles.csl+json"),
}
_NAMES: Final = {"text": "", "bibtex": "BibTeX", "csl-json": "CSL-JSON"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One form of a citation. `form` names it in addresses, `name` says it to people."""

    form: str
    name: str
    text: str
    filename: str
    content_type: str


def citations(pattern: Pattern, revision: Revision) -> tuple[Citation, ...]:
    """Return `revision` of `pattern` (with its library) cited in every form. No query when the author was selected."""
    work = _work(pattern, revision)
    texts = {"text": _sentence(work), "bibtex": bibtex(work), "csl-json": csl_json(work)}
    return tuple(
        Citation(form, _NAMES[form] or _("Plain text"), text, f"{work.key}.{_TYPES[form][0]}", _TYPES[form][1])
        for form, text in texts.items()
    )


def _work(pattern: Pattern, revision: Revision) -> Work:
    credit = revision.author.credit if revision.author else revision.author_name
    path = reverse("pattern_revision", args=[pattern.slug, revision.number])
    return Work(
        slug=pattern.slug,
        title=revision.title,
        authors=(credit,) if revision.author else authors_of(credit),
        published=timezone.localdate(revision.created_at),
        revision=revision.number,
        library=pattern.library.title,
        address=f"{settings.PUBLIC_URL}{path}",
        licence=licence(revision.license, pattern.library.license).name,
    )


def _sentence(work: Work) -> str:
    said = {
        "authors": ", ".join(work.authors) or _("Author not named"),
        "title": work.title,
        "number": work.revision,
        "date": formats.date_format(work.published, "j F Y"),
        "library": work.library,
        "address": work.address,
        "licence": work.licence or _("not stated"),
    }
    return (
        _("%(authors)s. “%(title)s”. Revision %(number)s, %(date)s. %(library)s. %(address)s. Licence: %(licence)s.")
        % said
        + "\n"
    )
