"""Proposes public questions for the dataset where their askers agreed, and takes them out again with the question.

A candidate is a copy, complete in itself; what it says is deleted when its asker takes the question back.
"""

from typing import Final

from django.utils import timezone

from feedback.correcting import consent_words, evidence_of
from feedback.models import Candidate
from inference.models import PublicQuestion
from patterns.models import Revision
from patterns.people import audit
from patterns.review.priority import Signs
from patterns.review.queue import close, lock_open_item, open_item
from patterns.texts.scrubbing import scrub

KIND: Final = "training_row"
State = Candidate.State


def propose(question: PublicQuestion) -> Candidate | None:
    """Put an answered public question before the curators, if its asker lets it be trained on. Twice is once.

    A helpful rating proposes nothing: whoever gives it does not own the question.
    """
    if not question.training or not question.answered:
        return None
    evidence = evidence_of(question.sources)
    candidate, new = Candidate.objects.get_or_create(
        public_question=question,
        defaults={
            "question": question.text,
            "answer_text": question.answer_text,
            "evidence": evidence,
            "license": question.license,
            "consent": consent_words(None, name=question.credit or "A reader"),
            "author": question.offered_by,
        },
    )
    if new:
        candidate.revisions.set(Revision.objects.filter(pk__in=[one["revision_id"] for one in evidence]))
        doubts = personal_data_in(candidate)
        open_item(
            KIND, object_id=candidate.pk, title=_title(candidate), author=question.offered_by, signs=Signs(minutes=2),
            reasons=[f"It may hold personal data: {', '.join(doubts)}."] if doubts else [],
        )  # fmt: skip
        audit.note(None, "proposed for training", target=candidate, question=question.pk)
    return candidate


def take_back(question: PublicQuestion) -> None:
    """Its question is not public any more: a proposed row leaves the queue, an accepted one every later release.

    The texts are deleted in both; releases that were cut before stay as they are.
    """
    pk = Candidate.objects.filter(public_question=question).values_list("pk", flat=True).first()
    if pk is None:
        return
    item = lock_open_item(KIND, object_id=pk)  # always before the thing itself
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=pk)
    candidate.state = State.WITHDRAWN if candidate.state == State.PROPOSED else State.REJECTED
    candidate.question = candidate.answer_text = ""
    candidate.evidence = []
    candidate.reason = candidate.reason or "The question is not public any more."
    candidate.consent = f"Ended with the public question, on {timezone.localdate():%-d %B %Y}."
    candidate.save()
    if item is not None:
        item.reasons, item.signs = [], {}
        item.save(update_fields=["reasons", "signs"])
        close(item)
    audit.note(None, "took back from training", target=candidate)


def personal_data_in(candidate: Candidate) -> list[str]:
    """The kinds of personal data that the row seems to hold."""
    return sorted(scrub(f"{candidate.question}\n{candidate.answer_text}")[1])


def _title(candidate: Candidate) -> str:
    """Never a word of the question: the audit log keeps titles for ever, and a question can be taken back."""
    return f"Row {candidate.pk} for the dataset, from public question {candidate.public_question_id}"
