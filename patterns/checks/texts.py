"""The checks that need no model: is it readable, whole and licensed, do its links and relations lead somewhere."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from patterns import checks, egress
from patterns.checks import Finding, Weight
from patterns.enums import SubmissionKind
from patterns.format import Document, facets, parse
from patterns.models import Submission
from patterns.names import Names

FILES = (SubmissionKind.NEW_PATTERN, SubmissionKind.EDIT, SubmissionKind.LIGHTHOUSE)
_LINK = re.compile(r"\]\(\s*<?([^\s)>]+)|(?<![(<\w])(https?://[^\s<>)\]\"']+)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
FEWEST_WORDS = 60  # of a new pattern's body
SHOWN = 5  # remarks of one kind before the rest is only counted


def readable(submission: Submission) -> Iterator[Finding]:
    document = parse(submission.text)
    if not document.readable:
        said = "; ".join(f"line {problem.line} {problem.reason}" for problem in document.problems[:3])
        yield Finding(Weight.BLOCK, _("This cannot be read as a pattern: %(said)s.") % {"said": said})
    elif not document.title:
        yield Finding(Weight.BLOCK, _("Give it a title."), "title")
    elif not facets(document).summary:
        yield Finding(Weight.WARN, _("A summary of one or two sentences is missing."), "summary")


def changed(submission: Submission) -> Iterator[Finding]:
    """An edit that changes nothing is not sent."""
    if submission.based_on is not None and submission.text == submission.based_on.source:
        yield Finding(Weight.BLOCK, _("Nothing is changed yet."))


def sections(submission: Submission) -> Iterator[Finding]:
    """Sections an edit takes out, sections without words, and new patterns of a few words."""
    document, base = parse(submission.text), _base(submission)
    kept = {section.anchor for section in document.sections}
    for gone in [section for section in base.sections if section.title and section.anchor not in kept][:SHOWN]:
        yield Finding(Weight.WARN, _("The section “%(title)s” is gone or has another name.") % {"title": gone.name})
    for section in document.sections:
        text = document.body[section.start : section.end].partition("\n")[2]
        if section.title and not text.strip() and section.level >= _deepest(document):
            yield Finding(Weight.WARN, _("The section “%(title)s” is empty.") % {"title": section.name})
    if submission.kind == SubmissionKind.NEW_PATTERN and len(document.body.split()) < FEWEST_WORDS:
        yield Finding(Weight.WARN, _("It is very short. Say at least what the problem is and what helps."))


def licence(submission: Submission) -> Iterator[Finding]:
    if not submission.consent:
        yield Finding(Weight.BLOCK, _("Agree that it may be shared under CC BY-SA 4.0."), "consent")


def links(submission: Submission) -> Iterator[Finding]:
    """Only the form of links is looked at; nothing is fetched. Links that were there before are not remarked on."""
    before = set(_links(_base(submission).body))
    fresh = [link for link in dict.fromkeys(_links(parse(submission.text).body)) if link not in before]
    for link in fresh[:200]:
        if not _SCHEME.match(link) or link.lower().startswith("mailto:"):
            continue
        try:
            egress.check_url(link, resolve=False)
        except egress.Refused as refusal:
            said = {"link": link[:80], "why": refusal}
            yield Finding(Weight.WARN, _("The link “%(link)s” will not work: %(why)s") % said)


def relations(submission: Submission) -> Iterator[Finding]:
    """Relations that name no pattern of this library; they may be sent, and resolve when the pattern appears."""
    document = parse(submission.text)
    before = {(one.key, one.names) for one in _base(submission).references}
    fresh = [one for one in document.references if (one.key, one.names) not in before]
    if not fresh:
        return
    names = Names.load()
    library = submission.pattern.library_id if submission.pattern else None
    lost = [one.names[0] for one in fresh if names.find(one.names, library_id=library) is None]
    for name in lost[:SHOWN]:
        yield Finding(Weight.WARN, _("“%(name)s” names no pattern here yet.") % {"name": name[:80]})


def register_all() -> None:
    """Add these checks to the registry."""
    checks.register("readable", readable, kinds=FILES)
    checks.register("changed", changed, kinds=[SubmissionKind.EDIT, SubmissionKind.LIGHTHOUSE])
    checks.register("sections", sections, kinds=FILES)
    checks.register("licence", licence)
    checks.register("links", links, kinds=FILES)
    checks.register("relations", relations, kinds=FILES)


def _base(submission: Submission) -> Document:
    return parse(submission.based_on.source if submission.based_on else "---\n---\n")


def _deepest(document: Document) -> int:
    return max((section.level for section in document.sections), default=0)


def _links(body: str) -> Iterator[str]:
    for match in _LINK.finditer(body):
        yield (match[1] or match[2]).rstrip(".,;:!?")
