"""Keep a suggested relation or an objection as a draft, or send it to the reviewers."""

from typing import Any

from patterns.enums import SubmissionKind
from patterns.models import User
from patterns.relating.drafting import Draft
from patterns.submissions import keeping
from patterns.submissions.keeping import Kept


def keep(draft: Draft, *, author: User) -> Kept:
    """Keep `draft` for `author`; see `patterns.submissions.keeping`."""
    return keeping.keep(author=author, **_values(draft))


def send(draft: Draft, *, author: User) -> Kept:
    """Keep `draft` and hand it to the reviewers. Raises a `SubmissionError`; then the text is still the form's."""
    return keeping.send(author=author, **_values(draft))


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "key": draft.sent.key, "version": draft.sent.version, "kind": SubmissionKind.RELATION, "title": draft.title,
        "text": draft.text, "pattern": draft.pattern, "note": draft.sent.note, "payload": draft.proposal.payload,
        "consent": draft.sent.consent,
    }  # fmt: skip
