"""Put what somebody wrote for a new pattern into one that is there, so that they can make an edit of it. Pure."""

from patterns.editing import assemble, chunks
from patterns.format import Document, parse


def taken_over(theirs: Document, mine: Document) -> Document:
    """Return `theirs` with all that `mine` says, under the section of the same name where there is one, else at the end.

    What stood there stays; the front matter is theirs.
    """
    found = chunks(theirs)
    texts = [chunk.text for chunk in found]
    places = {chunk.title.casefold(): place for place, chunk in reversed(list(enumerate(found))) if chunk.title}
    added = []
    for chunk in chunks(mine):
        place = places.get(chunk.title.casefold())
        words = chunk.text.partition("\n")[2].strip() if chunk.title else chunk.text.strip()
        if place is not None and words:
            texts[place] = f"{texts[place]}\n\n{words}"
        elif words:
            added.append(chunk.text.strip("\n"))
    texts[-1] = "\n\n".join([texts[-1], *added] if texts[-1] else added)
    return parse(assemble(theirs, front={}, texts=texts))
