"""The Markdown dialect: CommonMark with tables and strikethrough, no raw HTML, no setext headings, no loaded pictures.

Headings are not parsed here at all: `patterns.texts.sections` decides what a heading is, for pages, passages and
citations alike. Limits keep the cost of hostile text in proportion to its length (measured in bench/rendering.py).
"""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore, inline, text_join
from markdown_it.token import Token

from patterns.rendering.diagrams import figure
from patterns.rendering.words import sign

LONGEST_INLINE: Final = 20_000  # characters; beyond, a paragraph is shown as plain text
MOST_BRACKETS: Final = 400  # in one paragraph; each unclosed one makes the parser read on to its end
_NESTING: Final = 40
_PADDING: Final = re.compile(r"(?<=\S)[ \t]{20,}")
_RULE: Final = re.compile(r"-{60,}")
_HOST: Final = re.compile(r"[\w.:-]+\Z")
_CALLOUT: Final = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*([^\n]*)(?:\n|$)", re.IGNORECASE)


class _Renderer(RendererHTML):
    """HTML for the tokens this dialect shapes itself."""

    def table_open(self, *_: Any) -> str:
        return '<div class="table-scroll" role="region" tabindex="0"><table>\n'

    def table_close(self, *_: Any) -> str:
        return "</table></div>\n"

    def fence(self, tokens: list[Token], index: int, *_: Any) -> str:
        token = tokens[index]
        language = token.info.split(maxsplit=1)[0].lower() if token.info.strip() else ""
        cited = ' class="cited-block"' if token.attrGet("class") else ""
        block = f'<pre tabindex="0"{cited}><code>{escapeHtml(token.content)}</code></pre>\n'
        return figure(token.content, block=block, cited=bool(cited)) if language == "mermaid" else block

    code_block = fence

    def elsewhere(self, tokens: list[Token], index: int, *_: Any) -> str:
        return f' <span class="elsewhere">({sign("elsewhere", escapeHtml(tokens[index].content))})</span>'


_MARKDOWN: Final = (
    MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING}, renderer_cls=_Renderer)
    .enable(["table", "strikethrough"])
    .disable(["heading", "lheading", "html_block", "html_inline"])
)


def blocks(text: str, *, env: dict) -> list[Token]:
    """Parse `text` into block tokens with their inline text still unparsed; link definitions gather in `env`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    tokens: list[Token] = []
    _MARKDOWN.block.parse(_RULE.sub("---", _PADDING.sub(" ", text)), _MARKDOWN, env, tokens)
    if any(token.level >= _NESTING - 2 for token in tokens):  # the parser drops what lies deeper; a page must not
        return [Token("code_block", "code", 0, content=text, block=True, map=[0, text.count("\n") + 1])]
    _shape_callouts(tokens)
    return tokens


def inlines(tokens: list[Token], *, env: dict) -> None:
    """Parse the inline text of `tokens` in place."""
    for token in tokens:
        if token.type == "inline" and (len(token.content) > LONGEST_INLINE or token.content.count("[") > MOST_BRACKETS):
            token.type, token.children = "text", None
    state = StateCore("", _MARKDOWN, env, tokens)
    inline(state)
    text_join(state)
    for token in tokens:
        if token.type == "inline":
            token.children = list(_pictures_to_links(token.children or []))
        elif token.type in {"th_open", "td_open"}:
            _shape_cell(token)


def html(tokens: list[Token], *, env: dict) -> str:
    """Return the HTML of parsed `tokens`; not clean yet."""
    return _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env)


def inline_html(children: list[Token], *, env: dict) -> str:
    """Return the HTML of parsed inline tokens; not clean yet."""
    return _MARKDOWN.renderer.renderInline(children, _MARKDOWN.options, env)


def _shape_callouts(tokens: list[Token]) -> None:
    """Turn quotes that begin with `[!NOTE]` and its kin into labelled notes."""
    index = 0
    while index < len(tokens) - 2:
        token, text = tokens[index], tokens[index + 2]
        found = _CALLOUT.match(text.content) if token.type == "blockquote_open" and text.type == "inline" else None
        if found:
            closing = next(
                other for other in tokens[index:] if other.type == "blockquote_close" and other.level == token.level
            )
            token.tag = closing.tag = "div"
            token.attrs = {"class": f"callout callout-{found[1].lower()}", "role": "note"}
            label = Token(
                "inline", "", 0, content=found[2].strip() or sign(found[1].lower()), map=text.map, children=[]
            )
            text.content = text.content[found.end() :].lstrip()
            opening = Token("paragraph_open", "p", 1, attrs={"class": "meta"}, block=True)
            tokens[index + 1 : index + 1] = [opening, label, Token("paragraph_close", "p", -1, block=True)]
            if not text.content:
                del tokens[index + 4 : index + 7]
        index += 1


def _shape_cell(token: Token) -> None:
    """Say alignment with a class, for a page that allows no style attributes."""
    style = str(token.attrs.pop("style", ""))
    if token.type == "th_open":
        token.attrSet("scope", "col")
    for word, name in (("right", "right"), ("center", "centre")):
        if word in style:
            token.attrSet("class", name)


def _pictures_to_links(children: list[Token]) -> list[Token]:
    """Replace pictures by links with their words: a page loads nothing from elsewhere."""
    shown: list[Token] = []
    in_link = 0
    for place, child in enumerate(children):
        if child.type == "link_open" and children[place + 1].content == child.attrGet("href"):
            child.attrSet("class", "bare")  # it shows its address already, so paper need not add it
        in_link += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type != "image":
            shown.append(child)
            continue
        words = Token("text", "", 0, content=child.content.strip() or sign("picture"))
        address = str(child.attrGet("src") or "")
        host = _host(address)
        if in_link or not host:
            shown.append(words)
        else:
            opening = Token("link_open", "a", 1, attrs={"href": address, "class": "picture"})
            where = Token("elsewhere", "span", 0, content=host)
            shown += [opening, words, Token("link_close", "a", -1), where]
    return shown


def _host(address: str) -> str:
    """Return where a picture would be loaded from; empty for anything but an honest address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = parts.hostname or ""
    return host if parts.scheme.lower() in {"http", "https"} and _HOST.match(host) else ""
