"""Edit a file section by section: what nobody touched stays as it is, to the character.

Pure. A body is cut into chunks, one a section; forms show them, browsers mangle their line ends, and only a chunk
whose words changed is written anew. Two people's edits of different sections are merged, of the same one never.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from patterns.format import Document, edit, parse
from patterns.format.document import text_of
from patterns.sections import split

FIELDS = ("title", "summary")  # what the form offers of the front matter


@dataclass(frozen=True, slots=True)
class Chunk:
    """One section as a form shows it: its heading line included, the blank lines after it not."""

    title: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two people changed the same place: which section, or which `field` of the front matter, and what each wrote.

    `index` is the section's place in *their* text, -1 when they took it out.
    """

    where: str
    mine: str
    theirs: str
    index: int = -1
    field: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """`text` is the whole file with both edits; where they conflict it has theirs."""

    text: str
    conflicts: tuple[Conflict, ...] = ()


def chunks(document: Document) -> tuple[Chunk, ...]:
    """Return the sections of a document as a form shows them; text before the first heading is a chunk too."""
    titles = {section.start: (section.name, section.anchor) for section in document.sections}
    starts = _starts(document.body)
    return tuple(
        Chunk(*titles.get(start, ("", "")), _shown(text))
        for start, text in zip(starts, _cut(document.body, starts), strict=True)
    )


def assemble(document: Document, *, front: Mapping[str, str], texts: Sequence[str]) -> str:
    """Return the whole file with the front matter's `front` and the sections' `texts` as a form sent them.

    `texts` has one entry for each chunk of `document`; an empty one removes the section. Raises `ValueError` when
    there are not as many, `UnwritableError` when a value cannot stand in the front matter.
    """
    old = _cut(document.body, _starts(document.body))
    if len(texts) != len(old):
        raise ValueError("The form does not have the sections of this pattern.")
    newline = "\r\n" if "\r\n" in document.body else "\n"
    body = "".join(_written(before, after, newline=newline) for before, after in zip(old, texts, strict=True))
    changed = {key: value for key, value in front.items() if value != text_of(document.front.get(key))}
    if not changed and body == document.body:
        return document.text
    return edit(document, front={key: value or None for key, value in changed.items()}, body=body).text


def merge(base: Document, mine: Document, theirs: Document) -> Merge:
    """Carry the change from `base` to `mine` over to `theirs`, section by section."""
    old, ours, other = (_cut(one.body, _starts(one.body)) for one in (base, mine, theirs))
    taken = _changes(old, other)
    wanted = [one for one in _changes(old, ours) if one not in taken]
    met = {one: [there for there in taken if _meet(there, one)] for one in wanted}
    conflicts = tuple(_conflict(old, other, one, there) for one, there in met.items() if there)
    pieces, done = [], 0
    for start, end, text in sorted([*taken, *(one for one in wanted if not met[one])], key=lambda one: one[:2]):
        pieces += [*old[done:start], text]
        done = end
    body = "".join([*pieces, *old[done:]])
    front, clashes = _merged_front(base, mine, theirs)
    text = edit(theirs, front=front, body=body).text if front or body != theirs.body else theirs.text
    return Merge(text, (*clashes, *conflicts))


def texts_over(base: Document, mine: Document) -> list[str]:
    """Return what a form over the sections of `base` shows so that it means `mine`; a section that is gone is empty."""
    old, new = (_cut(one.body, _starts(one.body)) for one in (base, mine))
    texts = list(old)
    for start, end, text in reversed(_changes(old, new)):
        if start == end:  # a new section stands with the one before it
            place = max(start - 1, 0)
            texts[place] = texts[place] + text if start else text + texts[place]
        else:
            texts[start:end] = [text] + [""] * (end - start - 1)
    return [_shown(text) for text in texts]


def rebased_texts(merged: Merge, theirs: Document) -> list[str]:
    """Return what a form over the sections of `theirs` shows: both edits, and one's own words where they conflict.

    Words for a section they took out stand at the end, so that none are lost.
    """
    texts = texts_over(theirs, parse(merged.text))
    for conflict in merged.conflicts:
        if conflict.field:
            continue
        if conflict.index >= 0:
            texts[conflict.index] = _shown(conflict.mine)
        else:
            texts[-1] = f"{texts[-1]}\n\n{_shown(conflict.mine)}"
    return texts


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return `(start, end, text)`: which chunks of `old` became which text."""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(i1, i2, "".join(new[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _meet(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    """True when two changes touch the same chunk, or both insert at one place."""
    if one[0] == one[1] or other[0] == other[1]:
        return one[0] <= other[1] and other[0] <= one[1] and (one[:2] == other[:2] or _inside(one, other))
    return one[0] < other[1] and other[0] < one[1]


def _inside(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other[0] < one[0] < other[1] or one[0] < other[0] < one[1]


def _conflict(
    old: Sequence[str],
    other: Sequence[str],
    mine: tuple[int, int, str],
    touching: Sequence[tuple[int, int, str]],
) -> Conflict:
    """Name the section both changed, and find it among theirs."""
    their_text = "".join(text for _, _, text in touching)
    named = split("".join(old[mine[0] : mine[1]]) or mine[2])
    index = next((place for place, text in enumerate(other) if text in their_text), -1)
    return Conflict(named[0].name if named else "", mine[2], their_text, index=index)


def _merged_front(base: Document, mine: Document, theirs: Document) -> tuple[dict, tuple[Conflict, ...]]:
    changes, clashes = {}, []
    for key in dict.fromkeys([*base.front, *mine.front]):
        before, wanted, now = base.front.get(key), mine.front.get(key), theirs.front.get(key)
        if wanted in (before, now):
            continue
        if now == before:
            changes[key] = wanted
        else:
            clashes.append(Conflict(key, str(wanted or ""), str(now or ""), field=True))
    return changes, tuple(clashes)


def _starts(body: str) -> list[int]:
    """Where each chunk begins: blank text before the first section is part of it, an empty body is one chunk."""
    return [0, *(section.start for section in split(body)[1:])]


def _cut(body: str, starts: Sequence[int]) -> list[str]:
    return [body[start:end] for start, end in zip(starts, [*starts[1:], len(body)], strict=True)]


def _shown(text: str) -> str:
    return _plain(text).strip("\n")


def _plain(text: str) -> str:
    """Line ends as every browser sends them back, once normalised."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _written(before: str, after: str, *, newline: str) -> str:
    """Return the chunk for what came back from the form: the very same text when nobody changed its words."""
    after = _plain(after).strip("\n")
    if after == _shown(before):
        return before
    if not after.strip():
        return ""
    plain = _plain(before)
    head, tail = plain[: len(plain) - len(plain.lstrip("\n"))], plain[len(plain.rstrip("\n")) :]
    return (head + after + (tail or "\n")).replace("\n", newline)
