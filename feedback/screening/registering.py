"""Lends the screening to the checks of a proposal: each rule reads every piece somebody wrote, and says where."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from feedback.screening.instructions import instructions_in
from feedback.screening.personal import personal_in
from feedback.screening.spam import spam_in, spam_in_all
from feedback.screening.unseen import unseen_in
from patterns import checks
from patterns.checks import Finding
from patterns.checks.reading import base_of, pieces
from patterns.models import Submission

MOST: Final = 12  # remarks of one rule; a text with more has been read enough
Rule = Callable[[str], Iterator[Finding]]


def by(*rules: Rule) -> Callable[[Submission], Iterator[Finding]]:
    """A check that screens every piece by `rules`. What the text quotes from before is not held against its author."""

    def check(submission: Submission) -> Iterator[Finding]:
        before = base_of(submission).text if submission.based_on else ""
        shown = 0
        for piece in pieces(submission):
            for finding in (finding for rule in rules for finding in rule(piece.text)):
                if shown < MOST and not (before and finding.excerpt and finding.excerpt.strip("…") in before):
                    shown += 1
                    yield replace(finding, field=piece.field, section=piece.section)

    return check


def whole(submission: Submission) -> Iterator[Finding]:
    """What only the whole of what somebody wrote shows."""
    text = "\n".join(piece.text for piece in pieces(submission) if piece.field == "text")
    for finding in spam_in_all(text):
        yield replace(finding, field="text")


def register_screening() -> None:
    checks.register("hidden", by(unseen_in, instructions_in))
    checks.register("personal", by(personal_in))
    checks.register("spam", by(spam_in))
    checks.register("repetition", whole)
