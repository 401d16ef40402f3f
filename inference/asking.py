"""Takes a question: checks it, saves it with its pending answer, and has a worker answer it. No model code here."""

import unicodedata

import redis
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clm_site.jobs import Job, enqueue
from inference.models import Answer, Question
from inference.showing.presenting import finished_event
from inference.streaming import streams
from inference.streaming.line import is_full
from patterns.models import Pattern, User

_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNGUESSABLE = 16  # characters of a key that only the form of its sender can have held


class AskError(Exception):
    """The question cannot be taken; the message is a sentence for the asker."""


class EmptyQuestion(AskError):
    """Nothing was asked."""


class QuestionTooLong(AskError):
    """More than `settings.QUESTION_LIMIT` characters."""


class Busy(AskError):
    """As many questions wait as may (`settings.QUESTIONS_WAITING`); the same one can be sent again later."""


def ask(
    text: str,
    *,
    asker: User | None = None,
    visitor: str = "",
    parent: Question | None = None,
    about: Pattern | None = None,
    key: str | None = None,
) -> Answer:
    """Save the question with its pending answer, and enqueue the answering; returns the pending answer.

    `key` makes a form sent twice one question: the second time the first answer comes back. A key that somebody else
    has used is ignored.
    Raises `EmptyQuestion`, `QuestionTooLong` or `Busy`.
    """
    asked = Question(text=cleaned(text), asker=asker, visitor=visitor, parent=parent, about=about)
    asked.key = (key or "")[:64] or None
    if is_full():
        if asked.key and (first := _asked_before(asked)) is not None:
            return first
        raise Busy(
            _(
                "So many questions are waiting that yours would wait too long, so it was not taken. It stays in the "
                "box: send it again in a few minutes."
            )
        )
    try:
        return _save(asked)
    except IntegrityError:
        if asked.key is None:
            raise
        if (first := _asked_before(asked)) is not None:
            return first
        asked.key = None
        return _save(asked)


def cleaned(text: str) -> str:
    """The question in one line of visible characters; raises `AskError` when nothing or too much is left."""
    visible = "".join(" " if sign.isspace() else sign for sign in text if sign.isspace() or _is_visible(sign))
    question = " ".join(unicodedata.normalize("NFC", visible).split())
    if not any(sign.isalnum() for sign in question):
        raise EmptyQuestion("Write a question first: a few words are enough.")
    if len(question) > settings.QUESTION_LIMIT:
        raise QuestionTooLong(
            f"Your question has {len(question):,} characters and may have {settings.QUESTION_LIMIT:,}. "
            "Shorten it to the part that matters most."
        )
    return question


def stop(answer: Answer) -> None:
    """Have the answer end where it is. One that no worker has yet ends at once; a running one within moments."""
    waiting = Answer.objects.filter(pk=answer.pk, state=Answer.State.PENDING)
    if waiting.update(state=Answer.State.STOPPED, finished_at=timezone.now()):
        answer.refresh_from_db()
        # The next attempt's stream is where its pages are, or go as soon as they hear that the last one was lost.
        streams.append(answer.public_id, answer.attempt + 1, "done", finished_event(answer))
        return
    try:
        streams.ask_to_stop(answer.public_id)
    except redis.RedisError:
        raise AskError(
            "The worker that writes this answer cannot be reached just now. Try again in a moment."
        ) from None


def _save(asked: Question) -> Answer:
    """The question, its pending answer and the promised job, all or nothing."""
    with transaction.atomic():
        asked.pk = None
        asked.save(force_insert=True)
        answer = Answer.objects.create(question=asked)
        enqueue(Job.ANSWER, answer_id=answer.pk)
    return answer


def _asked_before(asked: Question) -> Answer | None:
    """The answer to the question with this key, if the same person asked it.

    The same person is also a visitor whose session was never saved, because the web process died between taking the
    question and replying: the same words with the same unguessable key.
    """
    first = Answer.objects.select_related("question").filter(question__key=asked.key).first()
    if first is None:
        return None
    before = first.question
    if (before.asker, before.visitor) == (asked.asker, asked.visitor):
        return first
    nobody = before.asker_id is None and asked.asker_id is None
    resent = nobody and len(asked.key or "") >= UNGUESSABLE and before.text == asked.text
    return first if resent else None


def _is_visible(sign: str) -> bool:
    """Whether a character is neither a control, a surrogate nor unassigned; joiners that scripts need stay.

    Signs that turn the direction of what follows, and tags, which hide a text inside another, are taken out.
    """
    unreadable = unicodedata.category(sign) in {"Cc", "Cs", "Cn", "Co"}
    return not (unreadable or sign in _TURNS or "\U000e0000" <= sign <= "\U000e007f")
