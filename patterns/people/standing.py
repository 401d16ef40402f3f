"""How well the site knows somebody: a newcomer's first link deserves a second look, a reviewer's hundredth none."""

from enum import StrEnum

from patterns.enums import Role, SubmissionState
from patterns.people.roles import Person, has_role


class Standing(StrEnum):
    """From least to best known; a reviewer is trusted by people, everybody else by what was accepted of theirs."""

    VISITOR = "visitor"
    NEWCOMER = "newcomer"
    KNOWN = "known"
    REVIEWER = "reviewer"


def standing(user: Person) -> Standing:
    """Where `user` stands. At most one query, none for visitors and for people with a role."""
    from patterns.models import Submission

    if user is None or not user.is_authenticated:
        return Standing.VISITOR
    if has_role(user, Role.REVIEWER, Role.CURATOR, Role.ADMIN):
        return Standing.REVIEWER
    if has_role(user, Role.CONTRIBUTOR):
        return Standing.KNOWN
    accepted = Submission.objects.filter(author=user, state=SubmissionState.ACCEPTED)
    return Standing.KNOWN if accepted.exists() else Standing.NEWCOMER


def is_new(user: Person) -> bool:
    """True while nothing of theirs was accepted and nobody gave them a role."""
    return standing(user) in {Standing.VISITOR, Standing.NEWCOMER}
