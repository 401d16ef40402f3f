"""A person writes an answer as it should be: it becomes a submission, and another person decides on it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from inference.models import Answer, Citation, PublicSource
from patterns import submissions
from patterns.enums import SubmissionKind
from patterns.models import Submission, User

TEXT_LIMIT, NOTE_LIMIT, QUESTION_LIMIT = 12_000, 2_000, 2_000  # characters
LICENSE = "CC-BY-SA-4.0"


class CorrectionRefused(Exception):
    """The correction cannot be taken; the message is a sentence for its author."""


def correct(
    answer: Answer, *, author: User, text: str, note: str = "", question: str = "", key: str = ""
) -> Submission:
    """Send a corrected answer to review, and return its submission.

    Call it only for an author who agreed to `LICENSE` and to training. `question` is its wording for the public;
    only who asked may leave it out, and thereby offers it as it was asked. `key` makes a form sent twice one
    correction. All that a reviewer and a dataset need is copied: the answer itself may be forgotten.
    Raises `CorrectionRefused`.
    """
    text, question = _clean(text), " ".join(_clean(question).split())
    original = original_text(answer)
    if not answer.finished:
        raise CorrectionRefused(_("This answer is not written yet. Correct it when it is done."))
    if not text or text == original.strip():
        raise CorrectionRefused(_("This is the answer as it was. Change what is wrong, then send it."))
    if not question and answer.question.asker_id != author.pk:
        raise CorrectionRefused(_("Say the question in words that may be published: it was asked in private."))
    question = question or answer.question.text
    for what, limit in ((text, TEXT_LIMIT), (note, NOTE_LIMIT), (question, QUESTION_LIMIT)):
        if len(what) > limit:
            raise CorrectionRefused(_("One of your texts is too long: it may have %(n)d characters.") % {"n": limit})
    payload = {
        "answer": answer.pk,
        "question": question,
        "original": original,
        "evidence": evidence_of(answer.citations),
        "license": LICENSE,
        "consent": consent_words(author),
    }
    try:
        with transaction.atomic():
            draft = submissions.save_draft(
                author=author,
                kind=SubmissionKind.CORRECTION,
                title=_("Correction: %(question)s") % {"question": question},
                text=text,
                note=_clean(note),
                payload=payload,
                consent=True,
                key=key,
            )
            return submissions.submit(draft, actor=author)
    except submissions.SubmissionError as refused:
        raise CorrectionRefused(str(refused)) from refused


def original_text(answer: Answer) -> str:
    """What a correction starts from: the answer, or nothing where the library had none."""
    return answer.text if answer.outcome == Answer.Outcome.ANSWER else ""


def evidence_of(cited: QuerySet[Citation] | QuerySet[PublicSource]) -> list[dict[str, Any]]:
    """The cited passages as they were shown, complete in themselves. One query."""
    rows = cited.select_related("revision__pattern", "revision__lighthouse")
    return [
        {
            "number": one.number,
            "slug": (one.revision.pattern or one.revision.lighthouse).slug,
            "title": one.revision.title,
            "revision": one.revision.number,
            "revision_id": one.revision_id,
            "section": one.section,
            "sha256": one.sha256,
            "text": one.quote,
            "url": one.get_absolute_url(),
        }
        for one in rows.defer("revision__source", "revision__front")
    ]


def consent_words(author: User | None, *, name: str = "") -> str:
    """What stands on the dataset's row, in English whatever language the author reads; `name` stands for an author who
    is not to be named.
    """
    day = timezone.localdate()
    return (
        f"{name or author.credit} licensed the text under {LICENSE} and agreed to its publication in datasets "
        f"and to training, on {day:%-d %B %Y}."
    )


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()
