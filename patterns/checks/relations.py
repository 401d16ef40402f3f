"""Relations that name no pattern of this library, with the names that may have been meant."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from patterns.checks import Finding, Offer, Weight
from patterns.checks.reading import base_of, document_of
from patterns.following.kept import Kept
from patterns.models import Submission
from patterns.naming import nearest
from patterns.naming.names import Names

SHOWN: Final = 5
OFFERED: Final = 3
known_names = Kept(Names.load)  # a few MB; made anew when the library's log has grown


def relations(submission: Submission) -> Iterator[Finding]:
    """They may be sent, and resolve when the pattern appears. Relations to oneself join nothing."""
    document = document_of(submission)
    before = {(one.key, one.names) for one in base_of(submission).references}
    fresh = [one for one in document.references if (one.key, one.names) not in before]
    if not fresh:
        return
    names = known_names.get()
    library = submission.pattern.library_id if submission.pattern else None
    lost = [one for one in fresh if names.find(one.names, library_id=library) is None]
    shown = list(dict.fromkeys(one.names[0] for one in lost))[:SHOWN]
    for name, near in zip(shown, nearest.nearest_each(shown, limit=OFFERED, kind="pattern"), strict=True):
        yield Finding(
            Weight.WARN,
            _("“%(name)s” names no pattern here yet.") % {"name": name[:80]},
            "relations",
            excerpt=name[:120],
            why=_("A relation joins two patterns; until the other is here, it leads nowhere."),
            advice=_("Did you mean one of these?") if near else _("Leave it if that pattern should be written."),
            offers=tuple(Offer(one.slug, one.title) for one in near),
        )
    if (more := len({one.names[0] for one in lost}) - len(shown)) > 0:
        yield Finding(Weight.WARN, _("%(count)s more names are of no pattern here.") % {"count": more}, "relations")
