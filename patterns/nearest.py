"""Which entries may be meant by words that name none. A registry: the room that searches says how it finds them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Near:
    """An entry that may be meant; `kind` is `pattern` or `lighthouse`."""

    kind: str
    slug: str
    title: str


Finder = Callable[..., list[Near]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Ask `finder(words, limit=…, kind=…)` from now on."""
    _finders[:] = [finder]


def nearest(words: str, *, limit: int = 3, kind: str = "") -> list[Near]:
    """Return at most `limit` entries that `words` may mean, the likeliest first; `kind` keeps to one. Never asserted.

    A slug does for words (`stewrad-ownership`). One small query while the library stays as it is.
    """
    return [near for finder in _finders for near in finder(words, limit=limit, kind=kind)]
