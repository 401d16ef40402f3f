"""Put the words of a new pattern into one that exists already, where somebody finds that it was there. Pure.

Nothing of the pattern is written over: a section that both have holds both, the pattern's words first.
"""

from dataclasses import replace

from patterns.format import Document, edit
from patterns.writing.fields import changed_front, values_of
from patterns.writing.fieldsets import PATTERN
from patterns.writing.parts import Part, body_of, parts_of, usual_level

_LISTS = ("sources", "aliases")


def joined(pattern: Document, draft: Document) -> Document:
    """Return the file of `pattern` with what `draft` says besides: sections, sources and other names."""
    parts = list(parts_of(pattern))
    for mine in parts_of(draft):
        if not mine.text:
            continue
        there = next((at for at, part in enumerate(parts) if _same(part, mine)), None)
        if there is None:
            parts.append(Part(f"n{len(parts) + 1}", mine.name, mine.text, usual_level(parts)))
        elif mine.text != parts[there].text:
            parts[there] = replace(parts[there], text=f"{parts[there].text}\n\n{mine.text}".strip("\n"))
    old, new = values_of(pattern.front, PATTERN), values_of(draft.front, PATTERN)
    values = {name: "\n".join(_lines(old[name], new[name])) for name in _LISTS}
    return edit(pattern, front=changed_front(pattern.front, PATTERN, values), body=body_of(pattern, parts))


def _same(part: Part, mine: Part) -> bool:
    return (part.level == 0) == (mine.level == 0) and part.name.casefold() == mine.name.casefold()


def _lines(*texts: str) -> list[str]:
    return list(dict.fromkeys(line for text in texts for line in text.split("\n") if line))
