"""What a new pattern and a new lighthouse begin from: their sections as data, with what belongs into each.

The sections are those of the library's newer style; a file may have others, and a person may change all of them.
"""

import secrets
import string
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patterns.format import author

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Hint:
    """One section of an outline: its heading in the file, what belongs there, how long, and a question to answer."""

    name: str
    what: Words
    length: Words
    question: Words


PATTERN: Final = (
    Hint(
        "Context",
        _("Where it arises: who is there, what they share, how many they are."),
        _("150 to 300 words"),
        _("Could a stranger tell whether this is their situation?"),
    ),
    Hint(
        "Problem",
        _("What keeps going wrong, and why reasonable people let it. One bold sentence first, then the forces."),
        _("150 to 300 words"),
        _("What pulls in two directions at once?"),
    ),
    Hint(
        "Solution",
        _("Therefore, do what? One bold sentence, then why it works and what makes it more than advice."),
        _("200 to 400 words"),
        _("What would somebody do differently from tomorrow on?"),
    ),
    Hint(
        "Implementation",
        _("The first steps in order, each small enough to begin on a Monday."),
        _("five to ten steps"),
        _("What did those who did it do first?"),
    ),
    Hint(
        "Consequences",
        _("What gets better, what gets worse, what it costs, and who pays."),
        _("150 to 300 words"),
        _("What do those complain about for whom it works?"),
    ),
    Hint(
        "Known Uses",
        _("Real places that do it, with names and years, the failed ones too."),
        _("two or more"),
        _("Whom could a reader call?"),
    ),
    Hint(
        "When Not to Use",
        _("Where it fails, and what does better there."),
        _("50 to 150 words"),
        _("Whom would you warn?"),
    ),
    Hint(
        "Signs of Life and Decay",
        _("What one sees when it works, and when it is only still called that."),
        _("50 to 150 words"),
        _("What would you look at on a visit?"),
    ),
    Hint(
        "Sources",
        _("Books, papers, laws and people that a reader can check, and what each one shows."),
        _("a sentence each"),
        _("How do you know?"),
    ),
)
LIGHTHOUSE: Final = (
    Hint(
        "Overview",
        _("What the place is, since when, how large, and why others look at it."),
        _("100 to 250 words"),
        _("What would you say of it in two minutes?"),
    ),
    Hint(
        "How It Works",
        _("Who decides, who owns, where the money comes from, what a week looks like."),
        _("150 to 300 words"),
        _("What does a newcomer have to learn?"),
    ),
    Hint(
        "Patterns in Use",
        _("One paragraph a pattern: how this place does it, and what is special about it here."),
        _("a paragraph each"),
        _("What is done here in its own way?"),
    ),
    Hint(
        "What Others Can Learn",
        _("What travels to other places, and what they would need for it."),
        _("100 to 200 words"),
        _("What would you copy first?"),
    ),
    Hint(
        "Limits and Criticism",
        _("What does not work, who says so, and what is not known."),
        _("100 to 200 words"),
        _("What would a fair critic say?"),
    ),
)
_LETTERS: Final = string.ascii_lowercase + string.digits


def new_uid() -> str:
    """An id for a new pattern, as the library writes them."""
    return "pat_" + "".join(secrets.choice(_LETTERS) for _ in range(26))


def blank_pattern(*, uid: str, licence: str) -> str:
    """Return the file a new pattern begins from: its sections, empty."""
    front: dict[str, Any] = {
        "id": uid,
        "title": "",
        "aliases": [],
        "summary": "",
        "ontology": {"domain": "", "cross_domains": []},
        "lifecycle": {"status": "draft", "confidence": 1},
        "relationships": {},
        "sources": [],
        "license": licence,
    }
    return author(front, _headings(PATTERN, "### Section {number}: {name}")).text


def blank_lighthouse(*, licence: str) -> str:
    """Return the file a new lighthouse begins from: its sections, empty."""
    keys = ("title", "type", "tagline", "description", "country", "sector", "founded")
    front: dict[str, Any] = dict.fromkeys(keys, "")
    front |= {"patterns_used": [], "sources": [], "license": licence}
    return author(front, _headings(LIGHTHOUSE, "## {name}")).text


def hint_for(name: str, outline: tuple[Hint, ...]) -> Hint | None:
    """Return what is said about a section of this name, in whichever file it stands."""
    wanted = name.casefold()
    return next((hint for hint in outline if hint.name.casefold() == wanted), None)


def _headings(outline: tuple[Hint, ...], form: str) -> str:
    return "\n\n".join(form.format(number=at, name=hint.name) for at, hint in enumerate(outline, 1)) + "\n"
