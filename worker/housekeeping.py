"""What is forgotten by itself: each room deletes its own, this only calls them, and one failure stops no other."""

import logging
from collections.abc import Callable

from clm_site import jobs

log = logging.getLogger(__name__)


def sweep() -> dict[str, int]:
    """Rows deleted, by what they were. Raises the first failure after everything else has been swept."""
    from inference import retention as asked
    from patterns import retention as library

    counts: dict[str, int] = {}
    failure: Exception | None = None
    steps: dict[str, Callable[[], int]] = {
        "sent jobs": jobs.forget_sent,
        "claims": library.end_claims,
        "sessions": library.forget_sessions,
        "kept mails": library.forget_mails,
        "sign-in links": library.forget_sign_in_links,
        "deleted collections": library.forget_removed,
        "old notices": library.forget_notices,
        "old flags": library.forget_flags,
        "words reviewers did not send": library.forget_unsent,
        "visitors' questions": asked.forget_visitors_questions,
        "declined questions": asked.forget_declined_offers,
    }
    for what, forget in steps.items():
        try:
            counts[what] = forget()
        except Exception as problem:
            log.exception("%s could not be swept", what)
            failure = failure or problem
    if failure:
        raise failure
    return counts
