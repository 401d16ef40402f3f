"""Can it be read as a file of the library, does it change anything, has it a name, and may it be shared."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from patterns.checks import Finding, Weight
from patterns.checks.reading import document_of
from patterns.format import facets
from patterns.models import Submission


def readable(submission: Submission) -> Iterator[Finding]:
    document = document_of(submission)
    if not document.readable:
        said = "; ".join(f"line {problem.line} {problem.reason}" for problem in document.problems[:3])
        yield Finding(
            Weight.BLOCK,
            _("This cannot be read as a pattern: %(said)s.") % {"said": said},
            "text",
            why=_("What cannot be read cannot be shown, searched or exported."),
            advice=_("Mend that line, or begin from the form, which writes the file for you."),
        )
    elif not document.title:
        yield Finding(
            Weight.BLOCK,
            _("Give it a title."),
            "title",
            why=_("It is found, linked and cited by its title."),
            advice=_("Two to five words that name what people do, as they would say it."),
        )
    elif not facets(document).summary:
        yield Finding(
            Weight.WARN,
            _("A summary of one or two sentences is missing."),
            "summary",
            why=_("Lists, searches and answers show the summary first."),
            advice=_("Say what it is and whom it helps."),
        )


def changed(submission: Submission) -> Iterator[Finding]:
    """An edit that changes nothing is not sent."""
    if submission.based_on is not None and submission.text == submission.based_on.source:
        yield Finding(Weight.BLOCK, _("Nothing is changed yet."), advice=_("Open a section and change its words."))


def licence(submission: Submission) -> Iterator[Finding]:
    if not submission.consent:
        yield Finding(
            Weight.BLOCK,
            _("Agree that it may be shared under CC BY-SA 4.0."),
            "consent",
            why=_("Everything in the library may be copied and changed by everyone, with credit."),
            advice=_("Tick the box if it is yours to give. Text copied from elsewhere usually is not."),
        )
