"""Make two patterns that say the same one: what relied on either relies on the one that stays, and both histories stay
readable. A record of every row that moved lets the merge be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from clm_site.jobs import Job, enqueue
from patterns.enums import ChangeKind, PublicationState
from patterns.following import changes
from patterns.format import UnwritableError, edit, parse
from patterns.models import Pattern, PatternMerge, User
from patterns.people import audit, notices
from patterns.publishing import relying, retiring, texts
from patterns.publishing.bringing_over import propose_sections
from patterns.publishing.errors import Refused, Unpublishable
from patterns.publishing.guarding import lock, require_curator, require_reason, require_seen
from patterns.recording import relations


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many rows went back where they were, and how many stay because somebody changed them since."""

    back: int
    stayed: int


def merge(
    merged: Pattern,
    *,
    into: Pattern,
    by: User | None,
    reason: str,
    aliases: Sequence[str] | None = None,
    sections: Sequence[str] = (),
    seen: str | None = None,
    seen_into: str | None = None,
) -> PatternMerge:
    """Make `merged` part of `into`; its address leads there from now on. Merging the two twice is merging them once.

    `aliases`: which of `names_to_keep` the kept pattern is found by as well, all of them when None. `sections` (their
    anchors) are proposed as an edit of the kept pattern, which another person reviews. Raises a `PublishingError`.
    """
    require_curator(by)
    said = require_reason(reason)
    if merged.pk == into.pk:
        raise Refused(_("A pattern cannot be merged with itself. Choose another."))
    with transaction.atomic():
        gone, kept = lock(merged, into)
        if gone.merged_into_id == kept.pk:
            return gone.merges.get(ended_at=None)
        _require_published(gone, kept)
        require_seen(gone, seen)
        require_seen(kept, seen_into)
        moved = {one.name: one.move(gone, kept=kept) for one in relying.reliances() if not one.stays}
        offered = names_to_keep(gone, kept)
        chosen = [name for name in offered if aliases is None or name in aliases]
        # Before the text is written: from here on the old names mean the kept pattern.
        gone.state, gone.merged_into = PublicationState.RETIRED, kept
        gone.save(update_fields=["state", "merged_into", "changed_at"])
        added = _add_names(kept, chosen, by=by, message=f"Merged with “{gone.title}”: {said}")
        record = PatternMerge.objects.create(merged=gone, kept=kept, actor=by, reason=said, moved=moved, aliases=added)
        audit.note(
            by, "merged pattern", target=gone, into=kept.slug, reason=said,
            moved={name: one["moved"] for name, one in moved.items()},
        )  # fmt: skip
        changes.record(ChangeKind.PATTERN_RETIRED, pattern=gone, revision=gone.current)
        notices.notify(
            gone.current.author, kind="pattern_merged", url=kept.get_absolute_url(), actor=by, title=gone.title,
            into=kept.title,
        )  # fmt: skip
        enqueue(Job.FOLLOW_LIBRARY)
        if sections and by is not None:
            propose_sections(gone, kept=kept, anchors=sections, by=by)
    merged.refresh_from_db()
    into.refresh_from_db()
    return record


def take_back(record: PatternMerge, *, by: User | None, reason: str) -> TakenBack:
    """Make the two patterns two again: whatever nobody changed since goes back. Taking back twice is once.

    What came to the kept pattern after the merge stays with it, and so does what its text took over by an edit.
    Raises a `PublishingError`.
    """
    require_curator(by)
    said = require_reason(reason)
    with transaction.atomic():
        gone, kept = lock(record.merged, record.kept)
        record = PatternMerge.objects.select_for_update().get(pk=record.pk)
        if record.ended_at is not None:
            return TakenBack(0, 0)
        if kept.merged_into_id is not None:
            raise Refused(
                _("“%(title)s” was itself merged into another pattern since. Take that merge back first.")
                % {"title": kept.title}
            )
        back = stayed = 0
        for one in relying.reliances():
            if one.give_back is not None and one.name in record.moved:
                went, left = one.give_back(record.moved[one.name])
                back, stayed = back + went, stayed + left
        gone.merged_into = None
        gone.save(update_fields=["merged_into"])
        record.ended_at = timezone.now()
        record.save(update_fields=["ended_at"])
        # First, so that a name in the kept pattern's text, which is read again, means the one it meant before.
        retiring.bring_back(gone)
        _take_names(kept, record.aliases, by=by, message=f"The merge with “{gone.title}” was taken back: {said}")
        changes.record(ChangeKind.RELATIONS_CHANGED, pattern=gone)
        changes.record(ChangeKind.RELATIONS_CHANGED, pattern=kept)
        audit.note(by, "took merge back", target=gone, kept=kept.slug, reason=said, back=back, stayed=stayed)
    return TakenBack(back, stayed)


def names_to_keep(merged: Pattern, kept: Pattern) -> list[str]:
    """Return the names of `merged` by which `kept` cannot be found yet: its title, its aliases, and its address where
    no title says it. Files elsewhere name patterns by any of these.
    """
    known = {name.casefold() for name in (kept.title, *kept.aliases)}
    names = [name for name in (merged.title, *merged.aliases) if name.casefold() not in known]
    written = {slugify(name) for name in (merged.title, *merged.aliases, kept.title, *kept.aliases)}
    address = merged.file_slug or merged.slug
    return list(dict.fromkeys([*names, *([] if address in written else [address])]))


def _require_published(gone: Pattern, kept: Pattern) -> None:
    for one in (gone, kept):
        if one.merged_into_id is not None:
            raise Refused(_("“%(title)s” was merged into another pattern already.") % {"title": one.title})
        if one.state != PublicationState.PUBLISHED:
            raise Refused(
                _("“%(title)s” is taken out of the library. Bring it back first, or choose another pattern.")
                % {"title": one.title}
            )


def _add_names(kept: Pattern, names: Sequence[str], *, by: User | None, message: str) -> list[str]:
    """Write `names` into the aliases of the kept pattern's own text; returns those that were new."""
    document = parse(kept.current.source)
    new = [name for name in names if name not in document.aliases]
    if new:
        _write_aliases(kept, [*document.aliases, *new], by=by, message=message)
    elif names:
        relations.resolve([kept])
    return new


def _take_names(kept: Pattern, names: Sequence[str], *, by: User | None, message: str) -> None:
    aliases = parse(kept.current.source).aliases
    left = [name for name in aliases if name not in names]
    if len(left) < len(aliases):
        _write_aliases(kept, left, by=by, message=message)


def _write_aliases(kept: Pattern, aliases: list[str], *, by: User | None, message: str) -> None:
    try:
        document = edit(parse(kept.current.source), front={"aliases": aliases or None})
    except UnwritableError as problem:
        raise Unpublishable(str(problem)) from problem
    credit = texts.Credit(kept.current.author, kept.current.author_name, by, message, based_on=kept.current)
    texts.write(kept, document, credit, reviewed=False, action="published pattern")
