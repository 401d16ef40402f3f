"""From what an edit form sent to what would be proposed: the text, its changes, what the checks say, and conflicts.

Nothing is written here; the same function serves preview, sending and sending again.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from patterns import checks
from patterns.checks import Finding, Weight
from patterns.editing import FIELDS, Chunk, Conflict, assemble, chunks, merge, rebased_texts, texts_over
from patterns.enums import SubmissionKind
from patterns.format import Document, UnwritableError, parse
from patterns.format.document import text_of
from patterns.models import Pattern, Revision, Submission
from patterns.review.edit_kind import Changes, changes_between


@dataclass(frozen=True, slots=True)
class Sent:
    """What an edit form holds. `texts` has one entry for each section of `base`, in order."""

    base: Revision
    title: str
    summary: str
    texts: tuple[str, ...]
    note: str = ""
    consent: bool = False
    key: str = ""

    @property
    def front(self) -> dict[str, str]:
        return {"title": self.title, "summary": self.summary}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`sent` is what the form shows next: the same, or carried over to the current revision."""

    sent: Sent
    document: Document
    changes: Changes
    findings: tuple[Finding, ...]
    conflicts: tuple[Conflict, ...] = ()
    carried_over: bool = False

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def digest(self) -> str:
        """Names exactly this text on exactly this base: what was looked at is what is sent."""
        return hashlib.sha256(f"{self.sent.base.pk}\n{self.text}".encode()).hexdigest()

    @property
    def sendable(self) -> bool:
        return not self.conflicts and not checks.blocking(self.findings)


def first_sight(base: Revision, *, key: str, mine: Submission | None = None) -> Sent:
    """What the form shows when it is opened: the pattern as it is, or a draft of one's own on top of it.

    Consent is asked for at each sending, for the text that is sent.
    """
    document = parse(base.source)
    shown = parse(mine.text) if mine else document
    values = {name: text_of(shown.front.get(name)) for name in FIELDS}
    texts = texts_over(document, shown) if mine else [chunk.text for chunk in chunks(document)]
    return Sent(base=base, texts=tuple(texts), key=key, note=mine.note if mine else "", **values)


def sections_of(sent: Sent) -> list[tuple[Chunk, str, bool]]:
    """Return `(section as it is, text in the form, whether they differ)` for each section of the form."""
    found = chunks(parse(sent.base.source))
    return [(chunk, text, chunk.text != text) for chunk, text in zip(found, sent.texts, strict=True)]


def suggest(pattern: Pattern, sent: Sent) -> Suggestion:
    """Work out what `sent` proposes, carried over to what the pattern says now when that has changed.

    Raises `ValueError` when the form does not fit its revision.
    """
    base = parse(sent.base.source)
    try:
        document = parse(assemble(base, front=sent.front, texts=sent.texts))
    except UnwritableError as problem:
        return Suggestion(sent, base, changes_between(base, base), (Finding(Weight.BLOCK, str(problem)),))
    conflicts: tuple[Conflict, ...] = ()
    stale = sent.base.pk != pattern.current_id
    if stale:
        now = parse(pattern.current.source)
        merged = merge(base, document, now)
        conflicts = merged.conflicts
        texts = rebased_texts(merged, now)
        front = {name: text_of(parse(merged.text).front.get(name)) for name in FIELDS}
        front |= {conflict.where: conflict.mine for conflict in conflicts if conflict.field and conflict.where in front}
        sent = Sent(pattern.current, texts=tuple(texts), note=sent.note, consent=sent.consent, key=sent.key, **front)
        base, document = now, parse(assemble(now, front=sent.front, texts=texts))
    draft = Submission(
        kind=SubmissionKind.EDIT, pattern=pattern, based_on=sent.base, text=document.text, consent=sent.consent,
        note=sent.note,
    )  # fmt: skip
    return Suggestion(sent, document, changes_between(base, document), checks.run(draft), conflicts, carried_over=stale)


def in_words(conflict: Conflict) -> str:
    """Name the place of a conflict for its author."""
    if conflict.field:
        return _("the field “%(name)s”") % {"name": conflict.where}
    return _("the section “%(title)s”") % {"title": conflict.where} if conflict.where else _("the beginning")
