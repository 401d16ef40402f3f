"""Keep what somebody wrote in the editor as a draft, or send it: what of a form over a file becomes the submission."""

from typing import Any

from django.utils.translation import gettext as _

from patterns.models import User
from patterns.submissions import keeping
from patterns.submissions.keeping import Kept
from patterns.writing.proposing import Proposal
from patterns.writing.works import Work


def keep(work: Work, proposal: Proposal, *, author: User) -> Kept:
    """Keep `proposal` as a draft of `author`; see `patterns.submissions.keeping`."""
    return keeping.keep(author=author, **_values(work, proposal))


def send(work: Work, proposal: Proposal, *, author: User) -> Kept:
    """Keep `proposal` and hand it to the reviewers. Raises a `SubmissionError`."""
    return keeping.send(author=author, **_values(work, proposal))


def title_of(work: Work, proposal: Proposal) -> str:
    """What lists call it."""
    if work.thing is not None:
        return work.thing.title
    return proposal.document.title or (_("Untitled lighthouse") if work.of_lighthouse else _("Untitled pattern"))


def _values(work: Work, proposal: Proposal) -> dict[str, Any]:
    written = proposal.written
    return {
        "key": written.key, "version": written.version, "kind": work.kind, "title": title_of(work, proposal),
        "text": proposal.text, "based_on": written.base, "note": written.note, "consent": written.consent,
        **work.subject,
    }  # fmt: skip
