"""Why a step was not taken, each with a status and a sentence for the author."""

from django.utils.translation import gettext as _

from patterns.checks import Finding
from patterns.models import Submission
from patterns.submissions.states import State


class SubmissionError(Exception):
    """The step was not taken and nothing was lost; the message is for the author."""

    status = 409


class NotYours(SubmissionError):
    """Only its author moves a submission."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This belongs to somebody else."))


class WrongState(SubmissionError):
    """The submission is somewhere else by now."""

    def __init__(self, state: str) -> None:
        super().__init__(_("It is %(state)s by now, so this cannot be done.") % {"state": State(state).label})


class Overtaken(SubmissionError):
    """The draft was changed elsewhere after the form was opened; `submission` is how it stands now."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        super().__init__(_("This draft was changed in another window after you opened it here."))


class NotReady(SubmissionError):
    """Checks that cannot be passed over say no; `findings` are theirs."""

    status = 422

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(" ".join(finding.message for finding in findings))
