"""The form of links: whether they can work at all. Nothing is fetched; that is a reviewer's button."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from patterns import egress
from patterns.checks import Finding, Weight
from patterns.checks.reading import base_of, pieces
from patterns.models import Submission

LOOKED_AT: Final = 200
SHOWN: Final = 8
LINK: Final = re.compile(r"\]\(\s*+<?([^\s)>]{1,2100})|(?<![(<\w])(https?://[^\s<>)\]\"']{1,2100})", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]{0,30}:", re.IGNORECASE)


def links(submission: Submission) -> Iterator[Finding]:
    """Links that were there before are not remarked on."""
    before = set(links_of(base_of(submission).body))
    fresh = {link: piece for piece in pieces(submission) for link in links_of(piece.text) if link not in before}
    shown = 0
    for link, piece in list(fresh.items())[:LOOKED_AT]:
        why = trouble(link)
        if why and shown < SHOWN:
            shown += 1
            yield Finding(
                Weight.WARN,
                _("The link “%(link)s” will not work: %(why)s") % {"link": link[:80], "why": why},
                piece.field,
                piece.section,
                link[:120],
                why=_("Readers follow links to see for themselves."),
                advice=_("Use the full public address, beginning with https://."),
            )


def trouble(link: str) -> str:
    """Why `link` cannot work, as a sentence; nothing for one that may, or that stays within the library."""
    if not _SCHEME.match(link) or link.lower().startswith("mailto:"):
        return ""
    try:
        egress.check_url(link, resolve=False)
    except egress.Refused as refusal:
        return str(refusal)
    return ""


def links_of(body: str) -> Iterator[str]:
    for match in LINK.finditer(body):
        yield (match[1] or match[2]).rstrip(".,;:!?")
