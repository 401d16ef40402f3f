"""What a text holds and does not show: invisible letters, turned lines, hidden markup, and letters that are code. Pure.

Joiners are left alone where scripts need them (between letters of Arabic or Indian scripts, and in emoji), and so are
the marks of writing from right to left.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from patterns.checks import Finding, Weight
from patterns.checks.excerpts import excerpt

SHOWN: Final = 3
LONG_WORDS: Final = 20  # that are looked into
FEW: Final = 2  # zero-width characters that a copied text may well bring along
_TURNS: Final = re.compile("[\u202d\u202e]")  # overrides: what is read is not what is written
_EMBEDS: Final = re.compile("[\u202a\u202b\u2066-\u2068]")
_TAGS: Final = re.compile("(?<!\U0001f3f4)[\U000e0000-\U000e007f]++")
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}+")
_ZERO: Final = re.compile("[\u200b\u2060-\u2064\ufeff\u180e\u3164\u115f\u1160\uffa0]++")
_JOINERS: Final = re.compile("(?<=[\x20-\x7e])[\u200c\u200d]++(?=[\x20-\x7e])")
_FLAG: Final = re.compile("\U0001f3f4[\U000e0000-\U000e007f]{1,8}")
_COMMENT: Final = re.compile(r"<!--(.{0,4000}?)-->", re.DOTALL)
_BLOB: Final = re.compile(r"[A-Za-z0-9+/]{80,}+={0,2}(?![\w/+=-])")
_LONG: Final = re.compile(r"\S{80,}+")
_HIDDEN: Final = re.compile(
    r"<[a-z][^<>]{0,200}?(?:\bstyle\s*=[^<>]{0,200}?(?:"
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*0(?![.\d])|"
    r"(?<!-)color\s*:\s*(?:white|transparent|#fff(?:fff)?\b))|"
    r"\bcolor\s*=\s*[\"']?(?:white|#fff(?:fff)?\b)|\shidden(?=[\s/>=]))|"
    r"\\(?:text)?color\s*\{\s*white\s*\}|\\(?:h?phantom)\s*\{",
    re.IGNORECASE,
)


def unseen_in(text: str) -> Iterator[Finding]:
    """What `text` holds that its reader would not see."""
    without_flags = _FLAG.sub(lambda found: " " * len(found[0]), text) if "\U0001f3f4" in text else text
    for place in _first(_TAGS, without_flags):
        yield _finding(Weight.BLOCK, _("Letters stand here that nobody can see and machines read."), text, place)
    for place in _first(_TURNS, text):
        yield _finding(
            Weight.BLOCK, _("A character turns the writing around, so that it reads otherwise."), text, place
        )
    for place in _first(_EMBEDS, text):
        message = _("A character changes the direction of writing.")
        yield _finding(Weight.NOTE, message, text, place, advice=_("Right-to-left text needs none of them here."))
    for place in _first(_SELECTORS, text):
        yield _finding(Weight.WARN, _("A run of characters stands here that shows nothing."), text, place)
    zero = [*_ZERO.finditer(text), *_JOINERS.finditer(text)] if not text.isascii() else []
    if sum(len(place[0]) for place in zero) > FEW:
        message = _("It holds %(count)s characters without width.") % {"count": sum(len(place[0]) for place in zero)}
        yield _finding(Weight.WARN, message, text, zero[0])
    for place in _first(_HIDDEN, text):
        yield _finding(Weight.WARN, _("Markup hides words from readers here."), text, place)
    for place in _first(_COMMENT, text):
        if len(place[1].split()) > 3:
            message = _("A comment stands in the text that readers do not see.")
            yield _finding(Weight.NOTE, message, text, place, advice=_("Write it into the note for the reviewer."))
    for word in islice(_LONG.finditer(text), LONG_WORDS):
        if place := _BLOB.search(text, word.start(), word.end()):
            yield from _encoded(text, place)


def _encoded(text: str, place: re.Match[str]) -> Iterator[Finding]:
    """A long run of letters that is encoded text; hashes, and words run together, are none."""
    run = place[0]
    if not (re.search(r"\d", run) and re.search(r"[a-z]", run) and re.search(r"[A-Z]", run)):
        return
    try:
        said = base64.b64decode(run[: len(run) // 4 * 4][:8000], validate=True)
    except (binascii.Error, ValueError):
        return
    printable = sum(32 <= byte < 127 or byte in (9, 10, 13) for byte in said) / max(1, len(said))
    readable = printable > 0.95
    message = _("Encoded text stands here that only machines read.") if readable else _("Encoded data stands here.")
    yield _finding(Weight.WARN if readable else Weight.NOTE, message, text, place)


def _first(shape: re.Pattern[str], text: str) -> list[re.Match[str]]:
    return list(islice(shape.finditer(text), SHOWN))


def _finding(weight: Weight, message: str, text: str, place: re.Match[str], *, advice: str = "") -> Finding:
    return Finding(
        weight,
        message,
        excerpt=excerpt(text, place.start(), place.end()),
        why=_("What a reader cannot see, a reviewer cannot agree to, and a machine may follow it."),
        advice=advice or _("Delete the line and type it again by hand."),
        rule="hidden",
    )
