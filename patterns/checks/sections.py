"""Sections a proposal takes out, leaves empty or lacks, and what a template left in them."""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patterns.checks import Finding, Weight
from patterns.checks.excerpts import excerpt
from patterns.checks.reading import base_of, document_of
from patterns.enums import SubmissionKind
from patterns.format import Document
from patterns.models import Submission

FEWEST_WORDS: Final = 60  # of a new pattern's body
SHOWN: Final = 5  # remarks of one kind
# What every pattern has to say somewhere, the words its headings may use for it, and what to write there.
WANTED: Final[tuple[tuple[str | Promise, re.Pattern[str], str | Promise], ...]] = (
    (
        gettext_lazy("the problem"),
        re.compile(r"problem|challenge|tension|forces|need|why|overview|context|introduction", re.IGNORECASE),
        gettext_lazy("Say what goes wrong without it, and for whom."),
    ),
    (
        gettext_lazy("the solution"),
        re.compile(r"solution|therefore|practice|principle|how it works|approach|what helps|method", re.IGNORECASE),
        gettext_lazy("Say what people do, so that somebody could begin on Monday."),
    ),
    (
        gettext_lazy("when not to use it"),
        re.compile(
            r"not to use|consequence|limit|risk|trade-?off|anti-?pattern|critici|disadvantage|gotcha|challenge|"
            r"when to use|decay",
            re.IGNORECASE,
        ),
        gettext_lazy("Say where it fails or does harm. That is what readers trust."),
    ),
)
_HINT: Final = re.compile(
    r"\(\s*\d{2,4}\s*(?:-|–|to)\s*\d{2,4}\s+words[^()\n]{0,60}\)|\[(?:insert|your|describe|todo)\b[^\]\n]{0,80}\]|"
    r"\b(?:lorem ipsum|TO-?DO|TBD)\b",
    re.IGNORECASE,
)


def sections(submission: Submission) -> Iterator[Finding]:
    """Sections an edit takes out, sections without words, and what a new pattern leaves out."""
    document, base = document_of(submission), base_of(submission)
    yield from _gone(document, base)
    yield from _empty(document)
    yield from _hints(document, base)
    if submission.kind == SubmissionKind.NEW_PATTERN and document.readable:
        yield from _lacking(document)


def _gone(document: Document, base: Document) -> Iterator[Finding]:
    kept = {section.anchor for section in document.sections}
    for gone in [section for section in base.sections if section.title and section.anchor not in kept][:SHOWN]:
        yield Finding(
            Weight.WARN,
            _("The section “%(title)s” is gone or has another name.") % {"title": gone.name},
            why=_("Links and citations point to sections by their names."),
            advice=_("If you meant to, say why in the note. If not, put its heading back."),
        )


def _empty(document: Document) -> Iterator[Finding]:
    found = document.sections
    deepest = max((section.level for section in found), default=0)
    for section in [one for one in found if one.title and one.level >= deepest]:
        if not document.body[section.start : section.end].partition("\n")[2].strip():
            yield Finding(
                Weight.WARN,
                _("The section “%(title)s” is empty.") % {"title": section.name},
                "text",
                section.name,
                why=_("A heading without words promises something and gives nothing."),
                advice=_("Write a sentence, or take the heading out."),
            )


def _hints(document: Document, base: Document) -> Iterator[Finding]:
    seen = 0
    for section in document.sections:
        text = document.body[section.start : section.end]
        for match in _HINT.finditer(text):
            if match[0] in base.body or seen == SHOWN:
                continue
            seen += 1
            yield Finding(
                Weight.NOTE,
                _("This looks like a hint of a template that was left in the text."),
                "text",
                section.name,
                excerpt(text, match.start(), match.end()),
                why=_("Readers stumble over words that were meant for the author."),
                advice=_("Take it out, or write what it asks for."),
            )


def _lacking(document: Document) -> Iterator[Finding]:
    if len(document.body.split()) < FEWEST_WORDS:
        yield Finding(
            Weight.WARN,
            _("It is very short. Say at least what the problem is and what helps."),
            "text",
            why=_("Somebody who has never heard of it should be able to try it."),
            advice=_("A few sentences for each section are enough to begin with."),
        )
        return
    headings = [section.name for section in document.sections if section.title]
    for what, words, advice in WANTED:
        if not any(words.search(heading) for heading in headings):
            yield Finding(
                Weight.WARN,
                _("No section says %(what)s.") % {"what": what},
                "text",
                why=_("Readers look for it in every pattern, and answers quote it."),
                advice=str(advice),
            )
