"""Atom feeds of what changed (RFC 4287), made from changes that are handed in."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from patterns.queries.changes import Change
from patterns.syndication.telling import headline, in_words

SITE: Final = "Commons Language Model"

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


def _plain(text: str) -> str:
    """`text` on one line, without the characters XML cannot carry."""
    return " ".join(_NOT_XML.sub("", text).split())
