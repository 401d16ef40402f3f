"""Render a whole body: section by section, so that every section's anchor exists and no block runs into the next."""

import re
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from django.utils.safestring import SafeString
from markdown_it.token import Token

from patterns.rendering import cleaning, parsing
from patterns.rendering.diagrams import with_drawings
from patterns.rendering.highlight import Passage, place_signs, signs_to_marks, without_signs
from patterns.rendering.lead import lift
from patterns.rendering.words import in_words, sign, without_foreign_signs
from patterns.texts.sections import Section, split

VERSION: Final = 3  # raise it when the HTML changes: stored copies of older versions are made anew
LONGEST_BODY: Final = 2_000_000  # characters; beyond, the text is shown as it stands
_NOTHING: Final = SafeString("")
_NOT_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Clean HTML (safe to show as it is) and the headed sections in it, `level` 2 to 6 as the page shows them.

    `sections` keep their offsets into the body; titles come without numbering (`Section 1: Context` is `Context`).
    `lead` is what was lifted out of the text to stand before it; empty unless it was asked for.
    """

    html: SafeString
    sections: tuple[Section, ...]
    lead: SafeString = _NOTHING


def render(markdown: str, *, title: str = "", summary: str = "", passage: tuple[int, int] | None = None) -> Rendered:
    """Return `markdown` as clean HTML in the active language.

    `title` and `summary`: what the page shows already; a first heading or first paragraph that repeats them is left
    out. `passage`: characters of the body to mark, as `<mark class="cited">`, the first with the id `passage`.
    """
    composed = compose(markdown, title=title, summary=summary, passage=passage)
    return replace(composed, html=in_words(composed.html))


def compose(
    markdown: str, *, title: str = "", summary: str = "", passage: tuple[int, int] | None = None, lead: bool = False
) -> Rendered:
    """Return what `render` does for every language at once: words of the interface stand in it as signs.

    `lead`: lift the first sentences out of the text, for a page that has no summary to begin with.
    """
    markdown = without_foreign_signs(markdown)
    if len(markdown) > LONGEST_BODY:
        return Rendered(html=cleaning.clean(f'<pre tabindex="0"><code>{escape(markdown)}</code></pre>'), sections=())
    body = without_signs(markdown) if passage is None else markdown
    env: dict = {}
    parts: list[tuple[Section, list[Token]]] = []
    shown = _shown_sections(split(body), title=title)
    for section in shown:
        text = body[section.start : section.end]
        if section.level:
            text = text.partition("\n")[2]
        tokens = parsing.blocks(text, env=env)
        if passage is not None:
            here = Passage(*passage).within(section.end - len(text), section.end)
            if here is not None:
                place_signs(tokens, source=text, passage=here)
        parts.append((section, _without_outer_rules(tokens)))
    if summary and passage is None and parts:
        _drop_repeated(parts[0][1], summary)
    for _section, tokens in parts:
        parsing.inlines(tokens, env=env)
        if passage is not None:
            signs_to_marks(tokens)
    first = lift([(bool(section.title), tokens) for section, tokens in parts]) if lead and passage is None else []
    html = "".join(_heading(section) + parsing.html(tokens, env=env) for section, tokens in parts)
    return Rendered(
        html=with_drawings(cleaning.clean(html)),
        sections=tuple(section for section in shown if section.title),
        lead=cleaning.clean(parsing.inline_html(first, env=env)),
    )


def _heading(section: Section) -> str:
    """The heading with its own address beside it: a link inside would be read as part of the title."""
    if not section.title:
        return ""
    level, anchor = section.level, escape(section.anchor)
    heading = f'<h{level} id="{anchor}">{escape(section.title)}</h{level}>'
    own = f'<a class="anchor" href="#{anchor}" aria-labelledby="{anchor}"></a>'
    return f'<div class="heading">{heading}{own}{sign("section", anchor)}</div>\n'


def _shown_sections(sections: tuple[Section, ...], *, title: str) -> list[Section]:
    """Return `sections` with the levels and titles of the page; a first heading that is its title loses its own."""
    headed = [section for section in sections if section.level]
    repeated = headed[0] if headed and title and _words(headed[0].name) == _words(title) else None
    levels = sorted({section.level for section in headed if section is not repeated})
    depth = {level: min(place + 2, 6) for place, level in enumerate(levels)}
    return [
        replace(section, title="", level=section.level and 1)
        if section is repeated
        else replace(section, title=section.name or section.title, level=depth.get(section.level, 0))
        for section in sections
    ]


def _without_outer_rules(tokens: list[Token]) -> list[Token]:
    """Drop thematic breaks at the ends of a section: its heading draws the line already."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].type == "hr":
        first += 1
    while last > first and tokens[last - 1].type == "hr":
        last -= 1
    return tokens[first:last]


def _drop_repeated(tokens: list[Token], summary: str) -> None:
    """Remove the first paragraph when it says the same as `summary`, word for word."""
    kinds = [token.type for token in tokens[:3]]
    if kinds == ["paragraph_open", "inline", "paragraph_close"] and _words(tokens[1].content) == _words(summary):
        del tokens[:3]


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", text).strip().casefold()
