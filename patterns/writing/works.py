"""What can be written in the editor: a new pattern or lighthouse, and an edit of one that exists."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from patterns.enums import SubmissionKind
from patterns.models import Lighthouse, Pattern, Revision, Submission
from patterns.publishing import SITE_LICENSE
from patterns.writing import fieldsets, outlines
from patterns.writing.fields import Field
from patterns.writing.outlines import Hint


@dataclass(frozen=True, slots=True)
class Work:
    """One thing being written; `thing` is what it changes, None for what is new. The address decides, never a form."""

    kind: SubmissionKind
    thing: Pattern | Lighthouse | None = None

    @property
    def of_lighthouse(self) -> bool:
        return self.kind == SubmissionKind.LIGHTHOUSE

    @property
    def fields(self) -> Sequence[Field]:
        if self.of_lighthouse:
            return fieldsets.LIGHTHOUSE
        return fieldsets.PATTERN if self.thing else fieldsets.NEW_PATTERN

    @property
    def outline(self) -> tuple[Hint, ...]:
        return outlines.LIGHTHOUSE if self.of_lighthouse else outlines.PATTERN

    @property
    def address(self) -> str:
        if self.thing is None:
            return reverse("new_lighthouse" if self.of_lighthouse else "new_pattern")
        return reverse("edit_lighthouse" if self.of_lighthouse else "suggest_edit", args=[self.thing.slug])

    @property
    def current(self) -> Revision | None:
        return self.thing.current if self.thing else None

    @property
    def subject(self) -> dict[str, Pattern | Lighthouse | None]:
        """What a submission of this work is about, as the record has it."""
        return {"lighthouse" if self.of_lighthouse else "pattern": self.thing}

    def blank(self) -> str:
        """The file a new one begins from."""
        if self.of_lighthouse:
            return outlines.blank_lighthouse(licence=SITE_LICENSE)
        return outlines.blank_pattern(uid=outlines.new_uid(), licence=SITE_LICENSE)


def work_of(submission: Submission) -> Work | None:
    """Return what a submission is written as, None for kinds that are not written in the editor."""
    if submission.kind == SubmissionKind.EDIT:
        return Work(SubmissionKind.EDIT, submission.pattern)
    if submission.kind == SubmissionKind.LIGHTHOUSE:
        return Work(SubmissionKind.LIGHTHOUSE, submission.lighthouse)
    return Work(SubmissionKind.NEW_PATTERN) if submission.kind == SubmissionKind.NEW_PATTERN else None
