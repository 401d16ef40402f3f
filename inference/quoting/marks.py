"""The light Markdown of a quoting answer: paragraphs, `- ` and `1. ` items, `## ` headings, a mark a quotation."""

import re
from collections.abc import Sequence

from inference.quoting.reading import Said


def cited(run: Sequence[Said]) -> str:
    """Neighbouring sentences of one passage with their mark once, at their end."""
    return f"{flat(' '.join(one.text for one in run))} [{run[-1].number}]"


def item(run: Sequence[Said], *, label: str = "", sign: str = "-") -> str:
    """A list item, with its own name where it has one."""
    name = label or run[0].label
    return f"{sign} **{flat(name)}**: {cited(run)}" if name else f"{sign} {cited(run)}"


def part(label: str, run: Sequence[Said]) -> str:
    """A paragraph under a bold name."""
    return f"**{label}**: {cited(run)}"


def flat(text: str) -> str:
    """Text on one line in which nothing looks like a citation, a heading, a table or an item of ours."""
    plain = text.replace("*", "").replace("|", "/").replace("`", "'")
    plain = re.sub(r"[\[【](\d[\d ,–-]*)([\]】]?)", lambda mark: f"({mark[1]}{')' if mark[2] else ''}", plain)
    return re.sub(r"^(?:#+|[-•–]|\d{1,2}[.)])\s+", "", " ".join(plain.split()))
