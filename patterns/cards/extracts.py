"""Find in a revision what a card says: lead, problem and solution, in plain words. Pure.

Newer files have sections of these names. Older ones open with an overview that names the problem in passing, and list
practices by name; a card then says these.
"""

import re
from collections.abc import Iterator
from typing import Final

from markdown_it.token import Token

from patterns.cards.card import Content
from patterns.queries.excerpts import first_words
from patterns.rendering import parsing
from patterns.texts.sections import Section, split

READ: Final = 24_000  # characters of a body in which they are looked for
_SECTION_READ: Final = 3_000
_PARAGRAPHS: Final = 4
_PRACTICES: Final = 8
_PROBLEM: Final = frozenset({"problem", "the problem", "problem statement", "challenge", "the challenge"})
_SOLUTION: Final = frozenset({"solution", "the solution", "core solution"})
_PRACTICE: Final = ("key practices", "core principles")
_NAMES_PROBLEM: Final = re.compile(r"(?:(?<=[.!?] )|^)[^.!?]*\b(?:core |main |central )?problems?\b[^.!?]*[.!?]")
_LEADS_TO_LIST: Final = re.compile(r"(?:(?<=[.!?] )|^)[^.!?]*:$")


def content(title: str, summary: str, body: str) -> Content:
    """Return what a card of this revision says; `body` may be cut after `READ` characters."""
    sections = split(body[:READ])
    problem = _words_under(_PROBLEM, sections, body)
    solution = _words_under(_SOLUTION, sections, body)
    lead = " ".join(summary.split())
    if not lead or not problem:
        overview = _overview(sections, body)
        found = _NAMES_PROBLEM.search(overview) if not problem else None
        if found:
            problem = overview[found.start() :].strip()
        if not lead:
            before = overview[: found.start()].strip() if found else overview
            lead = before or first_words(body, longest=600)
            problem = "" if problem == lead else problem
    practice = () if solution else _practices(sections, body)
    return Content(title=title, lead=lead, problem=problem, solution=solution, practice=practice)


def _words_under(names: frozenset[str], sections: tuple[Section, ...], body: str) -> str:
    for section in sections:
        if section.name.casefold().strip(" :") in names:
            return " ".join(list(_paragraphs(_tokens(section, body)))[:_PARAGRAPHS])
    return ""


def _overview(sections: tuple[Section, ...], body: str) -> str:
    """The first paragraphs of the body that are prose, whatever stands above them."""
    for section in sections:
        paragraphs = list(_paragraphs(_tokens(section, body)))
        if paragraphs:
            return " ".join(paragraphs[:2])
    return ""


def _practices(sections: tuple[Section, ...], body: str) -> tuple[str, ...]:
    """The names that open the items of a list of practices: `1. **Taking initiative:** …`."""
    by_name = {section.name.casefold(): section for section in reversed(sections)}
    for wanted in _PRACTICE:
        if wanted in by_name:
            named = [_opening_name(token) for token in _tokens(by_name[wanted], body, read=READ)]
            found = tuple(dict.fromkeys(name for name in named if name))[:_PRACTICES]
            if found:
                return found
    return ()


def _opening_name(token: Token) -> str:
    children = [child for child in token.children or [] if child.content or child.type == "strong_open"]
    if token.type != "inline" or len(children) < 2 or children[0].type != "strong_open":
        return ""
    return re.sub(r"^\d+\.\s*", "", " ".join(children[1].content.split())).strip(" :.")[:80]


def _tokens(section: Section, body: str, *, read: int = _SECTION_READ) -> list[Token]:
    text = body[section.start : min(section.end, section.start + read)]
    text = text.partition("\n")[2] if section.level else text
    tokens = parsing.blocks(text, env={})
    parsing.inlines(tokens, env={})
    return tokens


def _paragraphs(tokens: list[Token]) -> Iterator[str]:
    """Yield each paragraph of prose, quotes included, lists and tables aside, in plain words.

    A last clause that only leads to a list (`It fails when:`) is left out, since the list is.
    """
    inside = 0
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open", "table_open"}:
            inside += 1
        elif token.type in {"bullet_list_close", "ordered_list_close", "table_close"}:
            inside -= 1
        elif token.type == "inline" and not inside:
            words = " ".join("".join(_plain(token.children or [])).split())
            words = _LEADS_TO_LIST.sub("", words).strip()
            if words:
                yield words


def _plain(children: list[Token]) -> Iterator[str]:
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            yield " "
        elif child.type in {"text", "code_inline"}:
            yield child.content
