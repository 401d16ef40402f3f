"""What changed between two revisions, worked out once: neither ever changes."""

from patterns.diffs import Changes, changes_between
from patterns.format import parse
from patterns.models import Revision
from patterns.queries.library import remembered

_NEVER_CHANGES = 0  # the state of the library does not matter to what two snapshots say


def comparison(older: Revision, newer: Revision) -> Changes:
    """Return what changes from `older` to `newer`: fields of the front matter, and sections by line and word."""
    return remembered(
        f"comparison:{older.pk}:{newer.pk}",
        lambda: changes_between(parse(older.source), parse(newer.source)),
        state=_NEVER_CHANGES,
    )
