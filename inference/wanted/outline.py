"""Drafts an outline somebody can start a pattern from: what is known about the want, and questions in place of answers.

Pure. It states nothing a model made: titles, people's own questions, and hints on what each section is for. It is
written in the library's own file format, so that it can be imported again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from patterns.format import Document, author

MARK = "This is an outline and no pattern yet: replace every line in italics by what you know, then send it for review."
SECTIONS = (
    (
        "Context",
        "Where does this arise? Who is there, what do they share, how many are they? Let a stranger see it.",
    ),
    ("Problem", "What keeps going wrong, and why do reasonable people let it? One bold sentence, then the reasons."),
    ("Forces", "What pulls in different directions? Name each force, and what would happen if it won."),
    ("Solution", "Therefore, do what? One bold sentence, then why it works and what makes it more than advice."),
    ("Implementation", "The first steps in order, each small enough to begin on a Monday."),
    ("Consequences", "What gets better, what gets worse, what it costs, and who pays."),
    ("Known Uses", "At least two real places that do it, with names and years; add lighthouses by their titles."),
    ("When Not to Use", "Where it fails, and what does better there."),
    ("Signs of Life and Decay", "What one sees when it works, and when it is only still called that."),
    ("Sources", "Books, papers, laws and people that a reader can check; say what each one shows."),
)
LONGEST = 300  # characters of a question in the outline


@dataclass(frozen=True, slots=True)
class Near:
    """A pattern of the library that comes close, and what is known of how: `why` is a plain sentence."""

    slug: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Want:
    """What is wanted: its working title, questions people made public, who names it, and what is near."""

    title: str
    domain: str = ""
    questions: tuple[str, ...] = ()
    askers: int = 0
    named_by: tuple[str, ...] = ()
    near: tuple[Near, ...] = ()


def outline(want: Want) -> Document:
    """A file of the newer generation that `patterns.format.parse` reads without a problem."""
    title = _line(want.title) or "Untitled"
    front = {
        "slug": slugify(title)[:80].strip("-") or "wanted-pattern",
        "title": title,
        "aliases": [],
        "summary": "Say in one or two sentences what to do and what it is good for.",
        "ontology": {"domain": want.domain or "general", "search_hints": {"vector_keywords": _keywords(title)}},
        "lifecycle": {"status": "outline", "confidence": 1},
        "relationships": {"related": [{"slug": one.slug, "description": one.why} for one in want.near]},
        "sources": [],
        "license": "CC-BY-SA-4.0",
    }
    return author(front, _body(want))


def headings() -> Sequence[tuple[str, str]]:
    """The sections of an outline with the hint for each."""
    return SECTIONS


def _body(want: Want) -> str:
    parts = [f"> {MARK}"]
    for number, (name, hint) in enumerate(SECTIONS, 1):
        parts.append(f"### Section {number}: {name}")
        parts.append(f"_{hint}_")
        if name == "Problem":
            parts += _asked(want)
        elif name == "Known Uses" and want.named_by:
            parts.append("Entries of the library that name it: " + ", ".join(map(_plain, want.named_by)) + ".")
        elif name == "Sources" and want.near:
            parts.append(
                "Look first at what these patterns cite: " + ", ".join(_plain(one.title) for one in want.near) + "."
            )
    return "\n\n".join(parts) + "\n"


def _asked(want: Want) -> list[str]:
    parts = []
    if want.askers:
        parts.append(f"{want.askers} people asked for this and found no answer in the library.")
    if want.questions:
        parts.append("They asked, among other things:")
        parts.append("\n".join(f"- {_plain(question)}" for question in want.questions))
    return parts


def _keywords(title: str) -> list[str]:
    return re.findall(r"[^\W_]{3,}", title.lower())[:8]


def _line(text: str) -> str:
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())[:LONGEST]


def _plain(text: str) -> str:
    """One line of words: whatever Markdown and HTML would read as markup is escaped."""
    return re.sub(r"([\\`*_{}\[\]<>|#!])", r"\\\1", _line(text))
