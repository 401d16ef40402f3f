"""One value for many spellings: what `Value_Creation` and `value-creation` share, and how it is said. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_BREAKS: Final = re.compile(r"[\s_\-]+")
_ACRONYMS: Final = frozenset({"ai", "api", "dao", "ict", "mvp", "ngo", "okr", "sme"})


def folded(value: str) -> str:
    """Return what all spellings of `value` share: case, width, and what stands between words make no difference.

    Characters without a shape (controls, direction marks) are left out. This is the compatibility caseless match of
    The Unicode Standard, section 3.13 (D146), with words joined by hyphens; folding twice changes nothing.
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", value).casefold())
    text = unicodedata.normalize("NFKC", text.casefold())
    kept = "".join(one for one in text if one.isspace() or unicodedata.category(one)[0] != "C")
    return _BREAKS.sub("-", kept).strip("-")


def words(value: str) -> str:
    """Return a slug-like value as words: `ethical-reasoning` is `Ethical reasoning`, `ai-tools` is `AI tools`."""
    parts = value.replace("-", " ").replace("_", " ").split() if value == value.lower() else [value.strip()]
    text = " ".join(part.upper() if part in _ACRONYMS else part for part in parts)
    return text[:1].upper() + text[1:]


def said(spellings: Mapping[str, int]) -> str:
    """Return in words the spelling most often used, given how often each is; the first in the alphabet among equals."""
    return words(min(spellings, key=lambda spelling: (-spellings[spelling], spelling)))


def is_word(value: str) -> bool:
    """Whether a reader could make sense of a value: it holds a letter of some script."""
    return any(one.isalpha() for one in value)


def title_key(title: str) -> str:
    """Return what titles are put in order by: without case, accents, and marks before the first letter or digit."""
    text = title
    if not text.isascii():
        text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    text = text.casefold()
    for place, one in enumerate(text):
        if one.isalnum():
            return text[place:]
    return text
