"""Reads a whole page as a browser would and says what on it could run, load from elsewhere, or leave the page."""

import json
import re
from html.parser import HTMLParser

# What no page of ours has, whoever wrote what stands on it.
FOREIGN = frozenset(
    [
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "base",
        "style",
        "marquee",
        "portal",
        "math",
        "keygen",
        "isindex",
        "bgsound",
        "xmp",
        "plaintext",
        "video",
        "audio",
        "source",
        "track",
        "canvas",
        "slot",
        "foreignobject",
        "animate",
        "set",
        "use",
        "image",
        "area",
        "map",
    ]
)
ADDRESSES = frozenset(
    [
        "href",
        "src",
        "action",
        "formaction",
        "data",
        "poster",
        "srcset",
        "cite",
        "background",
        "xlink:href",
        "ping",
        "manifest",
    ]
)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
HARMLESS = ("http:", "https:", "mailto:")
LOADS = frozenset({"src", "data", "poster", "srcset", "background"})  # these are fetched without anybody's click
OURS = re.compile(r"/(?!/)|#|\?|$|\.")


class _Page(HTMLParser):
    """Gathers what is wrong; `nonce` is the one the policy of the response names."""

    def __init__(self, nonce: str) -> None:
        super().__init__(convert_charrefs=True)
        self.nonce, self.wrong, self.json, self.text = nonce, [], None, []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in FOREIGN or "-" in tag or not re.fullmatch(r"[a-z][a-z0-9]*", tag):
            self.wrong.append(f"<{tag}>")
        for name, value in given.items():
            self._attribute(tag, name, value)
        if tag == "script":
            self._script(given)
        if tag == "meta" and given.get("http-equiv"):
            self.wrong.append(f"meta http-equiv={given['http-equiv']}")
        if tag == "form" and not OURS.match(given.get("action", "")):
            self.wrong.append(f"form to {given['action']}")
        if tag == "link" and given.get("rel") in {"stylesheet", "icon", "import"} and not OURS.match(given["href"]):
            self.wrong.append(f"link to {given['href']}")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or (name in {"style", "srcdoc", "_", "nonce"} and tag != "script"):
            self.wrong.append(f"<{tag} {name}>")
        if name.startswith(("hx-on", "data-hx", "data-script")):
            self.wrong.append(f"<{tag} {name}>")
        if name in ADDRESSES or (name.startswith("hx-") and name.endswith(("get", "post"))):
            address = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value).lower()  # as browsers read it
            if SCHEME.match(address) and not address.startswith(HARMLESS):
                self.wrong.append(f"<{tag} {name}={value[:60]!r}>")
            if name in LOADS and not OURS.match(address):
                self.wrong.append(f"<{tag} {name}={value[:60]!r}> loads from elsewhere")

    def _script(self, given: dict[str, str]) -> None:
        if given.get("type") == "application/ld+json":
            self.json = []
        elif not given.get("src", "").startswith("/static/"):
            self.wrong.append(f"script {given}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self.json is not None:
            said, self.json = "".join(self.json), None
            if "<" in said:
                self.wrong.append("a bare < in JSON-LD")
            try:
                json.loads(said)
            except ValueError as problem:
                self.wrong.append(f"JSON-LD: {problem}")

    def handle_data(self, data: str) -> None:
        if self.json is not None:
            self.json.append(data)
        elif self.cdata_elem == "script" and data.strip():
            self.wrong.append(f"inline script {data[:60]!r}")
        else:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data[:60]!r}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"declaration {data[:60]!r}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"instruction {data[:60]!r}")


def wrong_with(html: str, *, nonce: str = "") -> list[str]:
    """Everything on the page, or in the fragment, that should not be there."""
    page = _Page(nonce)
    page.feed(html)
    page.close()
    return page.wrong


def text_of(html: str) -> str:
    """The words of a page."""
    page = _Page("")
    page.feed(html)
    page.close()
    return " ".join("".join(page.text).split())
