"""Atom feeds of what changed (RFC 4287), made from changes that are handed in."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext as _

from patterns.queries.changed import Change

SITE: Final = "Commons Language Model"

_PATTERNS: Final = ngettext_lazy("%(shown)s pattern", "%(shown)s patterns", "n")
_LIGHTHOUSES: Final = ngettext_lazy("%(shown)s lighthouse", "%(shown)s lighthouses", "n")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


def atom(changes: Iterable[Change], *, title: str, home: str, address: str, page: str) -> bytes:
    """Return the feed as UTF-8. `home` is the site's root without a slash, `address` its own, `page` the HTML."""
    feed = Atom1Feed(
        title=_plain(title),
        link=page,
        feed_url=address,
        feed_guid=address,
        description=_("New, changed and retired patterns and lighthouses."),
        language=get_language(),
        author_name=SITE,
        author_link=f"{home}/",
        feed_copyright=_("Texts under CC BY-SA 4.0 unless they say otherwise."),
    )
    for change in changes:
        feed.add_item(
            title=_plain(headline(change)),
            link=f"{home}{change.address}",
            description=escape(_plain(in_words(change))),  # the summary is sent as HTML
            unique_id=change.id,
            pubdate=change.at,
            updateddate=change.at,
            author_name=_plain(change.who or change.library) or SITE,
            categories=[_plain(change.domain)] if change.domain else (),
            item_copyright=_plain(change.license) or None,
        )
    if not feed.items:
        feed.latest_post_date = lambda: datetime(1970, 1, 1, tzinfo=UTC)  # the same at every reading
    return feed.writeString("utf-8").encode()


def headline(change: Change) -> str:
    """Return what happened to what, in one line."""
    said = {
        "new": _("New: %(title)s"),
        "changed": _("Changed: %(title)s"),
        "returned": _("Back in the library: %(title)s"),
        "retired": _("Taken out: %(title)s"),
        "merged": _("Merged: %(title)s"),
    }
    if change.many:
        title = _("%(things)s of %(library)s") % {"things": how_many(change), "library": change.title}
        return said[change.verb] % {"title": title}
    return said[change.verb] % {"title": change.title}


def how_many(change: Change) -> str:
    """Return the counts of an import in words: `3,616 patterns and 6 lighthouses`."""
    patterns = _PATTERNS % {"n": change.patterns, "shown": intcomma(change.patterns)}
    lighthouses = _LIGHTHOUSES % {"n": change.lighthouses, "shown": intcomma(change.lighthouses)}
    if change.patterns and change.lighthouses:
        return _("%(patterns)s and %(lighthouses)s") % {"patterns": patterns, "lighthouses": lighthouses}
    return patterns if change.patterns else lighthouses


def in_words(change: Change) -> str:
    """Return who did what and why, and for something new what it says of itself, in a few sentences."""
    if change.many:
        return headline(change)
    said = []
    if change.verb == "changed" and change.who:
        said.append(_("Revision %(n)s, by %(who)s.") % {"n": change.number, "who": change.who})
    elif change.verb == "changed":
        said.append(_("Revision %(n)s.") % {"n": change.number})
    elif change.verb == "merged":
        said.append(_("It is part of “%(into)s” now; its earlier texts stay readable.") % {"into": change.into})
    elif change.verb == "retired":
        said.append(_("It is no longer shown; answers that cited it keep their sentences."))
    if change.message:
        said.append(_("In their words: “%(message)s”.") % {"message": change.message.rstrip(".")})
    if change.sections:
        said.append(_("Changed sections: %(names)s.") % {"names": ", ".join(change.sections)})
    return " ".join([*said, change.summary]).strip()


def _plain(text: str) -> str:
    """`text` on one line, without the characters XML cannot carry."""
    return " ".join(_NOT_XML.sub("", text).split())
