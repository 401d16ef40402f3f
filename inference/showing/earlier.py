"""The questions a follow-up comes from, for the eyes of those who may know them.

An answer is private to those who have its address. Whoever follows a shared link must not walk from it to what was
asked before: an earlier question is shown to the person who asked it, and to the one who asked on from it (and so had
its address).
"""

from dataclasses import dataclass

from django.db import connection
from django.urls import reverse

from inference.models import Question
from patterns.models import User

LONGEST = 12  # earlier questions
_ANCESTORS = """
    WITH RECURSIVE thread(id, depth) AS (
        SELECT parent_id, 1 FROM inference_question WHERE id = %s AND parent_id IS NOT NULL
        UNION ALL
        SELECT q.parent_id, t.depth + 1 FROM thread t JOIN inference_question q ON q.id = t.id
        WHERE q.parent_id IS NOT NULL AND t.depth < %s
    )
    SELECT q.text, a.public_id, q.asker_id, q.visitor
    FROM thread t JOIN inference_question q ON q.id = t.id JOIN inference_answer a ON a.question_id = q.id
    ORDER BY t.depth
"""


@dataclass(frozen=True)
class Earlier:
    """One earlier question and the address of its answer."""

    text: str
    url: str


def earlier(question: Question, *, viewer: User | None, visitor: str) -> tuple[Earlier, ...]:
    """The thread before `question`, oldest first, as far back as this person may know it. One query at most."""
    if question.parent_id is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_ANCESTORS, [question.pk, LONGEST])
        rows = cursor.fetchall()
    found: list[Earlier] = []
    below = _is_own(question.asker_id, question.visitor, viewer, visitor)
    for text, public_id, asker_id, asked_as in rows:
        own = _is_own(asker_id, asked_as, viewer, visitor)
        if not (own or below):
            break
        found.append(Earlier(text, reverse("answer", args=[public_id])))
        below = own
    return tuple(reversed(found))


def _is_own(asker_id: int | None, asked_as: str, viewer: User | None, visitor: str) -> bool:
    if asker_id is not None:
        return viewer is not None and viewer.pk == asker_id
    return bool(visitor) and asked_as == visitor
