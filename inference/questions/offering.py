"""Gives a question and its answer to everybody: a copy is made with its asker's consent, and a reviewer decides on it.

What was offered can be taken back at any time, and then its text is gone from here.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clm_site.jobs import Job, enqueue
from inference.asking import AskError, cleaned
from inference.followers import followers
from inference.models import Answer, PublicQuestion, PublicSource
from patterns.models import User
from patterns.people import audit, bans
from patterns.review.priority import Signs
from patterns.review.queue import close, lock_open_item, open_item
from patterns.texts.scrubbing import scrub

KIND, REPORTED = "public_question", "reported_question"
LICENSE = "CC-BY-SA-4.0"
State = PublicQuestion.State
LIVE = (State.OFFERED, State.PUBLISHED)


class OfferRefused(Exception):
    """The question cannot be offered or taken back; the message is a sentence for its asker."""


def is_askers(answer: Answer, *, user: User | None, visitor: str) -> bool:
    """Whether this account, or the session `visitor`, asked the question of `answer`."""
    question = answer.question
    if question.asker_id:
        return user is not None and question.asker_id == user.pk
    return bool(visitor) and question.visitor == visitor


def can_be_offered(answer: Answer) -> bool:
    """Whether there is something to offer: a finished answer, or the finding that the library has none."""
    return answer.state == Answer.State.DONE and answer.route.get("kind") != "none"


def offer_of(answer: Answer) -> PublicQuestion | None:
    """The newest offer made of `answer` that still stands or was declined. One query."""
    return answer.offers.exclude(state=State.WITHDRAWN).order_by("-pk").first()


def offer(
    answer: Answer, *, text: str, by: User | None, visitor: str = "", credited: bool = False, training: bool = False
) -> PublicQuestion:
    """Copy the question, worded `text`, with its answer, and hand it to the reviewers; twice is once.

    Call it only for who asked (`is_askers`) and agreed to `LICENSE`; `training` where they also let it be trained on.
    Raises `OfferRefused`.
    """
    bans.check(by)
    try:
        worded = cleaned(text)
    except AskError as refused:
        raise OfferRefused(str(refused)) from refused
    if not can_be_offered(answer):
        raise OfferRefused(_("This answer is not finished, so there is nothing to offer yet."))
    try:
        with transaction.atomic():
            return _copied(answer, worded, by=by, visitor=visitor, credited=credited, training=training)
    except IntegrityError:
        standing = answer.offers.filter(state__in=LIVE).first()
        if standing is None:
            raise
        return standing


def withdraw(question: PublicQuestion) -> PublicQuestion:
    """Take an offer back, before or after it is public: what it said is deleted, the row stays as its tombstone.

    For whoever holds the offer's address. Raises `OfferRefused` where reviewers ended it.
    """
    with transaction.atomic():
        items = [lock_open_item(kind, object_id=question.pk) for kind in (KIND, REPORTED)]
        locked = PublicQuestion.objects.select_for_update().get(pk=question.pk)
        if locked.state == State.WITHDRAWN:
            return locked
        if locked.state == State.REMOVED:
            raise OfferRefused(_("Reviewers have already taken it out, and its text is deleted."))
        end(locked, State.WITHDRAWN)
        for item in items:
            if item is not None:
                item.title, item.reasons, item.signs = str(locked), [], {}
                item.save(update_fields=["title", "reasons", "signs"])
                close(item)
        audit.note(locked.offered_by, "took back a question", target=locked, account=locked.offered_by_id is not None)
    return locked


def end(question: PublicQuestion, state: str, *, reason: str = "") -> None:
    """Delete what a question said and keep the row, so that its address can say that it is gone.

    Call it in a transaction: whoever made something of the question follows in it.
    """
    for one in followers():
        one.ended(question)
    question.sources.all().delete()
    question.state, question.reason, question.ended_at = state, reason, timezone.now()
    question.text = question.answer_text = question.visitor = ""
    question.sentences, question.embedding, question.embedder = [], None, ""
    question.about = question.topic = question.answer = None
    question.save()


def report(question: PublicQuestion, *, words: str, by: User | None) -> None:
    """Have another person look at a public question again. Several reports are one item of the queue."""
    bans.check(by)
    with transaction.atomic():
        waiting = lock_open_item(REPORTED, object_id=question.pk)
        before = waiting.reasons if waiting else []
        said = _("A reader says: “%(words)s”") % {"words": " ".join(words.split())[:1000]}
        open_item(
            REPORTED, object_id=question.pk, title=question.text, author=by, priority=10,
            reasons=[*before, said][-10:],
        )  # fmt: skip
        audit.note(by, "reported a question", target=question, account=by is not None)


def personal_data_in(question: PublicQuestion) -> list[str]:
    """The kinds of personal data that its texts seem to hold."""
    return sorted(scrub(f"{question.text}\n{question.answer_text}")[1])


def _copied(
    answer: Answer, text: str, *, by: User | None, visitor: str, credited: bool, training: bool
) -> PublicQuestion:
    answered = answer.outcome == Answer.Outcome.ANSWER
    made = PublicQuestion.objects.create(
        answer=answer,
        offered_by=by,
        visitor="" if by else visitor,
        credited=credited and by is not None,
        text=text,
        about=answer.question.about,
        outcome=answer.outcome,
        answer_text=_plain(answer) if answered else "",
        sentences=answer.sentences if answered else [],
        generator=answer.generator,
        tier=answer.tier,
        license=LICENSE,
        training=training,
        answered_at=answer.finished_at,
    )
    fields = ("number", "revision_id", "section", "start", "end", "sha256", "quote")
    cited = answer.citations.values(*fields) if answered else ()
    PublicSource.objects.bulk_create([PublicSource(question=made, **one) for one in cited])
    doubts = personal_data_in(made)
    reasons = [f"It may hold personal data: {', '.join(doubts)}."] if doubts else []
    open_item(KIND, object_id=made.pk, title=text, author=by, reasons=reasons, signs=Signs(minutes=1))
    audit.note(by, "offered a question", target=made, answered=answered, account=by is not None)
    return made


def _plain(answer: Answer) -> str:
    said = (f"{one.get('label', '')} {one.get('text', '')}".strip() for one in answer.sentences)
    return "\n".join(sentence for sentence in said if sentence)


def publish(question: PublicQuestion) -> None:
    """Show it to everybody from now on; for the review kind alone, which the database checks."""
    question.state = State.PUBLISHED
    question.decided_at = question.published_at = timezone.now()
    question.save()
    for one in followers():
        one.published(question)
    enqueue(Job.GATHER_QUESTIONS)
