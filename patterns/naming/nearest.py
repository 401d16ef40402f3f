"""Which entries may be meant by words that name none. A registry: the room that searches says how it finds them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Near:
    """An entry that may be meant; `kind` is `pattern` or `lighthouse`."""

    kind: str
    slug: str
    title: str


Finder = Callable[..., list[tuple[Near, ...]]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Ask `finder(names, limit=…, kind=…)` from now on; it answers for each of `names`, in their order."""
    _finders[:] = [finder]


def nearest(name: str, *, limit: int = 3, kind: str = "") -> tuple[Near, ...]:
    """Return at most `limit` entries that `name` may mean, the likeliest first; `kind` keeps to one. Never asserted.

    A slug does for a name (`stewrad-ownership`). One small query while the library stays as it is.
    """
    return nearest_each([name], limit=limit, kind=kind)[0]


def nearest_each(names: Sequence[str], *, limit: int = 3, kind: str = "") -> list[tuple[Near, ...]]:
    """Return what each of `names` may mean, in their order. One small query, however many they are."""
    for finder in _finders:
        return finder(names, limit=limit, kind=kind)
    return [() for _ in names]
