"""What becomes material to learn from: candidates that a person accepted, and how they read as dataset examples."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils import timezone

from feedback.dataset import Example, Passage, Source
from feedback.models import Candidate, Rating
from inference.models import Answer
from patterns.models import Revision, Submission, User
from patterns.people import audit


def accept_correction(submission: Submission, *, reviewer: User) -> Candidate:
    """Make an accepted correction a row of the next release. The same submission twice is one row.

    Call it in the transaction of the decision; the database refuses a reviewer who is the author.
    """
    given = submission.payload
    evidence = given["evidence"]
    candidate, new = Candidate.objects.get_or_create(
        submission=submission,
        defaults={
            "state": Candidate.State.ACCEPTED,
            "question": given["question"],
            "answer_text": submission.text,
            "rejected_text": given["original"],
            "answer": Answer.objects.filter(pk=given["answer"]).first(),
            "evidence": evidence,
            "license": given["license"],
            "consent": given["consent"],
            "author": submission.author,
            "reviewer": reviewer,
            "accepted_at": timezone.now(),
        },
    )
    if new:
        candidate.revisions.set(Revision.objects.filter(pk__in=[one["revision_id"] for one in evidence]))
        audit.note(reviewer, "accepted for training", target=candidate, submission=submission.pk)
    return candidate


def accept(candidate: Candidate, *, reviewer: User) -> None:
    """Make a proposed row one of the next release. Call it in the transaction of the decision, with the row held."""
    candidate.state, candidate.reviewer, candidate.accepted_at = Candidate.State.ACCEPTED, reviewer, timezone.now()
    candidate.save(update_fields=["state", "reviewer", "accepted_at"])
    audit.note(reviewer, "accepted for training", target=candidate)


def reject(candidate: Candidate, *, reviewer: User, reason: str) -> None:
    """Keep a proposed row out of every release, and say why."""
    candidate.state, candidate.reviewer, candidate.reason = Candidate.State.REJECTED, reviewer, reason
    candidate.save(update_fields=["state", "reviewer", "reason"])
    audit.note(reviewer, "rejected for training", target=candidate, reason=reason)


def accepted_examples() -> Iterator[Example]:
    """Every accepted candidate as an example. The number of queries does not depend on how many there are."""
    named = Revision.objects.select_related("pattern", "lighthouse").defer("source", "front")
    accepted = (
        Candidate.objects.filter(state=Candidate.State.ACCEPTED)
        .select_related("author", "reviewer", "public_question__offered_by")
        .defer("public_question__words", "public_question__embedding", "public_question__sentences")
        .prefetch_related(Prefetch("revisions", named))
    )
    verdicts: dict[int, list[tuple[str, bool]]] = {}
    for answer_id, helpful, text in Rating.objects.filter(answer__in=accepted.values("answer")).values_list(
        "answer_id", "helpful", "snapshot__text"
    ):
        verdicts.setdefault(answer_id, []).append((text, helpful))
    for candidate in accepted:
        yield _example(candidate, verdicts.get(candidate.answer_id, ()))


def _example(candidate: Candidate, verdicts: list[tuple[str, bool]] | tuple[()]) -> Example:
    return Example(
        task=candidate.task,
        question=candidate.question,
        answer=candidate.answer_text,
        rejected=candidate.rejected_text,
        license=candidate.license,
        consent=candidate.consent,
        author=author_of(candidate),
        reviewer=_credit(candidate.reviewer),
        evidence=tuple(
            Passage(one["slug"], one["revision"], one["section"], one["sha256"], one["text"])
            for one in candidate.evidence
        ),
        sources=tuple(sorted(_source(revision) for revision in candidate.revisions.all())),
        verdicts=tuple(sorted({verdict for verdict in verdicts if verdict[0]})),
    )


def author_of(candidate: Candidate) -> str:
    """How the row names who wrote it: who gave a question to everybody is named only where they wished it."""
    if candidate.public_question is not None:
        return candidate.public_question.credit or "a reader"
    return _credit(candidate.author)


def _source(revision: Revision) -> Source:
    return Source(
        slug=(revision.pattern or revision.lighthouse).slug,
        revision=revision.number,
        title=revision.title,
        sha256=revision.sha256,
        license=revision.license,
        attribution=revision.attribution or revision.author_name,
    )


def _credit(person: User | None) -> str:
    return person.credit if person else "somebody who left"
