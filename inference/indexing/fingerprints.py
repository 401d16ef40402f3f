"""Say when two passages are the same, so that what was embedded once is never embedded again. Pure."""

import hashlib

from inference.indexing import chunking


def fingerprint(text: str) -> str:
    """SHA-256 of a passage's text, in hexadecimal; stands in the passage and in every citation of it."""
    return hashlib.sha256(text.encode()).hexdigest()


def embedded_text(*, title: str, section: str, text: str) -> str:
    """What the embedder reads: the passage under the names it stands under, since a passage seldom repeats them."""
    head = f"{title}: {section}" if section else title
    return f"{head}\n{text}"


def recipe(embedder: str) -> str:
    """The way passages are cut and embedded, in words. Two indexes with one recipe hold the same vectors."""
    return f"passages {chunking.VERSION}, {embedder}"
