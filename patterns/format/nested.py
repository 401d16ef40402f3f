"""Find second front matters in bodies: a pattern's earlier id, by which others may still name it.

Seventeen files of the public library have one, three of them without its opening rule, one after its last section.
"""

import re
from collections.abc import Iterator

from patterns.format.document import NestedFront, Problem

_ID = re.compile(r"^id:[ \t]*[\"']?([\w.:-]{3,120})[\"']?[ \t]*\r?$", re.MULTILINE)
_OTHER = re.compile(r"^(slug|title):[ \t]*[\"']?(.*?)[\"']?[ \t]*\r?$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_END = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
_REACH = 4000


def read_nested(text: str, body_start: int) -> tuple[tuple[NestedFront, ...], list[Problem]]:
    """Return the second front matters of a file's body, each with a remark that says where it stands."""
    found = tuple(_nested(text, body_start))
    problems = [
        Problem(one.line, f"a second front matter stands in the body; its id `{one.id}` is kept as another name")
        for one in found
    ]
    return found, problems


def _nested(text: str, body_start: int) -> Iterator[NestedFront]:
    if text.find("\nid:", max(0, body_start - 1)) < 0:
        return
    for match in _ID.finditer(text, body_start):
        if len(_FENCE.findall(text, body_start, match.start())) % 2:
            continue
        end = _END.search(text, match.end())
        stop = min(end.start() if end else len(text), match.end() + _REACH)
        others = dict(_OTHER.findall(text[match.end() : stop]))
        if not others:
            continue
        line = text.count("\n", 0, match.start()) + 1
        yield NestedFront(id=match[1], slug=others.get("slug", ""), title=others.get("title", ""), line=line)
