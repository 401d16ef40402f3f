"""Nothing anyone can write comes out able to run, load, or reach the page around it."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patterns.rendering import render

# fmt: off
ALLOWED_TAGS = frozenset({
    "a", "blockquote", "br", "code", "del", "details", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "h5",
    "h6", "hr", "li", "mark", "ol", "p", "pre", "s", "span", "strong", "summary", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
})
DRAWN_TAGS = frozenset({"svg", "path", "polygon", "rect", "text", "tspan"})
ALLOWED_ATTRIBUTES = frozenset({
    "href", "title", "rel", "class", "id", "start", "role", "tabindex", "scope", "open", "aria-label",
    "aria-labelledby",
})
DRAWN_ATTRIBUTES = frozenset({
    "class", "role", "aria-label", "width", "height", "viewbox", "focusable", "d", "points", "x", "y", "rx",
    "font-size", "text-anchor",
})
# fmt: on
ALLOWED_SCHEMES = ("http:", "https:", "mailto:")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")  # RFC 3986, section 3.1

FRAGMENTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<style>*{display:none}</style>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<div hx-get='/admin' hx-trigger='load' data-x=1>",
    "<a href='javascript:alert(1)'>x</a>",
    "<math><mi//xlink:href='data:x,<script>1</script>'>",
    "<form action=/evil><input name=q>",
    "<!-- <script> -->",
    "<![CDATA[<script>1</script>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![x](https://tracker.example/pixel.gif)",
    '[x](https://a.example "onmouseover=alert(1)")',
    '[x](<https://a.example" onclick="alert(1)>)',
    "<javascript:alert(1)>",
    '<https://a.example/"onclick=alert(1)>',
    "[r]: javascript:alert(1)\n\n[r]",
    "# <script>alert(1)</script>",
    '# x" onclick="alert(1)',
    "```html\n<script>alert(1)</script>\n```",
    '```" onclick="alert(1)\nx\n```',
    "```mermaid\n</code></pre><script>alert(1)</script>\n```",
    '```mermaid\ngraph TD\nA["<script>alert(1)</script>"] -->|"<img src=x onerror=1>"| B["</svg><b onclick=1>"]\n```',
    "\ue010drawing\ue011graph TD\nA-->B\ue012",
    '\ue010section\ue011" onclick="alert(1)\ue012',
    '![x](https://a.example\ue012"onclick=alert(1)>)',
    "| <img src=x onerror=1> |\n|---|\n| <script>1</script> |",
    "> [!NOTE] <img src=x onerror=1>\n> [x](javascript:1)",
    '> [!NOTE" onclick=1] x',
    "\ue000\ue001",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "\0",
    "**[x](javascript:1)**",
    "~~<b onclick=1>~~",
]


class _Reader(HTMLParser):
    """Reads HTML as a browser's tokenizer would, and objects to what is not on the list."""

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED_TAGS | DRAWN_TAGS, tag
        for name, value in attrs:
            assert name in (DRAWN_ATTRIBUTES if tag in DRAWN_TAGS else ALLOWED_ATTRIBUTES), (tag, name)
            if name == "href":
                address = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value or "").lower()  # as browsers read it
                assert not SCHEME.match(address) or address.startswith(ALLOWED_SCHEMES), value

    def handle_comment(self, data):
        raise AssertionError(data)

    def handle_decl(self, decl):
        raise AssertionError(decl)

    def handle_pi(self, data):
        raise AssertionError(data)


def harmless(html: str) -> None:
    reader = _Reader()
    reader.feed(html)
    reader.close()


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_known_tricks_come_out_harmless(fragment):
    harmless(render(fragment).html)
    harmless(render(f"text {fragment} text\n\n## {fragment}\n\n- {fragment}\n\n> {fragment}\n").html)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=8).map("".join))
def test_no_mixture_of_tricks_comes_out_harmful(text):
    harmless(render(text).html)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=20)), max_size=6).map("\n".join),
    st.integers(0, 200),
    st.integers(1, 100),
)
def test_marking_a_passage_opens_no_gap(text, start, length):
    harmless(render(text, passage=(start, start + length)).html)


SLOW = [
    "[" * 100_000,
    "![" * 60_000,
    "[a](" * 40_000,
    "[x](<" * 30_000,
    "**a_" * 40_000,
    "`a``b" * 40_000,
    "> " * 50_000,
    "# a\n" * 20_000,
    ("[" * 19_000 + "\n\n") * 8,
    "|" * 50_000 + "\n" + "|-" * 50_000,
    "\\" * 200_000,
    "&#" * 90_000,
]


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_text_made_to_be_slow_is_rendered_in_proportion_to_its_length(text):
    """A guard against running for minutes, with room for a slow machine; the measurements are in bench/."""
    started = time.monotonic()
    render(text)
    assert time.monotonic() - started < 20
