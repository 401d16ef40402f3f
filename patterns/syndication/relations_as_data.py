"""The relations of one pattern for programs: as JSON, and as Markdown for whatever reads plain text. Pure.

What nobody reviewed says so, and what speaks against it is there as codes that stay the same and as words.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from patterns.queries.relation_groups import Neighbour
from patterns.syndication.plain_text import escaped

Address = Callable[[str], str]  # of a pattern, by its slug
SECTIONS: Final = (
    ("Approved", lambda one: not one.suggested),
    ("Suggested, not reviewed", lambda one: one.suggested and not one.doubted),
    ("Suggested, with doubts", lambda one: one.doubted),
)


def as_json(found: Iterable[Neighbour], *, address: Address) -> list[dict[str, Any]]:
    """Return each neighbour as a record; `doubts` is empty where nothing speaks against it."""
    return [
        {
            "relation": one.relation,
            "kind": one.kind,
            "direction": "out" if one.outgoing else "in",
            "phrase": one.said,
            "slug": one.slug,
            "title": one.title,
            "address": address(one.slug),
            "state": "suggested" if one.suggested else "approved",
            "evidence": one.evidence,
            "suggested_by": one.author,
            "doubts": [{"code": doubt.code, "words": doubt.words} for doubt in one.doubts],
        }
        for one in found
    ]


def as_markdown(title: str, found: Sequence[Neighbour], *, address: Address, page: int = 1, pages: int = 1) -> str:
    """Return the neighbours as lists, what people approved apart from what a machine proposed and what is in doubt."""
    blocks = [f"# Relations of {escaped(title)}" + (f" (page {page} of {pages})" if pages > 1 else "")]
    for heading, belongs in SECTIONS:
        lines = [_line(one, address) for one in found if belongs(one)]
        blocks += [f"## {heading}", "\n".join(lines)] if lines else []
    return "\n\n".join(blocks if len(blocks) > 1 else [*blocks, "No relation joins it to another pattern."]) + "\n"


def _line(one: Neighbour, address: Address) -> str:
    said = f"- {escaped(one.said)} [{escaped(one.title)}]({address(one.slug)})"
    said += f": {escaped(one.evidence)}" if one.evidence else ""
    return said + "".join(f" Doubt: {escaped(doubt.words)}" for doubt in one.doubts)
