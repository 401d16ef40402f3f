"""The library as plain Markdown, for whatever reads without HTML: one text, and a guide to all of it. Pure.

In English, whatever the visitor's language: machines read it, and the texts they find are as their authors wrote them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#])")

ABOUT = (
    "> A community-owned library of {patterns}: reusable solutions for organisations, cities, ecologies and lives, "
    "with lighthouses, the real places that use them."
)
READING = (
    "Every pattern is there as plain Markdown at {text}, with its licence and a citation at the top. Its relations are "
    "at {relations}."
)
CITING = (
    "To cite, name the title, the author, the revision with its address, and the licence: CC BY-SA 4.0 unless the text "
    "says otherwise. A revision never changes; the page of a pattern shows the newest."
)
TRUST = (
    "Relations shown as *suggested, not reviewed* were proposed by a machine and are no facts of the library; many are "
    "wrong, and what speaks against one stands beside it as a doubt. Tiers: bronze is contributed, silver is reviewed "
    "by another person, gold is confirmed by a lighthouse."
)


@dataclass(frozen=True, slots=True)
class Work:
    """A text with all one needs to cite it; addresses are whole. `body` is Markdown, everything else plain words."""

    title: str
    summary: str
    body: str
    address: str
    revision: int
    revision_address: str
    changed: date
    author: str
    library: str
    license: str
    attribution: str
    relations: str = ""

    @property
    def citation(self) -> str:
        """Return how to cite it: author, title, revision, date, site, permanent address, licence."""
        who = f"{self.author}: " if self.author else ""
        terms = self.license or "licence not stated"
        return (
            f"{who}“{self.title}”, revision {self.revision}, {self.changed.isoformat()}. "
            f"Commons Language Model, {self.revision_address}. {terms}."
        )


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the guide: a name, its whole address, and a few words on what is there."""

    name: str
    address: str
    note: str = ""


def markdown(work: Work) -> str:
    """Return `work` as one Markdown file: where it comes from and how to cite it as YAML, then the text as written."""
    head = {
        "title": work.title,
        "url": work.address,
        "relations": work.relations,
        "revision": work.revision,
        "revision_url": work.revision_address,
        "date": work.changed.isoformat(),
        "author": work.author,
        "library": work.library,
        "license": work.license,
        "attribution": work.attribution,
        "cite": work.citation,
    }
    known = {key: value for key, value in head.items() if value}
    front = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=10_000)
    summary = f"> {one_line(work.summary)}\n\n" if work.summary else ""
    return f"---\n{front}---\n\n# {escaped(work.title)}\n\n{summary}{work.body.strip()}\n"


def guide(*, patterns: int, text: str, relations: str, sections: Iterable[tuple[str, Sequence[Link]]]) -> str:
    """Return the site's `llms.txt` (https://llmstxt.org): title, summary, how to read and cite, lists of links.

    `text` and `relations` are what a pattern's plain text and its relations are reached by; a section without links is
    left out.
    """
    blocks = [
        "# Commons Language Model",
        ABOUT.format(patterns=_patterns(patterns)),
        READING.format(text=text, relations=relations),
        CITING,
        TRUST,
    ]
    for name, links in sections:
        if links:
            blocks += [f"## {name}", "\n".join(map(_line, links))]
    return "\n\n".join(blocks) + "\n"


def _line(link: Link) -> str:
    return f"- [{escaped(link.name)}]({link.address})" + (f": {escaped(link.note)}" if link.note else "")


def _patterns(count: int) -> str:
    return f"{count} pattern{'' if count == 1 else 's'}"


def escaped(text: str) -> str:
    """Return `text` on one line with what Markdown would read as markup taken literally."""
    return _MARKUP.sub(r"\\\1", one_line(text))


def one_line(text: str) -> str:
    return " ".join(text.split())
