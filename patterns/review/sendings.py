"""Keep what is sent, each time, and say what a reader is shown of it: against an earlier one, or against the library.

The default is what changed since the last decision: who asked for changes wants to see them, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from patterns.checks import Finding
from patterns.checks.keeping import as_json, from_json
from patterns.diffs import Changes, changes_between
from patterns.enums import SubmissionKind
from patterns.format import Document, parse
from patterns.models import Review, Sending, Submission

FILES = frozenset({SubmissionKind.NEW_PATTERN, SubmissionKind.EDIT, SubmissionKind.LIGHTHOUSE})
NOW = "now"  # what the library says at present
BASE = "base"  # what it said when the submission was written


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts side by side: `old` is `base`, `now` or the number of a sending, `new` the number of one."""

    old: str
    new: Sending
    before: Document
    after: Document

    @property
    def changes(self) -> Changes:
        return changes_between(self.before, self.after)


def keep_sending(submission: Submission, *, findings: Sequence[Finding] = ()) -> Sending:
    """Keep what is sent now as the next sending. Call it in the transaction that sends it."""
    last = Sending.objects.filter(submission=submission).aggregate(Max("number"))["number__max"] or 0
    return Sending.objects.create(
        submission=submission, number=last + 1, title=submission.title, text=submission.text, note=submission.note,
        payload=submission.payload, based_on=submission.based_on,
        findings=as_json(findings),
    )  # fmt: skip


def findings_of(sending: Sending) -> tuple[Finding, ...]:
    """What the checks said when it was sent."""
    return from_json(sending.findings)


def answered_sending(sendings: Sequence[Sending], reviews: Sequence[Review]) -> int:
    """The number of the sending that the last request for changes was about, 0 when there was none since."""
    if not reviews or len(sendings) < 2:
        return 0
    asked = max(review.at for review in reviews)
    return max((one.number for one in sendings[:-1] if one.at <= asked), default=0)


def compare(
    submission: Submission, sendings: Sequence[Sending], *, old: str = "", new: str = "", answered: int = 0
) -> Compared | None:
    """Return the two texts a reader asked for; what is not there, or not asked for, is the usual pair. One query."""
    numbers = {str(one.number): one.number for one in sendings}
    if not numbers:
        return None
    later = numbers.get(new, sendings[-1].number)
    usual = str(answered) if answered and answered < later else BASE
    wanted = old if old in {NOW, BASE} or numbers.get(old, later) < later else usual
    if wanted == NOW and submission.pattern is None:
        wanted = BASE
    rows = submission.sendings.select_related("based_on").filter(number__in=[later, numbers.get(wanted, later)])
    texts = {one.number: one for one in rows}
    kept = texts[later]
    return Compared(wanted, kept, _before(submission, kept, wanted, texts), read(submission, kept.text))


def read(submission: Submission, text: str) -> Document:
    """A text of the submission as a document; what is no file has no front matter."""
    return parse(text) if submission.kind in FILES else Document(text="", body_written=text)


def _before(submission: Submission, later: Sending, wanted: str, texts: dict[int, Sending]) -> Document:
    if wanted == NOW:
        return parse(submission.pattern.current.source)
    if wanted != BASE:
        return read(submission, texts[int(wanted)].text)
    if later.based_on is not None:
        return parse(later.based_on.source)
    return read(submission, str(later.payload.get("original", "")) if submission.kind not in FILES else "")
