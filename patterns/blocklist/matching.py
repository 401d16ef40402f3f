"""Compare what people write with rules. Pure: domains with their subdomains and in whatever script, words whole.

A domain is compared in its ASCII form (IDNA, so that `exämple.org` and `xn--exmple-cua.org` are one), without a last
dot and in lower case. Words are folded by NFKC and case, and the signs nobody sees are taken out first.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r"(?:https?:)?//[^\s<>\"'`\])}]+|\bwww\.[^\s<>\"'`\])}]+|\bmailto:[^\s<>\"'`\])}]+", re.IGNORECASE)
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_DOTS = re.compile("[\u3002\uff0e\uff61]")  # what browsers read as the dot of a domain (UTS 46)
LONGEST = 500_000  # characters that are looked at


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in force, each kind by itself, as they are compared."""

    email: frozenset[str] = field(default_factory=frozenset)
    link: frozenset[str] = field(default_factory=frozenset)
    word: frozenset[str] = field(default_factory=frozenset)


def folded(text: str) -> str:
    """Return `text` as words are compared."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", _UNSEEN.sub("", text))).casefold().split())


def domain_of(name: str) -> str:
    """Return a domain in the form in which domains are compared; empty when it is none."""
    name = _DOTS.sub(".", _UNSEEN.sub("", name)).strip().strip(".").lower()
    try:
        ascii_name = name.encode("idna").decode("ascii").lower() if not name.isascii() else name
    except UnicodeError:
        return ""
    return (
        ascii_name if re.fullmatch(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9-]{1,63}", ascii_name) else ""
    )


def host_of(link: str) -> str:
    """Return the domain a link leads to, however it is written; empty when it leads nowhere."""
    link = unescape(link.strip())
    if link.lower().startswith("mailto:"):
        return domain_of(unquote(link).rpartition("@")[2].partition("?")[0])
    if link.startswith("//"):
        link = f"https:{link}"
    elif not re.match(r"[a-z][a-z0-9+.-]*:", link, re.IGNORECASE):
        link = f"https://{link}"
    try:
        return domain_of(unquote(urlsplit(link.replace("\\", "/")).hostname or ""))
    except ValueError:
        return ""


def links_in(text: str) -> Iterator[str]:
    """Yield each address in `text`, in Markdown, HTML or prose, entities read."""
    for match in _LINK.finditer(unescape(text[:LONGEST])):
        yield match[0].rstrip(".,;:!?*_~")


def blocked_domain(domain: str, rules: frozenset[str]) -> str:
    """Return the rule that `domain` or a domain above it stands under; empty when there is none."""
    parts = domain_of(domain).split(".")
    return next((above for at in range(len(parts)) if (above := ".".join(parts[at:])) in rules), "")


def blocked_words(text: str, rules: frozenset[str]) -> list[str]:
    """Return the rules whose words stand in `text` as whole words, in the order of the rules."""
    if not rules:
        return []
    said = folded(text[:LONGEST])
    return [rule for rule in sorted(rules) if re.search(rf"(?<!\w){re.escape(rule)}(?!\w)", said)]
