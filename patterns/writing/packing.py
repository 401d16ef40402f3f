"""Carry a whole file through a form and back to the character: browsers change the line ends of what they show.

Pure. What comes back was in a stranger's hands, so unpacking is bounded.
"""

import base64
import binascii
import zlib

from patterns.format.reading import LIMIT

MOST = LIMIT * 4  # bytes; a character takes at most four


def packed(text: str) -> str:
    """Return `text` as one line of letters that a form carries unchanged."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 6)).decode("ascii")


def unpacked(line: str) -> str:
    """Return what was packed. Raises `ValueError` for anything else, and for what would grow past `MOST` bytes."""
    opened = zlib.decompressobj()
    try:
        data = opened.decompress(base64.b64decode(line.encode("ascii"), altchars=b"-_", validate=True), MOST)
        text = data.decode("utf-8", "surrogatepass")
    except (UnicodeError, binascii.Error, zlib.error) as error:
        raise ValueError("This form was not made here.") from error
    if not opened.eof:
        raise ValueError("This form was not made here.")
    return text
