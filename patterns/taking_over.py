"""Put what somebody wrote for a new pattern into one that is there, so that they can make an edit of it. Pure."""

from collections.abc import Iterator

from patterns.editing import assemble, chunks
from patterns.format import Document, parse


def taken_over(theirs: Document, mine: Document) -> Document:
    """Return `theirs` with all that `mine` says, under the section of the same name where there is one, or at the end.

    What stood there stays; the front matter is theirs.
    """
    texts, places = [], {}
    for place, (name, text) in enumerate(_named(theirs)):
        texts.append(text)
        places.setdefault(name, place)
    added = []
    for name, text in _named(mine):
        place = places.get(name) if name else None
        words = text.partition("\n")[2].strip() if name else text.strip()
        if place is not None and words:
            texts[place] = f"{texts[place]}\n\n{words}"
        elif words:
            added.append(text)
    texts[-1] = "\n\n".join([texts[-1], *added] if texts[-1] else added)
    return parse(assemble(theirs, front={}, texts=texts))


def _named(document: Document) -> Iterator[tuple[str, str]]:
    """The sections as a form shows them, by their names; an empty body is one section without a name."""
    names = [section.name.casefold() for section in document.sections] or [""]
    return ((name, chunk.text) for name, chunk in zip(names, chunks(document), strict=True))
